//! `rules/empty-list-item.md`

use std::collections::HashSet;

use super::RuleContext;
use crate::finding::Findings;
use crate::markdown::document::{Block, BlockKind, Item};
use crate::post::Post;
use crate::text::{Span, lines_in, unquoted};

/// List items with nothing in them, where a reader sees a bullet that says nothing.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    const HELP: &str = "write something after it, or take it out";
    let post = context.post;
    let items = &post.body.items;
    if context.is_outlined() {
        return;
    }
    let filled: HashSet<usize> = items.iter().filter(|item| !item.empty).map(|item| item.list.start).collect();
    // Numbers on lines of their own, with text below that is not indented, count and hold nothing.
    let counts = |item: &Item| item.number.is_some() && !filled.contains(&item.list.start);
    let is_math = |span: &Span| post.body.formula_at(span.start).is_some();
    let says_nothing = |item: &Item| item.empty && !has_attributes(post, item) && !is_math(&item.span);
    for item in items.iter().filter(|item| says_nothing(item) && !counts(item) && begins_line(post, item)) {
        if context.is_in_work() {
            return;
        }
        findings.at(item.span, "nothing stands in this list item".to_owned()).help(HELP);
    }
    let Some((_, profile)) = context.page().filter(|(_, engine)| engine.needs_space_behind_markers()) else { return };
    for (marker, is_underline) in bare_markers(post) {
        let (written, engine) = (&post.text[marker], profile.name());
        let message = match is_underline {
            true => format!("{engine} takes this `-` for the underline of a heading, which the line above becomes"),
            false => format!("{engine} prints this `{written}` as text: no space follows it"),
        };
        findings.at(marker, message).help(HELP);
    }
}

/// Markers that are meant for items with nothing in them and are none, as no space follows: alone in a paragraph, or below
/// the text of an item; and whether one is the underline of a heading.
fn bare_markers(post: &Post) -> Vec<(Span, bool)> {
    let mut found = Vec::new();
    let mut parting = Vec::new();
    for (index, block) in post.body.blocks.iter().enumerate() {
        let item = block.item.map(|item| &post.body.items[item]);
        let below_item = item.is_some_and(|item| begins_line(post, item));
        let mut lines = lines(post, &block.span).enumerate();
        match block.kind {
            BlockKind::Heading if below_item => {
                found.extend(lines.skip(1).filter(|(_, line)| &post.text[*line] == "-").map(|(_, line)| (line, true)));
            }
            BlockKind::Paragraph => {
                let is_one_line = !post.text[block.span].contains('\n');
                let is_meant = |(index, line): &(usize, Span)| {
                    let may_be = below_item && *index > 0 || is_one_line && begins_line_at(post, line.start);
                    may_be && matches!(&post.text[*line], "-" | "*" | "+") && post.body.code_at(line.start).is_none()
                };
                let markers = lines.by_ref().filter(is_meant).map(|(_, line)| (line, false));
                // What is parted is looked for only behind a marker.
                let markers: Vec<_> = markers.collect();
                let may_part = is_one_line && block.depth == 0 && !markers.is_empty();
                match may_part.then(|| parts(&post.body.blocks, index)).flatten() {
                    Some(BlockKind::List) => parting.extend(markers),
                    Some(_) => {}
                    None => found.extend(markers),
                }
            }
            _ => {}
        }
    }
    // Between two lists, one may be an item that is not written yet; several part the lists.
    if parting.len() < 3 {
        found.extend(parting);
    }
    found
}

/// What a paragraph parts from what stands below it, where no heading is on either side: a lone `-` there may be meant
/// as a sign of parting.
fn parts(blocks: &[Block], index: usize) -> Option<BlockKind> {
    let is_outer = |block: &&Block| block.depth == 0;
    let above = blocks[..index].iter().rfind(is_outer)?.kind;
    let below = blocks[index + 1..].iter().find(is_outer)?.kind;
    let is_text = |kind: BlockKind| !matches!(kind, BlockKind::Heading);
    (is_text(above) && is_text(below)).then_some(if above == BlockKind::List { below } else { above })
}

/// The lines of a block, without the marks of quotes and white space around them.
fn lines<'p>(post: &'p Post, span: &Span) -> impl Iterator<Item = Span> + use<'p> {
    lines_in(post.text, *span).map(|line| unquoted(post.text, line))
}

/// A table of contents in kramdown: an item with `{:toc}` on the line below.
fn has_attributes(post: &Post, item: &Item) -> bool {
    post.text[item.span.end..].trim_start().starts_with("{:")
}

/// A list that begins on the line of another item is the row of a table (`- - a cell`), or a number as text (`- 2.`).
fn begins_line(post: &Post, item: &Item) -> bool {
    begins_line_at(post, item.list.start)
}

fn begins_line_at(post: &Post, at: usize) -> bool {
    let line = post.line_of(&Span::empty(at));
    post.text[line.start.min(at)..at].chars().all(|c| c == '>' || c.is_whitespace())
}
