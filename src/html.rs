//! HTML that engines hand on as it is, cut as browsers cut it (HTML, "Tokenization").

use crate::text::Span;

/// An opening tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag<'t> {
    /// Its name as it is written.
    pub name: &'t str,
    /// The byte of its `<`.
    pub start: usize,
    html: &'t str,
}

/// An attribute of a tag.
#[derive(Debug)]
pub(crate) struct Attribute<'t> {
    /// Its name as it is written.
    pub name: &'t str,
    /// Its value as it is written, without quotes; nothing where there is none.
    pub value: &'t str,
}

enum Token<'t> {
    Tag(Tag<'t>),
    /// The name in a closing tag.
    Closing(&'t str),
    Comment(Span),
}

/// Elements that hold nothing (HTML, "Void elements").
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// The opening tags of a text, in order. What stands in comments, scripts and styles is none.
pub(crate) fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    Tokens { html, at: 0 }.filter_map(|token| match token {
        Token::Tag(tag) => Some(tag),
        Token::Closing(_) | Token::Comment(_) => None,
    })
}

/// Where in a text a tag or a comment begins for a browser, whether or not it ends (HTML, "Tag open state").
pub(crate) fn opening(text: &str) -> Option<usize> {
    let begins =
        |at: &usize| text[at + 1..].starts_with(|next: char| next.is_ascii_alphabetic() || "/!?".contains(next));
    memchr::memchr_iter(b'<', text.as_bytes()).find(begins)
}

/// The name in the closing tag that a text begins with.
pub(crate) fn closing(html: &str) -> Option<&str> {
    let rest =
        html.trim_start().strip_prefix("</").filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    rest.split(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).next()
}

/// The comments of a text, in order, from `<!--` to `-->`.
pub(crate) fn comments(html: &str) -> impl Iterator<Item = Span> + '_ {
    Tokens { html, at: 0 }.filter_map(|token| match token {
        Token::Tag(_) | Token::Closing(_) => None,
        Token::Comment(span) => Some(span),
    })
}

/// Whether an element, a tag or a comment that begins in a text goes on behind it.
pub(crate) fn goes_on(html: &str) -> bool {
    /// Nobody closes so many.
    const DEEPEST: usize = 64;
    let mut open: Vec<&str> = Vec::new();
    for token in (Tokens { html, at: 0 }) {
        match token {
            Token::Tag(_) if open.len() == DEEPEST => return true,
            Token::Tag(tag) => {
                let written = &html[tag.start..tag.end()];
                let is_empty = VOID.iter().any(|void| tag.is(void)) || written.ends_with("/>");
                if !written.ends_with('>') || !is_empty {
                    open.push(tag.name);
                }
            }
            Token::Closing(name) => {
                let around = open.iter().rposition(|open| open.eq_ignore_ascii_case(name));
                open.truncate(around.unwrap_or(open.len()));
            }
            Token::Comment(_) => {}
        }
    }
    let is_comment = || html.rfind("<!--").is_some_and(|start| !html[start..].contains("-->"));
    !open.is_empty() || is_comment()
}

/// The opening tag that stands at a byte.
pub(crate) fn tag_at(html: &str, start: usize) -> Option<Tag<'_>> {
    let rest = html[start..].strip_prefix('<').filter(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(rest.len());
    Some(Tag { name: &rest[..end], start, html })
}

/// The bytes of an entity such as `&lt;` at the start of a text: who writes one means the character.
pub(crate) fn entity(text: &str) -> Option<usize> {
    let name = text.strip_prefix('&')?.split(';').next()?;
    let named = name.strip_prefix('#').unwrap_or(name).bytes().all(|byte| byte.is_ascii_alphanumeric());
    (named && !name.is_empty() && name.len() + 2 <= text.len()).then_some(name.len() + 2)
}

impl<'t> Tag<'t> {
    /// Its attributes, in order.
    pub(crate) fn attributes(&self) -> Attributes<'t> {
        Attributes { html: self.html, at: self.start + 1 + self.name.len() }
    }

    /// Whether it is the tag of such an element.
    pub(crate) fn is(&self, element: &str) -> bool {
        self.name.eq_ignore_ascii_case(element)
    }

    /// The byte behind its `>`.
    pub(crate) fn end(&self) -> usize {
        let mut reader = self.attributes();
        while reader.next().is_some() {}
        (reader.at + 1).min(self.html.len())
    }
}

struct Tokens<'t> {
    html: &'t str,
    at: usize,
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let html = self.html;
        let after = |from: usize, mark: &str| {
            let rest = html.as_bytes().get(from..)?;
            memchr::memmem::find(rest, mark.as_bytes()).map(|at| from + at)
        };
        loop {
            let open = self.at + memchr::memchr(b'<', html.as_bytes().get(self.at..)?)?;
            self.at = open + 1;
            if html[open..].starts_with("<!--") {
                let end = after(open + 4, "-->");
                self.at = end.map_or(html.len(), |end| end + 3);
                return end.map(|_| Token::Comment(Span::new(open, self.at)));
            }
            if let Some(tag) = tag_at(html, open) {
                self.at = tag.end();
                if tag.is("script") || tag.is("style") {
                    self.at = after(self.at, &format!("</{}", tag.name)).unwrap_or(html.len());
                }
                return Some(Token::Tag(tag));
            }
            if let Some(name) = closing(&html[open..]) {
                return Some(Token::Closing(name));
            }
        }
    }
}

/// Reads to the `>` of a tag.
pub(crate) struct Attributes<'t> {
    html: &'t str,
    at: usize,
}

impl Attributes<'_> {
    /// The first byte from one on that is such a one, or the end.
    fn until(&self, from: usize, stops: fn(u8) -> bool) -> usize {
        let rest = self.html.as_bytes().get(from..).unwrap_or_default();
        rest.iter().position(|&byte| stops(byte)).map_or(self.html.len(), |at| from + at)
    }
}

impl<'t> Iterator for Attributes<'t> {
    type Item = Attribute<'t>;

    fn next(&mut self) -> Option<Attribute<'t>> {
        let bytes = self.html.as_bytes();
        let is_text = |byte: u8| !byte.is_ascii_whitespace();
        let start = self.until(self.at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        self.at = start;
        if bytes.get(start).is_none_or(|&byte| byte == b'>') {
            return None;
        }
        let end = self.until(start + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'='));
        let name = &self.html[start..end];
        self.at = self.until(end, is_text);
        if bytes.get(self.at) != Some(&b'=') {
            return Some(Attribute { name, value: "" });
        }
        let open = self.until(self.at + 1, is_text);
        let (from, to) = match bytes.get(open) {
            Some(b'"') => (open + 1, self.until(open + 1, |byte| byte == b'"')),
            Some(b'\'') => (open + 1, self.until(open + 1, |byte| byte == b'\'')),
            _ => (open, self.until(open, |byte| byte.is_ascii_whitespace() || byte == b'>')),
        };
        self.at = (to + usize::from(from > open)).min(bytes.len());
        Some(Attribute { name, value: &self.html[from..to] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_html() {
        let attributes = |tag: &Tag| {
            let pairs = tag.attributes().map(|Attribute { name, value }| format!(" {name}={value}"));
            pairs.collect::<String>()
        };
        for (html, expected) in [
            ("<a href=\"/b?c=1&amp;d\">x</a><IMG src='e f.png' alt>", "a href=/b?c=1&amp;d; IMG src=e f.png alt="),
            ("<a\n  href = b\n>", "a href=b"),
            ("<!-- <a href=b> --><p>1 < 2</p>", "p"),
            ("<script>'<a href=b>'</script><br/>", "script; br"),
            ("<img src=a/b.png/>", "img src=a/b.png/"),
            ("<a b='>'><i>", "a b=>; i"),
            ("<a href=\"b", "a href=b"),
            ("<a b=", "a b="),
            ("<!-- <a>", ""),
            ("<a", "a"),
            ("<", ""),
        ] {
            let shown = tags(html).map(|tag| format!("{}{}", tag.name, attributes(&tag)));
            assert_eq!(shown.collect::<Vec<_>>().join("; "), expected, "{html}");
        }
    }

    #[test]
    fn what_goes_on() {
        for (html, expected) in [
            ("<br>\n", false),
            ("<br/>\n<img src=a>", false),
            ("</div>\n", false),
            ("<div><p>a</div>\n", false),
            ("<div/>", false),
            ("<div>\n<br>\n</p>", true),
            ("<p>a", true),
            ("<br\n", true),
            ("<br><!-- a", true),
            ("<br><!-- a -->", false),
            ("<STYLE>a</STYLE>", false),
            ("<style>a<b></b>", true),
        ] {
            assert_eq!(goes_on(html), expected, "{html}");
        }
    }

    #[test]
    fn comments_of_html() {
        for (html, expected) in [
            ("a <!-- b --><i><!--c-->", vec!["<!-- b -->", "<!--c-->"]),
            ("<i title='<!-- a -->'>", vec![]),
            ("<!-- a", vec![]),
            ("<!-->", vec![]),
        ] {
            assert_eq!(comments(html).map(|span| &html[span]).collect::<Vec<_>>(), expected, "{html}");
        }
    }
}
