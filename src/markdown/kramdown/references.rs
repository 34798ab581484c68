//! References to characters in HTML that is handed on as it is: `&amp;`, `&#39;`.

use std::borrow::Cow;

use super::entities;
use crate::text::Span;

/// The references in a text, with the characters they stand for; those that kramdown does not know are text.
pub(crate) fn all(text: &str) -> impl Iterator<Item = (Span, char)> + '_ {
    memchr::memchr_iter(b'&', text.as_bytes()).filter_map(|start| {
        let (len, character) = one(&text[start + 1..])?;
        Some((Span::new(start, start + 1 + len), character))
    })
}

/// The same as browsers read them: those that HTML 3.2 had need no `;` (HTML, "Named character reference state").
pub(crate) fn of_browsers(text: &str) -> impl Iterator<Item = (Span, char)> + '_ {
    memchr::memchr_iter(b'&', text.as_bytes()).filter_map(|start| {
        let rest = &text[start + 1..];
        let (len, character) = one(rest).or_else(|| open(rest))?;
        Some((Span::new(start, start + 1 + len), character))
    })
}

/// The character that the beginning of a text after `&` names without a `;`: the longest name counts.
fn open(text: &str) -> Option<(usize, char)> {
    const LONGEST: usize = 6;
    let word = text.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    (2..=word).rev().find_map(|end| {
        let character = match &text[..end] {
            "AMP" => '&',
            "LT" => '<',
            "GT" => '>',
            "QUOT" => '"',
            "COPY" => '©',
            "REG" => '®',
            name => {
                entities::named(name).filter(|named| matches!(named, '&' | '<' | '>' | '"' | '\u{a0}'..='\u{ff}'))?
            }
        };
        Some((end, character))
    })
}

/// A text with its references as characters.
pub(crate) fn resolved(text: &str) -> Cow<'_, str> {
    let (mut resolved, mut at) = (String::new(), 0);
    for (reference, character) in all(text) {
        resolved.push_str(&text[at..reference.start]);
        resolved.push(character);
        at = reference.end;
    }
    if at == 0 { Cow::Borrowed(text) } else { Cow::Owned(resolved + &text[at..]) }
}

/// Code in HTML as kramdown escapes it, though no browser reads references there (kramdown 2.4.0, `utils/html.rb`,
/// `escape_html`).
pub(crate) fn escaped(text: Cow<str>) -> Cow<str> {
    if !text.contains(['<', '>', '&']) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len());
    let mut at = 0;
    for (start, sign) in text.match_indices(['<', '>', '&']) {
        escaped.push_str(&text[at..start]);
        at = start + 1;
        escaped.push_str(match sign {
            "<" => "&lt;",
            ">" => "&gt;",
            _ if is_one(&text[at..]) => "&",
            _ => "&amp;",
        });
    }
    escaped.push_str(&text[at..]);
    Cow::Owned(escaped)
}

/// The character that a text after `&` names, with the bytes that name it.
fn one(text: &str) -> Option<(usize, char)> {
    let word = |from: usize| text[from..].bytes().take(32).take_while(u8::is_ascii_alphanumeric).count();
    let (from, radix) = match text.as_bytes() {
        [b'#', b'x', ..] => (2, 16),
        [b'#', ..] => (1, 10),
        _ => (0, 0),
    };
    let end = from + word(from);
    let name = text.get(from..end).filter(|name| !name.is_empty() && text[end..].starts_with(';'))?;
    let character = match radix {
        0 => entities::named(name)?,
        _ if name.chars().all(|digit| digit.is_digit(radix)) => entities::numbered(name, radix),
        _ => return None,
    };
    Some((end + 1, character))
}

/// Whether a text after `&` looks like the rest of a reference, known or not.
fn is_one(text: &str) -> bool {
    let end = text.find(|c: char| !(c.is_alphanumeric() || matches!(c, '#' | ':' | '_' | '-' | '.'))).unwrap_or(0);
    end > 0 && !text.starts_with(['-', '.']) && text[end..].starts_with(';')
}
