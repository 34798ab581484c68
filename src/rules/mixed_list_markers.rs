//! `rules/mixed-list-markers.md`

use super::RuleContext;
use crate::blog::Markers;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::post::layout::{Item, Layout};
use crate::text::Span;

/// Lists whose items have other markers than their first, or all other markers than those of nearly all posts.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(layout) = context.layout() else { return };
    let text = context.post.text;
    let lists = lists(context, layout);
    let others = |list: &List, marker: u8| -> Vec<Edit> {
        let others = list.items.iter().filter(|item| text.as_bytes()[item.marker.start] != marker);
        others.map(|item| Edit::new(item.marker, char::from(marker))).collect()
    };
    let unusual = lists.iter().filter(|list| list.usual != list.own);
    let all: Vec<(&List, Vec<Edit>)> = unusual.map(|list| (list, others(list, list.usual))).collect();
    let mut edits: Vec<Edit> = all.iter().flat_map(|(_, edits)| edits).cloned().collect();
    edits.sort_by_key(|edit| edit.span.start);
    // Half of a post in line with the others is no better than none of it.
    let is_brought_in_line = !edits.is_empty() && context.keeps_page(&edits);
    for (list, edits) in all.into_iter().filter(|_| is_brought_in_line) {
        let [own, usual] = [list.own, list.usual].map(char::from);
        findings
            .at(
                list.items[0].marker,
                format!("`{own}` marks the items of this list, and `{usual}` those of most posts"),
            )
            .safe_fix(format!("mark them with `{usual}`"), edits);
    }
    // To CommonMark another marker is another list, and none is ever mixed.
    if context.engine().is_some_and(MarkdownEngine::mixes_markers) {
        let left = lists.iter().filter(|list| !is_brought_in_line || list.usual == list.own);
        let mut mixed: Vec<(Span, Edit)> =
            left.flat_map(|list| others(list, list.own).into_iter().map(|edit| (list.items[0].marker, edit))).collect();
        mixed.sort_by_key(|(_, edit)| edit.span.start);
        let kept = context.keeping_page(mixed.iter().map(|(_, edit)| edit.clone()).collect());
        let mut mixed = mixed.into_iter();
        for edit in kept {
            let Some((first, _)) = mixed.find(|(_, own)| own.span == edit.span) else { return };
            let [marker, usual] = [&text[edit.span], &text[first]];
            findings
                .at(edit.span, format!("`{marker}` marks this item, and `{usual}` the first of its list"))
                .label(first, "the first item")
                .safe_fix(format!("mark it with `{usual}`"), vec![edit]);
        }
    }
}

/// A bulleted list.
struct List<'l> {
    items: Vec<&'l Item>,
    /// The marker of its first item.
    own: u8,
    /// What lists like this are marked with.
    usual: u8,
}

fn lists<'l>(context: &RuleContext, layout: &'l Layout) -> Vec<List<'l>> {
    let text = context.post.text;
    let mut lists: Vec<Option<List>> = (0..layout.lists).map(|_| None).collect();
    // The lists that are open, from the outermost on.
    let mut open: Vec<usize> = Vec::new();
    for item in &layout.items {
        let Some(own) = item.bullet(text) else { continue };
        open.truncate(item.level);
        if let Some(list) = &mut lists[item.list] {
            list.items.push(item);
        } else {
            let around = open.last().and_then(|&list| lists[list].as_ref()).filter(|around| around.own == own);
            let usual = match context.blog.customs().markers(item.level) {
                Markers::Usual(usual) => usual,
                // Who marks all levels alike goes on to do so.
                Markers::Unknown => around.map_or(own, |around| around.usual),
                Markers::Various => own,
            };
            lists[item.list] = Some(List { items: vec![item], own, usual });
        }
        open.push(item.list);
    }
    // What stands in a formula or is made by a template is none.
    let is_list = |item: &&Item| {
        context.post.body.formula_at(item.marker.start).is_none()
            && !context.blog.has_template(context.post, &item.marker)
    };
    lists.into_iter().flatten().filter(|list| list.items.iter().all(is_list)).collect()
}
