//! `*emphasis*` and `**strong emphasis**` (kramdown 2.4.0, `parser/kramdown/emphasis.rb`).

use super::super::char_classes::{is_letter, is_letter_or_digit, is_space};
use super::{EMPHASIS, Frame, Reader, STRONG, Stop};
use crate::markdown::page::Tag;

impl Reader<'_, '_> {
    pub(super) fn emphasis(&mut self, frame: &mut Frame) -> bool {
        let from = self.at;
        let byte = self.text.as_bytes()[from];
        let len = if self.text.as_bytes().get(from + 1) == Some(&byte) { 2 } else { 1 };
        let opens = self.emphasis_opens(frame, byte, len);
        let found = opens
            && (self.emphasised(frame, byte, len) || len == 2 && !frame.emphasis && self.emphasised(frame, byte, 1));
        if !found {
            self.take(frame, from + len);
        }
        true
    }

    fn emphasis_opens(&self, frame: &Frame, byte: u8, len: usize) -> bool {
        let same = if len == 2 { STRONG } else { EMPHASIS };
        let before = &self.text[self.start..self.at];
        let in_word = || before.strip_suffix('-').unwrap_or(before).ends_with(is_letter);
        let space = self.text.as_bytes().get(self.at + len).is_some_and(|&byte| is_space(byte));
        !(byte == b'_' && in_word() || space || frame.within & same != 0)
    }

    /// Tries an element from here to where its delimiter comes again.
    fn emphasised(&mut self, frame: &mut Frame, byte: u8, len: usize) -> bool {
        let (tag, same) = if len == 2 { (Tag::Strong, STRONG) } else { (Tag::Emphasis, EMPHASIS) };
        let from = self.at;
        let what = (from, frame.within << 4 | same);
        if !self.may_try(frame) || self.failed.contains(&what) {
            return false;
        }
        self.at += len;
        let node = self.open(tag);
        let mut inner = frame.below(node);
        inner.within |= same;
        inner.emphasis = len == 1;
        if self.run(&mut inner, &mut Stop::Delimiter { byte, len }) {
            self.flush(&mut inner);
            self.at += len;
            self.attach(frame, node, from);
            return true;
        }
        self.document.nodes.truncate(node);
        self.at = from;
        self.failed.insert(what);
        false
    }

    /// Whether an emphasis ends here.
    pub(super) fn emphasis_stops(&self, frame: &Frame, byte: u8, len: usize) -> bool {
        let rest = self.rest().as_bytes();
        let run = rest.iter().take(3).take_while(|&&next| next == byte).count();
        let space = self.text.as_bytes()[self.start..self.at].last().is_some_and(|&byte| is_space(byte));
        let in_word = || byte == b'_' && self.rest()[len..].starts_with(is_letter_or_digit);
        let cut = run < len || len == 1 && run == 2;
        !(cut || space || in_word() || self.is_empty(frame))
    }
}
