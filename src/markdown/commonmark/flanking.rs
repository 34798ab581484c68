//! Which side of a run of delimiters words are on (CommonMark 0.31.2, "Emphasis and strong emphasis").

use std::sync::LazyLock;

use regex::Regex;

/// Where the words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flanking {
    /// On its right: it can open.
    pub left: bool,
    /// On its left: it can close.
    pub right: bool,
}

/// The flanking of a run between two characters; `\n` stands for the beginning and the end of a line.
pub(crate) fn flanking(before: char, after: char) -> Flanking {
    let (space_before, space_after) = (before.is_whitespace(), after.is_whitespace());
    let (sign_before, sign_after) = (is_punctuation(before), is_punctuation(after));
    Flanking {
        left: !space_after && (!sign_after || space_before || sign_before),
        right: !space_before && (!sign_before || space_after || sign_after),
    }
}

/// Punctuation or a symbol.
pub(crate) fn is_punctuation(sign: char) -> bool {
    static SIGNS: LazyLock<Regex> = LazyLock::new(|| class(r"[\p{P}\p{S}]"));
    is_of(sign, &SIGNS)
}

/// The same without the symbols of other scripts (markdown-it 13, `isPunctChar`).
pub(crate) fn is_mark(sign: char) -> bool {
    static MARKS: LazyLock<Regex> = LazyLock::new(|| class(r"\p{P}"));
    is_of(sign, &MARKS)
}

fn class(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern that a test compiles")
}

/// Whether it is punctuation of ASCII, or of this class.
fn is_of(sign: char, others: &Regex) -> bool {
    match sign.is_ascii() {
        true => sign.is_ascii_punctuation(),
        false => others.is_match(sign.encode_utf8(&mut [0; 4])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides() {
        for (before, after, left, right) in [
            ('a', 'b', true, true),
            (' ', 'b', true, false),
            ('a', '\n', false, true),
            (')', '는', true, false),
            ('(', '가', true, false),
            ('가', '「', false, true),
            ('+', '=', true, true),
        ] {
            assert_eq!(flanking(before, after), Flanking { left, right }, "{before:?} {after:?}");
        }
    }
}
