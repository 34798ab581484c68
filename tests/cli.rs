//! Runs the sessions of the documentation: `console` fences of `README.md`, `rules/*.md` and `tests/cli/*.md`.
//! `UPDATE=1 cargo test --test cli` rewrites what they show; with a name, `tests/cli/fix.md`, only there.
//!
//! A line with `$ ` is a command for `sh` (so Windows is left out), and lines with `> ` right below carry it on. What it prints follows: first
//! standard output, then standard error, each of its lines after `2> `, and last the exit code, unless it is 0. `␛` is
//! an escape character. The commands of a fence share one folder, gone afterwards: a copy of the blog that the fence names
//! (`blog=garden` is `tests/blogs/garden`), or else an empty one. Programs in a `bin` of a blog are moved out of its
//! repository, and go before others. postlint may write no file there that its command line does not name as output, or
//! tell it to fix.

#[path = "cli/picture.rs"]
mod picture;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use libtest_mimic::{Arguments, Failed, Trial};

use support::{Fence, fences, is_asked_for, name_of, pages};

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = vec![root.join("README.md")];
    let mut trials = vec![Trial::test("update rewrites what it is asked for", update_honours_the_filter)];
    trials.push(Trial::test("picture of the README", picture::is_true).with_ignored_flag(cfg!(windows)));
    for page in [readme, pages("rules"), pages("tests/cli")].concat() {
        if std::env::var_os("UPDATE").is_some() {
            update(&page, &arguments);
        }
        for (name, session) in sessions(&page) {
            trials.push(Trial::test(name, move || check(&session)).with_ignored_flag(cfg!(windows)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The sessions of a page, each with its name: page and line.
fn sessions(page: &Path) -> Vec<(String, Fence)> {
    let (text, name) = (fs::read_to_string(page).expect("a page is text"), name_of(page));
    let sessions = fences(&text).into_iter().filter(|fence| fence.is("console"));
    sessions.map(|session| (format!("{name}:{}", session.line), session)).collect()
}

/// Puts what is printed today in place of what the sessions of a page show, from the last to the first.
fn update(page: &Path, arguments: &Arguments) {
    let mut text = fs::read_to_string(page).expect("a page is text");
    for (_, session) in sessions(page).into_iter().rev().filter(|(name, _)| is_asked_for(name, arguments)) {
        text.replace_range(session.span.range(), &run(&session).0);
    }
    fs::write(page, text).expect("a page can be written");
}

fn update_honours_the_filter() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let page = folder.path().join("page.md");
    let session = |shown: &str| format!("```console\n$ echo fresh\n{shown}\n```\n\n");
    fs::write(&page, session("stale").repeat(2))?;
    let update = |filter: &str| update(&page, &Arguments { filter: Some(filter.to_owned()), ..Arguments::default() });
    for (filter, expected) in [
        ("other.md", session("stale").repeat(2)),
        ("page.md:6", session("stale") + &session("fresh")),
        ("page.md", session("fresh").repeat(2)),
    ] {
        update(filter);
        assert_eq!(fs::read_to_string(&page)?, expected, "with {filter}");
    }
    Ok(())
}

fn check(session: &Fence) -> Result<(), Failed> {
    let (shown, written) = run(session);
    if let Some(path) = written {
        return Err(format!("`{path}` was written, which no command asked for").into());
    }
    if shown == session.text {
        return Ok(());
    }
    let page = format!("the session is stale; `UPDATE=1` rewrites it\n--- the page says\n{}", session.text);
    Err(format!("{page}+++ it is\n{shown}").into())
}

/// The session as it goes today, and a file that was written without being asked for.
fn run(session: &Fence) -> (String, Option<String>) {
    let folder = blog(session.blog.as_deref());
    let blog = folder.path().join("repository/blog");
    let (mut shown, mut written) = (String::new(), None);
    for command in commands(&session.text) {
        let before = files(&blog);
        shown += &format!("$ {}\n", command.replace('\n', "\n> ").replace("> \n", ">\n"));
        shown += &output(&command, &blog);
        let after = files(&blog);
        if command.split_whitespace().any(|word| word == "postlint") {
            let changed = before.keys().chain(after.keys()).find(|&path| before.get(path) != after.get(path));
            written = written.or(changed.filter(|path| !writes(&command, path)).cloned());
        }
    }
    (shown, written)
}

/// A folder with a `repository/blog` in it, which is a copy of one of the tests or empty.
fn blog(name: Option<&str>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    // postlint looks for a config upwards, and stops at a repository.
    fs::create_dir_all(folder.path().join("repository/.git")).expect("a folder");
    let blog = folder.path().join("repository/blog");
    fs::create_dir(&blog).expect("a folder");
    if let Some(name) = name {
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/blogs").join(name), &blog);
        let programs = blog.join("bin");
        if programs.exists() {
            fs::rename(programs, folder.path().join("bin")).expect("a folder of programs");
        }
    }
    folder
}

fn commands(session: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in session.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            commands.push(command.to_owned());
            goes_on = true;
        } else if let (true, Some(more)) = (goes_on, line.strip_prefix("> ").or((line == ">").then_some(""))) {
            let command = commands.last_mut().expect("a command goes before what carries it on");
            *command += &format!("\n{more}");
        } else {
            goes_on = false;
        }
    }
    commands
}

/// Whether a command says that it writes this file; `fix` and `format` say so of every post, `new` of one and of folders for it,
/// `init` of the config.
fn writes(command: &str, path: &str) -> bool {
    let words: Vec<&str> = command.split_whitespace().collect();
    let is_dry = ["--diff", "--check", "--dry-run", "-"].iter().any(|dry| words.contains(dry));
    let may_write = |pair: &[&str]| pair[0] == "postlint" && matches!(pair[1], "fix" | "format" | "suppress");
    if words.windows(2).any(may_write) && !is_dry && path.ends_with(".md") {
        return true;
    }
    if words.windows(2).any(|pair| pair == ["postlint", "new"]) && !words.contains(&"--stdout") {
        return path.ends_with(".md") || !path.contains('.');
    }
    if words.windows(2).any(|pair| pair == ["postlint", "init"]) && !is_dry && path == "postlint.yaml" {
        return true;
    }
    if words.windows(2).any(|pair| pair == ["postlint", "check"]) && path == ".postlint-baseline.json" {
        return words.contains(&"--write-baseline") || !words.iter().any(|word| word.starts_with("CI="));
    }
    if words.contains(&"--write-baseline") && path == "lint/known.json" {
        return true;
    }
    // `--format html=FILE`, and the file of a job's summary in the environment.
    if words.iter().filter_map(|word| word.split_once('=')).any(|(_, file)| file == path) {
        return true;
    }
    words.windows(2).any(|pair| match pair[0] {
        ">" | "--output-file" | "--baseline" => pair[1] == path,
        "--folder" => path.starts_with(pair[1]) || pair[1].starts_with(path),
        _ => false,
    })
}

fn shell(command: &str, folder: &Path) -> Output {
    let binary = Path::new(env!("CARGO_BIN_EXE_postlint"));
    let programs = binary.parent().expect("a program lies in a folder").display();
    Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env_clear()
        .env("PATH", format!("{}:{programs}:/usr/local/bin:/usr/bin:/bin", folder.join("../../bin").display()))
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .expect("there is a shell")
}

/// What a command prints, with its exit code.
fn output(command: &str, folder: &Path) -> String {
    let output = shell(command, folder);
    let mut shown = visible(&output.stdout);
    for line in visible(&output.stderr).lines() {
        shown += format!("2> {line}").trim_end();
        shown.push('\n');
    }
    match output.status.code() {
        Some(0) => shown,
        Some(code) => shown + &format!("[exit {code}]\n"),
        None => shown + &format!("[{}]\n", output.status),
    }
}

/// Lines that a page can show.
fn visible(printed: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(printed).replace('\u{1b}', "␛");
    if !text.is_empty() && !text.ends_with('\n') {
        text += "\n";
    }
    text
}

fn copy(from: &Path, to: &Path) {
    for entry in entries(from) {
        let copied = to.join(entry.file_name().expect("an entry has a name"));
        if entry.is_dir() {
            fs::create_dir(&copied).expect("a folder");
            copy(&entry, &copied);
        } else {
            fs::copy(&entry, &copied).expect("a file can be copied");
        }
    }
}

/// The files below a folder with their bytes; what is no plain file has none.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in entries(&next) {
            let bytes = if entry.is_file() { fs::read(&entry).expect("a file can be read") } else { Vec::new() };
            if entry.is_dir() && !entry.is_symlink() {
                folders.push(entry.clone());
            }
            files.insert(entry.strip_prefix(folder).expect("an entry below").display().to_string(), bytes);
        }
    }
    files
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("a folder can be listed").path()).collect()
}
