//! Nunjucks 3.2.4 by itself, which reads all of a text: `src/lexer.js`, `src/parser.js`.

use super::statements::{self, Left};
use super::{Call, Fault, Known, Nunjucks, Output};
use crate::markdown::mapped_text::MappedText;
use crate::text::Span;

/// What it sees in a stretch of a file.
pub(super) fn read(file: &str, within: Span, known: &Known) -> Nunjucks {
    let found = statements::read(&file[within], known);
    let place = |span: Span| Span::new(within.start + span.start, within.start + span.end);
    Nunjucks {
        faults: found.faults.into_iter().map(|fault| Fault { span: place(fault.span), ..fault }).collect(),
        outputs: found.outputs.into_iter().map(|output| Output { span: place(output.span), ..output }).collect(),
        calls: found
            .calls
            .into_iter()
            .map(|call| Call {
                span: place(call.span),
                arguments: call.arguments.iter().map(|word| place(*word)).collect(),
                ..call
            })
            .collect(),
        set: found.set,
    }
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
            Left::Unknown => !is_alone(text, span),
            Left::Nothing => false,
        };
        if is_printed {
            let source = Span::new(within.start + span.start, within.start + span.end);
            left.push_replaced(&"x".repeat(span.len()), source);
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

fn is_alone(text: &str, span: Span) -> bool {
    let before = text[..span.start].rsplit('\n').next().unwrap_or_default();
    let behind = text[span.end..].split('\n').next().unwrap_or_default();
    before.trim().is_empty() && behind.trim().is_empty()
}
