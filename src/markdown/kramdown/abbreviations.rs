//! Abbreviations in text (kramdown 2.4.0, `parser/kramdown/abbreviation.rb`).

use std::borrow::Cow;
use std::collections::HashMap;

use super::attributes;
use super::char_classes::is_ascii_word;
use super::document::Document;
use super::tree::{ContentModel, NodeId, NodeKind};
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Attributes, Tag};
use crate::text::Span;

/// What is defined to be an abbreviation.
pub(crate) struct Abbreviations<'a> {
    meanings: HashMap<String, (String, Attributes<'a>)>,
    /// How long they are, by their first byte, the longest first.
    lengths: HashMap<u8, Vec<usize>>,
}

impl<'a> Abbreviations<'a> {
    /// Of several definitions of the same letters the last counts.
    pub(crate) fn new(document: &Document<'a>) -> Self {
        let mut meanings = HashMap::new();
        for (short, long, node) in &document.abbreviations {
            let mut attributes = Attributes::new();
            if let Some(list) = &document.nodes[*node].attribute_list {
                attributes::apply(list, &document.attribute_lists, &mut attributes);
            }
            meanings.insert(short.clone(), (long.clone(), attributes));
        }
        let mut lengths: HashMap<u8, Vec<usize>> = HashMap::new();
        for short in meanings.keys() {
            lengths.entry(short.as_bytes()[0]).or_default().push(short.len());
        }
        for lengths in lengths.values_mut() {
            lengths.sort_unstable_by(|one, other| other.cmp(one));
            lengths.dedup();
        }
        Abbreviations { meanings, lengths }
    }

    /// Marks them in all text below an element, that of raw HTML aside.
    pub(crate) fn mark(&self, document: &mut Document<'a>, id: NodeId) {
        if self.meanings.is_empty() {
            return;
        }
        let is_raw = matches!(document.nodes[id].kind, NodeKind::Html { model: ContentModel::Raw, .. });
        for child in std::mem::take(&mut document.nodes[id].children) {
            match &mut document.nodes[child].kind {
                NodeKind::Text(text) if !is_raw => {
                    let text = std::mem::take(text);
                    self.mark_in(document, id, &text);
                }
                _ => {
                    document.nodes[id].children.push(child);
                    self.mark(document, child);
                }
            }
        }
    }

    fn mark_in(&self, document: &mut Document<'a>, parent: NodeId, text: &MappedText<'a>) {
        let value = text.text();
        let add_text = |document: &mut Document<'a>, parent: NodeId, span: Span| {
            if !span.is_empty() {
                document.add(parent, NodeKind::Text(text.slice(span)), text.span(span));
            }
        };
        let mut at = 0;
        while let Some(found) = self.next(value, at) {
            add_text(document, parent, Span::new(at, found.start));
            at = found.end;
            let (title, attributes) = &self.meanings[&value[found]];
            let tag = Tag::Abbreviation { title: Cow::Owned(title.clone()) };
            let id = document.add(parent, NodeKind::Element(tag), text.span(found));
            document.nodes[id].attributes.clone_from(attributes);
            add_text(document, id, found);
        }
        add_text(document, parent, Span::new(at, value.len()));
    }

    /// The next abbreviation that is a word of its own; letters beyond ASCII do not count as parts of words.
    fn next(&self, text: &str, from: usize) -> Option<Span> {
        let ends = |found: &Span| text.as_bytes().get(found.end).is_none_or(|&byte| !is_ascii_word(byte));
        for at in from..text.len() {
            if !self.at(text, at).any(|found| ends(&found)) {
                continue;
            }
            let Some(before) = text[from..at].chars().next_back() else { return self.at(text, at).next() };
            if before.is_ascii() && is_ascii_word(before as u8) {
                continue;
            }
            return self.at(text, at - before.len_utf8()).next().or_else(|| self.at(text, at).next());
        }
        None
    }

    /// The abbreviations at a place of a text, the longest first.
    fn at<'t>(&'t self, text: &'t str, at: usize) -> impl Iterator<Item = Span> + 't {
        let lengths = self.lengths.get(&text.as_bytes()[at]).map_or(&[][..], Vec::as_slice);
        let spans = lengths.iter().map(move |len| Span::new(at, at + len));
        spans.filter(|span| text.get(span.range()).is_some_and(|short| self.meanings.contains_key(short)))
    }
}
