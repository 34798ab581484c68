//! Code, formulas, struck out text and the marks of footnotes (kramdown 2.4.0, `codespan.rb`, `math.rb`, `footnote.rb`
//! in `parser/kramdown`, and `parse_strikethrough_gfm` of kramdown-parser-gfm 1.1.0).

use super::super::attributes;
use super::super::char_classes::{is_space, stripped};
use super::super::tree::NodeKind;
use super::{Frame, Reader, Stop};
use crate::markdown::page::Tag;
use crate::text::Span;

impl Reader<'_, '_> {
    pub(super) fn code(&mut self, frame: &mut Frame) -> bool {
        let (from, bytes) = (self.at, self.text.as_bytes());
        let len = bytes[from..].iter().take_while(|&&byte| byte == b'`').count();
        let inside = from + len;
        let space_before = bytes[self.start..from].last().is_none_or(|&byte| is_space(byte));
        let alone = len == 1 && space_before && bytes.get(inside).is_some_and(|&byte| is_space(byte));
        let close = if alone { None } else { self.find(&self.text[from..inside], inside) };
        let Some(close) = close else {
            self.take(frame, inside);
            return true;
        };
        let mut span = Span::new(inside, close);
        if len > 1 {
            span.start += usize::from(self.text[span].starts_with(' '));
            span.end -= usize::from(self.text[span].ends_with(' '));
        }
        let code = NodeKind::Code(Tag::CodeSpan, self.part(span));
        self.add(frame, code, close + len);
        true
    }

    pub(super) fn math(&mut self, frame: &mut Frame) -> bool {
        let inside = self.at + 2;
        if !self.rest().starts_with("$$") {
            return false;
        }
        let Some(close) = self.find("$$", inside) else { return false };
        let tex = self.part(stripped(self.text, Span::new(inside, close)));
        self.add(frame, NodeKind::Math { display: false, tex }, close + 2);
        true
    }

    pub(super) fn strike(&mut self, frame: &mut Frame) -> bool {
        let inside = self.at + 2;
        if !self.document.options.gfm || !self.may_try(frame) || !self.rest().starts_with("~~") {
            return false;
        }
        let Some(close) = self.strike_end(inside) else { return false };
        let node = self.add(frame, NodeKind::Element(Tag::Strike), close + 2);
        // It is read as a text of its own.
        let (text, start, failed) = (self.text, self.start, std::mem::take(&mut self.failed));
        (self.text, self.start, self.at) = (&text[..close], inside, inside);
        let mut inner = Frame::new(node, frame.depth + 1);
        self.run(&mut inner, &mut Stop::Never);
        self.flush(&mut inner);
        (self.text, self.start, self.at, self.failed) = (text, start, close + 2, failed);
        true
    }

    /// Where text ends that is struck out from a place on: no space and no tilde stand at its edges.
    fn strike_end(&mut self, inside: usize) -> Option<usize> {
        let edge = |byte: &u8| is_space(*byte) || *byte == b'~';
        let bytes = self.text.as_bytes();
        let mut from = bytes.get(inside).is_some_and(|byte| !edge(byte)).then_some(inside + 1)?;
        loop {
            let close = self.find("~~", from)?;
            if !edge(&bytes[close - 1]) {
                return Some(close);
            }
            from = close + 1;
        }
    }

    pub(super) fn footnote_mark(&mut self, frame: &mut Frame) -> bool {
        let Some(rest) = self.rest().strip_prefix("[^") else { return false };
        let len = attributes::name(rest);
        if len == 0 || !rest[len..].starts_with(']') {
            return false;
        }
        let (name, to) = (&rest[..len], self.at + len + 3);
        if self.document.footnotes.contains_key(name) {
            let name = name.to_owned();
            self.add(frame, NodeKind::FootnoteMark(name), to);
        } else {
            self.take(frame, to);
        }
        true
    }
}
