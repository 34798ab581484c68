//! HTML in running text, and `<https://…>` (kramdown 2.4.0, `html.rb`, `autolink.rb` in `parser/kramdown`).

use super::super::char_classes::is_letter_or_digit;
use super::super::tags;
use super::super::tree::{ContentModel, NodeKind};
use super::{Frame, MAX_DEPTH, Reader, Stop};
use crate::markdown::page::{Attributes, Tag};
use crate::text::Span;

const MAIL: &str = "mailto:";
const SCHEMES: [&str; 5] = [MAIL, "https:", "http:", "ftps:", "ftp:"];

/// What an autolink leads to.
struct Address {
    /// `None` for the plain address of a mailbox.
    scheme: Option<&'static str>,
    len: usize,
}

impl<'a> Reader<'_, 'a> {
    pub(super) fn autolink(&mut self, frame: &mut Frame) -> bool {
        let Some(Address { scheme, len }) = self.address() else { return false };
        let inside = self.at + 1;
        let address = &self.text[inside..inside + len];
        let (destination, shown) = match scheme {
            None => (format!("mailto:{address}"), 0),
            Some(MAIL) => (address.to_owned(), MAIL.len()),
            Some(_) => (address.to_owned(), 0),
        };
        let tag = Tag::Link { destination: destination.into(), title: None };
        let node = self.add(frame, NodeKind::Element(tag), inside + len + 1);
        let text = Span::new(inside + shown, inside + len);
        let (kind, source) = (NodeKind::Text(self.part(text)), self.content.span(text));
        self.document.add(node, kind, source);
        true
    }

    /// The address between the `<` here and a `>`.
    fn address(&mut self) -> Option<Address> {
        let rest = &self.text[self.at + 1..];
        let Some(scheme) = SCHEMES.into_iter().find(|scheme| rest.starts_with(scheme)) else {
            return mail_address(rest);
        };
        let first = rest[scheme.len()..].chars().next().filter(|&c| c != '\n' && self.effort > 0)?;
        let from = scheme.len() + first.len_utf8();
        let ended = memchr::memchr2(b'>', b'\n', &rest.as_bytes()[from..]).unwrap_or(rest.len() - from);
        self.spend(ended);
        rest[from + ended..].starts_with('>').then_some(Address { scheme: Some(scheme), len: from + ended })
    }

    pub(super) fn html(&mut self, frame: &mut Frame) -> bool {
        let rest = &self.text[self.at..];
        if !rest.starts_with("</") && !rest.starts_with("<!--") && tags::name(&rest[1..]).is_none() {
            return false;
        }
        if rest.starts_with("<!--") {
            match self.find("-->", self.at + 4) {
                Some(close) => {
                    let comment = NodeKind::Raw(self.part(Span::new(self.at, close + 3)));
                    self.add(frame, comment, close + 3);
                }
                None => self.take(frame, self.at + 1),
            }
        } else if let Some((_, len)) = tags::close(rest) {
            self.take(frame, self.at + len);
        } else if let Some(tag) = tags::open(rest) {
            self.html_element(frame, tag);
        } else {
            self.take(frame, self.at + 1);
        }
        true
    }

    fn html_element(&mut self, frame: &mut Frame, tag: tags::Tag) {
        let (from, name) = (self.at, tags::normalised(tag.name));
        if tags::is_block(&name) || frame.depth >= MAX_DEPTH {
            self.take(frame, from + tag.len);
            return;
        }
        let known = tags::is_html_element(&name);
        let mut attributes = tags::attributes(tag.attributes, known);
        let model = self.model(frame, &name, &mut attributes);
        let kind = NodeKind::Html { name: name.clone(), block: false, model };
        let node = self.add(frame, kind, from + tag.len);
        self.document.nodes[node].attributes = on_one_line(attributes);
        if tag.closed || tags::has_no_body(&name) {
            return;
        }
        let mut inner = frame.below(node);
        inner.html_only = model == ContentModel::Raw;
        if self.run(&mut inner, &mut Stop::Tag { name: &name, any_case: known }) {
            self.flush(&mut inner);
            self.at += tags::closes(self.rest(), &name, known).unwrap_or_default();
        } else {
            self.take(&mut inner, self.text.len());
            self.flush(&mut inner);
        }
        self.document.nodes[node].span = self.content.span(Span::new(from, self.at));
    }

    /// Whether what stands in an element is read as running text, by its `markdown` attribute or else by its name.
    fn model(&self, frame: &Frame, name: &str, attributes: &mut Vec<(String, String)>) -> ContentModel {
        let own = tags::content_model(name) != ContentModel::Raw;
        let told = attributes.iter().position(|(name, _)| name == "markdown").map(|at| attributes.remove(at).1);
        let parsed = match told.as_deref() {
            Some("span") => true,
            Some("1") => own,
            Some("0") => false,
            _ => own && !frame.html_only && self.document.options.parse_span_html,
        };
        if parsed { ContentModel::Span } else { ContentModel::Raw }
    }
}

fn mail_address(text: &str) -> Option<Address> {
    let part = |text: &str| text.find(|c| !(is_letter_or_digit(c) || matches!(c, '-' | '_' | '.')));
    let name = part(text).filter(|&len| len > 0 && text[len..].starts_with('@'))?;
    let domain = part(&text[name + 1..]).filter(|&len| len > 0)?;
    let len = name + 1 + domain;
    text[len..].starts_with('>').then_some(Address { scheme: None, len })
}

/// The attributes with their line breaks made spaces, one each.
fn on_one_line<'a>(attributes: Vec<(String, String)>) -> Attributes<'a> {
    let line = |value: String| {
        let mut characters: Vec<char> = value.chars().collect();
        characters.dedup_by(|one, other| *one == '\n' && *other == '\n');
        characters.into_iter().map(|c| if c == '\n' { ' ' } else { c }).collect::<String>()
    };
    attributes.into_iter().map(|(name, value)| (name.into(), line(value).into())).collect()
}
