//! `rules/restarted-list.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::markdown::document::{Block, BlockKind, Item};
use crate::markdown::page::{Tag, What};
use crate::post::Post;
use crate::text::{Span, trimmed, unquoted};

/// Lists that begin with another number than 1, where the engine counts each from 1.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some(engine) = context.engine().filter(|engine| engine.counts_from_one()) else { return };
    let firsts = post.body.items.iter().filter(|item| item.span.start == item.list.start);
    let high = firsts.filter(|item| item.number.is_some_and(|number| number != 1));
    for item in high.filter(|item| !is_year(item) && begins_line(post, item) && !says_start(context, &item.list)) {
        let (marker, number) = (&post.text[item.marker], item.number.unwrap_or_default());
        let before = list_before(post, item);
        let goes_on = before.filter(|before| before.number.is_some_and(|last| last + 1 == number));
        let message = format!("`{marker}` is shown as `1.`: {} counts each list from 1", engine.name());
        let finding = findings.at(item.marker, message);
        match goes_on {
            Some(last) => {
                let width = content_width(post, last);
                finding.label(last.marker, "the list before ends with this item");
                finding.help(format!(
                    "if it is one list, indent what stands between by {width} spaces, so that it belongs to the item above"
                ));
            }
            None => {
                finding.help(format!("write `{{: start=\"{number}\"}}` on the line below the list"));
            }
        }
    }
}

/// A year at the start of a line is told by another rule.
fn is_year(item: &Item) -> bool {
    item.number.is_some_and(|number| (1900..=2100).contains(&number))
}

fn begins_line(post: &Post, item: &Item) -> bool {
    let line = post.line_of(&Span::empty(item.span.start));
    let is_math = post.body.formula_at(item.span.start).is_some();
    let is_header = post.date_range.as_ref().is_some_and(|range| line.contains(&range.span.start));
    !is_math && !is_header && unquoted(post.text, line).start == item.span.start
}

/// Whether an attribute says where the list begins.
fn says_start(context: &RuleContext, list: &Span) -> bool {
    let events = context.page().map_or(&[][..], |(page, _)| &page.events);
    events.iter().any(|event| match &event.what {
        What::Start(element) => {
            trimmed(context.post.text, event.source).start == list.start
                && matches!(element.tag, Tag::List { .. })
                && element.attributes().iter().any(|(name, _)| matches!(&**name, "start" | "style"))
        }
        _ => false,
    })
}

/// The last item of the ordered list before that stands in the same place: no heading is between them.
fn list_before<'p>(post: &'p Post, item: &Item) -> Option<&'p Item> {
    let blocks = &post.body.blocks;
    let own = blocks.iter().position(|block| block.kind == BlockKind::List && block.span.start == item.list.start)?;
    let place = |block: &Block| (block.depth, block.quoted, block.item);
    let before = blocks[..own].iter().rev().take_while(|block| block.depth >= blocks[own].depth);
    let mut before = before.filter(|block| place(block) == place(&blocks[own]));
    let list = before.by_ref().take_while(|block| block.kind != BlockKind::Heading);
    let is_ordered = |block: &&Block| {
        block.kind == BlockKind::List && post.text[block.span].starts_with(|first: char| first.is_ascii_digit())
    };
    let list = list.into_iter().find(is_ordered)?;
    post.body.items.iter().rfind(|other| other.list.start == list.span.start)
}

/// So far stands the text of an item behind the start of its line.
fn content_width(post: &Post, item: &Item) -> usize {
    let line = post.line_of(&item.marker);
    let rest = &post.text[item.marker.end..line.end.max(item.marker.end)];
    item.marker.len() + (rest.len() - rest.trim_start().len()).max(1)
}
