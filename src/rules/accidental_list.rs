//! `rules/accidental-list.md`

use super::Subject;
use crate::finding::Findings;
use crate::post::dates;

/// The date line of the header, where Markdown really makes a list of it.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let post = subject.post;
    let Some(range) = &post.date_range else { return };
    let line = post.line_of(&range.span);
    let Some(list) = dates::reads_as_list(&post.text[line.clone()]) else { return };
    let span = line.start + list.span.start..line.start + list.span.end;
    if post.body.items.iter().any(|item| item.span.start == span.start) {
        let message = format!("`{}` becomes a numbered list", &post.text[span.clone()]);
        let schema = subject.kind.and_then(|kind| kind.schema.date_range.as_ref());
        let asked = schema.and_then(|schema| schema.format.as_ref()).zip(range.dates());
        let safe = asked.map_or(list.safe, |(format, (start, end))| format.write(start, end));
        findings.at(span, message).help(format!("write `{safe}`"));
    }
}
