//! Suppressions in the front matter: `postlint: {ignore: [rule]}`.

use crate::finding::Edit;
use crate::post::Post;
use crate::syntax::front_matter::{Data, Entry, Format, FrontMatter, Style};
use crate::text::{Span, line_start};

/// What puts rules there; `None` where that is not known.
pub(super) fn edits(post: &Post, rules: &[&str], reason: Option<&str>) -> Option<Vec<Edit>> {
    let front = post.front_matter()?;
    let Some(entry) = front.get("postlint") else { return new(post.text, front, rules, reason) };
    match front.format {
        Format::Yaml => within(post.text, entry, rules),
        _ => None,
    }
}

/// A key of its own at the end of the front matter.
fn new(text: &str, front: &FrontMatter, rules: &[&str], reason: Option<&str>) -> Option<Vec<Edit>> {
    let line = super::line_break(text);
    let reason = reason.map_or(String::new(), |reason| format!(" # {reason}"));
    let written = match front.format {
        Format::Yaml => format!("postlint: {{ignore: [{}]}}{reason}{line}", rules.join(", ")),
        Format::Toml => format!("{line}[postlint]{line}ignore = [\"{}\"]{reason}{line}", rules.join("\", \"")),
        _ => return None,
    };
    let at = front.closing.start;
    // The closing fence begins a line.
    text[..at].ends_with('\n').then(|| vec![Edit::insert(at, written)])
}

/// Rules in the key that is there.
fn within(text: &str, entry: &Entry, rules: &[&str]) -> Option<Vec<Edit>> {
    let Data::Map(settings) = &entry.value.data else { return None };
    let is_flow = text[entry.value.span].starts_with('{');
    let all = rules.join(", ");
    let Some(ignore) = settings.iter().rev().find(|setting| setting.key == "ignore") else {
        let last = settings.last()?;
        return Some(vec![match is_flow {
            true => Edit::insert(last.value.span.end, format!(", ignore: [{all}]")),
            false => below(text, last.key_span, last.value.span.end, &format!("ignore: [{all}]"))?,
        }]);
    };
    let (value, span) = (&ignore.value, ignore.value.span);
    Some(vec![match &value.data {
        Data::List(items) if text[span].starts_with('[') => match items.last() {
            Some(last) => Edit::insert(last.span.end, format!(", {all}")),
            None => Edit::new(span, format!("[{all}]")),
        },
        Data::List(items) => {
            let last = items.last()?;
            let dash = Span::new(text[..last.span.start].rfind('-')?, last.span.start);
            let line = super::line_break(text);
            let mut lines = rules.iter().map(|rule| format!("- {rule}"));
            let first = lines.next()?;
            let indent = indent(text, dash.start);
            let rest: String = lines.map(|rule| format!("{line}{indent}{rule}")).collect();
            below(text, dash, last.span.end, &format!("{first}{rest}"))?
        }
        Data::Scalar(_) if value.style != Style::Block && !span.is_empty() => {
            Edit::new(span, format!("[{}, {all}]", &text[span]))
        }
        _ => return None,
    }])
}

/// A line below one that begins with something, as far in.
fn below(text: &str, like: Span, end: usize, written: &str) -> Option<Edit> {
    let at = end + text[end..].find('\n')? + 1;
    Some(Edit::insert(at, format!("{}{written}{}", indent(text, like.start), super::line_break(text))))
}

/// The white space before a byte on its line.
fn indent(text: &str, at: usize) -> &str {
    let start = line_start(text, at);
    let before = &text[start..at];
    &before[..before.len() - before.trim_start().len()]
}
