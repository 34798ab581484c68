//! The JSON report, version 1: one document, with a finding to a line so that large ones can be searched.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::{Checked, Reporter, Style, Whole, clamp, visible};
use crate::finding::{Finding, Fix, Label, NotChecked, Severity};
use crate::text::{Lines, Span};

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    severity: Severity,
    path: &'a str,
    message: &'a str,
    span: Place,
    labels: Vec<Note<'a>>,
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<&'a Fix>,
}

#[derive(Serialize)]
struct Note<'a> {
    path: &'a str,
    span: Place,
    message: &'a str,
}

#[derive(Serialize)]
struct Open<'a> {
    path: &'a str,
    span: Place,
    why: &'a str,
}

/// Bytes as they are on disk; lines and columns from 1, columns in characters, the end not included.
#[derive(Serialize)]
pub(super) struct Place {
    start: usize,
    end: usize,
    pub(super) line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl Place {
    pub(super) fn new(lines: &Lines, span: &Span) -> Self {
        let Span { start, end } = clamp(lines.text(), span);
        let (first, last) = (lines.position(start), lines.position(end));
        Place { start, end, line: first.line, column: first.column, end_line: last.line, end_column: last.column }
    }
}

/// Findings go out as they come; what was left open is a list behind them.
pub(super) struct Json;

impl Reporter for Json {
    fn begin(&self, whole: &Whole, _style: Style) -> String {
        format!("{{\"version\":1,\"posts\":{},\"findings\":[", whole.summary.posts)
    }

    fn findings(&self, post: &Checked, _style: Style) -> String {
        items(post.findings.iter().map(|(severity, finding)| entry(post, *severity, finding)))
    }

    fn not_checked(&self, post: &Checked) -> String {
        items(post.not_checked.iter().map(|NotChecked { span, why }| Open {
            path: post.path,
            span: Place::new(post.lines, span),
            why,
        }))
    }

    fn separator(&self) -> &'static str {
        ","
    }

    fn end(&self, Whole { summary, not_checked, .. }: &Whole, _style: Style) -> String {
        let line = |is_empty| if is_empty { "" } else { "\n" };
        let (end, close) = (line(summary.errors + summary.warnings == 0), line(not_checked.is_empty()));
        format!("{end}],\"not_checked\":[{not_checked}{close}]}}\n")
    }
}

fn entry<'a>(post: &Checked<'a>, severity: Severity, finding: &'a Finding) -> Entry<'a> {
    let note = |Label { span, message, file }: &'a Label| match file {
        Some(file) => Note { path: &file.path, span: Place::new(&Lines::new(&file.text), span), message },
        None => Note { path: post.path, span: Place::new(post.lines, span), message },
    };
    Entry {
        rule: &finding.rule,
        severity,
        path: post.path,
        message: &finding.message,
        span: Place::new(post.lines, &finding.span),
        labels: finding.labels.iter().map(note).collect(),
        help: finding.help.as_deref(),
        fix: finding.fix.as_ref(),
    }
}

/// Items of a list, each on a line of its own.
pub(super) fn items(values: impl Iterator<Item = impl Serialize>) -> String {
    let mut list = Vec::new();
    for value in values {
        list.extend_from_slice(if list.is_empty() { b"\n" } else { b",\n" });
        value.serialize(&mut Serializer::with_formatter(&mut list, Readable)).expect("strings and numbers are JSON");
    }
    String::from_utf8(list).expect("JSON is text")
}

/// A value as JSON that can be looked at.
pub(crate) fn readable(value: &impl Serialize) -> String {
    let mut text = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut text, Readable)).expect("strings and numbers are JSON");
    String::from_utf8(text).expect("JSON is text")
}

/// A report on one line, and before all else in it the id of its blog, as JSON.
pub(crate) fn of_blog(blog: &str, report: &str) -> String {
    // In texts line breaks are escaped; all others stand between things.
    let rest = report.trim_start_matches('{').replace('\n', "");
    format!("{{\"blog\":{blog},{rest}\n")
}

/// The same on lines that are indented.
pub(crate) fn indented(value: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(value).expect("strings and numbers are JSON");
    let mut seen = Vec::with_capacity(text.len());
    for line in text.lines() {
        write_inert(&mut seen, line).and_then(|()| seen.write_all(b"\n")).expect("memory takes it all");
    }
    String::from_utf8(seen).expect("JSON is text")
}

/// JSON that can be looked at, and lands in logs.
struct Readable;

impl Formatter for Readable {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        write_inert(out, fragment)
    }
}

/// Writes JSON, or a piece of a text in it, with escapes for what a terminal would obey or hide, and for the bracket of `##[`,
/// which begins a command wherever a runner of GitHub finds it.
fn write_inert(out: &mut (impl Write + ?Sized), json: &str) -> io::Result<()> {
    let mut plain = 0;
    let is_command = |at: usize, character| character == '[' && json[..at].ends_with("##");
    let is_obeyed = |&(at, character): &(usize, char)| visible(character) != character || is_command(at, character);
    for (at, character) in json.char_indices().filter(is_obeyed) {
        out.write_all(&json.as_bytes()[plain..at])?;
        for unit in character.encode_utf16(&mut [0; 2]) {
            write!(out, "\\u{unit:04x}")?;
        }
        plain = at + character.len_utf8();
    }
    out.write_all(&json.as_bytes()[plain..])
}
