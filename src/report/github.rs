//! Workflow commands of GitHub Actions, a finding each; GitHub shows them as annotations of the changed lines.

use super::{Checked, Reporter, Style, clamp, visible};
use crate::finding::{Finding, Severity};

/// One command a line.
pub(super) struct Github;

impl Reporter for Github {
    fn findings(&self, post: &Checked, _style: Style) -> String {
        post.findings.iter().map(|(severity, finding)| command(post, *severity, finding)).collect()
    }
}

fn command(post: &Checked, severity: Severity, finding: &Finding) -> String {
    let name = match severity {
        Severity::Warn => "warning",
        Severity::Error => "error",
    };
    let [file, rule] = [&*post.in_repository(post.path), &finding.rule].map(|text| escape(text, ":,"));
    let place = place(post, finding);
    let help = finding.help.iter().flat_map(|help| ["\n", help]);
    let message = escape(&[&*finding.message].into_iter().chain(help).collect::<String>(), "");
    format!("::{name} file={file},{place},title=postlint({rule})::{message}\n")
}

/// Lines and columns; GitHub drops columns that are not on one line.
fn place(post: &Checked, finding: &Finding) -> String {
    let span = clamp(post.lines.text(), &finding.span);
    let (start, end) = (post.lines.position(span.start), post.lines.position(span.end));
    let lines = format!("line={},endLine={}", start.line, end.line);
    if start.line == end.line { format!("{lines},col={},endColumn={}", start.column, end.column) } else { lines }
}

/// Text of a command, in which `separators` mean something besides the end of the line.
fn escape(text: &str, separators: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '%' | '\r' | '\n' => escaped += &format!("%{:02X}", u32::from(character)),
            _ if separators.contains(character) => escaped += &format!("%{:02X}", u32::from(character)),
            '\t' => escaped.push(character),
            _ => escaped.push(visible(character)),
        }
    }
    escaped
}
