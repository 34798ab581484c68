//! SARIF 2.1.0, which GitHub's code scanning and editors read.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::json::items;
use super::places::{Region, Unit, uri};
use super::summary::Tally;
use super::text::one_line;
use super::{Checked, Reporter, Style, Whole, rule_page};
use crate::baseline::fingerprints;
use crate::finding::{Finding, Fix, Label, NotChecked, Severity};
use crate::rules::{RULES, Rule};
use crate::text::{Lines, Span};

/// One document with one run; the rules that found something stand behind what they found.
pub(super) struct Sarif;

impl Reporter for Sarif {
    fn begin(&self, _whole: &Whole, _style: Style) -> String {
        "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"results\":["
            .to_owned()
    }

    fn findings(&self, post: &Checked, _style: Style) -> String {
        let path = post.in_repository(post.path);
        let findings = post.findings.iter().map(|(_, finding)| finding);
        let fingerprints = fingerprints(&path, post.lines.text(), findings);
        let results = post.findings.iter().zip(fingerprints);
        items(results.map(|((severity, finding), fingerprint)| result(post, &path, *severity, finding, &fingerprint)))
    }

    fn not_checked(&self, post: &Checked) -> String {
        let path = post.in_repository(post.path);
        items(post.not_checked.iter().map(|NotChecked { span, why }| {
            let location = json!({"physicalLocation": place(&path, post.lines, span)});
            json!({"level": "note", "message": {"text": message(&[why])}, "locations": [location]})
        }))
    }

    fn tally(&self, post: &Checked) -> Option<Tally> {
        (!post.findings.is_empty()).then(|| Tally::of(post))
    }

    fn separator(&self) -> &'static str {
        ","
    }

    fn end(&self, Whole { summary, tallies, not_checked, .. }: &Whole, _style: Style) -> String {
        let met: BTreeSet<_> = tallies.iter().flat_map(|tally| tally.rules()).collect();
        let rules = items(met.iter().filter_map(|id| Rule::of(id)).map(descriptor));
        let driver = json!({
            "name": "postlint",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "informationUri": "https://github.com/postlint/postlint",
        });
        let driver = driver.to_string();
        let driver = driver.trim_end_matches('}');
        let bases = json!({"%SRCROOT%": {"description": {"text": "the top of the repository"}}});
        let line = if summary.found() == 0 { "" } else { "\n" };
        format!(
            "{line}],\"columnKind\":\"utf16CodeUnits\",\"originalUriBaseIds\":{bases},\
             \"invocations\":[{{\"executionSuccessful\":true,\"toolExecutionNotifications\":[{not_checked}]}}],\n\
             \"tool\":{{\"driver\":{driver},\"rules\":[{rules}]}}}}}}]}}\n"
        )
    }
}

fn result(post: &Checked, path: &str, severity: Severity, finding: &Finding, fingerprint: &str) -> Value {
    let words: Vec<&String> = [&finding.message].into_iter().chain(&finding.help).collect();
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(Some(severity)),
        "message": {"text": message(&words)},
        "locations": [{"physicalLocation": place(path, post.lines, &finding.span)}],
        "partialFingerprints": {"postlint/v1": fingerprint},
    });
    if !finding.labels.is_empty() {
        let labels = finding.labels.iter().enumerate();
        result["relatedLocations"] = labels.map(|(index, label)| related(post, path, index + 1, label)).collect();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([repair(post, path, fix)]);
    }
    result
}

fn level(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warn) => "warning",
        None => "note",
    }
}

/// Words that are no placeholders (SARIF 2.1.0, 3.11.5) and no links (3.11.6), whatever they quote.
fn message(words: &[&String]) -> String {
    let lines: Vec<String> = words.iter().map(|words| one_line(words).replace("](", "] (")).collect();
    let text = lines.join("\n");
    let mut behind = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    let is_placeholder =
        |(index, _): (&str, &str)| !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
    if behind.any(is_placeholder) { text.replace('{', "{{").replace('}', "}}") } else { text }
}

fn place(path: &str, lines: &Lines, span: &Span) -> Value {
    json!({"artifactLocation": artifact(path), "region": region(lines, span)})
}

fn artifact(path: &str) -> Value {
    json!({"uri": uri(path), "uriBaseId": "%SRCROOT%"})
}

fn region(lines: &Lines, span: &Span) -> Value {
    let Region { line, column, end_line, end_column } = Region::new(lines, span, Unit::Utf16);
    json!({"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column})
}

fn related(post: &Checked, path: &str, id: usize, label: &Label) -> Value {
    let place = match &label.file {
        Some(file) => place(&post.in_repository(&file.path), &Lines::new(&file.text), &label.span),
        None => place(path, post.lines, &label.span),
    };
    json!({"id": id, "physicalLocation": place, "message": {"text": message(&[&label.message])}})
}

fn repair(post: &Checked, path: &str, fix: &Fix) -> Value {
    let replacements = fix
        .edits
        .iter()
        .map(|edit| json!({"deletedRegion": region(post.lines, &edit.span), "insertedContent": {"text": edit.text}}));
    let change = json!({"artifactLocation": artifact(path), "replacements": replacements.collect::<Vec<_>>()});
    json!({"description": {"text": message(&[&fix.message])}, "artifactChanges": [change]})
}

/// What a rule is about: its page up to the first example.
fn descriptor(rule: &Rule) -> Value {
    let prose = rule.page.split("\n```").next().unwrap_or_default();
    let prose = prose.split_once("\n# ").and_then(|(_, page)| page.split_once("\n\n")).map_or("", |(_, prose)| prose);
    // Pages link to each other.
    let absolute =
        |prose: String, rule: &Rule| prose.replace(&format!("({}.md)", rule.id), &format!("({})", rule_page(rule.id)));
    let prose = RULES.iter().fold(prose.trim().to_owned(), absolute);
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.summary()},
        "help": {"text": prose, "markdown": prose},
        "helpUri": rule_page(rule.id),
        "defaultConfiguration": {"enabled": rule.default.is_some(), "level": level(rule.default)},
        "properties": {"tags": [rule.group.id], "precision": "high", "problem.severity": level(rule.default).replace("note", "recommendation")},
    })
}
