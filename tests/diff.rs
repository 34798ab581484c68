//! `git apply` makes of a diff what would have been written without `--diff`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const POSTS: u32 = 300;

/// What lines are made of: much of it is repaired.
const LINES: &[&str] = &[
    "", "", "", " ", "\t", "a  ", "a", "# b", "# c", "## d \t", "- e", "* f", "1. g", "> h ", "```", "$x$ ", "k\r",
    "---",
];

#[test]
fn git_applies_what_is_shown() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    fs::create_dir(root.join("_posts")).expect("a folder");
    fs::write(root.join("_config.yml"), "markdown: kramdown\n").expect("a file");
    let mut chance: u32 = 1;
    let mut one_of = |most: u32| {
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (chance >> 16) % most
    };
    for index in 0..POSTS {
        let mut text = if one_of(4) == 0 { String::new() } else { "---\ntitle: a\n---\n".to_owned() };
        for _ in 0..one_of(9) {
            text.extend([LINES[one_of(LINES.len() as u32) as usize], "\n"]);
        }
        if one_of(2) == 0 {
            text.pop();
        }
        fs::write(root.join(format!("_posts/2022-10-09-{index}.md")), text).expect("a file");
    }
    let old = contents(root);
    assert!(run(root, "git", &["init", "--quiet"], "").status.success());
    let format = ["format", "--quiet"];
    let diff = run(root, env!("CARGO_BIN_EXE_postlint"), &[&format[..], &["--diff"]].concat(), "").stdout;
    assert!(contents(root) == old, "a diff writes nothing");
    run(root, env!("CARGO_BIN_EXE_postlint"), &format, "");
    let new = contents(root);
    let changed = new.iter().filter(|(name, text)| old[*name] != **text).count();
    assert!(changed > POSTS as usize / 6, "{changed} posts are changed");
    old.iter().for_each(|(name, text)| fs::write(root.join(name), text).expect("a file"));
    let diff = String::from_utf8(diff).expect("posts are UTF-8");
    let git = run(root, "git", &["apply", "--whitespace=nowarn", "-"], &diff);
    assert!(git.status.success(), "{}", String::from_utf8_lossy(&git.stderr));
    for (name, text) in contents(root) {
        assert_eq!(text, new[&name], "{}, which was {:?}", name.display(), old[&name]);
    }
}

fn run(root: &Path, program: &str, arguments: &[&str], input: &str) -> Output {
    let piped = Stdio::piped;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root).stdin(piped()).stdout(piped()).stderr(piped());
    let mut child = command.spawn().expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("the program reads");
    child.wait_with_output().expect("the program ends")
}

/// All posts, by their path from the blog's folder on.
fn contents(root: &Path) -> BTreeMap<PathBuf, String> {
    let entries = fs::read_dir(root.join("_posts")).expect("a folder");
    let names = entries.map(|entry| Path::new("_posts").join(entry.expect("an entry").file_name()));
    names.map(|name| (name.clone(), fs::read_to_string(root.join(&name)).expect("a text"))).collect()
}
