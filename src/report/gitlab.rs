//! The Code Quality report of GitLab, which shows findings in merge requests: a subset of what Code Climate writes.

use serde_json::{Value, json};

use super::json::items;
use super::text::one_line;
use super::{Checked, Reporter, Style, Whole, clamp};
use crate::baseline::fingerprints;
use crate::finding::{Finding, Severity};

/// One array.
pub(super) struct Gitlab;

impl Reporter for Gitlab {
    fn begin(&self, _whole: &Whole, _style: Style) -> String {
        "[".to_owned()
    }

    fn findings(&self, post: &Checked, _style: Style) -> String {
        let path = post.in_repository(post.path);
        let findings = post.findings.iter().map(|(_, finding)| finding);
        let fingerprints = fingerprints(&path, post.lines.text(), findings);
        let issues = post.findings.iter().zip(fingerprints);
        items(issues.map(|((severity, finding), fingerprint)| issue(post, &path, *severity, finding, &fingerprint)))
    }

    fn separator(&self) -> &'static str {
        ","
    }

    fn end(&self, whole: &Whole, _style: Style) -> String {
        if whole.summary.found() == 0 { "]\n" } else { "\n]\n" }.to_owned()
    }
}

fn issue(post: &Checked, path: &str, severity: Severity, finding: &Finding, fingerprint: &str) -> Value {
    let span = clamp(post.lines.text(), &finding.span);
    let [begin, end] = [span.start, span.end].map(|offset| post.lines.position(offset).line);
    let help = finding.help.as_deref().map(one_line);
    json!({
        "type": "issue",
        "check_name": finding.rule,
        "description": one_line(&finding.message),
        "content": help.map(|help| json!({"body": help})).unwrap_or_default(),
        "categories": ["Bug Risk"],
        "severity": if severity == Severity::Error { "major" } else { "minor" },
        "fingerprint": fingerprint,
        "location": {"path": path, "lines": {"begin": begin, "end": end}},
    })
}
