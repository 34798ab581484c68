//! `rules/crowded-block.md`

use super::RuleContext;
use super::literal_markup::code_as_text;
use crate::finding::{Edit, Findings};
use crate::markdown::document::BlockKind;
use crate::post::layout::{Block, Layout};
use crate::post::templates;

/// A block right below another, where the engine reads both as they are with a blank line between them.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(layout) = context.layout() else { return };
    let text = context.post.text;
    let crowded = layout.blocks.windows(2).filter(|pair| is_crowded(text, layout, &pair[0], &pair[1]));
    let mut crowded: Vec<&[Block]> = crowded.collect();
    if crowded.is_empty() {
        return;
    }
    // What template engines read is theirs, and code that only its author sees is none of ours.
    let mut kept = templates::paired(text, &context.post.body.templates);
    kept.extend(code_as_text(context));
    crowded.retain(|pair| !kept.iter().any(|kept| kept.contains(&pair[1].span.start)));
    let edits = crowded.iter().map(|pair| Edit::insert(pair[1].span.start, "\n")).collect();
    let edits = context.keeping_page(edits);
    let mut pairs = crowded.iter();
    for edit in edits {
        let Some(pair) = pairs.find(|pair| pair[1].span.start == edit.span.start) else { return };
        let [above, below] = [&pair[0], &pair[1]].map(|block| block.kind.name());
        let message = format!("{below} stands right below {above}");
        findings.at(pair[1].span, message).safe_fix("put a blank line between them", vec![edit]);
    }
}

/// Whether the second block begins on the line below the first, and one of the two is more than running text.
fn is_crowded(text: &str, layout: &Layout, above: &Block, below: &Block) -> bool {
    let is_fenced = |block: &Block| block.kind != BlockKind::Code || text[block.span].starts_with(['`', '~']);
    let fits = |block: &Block| !block.kind.name().is_empty() && is_fenced(block);
    let line = |at: usize| layout.line_at(at);
    let (Some(end), Some(start)) = (line(above.span.end), line(below.span.start)) else { return false };
    let begins_line = layout.lines[start].span.start == below.span.start;
    let may_touch = matches!(above.kind, BlockKind::Paragraph | BlockKind::List | BlockKind::Heading);
    let are_alike = may_touch && above.kind == below.kind;
    fits(above) && fits(below) && end + 1 == start && begins_line && !are_alike
}
