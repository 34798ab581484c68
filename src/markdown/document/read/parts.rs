//! What a heading, an item, a piece of code and a link are made of, as it stands in the text.

use std::borrow::Cow;

use super::{Open, Reader};
use crate::markdown::document::{BlockKind, Code, Heading, Item, Link, LinkKind, item_marker};
use crate::text::{Span, first_line, offset_in, past_quotes, trimmed};

impl<'a> Reader<'a, '_> {
    pub(super) fn item(&mut self, source: &Span) -> Open {
        self.loose_text = None;
        let span = trimmed(self.text, *source);
        let marker = item_marker(self.text, span);
        let (number, list) = match self.lists.last_mut() {
            Some((number, list)) => {
                // kramdown counts from 1, whatever is written.
                let written = self.text[marker].trim_end_matches(['.', ')']).parse().ok();
                if number.is_some() && list.start == span.start {
                    *number = written.or(*number);
                }
                (*number, *list)
            }
            None => (None, span),
        };
        self.items.push(self.document.items.len());
        self.document.items.push(Item { span, marker, task: None, empty: true, number, list });
        Open::Item
    }

    pub(super) fn heading(&mut self, level: u8, source: &Span) -> Open {
        let opened = self.leaf(BlockKind::Heading, source);
        self.in_heading = true;
        let span = trimmed(self.text, *source);
        let written = &self.text[span];
        let last_line = memchr::memrchr(b'\n', written.as_bytes()).map(|at| past_quotes(&written[at + 1..]));
        let underline =
            last_line.filter(|line| line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'));
        let hashes = written.bytes().take(6).take_while(|&byte| byte == b'#').count();
        let (marker, text) = match underline.filter(|line| !line.is_empty()) {
            Some(line) => (Span::new(span.end - line.len(), span.end), span.start),
            None => {
                let marker = Span::new(span.start, span.start + hashes);
                (marker, trimmed(self.text, Span::new(marker.end, span.end)).start)
            }
        };
        // An engine can be told to shift the levels on the page.
        let level = match self.text.as_bytes().get(marker.start).filter(|_| !marker.is_empty()) {
            Some(b'#') => hashes as u8,
            Some(b'=') => 1,
            Some(b'-') => 2,
            _ => level,
        };
        let id = id(self.text, &span);
        let top = self.depth == 0;
        let title = Cow::Borrowed("");
        self.document.headings.push(Heading { level, span, marker, text: Span::empty(text), title, id, top });
        opened
    }

    pub(super) fn code_block(&mut self, fenced: bool, source: &Span) {
        let span = trimmed(self.text, *source);
        let written = &self.text[span];
        let (info, content) = match fenced && written.starts_with(['`', '~']) {
            true => {
                let first = first_line(self.text, span);
                let fence = written.len() - written.trim_start_matches(&written[..1]).len();
                (Some(trimmed(self.text, Span::new(first.start + fence, first.end))), fenced_lines(self.text, &span))
            }
            false => (None, span),
        };
        let info = info.filter(|info| !info.is_empty());
        self.document.code.push(Code { span, info, content, block: true });
    }

    pub(super) fn code_span(&mut self, source: &Span) {
        let written = &self.text[*source];
        let ticks = written.len() - written.trim_start_matches('`').len();
        // A list of attributes may follow.
        let end = source.start + memchr::memrchr(b'`', written.as_bytes()).map_or(written.len(), |last| last + 1);
        let content = Span::new(source.start + ticks, end.saturating_sub(ticks).max(source.start + ticks));
        self.document.code.push(Code { span: *source, info: None, content, block: false });
    }

    pub(super) fn link(&mut self, destination: Cow<'a, str>, source: &Span, image: bool) -> Open {
        self.words("", source);
        self.links.push(self.document.links.len());
        self.document.links.push(Link {
            kind: LinkKind::Autolink,
            image,
            span: *source,
            text: Span::empty(source.start),
            destination,
            destination_span: None,
        });
        Open::Link
    }

    pub(super) fn end_link(&mut self) {
        let Some(link) = self.links.pop().and_then(|link| self.document.links.get_mut(link)) else { return };
        let written = &self.text[link.span];
        let brackets = usize::from(written.starts_with("![")) + 1;
        if link.image && brackets == 2 {
            link.text =
                Span::new(link.span.start + brackets, link.span.start + brackets + enclosed(&written[brackets..]));
        }
        link.text = trimmed(self.text, link.text);
        let behind = link.text.end.max(link.span.start + brackets).min(link.span.end);
        let rest = &self.text.as_bytes()[behind..link.span.end];
        link.kind = match memchr::memchr(b']', rest) {
            _ if !written.starts_with(['[', '!']) => LinkKind::Autolink,
            Some(end) if rest.get(end + 1) == Some(&b'(') => LinkKind::Inline,
            _ => LinkKind::Reference,
        };
        let borrowed = offset_in(self.text, &link.destination).filter(|start| link.span.contains(start));
        let in_text = || {
            let from = link.text.end.min(behind);
            let at = memchr::memmem::rfind(&self.text.as_bytes()[from..link.span.end], link.destination.as_bytes())?;
            Some(from + at)
        };
        let searched = || (link.kind == LinkKind::Inline).then(in_text).flatten();
        let start = borrowed.or_else(searched).filter(|_| !link.destination.is_empty());
        link.destination_span = start.map(|start| Span::new(start, start + link.destination.len()));
    }
}

/// The bytes up to the bracket that closes what a text begins in.
fn enclosed(text: &str) -> usize {
    let (mut depth, mut escaped) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if std::mem::take(&mut escaped) => {}
            b'\\' => escaped = true,
            b'[' => depth += 1,
            b']' if depth == 0 => return at,
            b']' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// `{#id}` behind the text of a heading.
fn id(text: &str, heading: &Span) -> Option<Span> {
    let line = first_line(text, *heading);
    let (before, inner) = text[line].strip_suffix('}')?.rsplit_once("{#")?;
    let id = inner.split([' ', '\t', '.', '}']).next().unwrap_or_default();
    let start = line.start + before.len() + 2;
    (!id.is_empty()).then(|| Span::new(start, start + id.len()))
}

/// The lines between the fences of a code block.
fn fenced_lines(text: &str, span: &Span) -> Span {
    let source = &text[*span];
    let breaks = |find: fn(u8, &[u8]) -> Option<usize>| find(b'\n', source.as_bytes());
    let Some((first, last)) = breaks(memchr::memchr).zip(breaks(memchr::memrchr)) else {
        return Span::empty(span.end);
    };
    let last = &source[last + 1..];
    // The last line is a fence, or the end of the post came first.
    let is_closed = last.trim_start_matches([' ', '\t', '>']).as_bytes().first() == source.as_bytes().first();
    Span::new(span.start + first + 1, if is_closed { span.end - last.len() } else { span.end })
}
