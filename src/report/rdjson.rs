//! The diagnostic format of reviewdog, which puts findings and repairs into reviews: version 0.21, `proto/rdf`.

use serde_json::{Value, json};

use super::json::items;
use super::places::{Region, Unit};
use super::text::one_line;
use super::{Checked, Reporter, Style, Whole, clamp, rule_page};
use crate::finding::{Finding, Fix, Severity, edited};
use crate::text::Span;

/// One document.
pub(super) struct Rdjson;

impl Reporter for Rdjson {
    fn begin(&self, _whole: &Whole, _style: Style) -> String {
        let source = json!({"name": "postlint", "url": "https://github.com/postlint/postlint"});
        format!("{{\"source\":{source},\"diagnostics\":[")
    }

    fn findings(&self, post: &Checked, _style: Style) -> String {
        items(post.findings.iter().map(|(severity, finding)| diagnostic(post, *severity, finding)))
    }

    fn separator(&self) -> &'static str {
        ","
    }

    fn end(&self, whole: &Whole, _style: Style) -> String {
        if whole.summary.found() == 0 { "]}\n" } else { "\n]}\n" }.to_owned()
    }
}

fn diagnostic(post: &Checked, severity: Severity, finding: &Finding) -> Value {
    let help = finding.help.iter().flat_map(|help| ["\n".to_owned(), one_line(help)]);
    let message: String = [one_line(&finding.message)].into_iter().chain(help).collect();
    let mut diagnostic = json!({
        "message": message,
        "location": {"path": post.in_repository(post.path), "range": range(post, &finding.span)},
        "severity": if severity == Severity::Error { "ERROR" } else { "WARNING" },
        "code": {"value": finding.rule, "url": rule_page(finding.rule)},
    });
    if let Some(fix) = &finding.fix {
        diagnostic["suggestions"] = json!([suggestion(post, fix)]);
    }
    diagnostic
}

/// A repair is one suggestion, from its first edit to its last: half of it would do harm.
fn suggestion(post: &Checked, fix: &Fix) -> Value {
    let text = post.lines.text();
    let (first, last) =
        (fix.edits.first().map_or(0, |edit| edit.span.start), fix.edits.last().map_or(0, |edit| edit.span.end));
    let span = clamp(text, &Span::new(first, last));
    let new = edited(&text[..span.end], &fix.edits);
    json!({"range": range(post, &span), "text": new[span.start..]})
}

/// Lines, and columns in bytes of UTF-8.
fn range(post: &Checked, span: &Span) -> Value {
    let Region { line, column, end_line, end_column } = Region::new(post.lines, span, Unit::Byte);
    json!({"start": {"line": line, "column": column}, "end": {"line": end_line, "column": end_column}})
}
