//! What is left of a text with shortcodes for the Markdown engine, and what stands on the page for them (Hugo 0.168,
//! `hugolib/shortcode.go` and `page__content.go`).
//!
//! The engine reads a placeholder for `{{< note >}}` with all that stands in it, and what `{{% note %}}` prints. Within
//! another shortcode, what one prints is part of the text of that.

use std::borrow::Cow;

use super::calls::{self, Call, Kind};
use super::{Content, Known, Piece, UNKNOWN};
use crate::markdown::MarkdownEngine;
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Event, Page, Tag, What};
use crate::text::{Span, trimmed};

/// The shortcodes of a text.
#[derive(Debug)]
pub(crate) struct Expansion<'k> {
    calls: Vec<Call<'k>>,
}

/// What takes the place of a placeholder on the page.
struct Slot<'c, 'k> {
    /// The bytes of the file that the placeholder stands for.
    span: Span,
    content: Content,
    call: &'c Call<'k>,
}

impl<'k> Expansion<'k> {
    /// The shortcodes of a text from a byte on, if it has such.
    pub(crate) fn of(text: &str, from: usize, known: &'k Known) -> Option<Self> {
        let calls = calls::read(text, from, known);
        (!calls.is_empty()).then_some(Expansion { calls })
    }

    /// The page that an engine makes of the text.
    pub(crate) fn page<'a>(&self, text: &'a str, span: Span, engine: &MarkdownEngine) -> Page<'a> {
        page(text, span, &self.calls, Kind::Printed, engine)
    }

    /// The bytes of those with content of which no reader sees anything that stands there, or nobody knows what, in order.
    pub(crate) fn closed(&self) -> Vec<Span> {
        let mut closed = Vec::new();
        visit(&self.calls, Kind::Printed, &mut |call, content| {
            let is_closed = matches!(content, Content::Unknown | Content::Other) && call.content.is_some();
            closed.extend(is_closed.then_some(call.span));
            !is_closed
        });
        closed
    }

    /// The shortcodes that stand in no other.
    pub(crate) fn calls(&self) -> &[Call<'k>] {
        &self.calls
    }

    /// The shortcodes of which nobody knows what becomes of that which stands in them.
    pub(crate) fn open(&self) -> Vec<&Call<'k>> {
        let mut open = Vec::new();
        visit(&self.calls, Kind::Printed, &mut |call, content| {
            let is_open = content == Content::Unknown && call.content.is_some();
            open.extend(is_open.then_some(call));
            !is_open
        });
        open
    }
}

/// Visits calls with what becomes of their content, and goes into those where it is told to.
fn visit<'c, 'k>(calls: &'c [Call<'k>], within: Kind, each: &mut impl FnMut(&'c Call<'k>, Content) -> bool) {
    for call in calls {
        let content = content_of(call, within);
        if each(call, content) {
            let is_read = content == Content::Markdown || call.kind == Kind::Read || within == Kind::Read;
            visit(&call.inner, if is_read { Kind::Read } else { Kind::Printed }, each);
        }
    }
}

/// What becomes of its content.
fn content_of(call: &Call, within: Kind) -> Content {
    let Some(template) = call.template else { return Content::Unknown };
    match call.kind == Kind::Read || within == Kind::Read {
        true if template.pieces.is_none() && template.content != Content::Other => Content::Unknown,
        _ => template.content,
    }
}

/// The page of a text with shortcodes, which stand in it by themselves or in another of a kind.
fn page<'a>(text: &'a str, span: Span, calls: &[Call], within: Kind, engine: &MarkdownEngine) -> Page<'a> {
    let mut writer = Writer { text, content: MappedText::default(), slots: Vec::new() };
    writer.stretch(span, calls, within);
    writer.slots.sort_by_key(|slot| slot.span.start);
    let mut filler = Filler { text, engine, page: engine.page(text, &writer.content), events: Vec::new() };
    filler.fill(&writer.slots);
    Page { events: filler.events, ..filler.page }
}

/// Writes the text that the engine reads.
struct Writer<'a, 'c, 'k> {
    text: &'a str,
    content: MappedText<'a>,
    slots: Vec<Slot<'c, 'k>>,
}

impl<'c, 'k> Writer<'_, 'c, 'k> {
    fn stretch(&mut self, span: Span, calls: &'c [Call<'k>], within: Kind) {
        let mut from = span.start;
        for call in calls {
            self.verbatim(Span::new(from, call.span.start));
            self.call(call, within);
            from = call.span.end;
        }
        self.verbatim(Span::new(from, span.end));
    }

    fn verbatim(&mut self, span: Span) {
        if !span.is_empty() {
            self.content.push_verbatim(&self.text[span], span.start);
        }
    }

    fn call(&mut self, call: &'c Call<'k>, within: Kind) {
        let content = call.template.map_or(Content::Unknown, |template| template.content);
        match call.kind {
            Kind::Shown => {
                let Span { start, end } = call.span;
                let tag = &self.text[call.span];
                let (open, close) = (tag.find("/*").unwrap_or_default(), tag.rfind("*/").unwrap_or(tag.len() - 2));
                self.verbatim(Span::new(start, start + open));
                self.verbatim(Span::new(start + open + 2, start + close));
                self.verbatim(Span::new(start + close + 2, end));
            }
            Kind::Printed if within == Kind::Printed => self.placeholder(call, call.span, content),
            _ => match call.template.and_then(|template| template.pieces.as_ref()) {
                Some(pieces) => {
                    let mut is_after = false;
                    for piece in pieces {
                        self.piece(call, piece, is_after);
                        is_after |= matches!(piece, Piece::Content | Piece::Markdown);
                    }
                }
                None => self.placeholder(call, call.span, Content::Unknown),
            },
        }
    }

    /// Adds a piece of what a template prints, before or after what stands between the tags.
    fn piece(&mut self, call: &'c Call<'k>, piece: &Piece, is_after: bool) {
        let content = call.content.unwrap_or(Span::empty(call.span.end));
        let tag = match is_after {
            true => Span::new(content.end, call.span.end),
            false => Span::new(call.span.start, content.start),
        };
        match piece {
            Piece::Text(text) => self.content.push_replaced(text, tag),
            Piece::Unknown => self.content.push_replaced(&UNKNOWN.to_string(), tag),
            Piece::Content => self.stretch(content, &call.inner, Kind::Read),
            Piece::Markdown if content.is_empty() => {}
            Piece::Markdown => self.placeholder(call, content, Content::Markdown),
        }
    }

    fn placeholder(&mut self, call: &'c Call<'k>, span: Span, content: Content) {
        self.content.push_replaced(&UNKNOWN.to_string(), span);
        self.slots.push(Slot { span, content, call });
    }
}

/// Puts on the page what the shortcodes print.
struct Filler<'a, 'e> {
    text: &'a str,
    engine: &'e MarkdownEngine,
    page: Page<'a>,
    events: Vec<Event<'a>>,
}

impl<'a> Filler<'a, '_> {
    fn fill(&mut self, slots: &[Slot]) {
        let read = std::mem::take(&mut self.page.events);
        self.events.reserve(read.len());
        let mut read = read.into_iter().peekable();
        while let Some(event) = read.next() {
            let is_placeholder = matches!(&event.what, What::Text(Cow::Owned(text)) | What::Html(Cow::Owned(text))
                if text.chars().eq([UNKNOWN]));
            if !is_placeholder {
                self.events.push(event);
                continue;
            }
            if matches!(event.what, What::Html(_)) && self.events.last().is_some_and(ends_in_tag) {
                self.join(event, &mut read);
                continue;
            }
            let slot = slots.binary_search_by_key(&event.source.start, |slot| slot.span.start);
            let slot = slot.ok().map(|at| &slots[at]).filter(|slot| slot.span == event.source);
            // Of a paragraph that holds nothing else, Hugo takes the element away.
            let is_alone = self.events.last().is_some_and(is_paragraph) && is_end(read.peek());
            if is_alone {
                self.events.pop();
                read.next();
            }
            match slot {
                Some(slot) => self.slot(slot, is_alone),
                None => self.html("", event.source),
            }
            let is_markdown = |slot: &Slot| slot.content == Content::Markdown && slot.call.content.is_some();
            if is_alone && !slot.is_some_and(is_markdown) {
                self.printed(event.source);
            }
        }
        // What an id is made of that only the built site knows makes one that nobody knows.
        for event in &mut self.events {
            if let What::Start(element) = &mut event.what
                && let Tag::Heading { id, .. } = &mut element.tag
            {
                id.take_if(|id| id.contains(UNKNOWN));
            }
        }
        self.page.html_blocks.sort_by_key(|block| block.start);
        self.page.printed.sort_by_key(|printed| printed.start);
        self.page.definitions.sort_by_key(|definition| definition.span.start);
        self.page.notes.sort_by_key(|note| note.span.start);
    }

    /// Puts what stands in a tag of HTML into it, up to the end of the tag.
    fn join(&mut self, event: Event<'a>, rest: &mut impl Iterator<Item = Event<'a>>) {
        let Some(Event { what: What::Html(html), source }) = self.events.last_mut() else { return };
        let mut next = Some(event);
        while let Some(Event { what: What::Html(piece), source: of_piece }) = next {
            html.to_mut().push_str(&piece);
            source.end = of_piece.end;
            next = if is_in_tag(html) { rest.next() } else { None };
        }
        self.events.extend(next);
    }

    fn printed(&mut self, span: Span) {
        let span = trimmed(self.text, span);
        self.page.html_blocks.push(span);
        self.page.printed.push(span);
    }

    fn html(&mut self, html: &'a str, source: Span) {
        self.events.push(Event { what: What::Html(Cow::Borrowed(html)), source });
    }

    fn slot(&mut self, slot: &Slot, is_alone: bool) {
        match (slot.content, slot.call.content) {
            (Content::Raw, Some(content)) => self.raw(content, &slot.call.inner),
            (Content::Escaped, Some(content)) if !self.text[content].contains(['<', '&']) => {
                self.raw(content, &slot.call.inner);
            }
            (Content::Markdown, Some(content)) => self.markdown(content, &slot.call.inner, is_alone),
            _ => self.html("", slot.span),
        }
    }

    /// What a template prints as it is.
    fn raw(&mut self, span: Span, calls: &[Call]) {
        let mut from = span.start;
        for call in calls {
            self.raw_text(Span::new(from, call.span.start));
            let content = content_of(call, Kind::Printed);
            match (content, call.content) {
                // What is Markdown within another is read by itself (`doRenderShortcode`).
                (Content::Raw | Content::Markdown, Some(content)) if call.kind == Kind::Read => {
                    self.markdown(content, &call.inner, false);
                }
                _ => self.slot(&Slot { span: call.span, content, call }, false),
            }
            from = call.span.end;
        }
        self.raw_text(Span::new(from, span.end));
    }

    fn raw_text(&mut self, span: Span) {
        if !span.is_empty() {
            self.html(&self.text[span], span);
        }
    }

    /// What is a page by itself, of which a paragraph that is alone loses its element (`RenderString`, `markdownify`).
    fn markdown(&mut self, span: Span, calls: &[Call], is_alone: bool) {
        let Page { mut events, definitions, notes, html_blocks, printed, has_unknown_ids, passes_html, .. } =
            page(self.text, span, calls, Kind::Read, self.engine);
        let paragraphs = events.iter().filter(|event| is_paragraph(event)).count();
        if !is_alone && paragraphs == 1 && events.first().is_some_and(is_paragraph) && is_end(events.last()) {
            events.pop();
            events.remove(0);
        }
        self.events.append(&mut events);
        self.page.definitions.extend(definitions);
        self.page.notes.extend(notes);
        self.page.html_blocks.extend(html_blocks);
        self.page.printed.extend(printed);
        self.page.has_unknown_ids |= has_unknown_ids;
        self.page.passes_html |= passes_html;
    }
}

fn is_paragraph(event: &Event) -> bool {
    matches!(&event.what, What::Start(element) if element.tag == Tag::Paragraph)
}

fn is_end(event: Option<&Event>) -> bool {
    event.is_some_and(|event| matches!(event.what, What::End))
}

fn ends_in_tag(event: &Event) -> bool {
    matches!(&event.what, What::Html(html) if is_in_tag(html))
}

fn is_in_tag(html: &str) -> bool {
    html.rfind(['<', '>']).is_some_and(|at| html[at..].starts_with('<'))
}

#[cfg(test)]
mod tests;
