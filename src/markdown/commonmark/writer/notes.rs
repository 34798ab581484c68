//! Footnotes: marks in the text, and the notes, which most engines put at the end of the page.

use std::collections::HashMap;

use pulldown_cmark::CowStr;

use super::Writer;
use crate::markdown::commonmark::Footnotes;
use crate::markdown::document::Note;
use crate::markdown::page::{Event, Tag};
use crate::text::Span;

/// The footnotes, by name.
#[derive(Default)]
pub(super) struct Notes<'a> {
    numbers: HashMap<String, usize>,
    /// Those that stand at the end of the page, in the order of the text.
    texts: Vec<(String, Vec<Event<'a>>)>,
    /// Of those that are open: what was written before.
    open: Vec<(String, Vec<Event<'a>>)>,
    /// All of them as they are written.
    pub defined: Vec<Note>,
}

impl<'a, 'c> Writer<'a, 'c> {
    pub(super) fn footnote_mark(&mut self, name: CowStr<'c>, span: Span) {
        let next = self.notes.numbers.len() + 1;
        let number = *self.notes.numbers.entry(name.to_string()).or_insert(next);
        if self.options.ids.is_some_and(|style| style.reads_footnotes()) {
            self.heading_text(&number.to_string());
        }
        let name = self.borrow(name);
        self.element(Tag::FootnoteMark { name, number }, Vec::new(), span);
        self.close(span);
    }

    pub(super) fn start_note(&mut self, name: CowStr<'c>, span: Span) {
        self.notes.defined.push(Note { span: self.content.span(span), name: name.to_string() });
        if self.options.footnotes == Some(Footnotes::AtTheEnd) {
            let before = std::mem::take(&mut self.events);
            self.notes.open.push((name.to_string(), before));
        }
        let name = self.borrow(name);
        self.element(Tag::Footnote { name }, Vec::new(), span);
    }

    pub(super) fn end_note(&mut self, span: Span) {
        self.close(span);
        if let Some((name, before)) = self.notes.open.pop() {
            let text = std::mem::replace(&mut self.events, before);
            self.notes.texts.push((name, text));
        }
    }

    /// Footnotes that the text speaks of, in the order in which it does.
    pub(super) fn end_notes(&mut self) {
        let numbers = &self.notes.numbers;
        let mut notes = std::mem::take(&mut self.notes.texts);
        notes.retain(|(name, _)| numbers.contains_key(name));
        notes.sort_by_key(|(name, _)| numbers[name]);
        if notes.is_empty() {
            return;
        }
        let end = self.read.len();
        self.element(Tag::Footnotes, Vec::new(), Span::empty(end));
        self.events.extend(notes.into_iter().flat_map(|(_, events)| events));
        self.close(Span::empty(end));
    }
}
