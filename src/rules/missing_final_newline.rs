//! `rules/missing-final-newline.md`

use super::Subject;
use crate::finding::{Edit, Findings};
use crate::render::page::Tag;

/// A last line without a line break.
pub(crate) fn check(subject: &Subject, findings: &mut Findings) {
    let post = subject.post;
    let end = post.text.len();
    let last = post.last_line();
    let Some((page, _)) = subject.page().filter(|_| subject.layout().is_some()) else { return };
    if last.end != end || last.is_empty() {
        return;
    }
    let edits = vec![Edit::insert(end, "\n")];
    // Code that goes on to the end of the file can have another line then.
    let is_code = page.elements().any(|(tag, span)| matches!(tag, Tag::CodeBlock { .. }) && span.end == end);
    let edits = if is_code { subject.keeping_page(edits) } else { edits };
    if !edits.is_empty() {
        findings.at(last, "the file ends without a line break").safe_fix("end the last line", edits);
    }
}
