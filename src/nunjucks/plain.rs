//! Nunjucks 3.2.4 by itself, which reads all of a text: `src/lexer.js`, `src/parser.js`.

use super::statements::{self, Left};
use super::{Known, Nunjucks};
use crate::markdown::mapped_text::MappedText;
use crate::text::{Span, is_alone_on_lines};

/// What it sees in a stretch of a file.
pub(super) fn read(file: &str, within: Span, known: &Known) -> Nunjucks {
    statements::read(&file[within], known).placed(|span| placed(within, span))
}

/// What is left of it. Of the branches of an `if` all are there, and what a loop repeats is there once; a value is a word as
/// long as its output, and what a tag prints that stands alone on its lines is HTML of its own.
pub(super) fn expand<'a>(file: &'a str, within: Span, known: &Known) -> MappedText<'a> {
    let text = &file[within];
    let mut left = MappedText::default();
    let (mut from, mut trims) = (0, false);
    for (span, kind) in statements::read(text, known).left {
        if span.start < from {
            continue;
        }
        push(&mut left, text, within.start, Span::new(from, span.start), trims, text[span].get(2..3) == Some("-"));
        let is_printed = match kind {
            Left::Value => true,
            Left::Unknown => !is_alone_on_lines(text, span),
            Left::Nothing => false,
        };
        if is_printed {
            left.push_replaced(&"x".repeat(span.len()), placed(within, span));
        }
        trims = text[span].as_bytes().get(span.len().wrapping_sub(3)) == Some(&b'-');
        from = span.end;
    }
    push(&mut left, text, within.start, Span::new(from, text.len()), trims, false);
    left
}

fn push(left: &mut MappedText, text: &str, start: usize, span: Span, trim_start: bool, trim_end: bool) {
    let mut kept = &text[span];
    if trim_end {
        kept = kept.trim_end();
    }
    let length = kept.len();
    if trim_start {
        kept = kept.trim_start();
    }
    if !kept.is_empty() {
        left.push_verbatim(kept, start + span.start + length - kept.len());
    }
}

/// A stretch of a stretch of the file.
fn placed(within: Span, span: Span) -> Span {
    Span::new(within.start + span.start, within.start + span.end)
}
