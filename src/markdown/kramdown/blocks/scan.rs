//! How the lines of a text look to kramdown: what begins a block, and what ends one.
//!
//! Every function is given text that begins with a line, and says how many bytes belong to what it looks for.

use memchr::memchr;

use crate::markdown::kramdown::char_classes::{is_space, is_word, spaces};
use crate::markdown::kramdown::{attributes, tags};
use crate::text::Span;

/// How far the end of an attribute list is looked for, in bytes.
const LONGEST_ATTRIBUTES: usize = 4096;

/// The first line with its line break.
pub(crate) fn line(text: &str) -> usize {
    memchr(b'\n', text.as_bytes()).map_or(text.len(), |end| end + 1)
}

/// The first byte of a text; a line break where there is none.
pub(crate) fn first(text: &str) -> u8 {
    text.as_bytes().first().copied().unwrap_or(b'\n')
}

/// How many of a byte a text begins with.
pub(crate) fn run(text: &str, byte: u8) -> usize {
    text.bytes().take_while(|&other| other == byte).count()
}

/// Up to three spaces, as they may stand before most blocks.
pub(crate) fn margin(text: &str) -> usize {
    text.bytes().take(3).take_while(|&byte| byte == b' ').count()
}

/// Blank lines: white space up to the last line break in it; 0 without one. `BLANK_LINE` in `blank_line.rb`.
pub(crate) fn blank(text: &str) -> usize {
    if !is_space(first(text)) {
        return 0;
    }
    let end = text.bytes().position(|byte| !is_space(byte)).unwrap_or(text.len());
    text[..end].rfind('\n').map_or(0, |at| at + 1)
}

/// White space up to the end of the line, with the line break.
pub(crate) fn rest_of_line(text: &str) -> Option<usize> {
    let end = memchr(b'\n', text.as_bytes())?;
    text.bytes().take(end).all(is_space).then_some(end + 1)
}

/// One step of indentation, a tab or four spaces: `INDENT` in `kramdown.rb`.
pub(crate) fn indent(text: &str) -> usize {
    match text.as_bytes() {
        [b'\t', ..] => 1,
        [b' ', b' ', b' ', b' ', ..] => 4,
        _ => 0,
    }
}

/// `^` alone on a line: `EOB_MARKER` in `eob.rb`.
pub(crate) fn end_marker(text: &str) -> Option<usize> {
    Some(1 + rest_of_line(text.strip_prefix('^')?)?)
}

/// `---`, `* * *`, `___`: `HR_START` in `horizontal_rule.rb`.
pub(crate) fn rule(text: &str) -> Option<usize> {
    let margin = margin(text);
    let text = &text[margin..];
    let mark = first(text);
    if !matches!(mark, b'*' | b'-' | b'_') {
        return None;
    }
    let end = line(text);
    let marks = text[..end].trim_end_matches('\n').bytes();
    let count = marks.clone().filter(|&byte| byte == mark).count();
    let pure = marks.clone().all(|byte| byte == mark || byte == b' ' || byte == b'\t');
    (count >= 3 && pure).then_some(margin + end)
}

/// What marks the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marker {
    /// `*`, `+` or `-`
    Bullet,
    /// `1.`
    Number,
    /// `:` before a description.
    Colon,
}

/// A marker of a list item with at most `margin` spaces before it, and the spaces: `LIST_START` in `list.rb`.
pub(crate) fn list_marker(text: &str, kind: Marker, margin: usize) -> Option<usize> {
    let spaces = text.bytes().take(margin).take_while(|&byte| byte == b' ').count();
    let text = &text[spaces..];
    let len = match (kind, first(text)) {
        (Marker::Bullet, b'*' | b'+' | b'-') | (Marker::Colon, b':') => 1,
        (Marker::Number, b'0'..=b'9') => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            text[digits..].starts_with('.').then_some(digits + 1)?
        }
        _ => return None,
    };
    matches!(first(&text[len..]), b'\t' | b'|' | b' ').then_some(spaces + len)
}

/// Whether a list begins.
pub(crate) fn starts_list(text: &str) -> bool {
    list_marker(text, Marker::Bullet, 3).is_some() || list_marker(text, Marker::Number, 3).is_some()
}

/// `# ` as GFM has it, up to its text: `ATX_HEADER_START` in `gfm.rb`.
pub(crate) fn gfm_heading(text: &str) -> Option<(u8, usize)> {
    let level = run(text, b'#');
    let spaces = text[level..].bytes().take_while(|&byte| byte == b' ' || byte == b'\t').count();
    ((1..=6).contains(&level) && spaces > 0).then_some((level as u8, level + spaces))
}

/// Whether a fence of GFM may begin: `FENCED_CODEBLOCK_START` in `gfm.rb`.
pub(crate) fn starts_gfm_fence(text: &str) -> bool {
    let fence = &text.as_bytes()[margin(text)..];
    fence.len() >= 3 && fence[..3].iter().all(|byte| matches!(byte, b'~' | b'`'))
}

/// The end of what stands in `{: … }`, of which `text` is what follows the colon, and where what `tail` finds ends.
/// An escaped brace closes only where no other does, as `ALD_ANY_CHARS` in `extensions.rb` falls back.
pub(crate) fn braced(text: &str, tail: impl Fn(&str) -> Option<usize>) -> Option<(usize, usize)> {
    let bytes = &text.as_bytes()[..text.len().min(LONGEST_ATTRIBUTES)];
    let mut ends: Vec<usize> = Vec::new();
    for at in memchr::memchr_iter(b'}', bytes) {
        ends.push(at);
        if at == 0 || bytes[at - 1] != b'\\' {
            break;
        }
    }
    ends.into_iter().rev().filter(|&end| end > 0).find_map(|end| Some((end, end + 1 + tail(&text[end + 1..])?)))
}

/// `{: … }` at the start of the text and alone on its line, what stands in it and its bytes: `IAL_BLOCK` in
/// `extensions.rb`.
pub(crate) fn bare_attributes(text: &str) -> Option<(Span, usize)> {
    let inner = text.strip_prefix("{:").filter(|inner| !inner.starts_with([':', '/']))?;
    let (end, len) = braced(inner, rest_of_line)?;
    Some((Span::new(2, 2 + end), 2 + len))
}

/// The same after up to three spaces: `IAL_BLOCK_START`.
pub(crate) fn block_attributes(text: &str) -> Option<(Span, usize)> {
    let margin = margin(text);
    let (span, len) = bare_attributes(&text[margin..])?;
    Some((Span::new(margin + span.start, margin + span.end), margin + len))
}

/// `{: … }` at the start of a list item, with the white space around it: `LIST_ITEM_IAL` in `list.rb`.
pub(crate) fn item_attributes(text: &str) -> Option<(Span, usize)> {
    let skipped = spaces(text);
    let inner = text[skipped..].strip_prefix("{:").filter(|inner| !inner.starts_with('/'))?;
    if inner[attributes::name(inner)..].starts_with(':') {
        return None;
    }
    let (end, len) = braced(inner, |rest| Some(spaces(rest)))?;
    Some((Span::new(skipped + 2, skipped + 2 + end), skipped + 2 + len))
}

/// Whether an HTML tag at the start of the text, whole or not, ends a paragraph: `LAZY_END_HTML_START` and
/// `LAZY_END_HTML_STOP` in `paragraph.rb`.
pub(crate) fn html_of_a_block(text: &str) -> bool {
    let Some(tag) = text.strip_prefix('<') else { return false };
    let closing = tag.strip_prefix('/');
    let tag = closing.unwrap_or(tag);
    let Some(name) = tags::name(tag) else { return false };
    let word = tag.find(|character| !is_word(character)).unwrap_or(tag.len());
    let in_text = tags::is_span(&tag[..word]) || &tag[..word] == "script";
    let rest = &tag[name.len()..];
    !in_text && (closing.is_none() || rest[spaces(rest)..].starts_with('>'))
}

/// Whether nothing that stands further up may go on lazily: `LAZY_END` in `paragraph.rb`.
pub(crate) fn ends_lazily(text: &str) -> bool {
    match first(text) {
        b'^' => end_marker(text).is_some(),
        b'{' | b'<' | b' ' | b'\t'..=b'\r' => {
            blank(text) > 0 || block_attributes(text).is_some() || html_of_a_block(&text[margin(text)..])
        }
        _ => false,
    }
}

/// Whether a block ends before the text: `BLOCK_BOUNDARY` in `block_boundary.rb`.
pub(crate) fn is_boundary(text: &str) -> bool {
    text.is_empty() || blank(text) > 0 || end_marker(text).is_some() || block_attributes(text).is_some()
}
