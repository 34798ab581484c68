//! `rules/accidental-strikethrough.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::document::Formula;
use crate::markdown::page::Tag;
use crate::post::delivered::Delivered;
use crate::text::Span;

/// What a tilde between two numbers strikes out up to the next.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some(engine) = context.engine() else { return };
    for (.., span) in post.markup().filter(|(_, element, _)| element.tag == Tag::Strike) {
        let source = &post.text[span];
        let single = !source.starts_with("~~") && source.starts_with('~') && source.ends_with('~');
        let before = post.text[..span.start].chars().next_back();
        // It is told of the formula that it cuts.
        let is_cut = |(formula, delivered): (&Formula, &Delivered)| {
            formula.span.start < span.start && span.start < formula.span.end && matches!(delivered, Delivered::Cut(_))
        };
        if single && context.delivered().any(is_cut) {
            continue;
        }
        if single && before.is_some_and(char::is_alphanumeric) && !source.contains('\n') {
            let [first, last] = [span.start, span.end - 1].map(|at| Span::new(at, at + 1));
            let struck = &post.text[first.end..last.start];
            findings
                .at(
                    span,
                    format!("`{struck}` is struck out, for {} takes the tildes around it for marks", engine.name()),
                )
                .help("write `\\~` for a tilde")
                .unsafe_fix("escape the tildes", vec![Edit::new(first, "\\~"), Edit::new(last, "\\~")]);
        }
    }
}
