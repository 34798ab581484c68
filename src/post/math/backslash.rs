//! Formulas whose delimiters begin with a backslash, which Markdown reads as an escape: `\(x\)` reaches the page as `(x)`
//! under most engines, so their authors write `\\(x\\)`. And environments, which MathJax 3.2.2 (`FindTeX.ts`) finds
//! without any delimiters.

use std::collections::HashMap;

use memchr::memchr_iter;
use memchr::memmem::Finder;

use super::unclosed::end_of_paragraph;
use super::{in_raw, is_prose, is_tex, raw_elements};
use crate::markdown::document::{BlockKind, Document, Formula, Unclosed};
use crate::text::Span;

/// A way to open a formula.
struct Opener {
    /// As it is written.
    open: &'static str,
    /// What ends it.
    close: &'static str,
    display: bool,
    /// An escape of a sign that prose has, too, so that only TeX behind it makes it a formula.
    is_weak: bool,
}

const OPENERS: [Opener; 4] = [
    Opener { open: "\\\\(", close: "\\\\)", display: false, is_weak: false },
    Opener { open: "\\\\[", close: "\\\\]", display: true, is_weak: false },
    Opener { open: "\\(", close: "\\)", display: false, is_weak: true },
    Opener { open: "\\[", close: "\\]", display: true, is_weak: true },
];

/// The environments that stand for themselves: amsmath's displays, and what authors put beside them.
const ENVIRONMENTS: &[(&str, &str)] = &[
    ("\\begin{align}", "\\end{align}"),
    ("\\begin{align*}", "\\end{align*}"),
    ("\\begin{alignat}", "\\end{alignat}"),
    ("\\begin{alignat*}", "\\end{alignat*}"),
    ("\\begin{aligned}", "\\end{aligned}"),
    ("\\begin{array}", "\\end{array}"),
    ("\\begin{bmatrix}", "\\end{bmatrix}"),
    ("\\begin{cases}", "\\end{cases}"),
    ("\\begin{eqnarray}", "\\end{eqnarray}"),
    ("\\begin{eqnarray*}", "\\end{eqnarray*}"),
    ("\\begin{equation}", "\\end{equation}"),
    ("\\begin{equation*}", "\\end{equation*}"),
    ("\\begin{flalign}", "\\end{flalign}"),
    ("\\begin{flalign*}", "\\end{flalign*}"),
    ("\\begin{gather}", "\\end{gather}"),
    ("\\begin{gather*}", "\\end{gather*}"),
    ("\\begin{gathered}", "\\end{gathered}"),
    ("\\begin{matrix}", "\\end{matrix}"),
    ("\\begin{multline}", "\\end{multline}"),
    ("\\begin{multline*}", "\\end{multline*}"),
    ("\\begin{pmatrix}", "\\end{pmatrix}"),
    ("\\begin{split}", "\\end{split}"),
    ("\\begin{vmatrix}", "\\end{vmatrix}"),
];

/// An opening delimiter in running text, and what closes it, if that stands in the same block.
#[derive(Debug)]
struct Opened {
    open: Span,
    close: Option<Span>,
    delimiter: &'static str,
    closing: &'static str,
    display: bool,
}

/// Adds the formulas, and the openings of those that are never closed.
pub(crate) fn find(text: &str, body: &mut Document) {
    if !memchr_iter(b'\\', &text.as_bytes()[body.span]).any(|at| opens(text, body.span.start + at).is_some()) {
        return;
    }
    let raw = raw_elements(text, body);
    let (mut formulas, mut unclosed) = (Vec::new(), Vec::new());
    let mut ends: HashMap<&str, Option<usize>> = HashMap::new();
    for block in &body.blocks {
        use BlockKind::{Heading, Html, Paragraph, Table};
        if !matches!(block.kind, Paragraph | Heading | Table | Html) {
            continue;
        }
        let is_free = |at: usize| {
            body.code_at(at).is_none()
                && body.comment_at(at).is_none()
                && body.formula_at(at).is_none()
                && !in_raw(&raw, at)
        };
        for opened in within(text, &block.span, is_free) {
            let Some(close) = opened.close else {
                let close = opened.closing;
                let last =
                    *ends.entry(close).or_insert_with(|| text[body.span].rfind(close).map(|at| body.span.start + at));
                unclosed.extend(never_closed(text, &opened, last));
                continue;
            };
            let is_environment = opened.delimiter.starts_with("\\begin");
            let span = Span::new(opened.open.start, close.end);
            let tex = if is_environment { span } else { Span::new(opened.open.end, close.start) };
            let is_display = opened.display;
            formulas.push(Formula { span, tex, display: is_display, delimiter: opened.delimiter });
        }
    }
    body.unclosed = unclosed;
    // In `\text{$$x$$}` the dollar signs come first, so that what is around them is no formula in one piece.
    formulas.retain(|outer: &Formula| {
        let first = body.formulas.partition_point(|formula| formula.span.start < outer.span.start);
        body.formulas.get(first).is_none_or(|formula| formula.span.start >= outer.span.end)
    });
    body.formulas.append(&mut formulas);
    body.formulas.sort_by_key(|formula| formula.span.start);
}

/// The delimiters that open in a block.
fn within(text: &str, block: &Span, is_free: impl Fn(usize) -> bool) -> Vec<Opened> {
    let source = &text[*block];
    let mut found: Vec<Opened> = Vec::new();
    // What was looked for to the end in vain is not looked for again.
    let mut missing: Vec<&str> = Vec::new();
    let mut from = block.start;
    for at in memchr_iter(b'\\', source.as_bytes()).map(|at| block.start + at) {
        if at < from || text[..at].ends_with('\\') || !is_free(at) {
            continue;
        }
        let Some(Opener { open, close, display, is_weak }) = opens(text, at) else { continue };
        let inner = at + open.len();
        if missing.contains(&close) {
            continue;
        }
        let Some(end) = closing(text, Span::new(inner, block.end), close) else {
            missing.push(close);
            if !is_weak {
                found.push(Opened {
                    open: Span::new(at, inner),
                    close: None,
                    delimiter: open,
                    closing: close,
                    display,
                });
            }
            continue;
        };
        if is_weak && !is_formula(&text[inner..end], display) || text[inner..end].trim().is_empty() {
            continue;
        }
        from = end + close.len();
        found.push(Opened {
            open: Span::new(at, inner),
            close: Some(Span::new(end, from)),
            delimiter: open,
            closing: close,
            display,
        });
    }
    found
}

/// An opening that nothing closes, with TeX behind it; `last` is where its end stands for the last time.
fn never_closed(text: &str, opened: &Opened, last: Option<usize>) -> Option<Unclosed> {
    let end = end_of_paragraph(text, opened.open.end);
    let behind = &text[opened.open.end..end];
    let is_meant = match opened.delimiter.starts_with("\\begin") {
        true => behind.contains(['&', '=']) || behind.contains("\\\\"),
        false => is_tex(behind),
    };
    let is_closed = last.is_some_and(|last| last >= opened.open.end);
    let (span, delimiter) = (opened.open, opened.delimiter);
    (is_meant && !is_closed).then_some(Unclosed { span, delimiter, end, swallows: None })
}

/// The delimiter that a backslash begins.
fn opens(text: &str, at: usize) -> Option<Opener> {
    let rest = &text[at..];
    if let Some(&(open, close)) = ENVIRONMENTS.iter().find(|(open, _)| rest.starts_with(open)) {
        return Some(Opener { open, close, display: true, is_weak: false });
    }
    OPENERS.into_iter().find(|opener| rest.starts_with(opener.open))
}

/// Where a closing delimiter begins that no other backslash stands before.
fn closing(text: &str, within: Span, close: &str) -> Option<usize> {
    let places = Finder::new(close);
    let mut found = places.find_iter(&text.as_bytes()[within]).map(|at| within.start + at);
    let is_odd = |at: &usize| text[within.start..*at].bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1;
    found.find(|at| close.starts_with("\\end") || !is_odd(at))
}

/// Whether what stands between escaped brackets is TeX: prose has them around words, numbers and links.
fn is_formula(tex: &str, display: bool) -> bool {
    let has_sign = tex.contains(['^', '=', '<', '>']) || tex.contains('_') && !tex.contains("\\_");
    let is_short = !display && tex.trim().len() == 1 && tex.trim().bytes().all(|byte| byte.is_ascii_alphabetic());
    !tex.contains("](") && !tex.contains('`') && !is_prose(tex) && (is_tex(tex) || has_sign || is_short)
}
