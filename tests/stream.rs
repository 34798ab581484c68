//! A blog that is sent as a line of `check --stream` is told the same as one in a folder.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Map, Value, json};

/// `check` with arguments in a folder, and what it prints to a text on its standard input.
fn check(here: &Path, arguments: &[&str], input: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
    command.arg("check").args(arguments).args(["--now", "2022-11-01T00:00:00Z"]).current_dir(here);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("postlint runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input.as_bytes()).expect("postlint reads"));
        String::from_utf8(child.wait_with_output().expect("postlint ends").stdout).expect("text")
    })
}

/// The files below a folder, with their texts.
fn files(folder: &Path, above: &str, all: &mut Map<String, Value>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = format!("{above}{}", path.file_name().and_then(|name| name.to_str()).expect("a name"));
        match path.is_dir() {
            true => files(&path, &format!("{name}/"), all),
            false => _ = all.insert(name, fs::read_to_string(&path).map_or(Value::Null, Value::String)),
        }
    }
}

/// What is said of each blog by itself, in a folder.
fn on_disk(files: &Map<String, Value>) -> Value {
    let top = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(top.path().join(".git")).expect("a folder");
    for (path, text) in files {
        let path = top.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text.as_str().unwrap_or_default()).expect("a file");
    }
    serde_json::from_str(&check(top.path(), &["--format", "json"], "")).expect("JSON")
}

#[test]
fn the_same_is_said_as_of_a_folder() {
    let mut blogs = Vec::new();
    for blog in ["boostcamp", "elsewhere", "garden", "paths", "weeknotes"] {
        let mut whole = Map::new();
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/blogs").join(blog), "", &mut whole);
        assert!(whole.len() > 2, "{blog}");
        blogs.push(whole.iter().map(|(path, text)| (format!("docs/{path}"), text.clone())).collect());
        let paths: Vec<String> = whole.keys().cloned().collect();
        for path in paths.iter().step_by(4) {
            let without = whole.iter().filter(|(other, _)| *other != path);
            blogs.push(without.map(|(path, text)| (path.clone(), text.clone())).collect::<Map<_, _>>());
            let mut broken = whole.clone();
            broken.insert(path.clone(), json!("---\ntitle: [a\n---\n\n[a](#b) TODO: $a\n"));
            blogs.push(broken);
        }
        blogs.push(whole);
    }
    let line = |(at, files): (usize, &Map<String, Value>)| json!({"blog": at, "files": files}).to_string() + "\n";
    let lines: String = blogs.iter().enumerate().map(line).collect();
    let answers = check(&std::env::temp_dir(), &["--stream"], &lines);
    let (mut count, mut found) = (0, 0);
    for (at, (answer, files)) in answers.lines().zip(&blogs).enumerate() {
        let mut answer: Value = serde_json::from_str(answer).expect("JSON");
        assert_eq!(answer.as_object_mut().expect("an object").remove("blog"), Some(json!(at)));
        found += answer["findings"].as_array().map_or(0, Vec::len);
        assert_eq!(answer, on_disk(files), "{:?}", files.keys().collect::<Vec<_>>());
        count += 1;
    }
    assert_eq!(count, blogs.len());
    assert!(found > 50, "{found} findings");
}
