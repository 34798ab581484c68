//! Formulas whose delimiters begin with a backslash, which Markdown reads as an escape: `\(x\)` reaches the page as `(x)`
//! under most engines, so their authors write `\\(x\\)`. And environments, which MathJax 3.2.2 (`FindTeX.ts`) finds
//! without any delimiters.

use std::collections::HashMap;

use memchr::memchr_iter;
use memchr::memmem::Finder;

use super::unclosed::end_of_paragraph;
use super::{ends_line, has_words, is_elsewhere, is_prose, is_tex, starts_line};
use crate::markdown::document::{BlockKind, Document, Formula, Unclosed};
use crate::text::Span;

/// A way to open a formula.
#[derive(Clone, Copy)]
pub(super) struct Opener {
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

macro_rules! environments {
    ($($name:literal)*) => {
        &[$((concat!("\\begin{", $name, "}"), concat!("\\end{", $name, "}"))),*]
    };
}

/// The environments that stand for themselves: amsmath's displays, and what authors put beside them.
const ENVIRONMENTS: &[(&str, &str)] = environments![
    "align" "align*" "alignat" "alignat*" "aligned" "array" "bmatrix" "cases" "eqnarray" "eqnarray*" "equation"
    "equation*" "flalign" "flalign*" "gather" "gather*" "gathered" "matrix" "multline" "multline*" "pmatrix" "split"
    "vmatrix"
];

/// Adds the formulas, and the openings of those that are never closed.
pub(crate) fn find(text: &str, body: &mut Document, raw: &[Span]) {
    let (mut formulas, mut unclosed) = (Vec::new(), Vec::new());
    let mut ends: HashMap<&str, Option<usize>> = HashMap::new();
    for block in &body.blocks {
        use BlockKind::{Heading, Html, Paragraph, Table};
        if !matches!(block.kind, Paragraph | Heading | Table | Html) {
            continue;
        }
        let is_free = |at: usize| body.formula_at(at).is_none() && !is_elsewhere(body, raw, at);
        for (opener, open, end) in within(text, &block.span, is_free) {
            let Opener { open: delimiter, close, display, .. } = opener;
            let end = end.or_else(|| across(text, body, raw, opener, open));
            let Some(end) = end else {
                let last = || text[body.span].rfind(close).map(|at| body.span.start + at);
                unclosed.extend(never_closed(text, opener, open, *ends.entry(close).or_insert_with(last)));
                continue;
            };
            let span = Span::new(open.start, end + close.len());
            let tex = if delimiter.starts_with("\\begin") { span } else { Span::new(open.end, end) };
            formulas.push(Formula { span, tex, display, delimiter });
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

/// Where the end of a display begins that other blocks cut: what looks like a list, a heading or a quote stands in it, or
/// a blank line.
fn across(text: &str, body: &Document, raw: &[Span], opener: Opener, open: Span) -> Option<usize> {
    const MOST_LINES: usize = 30;
    if opener.is_weak || !opener.display || !starts_line(text, open.start) {
        return None;
    }
    let lines = text[open.end..body.span.end].split_inclusive('\n').take(MOST_LINES).map(str::len).sum::<usize>();
    let end = closing(text, Span::new(open.end, open.end + lines), opener.close)?;
    let between = &text[open.end..end];
    let is_one = !between.contains(&format!("\n{}", opener.open)) && !between.contains("\n```") && !has_words(between);
    (is_one && ends_line(text, end + opener.close.len()) && !is_elsewhere(body, raw, end)).then_some(end)
}

/// The delimiters that open in a block, and where what closes them begins, if it stands in the same block.
fn within(text: &str, block: &Span, is_free: impl Fn(usize) -> bool) -> Vec<(Opener, Span, Option<usize>)> {
    let mut found = Vec::new();
    // What was looked for to the end in vain is not looked for again.
    let mut missing: Vec<&str> = Vec::new();
    let mut from = block.start;
    for at in memchr_iter(b'\\', &text.as_bytes()[*block]).map(|at| block.start + at) {
        if at < from || text[..at].ends_with('\\') || !is_free(at) {
            continue;
        }
        let Some(opener) = opens(text, at).filter(|opener| !missing.contains(&opener.close)) else { continue };
        let open = Span::new(at, at + opener.open.len());
        match closing(text, Span::new(open.end, block.end), opener.close) {
            None => {
                missing.push(opener.close);
                if !opener.is_weak {
                    found.push((opener, open, None));
                }
            }
            Some(end) => {
                let tex = &text[open.end..end];
                if !tex.trim().is_empty() && (!opener.is_weak || is_formula(tex, opener.display)) {
                    from = end + opener.close.len();
                    found.push((opener, open, Some(end)));
                }
            }
        }
    }
    found
}

/// An opening that nothing closes, with TeX behind it; `last` is where its end stands for the last time.
fn never_closed(text: &str, opener: Opener, span: Span, last: Option<usize>) -> Option<Unclosed> {
    let end = end_of_paragraph(text, span.end);
    let (behind, delimiter) = (&text[span.end..end], opener.open);
    let is_meant = match delimiter.starts_with("\\begin") {
        true => behind.contains(['&', '=']) || behind.contains("\\\\"),
        false => is_tex(behind),
    };
    let is_closed = last.is_some_and(|last| last >= span.end);
    (is_meant && !is_closed).then_some(Unclosed { span, delimiter, end, swallows: None })
}

/// The delimiter that a backslash begins.
pub(super) fn opens(text: &str, at: usize) -> Option<Opener> {
    let rest = &text[at..];
    if !rest.starts_with("\\b") {
        return OPENERS.into_iter().find(|opener| rest.starts_with(opener.open));
    }
    let &(open, close) = ENVIRONMENTS.iter().find(|(open, _)| rest.starts_with(open))?;
    Some(Opener { open, close, display: true, is_weak: false })
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
    let is_address = tex.contains("://") && !tex.contains("\\href");
    let is_text = is_address || tex.contains("](") || tex.contains('`') || is_prose(tex);
    !is_text && (is_tex(tex) || has_sign || is_short)
}
