//! `rules/empty-heading.md`

use std::cell::OnceCell;
use std::collections::HashMap;

use super::RuleContext;
use crate::finding::Findings;
use crate::markdown::document::{Block, BlockKind, Heading};
use crate::markdown::page::{Event, What};
use crate::post::Post;
use crate::text::{Span, trimmed};

/// Headings with nothing in them, and `#` on a line of its own that is none for want of words.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    const HELP: &str = "write the heading behind it, or take it out";
    let post = context.post;
    let Some((page, profile)) = context.page() else { return };
    if memchr::memchr(b'#', &post.text.as_bytes()[post.body.span]).is_none() {
        return;
    }
    // One with an id is a place to link to.
    let may_be_empty = |heading: &&Heading| heading.title.is_empty() && heading.id.is_none();
    let starts = OnceCell::new();
    for heading in post.body.headings.iter().filter(may_be_empty) {
        let starts = starts.get_or_init(|| starts_of(&page.events));
        let inner = starts.get(&heading.span).map_or(&[][..], |start| &page.events[start + 1..]);
        let mut inner = inner.iter().take_while(|event| event.what != What::End);
        let is_comment = |event: &Event| matches!(event.what, What::Html(_)) && begins_comment(post, event);
        let written = &post.text[heading.marker];
        if written.starts_with('#') && inner.all(is_comment) && !context.blog.has_template(post, &heading.span) {
            findings.at(heading.span, format!("nothing stands in this heading (`{written}`)")).help(HELP);
        }
    }
    let is_lone = |block: &&Block| block.kind == BlockKind::Paragraph && is_marker(&post.text[block.span]);
    for block in post.body.blocks.iter().filter(is_lone).filter(|block| context.is_open(&block.span)) {
        let (written, engine) = (&post.text[block.span], profile.name());
        findings.at(block.span, format!("{engine} prints this `{written}` as text: no words follow it")).help(HELP);
    }
}

/// Where what comes of a stretch of the text begins.
fn starts_of(events: &[Event]) -> HashMap<Span, usize> {
    let all = events.iter().enumerate().filter(|(_, event)| matches!(&event.what, What::Start(_)));
    // The first of a stretch counts.
    all.rev().map(|(at, event)| (event.source, at)).collect()
}

fn begins_comment(post: &Post, event: &Event) -> bool {
    post.text[trimmed(post.text, event.source)].starts_with("<!--")
}

fn is_marker(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte == b'#')
}
