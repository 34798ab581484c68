//! A path chooses posts, never the blog: what is found in a post that is named alone is what is found in it when the
//! whole blog is checked, from whatever folder, and from standard input too.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

const POSTLINT: &str = env!("CARGO_BIN_EXE_postlint");

/// Findings and places that were not checked, by the file that they are in, without paths.
type Said = BTreeMap<PathBuf, Vec<String>>;

fn check(here: &Path, arguments: &[&str], input: Option<&[u8]>) -> Said {
    let mut command = Command::new(POSTLINT);
    command.arg("check").args(["--format", "json", "--now", "2022-11-01T00:00:00Z"]).args(arguments).current_dir(here);
    let stdin = if input.is_some() { Stdio::piped() } else { Stdio::null() };
    let mut child = command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("postlint runs");
    if let Some(input) = input {
        child.stdin.take().expect("a pipe").write_all(input).expect("postlint reads");
    }
    let output = child.wait_with_output().expect("postlint ends").stdout;
    let said: Value = serde_json::from_slice(&output).unwrap_or_else(|why| panic!("{arguments:?} in {here:?}: {why}"));
    let mut all = Said::new();
    for list in ["findings", "not_checked"] {
        for item in said[list].as_array().into_iter().flatten() {
            let mut item = item.clone();
            let path = item["path"].take();
            let path = fs::canonicalize(here.join(path.as_str().expect("a path"))).expect("a file that is there");
            for label in item["labels"].as_array_mut().into_iter().flatten() {
                label["path"].take();
            }
            all.entry(path).or_default().push(item.to_string());
        }
    }
    all
}

/// Every so many posts of a blog are named alone; the names of those of which something else is said, and their count.
fn compare(blog: &Path, step: usize) -> (usize, Vec<String>) {
    let whole = check(blog, &[], None);
    fs::create_dir_all(blog.parent().expect("a folder").join("beside")).expect("a folder");
    let outline = Command::new(POSTLINT).args(["outline", "--format", "json"]).current_dir(blog).output();
    let outline: Value = serde_json::from_slice(&outline.expect("postlint runs").stdout).expect("JSON");
    let posts = outline.as_array().expect("a list").iter();
    let paths: Vec<String> =
        posts.map(|post| post["path"].as_str().expect("a path").to_owned()).step_by(step).collect();
    let (mut count, mut others) = (0, Vec::new());
    // As a hook calls it: some files at a time.
    for paths in paths.chunks(3) {
        let mut arguments = vec!["--posts-only"];
        arguments.extend(paths.iter().map(String::as_str));
        let places = paths.iter().map(|path| fs::canonicalize(blog.join(path)).expect("a post"));
        let expected: Said = places.filter_map(|place| Some((place.clone(), whole.get(&place)?.clone()))).collect();
        if check(blog, &arguments, None) != expected {
            others.push(format!("{arguments:?} in {}", blog.display()));
        }
    }
    for path in &paths {
        count += 1;
        let place = fs::canonicalize(blog.join(path)).expect("a post");
        let expected = whole.get(&place).map_or(&[][..], Vec::as_slice);
        let (folder, name) = (place.parent().expect("a folder"), place.file_name().and_then(|name| name.to_str()));
        let above = blog.parent().expect("a folder");
        let from_above = Path::new(blog.file_name().expect("a name")).join(path);
        let from_beside = Path::new("..").join(&from_above);
        let text = fs::read(&place).expect("a text");
        let name = name.expect("a name");
        for (here, arguments, input) in [
            (blog, vec![path.as_str()], None),
            (folder, vec![name], None),
            (above, vec![from_above.to_str().expect("a path")], None),
            (&above.join("beside"), vec![from_beside.to_str().expect("a path")], None),
            (blog, vec!["-", "--stdin-filename", path], Some(text.as_slice())),
            (folder, vec!["-", "--stdin-filename", name], Some(text.as_slice())),
        ] {
            let said = check(here, &arguments, input);
            if said.get(&place).map_or(&[][..], Vec::as_slice) != expected || said.len() > 1 {
                others.push(format!("{arguments:?} in {}", here.display()));
            }
        }
    }
    (count, others)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &to),
            false => fs::write(to, fs::read(entry.path()).expect("a file")).expect("a file"),
        }
    }
}

#[test]
fn what_is_said_of_a_post_depends_on_no_path() {
    let blogs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/blogs");
    let mut count = 0;
    for blog in ["boostcamp", "garden", "paths"] {
        let top = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(top.path().join(".git")).expect("a folder");
        copy(&blogs.join(blog), &top.path().join(blog));
        fs::create_dir_all(top.path().join(blog).join("_drafts")).expect("a folder");
        let draft = "---\ntitle: a\n---\n\n[b](#c) [d](/nowhere/)\n\nTODO: e\n";
        fs::write(top.path().join(blog).join("_drafts/a.md"), draft).expect("a file");
        let (posts, others) = compare(&top.path().join(blog), 1);
        assert!(others.is_empty(), "{others:#?}");
        count += posts;
    }
    assert!(count > 8);
}

/// `POSTLINT_BLOGS='folder folder' cargo test --test alone -- --ignored --nocapture`: the same of every tenth post.
#[test]
#[ignore = "needs blogs"]
fn of_every_tenth_post() {
    let (mut count, mut others) = (0, Vec::new());
    for folder in std::env::var("POSTLINT_BLOGS").expect("POSTLINT_BLOGS names folders").split_whitespace() {
        let (posts, more) = compare(&fs::canonicalize(folder).expect("a folder"), 10);
        println!("{folder}: {posts} posts, {} other", more.len());
        (count, others) = (count + posts, [others, more].concat());
    }
    println!("{count} posts");
    assert!(others.is_empty(), "{others:#?}");
}
