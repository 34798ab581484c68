//! `rules/crowded-block.md`

use super::RuleContext;
use super::literal_markup::code_as_text;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::markdown::document::BlockKind;
use crate::post::forms::{self, Form};
use crate::post::templates;

/// A block right below another, where the engine reads both as they are with a blank line between them.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(layout) = context.layout() else { return };
    let text = context.post.text;
    // What is taken out as code before Markdown is read may end where a block seems to begin.
    let hands_on = context.engine().is_some_and(MarkdownEngine::keeps_lines_behind_html);
    let goes_on = context.engine().is_some_and(MarkdownEngine::takes_blocks_for_rows);
    let crowded = forms::neighbours(text, layout).filter(|(above, below, is_crowded)| {
        *is_crowded
            && context.tidies(Form::Between(above.kind, below.kind), findings)
            && !context.keeps_lines_behind(layout, below.span.start)
            && !(hands_on && is_bare_fence(&text[below.span.start..]))
            // marked 15 takes a quote below an item into it, however far to the left it begins (`Tokenizer.ts`, `list`).
            && !(hands_on && above.kind == BlockKind::List && below.kind == BlockKind::Quote)
            && !(above.kind == BlockKind::Table && (goes_on || is_row_for_some(&text[below.span.start..])))
    });
    let mut crowded: Vec<_> = crowded.map(|(above, below, _)| (above, below)).collect();
    if crowded.is_empty() {
        return;
    }
    // What template engines read is theirs, and code that only its author sees is none of ours.
    let mut kept = templates::paired(text, &context.post.body.templates);
    kept.extend(code_as_text(context));
    let is_within = |at: usize| {
        let mut templates = context.post.body.templates.iter();
        templates.any(|template| template.span.start < at && at < template.span.end)
    };
    crowded.retain(|(_, below)| {
        let at = below.span.start;
        !is_within(at) && !kept.iter().any(|kept| kept.contains(&at))
    });
    let edits = crowded.iter().map(|(_, below)| Edit::insert(below.span.start, "\n")).collect();
    let edits = context.keeping_page(edits);
    let mut pairs = crowded.iter();
    for edit in edits {
        let Some((above, below)) = pairs.find(|(_, below)| below.span.start == edit.span.start) else { return };
        let message = format!("{} stands right below {}", below.kind.name(), above.kind.name());
        findings.at(below.span, message).safe_fix("put a blank line between them", vec![edit]);
    }
}

/// Whether a block below a table begins with a lone `|`: a row of it in marked, markdown-it and remark, other than in
/// cmark-gfm.
fn is_row_for_some(block: &str) -> bool {
    block.lines().next().is_some_and(|line| line.trim() == "|")
}

/// Whether a block begins with nothing but the signs of a fence.
fn is_bare_fence(block: &str) -> bool {
    let line = block.lines().next().unwrap_or_default().trim();
    line.starts_with(['`', '~']) && line.trim_matches(['`', '~']).is_empty()
}
