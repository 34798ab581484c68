//! `rules/swallowed-heading.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::html;
use crate::markdown::document::BlockKind;
use crate::post::Post;
use crate::text::{Span, lines_in, trimmed};

/// Headings with `#` that are none in the page, as the text or the HTML above goes on.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some((page, engine)) = context.page() else { return };
    let post = context.post;
    let mut report = |line: Span, above: &str| {
        let title = post.text[line].trim_matches(['#', ' ', '\t']);
        let at = post.line_start(line.start);
        findings
            .at(line, format!("`{title}` is no heading for {}: {above} goes on", engine.name()))
            .help("put a blank line above it")
            .unsafe_fix("put a blank line above the heading", vec![Edit::insert(at, "\n")]);
    };
    if engine.swallows_headings() {
        let paragraphs = post.body.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph && block.depth == 0);
        paragraphs.flat_map(|block| meant_headings(post, block.span)).for_each(|line| report(line, "the text above"));
    }
    if engine.ends_html_at_blank_lines() {
        let is_read = |block: &&Span| page.printed.binary_search_by_key(&block.start, |printed| printed.start).is_err();
        let blocks = page.html_blocks.iter().filter(is_read);
        blocks.filter_map(|block| in_html(post, *block)).for_each(|line| report(line, "the HTML above"));
    }
}

/// So many lines of a block are looked at.
const MOST: usize = 16;

/// The first heading in a block of HTML that stands in none of its elements: for its author the HTML is over. The block
/// is one that ends at a blank line (CommonMark 0.31.2, "HTML blocks", 6 and 7): it begins with a tag, and not that of a
/// script and the like, which goes on until it is closed.
pub(super) fn in_html(post: &Post, block: Span) -> Option<Span> {
    let begins_with_tag = html::tag_at(post.text, block.start).is_some() || html::closing(&post.text[block]).is_some();
    let is_over = |line: &Span| !html::goes_on(&post.text[block.start..line.start]);
    meant_headings(post, block).take(MOST).find(is_over).filter(|_| begins_with_tag)
}

/// The lines of a block, the first aside, that look like headings.
fn meant_headings<'p>(post: &'p Post, block: Span) -> impl Iterator<Item = Span> + use<'p> {
    let lines = lines_in(post.text, block).skip(1).map(move |line| (line.start, trimmed(post.text, line)));
    let headings = lines.filter(|(start, line)| {
        let text = &post.text[*line];
        let hashes = text.bytes().take_while(|&byte| byte == b'#').count();
        let is_free = || post.body.code_at(line.start).is_none() && post.body.comment_at(line.start).is_none();
        let has_text = || !text.trim_matches(['#', ' ', '\t']).is_empty();
        (1..=6).contains(&hashes)
            && text[hashes..].starts_with([' ', '\t'])
            && line.start == *start
            && has_text()
            && is_free()
    });
    headings.map(|(_, line)| line)
}
