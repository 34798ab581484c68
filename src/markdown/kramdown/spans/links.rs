//! Links and images (kramdown 2.4.0, `parser/kramdown/link.rb`).

use std::borrow::Cow;

use super::super::attributes;
use super::super::char_classes::{is_space, spaces, stripped};
use super::super::document::Document;
use super::super::tree::{Node, NodeId, NodeKind};
use super::signs::ESCAPED;
use super::{Frame, LINK, Reader, Stop};
use crate::markdown::page::{Image, Tag};
use crate::text::Span;

/// A label as definitions and references are compared: `normalize_link_id`.
pub(crate) fn label(text: &str) -> String {
    let mut label = String::with_capacity(text.len());
    let mut in_space = false;
    for c in text.chars() {
        let space = c.is_ascii() && is_space(c as u8);
        if !space {
            label.extend(c.to_lowercase());
        } else if !in_space {
            label.push(' ');
        }
        in_space = space;
    }
    label
}

impl Reader<'_, '_> {
    pub(super) fn link(&mut self, frame: &mut Frame) -> bool {
        let from = self.at;
        let image = self.text.as_bytes()[from] == b'!';
        let inside = from + if image { 2 } else { 1 };
        let starts = self.text[from..inside].ends_with('[') && !self.text[inside..].starts_with('^');
        if !starts || inside == self.text.len() {
            return false;
        }
        let nested = !image && frame.within & LINK != 0;
        if nested || !self.linked(frame, inside, image) {
            self.take(frame, inside);
        }
        true
    }

    /// Tries a link or an image from here, whose text begins at a place.
    fn linked(&mut self, frame: &mut Frame, inside: usize, image: bool) -> bool {
        let from = self.at;
        let what = (from, frame.within << 4 | LINK);
        if !self.may_try(frame) || self.failed.contains(&what) {
            return false;
        }
        self.at = inside;
        let node = self.open(Tag::Emphasis);
        let mut inner = frame.below(node);
        inner.within |= LINK;
        let end = match self.run(&mut inner, &mut Stop::Bracket { open: 1 }) {
            true => self.completed(&mut inner, inside, image),
            false => None,
        };
        let Some(end) = end else {
            self.document.nodes.truncate(node);
            self.at = from;
            self.failed.insert(what);
            return false;
        };
        self.at = end;
        frame.images += isize::from(image);
        self.attach(frame, node, from);
        true
    }

    /// Makes a link or an image of an element whose text ends here, and says where it ends, if it goes anywhere.
    fn completed(&mut self, frame: &mut Frame, inside: usize, image: bool) -> Option<usize> {
        self.flush(frame);
        let text = &self.text[inside..self.at];
        self.at += 1;
        let (destination, title, end) = self.target(frame.node, text)?;
        let title = title.map(|title| Box::new(Cow::Owned(title)));
        let nodes = &mut self.document.nodes;
        if image {
            nodes.truncate(frame.node + 1);
            nodes[frame.node].children.clear();
        }
        nodes[frame.node].kind = NodeKind::Element(match image {
            true => Tag::Image(Box::new(Image {
                source: destination.into(),
                alt: alternative(text).into_owned().into(),
                title,
            })),
            false => Tag::Link { destination: destination.into(), title },
        });
        adopt(&mut nodes[frame.node], false);
        Some(end)
    }

    /// Destination and title as what follows the text of a link says, and where that ends. The element gets the
    /// attributes of a definition.
    fn target(&mut self, node: NodeId, text: &str) -> Option<(String, Option<String>, usize)> {
        let rest = self.rest();
        let reference = rest[spaces(rest)..].strip_prefix('[');
        let (named, end) = match reference.and_then(|inner| Some((inner, inner.find(']')?))) {
            Some((inner, len)) => (&inner[..len], self.text.len() - inner.len() + len + 1),
            None if rest.starts_with('(') => {
                let (destination, at, complete) = self.destination()?;
                let title = if complete { None } else { Some(self.title(at)?) };
                let end = title.as_ref().map_or(at, |(_, end)| *end);
                return Some((destination, title.map(|(title, _)| title), end));
            }
            None => ("", self.at),
        };
        let label = if named.is_empty() { label(&alternative(text)) } else { label(named) };
        let Document { links, nodes, attribute_lists, .. } = &mut *self.document;
        let definition = links.get(&label)?;
        if let Some(list) = nodes[definition.node].attribute_list.clone() {
            attributes::apply(&list, attribute_lists, &mut nodes[node].attributes);
            nodes[node].references = list.references;
        }
        Some((definition.destination.clone(), definition.title.clone(), end))
    }

    /// The destination after the `(` here, where it ends, and whether the `)` is behind it.
    fn destination(&mut self) -> Option<(String, usize, bool)> {
        if let Some(pointed) = self.rest().strip_prefix("(<")
            && let Some(len) = pointed.find(['>', '\n']).filter(|&len| pointed[len..].starts_with('>'))
        {
            let complete = pointed[len + 1..].starts_with(')');
            return Some((pointed[..len].to_owned(), self.at + len + 3 + usize::from(complete), complete));
        }
        let bytes = self.text.as_bytes();
        let from = self.at;
        let mut open = 0;
        let end = (from..bytes.len()).find(|&at| match bytes[at] {
            b'(' => {
                open += 1;
                false
            }
            b')' => {
                open -= 1;
                open == 0
            }
            byte => is_space(byte) && matches!(bytes.get(at + 1), Some(b'"' | b'\'')),
        });
        self.spend(end.unwrap_or(bytes.len()) - from);
        let end = end?;
        Some((self.text[stripped(self.text, Span::new(from + 1, end))].to_owned(), end + 1, open == 0))
    }

    /// The title from a place on, and the end of the link behind it.
    fn title(&mut self, from: usize) -> Option<(String, usize)> {
        let bytes = self.text.as_bytes();
        let open = from + spaces(&self.text[from..]);
        let quote = bytes.get(open).copied().filter(|byte| matches!(byte, b'"' | b'\''))?;
        let mut at = open + 1 + self.text[open + 1..].chars().next()?.len_utf8();
        loop {
            let found = memchr::memchr(quote, &bytes[at..]);
            self.spend(found.unwrap_or(bytes.len() - at));
            let close = at + found?;
            let end = close + 1 + spaces(&self.text[close + 1..]);
            if bytes.get(end) == Some(&b')') {
                return Some((self.text[open + 1..close].to_owned(), end + 1));
            }
            at = close + 1;
        }
    }
}

/// The text of a link without the backslashes of escapes, as labels and alternative texts have it.
fn alternative(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let escaped = rest[at + 1..].starts_with(ESCAPED);
        plain.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.chars().next().filter(|_| escaped) {
            Some(c) => {
                plain.push(c);
                rest = &rest[c.len_utf8()..];
            }
            None => plain.push('\\'),
        }
    }
    (plain + rest).into()
}

/// Takes the destination, the title and the alternative text out of the attributes of a link or an image. They hold
/// if the attributes are `newer` than what the element says itself; a title also where it has none.
pub(super) fn adopt(node: &mut Node, newer: bool) {
    let (destination, alt, title) = match &mut node.kind {
        NodeKind::Element(Tag::Link { destination, title }) => (("href", destination), None, title),
        NodeKind::Element(Tag::Image(image)) => {
            let Image { source, alt, title } = &mut **image;
            (("src", source), Some(("alt", alt)), title)
        }
        _ => return,
    };
    let mut take = |name: &str| {
        let place = node.attributes.iter().position(|(known, _)| known == name)?;
        Some(node.attributes.remove(place).1)
    };
    for (name, own) in [Some(destination), alt].into_iter().flatten() {
        if let Some(told) = take(name).filter(|_| newer) {
            *own = told;
        }
    }
    if let Some(told) = take("title").filter(|_| newer || title.is_none()) {
        *title = Some(Box::new(told));
    }
}
