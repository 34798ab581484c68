//! Displays that a line with `$$` opens and that do not end where their author ends them: such a line holds no TeX, and
//! nothing else may stand on the one that closes.

use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::markdown::document::Formula;
use crate::markdown::page::{Page, What};
use crate::post::Post;
use crate::text::{Span, beginning, first_line, trimmed};

/// Where such displays stand that hold something else than one formula: those that are never closed are told apart.
pub(super) fn of(post: &Post, page: &Page, profile: &MarkdownEngine) -> Vec<Span> {
    if !profile.fences_formulas() {
        return Vec::new();
    }
    let fences = page.events.iter().filter(|event| matches!(event.what, What::Math { display: true, .. }));
    let is_one = |fence: &Span| {
        let whole = trimmed(post.text, *fence);
        post.body.formulas.iter().any(|formula| formula.span == whole) && behind(post, *fence).is_empty()
    };
    let is_open = |fence: &Span| post.body.unclosed.iter().any(|unclosed| unclosed.span.start == fence.start);
    fences.map(|event| event.source).filter(|fence| !is_one(fence) && !is_open(fence)).collect()
}

/// What stands behind the signs on the line that opens.
fn behind(post: &Post, fence: Span) -> Span {
    let line = first_line(post.text, fence);
    let signs = post.text[line].bytes().take_while(|&byte| byte == b'$').count();
    trimmed(post.text, Span::new(line.start + signs, line.end))
}

/// Tells of one, with the first formula in it.
pub(super) fn report(post: &Post, formula: &Formula, fence: Span, engine: &str, findings: &mut Findings) {
    const SHOWN: usize = 30;
    let behind = behind(post, fence);
    let lines = post.text[trimmed(post.text, fence)].split('\n').count();
    let count = match lines {
        1 => "the line".to_owned(),
        lines => format!("{lines} lines"),
    };
    let (span, message) = match behind.is_empty() {
        false => {
            let lost = beginning(&post.text[behind], SHOWN);
            (
                behind,
                format!("`{lost}` is lost: {engine} reads nothing behind a `$$` that opens a display of several lines"),
            )
        }
        true => (
            first_line(post.text, fence),
            format!(
                "no line of nothing but `$$` closes this display where it ends, so {engine} sets {count} as one formula"
            ),
        ),
    };
    let finding = findings.at(span, message);
    finding.help("let `$$` stand alone on the line above the TeX and on the one below it");
    let close = Span::new(formula.tex.end, formula.span.end);
    let line = post.line_of(&close);
    let is_first = formula.span.start == fence.start && formula.delimiter == "$$";
    if is_first && line != close && close.start > fence.start {
        finding.label(close, format!("{engine} takes this `$$` for TeX, as other text stands on its line"));
    }
    let is_plain = post.line_of(&Span::empty(fence.start)).start == post.line_start(fence.start);
    if is_first && is_plain && post.text[fence.start..].starts_with("$$") {
        let line_break = if post.text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut edits = Vec::new();
        if !behind.is_empty() {
            edits.push(Edit::new(Span::new(fence.start + 2, behind.start), line_break));
        }
        let before = post.text[..close.start].trim_end_matches([' ', '\t']).len();
        if !post.text[..before].ends_with('\n') {
            edits.push(Edit::new(Span::new(before, close.start), line_break));
        }
        if line.end > close.end {
            let after =
                close.end + post.text[close.end..line.end].len() - post.text[close.end..line.end].trim_start().len();
            edits.push(Edit::new(Span::new(close.end, after), line_break));
        }
        finding.unsafe_fix("put the signs on lines of their own", edits);
    }
}
