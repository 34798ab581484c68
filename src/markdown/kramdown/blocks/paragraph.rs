//! Paragraphs and quotes (kramdown 2.4.0, `parser/kramdown/paragraph.rb` and `blockquote.rb`).

use super::{Blocks, DEEPEST, scan};
use crate::markdown::kramdown::char_classes::{rstripped, stripped};
use crate::markdown::kramdown::tree::{NodeId, NodeKind};
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::Tag;
use crate::text::Span;

impl<'a> Blocks<'_, 'a, '_> {
    pub(super) fn paragraph(&mut self) {
        let rest = self.rest();
        if scan::first(&rest[scan::margin(rest)..]) == b'\t' {
            return self.stray_line();
        }
        let start = self.at;
        self.at += scan::line(rest);
        while !self.ends_paragraph() {
            self.at += scan::line(self.rest());
        }
        let whole = rstripped(self.text(), Span::new(start, self.at));
        match self.last_child() {
            Some(last) if self.is_paragraph(last) => self.continue_paragraph(last, whole),
            _ => {
                let span = stripped(self.text(), whole);
                let paragraph = self.add(NodeKind::Element(Tag::Paragraph), span);
                self.add_text(paragraph, span);
            }
        }
    }

    /// Adds text to a paragraph which a block was looked for after, in vain.
    fn continue_paragraph(&mut self, paragraph: NodeId, span: Span) {
        let (content, text) = (self.content, self.text());
        let at = span.start;
        let Some(&running) = self.children(paragraph).last() else { return self.add_text(paragraph, span) };
        let end = content.span(span).end;
        let node = self.node(running);
        node.span.end = node.span.end.max(end);
        if let NodeKind::RunningText(running) = &mut node.kind {
            let before = &text[..at];
            match before {
                _ if before.ends_with("  \n") => running.push(content, Span::new(at - 3, at)),
                _ if before.ends_with('\n') => running.push(content, Span::new(at - 1, at)),
                _ => running.push_replaced("\n", Span::new(content.source(at), content.source(at))),
            }
            running.push(content, span);
        }
        let node = self.node(paragraph);
        node.span.end = node.span.end.max(end);
    }

    /// A line that no block may begin with: it is running text of the element that is read.
    fn stray_line(&mut self) {
        let span = Span::new(self.at, self.at + scan::line(self.rest()));
        let (content, parent) = (self.content, self.parent);
        match self.last_child_mut().map(|node| &mut node.kind) {
            Some(NodeKind::RunningText(text)) => text.push(content, span),
            _ => self.add_text(parent, span),
        }
        self.at = span.end;
    }

    fn ends_paragraph(&self) -> bool {
        let rest = self.rest();
        let inner = &rest[scan::margin(rest)..];
        let gfm = self.document.options.gfm && self.document.options.paragraph_end;
        rest.is_empty()
            || match scan::first(inner) {
                b':' if scan::list_marker(rest, scan::Marker::Colon, 3).is_some() => true,
                b'>' => gfm,
                b'#' => gfm && scan::gfm_heading(rest).is_some(),
                b'~' | b'`' => gfm && scan::starts_gfm_fence(rest),
                b'*' | b'+' | b'-' | b'0'..=b'9' => gfm && scan::starts_list(rest),
                _ => scan::ends_lazily(rest),
            }
    }

    pub(super) fn quote(&mut self) -> bool {
        if self.depth >= DEEPEST {
            return false;
        }
        let start = self.at;
        let mut inner = MappedText::default();
        loop {
            let rest = self.rest();
            let len = scan::line(rest);
            inner.push(self.content, Span::new(self.at + quote_mark(rest), self.at + len));
            self.at += len;
            if self.rest().is_empty() || scan::ends_lazily(self.rest()) {
                break;
            }
        }
        let quote = self.add(NodeKind::Element(Tag::Quote), Span::new(start, self.at));
        self.read_within(quote, &inner);
        true
    }
}

/// `> `: `BLOCKQUOTE_START`.
fn quote_mark(line: &str) -> usize {
    let margin = scan::margin(line);
    match &line.as_bytes()[margin..] {
        [b'>', b' ', ..] => margin + 2,
        [b'>', ..] => margin + 1,
        _ => 0,
    }
}
