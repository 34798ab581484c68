//! Markdown for the summary of a job, a comment or a chat: GitHub's, of which others show most. What posts and messages say
//! is code or escaped, so that none of it is markup, a link or a call of somebody.

use unicode_width::UnicodeWidthStr;

use super::escape::parts;
use super::excerpt::Excerpt;
use super::summary::{Tally, by_rule};
use super::text::{count, one_line, summary};
use super::{Checked, Reporter, Style, Whole, rule_page};
use crate::finding::{Finding, Severity};

/// So many annotations of each kind GitHub shows of a step.
const ANNOTATIONS: usize = 10;

/// A heading that counts, a table by rule, and the findings by post.
pub(super) struct Markdown;

impl Reporter for Markdown {
    fn begin(&self, whole: &Whole, _style: Style) -> String {
        let mut text = format!("## postlint: {}\n", summary(&whole.summary));
        if whole.summary.found() == 0 {
            return text;
        }
        let beyond = [(whole.summary.errors, "error"), (whole.summary.warnings, "warning")]
            .map(|(number, noun)| (number.saturating_sub(ANNOTATIONS), noun))
            .into_iter()
            .filter(|(number, _)| *number > 0 && whole.is_of_job)
            .map(|(number, noun)| count(number, noun));
        let beyond = beyond.collect::<Vec<_>>().join(" and ");
        if !beyond.is_empty() {
            text +=
                &format!("\nGitHub shows {ANNOTATIONS} annotations of each kind of a step: here is {beyond} more.\n");
        }
        text += "\n| rule | errors | warnings |\n|---|--:|--:|\n";
        for (rule, count) in by_rule(&whole.tallies) {
            text += &format!("| `{rule}` | {} | {} |\n", count.errors, count.warnings);
        }
        text
    }

    fn findings(&self, post: &Checked, _style: Style) -> String {
        if post.findings.is_empty() {
            return String::new();
        }
        let findings = post.findings.iter().map(|(severity, finding)| item(post, *severity, finding));
        format!("\n### {}\n\n{}", code(&one_line(post.path)), findings.collect::<String>())
    }

    fn tally(&self, post: &Checked) -> Option<Tally> {
        (!post.findings.is_empty()).then(|| Tally::of(post))
    }

    fn end(&self, whole: &Whole, _style: Style) -> String {
        match whole.left {
            (0, _) => String::new(),
            (posts, findings) => format!(
                "\n{} of {} more did not fit in here; `postlint check` names them.\n",
                count(findings, "finding"),
                count(posts, "post")
            ),
        }
    }
}

fn item(post: &Checked, severity: Severity, finding: &Finding) -> String {
    let severity = if severity == Severity::Error { "error" } else { "warning" };
    let (excerpt, ranges) = Excerpt::new(String::new(), post.lines, &[&finding.span], usize::MAX);
    let (rule, line) = (finding.rule, excerpt.place().1);
    let mut text =
        format!("- **{severity}** [`{rule}`]({}), line {line}: {}\n\n", rule_page(rule), inline(&finding.message));
    let quoted: String = excerpt
        .rows()
        .map(|(_, shown, row)| {
            let (start, end) = (ranges[0].start - shown.start, ranges[0].end - shown.start);
            let (before, carets) = (row[..start].width(), row[start..end].width().max(1));
            format!("  {row}\n  {:before$}{:^<carets$}\n", "", "")
        })
        .collect();
    let fence = "`".repeat(longest_run(&quoted).max(2) + 1);
    text += &format!("  {fence}text\n{quoted}  {fence}\n");
    if let Some(help) = &finding.help {
        text += &format!("  → {}\n", inline(help));
    }
    text
}

/// Words of a rule: what it quotes is code, and the rest means what it says.
fn inline(words: &str) -> String {
    parts(&one_line(words)).map(|(part, is_code)| if is_code { code(part) } else { escaped(part) }).collect()
}

fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text) + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn longest_run(text: &str) -> usize {
    text.split(|sign| sign != '`').map(str::len).max().unwrap_or_default()
}

/// A `@` in code calls nobody.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '@' => escaped.push_str("`@`"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '~' | '|' | '$' | '&' | '!' | '=' => {
                escaped.extend(['\\', sign]);
            }
            sign => escaped.push(sign),
        }
    }
    escaped
}
