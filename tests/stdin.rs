//! What an editor gets that hands a post to `postlint fix -` or `postlint format -`: the post or nothing, never a report.

mod support;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use support::write;

const POST: &str = "---\ntitle: Week 3\n---\n\n# One\n\n\n\nTwo";
const FORMATTED: &str = "---\ntitle: Week 3\n---\n\n# One\n\nTwo\n";

#[test]
fn standard_output_is_the_post() {
    for command in ["fix", "format"] {
        for (arguments, expected, code) in [
            ("-", FORMATTED, 0),
            ("- --stdin-filename _posts/2022-10-09-a.md", FORMATTED, 0),
            ("- --stdin-filename _posts/2022-10-10-new.md --quiet", FORMATTED, 0),
            ("- --stdin-filename _posts/2022-10-09-a.md --posts-only", FORMATTED, 0),
            ("- -", FORMATTED, 0),
            ("- _posts", FORMATTED, 0),
            // What is no post of the blog, what lies in no blog.
            ("- --posts-only", POST, 0),
            ("- --stdin-filename README.md --posts-only", POST, 0),
            ("- --stdin-filename ../../elsewhere/a.md", POST, 0),
            // Only shown.
            ("- --check", POST, 1),
            ("- --diff", POST, 0),
            ("- --diff --check --color always", POST, 1),
            // A config at fault, or none.
            ("- --stdin-filename broken/a.md", POST, 2),
            ("- --stdin-filename broken/a.md --diff", POST, 2),
            ("- --stdin-filename broken/a.md --check", POST, 2),
            ("- --config broken/postlint.yaml", POST, 2),
            ("- --config missing.yaml", POST, 2),
            ("- missing.md", FORMATTED, 2),
            ("- broken/a.md", POST, 2),
            // Arguments that say nothing.
            ("- --bogus", "", 2),
            ("- --now yesterday", "", 2),
            ("--stdin-filename a.md", "", 2),
        ] {
            let output = run(command, arguments, POST.as_bytes(), &[]);
            let told = format!("{command} {arguments}\n{}", String::from_utf8_lossy(&output.stderr));
            assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{told}");
            assert_eq!(output.status.code(), Some(code), "{told}");
        }
        let output = run(command, "-", POST.as_bytes(), &[("POSTLINT_NOW", "yesterday")]);
        assert_eq!((&*output.stdout, output.status.code()), (POST.as_bytes(), Some(2)));
        for (text, code) in [(&b"a \xff  \n\n\n\nb"[..], 0), (b"", 0), (b"\xef\xbb\xbf", 0), (b"\r", 0)] {
            let output = run(command, "-", text, &[]);
            assert_eq!((&*output.stdout, output.status.code()), (text, Some(code)), "{command} of {text:?}");
        }
    }
}

#[test]
fn what_is_said_goes_to_standard_error() {
    for (arguments, said) in [
        ("-", "formatted stdin.md: 1 extra-blank-lines, 1 missing-final-newline\nformatted 1 post\n"),
        ("- --quiet", ""),
        ("- --posts-only", "nothing was done\n"),
    ] {
        let output = run("format", arguments, POST.as_bytes(), &[]);
        assert_eq!(String::from_utf8_lossy(&output.stderr), said, "{arguments}");
    }
    let diff = run("format", "- --diff", POST.as_bytes(), &[]).stderr;
    assert!(diff.starts_with(b"--- a/stdin.md\n+++ b/stdin.md\n@@ "), "{}", String::from_utf8_lossy(&diff));
    let unknown = run("fix", "- --stdin-filename broken/a.md", POST.as_bytes(), &[]).stderr;
    assert!(String::from_utf8_lossy(&unknown).contains("unknown key `kind`"));
}

fn run(command: &str, arguments: &str, text: &[u8], variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().join("blogs/own");
    fs::create_dir_all(folder.path().join("elsewhere")).expect("a folder");
    write(&root, "_config.yml", "");
    write(&root, "_posts/2022-10-09-a.md", "---\ntitle: Another text\n---\n");
    write(&root, "broken/postlint.yaml", "kind: {}\n");
    write(&root, "broken/a.md", "# One\n");
    spawn(&root, command, arguments, text, variables)
}

fn spawn(root: &Path, command: &str, arguments: &str, text: &[u8], variables: &[(&str, &str)]) -> Output {
    let mut run = Command::new(env!("CARGO_BIN_EXE_postlint"))
        .arg(command)
        .args(arguments.split_whitespace())
        .current_dir(root)
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("postlint runs");
    // Whoever does not read what comes has ended.
    let _ = run.stdin.take().expect("an input").write_all(text);
    run.wait_with_output().expect("it ends")
}

/// A job must not take errors that nobody read for none.
#[test]
fn a_reader_who_goes_away_is_no_success() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
    let mut child = command.arg("explain").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), &*output.stderr), (Some(2), &b""[..]));
}
