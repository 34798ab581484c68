//! `rules/loose-spacing.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::post::forms::{self, Form};
use crate::text::Span;

/// More than one space after a key of the front matter, the `#` of a heading, the marker of a list item.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(layout) = context.layout() else { return };
    let text = context.post.text;
    let loose = forms::gaps(context.post, layout).into_iter();
    let loose = loose.filter(|(form, gap)| forms::is_loose(text, gap) && context.tidies(*form, findings));
    let (keys, others): (Vec<_>, Vec<_>) = loose.partition(|(form, _)| *form == Form::AfterKey);
    for (_, gap) in keys {
        report(context, gap, "the key", findings);
    }
    let kept = context.keeping_page(others.iter().map(|(_, gap)| Edit::new(*gap, " ")).collect());
    let mut others = others.into_iter();
    for edit in kept {
        let Some((form, gap)) = others.find(|(_, gap)| *gap == edit.span) else { return };
        let what = if form == Form::AfterHashes { "the `#`" } else { "the marker of the item" };
        report(context, gap, what, findings);
    }
}

fn report(context: &RuleContext, gap: Span, what: &str, findings: &mut Findings) {
    let written = &context.post.text[gap];
    let space =
        if written.contains('\t') { "a tab stands".to_owned() } else { format!("{} spaces stand", written.len()) };
    let edit = Edit::new(gap, " ");
    findings.at(gap, format!("{space} after {what}")).safe_fix("leave one space", vec![edit]);
}
