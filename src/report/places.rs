//! Lines and columns as the formats count them that other programs read.

use super::clamp;
use crate::text::{Lines, Span, after_bom};

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// A unit of UTF-16; a byte order mark is none.
    Utf16,
    /// A byte of the line as it is on disk.
    Byte,
}

/// A span in lines and columns, both from 1; the end is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl Region {
    pub(super) fn new(lines: &Lines, span: &Span, unit: Unit) -> Region {
        let Span { start, end } = clamp(lines.text(), span);
        let [(line, column), (end_line, end_column)] = [start, end].map(|offset| place(lines, offset, unit));
        Region { line, column, end_line, end_column }
    }
}

fn place(lines: &Lines, offset: usize, unit: Unit) -> (usize, usize) {
    let index = lines.index(offset);
    let before = &lines.text()[lines.span(index).start..offset];
    let column = match unit {
        Unit::Utf16 => before[after_bom(before)..].chars().map(char::len_utf16).sum(),
        Unit::Byte => before.len(),
    };
    (index + 1, column + 1)
}

/// A path as a part of a URI.
pub(super) fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_in_units_and_bytes() {
        let text = "\u{feff}가😀x\r\n나\u{301}y\nz";
        let lines = Lines::new(text);
        for (words, utf16, bytes) in [
            ("x", (1, 4, 1, 5), (1, 11, 1, 12)),
            ("y", (2, 3, 2, 4), (2, 6, 2, 7)),
            ("x\r\n나", (1, 4, 2, 2), (1, 11, 2, 4)),
            ("y\n", (2, 3, 3, 1), (2, 6, 3, 1)),
            ("z", (3, 1, 3, 2), (3, 1, 3, 2)),
        ] {
            let start = text.find(words).expect("words of the text");
            let span = Span::new(start, start + words.len());
            for (unit, (line, column, end_line, end_column)) in [(Unit::Utf16, utf16), (Unit::Byte, bytes)] {
                let expected = Region { line, column, end_line, end_column };
                assert_eq!(Region::new(&lines, &span, unit), expected, "{words:?}");
            }
        }
    }

    #[test]
    fn paths_in_a_uri() {
        assert_eq!(uri("_posts/글 1%.md"), "_posts/%EA%B8%80%201%25.md");
        assert_eq!(uri("a:b?#[c].md"), "a%3Ab%3F%23%5Bc%5D.md");
    }
}
