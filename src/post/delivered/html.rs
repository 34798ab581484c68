//! Formulas that an engine hands on as they are, into HTML: a browser reads references to characters in them, and tags.

use super::{Delivered, covers};
use crate::html;
use crate::markdown::document::Formula;
use crate::markdown::kramdown::references;
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Page, What};
use crate::text::Span;

impl<'a> Page<'a> {
    /// Reads what was handed on of formulas: a tag that begins in one goes on to the next `>` of the page, and takes
    /// what stands up to there with it.
    pub(super) fn read_as_html(&self, formulas: &[Formula], arrived: &mut [Delivered<'a>]) {
        for (index, event) in self.events.iter().enumerate() {
            let What::Math { tex, .. } = &event.what else { continue };
            let first = formulas.partition_point(|formula| formula.span.end <= event.source.start);
            let is_tag = html::opening(tex.text()).is_some();
            let end = if is_tag { self.end_of_tag(index) } else { event.source.end };
            let around = formulas.iter().zip(arrived.iter_mut()).skip(first);
            for (formula, arrived) in around.take_while(|(formula, _)| formula.span.start < end) {
                match (covers(&event.source, &formula.span), is_tag, &*arrived) {
                    (true, true, _) => *arrived = Delivered::Cut(index),
                    (true, false, Delivered::Whole { tex, display }) if tex.text().contains('&') => {
                        *arrived = Delivered::Whole { tex: with_characters(tex), display: *display };
                    }
                    (false, true, _) => *arrived = Delivered::Gone,
                    _ => {}
                }
            }
        }
    }

    /// Where a tag ends that begins in an event of the page and has no `>` there.
    fn end_of_tag(&self, index: usize) -> usize {
        let prints_end = |what: &What| match what {
            What::Text(_) => false,
            What::Math { tex, .. } => tex.text().contains('>'),
            What::Start(_) | What::End | What::Break | What::Rule | What::Html(_) => true,
        };
        let next = self.events[index + 1..].iter().find(|event| prints_end(&event.what));
        next.map_or(usize::MAX, |next| match next.what {
            What::Math { .. } => next.source.end,
            _ => next.source.start.max(self.events[index].source.end),
        })
    }
}

/// A text with its references to characters read.
fn with_characters<'a>(text: &MappedText<'a>) -> MappedText<'a> {
    let (mut read, mut at) = (MappedText::default(), 0);
    for (reference, character) in references::of_browsers(text.text()) {
        read.push(text, Span::new(at, reference.start));
        let source = Span::new(text.source(reference.start), text.source(reference.end - 1) + 1);
        read.push_replaced(character.encode_utf8(&mut [0; 4]), source);
        at = reference.end;
    }
    if at == 0 {
        return text.clone();
    }
    read.push(text, Span::new(at, text.text().len()));
    read
}
