//! The tags in HTML that engines hand on as it is.

use std::borrow::Cow;

use crate::render::kramdown::references;
use crate::text::Span;

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tag<'t> {
    /// Its name as it is written.
    pub name: &'t str,
    /// Names and values of its attributes, references to characters resolved, and where the values stand.
    pub attributes: Vec<(&'t str, Cow<'t, str>, Span)>,
}

/// The attributes that links of an element stand in.
pub(crate) fn link_attributes(element: &str) -> &'static [&'static str] {
    const LINKS: &[(&str, &[&str])] = &[
        ("a", &["href"]),
        ("area", &["href"]),
        ("audio", &["src"]),
        ("embed", &["src"]),
        ("iframe", &["src"]),
        ("img", &["src"]),
        ("object", &["data"]),
        ("source", &["src"]),
        ("track", &["src"]),
        ("video", &["src", "poster"]),
    ];
    LINKS.iter().find(|(name, _)| name.eq_ignore_ascii_case(element)).map_or(&[], |(_, attributes)| attributes)
}

/// The opening tags of a text, in order. What stands in comments, scripts and styles is none.
pub(crate) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = memchr::memchr(b'<', &html.as_bytes()[at..]).map(|open| at + open) {
        let rest = &html[open + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            let Some(end) = memchr::memmem::find(comment.as_bytes(), b"-->") else { break };
            at = open + 4 + end + 3;
        } else if rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let (tag, end) = tag(html, open + 1);
            at = end;
            if ["script", "style"].iter().any(|name| name.eq_ignore_ascii_case(tag.name)) {
                let close = format!("</{}", tag.name);
                let Some(end) = memchr::memmem::find(&html.as_bytes()[at..], close.as_bytes()) else { break };
                at += end;
            }
            tags.push(tag);
        } else {
            at = open + 1;
        }
    }
    tags
}

/// The tag whose name begins at a byte, and its end.
fn tag(html: &str, start: usize) -> (Tag<'_>, usize) {
    let bytes = html.as_bytes();
    let until = |from: usize, stops: fn(u8) -> bool| {
        from + bytes[from..].iter().position(|&byte| stops(byte)).unwrap_or(bytes.len() - from)
    };
    let name_ends = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    let mut at = until(start, name_ends);
    let mut tag = Tag { name: &html[start..at], attributes: Vec::new() };
    loop {
        at = until(at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        if at == bytes.len() || bytes[at] == b'>' {
            return (tag, (at + 1).min(bytes.len()));
        }
        let end = until(at + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'='));
        let name = &html[at..end];
        at = until(end, |byte| !byte.is_ascii_whitespace());
        if bytes.get(at) != Some(&b'=') {
            tag.attributes.push((name, Cow::Borrowed(""), end..end));
            continue;
        }
        let value = until(at + 1, |byte| !byte.is_ascii_whitespace());
        let span = match bytes.get(value) {
            Some(b'"') => value + 1..until(value + 1, |byte| byte == b'"'),
            Some(b'\'') => value + 1..until(value + 1, |byte| byte == b'\''),
            _ => value..until(value, |byte| byte.is_ascii_whitespace() || byte == b'>'),
        };
        at = span.end + usize::from(matches!(bytes.get(value), Some(b'"' | b'\'')));
        at = at.min(bytes.len());
        tag.attributes.push((name, unescaped(&html[span.clone()]), span));
    }
}

fn unescaped(value: &str) -> Cow<'_, str> {
    let (mut text, mut at) = (String::new(), 0);
    for (reference, character) in references::all(value) {
        text.push_str(&value[at..reference.start]);
        text.push(character);
        at = reference.end;
    }
    if at == 0 { Cow::Borrowed(value) } else { Cow::Owned(text + &value[at..]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_html() {
        let shown = |html: &str| {
            let attributes = |tag: &Tag| {
                let pairs = tag.attributes.iter().map(|(name, value, span)| {
                    assert!(value.contains('&') || html[span.clone()] == **value, "{html}");
                    format!(" {name}={value}")
                });
                pairs.collect::<String>()
            };
            tags(html).iter().map(|tag| format!("{}{}", tag.name, attributes(tag))).collect::<Vec<_>>().join("; ")
        };
        for (html, expected) in [
            ("<a href=\"/b?c=1&amp;d\">x</a><IMG src='e f.png' alt>", "a href=/b?c=1&d; IMG src=e f.png alt="),
            ("<a href=\"caf&#233;/&lt;&nope;\">", "a href=café/<&nope;"),
            ("<a\n  href = b\n>", "a href=b"),
            ("<!-- <a href=b> --><p>1 < 2</p>", "p"),
            ("<script>'<a href=b>'</script><br/>", "script; br"),
            ("<img src=a/b.png/>", "img src=a/b.png/"),
            ("<a href=\"b", "a href=b"),
            ("<a", "a"),
            ("<", ""),
        ] {
            assert_eq!(shown(html), expected, "{html}");
        }
    }
}
