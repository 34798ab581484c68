//! TOML front matter, read with the `toml` crate, which goes on after errors and spans everything.

use std::borrow::Cow;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::cause::last_written;
use super::line::Line;
use super::wording::quoted;
use super::{Data, Entry, Fault, MAX_DEPTH, MAX_FAULTS, Node, Style, Tree, node, too_deep, too_long};
use crate::text::{Span, first_line, trimmed};

/// Reads the TOML in a span of a text; what could not be read is in [`Tree::faults`].
pub(crate) fn toml(text: &str, span: Span) -> Tree {
    let mut tree = Tree::default();
    if let Some(fault) = too_long(text, span) {
        tree.faults.push(fault);
        return tree;
    }
    let survey = Survey::of(&text[span]);
    tree.comments = survey.comments.into_iter().map(|comment| moved(comment, span.start)).collect();
    if let Some(at) = survey.too_deep {
        tree.faults.push(too_deep(span.start + at));
        return tree;
    }
    let (table, errors) = DeTable::parse_recoverable(&text[span]);
    let source = Source { text, base: span.start };
    tree.entries = source.entries(table.into_inner());
    tree.faults = errors.iter().take(MAX_FAULTS).map(|error| source.fault(&span, error)).collect();
    // One mistake can make the parser complain twice about a line.
    tree.faults.sort_by_key(|fault| fault.span.start);
    tree.faults.dedup_by_key(|fault| Line::at(text, fault.span.start).span.start);
    tree.complete = errors.len() <= MAX_FAULTS;
    for fault in &tree.faults {
        tree.complete &= mark_unread(text, &mut tree.entries, fault);
    }
    tree
}

/// Takes the value away from the entry that holds a fault; says whether there is one.
fn mark_unread(text: &str, entries: &mut [Entry], fault: &Fault) -> bool {
    let after = entries.partition_point(|entry| entry.key_span.start <= fault.span.start);
    let Some(entry) = after.checked_sub(1).and_then(|last| entries.get_mut(last)) else { return false };
    let end = Line::at(text, entry.value.span.end).span.end;
    let is_inside = fault.span.start <= end;
    if is_inside && fault.span != entry.key_span && entry.value.style != Style::Block {
        entry.value.data = Data::Unread;
    }
    is_inside
}

struct Source<'a> {
    text: &'a str,
    base: usize,
}

impl<'a> Source<'a> {
    fn entries(&self, table: DeTable<'a>) -> Vec<Entry> {
        let mut entries: Vec<_> = table.into_iter().map(|(key, value)| self.entry(key, value)).collect();
        // The crate sorts keys by name.
        entries.sort_by_key(|entry| entry.key_span.start);
        entries
    }

    fn entry(&self, key: Spanned<Cow<'a, str>>, value: Spanned<DeValue<'a>>) -> Entry {
        let key_span = moved(Span::from(key.span()), self.base);
        Entry { key: key.into_inner().into_owned(), key_span, value: self.node(value) }
    }

    fn node(&self, value: Spanned<DeValue<'a>>) -> Node {
        let span = moved(Span::from(value.span()), self.base);
        let written = self.text[span].trim_end();
        let span = Span::new(span.start, span.start + written.len());
        let (style, data) = match value.into_inner() {
            DeValue::String(text) => (quotes(written), Data::Scalar(text.into_owned())),
            DeValue::Array(items) => {
                let items = items.into_iter().map(|item| self.node(item)).collect();
                (collection(written, '['), Data::List(items))
            }
            DeValue::Table(table) => (collection(written, '{'), Data::Map(self.entries(table))),
            _ => (Style::Bare, Data::Scalar(written.to_owned())),
        };
        node(span, style, data)
    }

    fn fault(&self, range: &Span, error: &::toml::de::Error) -> Fault {
        let at = error.span().map_or(*range, |span| moved(Span::from(span), self.base));
        let start = last_written(self.text, range, at.start);
        let mut span = first_line(self.text, Span::new(start, at.end.clamp(start, range.end)));
        let line = Line::at(self.text, start);
        if span.is_empty() {
            span = trimmed(self.text, line.span);
        }
        explain(self.text, span, &line, error.message())
    }
}

/// The parser's message in the words of a person who writes posts, where that says more.
fn explain(text: &str, span: Span, line: &Line<'_>, message: &str) -> Fault {
    let written = &text[span];
    let (key, value) = text[line.span].split_once('=').unwrap_or((&text[line.span], ""));
    let (key, value) = (key.trim(), value.trim());
    let what = message.split(", expected").next().unwrap_or(message);
    match what {
        "string values must be quoted" if value.is_empty() => {
            Fault::new(span, format!("`{key}` has no value")).help("give it one, such as `\"\"`, or leave the key out")
        }
        "string values must be quoted" => Fault::new(span, format!("the text `{written}` has no quotes"))
            .help(format!("put the value in quotes: `{key} = {}`", quoted(value))),
        "invalid basic string" | "invalid literal string" => {
            let quote = if what == "invalid basic string" { '"' } else { '\'' };
            let start = text[line.span].find(quote).map_or(span.start, |at| line.span.start + at);
            Fault::new(Span::new(start, start + 1), format!("the quote `{quote}` is not closed"))
                .help(format!("put a `{quote}` at the end of the value"))
        }
        "duplicate key" => {
            Fault::new(span, format!("the key `{written}` is there twice")).help("leave one of them out")
        }
        "key with no value" | "invalid unquoted key" if line.key.is_some() && value.is_empty() => {
            let colon = line.key.as_ref().map_or(span.start, |key| key.end);
            Fault::new(Span::new(colon, colon + 1), "a colon follows the key, and TOML takes only `=`")
                .help("write `key = \"value\"`, or put YAML between `---` lines")
        }
        "invalid unquoted key" => Fault::new(span, format!("the key `{written}` needs quotes"))
            .help(format!("put it in quotes: `\"{written}\" = {value}`")),
        "key with no value" => Fault::new(span, format!("`{key}` is no `key = value`")),
        "unexpected key or value" => {
            Fault::new(span, "more follows the value on this line").help("put quotes around the whole value")
        }
        _ => Fault::new(span, message),
    }
}

fn moved(span: Span, base: usize) -> Span {
    Span::new(span.start + base, span.end + base)
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
                    let comment = first_line(text, Span::new(at, text.len()));
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
