//! Asks for URLs with lychee, which knows how to be polite to servers: <https://lychee.cli.rs>.
//!
//! It runs where no blog is, so that it finds no config there but the one it is given: none, unless the command line names
//! one. What is handed over is a page of HTML with one link a line, and the line of a verdict tells its link. The URL in a
//! verdict does not: it is as lychee spells it.
//!
//! Options and output are those of lychee 0.24.2.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::{Answer, Answers, Death, Lychee};

pub(crate) const PROGRAM: &str = "lychee";

/// The page is HTML, and comes on standard input, where neither `exclude_path` nor `preprocess` of a config touch it.
const OPTIONS: &[&str] =
    &["--format=json", "--no-progress", "--default-extension=html", "--scheme=http", "--scheme=https", "--cache=false"];

/// Where no config counts.
const NO_CONFIG: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

/// A config may name another output.
const OUTPUT: &[&str] = if cfg!(unix) { &["--output=/dev/stdout"] } else { &[] };

/// What came of asking for URLs, none of them twice.
///
/// # Errors
/// In a line: what to do where lychee is not installed, or what it says where it cannot work.
pub(crate) fn ask(root: &Path, lychee: &Lychee, allowed: &[String], urls: &[String]) -> Result<Answers, String> {
    let output = run(root, lychee, allowed, &page(urls)).map_err(|error| format!("cannot run `{PROGRAM}`: {error}"))?;
    read(&output.stdout, urls).ok_or_else(|| complaint(&output))
}

fn run(root: &Path, lychee: &Lychee, allowed: &[String], page: &str) -> io::Result<Output> {
    let piped = Stdio::piped;
    let mut command = Command::new(lychee.program);
    command.arg("--config").arg(lychee.config.unwrap_or(Path::new(NO_CONFIG))).args(OPTIONS).args(OUTPUT).args(allowed);
    if lychee.config.is_none() {
        command.arg("--exclude-all-private");
    }
    command.arg("-").current_dir(root.ancestors().last().unwrap_or(root));
    let mut child = command.stdin(piped()).stdout(piped()).stderr(piped()).spawn()?;
    let stdin = child.stdin.take();
    std::thread::scope(|scope| {
        // Who stops reading early says why on standard error.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(page.as_bytes())));
        child.wait_with_output()
    })
}

fn page(urls: &[String]) -> String {
    let link = |url: &String| format!("<a href=\"{}\">x</a>\n", url.replace('&', "&amp;").replace('"', "&quot;"));
    urls.iter().map(link).collect()
}

/// What lychee says when it does not say what was asked.
fn complaint(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    match lines.next().filter(|_| output.stdout.is_empty()) {
        Some(line) => format!("`{PROGRAM}` cannot work: {line}"),
        None => format!("`{PROGRAM}` gives no report that postlint can read; its version 0.24 does"),
    }
}

/// The report of a run.
#[derive(serde::Deserialize)]
struct Report {
    error_map: Inputs,
    timeout_map: Inputs,
}

/// What is not well, by where lychee has it from. A config can name further inputs.
#[derive(serde::Deserialize)]
struct Inputs {
    #[serde(default)]
    stdin: Vec<Verdict>,
}

#[derive(serde::Deserialize)]
struct Verdict {
    /// As lychee spells it, and where the config says `remap`, the URL that it asked for instead.
    url: String,
    status: Status,
    span: Place,
}

#[derive(serde::Deserialize)]
struct Status {
    text: String,
    /// The status of HTTP.
    code: Option<u16>,
    details: Option<String>,
}

#[derive(serde::Deserialize)]
struct Place {
    /// From 1.
    line: usize,
}

fn read(report: &[u8], urls: &[String]) -> Option<Answers> {
    let report: Report = serde_json::from_slice(report).ok()?;
    let late = |verdict| (verdict, Answer::Unclear("it did not answer in time".to_owned()));
    let late = report.timeout_map.stdin.iter().map(late);
    let failed = report.error_map.stdin.iter().map(|verdict| (verdict, answer(verdict)));
    let of_url =
        |(verdict, answer): (&Verdict, Answer)| Some((urls.get(verdict.span.line.checked_sub(1)?)?.clone(), answer));
    Some(Answers(late.chain(failed).filter_map(of_url).collect::<HashMap<_, _>>()))
}

/// Servers that are busy, in trouble, or closed to programs say nothing of what readers get.
fn answer(verdict: &Verdict) -> Answer {
    let status = &verdict.status;
    match status.code {
        Some(404) => Answer::Dead(Death::Nothing("404 Not Found")),
        Some(410) => Answer::Dead(Death::Nothing("410 Gone")),
        Some(code) => Answer::Unclear(format!("its server answers lychee with the status {code}")),
        None if status.text.starts_with("Error building URL") => Answer::Dead(Death::Unreadable),
        None if status.text == "Cannot find fragment" => Answer::Dead(Death::Anchor),
        None => {
            let why = format!("lychee gets no answer: {}", status.details.as_deref().unwrap_or(&status.text));
            match super::host(&verdict.url).filter(|_| status.text.starts_with("Network error")) {
                Some(host) => Answer::Unreached { host, why },
                None => Answer::Unclear(why),
            }
        }
    }
}
