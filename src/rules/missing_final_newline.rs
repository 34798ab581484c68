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
    let is_code = page.elements().any(|(tag, span)| matches!(tag, Tag::CodeBlock { .. }) && last.start <= span.end);
    // So can what is read in another way with a line break behind it: `- [ ]`, and a brace in MDX.
    let keeps = if is_code { context.keeps_page(&edits) } else { context.shows_same(&edits) };
    if keeps {
        findings.at(last, "the file ends without a line break").safe_fix("end the last line", edits);
    }
}
