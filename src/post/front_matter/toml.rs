//! TOML front matter, read with the `toml` crate, which goes on after errors and spans everything.

use std::borrow::Cow;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::{Data, Entry, Fault, MAX_BYTES, MAX_DEPTH, Node, Style, Tree, too_deep};
use crate::text::{Span, first_line};

/// Reads the TOML in a span of a text; what could not be read is in [`Tree::faults`].
pub(super) fn toml(text: &str, span: Span) -> Tree<'_> {
    let mut tree = Tree::default();
    if span.len() > MAX_BYTES {
        let size = format!("{} bytes are too many: only {MAX_BYTES} are read", span.len());
        tree.faults.push(Fault::new(first_line(text, span), size));
        return tree;
    }
    let survey = Survey::of(&text[span.clone()]);
    tree.comments = survey.comments.into_iter().map(|comment| moved(comment, span.start)).collect();
    if let Some(at) = survey.too_deep {
        tree.faults.push(too_deep(span.start + at));
        return tree;
    }
    let (table, errors) = DeTable::parse_recoverable(&text[span.clone()]);
    let source = Source { text, base: span.start };
    tree.entries = source.entries(table.into_inner());
    tree.faults = errors.iter().map(|error| source.fault(&span, error)).collect();
    // One mistake can make the parser complain twice about a line.
    tree.faults.sort_by_key(|fault| fault.span.start);
    tree.faults.dedup_by_key(|fault| text[..fault.span.start].rfind('\n'));
    tree.complete = tree.faults.is_empty();
    tree
}

struct Source<'a> {
    text: &'a str,
    base: usize,
}

impl<'a> Source<'a> {
    fn entries(&self, table: DeTable<'a>) -> Vec<Entry<'a>> {
        let mut entries: Vec<_> = table.into_iter().map(|(key, value)| self.entry(key, value)).collect();
        // The crate sorts keys by name.
        entries.sort_by_key(|entry| entry.key_span.start);
        entries
    }

    fn entry(&self, key: Spanned<Cow<'a, str>>, value: Spanned<DeValue<'a>>) -> Entry<'a> {
        let key_span = moved(key.span(), self.base);
        Entry { key: key.into_inner(), key_span, value: self.node(value) }
    }

    fn node(&self, value: Spanned<DeValue<'a>>) -> Node<'a> {
        let span = moved(value.span(), self.base);
        let written = &self.text[span.clone()];
        let (style, data) = match value.into_inner() {
            DeValue::String(text) => (quotes(written), Data::Scalar(text)),
            DeValue::Array(items) => {
                let items = items.into_iter().map(|item| self.node(item)).collect();
                (collection(written, '['), Data::List(items))
            }
            DeValue::Table(table) => (collection(written, '{'), Data::Map(self.entries(table))),
            _ => (Style::Bare, Data::Scalar(Cow::Borrowed(written))),
        };
        Node { span, style, tag: None, data }
    }

    fn fault(&self, range: &Span, error: &::toml::de::Error) -> Fault {
        let at = error.span().map_or(range.clone(), |span| moved(span, self.base));
        let mut start = at.start.min(range.end);
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let span = first_line(self.text, start..at.end.clamp(start, range.end));
        let fault = Fault::new(span.clone(), error.message());
        match self.text[..start].rsplit('\n').next().and_then(|line| line.split_once('=')) {
            Some((key, value)) if value.trim().is_empty() && !self.text[span].starts_with(['"', '\'']) => {
                fault.help(format!("put a text in quotes: `{} = \"...\"`", key.trim()))
            }
            _ => fault,
        }
    }
}

fn moved(span: Span, base: usize) -> Span {
    span.start + base..span.end + base
}

fn quotes(written: &str) -> Style {
    if written.starts_with('\'') { Style::SingleQuoted } else { Style::DoubleQuoted }
}

fn collection(written: &str, bracket: char) -> Style {
    if written.starts_with(bracket) && !written.starts_with("[[") { Style::Flow } else { Style::Block }
}

/// What a look at the brackets, dots and comments of a text tells before it is parsed.
///
/// The parser bounds brackets and dotted keys each, but not their product, and its tree is dropped by recursion.
#[derive(Default)]
struct Survey {
    comments: Vec<Span>,
    too_deep: Option<usize>,
}

impl Survey {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut survey = Survey::default();
        let mut open: Vec<usize> = Vec::new();
        let (mut depth, mut dots) = (0, 0);
        let mut at = 0;
        while at < bytes.len() && survey.too_deep.is_none() {
            match bytes[at] {
                b'#' => {
                    let comment = first_line(text, at..text.len());
                    at = comment.end.max(at + 1) - 1;
                    survey.comments.push(comment);
                }
                b'"' | b'\'' => at = string_end(bytes, at) - 1,
                b'[' | b'{' => {
                    open.push(dots + 1);
                    depth += dots + 1;
                    dots = 0;
                }
                b']' | b'}' => {
                    depth -= open.pop().unwrap_or(0);
                    dots = 0;
                }
                b'.' => dots += 1,
                b',' | b'\n' => dots = 0,
                _ => {}
            }
            if depth + dots > MAX_DEPTH {
                survey.too_deep = Some(at);
            }
            at += 1;
        }
        survey
    }
}

/// The end of the string that begins with the quote at a byte; one left open ends with its line.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let quote = bytes[start];
    let is_triple = bytes[start..].starts_with(&[quote; 3]);
    let mut at = start + if is_triple { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            b'\n' if !is_triple => return at,
            b if b == quote && !is_triple => return at + 1,
            b if b == quote && bytes[at..].starts_with(&[quote; 3]) => return at + 3,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}
