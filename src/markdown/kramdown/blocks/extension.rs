//! Attribute lists beside blocks, and `{::comment}`, `{::nomarkdown}`, `{::options}` (kramdown 2.4.0,
//! `parser/kramdown/extensions.rb`).

use memchr::memmem;

use super::{Blocks, scan};
use crate::markdown::kramdown::attributes;
use crate::markdown::kramdown::tree::{Ended, NodeKind};
use crate::text::Span;

/// After how many `{:/` the end of an extension is not looked for any more.
const MOST_ENDS: usize = 1000;

impl<'a> Blocks<'_, 'a, '_> {
    /// What begins with `{:`.
    pub(super) fn extension(&mut self) -> bool {
        let rest = self.rest();
        match rest[scan::margin(rest)..].strip_prefix("{:") {
            Some(inner) if inner.starts_with(':') => self.opening(&inner[1..]),
            Some(inner) => self.named_attributes(inner) || self.attributes(),
            None => false,
        }
    }

    /// `{:name: … }`
    fn named_attributes(&mut self, inner: &str) -> bool {
        let name = &inner[..attributes::name(inner)];
        let Some(list) = inner[name.len()..].strip_prefix(':').filter(|_| !name.is_empty()) else { return false };
        let Some((end, len)) = scan::braced(list, scan::rest_of_line) else { return false };
        attributes::extend(self.document.attribute_lists.entry(name.to_string()).or_default(), &list[..end]);
        let end = self.text().len() - list.len() + len;
        self.add(NodeKind::EndOfBlock(Ended::Attributes), Span::new(self.at, end));
        self.at = end;
        true
    }

    /// `{: … }` belongs to the block above, or else to the one below.
    fn attributes(&mut self) -> bool {
        let rest = self.rest();
        let Some((span, len)) = scan::block_attributes(rest) else { return false };
        let end = self.at + len;
        let above = self.last_child().filter(|&id| takes_attributes(self.kind(id)));
        let list = match above {
            Some(id) => &mut self.node(id).attribute_list,
            None => &mut self.attribute_list,
        };
        attributes::extend(list.get_or_insert_default(), &rest[span]);
        if above.is_some() && scan::block_attributes(&rest[len..]).is_none() {
            self.add(NodeKind::EndOfBlock(Ended::Attributes), Span::new(self.at, end));
        }
        self.at = end;
        true
    }

    /// `{::name … }` with what follows up to `{:/name}`, or `{::name … /}`; `inner` begins with the name.
    fn opening(&mut self, inner: &str) -> bool {
        let Some((end, len)) = scan::braced(inner, scan::rest_of_line) else { return false };
        let Some((name, list, closed)) = attributes::extension(&inner[..end]) else { return false };
        if !matches!(name, "comment" | "nomarkdown" | "options") {
            return false;
        }
        let start = self.text().len() - inner.len() + len;
        let Some((body, end)) = (if closed { Some((Span::empty(start), start)) } else { self.body(start, name) })
        else {
            return false;
        };
        let span = Span::new(self.at, end);
        match name {
            "options" => {
                self.document.options.set_all(list);
                self.add(NodeKind::EndOfBlock(Ended::Attributes), span);
            }
            _ if closed => {}
            "nomarkdown" if !list.is_for_html() => {}
            _ => {
                let raw = || NodeKind::Raw(self.content.slice(body));
                let kind = if name == "comment" { NodeKind::comment(self.content, body) } else { raw() };
                self.add_to(self.parent, kind, span);
            }
        }
        self.at = end;
        true
    }

    /// What stands in an extension that begins at `start`, and where its end tag ends.
    fn body(&mut self, start: usize, name: &str) -> Option<(Span, usize)> {
        let text = self.text();
        if self.missing.extension_end {
            return None;
        }
        for at in memmem::find_iter(&text.as_bytes()[start..], "{:/").take(MOST_ENDS).map(|at| start + at) {
            let line = text[start..at].rfind('\n').map_or(start, |end| start + end + 1);
            let tail = &text[at + 3..];
            let Some(tail) = tail.strip_prefix(name).unwrap_or(tail).strip_prefix('}') else { continue };
            let tail = tail.trim_start_matches(' ');
            if tail.starts_with('\n') && at - line <= 3 && text[line..at].bytes().all(|byte| byte == b' ') {
                let body = if line > start { start..line - 1 } else { start..line };
                return Some((Span::from(body), text.len() - tail.len() + 1));
            }
        }
        self.missing.extension_end = memmem::find(&text.as_bytes()[start..], b"{:/").is_none();
        None
    }
}

fn takes_attributes(kind: &NodeKind) -> bool {
    match kind {
        NodeKind::Blank { .. } => false,
        NodeKind::EndOfBlock(ended) => *ended == Ended::Definition,
        _ => true,
    }
}
