//! `rules/missing-final-newline.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::page::Tag;
use crate::post::forms::{self, Form};

/// A last line without a line break.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let end = post.text.len();
    let Some((page, _)) = context.page().filter(|_| context.layout().is_some()) else { return };
    let Some(last) = forms::unended_line(post).filter(|_| context.tidies(Form::FinalLine, findings)) else { return };
    let edits = vec![Edit::insert(end, "\n")];
    // Code that goes on to the end of the file can have another line then.
    let is_code = page.elements().any(|(tag, span)| matches!(tag, Tag::CodeBlock { .. }) && span.end == end);
    let edits = if is_code { context.keeping_page(edits) } else { edits };
    if !edits.is_empty() {
        findings.at(last, "the file ends without a line break").safe_fix("end the last line", edits);
    }
}
