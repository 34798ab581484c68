//! `postlint check --external` on `tests/blogs/elsewhere`. Its `bin/lychee.json` is what lychee 0.24.2 said when the server
//! below stood for all other sites. Where `lychee` is on the PATH, it is asked again, and postlint must make the same of
//! its answer; `UPDATE=1 cargo test --test external` then records it. Without, only the record is read.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

fn blog() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/blogs/elsewhere")
}

/// Other sites: what they say is in the path. Gives the port.
fn server() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Who goes away before the answer has seen enough.
            std::thread::spawn(move || serve(stream).ok());
        }
    });
    port
}

fn serve(mut stream: TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let path = request.split(' ').nth(1).unwrap_or_default();
    let status = match path {
        "/slides" => "200 OK",
        "/moved" => "301 Moved Permanently\r\nLocation: /slides",
        "/gone" => "410 Gone",
        "/busy" => "429 Too Many Requests",
        "/closed" => "403 Forbidden",
        "/broken" => "500 Internal Server Error",
        "/slow" => {
            std::thread::sleep(Duration::from_secs(10));
            "200 OK"
        }
        _ => "404 Not Found",
    };
    let page = "<h1 id=\"week-3\">3</h1>";
    let head = format!("Content-Type: text/html\r\nContent-Length: {}\r\nConnection: close", page.len());
    write!(stream, "HTTP/1.1 {status}\r\n{head}\r\n\r\n{page}")
}

/// What postlint says of the blog in a folder, where the programs of another folder come first.
fn check(folder: &Path, programs: &Path) -> Value {
    let path = std::env::var("PATH").unwrap_or_default();
    let config = folder.with_file_name("lychee.toml");
    let config = config.exists().then(|| format!("--lychee-config={}", config.display()));
    let output = Command::new(env!("CARGO_BIN_EXE_postlint"))
        .args(["check", "--external", "--format", "json"])
        .args(config)
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", programs.display()))
        .output()
        .expect("postlint runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said, "");
    serde_json::from_slice(&output.stdout).expect("a report")
}

/// A copy of the blog in `blog`, with the programs of the original beside it in `bin`.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("blog");
    for path in ["blog/_posts", "blog/.git", "bin"] {
        fs::create_dir_all(folder.path().join(path)).expect("a folder");
    }
    let post = "_posts/2022-10-09-week.md";
    fs::copy(blog().join(post), own.join(post)).expect("a file");
    for program in ["bin/lychee", "bin/lychee.json"] {
        fs::copy(blog().join(program), folder.path().join(program)).expect("a file");
    }
    folder
}

/// A copy for which the server is all other sites, as a config of lychee beside it says.
fn served(port: u16) -> tempfile::TempDir {
    let folder = copy();
    let config = format!(
        r#"
remap = ["https://club\\.example/(.*) http://127.0.0.1:{port}/$1", "https://down\\.example http://127.0.0.1:1"]
timeout = 2
max_retries = 0
include_fragments = "anchor-only"
format = "markdown"
output = "report.md"
cache = true
"#
    );
    fs::write(folder.path().join("lychee.toml"), config).expect("a file");
    folder
}

/// A program that keeps a copy of what the real one says.
fn recorder(folder: &Path) -> PathBuf {
    let programs = folder.with_file_name("recorder");
    fs::create_dir(&programs).expect("a folder");
    program(&programs, "#!/bin/sh\nPATH=${PATH#*:}\nlychee \"$@\" | tee \"${0%/*}/said.json\"\n");
    programs
}

/// A record with the same bytes from each run: in the order of the lines, without times and the number of the port.
fn record(folder: &Path, port: u16) {
    let said = fs::read_to_string(folder.join("recorder/said.json")).expect("lychee said something");
    let said = said.replace(&format!("127.0.0.1:{port}"), "127.0.0.1:4000");
    let mut report: Value = serde_json::from_str(&said).expect("JSON");
    let fields = report.as_object_mut().expect("an object");
    fields.remove("duration");
    for verdicts in fields.values_mut().filter_map(|map| map.get_mut("stdin")?.as_array_mut()) {
        verdicts.iter_mut().filter_map(Value::as_object_mut).for_each(|verdict| _ = verdict.remove("duration"));
        verdicts.sort_by_key(|verdict| verdict["span"]["line"].as_u64());
    }
    let json = serde_json::to_string_pretty(&report).expect("JSON");
    fs::write(blog().join("bin/lychee.json"), json + "\n").expect("the record can be written");
}

#[test]
fn lychee_says_what_was_recorded() {
    if Command::new("lychee").arg("--version").output().is_err() {
        println!("lychee is not on the PATH, so nobody asks it");
        return;
    }
    let port = server();
    let folder = served(port);
    let own = folder.path().join("blog");
    let real = check(&own, &recorder(&own));
    if std::env::var_os("UPDATE").is_some() {
        record(folder.path(), port);
    }
    let copy = copy();
    assert_eq!(real, check(&copy.path().join("blog"), &copy.path().join("bin")));
    // What the config wants written elsewhere came here.
    assert!(!folder.path().join("report.md").exists() && !own.join("report.md").exists());
}

/// A program in place of lychee, for which nothing is there but what it is told to leave alone.
fn stand_in(folder: &Path) -> PathBuf {
    let programs = folder.join("stand-in");
    fs::create_dir(&programs).expect("a folder");
    let script = r#"#!/bin/sh
for argument; do
    case $argument in --exclude=*) ignored="$ignored ${argument#--exclude=}" ;; esac
done
awk -v ignored="$ignored" '
    BEGIN { count = split(ignored, patterns, " ") }
    {
        split($0, parts, "\"")
        for (at = 1; at <= count; at++) if (parts[2] ~ patterns[at]) next
        verdict = "{\"url\":\"%s\",\"status\":{\"text\":\"Rejected\",\"code\":404},\"span\":{\"line\":%d}}"
        verdicts = verdicts separator sprintf(verdict, parts[2], NR)
        separator = ","
    }
    END { printf "{\"error_map\":{\"stdin\":[%s]},\"timeout_map\":{}}", verdicts }
'
"#;
    program(&programs, script);
    programs
}

fn program(folder: &Path, script: &str) {
    let path = folder.join("lychee");
    fs::write(&path, script).expect("a file");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a file of ours");
}

/// The lines with a dead URL, from 1.
fn dead(report: &Value) -> Vec<u64> {
    let findings = report["findings"].as_array().expect("a list").iter();
    findings
        .filter(|finding| finding["rule"] == "dead-url")
        .filter_map(|finding| finding["span"]["line"].as_u64())
        .collect()
}

/// By the real one where it is installed.
#[test]
fn what_lycheeignore_names_is_left_alone() {
    let folder = served(server());
    let own = folder.path().join("blog");
    let stand_in = stand_in(folder.path());
    let is_installed = Command::new("lychee").arg("--version").output().is_ok();
    let programs = if is_installed { folder.path() } else { &stand_in };
    let before = dead(&check(&own, programs));
    fs::write(own.join(".lycheeignore"), "/lost$\n/gone\n").expect("a file");
    let after = dead(&check(&own, programs));
    assert!(before.contains(&8) && !after.contains(&8), "{before:?} {after:?}");
    assert!(!after.is_empty(), "{before:?}");
}

/// Whoever sends a pull request puts what he likes into the blog.
#[test]
fn nothing_of_the_blog_runs_or_leads_into_a_private_network() {
    let listener = TcpListener::bind("127.0.0.2:0").expect("a port is free");
    let port = listener.local_addr().expect("an address").port();
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("blog");
    for path in ["blog/_posts", "blog/.git", "blog/node_modules/.bin"] {
        fs::create_dir_all(folder.path().join(path)).expect("a folder");
    }
    let marker = folder.path().join("marker");
    let script = format!("#!/bin/sh\necho ran > {0}\ncat > /dev/null\n", marker.display());
    program(&root, &script);
    program(&root.join("node_modules/.bin"), &script);
    let text = format!("---\ntitle: 회고\n---\n\n[a](http://127.0.0.2:{port}/a) [b](https://club.example:port/)\n");
    fs::write(root.join("_posts/2022-10-09-week.md"), text).expect("a file");
    let config = format!(
        "preprocess.command = \"./lychee\"\nfiles_from = \"_posts/2022-10-09-week.md\"\ncookie_jar = \"{0}\"\n\
         output = \"{0}\"\ncache = true\ninclude = [\".\"]\nexclude_private = false\n",
        marker.display()
    );
    fs::write(root.join("lychee.toml"), config).expect("a file");
    let is_installed = Command::new("lychee").arg("--version").output().is_ok();
    let stand_in = stand_in(folder.path());
    let path = std::env::var("PATH").unwrap_or_default();
    let path = if is_installed { path } else { format!("{}:{path}", stand_in.display()) };
    let output = Command::new(env!("CARGO_BIN_EXE_postlint"))
        .args(["check", "--external", "--select", "dead-url", "--show-unchecked"])
        .current_dir(&root)
        .env("PATH", format!(":.:{0}:{0}/node_modules/.bin:{path}", root.display()))
        .output()
        .expect("postlint runs");
    let [said, told] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).expect("UTF-8"));
    assert!(told.contains("`preprocess`, `files_from`, `cookie_jar`, `output`, `cache`, `include`"), "{told}");
    assert!(said.contains("`https://club.example:port/`") || !is_installed, "{said}{told}");
    assert!(said.contains("it leads into a private network"), "{said}{told}");
    assert!(!marker.exists() && !root.join(".lycheecache").exists(), "{said}{told}");
    listener.set_nonblocking(true).expect("a listener");
    assert!(listener.accept().is_err(), "somebody was asked: {said}");
}
