//! Formulas between dollar signs in running text, as pulldown-cmark 0.13.6 pairs them (`parse.rs`, `MaybeMath`): no space
//! behind the sign that opens, none before the one that closes, and both within the same braces.

use crate::markdown::document::{BlockKind, Document, Formula, LinkKind};
use crate::text::{Span, holding};

/// The formulas of a document, in order.
pub(crate) fn find(text: &str, document: &Document) -> Vec<Formula> {
    let mut formulas = Vec::new();
    // What holds addresses, in order.
    let written = document.links.iter().filter(|link| link.kind != LinkKind::Reference && !link.image);
    let addresses: Vec<Span> = written.map(|link| Span::new(link.text.end, link.span.end)).collect();
    for block in &document.blocks {
        match block.kind {
            BlockKind::Paragraph | BlockKind::Heading | BlockKind::Math => {
                pair(text, document, &addresses, block.span, &mut formulas);
            }
            // Without a line below its head, a table may be one by accident, and its borders parts of formulas.
            BlockKind::Table if !text[block.span].lines().any(divides) => {
                pair(text, document, &addresses, block.span, &mut formulas);
            }
            BlockKind::Table => {
                cells(text, block.span).for_each(|cell| pair(text, document, &addresses, cell, &mut formulas))
            }
            _ => {}
        }
    }
    formulas.sort_by_key(|formula| formula.span.start);
    formulas
}

/// Whether a line of a table divides its head from its rows.
fn divides(line: &str) -> bool {
    line.contains("--") && line.bytes().all(|byte| b"|-:=+ \t>".contains(&byte))
}

/// The cells of a table, borders left out.
fn cells(text: &str, table: Span) -> impl Iterator<Item = Span> + '_ {
    let mut start = table.start;
    let bytes = text.as_bytes();
    let ends = memchr::memchr2_iter(b'|', b'\n', &bytes[table]).map(move |at| table.start + at);
    let ends = ends.filter(|&at| at == 0 || bytes[at - 1] != b'\\').chain([table.end]);
    ends.map(move |end| Span::new(std::mem::replace(&mut start, end + 1), end))
}

/// A dollar sign.
struct Sign {
    at: usize,
    can_open: bool,
    can_close: bool,
    /// The next one within the same braces.
    next: Option<usize>,
}

fn pair(text: &str, document: &Document, addresses: &[Span], within: Span, formulas: &mut Vec<Formula>) {
    if memchr::memchr_iter(b'$', &text.as_bytes()[within]).nth(1).is_none() {
        return;
    }
    let is_text = |at: usize| {
        document.code_at(at).is_none()
            && holding(&document.html, at, |html| html).is_none()
            && holding(addresses, at, |address| address).is_none()
    };
    let signs = signs(text, within, is_text);
    let is_double = |index: usize| signs.get(index + 1).is_some_and(|next| next.at == signs[index].at + 1);
    let mut index = 0;
    while let Some(sign) = signs.get(index) {
        let display = is_double(index);
        let close = match sign.next {
            Some(next) if display && next == index + 1 => signs[next].next,
            next => next,
        };
        let fits = |close: &usize| if display { is_double(*close) } else { signs[*close].can_close };
        let Some(close) = close.filter(|close| sign.can_open && fits(close) && signs[*close].at > sign.at + 1) else {
            index += 1;
            continue;
        };
        let length = if display { 2 } else { 1 };
        formulas.push(formula(text, Span::new(sign.at, signs[close].at + length), length));
        index = close + length;
    }
}

fn formula(text: &str, span: Span, length: usize) -> Formula {
    let tex = Span::new(span.start + length, span.end - length);
    let inner = text[tex].strip_prefix('`').and_then(|tex| tex.strip_suffix('`'));
    match inner {
        _ if length == 2 => Formula { span, tex, display: true, delimiter: "$$" },
        Some(inner) if !inner.contains('`') => {
            Formula { span, tex: Span::new(tex.start + 1, tex.end - 1), display: false, delimiter: "$`" }
        }
        _ => Formula { span, tex, display: false, delimiter: "$" },
    }
}

/// The dollar signs of a stretch of running text that no backslash stands before.
fn signs(text: &str, within: Span, is_text: impl Fn(usize) -> bool) -> Vec<Sign> {
    let bytes = text.as_bytes();
    let is_white = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
    let mut signs: Vec<Sign> = Vec::new();
    // The braces that are open, each with the last sign directly within it.
    let mut open: Vec<Option<usize>> = vec![None];
    let mut at = within.start;
    while at < within.end {
        match bytes[at] {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            b'{' => open.push(None),
            // Behind a brace that closes none, another stretch begins.
            b'}' if open.len() == 1 => open[0] = None,
            b'}' => drop(open.pop()),
            b'$' if is_text(at) => {
                let before = bytes.get(at.wrapping_sub(1)).filter(|_| at > within.start);
                let next = bytes[..within.end].get(at + 1);
                // Of `\\$` a backslash arrives, which makes the sign one of text.
                let is_text = before == Some(&b'\\') && next != Some(&b'$');
                let (can_open, can_close) = (!is_white(next) && !is_text, !is_white(before));
                let index = signs.len();
                if let Some(last) = open.last_mut().and_then(|last| last.replace(index)) {
                    signs[last].next = Some(index);
                }
                signs.push(Sign { at, can_open, can_close, next: None });
            }
            _ => {}
        }
        at += 1;
    }
    signs
}
