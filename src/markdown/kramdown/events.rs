//! The way from the tree to the page, in the order in which kramdown's HTML stands (kramdown 2.4.0,
//! `converter/html.rb`).

use std::borrow::Cow;
use std::collections::HashMap;

use super::document::Document;
use super::tree::{ContentModel, Node, NodeId, NodeKind};
use super::{ids, references};
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Attributes, Element, Event, Page, Tag, What};
use crate::text::Span;

/// The page of a finished document.
pub(crate) fn page<'a>(document: Document<'a>) -> Page<'a> {
    let mut writer = Writer {
        events: Vec::with_capacity(document.nodes.len() * 2),
        document,
        ids: HashMap::new(),
        footnotes: Vec::new(),
        numbers: HashMap::new(),
        has_contents: false,
        footnotes_at: None,
        html_blocks: Vec::new(),
    };
    writer.children(0);
    let body = std::mem::take(&mut writer.events);
    writer.footnotes();
    let footnotes = std::mem::replace(&mut writer.events, body);
    let at = writer.footnotes_at.unwrap_or(writer.events.len());
    writer.events.splice(at..at, footnotes);
    let Document { mut definitions, mut notes, .. } = writer.document;
    definitions.sort_by_key(|definition| definition.span.start);
    notes.sort_by_key(|note| note.span.start);
    let mut html_blocks = writer.html_blocks;
    html_blocks.sort_by_key(|block| block.start);
    Page { events: writer.events, definitions, notes, html_blocks, ..Page::default() }
}

struct Writer<'a> {
    document: Document<'a>,
    events: Vec<Event<'a>>,
    ids: HashMap<String, usize>,
    /// Footnotes in the order of their marks.
    footnotes: Vec<String>,
    numbers: HashMap<String, usize>,
    has_contents: bool,
    /// Where the footnotes stand, if not at the end.
    footnotes_at: Option<usize>,
    html_blocks: Vec<Span>,
}

impl<'a> Writer<'a> {
    fn children(&mut self, id: NodeId) {
        for child in std::mem::take(&mut self.document.nodes[id].children) {
            self.node(child);
        }
    }

    fn node(&mut self, id: NodeId) {
        let Node { kind, span, attributes, .. } = &mut self.document.nodes[id];
        let span = *span;
        let kind = std::mem::replace(kind, NodeKind::Root);
        let attributes = std::mem::take(attributes);
        match kind {
            NodeKind::Root | NodeKind::Blank { .. } | NodeKind::EndOfBlock(_) => {}
            NodeKind::RunningText(text) => self.text(&text),
            NodeKind::Text(text) => self.raw_text(&text),
            NodeKind::Transparent => self.children(id),
            NodeKind::Element(Tag::Paragraph) => self.paragraph(id, attributes, span),
            NodeKind::Element(Tag::List { start }) => self.list(id, start, attributes, span),
            NodeKind::Element(tag) => self.element(id, tag, attributes, span),
            NodeKind::Heading { level, source } => self.heading(id, level, &source, attributes, span),
            NodeKind::Code(tag, text) => {
                self.start(tag, attributes, span);
                self.text(&text);
                self.end(span);
            }
            NodeKind::Rule if attributes.is_empty() => self.push(What::Rule, span),
            NodeKind::Rule => self.element(id, Tag::Html { name: Cow::Borrowed("hr") }, attributes, span),
            NodeKind::Break => self.push(What::Break, span),
            NodeKind::Math { display, tex } => self.math(display, tex, attributes, span),
            NodeKind::Sign(sign) => self.push(What::Text(Cow::Owned(sign)), span),
            NodeKind::FootnoteMark(name) => self.footnote_mark(name, attributes, span),
            NodeKind::Raw(text) => {
                // In a paragraph, that is what counts.
                self.html_blocks.push(span);
                let html = self.whole(&text);
                self.push(What::Html(html), span);
            }
            NodeKind::Html { name, block, model } => {
                self.html_blocks.extend(block.then_some(span));
                self.html(id, name, model, attributes, span);
            }
        }
    }

    fn push(&mut self, what: What<'a>, source: Span) {
        self.events.push(Event { what, source });
    }

    fn start(&mut self, tag: Tag<'a>, attributes: Attributes<'a>, span: Span) {
        self.push(What::Start(Element::new(tag, attributes)), span);
    }

    fn end(&mut self, span: Span) {
        self.push(What::End, Span::empty(span.end));
    }

    fn element(&mut self, id: NodeId, tag: Tag<'a>, attributes: Attributes<'a>, span: Span) {
        self.start(tag, attributes, span);
        self.children(id);
        self.end(span);
    }

    fn text(&mut self, text: &MappedText<'a>) {
        let file = self.document.file;
        for piece in text.pieces(Span::new(0, text.text().len())) {
            let characters = match piece.verbatim {
                true => Cow::Borrowed(&file[piece.source]),
                false => Cow::Owned(text.text()[piece.at].to_string()),
            };
            self.push(What::Text(characters), piece.source);
        }
    }

    /// All of a text in one piece, which is borrowed if it stands so in the file.
    fn whole(&self, text: &MappedText<'a>) -> Cow<'a, str> {
        let mut pieces = text.pieces(Span::new(0, text.text().len()));
        match (pieces.next(), pieces.next()) {
            (Some(piece), None) if piece.verbatim => Cow::Borrowed(&self.document.file[piece.source]),
            _ => Cow::Owned(text.text().to_string()),
        }
    }

    /// A formula; one in running text that has attributes is set apart no more (`converter/math_engine/mathjax.rb`).
    fn math(&mut self, display: bool, tex: MappedText<'a>, attributes: Attributes<'a>, span: Span) {
        let wrapped = !attributes.is_empty();
        if wrapped {
            let name = Cow::Borrowed(if display { "div" } else { "span" });
            self.start(Tag::Html { name }, attributes, span);
        }
        match display || !wrapped {
            true => self.push(What::Math { display, tex: Box::new(tex) }, span),
            false => {
                self.push(What::Text(Cow::Owned("$".to_string())), Span::empty(span.start));
                self.text(&tex);
                self.push(What::Text(Cow::Owned("$".to_string())), Span::empty(span.end));
            }
        }
        if wrapped {
            self.end(span);
        }
    }

    fn paragraph(&mut self, id: NodeId, attributes: Attributes<'a>, span: Span) {
        let nodes = &mut self.document.nodes;
        if let [only] = nodes[id].children[..]
            && let Node { kind, attributes: own, references, .. } = &mut nodes[only]
            && matches!(kind, NodeKind::Element(Tag::Image { .. }))
            && references.iter().any(|name| name == "standalone")
            && let NodeKind::Element(image) = std::mem::replace(kind, NodeKind::Root)
        {
            let own = std::mem::take(own);
            return self.figure(image, own, attributes, span);
        }
        self.element(id, Tag::Paragraph, attributes, span);
    }

    /// An image that stands alone and is told so: its class and id go to the figure.
    fn figure(&mut self, image: Tag<'a>, own: Attributes<'a>, mut outer: Attributes<'a>, span: Span) {
        let goes_out = |name: &str| matches!(name, "class" | "id") && !outer.iter().any(|(other, _)| other == name);
        let (out, own): (Vec<_>, Vec<_>) = own.into_iter().partition(|(name, _)| goes_out(name));
        outer.extend(out);
        let element = |name: &'static str| Tag::Html { name: Cow::Borrowed(name) };
        let caption = if let Tag::Image(image) = &image { image.alt.clone() } else { Cow::Borrowed("") };
        self.start(element("figure"), outer, span);
        self.start(image, own, span);
        self.end(span);
        self.start(element("figcaption"), Vec::new(), span);
        self.push(What::Text(caption), span);
        self.end(span);
        self.end(span);
    }

    fn heading(&mut self, id: NodeId, level: u8, source: &MappedText, mut attributes: Attributes<'a>, span: Span) {
        let options = &self.document.options;
        let level = (level as i8).saturating_add(options.header_offset).clamp(1, 6) as u8;
        let id_of_heading = match attributes.iter().position(|(name, _)| name == "id") {
            Some(index) => Some(attributes.remove(index).1.into_owned()),
            None if options.auto_ids => {
                let text = options.gfm.then(|| ids::text_of(&self.document.nodes, id));
                let plain = ids::plain(text.as_deref().unwrap_or(source.text()));
                Some(options.auto_id_prefix.clone() + &ids::numbered(&mut self.ids, plain))
            }
            None => None,
        };
        let tag = Tag::Heading { level, id: id_of_heading.filter(|id| !id.trim().is_empty()) };
        self.element(id, tag, attributes, span);
    }

    fn list(&mut self, id: NodeId, ordered: Option<u64>, attributes: Attributes<'a>, span: Span) {
        let refers = |name: &str| self.document.nodes[id].references.iter().any(|other| other == name);
        if !self.has_contents && refers("toc") {
            self.has_contents = true;
            self.start(Tag::Contents { ordered: ordered.is_some() }, attributes, span);
            self.end(span);
        } else if self.footnotes_at.is_none() && refers("footnotes") {
            self.footnotes_at = Some(self.events.len());
        } else {
            self.element(id, Tag::List { start: ordered }, attributes, span);
        }
    }

    fn html(&mut self, id: NodeId, name: String, model: ContentModel, attributes: Attributes<'a>, span: Span) {
        if let Some(ticked) = checkbox(&name, &attributes) {
            self.start(Tag::Checkbox { ticked }, Vec::new(), span);
            return self.end(span);
        }
        // No browser looks for references to characters in these.
        let is_code = matches!(&*name, "script" | "style");
        self.start(Tag::Html { name: Cow::Owned(name) }, attributes, span);
        for child in std::mem::take(&mut self.document.nodes[id].children) {
            match &mut self.document.nodes[child] {
                Node { kind: NodeKind::Text(text), span, .. } if is_code && model == ContentModel::Raw => {
                    let (text, span) = (std::mem::take(text), *span);
                    let code = references::escaped(self.whole(&text));
                    self.push(What::Html(code), span);
                }
                _ => self.node(child),
            }
        }
        self.end(span);
    }

    /// Text with references to characters that nobody has resolved: it stands in HTML, or escapes brought them about.
    fn raw_text(&mut self, text: &MappedText<'a>) {
        let value = text.text();
        let mut at = 0;
        for (span, character) in references::all(value) {
            self.text(&text.slice(Span::new(at, span.start)));
            at = span.end;
            self.push(What::Text(Cow::Owned(character.to_string())), text.span(span));
        }
        self.text(&text.slice(Span::new(at, value.len())));
    }

    fn footnote_mark(&mut self, name: String, attributes: Attributes<'a>, span: Span) {
        let number = match self.numbers.get(&name) {
            Some(&number) => number,
            None => {
                self.footnotes.push(name.clone());
                self.numbers.insert(name.clone(), self.footnotes.len());
                self.footnotes.len()
            }
        };
        self.start(Tag::FootnoteMark { name: Cow::Owned(name), number }, attributes, span);
        self.end(span);
    }

    /// The footnotes, to which marks in them add more.
    fn footnotes(&mut self) {
        let mut done = 0;
        while let Some(name) = self.footnotes.get(done).cloned() {
            let Some(&content) = self.document.footnotes.get(&name) else { break };
            let span = self.document.nodes[content].span;
            if done == 0 {
                self.start(Tag::Footnotes, Vec::new(), span);
            }
            self.element(content, Tag::Footnote { name: Cow::Owned(name) }, Vec::new(), span);
            done += 1;
        }
        if let Some(end) = self.events.last().map(|event| event.source).filter(|_| done > 0) {
            self.events[0].source.end = self.events[0].source.end.max(end.end);
            self.end(end);
        }
    }
}

/// Whether an element is the box of a task item, and whether that is ticked.
fn checkbox(name: &str, attributes: &Attributes) -> Option<bool> {
    let attributes: Vec<_> = attributes.iter().map(|(name, value)| (&**name, &**value)).collect();
    let boxed = [("type", "checkbox"), ("class", "task-list-item-checkbox"), ("disabled", "disabled")];
    match attributes.strip_prefix(&boxed)? {
        [] if name == "input" => Some(false),
        [("checked", "checked")] if name == "input" => Some(true),
        _ => None,
    }
}
