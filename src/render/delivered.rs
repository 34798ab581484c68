//! What of a formula reaches the page's text, which is what MathJax or KaTeX in the page get to see.

use std::borrow::Cow;

use super::page::{Event, Page, What};
use crate::post::body::Formula;
use crate::text::Span;

/// What arrives of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivered<'p> {
    /// Its TeX in one piece, perhaps with other characters.
    Whole(Cow<'p, str>),
    /// Markup begins or ends inside, so that no piece of text holds all of it: the first event that cuts, an index of
    /// [`Page::events`].
    Cut(usize),
    /// Nothing: it is not in the page's text.
    Gone,
}

impl Page<'_> {
    /// What arrives of each of the formulas, which are in the order of the text.
    pub fn delivered(&self, formulas: &[Formula]) -> Vec<Delivered<'_>> {
        let mut arrived = vec![Delivered::Gone; formulas.len()];
        if formulas.is_empty() {
            return arrived;
        }
        for (index, event) in self.events.iter().enumerate() {
            let first = formulas.partition_point(|formula| formula.span.end <= event.source.start);
            let around = formulas.iter().zip(&mut arrived).skip(first);
            for (formula, arrived) in around.take_while(|(formula, _)| formula.span.start <= event.source.end) {
                arrived.take(index, event, formula);
            }
        }
        arrived
    }
}

impl<'p> Delivered<'p> {
    /// The TeX that arrives, if one piece of text holds it.
    pub fn tex(&self) -> Option<&str> {
        match self {
            Delivered::Whole(tex) => Some(tex),
            _ => None,
        }
    }

    fn take(&mut self, index: usize, event: &'p Event, formula: &Formula) {
        let Event { what, source } = event;
        let within = |at: usize| formula.span.start < at && at < formula.span.end;
        match what {
            What::Math { tex, .. } if covers(source, &formula.span) => *self = Delivered::Whole(Cow::Borrowed(tex)),
            What::Text(text) if overlaps(source, &formula.tex) => self.add(clipped(text, source, &formula.tex)),
            What::Text(_) | What::Break => {}
            What::Start(_) | What::Html(_) | What::Rule if within(source.start) => self.cut(index),
            What::Math { .. } if overlaps(source, &formula.span) => self.cut(index),
            What::End if within(source.end) => self.cut(index),
            _ => {}
        }
    }

    fn add(&mut self, text: &'p str) {
        match self {
            Delivered::Gone => *self = Delivered::Whole(Cow::Borrowed(text)),
            Delivered::Whole(tex) => tex.to_mut().push_str(text),
            Delivered::Cut(_) => {}
        }
    }

    fn cut(&mut self, index: usize) {
        if !matches!(self, Delivered::Cut(_)) {
            *self = Delivered::Cut(index);
        }
    }
}

/// A block of math also has the white space around it.
fn covers(one: &Span, other: &Span) -> bool {
    one.start <= other.start && other.end <= one.end
}

fn overlaps(one: &Span, other: &Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// The part of a text that stands in a span, where the text is the bytes of its source; else all of it.
fn clipped<'t>(text: &'t str, source: &Span, within: &Span) -> &'t str {
    let start = within.start.saturating_sub(source.start);
    let end = text.len().min(within.end - source.start.min(within.end));
    if text.len() == source.len() { text.get(start..end).unwrap_or(text) } else { text }
}
