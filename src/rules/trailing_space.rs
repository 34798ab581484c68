//! `rules/trailing-space.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::post::forms;
use crate::text::Span;

/// Spaces and tabs at the end of a line that mean nothing.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(layout) = context.layout() else { return };
    let text = context.post.text;
    let lost = context.engine().map_or(0, MarkdownEngine::spaces_lost_before_breaks);
    // marked hands on the spaces at the end of a paragraph, and the lines behind a block of HTML.
    let hands_on = context.engine().is_some_and(MarkdownEngine::keeps_lines_behind_html);
    let is_handed_on = |form: &forms::Form, space: &Span| match form {
        forms::Form::LineEnd => hands_on && space.start >= context.post.body.span.start,
        // Code, HTML and quotes end a paragraph, too.
        forms::Form::LineEndWithin if hands_on => {
            let below = text[space.end..].trim_start_matches(['\r', '\n', ' ']);
            let line = text[..space.start].rsplit('\n').next().unwrap_or_default();
            let begins_quote = below.starts_with('>') && !line.trim_start().starts_with('>');
            begins_quote || below.trim_start_matches([' ', '>']).starts_with(['`', '~', '<'])
        }
        _ => context.keeps_lines_behind(layout, space.start),
    };
    // libyaml refuses tabs where it would take the line without them: whether the keys load is not for a tidy hand to change.
    let decides = |form: &forms::Form, space: &Span| {
        *form == forms::Form::BlankLine && space.start < context.post.body.span.start && text[*space].contains('\t')
    };
    for (form, space) in forms::needless_space(text, layout, lost) {
        if !decides(&form, &space) && context.tidies(form, findings) && !is_handed_on(&form, &space) {
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
