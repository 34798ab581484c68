//! `postlint check --external` on `tests/blogs/elsewhere`. Its `lychee.json` is what lychee 0.24.2 said when the server
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
    let output = Command::new(env!("CARGO_BIN_EXE_postlint"))
        .args(["check", "--external", "--format", "json"])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", programs.display()))
        .output()
        .expect("postlint runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said, "");
    serde_json::from_slice(&output.stdout).expect("a report")
}

/// A copy of the blog for which the server is all other sites, as lychee's own config says.
fn copy(port: u16) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("_posts")).expect("a folder");
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    let post = "_posts/2022-10-09-week.md";
    fs::copy(blog().join(post), folder.path().join(post)).expect("a file");
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
    let programs = folder.join("recorder");
    fs::create_dir(&programs).expect("a folder");
    let script = "#!/bin/sh\nPATH=${PATH#*:}\nlychee \"$@\" | tee said.json\n";
    fs::write(programs.join("lychee"), script).expect("a file");
    fs::set_permissions(programs.join("lychee"), fs::Permissions::from_mode(0o755)).expect("a file of ours");
    programs
}

/// A record with the same bytes from each run: in the order of the lines, without times and the number of the port.
fn record(folder: &Path, port: u16) {
    let said = fs::read_to_string(folder.join("said.json")).expect("lychee said something");
    let said = said.replace(&format!("127.0.0.1:{port}"), "127.0.0.1:4000");
    let mut report: Value = serde_json::from_str(&said).expect("JSON");
    let fields = report.as_object_mut().expect("an object");
    fields.remove("duration");
    for verdicts in fields.values_mut().filter_map(|map| map.get_mut("stdin")?.as_array_mut()) {
        verdicts.iter_mut().filter_map(Value::as_object_mut).for_each(|verdict| _ = verdict.remove("duration"));
        verdicts.sort_by_key(|verdict| verdict["span"]["line"].as_u64());
    }
    let json = serde_json::to_string_pretty(&report).expect("JSON");
    fs::write(blog().join("lychee.json"), json + "\n").expect("the record can be written");
}

#[test]
fn lychee_says_what_was_recorded() {
    if Command::new("lychee").arg("--version").output().is_err() {
        println!("lychee is not on the PATH, so nobody asks it");
        return;
    }
    let port = server();
    let folder = copy(port);
    let real = check(folder.path(), &recorder(folder.path()));
    if std::env::var_os("UPDATE").is_some() {
        record(folder.path(), port);
    }
    assert_eq!(real, check(&blog(), &blog().join("bin")));
    // Its own config was read, and what it wants written elsewhere came here.
    assert!(folder.path().join(".lycheecache").exists());
    assert!(!folder.path().join("report.md").exists());
}

/// A program in place of lychee, for which nothing is there but what `.lycheeignore` names, in the folder it runs in.
fn stand_in(folder: &Path) -> PathBuf {
    let programs = folder.join("stand-in");
    fs::create_dir(&programs).expect("a folder");
    let script = r#"#!/bin/sh
awk '
    BEGIN { while ((getline pattern < ".lycheeignore") > 0) ignored[pattern] }
    {
        split($0, parts, "\"")
        for (pattern in ignored) if (parts[2] ~ pattern) next
        verdict = "{\"url\":\"%s\",\"status\":{\"text\":\"Rejected\",\"code\":404},\"span\":{\"line\":%d}}"
        verdicts = verdicts separator sprintf(verdict, parts[2], NR)
        separator = ","
    }
    END { printf "{\"error_map\":{\"stdin\":[%s]},\"timeout_map\":{}}", verdicts }
'
"#;
    fs::write(programs.join("lychee"), script).expect("a file");
    fs::set_permissions(programs.join("lychee"), fs::Permissions::from_mode(0o755)).expect("a file of ours");
    programs
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
    let folder = copy(server());
    let stand_in = stand_in(folder.path());
    let is_installed = Command::new("lychee").arg("--version").output().is_ok();
    let programs = if is_installed { folder.path() } else { &stand_in };
    let before = dead(&check(folder.path(), programs));
    fs::write(folder.path().join(".lycheeignore"), "/lost$\n/gone\n").expect("a file");
    let after = dead(&check(folder.path(), programs));
    assert!(before.contains(&8) && !after.contains(&8), "{before:?} {after:?}");
    assert!(!after.is_empty(), "{before:?}");
}
