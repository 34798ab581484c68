//! `git apply` makes of what `fix --diff` shows what `fix` writes.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::blogs::MadeUp;
use super::support::write;

/// Lets the program and Git repair a blog; what they disagree about.
pub fn disagreement(made_up: &MadeUp) -> Option<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    let config = ("postlint.yaml".to_owned(), made_up.config.clone());
    for (path, text) in made_up.others.iter().chain(&made_up.posts).chain([&config]) {
        write(root, path, text);
    }
    assert!(run(root, "git", &["init", "--quiet"], &[]).status.success());
    let old = texts(root, made_up);
    let fix = ["fix", "--unsafe-fixes", "--quiet"];
    let diff = run(root, env!("CARGO_BIN_EXE_postlint"), &[&fix[..], &["--diff"]].concat(), &[]).stdout;
    assert!(texts(root, made_up) == old, "a diff writes nothing");
    let fixed = run(root, env!("CARGO_BIN_EXE_postlint"), &fix, &[]);
    let new = texts(root, made_up);
    made_up.posts.iter().for_each(|(path, text)| write(root, path, text));
    if diff.is_empty() && new == old {
        return None;
    }
    let git = run(root, "git", &["apply", "--whitespace=nowarn", "-"], &diff);
    let told = |output: &Output| String::from_utf8_lossy(&output.stderr).into_owned();
    if !git.status.success() {
        return Some(format!("git says {:?} of {:?}", told(&git), String::from_utf8_lossy(&diff)));
    }
    let applied = texts(root, made_up);
    let (at, _) = applied.iter().enumerate().find(|(at, text)| **text != new[*at])?;
    let (path, text) = &made_up.posts[at];
    Some(format!("{path}: {text:?} became {:?}, with the diff {:?}\n{}", new[at], applied[at], told(&fixed)))
}

fn texts(root: &Path, made_up: &MadeUp) -> Vec<String> {
    let read = |(path, _): &(String, String)| fs::read_to_string(root.join(path)).expect("posts are UTF-8");
    made_up.posts.iter().map(read).collect()
}

fn run(root: &Path, program: &str, arguments: &[&str], input: &[u8]) -> Output {
    let piped = Stdio::piped;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root).stdin(piped()).stdout(piped()).stderr(piped());
    let mut child = command.spawn().expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(input).expect("the program reads");
    child.wait_with_output().expect("the program ends")
}
