//! What a pull request of a stranger can do to whoever checks it: nothing that `SECURITY.md` rules out.

#![cfg(unix)]

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use support::write;

/// What lies outside of the blog, and must not be seen.
const SECRET: &str = "---\ntitle: the secret\nsecret\n---\n\nsecret [words](/nothing)   \n";

/// A repository with a blog in it, beside a folder that is none of its business.
fn ground(generator: &str) -> tempfile::TempDir {
    let ground = tempfile::tempdir().expect("a temporary folder");
    write(ground.path(), "outside/secret.md", SECRET);
    write(ground.path(), "blog/.git/config", "[http]\nextraheader = secret\n");
    write(ground.path(), &format!("blog/{generator}"), "");
    ground
}

fn link(ground: &Path, target: &str, path: &str) {
    let path = ground.join("blog").join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    symlink(target, path).expect("a link");
}

fn command<'a>(ground: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
    command.args(arguments).current_dir(ground.join("blog")).stdin(Stdio::null());
    command
}

fn postlint(ground: &Path, arguments: &[&str]) -> Output {
    let mut command = command(ground, arguments.iter().copied());
    command.env_remove("GITHUB_ACTIONS").env("NO_COLOR", "1").output().expect("postlint runs")
}

/// All that it prints.
fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

const COMMANDS: &[&[&str]] = &[
    &["check"],
    &["check", "--format", "json", "--show-unchecked"],
    &["fix"],
    &["fix", "--unsafe-fixes"],
    &["format", "--diff"],
    &["suppress"],
    &["outline"],
    &["info"],
    &["explain"],
    &["calendar"],
    &["init", "--dry-run"],
];

/// Links to a file and to a folder outside, in the places that postlint reads.
#[test]
fn links_that_lead_out_are_not_followed() {
    let to_file = [
        "postlint.yaml", ".gitignore", "_posts/2022-10-09-a.md", "_includes/a.html", "_layouts/post.html",
        "_data/a.yml", "content/a.md", "content/b/index.md", "layouts/shortcodes/a.html", "package.json",
        "lychee.toml", "_redirects", ".postlint-baseline.json",
    ];
    let to_folder = ["_posts", "_includes", "_layouts", "content", "content/b", "static", "layouts", "themes/a", "x"];
    for generator in ["_config.yml", "hugo.toml"] {
        let links = to_file.map(|path| ("secret.md", path)).into_iter().chain(to_folder.map(|path| ("", path)));
        for (target, path) in links {
            let ground = ground(generator);
            let up = "../".repeat(path.matches('/').count() + 1);
            link(ground.path(), &format!("{up}outside/{target}"), path);
            for (folder, name) in [("_posts", "2022-10-09-b.md"), ("content", "c.md")] {
                if path != folder && !(folder == "_posts" && path.starts_with("postlint")) {
                    let text = "---\nlayout: post\ntitle: a\n---\n\n{% include a.html %} [a](b.md)\n";
                    write(ground.path(), &format!("blog/{folder}/{name}"), text);
                }
            }
            for arguments in COMMANDS.iter().copied().chain([&["check", path][..], &["outline", path], &["fix", path]])
            {
                let said = said(&postlint(ground.path(), arguments));
                assert!(!said.contains("secret"), "{path} {arguments:?}\n{said}");
                let text = fs::read_to_string(ground.path().join("outside/secret.md")).expect("a text");
                assert_eq!(text, SECRET, "{path} {arguments:?}");
                assert_eq!(fs::read_dir(ground.path().join("outside")).expect("a folder").count(), 1, "{path}");
            }
        }
    }
}

#[test]
fn what_is_left_alone_is_told() {
    let ground = ground("_config.yml");
    link(ground.path(), "../../outside/secret.md", "_posts/2022-10-09-a.md");
    link(ground.path(), "../.git/config", "_posts/2022-10-10-b.md");
    let fifo = ground.path().join("blog/_posts/2022-10-11-c.md");
    assert!(Command::new("mkfifo").arg(&fifo).status().expect("mkfifo runs").success());
    let output = postlint(ground.path(), &["check"]);
    let said = String::from_utf8_lossy(&output.stderr);
    for line in [
        "`_posts/2022-10-09-a.md` is left alone: a link leads out of the blog",
        "`_posts/2022-10-10-b.md` is left alone: a link leads out of the blog",
        "`_posts/2022-10-11-c.md` is left alone: it is no plain file",
    ] {
        assert!(said.contains(line), "{said}");
    }
    let output = postlint(ground.path(), &["check", "_posts/2022-10-10-b.md"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let ground = self::ground("hugo.toml");
    link(ground.path(), "../outside", "content");
    let output = postlint(ground.path(), &["check"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(self::said(&output).contains("a link leads out of the blog"), "{output:?}");
}

/// What links name is not dead because nobody looked.
#[test]
fn behind_a_link_anything_may_lie() {
    let ground = ground("hugo.toml");
    link(ground.path(), "../outside", "static");
    link(ground.path(), "../../outside", "content/pictures");
    write(ground.path(), "blog/content/a.md", "---\ntitle: a\n---\n\n![a](/a.png) ![b](/pictures/b.png)\n");
    let output = postlint(ground.path(), &["check"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn links_are_followed_where_that_is_asked_for() {
    let ground = ground("hugo.toml");
    link(ground.path(), "../outside", "content");
    let output = postlint(ground.path(), &["check", "--follow-links"]);
    assert!(said(&output).contains("[words](/nothing)"), "{output:?}");
    // A link within the repository leads nowhere that the pull request could not write to.
    let ground = self::ground("site/hugo.toml");
    write(ground.path(), "blog/posts/a.md", "---\ntitle: a\n---\n\n[a](b.md)\n");
    link(ground.path(), "../posts", "site/content");
    let output = postlint(ground.path(), &["check", "site"]);
    assert!(said(&output).contains("site/content/a.md:5:5"), "{}", said(&output));
}

/// A runner obeys `##[` anywhere in a line, and `::` at its beginning.
#[test]
fn nothing_printed_is_a_command_of_the_runner() {
    let ground = ground("_config.yml");
    let text = "---\ntitle: \"##[add-matcher]a\\u0085\\u202e\\u009b31m\"\n---\n\n# ##[group]b\n\n::error::c [::warning::](d.md)\n";
    write(ground.path(), "blog/_posts/2022-10-09-a.md", text);
    write(ground.path(), "blog/_posts/2022-10-10-##[group]b.md", text);
    let formats = ["check", "outline", "info", "init --dry-run"].map(|command| format!("{command} --format json"));
    let texts =
        ["check", "outline", "info", "init --dry-run", "calendar", "explain", "fix --diff", "check --format concise"];
    for arguments in formats.iter().map(String::as_str).chain(texts) {
        let mut command = command(ground.path(), arguments.split(' '));
        let output = command.env("GITHUB_ACTIONS", "true").env_remove("GITHUB_STEP_SUMMARY").output().expect("it runs");
        for bytes in [output.stdout, output.stderr] {
            let printed = String::from_utf8_lossy(&bytes);
            let mut stopped: Option<String> = None;
            for line in printed.lines() {
                match &stopped {
                    Some(end) if line == end => stopped = None,
                    Some(_) => {}
                    None if line.starts_with("::stop-commands::") => {
                        stopped = Some(format!("::{}::", &line["::stop-commands::".len()..]));
                    }
                    None => assert!(is_annotation(line) || !is_command(line), "{arguments}: {line}"),
                }
            }
            assert!(!printed.contains(['\u{9b}', '\u{202e}', '\u{85}']), "{arguments}: {printed}");
        }
    }
}

fn is_command(line: &str) -> bool {
    line.contains("##[") || line.trim_start().starts_with("::")
}

/// Whether it is a command that postlint itself writes: what stands in one begins no other.
fn is_annotation(line: &str) -> bool {
    line.starts_with("::error file=") || line.starts_with("::warning file=")
}

#[test]
fn nothing_printed_steers_a_terminal() {
    let ground = ground("_config.yml");
    let text = "---\nlayout: post\ntitle: a\u{1b}[31m\u{9b}2J\u{202e}b\n---\n\n# c\u{1b}]0;d\u{7}\n\n[e\u{202e}](f\u{9b}.md)\n";
    write(ground.path(), "blog/_posts/2022-10-09-a.md", text);
    write(ground.path(), "blog/_posts/2022-10-10-b\u{1b}[31m.md", text);
    for arguments in COMMANDS {
        let said = said(&postlint(ground.path(), arguments));
        assert!(!said.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}']), "{arguments:?}: {said:?}");
    }
}

#[test]
fn reports_take_the_place_of_no_post() {
    let ground = ground("_config.yml");
    let text = "---\nlayout: post\ntitle: a\n---\n\n[a](b.md)\n";
    write(ground.path(), "blog/_posts/2022-10-09-a.md", text);
    write(ground.path(), "blog/postlint.yaml", "generator: jekyll\n");
    for path in ["_posts/2022-10-09-a.md", "./_posts/../_posts/2022-10-09-a.md", "postlint.yaml", "_config.yml"] {
        for arguments in [["check", "--output-file", path], ["check", "--format", &format!("json={path}")]] {
            let before = fs::read(ground.path().join("blog").join(path)).expect("a file");
            assert_eq!(postlint(ground.path(), &arguments).status.code(), Some(2), "{arguments:?}");
            assert_eq!(fs::read(ground.path().join("blog").join(path)).expect("a file"), before);
        }
    }
}

#[test]
fn what_is_hidden_is_counted() {
    let ground = ground("_config.yml");
    let text = "---\nlayout: post\ntitle: a\n---\n\n<!-- postlint-ignore-file dead-link -->\n\n[a](b.md)\n";
    write(ground.path(), "blog/_posts/2022-10-09-a.md", text);
    let output = postlint(ground.path(), &["check"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(said(&output).contains("1 suppressed"), "{output:?}");
    let output = postlint(ground.path(), &["check", "--no-inline-config"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("dead-link"), "{output:?}");
}
