//! Text in columns of a terminal, where a sign of East Asia is two wide.

use unicode_width::UnicodeWidthChar;

use super::visible;

/// So wide are pictures and tables at most.
pub(crate) const SCREEN: usize = 80;

/// How many columns a text takes as it is printed.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|sign| visible(sign).width().unwrap_or(0)).sum()
}

/// A text without signs that steer the terminal.
pub(super) fn shown(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// A text without signs that steer the terminal, of at most so many columns: of a longer one the end, which tells paths apart.
pub(super) fn end_within(text: &str, columns: usize) -> String {
    let text = shown(text);
    if width(&text) <= columns {
        return text;
    }
    let mut left = columns.saturating_sub(1);
    let mut start = text.len();
    for (at, sign) in text.char_indices().rev() {
        let Some(rest) = left.checked_sub(sign.width().unwrap_or(0)) else { break };
        (left, start) = (rest, at);
    }
    format!("…{}", &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_keep_their_end() {
        for (text, columns, expected) in [
            ("a/b.md", 6, "a/b.md"),
            ("aa/b.md", 6, "…/b.md"),
            ("한국어.md", 8, "…국어.md"),
            ("한국어.md", 7, "…어.md"),
            ("\u{1b}[0m", 8, "␛[0m"),
        ] {
            assert_eq!(end_within(text, columns), expected, "{text}");
            assert!(width(expected) <= columns);
        }
    }
}
