//! `rules/mixed-list-markers.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::text::Span;

/// Items of one list whose markers differ. To CommonMark another marker is another list, and none is ever mixed.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let text = context.post.text;
    let Some(layout) = context.layout().filter(|_| context.engine().is_some_and(MarkdownEngine::mixes_markers)) else {
        return;
    };
    let mut first: Vec<Option<&Span>> = vec![None; layout.lists];
    let mut others: Vec<(&Span, &Span)> = Vec::new();
    for item in &layout.items {
        let first = *first[item.list].get_or_insert(&item.marker);
        if is_bullet(text, &item.marker) && text[item.marker] != text[*first] {
            others.push((&item.marker, first));
        }
    }
    let edit = |(own, first): &(&Span, &Span)| Edit::new(*(*own), &text[*(*first)]);
    let kept = context.keeping_page(others.iter().map(edit).collect());
    let mut others = others.iter();
    for edit in kept {
        let Some((own, first)) = others.find(|(own, _)| **own == edit.span) else { return };
        let [marker, usual] = [own, first].map(|span| &text[*(*span)]);
        findings
            .at(edit.span, format!("`{marker}` marks this item, and `{usual}` the first of its list"))
            .label(*(*first), "the first item")
            .safe_fix(format!("mark it with `{usual}`"), vec![edit]);
    }
}

fn is_bullet(text: &str, marker: &Span) -> bool {
    matches!(&text[*marker], "-" | "*" | "+")
}
