//! Events of pulldown-cmark to a page.

mod headings;
mod notes;
mod text;

use std::borrow::Cow;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event as Read, LinkType, Tag as ReadTag, TagEnd};

use self::headings::{Heading, OpenImage};
use self::notes::Notes;
use super::Options;
use super::reader::Step;
use crate::markdown::ids::{Ids, Style};
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Align, Attributes, Element, Event, Page, Tag, What};
use crate::text::{Span, trimmed};

/// Writes a page.
pub(crate) struct Writer<'a, 'c> {
    file: &'a str,
    content: &'c MappedText<'c>,
    /// The text as it was read, as long as that of the content.
    read: &'c str,
    options: &'c Options,
    events: Vec<Event<'a>>,
    ids: Option<Ids>,
    heading: Option<Heading>,
    /// The image that is open, and how many within it.
    image: Option<(OpenImage<'a>, usize)>,
    table: Table,
    notes: Notes<'a>,
    html_blocks: Vec<Span>,
    /// The formula between fences that is open: where it begins, and what was read of it.
    fence: Option<(Span, Vec<Span>)>,
    /// A heading has an id that is not known.
    has_unknown_ids: bool,
}

/// So many bytes of text make an event, about.
const BYTES_AN_EVENT: usize = 12;

#[derive(Default)]
struct Table {
    columns: Vec<Align>,
    /// The column of the next cell.
    column: usize,
    in_body: bool,
}

impl<'a, 'c> Writer<'a, 'c> {
    /// Begins a page.
    pub(crate) fn new(file: &'a str, content: &'c MappedText<'c>, read: &'c str, options: &'c Options) -> Self {
        Writer {
            file,
            content,
            read,
            options,
            events: Vec::with_capacity(read.len() / BYTES_AN_EVENT),
            ids: options.ids.map(Ids::new),
            heading: None,
            image: None,
            table: Table::default(),
            notes: Notes::default(),
            html_blocks: Vec::new(),
            fence: None,
            has_unknown_ids: false,
        }
    }

    /// Keeps the ids that the author gives for those headings.
    pub(crate) fn reserve_ids(&mut self, steps: &[Step]) {
        let Some(ids) = &mut self.ids else { return };
        for step in steps {
            if let Read::Start(ReadTag::Heading { id: Some(id), .. }) = &step.event {
                ids.reserve(id);
            }
        }
    }

    /// The page of all steps.
    pub(crate) fn page(mut self, steps: impl IntoIterator<Item = Step<'c>>) -> Page<'a> {
        for Step { event, span } in steps {
            self.step(event, span);
        }
        self.end_notes();
        Page {
            events: self.events,
            html_blocks: self.html_blocks,
            notes: self.notes.defined,
            has_unknown_ids: self.has_unknown_ids,
            passes_html: self.options.passes_html,
            ..Page::default()
        }
    }

    fn step(&mut self, event: Read<'c>, span: Span) {
        self.heading_raw(&event, &span);
        if let Some((_, depth)) = &mut self.image {
            match event {
                Read::Start(_) => *depth += 1,
                Read::End(_) if *depth > 0 => *depth -= 1,
                Read::End(_) => self.end_image(),
                other => self.alt(&other),
            }
            return;
        }
        if self.fence.is_some() {
            return self.fenced(&event, span);
        }
        match event {
            Read::Start(ReadTag::CodeBlock(CodeBlockKind::Fenced(info))) if self.sets_fence(&info) => {
                self.fence = Some((trimmed(self.read, span), Vec::new()));
            }
            Read::Start(tag) => self.start(tag, span),
            Read::End(tag) => self.end(tag, span),
            Read::Text(text) => self.text(text, span),
            Read::Code(code) => self.code(code, span),
            Read::InlineMath(tex) => self.math(false, tex, span),
            Read::DisplayMath(tex) => self.math(true, tex, span),
            Read::Html(html) if self.options.raw_html => self.html(html, span),
            Read::InlineHtml(html) if self.options.raw_html => {
                if self.options.ids.is_some_and(Style::reads_tokens) {
                    self.heading_text(&html);
                }
                self.html(html, span);
            }
            Read::InlineHtml(_) => self.omit(span),
            // At the end of the block, for all lines of it.
            Read::Html(_) => {}
            Read::FootnoteReference(name) => self.footnote_mark(name, span),
            Read::SoftBreak if self.options.breaks => self.push(What::Break, span),
            Read::SoftBreak if self.read[span] == *"\n" => self.text_at(span),
            Read::SoftBreak => self.text(CowStr::Borrowed("\n"), span),
            Read::HardBreak => self.push(What::Break, span),
            Read::Rule => {
                let span = trimmed(self.read, span);
                self.push(What::Rule, span);
            }
            Read::TaskListMarker(ticked) => {
                let span = trimmed(self.read, span);
                self.element(Tag::Checkbox { ticked }, Vec::new(), span);
                self.close(span);
            }
        }
    }

    fn push(&mut self, what: What<'a>, span: Span) {
        let source = self.content.span(span);
        self.events.push(Event { what, source });
    }

    fn element(&mut self, tag: Tag<'a>, attributes: Attributes<'a>, span: Span) {
        self.push(What::Start(Element::new(tag, attributes)), span);
    }

    fn close(&mut self, span: Span) {
        let end = self.content.span(span).end;
        self.events.push(Event { what: What::End, source: Span::empty(end) });
    }

    fn start(&mut self, tag: ReadTag<'c>, span: Span) {
        let span = trimmed(self.read, span);
        let mut attributes = Vec::new();
        let tag = match tag {
            ReadTag::Paragraph => Tag::Paragraph,
            ReadTag::Heading { level, id, classes, attrs } => {
                attributes = self.heading_attributes(classes, attrs);
                let id = id.map(CowStr::into_string);
                if let (Some(id), Some(ids)) = (&id, &mut self.ids) {
                    ids.reserve(id);
                }
                let raw = Span::empty(span.end);
                self.heading = Some(Heading { start: self.events.len(), raw, text: String::new(), is_unknown: false });
                Tag::Heading { level: level as u8, id }
            }
            ReadTag::BlockQuote(_) => Tag::Quote,
            ReadTag::CodeBlock(CodeBlockKind::Indented) => Tag::CodeBlock { info: Cow::Borrowed(""), fenced: false },
            ReadTag::CodeBlock(CodeBlockKind::Fenced(info)) => Tag::CodeBlock { info: self.borrow(info), fenced: true },
            ReadTag::List(start) => Tag::List { start },
            ReadTag::Item => Tag::Item,
            ReadTag::FootnoteDefinition(name) => return self.start_note(name, span),
            ReadTag::DefinitionList => Tag::DescriptionList,
            ReadTag::DefinitionListTitle => Tag::Term,
            ReadTag::DefinitionListDefinition => Tag::Description,
            ReadTag::Table(columns) => {
                let columns = columns.into_iter().map(align).collect();
                self.table = Table { columns, ..Table::default() };
                Tag::Table
            }
            ReadTag::TableHead => {
                self.element(Tag::TableHead, Vec::new(), span);
                self.table.column = 0;
                Tag::Row
            }
            ReadTag::TableRow => {
                self.table.column = 0;
                if !std::mem::replace(&mut self.table.in_body, true) {
                    self.element(Tag::TableBody, Vec::new(), span);
                }
                Tag::Row
            }
            ReadTag::TableCell => {
                let align = self.table.columns.get(self.table.column).copied().unwrap_or_default();
                self.table.column += 1;
                Tag::Cell { align }
            }
            ReadTag::Emphasis => Tag::Emphasis,
            ReadTag::Strong => Tag::Strong,
            ReadTag::Strikethrough => Tag::Strike,
            ReadTag::Link { link_type, dest_url, title, .. } => {
                let mail = if link_type == LinkType::Email { "mailto:" } else { "" };
                let destination = self.borrow(dest_url);
                let destination = if mail.is_empty() { destination } else { format!("{mail}{destination}").into() };
                Tag::Link { destination, title: self.title(title) }
            }
            ReadTag::Image { dest_url, title, .. } => {
                let (source, title) = (self.borrow(dest_url), self.title(title));
                self.image = Some((OpenImage { span, source, alt: String::new(), title }, 0));
                return;
            }
            ReadTag::HtmlBlock => return self.html_blocks.push(self.content.span(span)),
            ReadTag::MetadataBlock(_) | ReadTag::Superscript | ReadTag::Subscript => return,
        };
        self.element(tag, attributes, span);
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        let span = trimmed(self.read, span);
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::FootnoteDefinition => return self.end_note(span),
            TagEnd::TableHead => self.close(span),
            TagEnd::Table if self.table.in_body => self.close(span),
            TagEnd::HtmlBlock => {
                if !self.options.raw_html {
                    self.omit(span);
                }
                return;
            }
            TagEnd::MetadataBlock(_) | TagEnd::Superscript | TagEnd::Subscript => return,
            _ => {}
        }
        self.close(span);
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
