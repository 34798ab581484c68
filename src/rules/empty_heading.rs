//! `rules/empty-heading.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::markdown::document::{Block, BlockKind, Heading};
use crate::markdown::page::{Event, What};
use crate::post::Post;
use crate::text::trimmed;

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
    for heading in post.body.headings.iter().filter(may_be_empty) {
        let at = |event: &Event| event.source == heading.span && matches!(&event.what, What::Start(_));
        let inner = page.events.iter().skip_while(|event| !at(event)).skip(1);
        let mut inner = inner.take_while(|event| event.what != What::End);
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

fn begins_comment(post: &Post, event: &Event) -> bool {
    post.text[trimmed(post.text, event.source)].starts_with("<!--")
}

fn is_marker(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte == b'#')
}
