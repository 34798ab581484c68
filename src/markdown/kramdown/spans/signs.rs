//! Entities, dashes and dots, escapes and line breaks (kramdown 2.4.0, `html_entity.rb`, `typographic_symbol.rb`,
//! `escaped_chars.rb`, `line_break.rb` in `parser/kramdown`).

use super::super::char_classes::is_ascii_word;
use super::super::entities;
use super::super::tree::NodeKind;
use super::{Frame, Reader};

/// The characters that a backslash escapes, `ESCAPED_CHARS`.
pub(super) const ESCAPED: [char; 23] = [
    '\\', '.', '*', '_', '+', '`', '<', '>', '(', ')', '[', ']', '{', '}', '#', '!', ':', '|', '"', '\'', '$', '=', '-',
];

/// What becomes other signs, the longest first.
const TYPOGRAPHIC: [(&str, &str); 7] =
    [("---", "—"), ("--", "–"), ("...", "…"), ("<< ", "«\u{a0}"), (" >>", "\u{a0}»"), ("<<", "«"), (">>", "»")];

impl Reader<'_, '_> {
    /// `---`, `...`, `<<` and the like. The escaped `\<<` is two signs `<`, each with a span of its own.
    pub(super) fn typographic(&mut self, frame: &mut Frame) -> bool {
        if !self.document.options.typographic {
            return false;
        }
        let rest = self.rest();
        if let Some(sign) = ["<", ">"].into_iter().find(|sign| {
            rest.strip_prefix('\\').and_then(|rest| rest.strip_prefix(sign)).is_some_and(|rest| rest.starts_with(sign))
        }) {
            self.add(frame, NodeKind::Sign(sign.to_owned()), self.at + 2);
            self.add(frame, NodeKind::Sign(sign.to_owned()), self.at + 1);
            return true;
        }
        let Some((written, sign)) = TYPOGRAPHIC.iter().find(|(written, _)| rest.starts_with(written)) else {
            return false;
        };
        let kind = NodeKind::Sign((*sign).to_owned());
        self.add(frame, kind, self.at + written.len());
        true
    }

    /// An entity is the character it stands for; of one that kramdown does not know, the `&` alone is a sign.
    pub(super) fn entity(&mut self, frame: &mut Frame) -> bool {
        let Some((len, character)) = entity(self.rest()) else { return false };
        let end = if character.is_some() { self.at + len } else { self.at + 1 };
        let to = self.at + len;
        self.add(frame, NodeKind::Sign(character.unwrap_or('&').into()), end);
        self.take(frame, to);
        true
    }

    /// Whether two spaces or backslashes at the end of a line break it.
    pub(super) fn breaks_lines(&self) -> bool {
        !(self.document.options.gfm && self.document.options.hard_wrap)
    }

    pub(super) fn line_break(&mut self, frame: &mut Frame) -> bool {
        let found = self.breaks_lines() && ["  \n", "\\\\\n"].iter().any(|end| self.rest().starts_with(end));
        if found {
            self.add(frame, NodeKind::Break, self.at + 2);
        }
        found
    }

    pub(super) fn escape(&mut self, frame: &mut Frame) -> bool {
        let gfm = self.document.options.gfm;
        let character = self.text[self.at + 1..].chars().next();
        let Some(c) = character.filter(|c| ESCAPED.contains(c) || gfm && *c == '~') else { return false };
        self.take_as(frame, c.encode_utf8(&mut [0; 4]), self.at + 2);
        true
    }
}

/// The length of the entity that a text begins with, and its character if kramdown knows it: `HTML_ENTITY_RE`.
fn entity(text: &str) -> Option<(usize, Option<char>)> {
    let rest = text.strip_prefix('&')?;
    let (digits, radix) = match (rest.strip_prefix("#x"), rest.strip_prefix('#')) {
        (Some(digits), _) => (digits, 16),
        (None, Some(digits)) => (digits, 10),
        (None, None) => {
            let named = |byte: u8| is_ascii_word(byte) || matches!(byte, b'-' | b'.' | b':');
            let len = rest.bytes().take_while(|&byte| named(byte)).count();
            let valid = len > 0 && !rest.starts_with(['-', '.']) && rest[len..].starts_with(';');
            return valid.then(|| (len + 2, entities::named(&rest[..len])));
        }
    };
    let len = digits.bytes().take_while(|byte| (*byte as char).is_digit(radix)).count();
    let valid = len > 0 && digits[len..].starts_with(';');
    valid.then(|| (text.len() - digits.len() + len + 1, Some(entities::numbered(&digits[..len], radix))))
}
