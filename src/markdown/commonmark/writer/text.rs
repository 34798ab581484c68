//! Running text: borrowed from the file where it stands there as it is.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event as Read, TagEnd};

use super::Writer;
use crate::html;
use crate::markdown::commonmark::{Math, fences};
use crate::markdown::ids::Style;
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Event, OMITTED, Tag, What};
use crate::text::{Span, offset_in};

impl<'a, 'c> Writer<'a, 'c> {
    pub(super) fn text(&mut self, text: CowStr<'c>, span: Span) {
        if self.slice(&text) == Some(span) {
            return self.text_at(span);
        }
        self.heading_text_of(&text, &self.read[span]);
        let source = self.content.span(span);
        let text = match self.file.get(source.range()) {
            Some(same) if *same == *text => Cow::Borrowed(same),
            _ => self.borrow(text),
        };
        self.events.push(Event { what: What::Text(text), source });
    }

    /// Writes text that stands in the content as it is.
    pub(super) fn text_at(&mut self, span: Span) {
        self.heading_text(&self.content.text()[span]);
        self.pieces(span, What::Text);
    }

    /// Writes a stretch of the content, piece by piece.
    pub(super) fn pieces(&mut self, span: Span, what: impl Fn(Cow<'a, str>) -> What<'a> + Copy) {
        let content = self.content;
        if let Some(source) = content.verbatim_span(span) {
            return self.piece(source, what);
        }
        for piece in content.pieces(span) {
            match piece.verbatim {
                true => self.piece(piece.source, what),
                false => {
                    let text = Cow::Owned(content.text()[piece.at].to_owned());
                    self.events.push(Event { what: what(text), source: piece.source });
                }
            }
        }
    }

    /// Writes bytes of the file as they are; what goes on from the last is one with it.
    fn piece(&mut self, source: Span, what: impl Fn(Cow<'a, str>) -> What<'a>) {
        let what = what(Cow::Borrowed(&self.file[source]));
        let before = self.events.last_mut().filter(|last| last.source.end == source.start);
        if !before.is_some_and(|last| joins(self.file, last, &what, source.end)) {
            self.events.push(Event { what, source });
        }
    }

    pub(super) fn code(&mut self, code: CowStr<'c>, span: Span) {
        self.element(Tag::CodeSpan, Vec::new(), span);
        match self.slice(&code) {
            Some(slice) => self.text_at(slice),
            None => {
                self.heading_text(&code);
                let source = &self.read[span];
                let ticks = source.len() - source.trim_start_matches('`').len();
                let text = What::Text(self.borrow(code));
                self.push(text, Span::new(span.start + ticks, (span.end - ticks).max(span.start + ticks)));
            }
        }
        self.close(span);
    }

    /// What goldmark hands on is raw: a `<` with a letter makes a tag of it. Where that ends in no `>` of the formula, the
    /// formula is lost, and told.
    pub(super) fn math(&mut self, display: bool, tex: CowStr<'c>, span: Span) {
        let tag = html::opening(&tex).filter(|_| self.options.math == Math::Browser);
        if tag.is_some_and(|at| !self.options.passes_html || tex[at..].contains('>')) {
            return self.pieces(span, What::Html);
        }
        self.heading_formula(&self.content.text()[span], &tex);
        let tex = match self.slice(&tex) {
            Some(slice) => self.stretch(slice),
            None => {
                let mut content = MappedText::default();
                content.push_replaced(&tex, self.content.span(span));
                content
            }
        };
        self.push(What::Math { display, tex: Box::new(tex) }, span);
    }

    /// Whether a fence with this behind it holds a formula.
    pub(super) fn sets_fence(&self, info: &str) -> bool {
        matches!(self.options.math, Math::Remark { .. }) && info == fences::MARK
    }

    /// Reads on in the formula between fences that is open.
    pub(super) fn fenced(&mut self, event: &Read<'c>, span: Span) {
        match event {
            Read::Text(text) => {
                let slice = self.slice(text).unwrap_or(span);
                let Some((_, lines)) = &mut self.fence else { return };
                match lines.last_mut().filter(|last| last.end == slice.start) {
                    Some(last) => last.end = slice.end,
                    None => lines.push(slice),
                }
            }
            Read::End(TagEnd::CodeBlock) => {
                let Some((whole, mut lines)) = self.fence.take() else { return };
                if let Some(last) = lines.last_mut().filter(|last| self.read[**last].ends_with('\n')) {
                    last.end -= 1;
                }
                let tex = match lines[..] {
                    [line] => self.stretch(line),
                    _ => {
                        let mut tex = MappedText::default();
                        lines.iter().for_each(|line| tex.push(self.content, *line));
                        tex
                    }
                };
                self.push(What::Math { display: true, tex: Box::new(tex) }, whole);
            }
            _ => {}
        }
    }

    pub(super) fn html(&mut self, html: CowStr<'c>, span: Span) {
        if self.options.ids.is_some_and(Style::reads_tags) && self.options.mdx.is_none() {
            self.heading_text(&html);
        }
        match self.slice(&html) {
            Some(slice) => self.html_at(slice),
            None => {
                let what = What::Html(self.borrow(html));
                self.push(what, span);
            }
        }
    }

    /// HTML in its pieces; a tag that a template prints a part of is one.
    fn html_at(&mut self, slice: Span) {
        let ends: Vec<usize> = self.content.pieces(slice).map(|piece| piece.at.end).collect();
        let text = &self.content.text()[slice];
        let mut from = slice.start;
        let tags = if ends.len() > 1 { html::tags(text).collect() } else { Vec::new() };
        for tag in tags {
            let tag = Span::new(slice.start + tag.start, slice.start + tag.end());
            if ends.iter().any(|end| tag.start < *end && *end < tag.end) && from <= tag.start {
                self.pieces(Span::new(from, tag.start), What::Html);
                self.push(What::Html(Cow::Owned(self.content.text()[tag].to_owned())), tag);
                from = tag.end;
            }
        }
        self.pieces(Span::new(from, slice.end), What::Html);
    }

    pub(super) fn omit(&mut self, span: Span) {
        self.push(What::Html(Cow::Borrowed(OMITTED)), span);
    }

    /// The bytes of the text that a string is.
    pub(super) fn slice(&self, text: &CowStr) -> Option<Span> {
        let CowStr::Borrowed(slice) = text else { return None };
        let offset = offset_in(self.read, slice).or_else(|| offset_in(self.content.text(), slice))?;
        Some(Span::new(offset, offset + slice.len()))
    }

    /// A stretch of the content, borrowed from the file if it stands there.
    fn stretch(&self, slice: Span) -> MappedText<'a> {
        let mut pieces = self.content.pieces(slice);
        if let (Some(piece), None) = (pieces.next(), pieces.next())
            && piece.verbatim
        {
            return MappedText::verbatim(self.file, piece.source);
        }
        let mut content = MappedText::default();
        content.push(self.content, slice);
        content
    }

    /// A string, borrowed from the file if it stands there.
    pub(super) fn borrow(&self, text: CowStr<'c>) -> Cow<'a, str> {
        if let Some(slice) = self.slice(&text)
            && let Some(piece) = self.content.pieces(slice).next()
            && piece.verbatim
            && piece.at == slice
        {
            return Cow::Borrowed(&self.file[piece.source]);
        }
        Cow::Owned(text.into_string())
    }

    pub(super) fn title(&self, title: CowStr<'c>) -> Option<Box<Cow<'a, str>>> {
        (!title.is_empty()).then(|| Box::new(self.borrow(title)))
    }
}

/// Adds to the last event what follows it in the file up to a byte, if both are of a kind and stand there as they are.
fn joins<'a>(file: &'a str, last: &mut Event<'a>, next: &What<'a>, end: usize) -> bool {
    let whole = Span::new(last.source.start, end);
    match (&mut last.what, next) {
        (What::Text(text @ Cow::Borrowed(_)), What::Text(_)) | (What::Html(text @ Cow::Borrowed(_)), What::Html(_))
            if text.len() == last.source.len() =>
        {
            *text = Cow::Borrowed(&file[whole]);
            last.source = whole;
            true
        }
        _ => false,
    }
}
