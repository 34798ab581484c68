//! `{:…}` in running text: attribute lists, comments, raw text (kramdown 2.4.0, `parser/kramdown/extensions.rb`).

use super::super::attributes;
use super::super::tree::{AttributeList, NodeKind};
use super::links::adopt;
use super::{Frame, Reader};
use crate::markdown::mapped_text::MappedText;
use crate::text::Span;

impl Reader<'_, '_> {
    pub(super) fn extension(&mut self, frame: &mut Frame) -> bool {
        let rest = &self.text[self.at..];
        if !rest.starts_with("{:") || self.effort == 0 || is_closing(rest) {
            return false;
        }
        let Some(close) = self.closing_brace(self.at + 2) else { return false };
        let inside = &self.text[self.at + 2..close];
        match inside.strip_prefix(':').and_then(attributes::extension) {
            Some(opening) => self.named_extension(frame, opening, close + 1),
            None => self.attribute_list(frame, close),
        }
    }

    /// The brace that ends a list: the first that no backslash escapes, else the last one.
    fn closing_brace(&mut self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut escaped = None;
        let mut at = from;
        while let Some(found) = memchr::memchr(b'}', &bytes[at..]) {
            let close = at + found;
            if close == from || bytes[close - 1] != b'\\' {
                self.spend(close - from);
                return (close > from).then_some(close);
            }
            (escaped, at) = (Some(close), close + 1);
        }
        self.spend(bytes.len() - from);
        escaped
    }

    /// Gives what stands before the list its attributes; text has none.
    fn attribute_list(&mut self, frame: &mut Frame, close: usize) -> bool {
        let nodes = &mut self.document.nodes;
        let last = nodes[frame.node].children.last().copied();
        let last = last.filter(|&last| frame.pending.is_empty() && !matches!(nodes[last].kind, NodeKind::Text(_)));
        let Some(last) = last else { return false };
        let list = attributes::parse(&self.text[self.at + 2..close]);
        attributes::apply(&list, &self.document.attribute_lists, &mut nodes[last].attributes);
        nodes[last].references.extend(list.references);
        adopt(&mut nodes[last], true);
        self.at = close + 1;
        true
    }

    /// An extension whose opening tag ends at a byte.
    fn named_extension(&mut self, frame: &mut Frame, opening: (&str, AttributeList, bool), inside: usize) -> bool {
        let (name, list, closed) = opening;
        let (body, to) = if closed {
            (None, inside)
        } else {
            let Some((close, len)) = self.closing_tag(name, inside) else { return false };
            (Some(Span::new(inside, close)), close + len)
        };
        let kind = match (name, body) {
            ("comment", Some(body)) => NodeKind::comment(self.content, body),
            ("nomarkdown", Some(body)) if list.is_for_html() => NodeKind::Raw(self.part(body)),
            ("nomarkdown", Some(_)) => NodeKind::Raw(MappedText::default()),
            ("comment" | "nomarkdown" | "options", _) => {
                if name == "options" {
                    self.document.options.set_all(list);
                }
                self.flush(frame);
                self.at = to;
                return true;
            }
            _ => return false,
        };
        self.add(frame, kind, to);
        true
    }

    /// Where the `{:/}` or `{:/name}` of an extension stands, and its length.
    fn closing_tag(&mut self, name: &str, from: usize) -> Option<(usize, usize)> {
        let mut at = from;
        loop {
            let found = self.find("{:/", at)?;
            let rest = &self.text[found + 3..];
            let rest_after = rest.strip_prefix(name).unwrap_or(rest);
            for after in [rest, rest_after] {
                if after.starts_with('}') {
                    return Some((found, 4 + rest.len() - after.len()));
                }
            }
            at = found + 3;
        }
    }
}

/// Whether a text begins with a closing tag, `{:/}` or `{:/name}`, which is text where nothing is open.
fn is_closing(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("{:/") else { return false };
    rest[attributes::name(rest)..].starts_with('}')
}
