//! Ruby's classes of characters, as the patterns of kramdown use them.
//!
//! `\s`, `\d` and `\w` know ASCII only; `[[:alpha:]]`, `[[:alnum:]]`, `\p{Word}` and `\b` know Unicode.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Span;

/// `\s`, as a byte.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// `\s`
pub(crate) fn is_white(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r')
}

/// `\w`, as a byte.
pub(crate) fn is_ascii_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// `[[:alpha:]]`
pub(crate) fn is_letter(c: char) -> bool {
    c.is_alphabetic()
}

/// `[[:alnum:]]`: letters and decimal digits, but not `²` or `①`.
pub(crate) fn is_letter_or_digit(c: char) -> bool {
    static DIGIT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\p{Nd}").expect("the pattern is valid"));
    c.is_alphabetic() || c.is_ascii_digit() || c.is_numeric() && !c.is_ascii() && matches(&DIGIT, c)
}

/// `\p{Word}`
pub(crate) fn is_word(c: char) -> bool {
    static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{M}\p{Pc}]").expect("the pattern is valid"));
    c == '_' || is_letter_or_digit(c) || !c.is_ascii() && matches(&MARK, c)
}

/// What `\b` stands at the edge of: `\p{Word}`, and some characters of Latin-1 that it leaves out.
pub(crate) fn is_word_for_boundary(c: char) -> bool {
    is_word(c) || matches!(c, '²' | '³' | '¹' | '¼' | '½' | '¾')
}

fn matches(class: &Regex, c: char) -> bool {
    class.is_match(c.encode_utf8(&mut [0; 4]))
}

/// How many bytes of `\s` a text begins with.
pub(crate) fn spaces(text: &str) -> usize {
    text.bytes().take_while(|&byte| is_space(byte)).count()
}

/// What Ruby's `strip` takes away.
pub(crate) fn is_stripped(character: char) -> bool {
    matches!(character, '\0' | ' ' | '\t'..='\r')
}

/// The bytes of `text` in `span` without the white space around them, as Ruby's `strip` sees it.
pub(crate) fn stripped(text: &str, span: Span) -> Span {
    let span = rstripped(text, span);
    Span::new(span.end - text[span].trim_start_matches(is_stripped).len(), span.end)
}

/// The same at the end alone: `rstrip`.
pub(crate) fn rstripped(text: &str, span: Span) -> Span {
    Span::new(span.start, span.start + text[span].trim_end_matches(is_stripped).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_ruby() {
        // Ruby 3.1.7
        let cases =
            [('한', 1, 1, 1), ('²', 0, 0, 0), ('①', 0, 0, 0), ('Ⅷ', 1, 1, 1), ('٣', 0, 1, 1), ('\u{301}', 0, 0, 1)];
        for (c, letter, alphanumeric, word) in cases {
            let found = (is_letter(c), is_letter_or_digit(c), is_word(c));
            assert_eq!(found, (letter == 1, alphanumeric == 1, word == 1), "{c}");
        }
        assert_eq!([is_word('‿'), is_word('\u{200d}'), is_word('_'), is_word('-')], [true, false, true, false]);
        assert_eq!(['²', '①', 'a'].map(is_word_for_boundary), [true, false, true]);
    }
}
