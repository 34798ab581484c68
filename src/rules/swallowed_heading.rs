//! `rules/swallowed-heading.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::document::{Block, BlockKind};
use crate::post::Post;
use crate::text::{Span, line_start, lines_in, trimmed};

/// Headings with `#` that are none in the page, as the text above goes on.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some((_, profile)) = context.page().filter(|(_, engine)| engine.swallows_headings()) else { return };
    let post = context.post;
    let paragraphs = post.body.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph && block.depth == 0);
    for line in paragraphs.flat_map(|block| meant_headings(post, block)) {
        let title = post.text[line].trim_matches(['#', ' ', '\t']);
        let at = line_start(post.text, line.start);
        findings
            .at(line, format!("`{title}` is no heading for {}: the text above goes on", profile.name()))
            .help("put a blank line above it")
            .unsafe_fix("put a blank line above the heading", vec![Edit::insert(at, "\n")]);
    }
}

/// The lines of a paragraph, the first aside, that look like headings.
fn meant_headings<'p>(post: &'p Post, block: &Block) -> impl Iterator<Item = Span> + use<'p> {
    let lines = lines_in(post.text, block.span).skip(1).map(move |line| (line.start, trimmed(post.text, line)));
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
