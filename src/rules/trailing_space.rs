//! `rules/trailing-space.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::post::forms;

/// Spaces and tabs at the end of a line that mean nothing.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(layout) = context.layout() else { return };
    let text = context.post.text;
    let lost = context.engine().map_or(0, MarkdownEngine::spaces_lost_before_breaks);
    for (form, space) in forms::needless_space(text, layout, lost) {
        if context.tidies(form, findings) {
            let place = if form == forms::Form::BlankLine { "on a blank line" } else { "at the end of the line" };
            let message = format!("{} {place}", counted(&text[space]));
            findings.at(space, message).safe_fix("take the white space away", vec![Edit::new(space, "")]);
        }
    }
}

fn counted(space: &str) -> String {
    let what = match (space.contains(' '), space.contains('\t')) {
        (true, false) => "space",
        (false, true) => "tab",
        _ => return "spaces and tabs".to_owned(),
    };
    match space.len() {
        1 => format!("a {what}"),
        count => format!("{count} {what}s"),
    }
}
