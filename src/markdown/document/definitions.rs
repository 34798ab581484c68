//! Definitions of links whose label is taken: pulldown-cmark keeps the first of them, as CommonMark says, and reads over
//! the others.

use std::collections::HashSet;

use super::Definition;
use crate::text::{Span, first_line, trimmed};

/// A label as references are compared with definitions: without upper case, and with single spaces.
pub(crate) fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Where a definition leads, as it is written.
pub(crate) fn written_destination(text: &str, definition: &Definition) -> String {
    let read = self::definition(text, first_line(text, definition.span));
    read.map_or_else(|| definition.destination.clone(), |read| read.destination)
}

/// Whether a definition is a way to write a comment: `[//]: # (words)`, `[comment]: <> (words)`.
pub(crate) fn is_comment(definition: &Definition) -> bool {
    matches!(&*definition.destination, "" | "#" | "/") || matches!(&*definition.label, "//" | "comment" | "#")
}

/// Adds the definitions whose label another one has, where no block stands: definitions leave none behind.
pub(crate) fn add_repeated(text: &str, is_free: impl Fn(&Span) -> bool, definitions: &mut Vec<Definition>) {
    if definitions.is_empty() {
        return;
    }
    let known: HashSet<String> = definitions.iter().map(|definition| folded(&definition.label)).collect();
    let starts: HashSet<usize> = definitions.iter().map(|definition| definition.span.start).collect();
    let mut repeated = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let line = first_line(text, Span::new(start, text.len()));
        if let Some(definition) = definition(text, line)
            && known.contains(&folded(&definition.label))
            && !starts.contains(&definition.span.start)
            && is_free(&definition.span)
        {
            repeated.push(definition);
        }
        start = memchr::memchr(b'\n', &text.as_bytes()[line.end..]).map_or(text.len(), |at| line.end + at + 1);
    }
    definitions.append(&mut repeated);
    definitions.sort_by_key(|definition| definition.span.start);
}

/// A line that is a definition: `[label]: destination`, with at most three spaces before it.
fn definition(text: &str, line: Span) -> Option<Definition> {
    const LONGEST: usize = 999;
    let span = trimmed(text, line);
    let inner = text[span].strip_prefix('[').filter(|_| span.start - line.start <= 3)?;
    let (label, rest) = inner.split_once("]:").filter(|(label, _)| label.len() <= LONGEST)?;
    let destination = rest.split_whitespace().next().unwrap_or_default();
    let bare = destination.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(destination);
    let is_label = !label.trim().is_empty() && !label.contains(['[', ']']);
    is_label.then(|| Definition { span, label: label.to_owned(), destination: bare.to_owned() })
}
