//! `rules/literal-markup.md`

mod attributes;
mod backticks;
mod fences;
mod html;
mod images;
mod links;
mod lists;
mod markers;
mod tables;

use super::RuleContext;
use crate::finding::Findings;
use crate::markdown::document::BlockKind;
use crate::post::Post;
use crate::text::{Span, lines_in, unquoted};

/// Markup that the page shows as text.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    check_blocks(context, findings);
    let Some((page, engine)) = context.page() else { return };
    let has = |mark: u8| has(context, mark);
    if has(b'`') {
        backticks::check(context, engine, findings);
    }
    if has(b'{') {
        attributes::check(context, page, engine, findings);
    }
    if has(b'[') && has(b'(') {
        links::check(context, findings);
    }
    if has(b'!') && has(b'[') {
        images::check(context, findings);
    }
    if !context.post.text.is_ascii() {
        markers::check(context, engine, findings);
    }
}

/// The same of markup that makes blocks.
pub(super) fn check_blocks(context: &RuleContext, findings: &mut Findings) {
    let Some((page, engine)) = context.page() else { return };
    let has = |mark: u8| has(context, mark);
    if has(b'|') && engine.has_tables() {
        tables::check(context, engine, findings);
    }
    if has(b'`') || has(b'~') {
        fences::check(context, engine, findings);
    }
    lists::check(context, engine, findings);
    if has(b'<') && !engine.omits_html() {
        html::check(context, page, engine, findings);
    }
}

fn has(context: &RuleContext, mark: u8) -> bool {
    memchr::memchr(mark, &context.post.text.as_bytes()[context.post.body.span]).is_some()
}

/// What stands between fences that the page shows as text, in order: code to its author.
pub(super) fn code_as_text(context: &RuleContext) -> Vec<Span> {
    match memchr::memchr2(b'`', b'~', context.post.text.as_bytes()) {
        Some(_) => fences::code_as_text(context),
        None => Vec::new(),
    }
}

/// The same of those that a second fence was to close.
pub(super) fn closed_code_as_text(context: &RuleContext) -> Vec<Span> {
    fences::closed_code_as_text(context)
}

/// The lines of each paragraph that may be of interest, without the marks of quotes and white space around them.
fn paragraphs(post: &Post, may_be: impl Fn(Span) -> bool) -> impl Iterator<Item = Paragraph> {
    let blocks = post.body.blocks.iter().filter(move |block| block.kind == BlockKind::Paragraph && may_be(block.span));
    blocks.map(|block| {
        let lines = lines_in(post.text, block.span).map(|line| unquoted(post.text, line));
        Paragraph { lines: lines.collect(), is_top: block.depth == 0, item: block.item }
    })
}

/// A paragraph in lines.
struct Paragraph {
    lines: Vec<Span>,
    /// It stands in nothing else.
    is_top: bool,
    /// The item it stands in.
    item: Option<usize>,
}
