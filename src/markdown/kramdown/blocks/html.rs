//! Blocks of HTML (kramdown 2.4.0, `parser/kramdown/html.rb` and `parser/html.rb`).

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::{Blocks, DEEPEST, scan};
use crate::markdown::kramdown::tags::{self, Tag};
use crate::markdown::kramdown::tree::{ContentModel, NodeId, NodeKind};
use crate::text::Span;

impl<'a> Blocks<'_, 'a, '_> {
    pub(super) fn html(&mut self) -> bool {
        let rest = self.rest();
        if let Some(len) = self.html_comment(rest) {
            self.add_comment(len);
            self.skip_end_of_line();
            return true;
        }
        let margin = scan::margin(rest);
        let inner = &rest[margin..];
        let in_block = |name: &str| !tags::is_span(&name.to_lowercase());
        if let Some(tag) = tags::open(inner).filter(|tag| in_block(tag.name)) {
            return self.depth < DEEPEST && self.element(tag, margin);
        }
        let Some((name, len)) = tags::close(inner).filter(|(name, _)| in_block(name)) else { return false };
        let name = name.to_lowercase();
        self.closed = matches!(self.kind(self.parent), NodeKind::Html { name: open, .. } if *open == name);
        if self.closed {
            self.at += margin + len;
        }
        self.closed
    }

    fn html_comment(&mut self, rest: &str) -> Option<usize> {
        look_for(&mut self.missing.comment_end, rest, "<!--", tags::comment)
    }

    fn instruction(&mut self, rest: &str) -> Option<usize> {
        look_for(&mut self.missing.instruction_end, rest, "<?", tags::instruction)
    }

    fn add_comment(&mut self, len: usize) {
        let span = Span::new(self.at, self.at + len);
        let text = self.content.slice(span);
        self.add_to(self.parent, NodeKind::Raw(text), span);
        self.at += len;
    }

    /// Spaces and a line break: `TRAILING_WHITESPACE`.
    fn skip_end_of_line(&mut self) {
        let rest = self.rest();
        let inner = rest.trim_start_matches([' ', '\t']);
        if inner.starts_with('\n') {
            self.at += rest.len() - inner.len() + 1;
        }
    }

    /// Reads an element whose opening tag follows after some spaces: `handle_html_start_tag`.
    fn element(&mut self, tag: Tag, margin: usize) -> bool {
        let start = self.at + margin;
        let name = tags::normalised(tag.name);
        let mut attributes = tags::attributes(tag.attributes, tags::is_html_element(&name));
        let model = self.content_model(&name, &mut attributes);
        let closed = tag.closed || tags::has_no_body(&name);
        self.at = start + tag.len;
        let kind = NodeKind::Html { name: name.clone(), block: true, model };
        let element = self.add(kind, Span::new(start, self.at));
        self.node(element).attributes =
            attributes.into_iter().map(|(name, value)| (Cow::Owned(name), Cow::Owned(value))).collect();
        let is_code = name == "script" || name == "style";
        if is_code {
            // `handle_raw_html_tag`
            let span = self.up_to_closing(&name);
            if !span.is_empty() {
                self.add_to(element, NodeKind::Raw(self.content.slice(span)), span);
            }
        }
        if model == ContentModel::Block {
            self.skip_end_of_line();
        }
        if !closed && !is_code {
            self.read_element(element, &name, model);
            if !self.is_raw(self.parent) {
                self.skip_end_of_line();
            }
        }
        let end = self.content.span(Span::new(start, self.at)).end;
        self.node(element).span.end = end;
        true
    }

    /// How what stands in an element is read; takes the attribute `markdown` away.
    fn content_model(&self, name: &str, attributes: &mut Vec<(String, String)>) -> ContentModel {
        let told = attributes.iter().position(|(name, _)| name == "markdown").map(|index| attributes.remove(index).1);
        match told.as_deref() {
            Some("0") => ContentModel::Raw,
            Some("1") => tags::content_model(name),
            Some("span") => ContentModel::Span,
            Some("block") => ContentModel::Block,
            _ if self.document.options.parse_block_html && !self.is_raw(self.parent) => tags::content_model(name),
            _ => ContentModel::Raw,
        }
    }

    fn is_raw(&self, id: NodeId) -> bool {
        matches!(self.kind(id), NodeKind::Html { model: ContentModel::Raw, .. })
    }

    fn read_element(&mut self, element: NodeId, name: &str, model: ContentModel) {
        if model == ContentModel::Span {
            let text = self.up_to_closing(name);
            return self.add_text(element, text);
        }
        let outer = std::mem::replace(&mut self.parent, element);
        let waiting = self.attribute_list.take();
        self.depth += 1;
        match model {
            ContentModel::Block => self.read_all(),
            _ => self.raw_html(name),
        }
        self.depth -= 1;
        self.closed = false;
        self.parent = outer;
        self.attribute_list = waiting;
    }

    /// The text up to the closing tag of an element, which is read, too.
    fn up_to_closing(&mut self, name: &str) -> Span {
        let rest = self.rest();
        let len = memmem::find_iter(rest.as_bytes(), "</").find(|&at| tags::closes(&rest[at..], name, true).is_some());
        let text = Span::new(self.at, self.at + len.unwrap_or(rest.len()));
        self.at = text.end;
        self.at += tags::close(self.rest()).map_or(0, |(_, len)| len);
        text
    }

    /// HTML as it is, up to the closing tag of the element that is read: `parse_raw_html`.
    fn raw_html(&mut self, open: &str) {
        let mut start = self.at;
        while let Some(next) = memchr(b'<', self.rest().as_bytes()) {
            self.at += next;
            let (rest, at) = (self.rest(), self.at);
            let comment = self.html_comment(rest).or_else(|| self.instruction(rest));
            let tag = if self.depth < DEEPEST { tags::open(rest) } else { None };
            let close = tags::close(rest);
            let ends = close.is_some_and(|(name, _)| is_name_of(open, name));
            if comment.is_some() || tag.is_some() || ends {
                self.add_raw_text(start, at);
            }
            match (comment, tag, close) {
                (Some(len), ..) => self.add_comment(len),
                (None, Some(tag), _) => {
                    self.element(tag, 0);
                }
                (None, None, Some((_, len))) => {
                    self.at += len;
                    if ends {
                        return;
                    }
                    continue;
                }
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            start = self.at;
        }
        self.at = self.text().len();
        self.add_raw_text(start, self.at);
    }

    fn add_raw_text(&mut self, start: usize, end: usize) {
        if start < end {
            let text = self.content.slice(Span::new(start, end));
            let span = self.content.span(Span::new(start, end));
            self.document.add(self.parent, NodeKind::Text(text), span);
        }
    }
}

/// Whether a closing tag of a name closes an element; letter case matters for names that HTML does not know.
fn is_name_of(open: &str, name: &str) -> bool {
    open == name || tags::is_html_element(open) && open == name.to_lowercase()
}

/// The length of what a text begins with, if that begins with `open`; what has no end is not looked for again.
fn look_for(missing: &mut bool, text: &str, open: &str, find: fn(&str) -> Option<usize>) -> Option<usize> {
    if *missing || !text.starts_with(open) {
        return None;
    }
    let len = find(text);
    *missing = len.is_none();
    len
}
