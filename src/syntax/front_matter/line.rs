//! A line of front matter taken apart without a parser, for texts a parser refuses.

use crate::text::{Span, first_line, trimmed};

/// A line and what it looks like.
#[derive(Debug)]
pub(super) struct Line<'t> {
    text: &'t str,
    /// Without the line break.
    pub span: Span,
    /// The spaces and tabs at its start.
    pub indent: Span,
    /// What stands before the first colon that ends a key.
    pub key: Option<Span>,
    /// What follows the key, or list dashes, or the indentation; without white space at its ends and comment.
    pub value: Span,
}

impl<'t> Line<'t> {
    /// The line that holds a byte.
    pub(crate) fn at(text: &'t str, offset: usize) -> Self {
        let start = memchr::memrchr(b'\n', &text.as_bytes()[..offset]).map_or(0, |at| at + 1);
        Line::from(text, start)
    }

    /// The line that begins at a byte.
    pub(crate) fn from(text: &'t str, start: usize) -> Self {
        let span = first_line(text, Span::new(start, text.len()));
        let line = &text[span];
        let indent = Span::new(start, start + (line.len() - line.trim_start_matches([' ', '\t']).len()));
        let content = indent.end + dashes(&text[indent.end..span.end]);
        let key = key(&text[content..span.end]).map(|length| content..content + length);
        let value = key.as_ref().map_or(content, |key| key.end + 1);
        let value = without_comment(text, trimmed(text, Span::new(value, span.end)));
        let key = key.map(|key| trimmed(text, Span::from(key)));
        Line { text, span, indent, key, value }
    }

    /// The key as it is written.
    pub(crate) fn key_text(&self) -> Option<&'t str> {
        self.key.map(|key| &self.text[key])
    }

    /// The value as it is written.
    pub(crate) fn value_text(&self) -> &'t str {
        &self.text[self.value]
    }

    /// Where the next line begins, if there is one before the end.
    pub(crate) fn next(&self, end: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[self.span.end..end.max(self.span.end)];
        memchr::memchr(b'\n', rest).map(|at| self.span.end + at + 1).filter(|&next| next < end)
    }

    /// Where the next line of a key at the top begins, if there is one before the end.
    pub(crate) fn next_entry(&self, end: usize) -> Option<usize> {
        let mut next = self.next(end);
        while let Some(start) = next {
            let line = Line::from(self.text, start);
            if line.begins_entry() {
                return Some(start);
            }
            next = line.next(end);
        }
        None
    }

    /// Whether it is blank or only a comment.
    pub(crate) fn is_silent(&self) -> bool {
        let content = &self.text[self.indent.end..self.span.end];
        content.trim().is_empty() || content.starts_with('#')
    }

    /// Whether it begins a key of the top level.
    pub(crate) fn begins_entry(&self) -> bool {
        self.indent.is_empty()
            && self.key.is_some_and(|key| key.start == self.span.start && is_usual_key(&self.text[key]))
    }

    /// The opening quote that no quote closes on this line, at the start of the value or of an item in brackets.
    pub(crate) fn open_quote(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut open: Option<usize> = None;
        let mut fresh = true;
        let mut at = self.value.start;
        while at < self.span.end {
            match (open, bytes[at]) {
                (Some(quote), b'\\') if bytes[quote] == b'"' => at += 1,
                (Some(quote), b) if b == bytes[quote] => open = None,
                (None, b'"' | b'\'') if fresh => open = Some(at),
                _ => {}
            }
            if bytes[at.min(self.span.end - 1)] != b' ' {
                fresh = matches!(bytes[at.min(self.span.end - 1)], b'[' | b'{' | b',' | b':');
            }
            at += 1;
        }
        open
    }
}

/// A key as blogs write them: no white space to speak of, no marks that begin something else.
pub(super) fn is_usual_key(key: &str) -> bool {
    let key = key.trim_matches(['"', '\'']);
    let usual = |c: char| c.is_alphanumeric() || "-_. /$".contains(c);
    key.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_') && key.chars().all(usual) && key.len() <= 64
}

/// The length of `- ` marks at the start.
fn dashes(line: &str) -> usize {
    let mut rest = line;
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start_matches(' ');
    }
    line.len() - rest.len()
}

/// The length of a key: up to a colon before white space or the end of the line.
fn key(line: &str) -> Option<usize> {
    let quote = line.bytes().next().filter(|b| matches!(b, b'"' | b'\''));
    let from = match quote {
        Some(quote) => line[1..].find(char::from(quote))? + 2,
        None => 0,
    };
    let colon =
        from + line[from..].match_indices(':').map(|(at, _)| at).find(|&at| ends_key(&line[from + at + 1..]))?;
    let unquoted = quote.is_some() || !line[..colon].contains(" #");
    unquoted.then_some(colon).filter(|&colon| colon > 0)
}

fn ends_key(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t', '\r'])
}

fn without_comment(text: &str, value: Span) -> Span {
    let written = &text[value];
    if written.starts_with(['"', '\'']) {
        return value;
    }
    match written.find(" #") {
        Some(at) => trimmed(text, Span::new(value.start, value.start + at)),
        None => value,
    }
}
