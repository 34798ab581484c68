//! `rules/trailing-space.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::post::layout::{Layout, LineKind};
use crate::text::Span;

/// Spaces and tabs at the end of a line that mean nothing.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(layout) = context.layout() else { return };
    let text = context.post.text;
    let keeps_spaces = context.engine().is_none_or(MarkdownEngine::keeps_space_before_breaks);
    for (index, line) in layout.lines.iter().enumerate() {
        let written = &text[line.span];
        let start = line.span.start + written.trim_end_matches([' ', '\t']).len();
        let space = Span::new(start, line.span.end);
        let needless = match line.kind {
            LineKind::Kept => continue,
            _ if space.is_empty() => continue,
            LineKind::Text(_) if !ends_text(layout, index) => {
                // kramdown hands on to the page what stands before a line break, the two spaces of a break aside.
                // A backslash at the end of the line would make a hard break of its own.
                let may_go = !keeps_spaces && !text[..start].ends_with('\\');
                let Some(needless) = before_line_break(text, &space).filter(|_| may_go) else { continue };
                needless
            }
            _ => space,
        };
        let place = if written.trim().is_empty() { "on a blank line" } else { "at the end of the line" };
        let edit = Edit::new(needless, "");
        let message = format!("{} {place}", counted(&text[needless]));
        findings.at(needless, message).safe_fix("take the white space away", vec![edit]);
    }
}

/// Whether a line of text is the last of its paragraph or heading.
fn ends_text(layout: &Layout, index: usize) -> bool {
    let next = layout.lines.get(index + 1).map(|next| next.kind);
    next != Some(LineKind::Kept) && next != Some(layout.lines[index].kind)
}

/// What can go of the spaces before a line break in a paragraph of CommonMark: two make a hard one.
fn before_line_break(text: &str, space: &Span) -> Option<Span> {
    match space.len() {
        _ if text[*space].contains('\t') => None,
        1 => Some(*space),
        2 => None,
        _ => Some(Span::new(space.start + 2, space.end)),
    }
}

fn counted(space: &str) -> String {
    let what = match (space.contains(' '), space.contains('\t')) {
        (true, false) => "space",
        (false, true) => "tab",
        _ => return "spaces and tabs".to_owned(),
    };
    match space.len() {
        1 => format!("a {what}"),
        count => format!("{count} {what}s"),
    }
}
