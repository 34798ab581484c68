//! The grammar of a tag of JSX (micromark-extension-mdx-jsx 3, `factory-tag.js`).

use super::FaultKind;
use super::expression;

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tag {
    /// Its name; none of a fragment.
    pub name: String,
    /// It closes an element.
    pub closes: bool,
    /// It closes itself.
    pub is_void: bool,
    /// It has an id.
    pub has_id: bool,
    /// The expressions in it, by where their text begins and ends; whether they may be empty.
    pub expressions: Vec<(usize, usize)>,
    /// The byte behind it.
    pub end: usize,
}

/// Why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoTag {
    /// The `<` is one of text.
    Text,
    /// The text ends within it.
    Open,
    /// A sign at a byte can stand in none.
    Wrong(usize, FaultKind),
}

pub(super) fn starts_name(sign: char) -> bool {
    sign.is_alphabetic() || matches!(sign, '$' | '_')
}

pub(super) fn is_in_name(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '$' | '_' | '\u{200c}' | '\u{200d}')
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let sign = self.peek()?;
        self.at += sign.len_utf8();
        Some(sign)
    }

    fn while_(&mut self, holds: impl Fn(char) -> bool) -> &'t str {
        let start = self.at;
        while self.peek().is_some_and(&holds) {
            self.next();
        }
        &self.text[start..self.at]
    }

    fn space(&mut self) {
        self.while_(char::is_whitespace);
    }
}

/// The tag that begins at the `<` at a byte.
pub(super) fn tag(text: &str, start: usize) -> Result<Tag, NoTag> {
    let mut cursor = Cursor { text, at: start + 1 };
    match cursor.peek() {
        None => return Err(NoTag::Text),
        Some(sign) if sign.is_whitespace() => return Err(NoTag::Text),
        _ => {}
    }
    let mut tag = Tag::default();
    if cursor.peek() == Some('/') {
        cursor.next();
        tag.closes = true;
        cursor.space();
    }
    let Some(sign) = cursor.peek() else { return Err(NoTag::Open) };
    if sign == '>' {
        return Ok(Tag { end: cursor.at + 1, ..tag });
    }
    if !starts_name(sign) {
        let is_comment = text[start..].starts_with("<!--");
        let kind = if is_comment { FaultKind::Comment } else { FaultKind::NoName(sign) };
        return Err(NoTag::Wrong(cursor.at, kind));
    }
    let name_at = cursor.at;
    loop {
        cursor.while_(|sign| is_in_name(sign) || sign == '-');
        let at = cursor.at;
        cursor.space();
        match cursor.peek() {
            Some('.' | ':') => {
                cursor.next();
                cursor.space();
                match cursor.peek() {
                    None => return Err(NoTag::Open),
                    Some(sign) if starts_name(sign) => {}
                    Some(_)
                        if text[name_at..].split(['>', ' ', '\n']).next().is_some_and(|rest| rest.contains("://")) =>
                    {
                        return Err(NoTag::Wrong(start, FaultKind::Autolink));
                    }
                    Some(sign) => return Err(NoTag::Wrong(cursor.at, FaultKind::InTag(sign))),
                }
            }
            _ => {
                tag.name = text[name_at..at].split_whitespace().collect();
                cursor.at = at;
                break;
            }
        }
    }
    let mut is_spaced = cursor.peek().is_some_and(char::is_whitespace);
    loop {
        cursor.space();
        match cursor.peek() {
            None => return Err(NoTag::Open),
            Some('>') => return Ok(Tag { end: cursor.at + 1, ..tag }),
            Some('/') => {
                cursor.next();
                cursor.space();
                return match cursor.peek() {
                    None => Err(NoTag::Open),
                    Some('>') => Ok(Tag { end: cursor.at + 1, is_void: true, ..tag }),
                    Some(sign) => Err(NoTag::Wrong(cursor.at, FaultKind::InTag(sign))),
                };
            }
            Some('{') => {
                let end = expression::end(text, cursor.at).ok_or(NoTag::Open)?;
                cursor.at = end;
                is_spaced = true;
            }
            Some(sign) if starts_name(sign) && is_spaced => {
                let name = cursor.while_(|sign| is_in_name(sign) || matches!(sign, '-' | ':'));
                tag.has_id |= name == "id" || name == "name";
                let after = cursor.at;
                cursor.space();
                is_spaced = cursor.at > after;
                if cursor.peek() != Some('=') {
                    is_spaced = is_spaced || cursor.peek().is_some_and(|sign| matches!(sign, '/' | '>' | '{'));
                    if !is_spaced && cursor.peek().is_some() {
                        let sign = cursor.peek().unwrap_or_default();
                        return Err(NoTag::Wrong(cursor.at, FaultKind::InTag(sign)));
                    }
                    continue;
                }
                cursor.next();
                cursor.space();
                match cursor.peek() {
                    None => return Err(NoTag::Open),
                    Some(quote @ ('"' | '\'')) => {
                        let length = text[cursor.at + 1..].find(quote).ok_or(NoTag::Open)?;
                        cursor.at += length + 2;
                    }
                    Some('{') => {
                        let end = expression::end(text, cursor.at).ok_or(NoTag::Open)?;
                        tag.expressions.push((cursor.at + 1, end - 1));
                        cursor.at = end;
                    }
                    Some(sign) => return Err(NoTag::Wrong(cursor.at, FaultKind::InTag(sign))),
                }
                is_spaced = true;
            }
            Some('@') if tag.name.chars().all(is_in_name) => return Err(NoTag::Wrong(start, FaultKind::Autolink)),
            Some(sign) => return Err(NoTag::Wrong(cursor.at, FaultKind::InTag(sign))),
        }
    }
}
