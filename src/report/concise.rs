//! A line for each finding, as compilers write them: editors lead to the place, and `grep` finds it.

use super::text::{one_line, printed, summary};
use super::{Checked, Reporter, Style, Whole, clamp};
use crate::finding::{Finding, Severity};

/// `path:line:column: severity[rule] message`
pub(super) struct Concise;

impl Reporter for Concise {
    fn findings(&self, post: &Checked, _style: Style) -> String {
        post.findings.iter().map(|(severity, finding)| line(post, *severity, finding)).collect()
    }

    fn end(&self, whole: &Whole, style: Style) -> String {
        if style.summary { summary(&whole.summary) + "\n" } else { String::new() }
    }
}

fn line(post: &Checked, severity: Severity, finding: &Finding) -> String {
    let place = post.lines.position(clamp(post.lines.text(), &finding.span).start);
    let severity = if severity == Severity::Error { "error" } else { "warning" };
    let (path, message) = (printed(post.path), one_line(&finding.message));
    format!("{path}:{}:{}: {severity}[{}] {message}\n", place.line, place.column, finding.rule)
}
