//! Source text: spans, lines and columns. Nothing else in the crate knows what a line is called.

mod slips;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;
use std::ops::{Index, Range};

pub(crate) use slips::{Edits, have_same_digits, is_slip, nearest};

/// A range of bytes in the file as it is on disk, byte order mark and carriage returns included.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

impl Span {
    /// From one byte to the one before another.
    pub const fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// Nothing, at a byte.
    pub const fn empty(at: usize) -> Span {
        Span { start: at, end: at }
    }

    /// How many bytes it has.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it has no bytes.
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether a byte is one of it.
    pub const fn contains(self, offset: &usize) -> bool {
        self.start <= *offset && *offset < self.end
    }

    /// The same as a range, for what knows no spans.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(Range { start, end }: Range<usize>) -> Span {
        Span { start, end }
    }
}

impl Index<Span> for str {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self[span.start..span.end]
    }
}

impl Index<Span> for String {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        &self.as_str()[span]
    }
}

impl<T> Index<Span> for [T] {
    type Output = [T];

    fn index(&self, span: Span) -> &[T] {
        &self[span.start..span.end]
    }
}

/// A place a person can go to: both count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line; `\n` and `\r\n` end one.
    pub line: usize,
    /// The column, in characters (Unicode scalar values).
    pub column: usize,
}

/// Where the lines of a text begin.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    /// Made when the first line is asked for: of most posts there is nothing to tell.
    starts: OnceCell<Vec<usize>>,
    /// How many characters begin before each `STRIDE`-th byte, so that a long line is not counted for every column in it.
    counted: OnceCell<Vec<usize>>,
}

const STRIDE: usize = 1024;

impl<'a> Lines<'a> {
    /// The lines of a text.
    pub fn new(text: &'a str) -> Self {
        Lines { text, starts: OnceCell::new(), counted: OnceCell::new() }
    }

    fn starts(&self) -> &[usize] {
        self.starts.get_or_init(|| {
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at + 1)).collect()
        })
    }

    fn counted(&self) -> &[usize] {
        self.counted.get_or_init(|| {
            let counts = self.text.as_bytes().chunks(STRIDE).scan(0, |sum, chunk| {
                *sum += characters(chunk);
                Some(*sum)
            });
            std::iter::once(0).chain(counts).collect()
        })
    }

    /// The text itself.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// The number of the line that holds a byte, counted from 0.
    pub(crate) fn index(&self, offset: usize) -> usize {
        self.starts().partition_point(|&start| start <= offset) - 1
    }

    /// The bytes of a line counted from 0, without its line break.
    pub(crate) fn span(&self, index: usize) -> Span {
        let start = self.starts()[index];
        let end = self.starts().get(index + 1).map_or(self.text.len(), |next| next - 1);
        let line = &self.text[start..end];
        Span::new(start, start + line.strip_suffix('\r').unwrap_or(line).len())
    }

    /// Line and column of a byte offset, which must lie on a character boundary.
    pub fn position(&self, offset: usize) -> Position {
        let index = self.index(offset);
        let start = self.starts()[index];
        // A byte order mark is no character that an editor shows.
        let before = self.text[start..offset].trim_start_matches('\u{feff}');
        Position { line: index + 1, column: self.characters_in(Span::new(offset - before.len(), offset)) + 1 }
    }

    fn characters_in(&self, span: Span) -> usize {
        if span.len() <= STRIDE {
            return characters(&self.text.as_bytes()[span]);
        }
        let before = |offset: usize| {
            let strides = offset / STRIDE;
            self.counted()[strides] + characters(&self.text.as_bytes()[strides * STRIDE..offset])
        };
        before(span.end) - before(span.start)
    }
}

/// How many characters begin in some bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| !(0x80..0xc0).contains(&byte)).count()
}

/// The last of some things, in the order in which their spans begin, that begins at or before a byte, if it holds it.
pub(crate) fn holding<T>(things: &[T], offset: usize, span: impl Fn(&T) -> &Span) -> Option<&T> {
    let after = things.partition_point(|thing| span(thing).start <= offset);
    things[..after].last().filter(|thing| offset < span(thing).end)
}

/// The span without white space at its ends.
#[inline]
pub(crate) fn trimmed(text: &str, span: Span) -> Span {
    // Nearly always it begins and ends with a sign of ASCII, or with one and a line break.
    match &text.as_bytes()[span] {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => span,
        [b'!'..=b'~', .., b'!'..=b'~', b'\n'] => Span::new(span.start, span.end - 1),
        _ => trimmed_of_all(text, span),
    }
}

/// The same of white space that may be any.
fn trimmed_of_all(text: &str, span: Span) -> Span {
    let bytes = text.as_bytes()[span].trim_ascii_end();
    let start = span.start + (bytes.len() - bytes.trim_ascii_start().len());
    if let (Some(b'!'..=b'~'), Some(b'!'..=b'~')) = (text.as_bytes().get(start), bytes.last()) {
        return Span::new(start, span.start + bytes.len());
    }
    let slice = &text[span];
    let start = span.start + (slice.len() - slice.trim_start().len());
    Span::new(start, start.max(span.start + slice.trim_end().len()))
}

/// A line behind the marks of quotes and white space at its beginning.
pub(crate) fn past_quotes(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '\t'])
}

/// A line without the marks of quotes and white space around it.
pub(crate) fn unquoted(text: &str, line: Span) -> Span {
    trimmed(text, Span::new(line.end - past_quotes(&text[line]).len(), line.end))
}

/// The last place at or before a byte where a character begins, or the end of the text.
pub(crate) fn boundary(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Where the line of a byte begins.
pub(crate) fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

/// Whether nothing else stands on the lines that a stretch begins and ends on.
pub(crate) fn is_alone_on_lines(text: &str, span: Span) -> bool {
    let behind = text[span.end..].split('\n').next().unwrap_or_default();
    text[line_start(text, span.start)..span.start].trim().is_empty() && behind.trim().is_empty()
}

/// Where a text begins behind its byte order mark, if it has one; some tools put another before it, which Hugo passes
/// over as well.
pub(crate) fn after_bom(text: &str) -> usize {
    text.len() - text.trim_start_matches('\u{feff}').len()
}

/// The first line of a text, behind its byte order mark.
pub(crate) fn opening(text: &str) -> Span {
    first_line(text, Span::new(after_bom(text), text.len()))
}

/// The span up to its first line break.
pub(crate) fn first_line(text: &str, span: Span) -> Span {
    let end = memchr::memchr(b'\n', &text.as_bytes()[span]).map_or(span.end, |at| span.start + at);
    let line = &text[span.start..end];
    Span::new(span.start, span.start + line.strip_suffix('\r').unwrap_or(line).len())
}

/// The lines of a stretch of a text, without their `\n`.
pub(crate) fn lines_in(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut start = span.start;
    std::iter::from_fn(move || {
        (start < span.end).then(|| {
            let end = memchr::memchr(b'\n', &text.as_bytes()[start..span.end]).map_or(span.end, |at| start + at);
            Span::new(std::mem::replace(&mut start, end + 1), end)
        })
    })
}

/// The first line of a text as it can be quoted, without white space around it: at most so many characters, and `…`
/// where there is more of it.
pub(crate) fn beginning(text: &str, most: usize) -> Cow<'_, str> {
    let line = text.trim().split(['\n', '\r']).next().unwrap_or_default().trim_end();
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()).into(),
        None => line.into(),
    }
}

/// Names as a message lists them.
pub(crate) fn listed(names: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Whether a sign is one of a script of East Asia, or of those behind: there words stand side by side without spaces, or
/// with particles.
pub(crate) fn is_east_asian(sign: char) -> bool {
    sign >= '\u{1100}'
}

/// Whether a line reads in Markdown as it is written, whatever engine reads it: no markup in it, no white space around it.
pub(crate) fn is_plain(line: &str) -> bool {
    const MARKUP: &[char] = &['*', '_', '`', '[', '<', '&', '\\', '$', '{', '#', '~', '|', '\n'];
    !line.is_empty() && line.trim() == line && !line.contains(MARKUP)
}

/// What a sign is called that looks like a space, or like nothing, and that Markdown and YAML take for a letter.
pub(crate) fn odd_space(sign: char) -> Option<String> {
    let name = match sign {
        '\u{a0}' | '\u{202f}' => "a no-break space",
        '\u{3000}' => "a full-width space",
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' => "a space without a width",
        '\u{feff}' => "a byte order mark",
        ' ' | '\t' | '\n' | '\r' => return None,
        sign if sign.is_whitespace() => "a space of another kind",
        _ => return None,
    };
    Some(format!("U+{:04X} ({name})", u32::from(sign)))
}

/// The offset of a slice in the text it was cut from.
///
/// Parsers hand out slices of their input; the addresses tell where they stand. `None` for a slice of another text.
pub(crate) fn offset_in(text: &str, slice: &str) -> Option<usize> {
    let offset = (slice.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    (offset + slice.len() <= text.len()).then_some(offset)
}

/// Why a value is refused by its type: `{}` shows what is wrong and `{:#}` what to write instead, so that both pass
/// through [`serde::de::Error::custom`].
#[derive(Debug)]
pub(crate) struct Refused {
    pub message: String,
    pub help: Option<String>,
}

impl Refused {
    /// Says what is wrong, with the value.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Refused { message: message.into(), help: None }
    }

    /// Says what to do.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Refused { help: Some(help.into()), ..self }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self.help.as_ref().filter(|_| f.alternate()).unwrap_or(&self.message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns() {
        let lines = Lines::new("\u{feff}가나\r\n\r\nb");
        assert_eq!(lines.starts().len(), 3);
        assert_eq!(lines.span(0), Span::new(0, 9));
        assert_eq!(lines.span(1), Span::empty(11));
        assert_eq!(lines.position(6), Position { line: 1, column: 2 });
        assert_eq!(lines.position(14), Position { line: 3, column: 2 });
        assert_eq!(Lines::new("").position(0), Position { line: 1, column: 1 });
    }

    #[test]
    fn the_nearest_name() {
        let names = ["learned", "feeling", "느낀 점"];
        assert_eq!(nearest("feelings", names), Some("feeling"));
        assert_eq!(nearest("lerned", names), Some("learned"));
        assert_eq!(nearest("느낌 점", names), Some("느낀 점"));
        assert_eq!(nearest("boostcamp", names), None);
        assert_eq!(nearest("점", ["회"]), None);
    }

    #[test]
    fn slips() {
        for written in ["titel", "tilte", "titl", "titlee", "Title"] {
            assert!(is_slip(written, "title"), "{written}");
        }
        for (written, meant) in
            [("title", "title"), ("titre", "tiles"), ("toc", "tod"), ("EP01", "EP02"), ("titles", "title")]
        {
            assert!(!is_slip(written, meant), "{written}");
        }
    }

    #[test]
    fn columns_of_long_lines() {
        for length in [STRIDE - 1, STRIDE, 2 * STRIDE, 3 * STRIDE + 1] {
            let text = format!("a\n{}", "가".repeat(length));
            let lines = Lines::new(&text);
            for column in [0, 1, STRIDE / 3, length - 1, length] {
                assert_eq!(lines.position(2 + column * 3), Position { line: 2, column: column + 1 });
            }
        }
        let text = "a".repeat(STRIDE);
        assert_eq!(Lines::new(&text).position(STRIDE).column, STRIDE + 1);
    }

    #[test]
    fn a_slice_of_another_text_has_no_offset() {
        let text = String::from("one two");
        assert_eq!(offset_in(&text, &text[4..]), Some(4));
        assert_eq!(offset_in(&text[..3], &text[4..]), None);
    }
}
