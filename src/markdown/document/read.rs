//! A page to its [`Document`]: one pass over the events, whatever engine made them.

mod parts;

use std::borrow::Cow;

use super::{Block, BlockKind, Comment, Document};
use crate::html;
use crate::markdown::page::{Element, Event, Page, Tag, What};
use crate::text::{Span, offset_in, trimmed};

/// The document that a page shows, which is made of a stretch of a text, with what the page knows of definitions.
pub(crate) fn read<'a>(text: &'a str, span: Span, page: &mut Page<'a>) -> Document<'a> {
    let blocks = Vec::with_capacity(span.len() / BYTES_A_BLOCK);
    let document = Document { span, blocks, ..Document::default() };
    let mut reader = Reader { text, document, html_blocks: &page.html_blocks, ..Reader::default() };
    page.events.iter().enumerate().for_each(|(index, event)| reader.event(index, event));
    let mut document = reader.document;
    document.definitions = std::mem::take(&mut page.definitions);
    document.notes = std::mem::take(&mut page.notes);
    document.comments.extend(page.comments.iter().map(|&span| {
        // `<!-- … -->`, `{/* … */}`
        let (open, close) = if text[span].starts_with('<') { (4, 3) } else { (3, 3) };
        let inner = Span::new(span.start + open, (span.end - close).max(span.start + open));
        Comment { text: trimmed(text, inner), span, inline: false }
    }));
    // Footnotes stand at the end of the page, wherever they are in the text.
    document.blocks.sort_by_key(|block| block.span.start);
    document.headings.sort_by_key(|heading| heading.span.start);
    document.links.sort_by_key(|link| link.span.start);
    document.code.sort_by_key(|code| code.span.start);
    document.html.sort_by_key(|html| html.start);
    document.comments.sort_by_key(|comment| comment.span.start);
    document
}

/// So many bytes of text make a block, about.
const BYTES_A_BLOCK: usize = 96;

#[derive(Default)]
struct Reader<'a, 'p> {
    text: &'a str,
    document: Document<'a>,
    /// The blocks of HTML that are still to come.
    html_blocks: &'p [Span],
    open: Vec<Open>,
    /// The items that are open: indices of [`Document::items`].
    items: Vec<usize>,
    /// The links that are open: indices of [`Document::links`].
    links: Vec<usize>,
    /// The lists that are open: their numbers, and their bytes.
    lists: Vec<(Option<u64>, Span)>,
    depth: usize,
    quotes: usize,
    in_leaf: bool,
    in_heading: bool,
    /// The text of an item that has no paragraph: an index of [`Document::blocks`].
    loose_text: Option<usize>,
    /// Where the block of HTML begins that was read last.
    html_block: Option<usize>,
    /// A tag of HTML in running text that ends where the next thing begins: an index of [`Document::html`].
    tag: Option<usize>,
}

/// What is open, as far as its end means something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Leaf,
    Container,
    Quote,
    List,
    Item,
    Link,
    /// Code, and HTML that is a block.
    ClosedOff,
    /// What stands in running text.
    Inline,
    Other,
}

impl Open {
    fn holds_blocks(self) -> bool {
        matches!(self, Open::Container | Open::Quote | Open::List | Open::Item)
    }
}

impl<'a> Reader<'a, '_> {
    fn event(&mut self, index: usize, event: &Event<'a>) {
        let Event { what, source } = event;
        if let Some(tag) = self.tag.take() {
            let html = &mut self.document.html[tag];
            html.end = source.start.clamp(html.start, html.end);
        }
        match what {
            What::Start(element) => {
                if element.tag.is_markup() {
                    self.document.markup.push(index);
                }
                let opened = self.start(element, source);
                self.depth += usize::from(opened.holds_blocks());
                self.open.push(opened);
            }
            What::End => self.end(source),
            What::Text(_) | What::Break if self.is_closed_off() => {}
            What::Text(text) => self.words(text, source),
            What::Break => self.words(" ", source),
            What::Math { tex, display } => self.math(*display, tex.text(), source),
            What::Rule => self.block(BlockKind::Rule, source),
            What::Html(html) => self.html(html, source),
        }
    }

    fn start(&mut self, element: &Element<'a>, source: &Span) -> Open {
        match &element.tag {
            Tag::Paragraph | Tag::Term => self.leaf(BlockKind::Paragraph, source),
            Tag::Heading { level, .. } => self.heading(*level, source),
            Tag::Quote => {
                self.quotes += 1;
                self.block(BlockKind::Quote, source);
                Open::Quote
            }
            Tag::List { start } => {
                self.lists.push((*start, trimmed(self.text, *source)));
                self.block(BlockKind::List, source);
                Open::List
            }
            Tag::Contents { .. } => {
                self.block(BlockKind::List, source);
                Open::Other
            }
            Tag::Footnote { .. } => {
                self.block(BlockKind::Footnote, source);
                Open::Container
            }
            Tag::Description => {
                self.loose_text = None;
                Open::Container
            }
            Tag::Item => self.item(source),
            Tag::Checkbox { ticked } => {
                if let Some(&item) = self.items.last() {
                    self.document.items[item].task = Some(*ticked);
                }
                Open::Other
            }
            Tag::Table => self.leaf(BlockKind::Table, source),
            Tag::CodeBlock { fenced, .. } => {
                self.code_block(*fenced, source);
                self.block(BlockKind::Code, source);
                Open::ClosedOff
            }
            Tag::CodeSpan => {
                self.words("", source);
                self.code_span(source);
                Open::Inline
            }
            Tag::Html { .. } if self.begins_html_block(source) => {
                self.block(BlockKind::Html, source);
                Open::ClosedOff
            }
            Tag::Html { .. } | Tag::Link { .. } | Tag::Image { .. } if self.is_closed_off() => Open::ClosedOff,
            Tag::Html { .. } => {
                self.words("", source);
                self.tag = Some(self.document.html.len());
                self.document.html.push(*source);
                Open::Inline
            }
            Tag::Link { destination, .. } => self.link(destination.clone(), source, false),
            Tag::Image(image) => self.link(image.source.clone(), source, true),
            Tag::Emphasis | Tag::Strong | Tag::Strike | Tag::FootnoteMark { .. } | Tag::Abbreviation { .. } => {
                self.words("", source);
                Open::Inline
            }
            Tag::DescriptionList | Tag::TableHead | Tag::TableBody | Tag::TableFoot => Open::Other,
            Tag::Row | Tag::Cell { .. } | Tag::Footnotes => Open::Other,
        }
    }

    fn end(&mut self, source: &Span) {
        let Some(ended) = self.open.pop() else { return };
        if ended.holds_blocks() {
            self.loose_text = None;
            self.depth -= 1;
        }
        match ended {
            Open::Leaf => (self.in_leaf, self.in_heading) = (false, false),
            Open::Quote => self.quotes -= 1,
            Open::List => drop(self.lists.pop()),
            Open::Item => drop(self.items.pop()),
            Open::Link => {
                self.end_link();
                self.words("", source);
            }
            Open::Inline => self.words("", source),
            Open::Container | Open::ClosedOff | Open::Other => {}
        }
    }

    /// Widens what is open around a piece of running text, and adds to the title of a heading.
    fn words(&mut self, text: &str, source: &Span) {
        if self.is_closed_off() {
            return;
        }
        // The link around it is widened when this one ends: widening all that are open would be quadratic.
        if let Some(&link) = self.links.last() {
            let text = &mut self.document.links[link].text;
            if text.start == text.end {
                text.start = source.start;
            }
            text.end = source.end.max(text.end);
        }
        if self.in_heading {
            self.heading_text(text, source);
        }
        if self.in_leaf {
            return;
        }
        match self.loose_text {
            Some(block) => {
                let span = &mut self.document.blocks[block].span;
                span.end = source.end.max(span.end);
            }
            // White space between blocks is none of their text.
            None if !text.is_empty() && text.trim().is_empty() => {}
            None => {
                self.block(BlockKind::Paragraph, source);
                self.loose_text = Some(self.document.blocks.len() - 1);
            }
        }
    }

    fn heading_text(&mut self, text: &str, source: &Span) {
        let Some(heading) = self.document.headings.last_mut() else { return };
        heading.text.end = heading.text.end.max(source.end);
        // Signs of typography are the engine's, and the title is the author's.
        let is_sign = matches!(text, "‘" | "’" | "“" | "”" | "–" | "—" | "…" | "«" | "»");
        let text = if is_sign { &self.text[*source] } else { text };
        match (text, offset_in(self.text, text)) {
            ("", _) => {}
            (_, Some(start)) if heading.title.is_empty() => {
                heading.title = Cow::Borrowed(&self.text[start..start + text.len()]);
            }
            _ => heading.title.to_mut().push_str(text),
        }
    }

    fn math(&mut self, display: bool, tex: &str, source: &Span) {
        if display && !self.in_leaf && self.loose_text.is_none() {
            self.block(BlockKind::Math, source);
        } else {
            self.words(tex, source);
        }
    }

    fn html(&mut self, html: &str, source: &Span) {
        if self.is_closed_off() {
            return self.comments(html, source, false);
        }
        let before = self.html_blocks.partition_point(|block| block.start < source.end.max(source.start + 1));
        let around = self.html_blocks[..before].last().filter(|block| source.start < block.end);
        match around.filter(|_| !self.in_leaf && self.loose_text.is_none()) {
            Some(block) if self.html_block == Some(block.start) => {}
            Some(block) => {
                self.html_block = Some(block.start);
                self.block(BlockKind::Html, block);
                self.comments(html, block, false);
            }
            // The line break of Windows behind a block is a piece of its own.
            None if html.trim().is_empty() => {}
            None => {
                self.words("", source);
                self.document.html.push(*source);
                self.comments(html, source, true);
            }
        }
    }

    fn comments(&mut self, html: &str, source: &Span, inline: bool) {
        if html.starts_with("<!--") && self.text[*source].starts_with("{::comment") {
            let span = trimmed(self.text, *source);
            self.document.comments.push(Comment { text: Span::empty(span.end), span, inline });
        } else {
            let found = html::comments(&self.text[*source]);
            self.document.comments.extend(found.map(|found| {
                let span = Span::new(source.start + found.start, source.start + found.end);
                Comment { text: trimmed(self.text, Span::new(span.start + 4, span.end - 3)), span, inline }
            }));
        }
    }

    /// Whether what is innermost is code or a block of HTML.
    fn is_closed_off(&self) -> bool {
        self.open.last() == Some(&Open::ClosedOff)
    }

    fn begins_html_block(&self, source: &Span) -> bool {
        let is_block = || self.html_blocks.binary_search_by_key(&source.start, |block| block.start).is_ok();
        !self.in_leaf && !self.is_closed_off() && is_block()
    }

    fn block(&mut self, kind: BlockKind, source: &Span) {
        self.loose_text = None;
        if let Some(&item) = self.items.last() {
            self.document.items[item].empty = false;
        }
        let span = trimmed(self.text, *source);
        let item = self.items.last().copied();
        self.document.blocks.push(Block { kind, span, depth: self.depth, quoted: self.quotes > 0, item });
    }

    fn leaf(&mut self, kind: BlockKind, source: &Span) -> Open {
        self.block(kind, source);
        self.in_leaf = true;
        Open::Leaf
    }
}
