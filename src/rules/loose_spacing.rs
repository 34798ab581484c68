//! `rules/loose-spacing.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::document::BlockKind;
use crate::post::layout::{Item, Layout, LineKind};
use crate::syntax::front_matter::Format;
use crate::text::Span;

/// More than one space after a key of the front matter, the `#` of a heading, the marker of a list item.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(layout) = context.layout() else { return };
    for gap in after_keys(context) {
        report(context, gap, "the key", findings);
    }
    let mut gaps = after_hashes(context, layout);
    gaps.extend(after_markers(context, layout));
    gaps.sort_by_key(|(gap, _)| gap.start);
    let edits = gaps.iter().map(|(gap, _)| Edit::new(*gap, " ")).collect();
    let kept = context.keeping_page(edits);
    let mut gaps = gaps.into_iter();
    for edit in kept {
        let what = gaps.find(|(gap, _)| *gap == edit.span).map_or("", |(_, what)| what);
        report(context, edit.span, what, findings);
    }
}

fn report(context: &RuleContext, gap: Span, what: &str, findings: &mut Findings) {
    let written = &context.post.text[gap];
    let space =
        if written.contains('\t') { "a tab stands".to_owned() } else { format!("{} spaces stand", written.len()) };
    let edit = Edit::new(gap, " ");
    findings.at(gap, format!("{space} after {what}")).safe_fix("leave one space", vec![edit]);
}

/// White space that is other than one space.
fn loose(text: &str, gap: Span) -> Option<Span> {
    let written = &text[gap];
    let is_white = written.bytes().all(|byte| matches!(byte, b' ' | b'\t'));
    (is_white && !written.is_empty() && written != " ").then_some(gap)
}

/// `title:   3주차 회고`
fn after_keys(context: &RuleContext) -> Vec<Span> {
    let text = context.post.text;
    let front = context.post.front_matter().filter(|front| front.format == Format::Yaml);
    let entries = front.into_iter().flat_map(|front| &front.tree.entries).filter(|entry| !entry.value.span.is_empty());
    let gap =
        |key: usize, value: usize| text[key..value].starts_with(':').then(|| loose(text, Span::new(key + 1, value)))?;
    entries.filter_map(|entry| gap(entry.key_span.end, entry.value.span.start)).collect()
}

/// `##  3주차`
fn after_hashes<'a>(context: &RuleContext<'a>, layout: &Layout) -> Vec<(Span, &'static str)> {
    let text = context.post.text;
    let headings = layout.blocks.iter().filter(|block| block.kind == BlockKind::Heading);
    let gap = |span: &Span| {
        let written = &text[*span];
        let inner = written.trim_start_matches('#');
        let start = span.end - inner.len();
        let end = span.end - inner.trim_start_matches([' ', '\t']).len();
        (start > span.start && end < span.end).then(|| loose(text, Span::new(start, end)))?
    };
    headings.filter_map(|heading| Some((gap(&heading.span)?, "the `#`"))).collect()
}

/// `-   배치 정규화`, where all items of the list are of one line and nothing is indented below them.
fn after_markers(context: &RuleContext, layout: &Layout) -> Vec<(Span, &'static str)> {
    let text = context.post.text;
    let mut is_plain = vec![true; layout.lists];
    let mut widths: Vec<Option<usize>> = vec![None; layout.lists];
    let mut gaps = Vec::new();
    for item in &layout.items {
        let gap = gap_of(text, item);
        // Markers of several widths before text in one column are aligned on purpose.
        let is_like_others = *widths[item.list].get_or_insert(item.marker.len()) == item.marker.len();
        is_plain[item.list] &= is_like_others && stands_alone(text, layout, item) && gap.len() < 5;
        gaps.extend(loose(text, gap).map(|gap| (item.list, gap)));
    }
    gaps.into_iter().filter(|(list, _)| is_plain[*list]).map(|(_, gap)| (gap, "the marker of the item")).collect()
}

fn gap_of(text: &str, item: &Item) -> Span {
    let rest = &text[item.marker.end..item.span.end];
    Span::new(item.marker.end, item.span.end - rest.trim_start_matches([' ', '\t']).len())
}

/// Whether an item is a line of text, and the next line with anything on it is indented no further.
fn stands_alone(text: &str, layout: &Layout, item: &Item) -> bool {
    let Some(index) = layout.line_at(item.span.start) else { return false };
    let line = &layout.lines[index];
    let next = layout.lines[index + 1..].iter().find(|line| line.kind != LineKind::Blank);
    let indent = item.marker.start - line.span.start;
    let is_inside = |next: &str| next.len() - next.trim_start_matches([' ', '\t']).len() > indent;
    matches!(line.kind, LineKind::Text(_))
        && item.span.end <= line.span.end
        && next.is_none_or(|next| !is_inside(&text[next.span]))
}
