//! Quotes that become curly (kramdown 2.4.0, `parser/kramdown/smart_quotes.rb`).

use super::super::char_classes::{is_ascii_word, is_space, is_word_for_boundary};
use super::super::tree::NodeKind;
use super::{Frame, Reader};

/// What the rules say about the quotes here.
struct Quotes {
    /// The character before them that is text, in bytes.
    lead: usize,
    /// How many there are.
    count: usize,
    opening: bool,
}

impl Reader<'_, '_> {
    pub(super) fn quotes(&mut self, frame: &mut Frame) -> bool {
        let mut chars = self.rest().chars();
        let first = chars.next();
        let here = first.is_some_and(is_quote) || first != Some('\\') && chars.next().is_some_and(is_quote);
        if !here {
            return false;
        }
        let Quotes { lead, count, opening } = quotes(self.rest());
        self.take(frame, self.at + lead);
        for _ in 0..count {
            let double = self.rest().starts_with('"');
            let sign = self.document.options.smart_quotes[2 * usize::from(double) + usize::from(!opening)];
            self.add(frame, NodeKind::Sign(sign.into()), self.at + 1);
        }
        true
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'')
}

/// The first of `SQ_RULES` that holds for a text that begins with a quote or the character before one.
fn quotes(text: &str) -> Quotes {
    let bytes = text.as_bytes();
    let (first, second) = (text.chars().next().unwrap_or_default(), text.chars().nth(1).unwrap_or_default());
    let lead = if is_quote(first) { 0 } else { first.len_utf8() };
    let one = |opening| Quotes { lead, count: 1, opening };
    if lead == 0 && before_emphasis(&bytes[1..]) {
        return one(true);
    }
    if lead == 0 && before_punctuation(&text[1..]) {
        return one(false);
    }
    let space = bytes.first().is_some_and(|&byte| is_space(byte));
    let behind = |at: usize| bytes.get(at).copied().unwrap_or_default();
    if lead == 0 || space {
        let pair = matches!((behind(lead), behind(lead + 1)), (b'"', b'\'') | (b'\'', b'"'));
        if pair && is_ascii_word(behind(lead + 2)) {
            return Quotes { lead, count: 2, opening: true };
        }
        let digits = behind(lead + 1).is_ascii_digit() && behind(lead + 2).is_ascii_digit();
        if behind(lead) == b'\'' && digits && behind(lead + 3) == b's' {
            return one(false);
        }
    }
    if space && is_ascii_word(behind(lead + 1)) {
        return one(true);
    }
    let closes = !matches!(first, ' ' | '\\' | '\t' | '\r' | '\n' | '[' | '{' | '(' | '-');
    if is_quote(second) && closes {
        return Quotes { lead: first.len_utf8(), count: 1, opening: false };
    }
    one(!(lead == 0 && before_space_or_s(&text[1..])))
}

/// `[_*]{1,2}\S`
fn before_emphasis(rest: &[u8]) -> bool {
    matches!(rest, [b'_' | b'*', next, ..] if !is_space(*next))
}

/// Punctuation, `&` aside, that no letter follows, and that is not the first of three dots.
fn before_punctuation(rest: &str) -> bool {
    let mut chars = rest.chars();
    let Some(sign) = chars.next().filter(|&c| c.is_ascii_punctuation() && c != '&') else { return false };
    let word = |c: Option<char>| c.is_some_and(is_word_for_boundary);
    !chars.as_str().starts_with("..") && word(Some(sign)) == word(chars.next())
}

/// `\s|s\b|$`
fn before_space_or_s(rest: &str) -> bool {
    match rest.strip_prefix('s') {
        Some(rest) => !rest.starts_with(is_word_for_boundary),
        None => rest.bytes().next().is_none_or(is_space),
    }
}
