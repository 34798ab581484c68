//! What a reader of the source takes a post for, whatever engine reads it: CommonMark with all extensions, formulas
//! between dollar signs included.
//!
//! Known limits of its ranges (0.13.6): the range of `[x][]` ends before `[]`, indented code starts after its indent,
//! and block ranges include the trailing line break, which is cut here.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use crate::render::document::{
    Block, BlockKind, Code, Definition, Document, Formula, Heading, Item, Link, LinkKind, comments,
};
use crate::text::{Span, offset_in, trimmed};

/// Reads the Markdown from a byte on.
pub(crate) fn read(text: &str, from: usize) -> Document<'_> {
    let mut reader = Reader::new(text, from);
    let mut events = Parser::new_ext(&text[from..], options()).into_offset_iter();
    for (label, definition) in events.reference_definitions().iter() {
        let span = trimmed(text, definition.span.start + from..definition.span.end + from);
        let (label, destination) = (label.to_owned(), definition.dest.to_string());
        reader.body.definitions.push(Definition { span, label, destination });
    }
    for (event, range) in &mut events {
        reader.event(event, range.start + from..range.end + from);
    }
    let mut body = reader.body;
    body.definitions.sort_by_key(|definition| definition.span.start);
    body.templates = super::templates::read(text, from);
    super::templates::find_blocks(text, &mut body);
    super::math::find_blocks(text, &mut body);
    super::math::find_inline(text, &mut body);
    super::math::find_backslashes(text, &mut body);
    super::math::find_unclosed(text, &mut body);
    body
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
}

/// Turns the events of the parser into a [`Document`].
struct Reader<'a> {
    text: &'a str,
    body: Document<'a>,
    /// The items that are open: indices of `body.items`.
    items: Vec<usize>,
    /// The links that are open: indices of `body.links`.
    links: Vec<usize>,
    /// The lists that are open: their numbers, and their bytes.
    lists: Vec<(Option<u64>, Span)>,
    depth: usize,
    quotes: usize,
    /// In a paragraph, a heading, a table or a code block: inline events need no paragraph of their own.
    in_leaf: bool,
    in_heading: bool,
    /// The text of an item that has no paragraph: an index of `body.blocks`.
    loose_text: Option<usize>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, from: usize) -> Self {
        Reader {
            text,
            body: Document { span: from..text.len(), ..Document::default() },
            items: Vec::new(),
            links: Vec::new(),
            lists: Vec::new(),
            depth: 0,
            quotes: 0,
            in_leaf: false,
            in_heading: false,
            loose_text: None,
        }
    }

    fn event(&mut self, event: Event<'a>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            inline => self.inline(inline, span),
        }
    }

    fn inline(&mut self, event: Event<'a>, span: Span) {
        if let Event::Html(_) = event {
            return;
        }
        if event == Event::Rule {
            self.block(BlockKind::Rule, span);
            return;
        }
        if let Event::TaskListMarker(ticked) = event {
            if let Some(&item) = self.items.last() {
                self.body.items[item].task = Some(ticked);
            }
            return;
        }
        self.running_text(&span);
        match &event {
            Event::InlineHtml(_) => {
                self.body.html.push(span.clone());
                self.body.comments.extend(comments::read(self.text, span.clone(), true));
            }
            Event::InlineMath(_) => self.formula(span.clone(), "$"),
            Event::DisplayMath(_) => self.formula(span.clone(), "$$"),
            Event::Code(_) => self.code_span(span.clone()),
            _ => {}
        }
        if self.in_heading {
            self.heading_text(event, span);
        }
    }

    /// Widens what is open around a piece of running text.
    fn running_text(&mut self, span: &Span) {
        // The link around it is widened when this one ends: widening all that are open would be quadratic.
        if let Some(&link) = self.links.last() {
            let text = &mut self.body.links[link].text;
            if text.start == text.end {
                text.start = span.start;
            }
            text.end = span.end;
        }
        if self.in_leaf {
            return;
        }
        match self.loose_text {
            Some(block) => self.body.blocks[block].span.end = span.end.max(self.body.blocks[block].span.end),
            None => {
                self.loose_text = Some(self.body.blocks.len());
                let item = self.items.last().copied();
                let block = BlockKind::Paragraph;
                self.body.blocks.push(Block {
                    kind: block,
                    span: span.clone(),
                    depth: self.depth,
                    quoted: self.quotes > 0,
                    item,
                });
                self.fill_item();
            }
        }
    }

    fn heading_text(&mut self, event: Event<'a>, span: Span) {
        let Some(heading) = self.body.headings.last_mut() else { return };
        heading.text.end = heading.text.end.max(span.end);
        let piece = match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => cow(text),
            Event::SoftBreak | Event::HardBreak => Cow::Borrowed(" "),
            _ => return,
        };
        if heading.title.is_empty() {
            heading.title = piece;
        } else {
            heading.title.to_mut().push_str(&piece);
        }
    }

    fn formula(&mut self, span: Span, delimiter: &'static str) {
        let tex = span.start + delimiter.len()..span.end - delimiter.len();
        let inner = self.text[tex.clone()].strip_prefix('`').and_then(|tex| tex.strip_suffix('`'));
        if inner.is_some_and(|inner| delimiter == "$" && !inner.contains('`')) {
            let tex = tex.start + 1..tex.end - 1;
            self.body.formulas.push(Formula { span, tex, display: false, delimiter: "$`" });
            return;
        }
        self.body.formulas.push(Formula { span, tex, display: delimiter == "$$", delimiter });
    }

    fn code_span(&mut self, span: Span) {
        let source = &self.text[span.clone()];
        let ticks = source.len() - source.trim_start_matches('`').len();
        let content = span.start + ticks..span.end - ticks;
        self.body.code.push(Code { span, info: None, content, block: false });
    }

    fn start(&mut self, tag: Tag<'a>, span: Span) {
        match tag {
            Tag::Paragraph => self.leaf(BlockKind::Paragraph, span),
            Tag::Heading { level, id, .. } => self.heading(level, id, span),
            Tag::CodeBlock(kind) => {
                self.code_block(kind, &span);
                self.leaf(BlockKind::Code, span);
            }
            Tag::HtmlBlock => {
                self.body.html.push(trimmed(self.text, span.clone()));
                self.body.comments.extend(comments::read(self.text, span.clone(), false));
                self.leaf(BlockKind::Html, span);
            }
            Tag::Table(_) => self.leaf(BlockKind::Table, span),
            Tag::BlockQuote(_) => {
                self.container(BlockKind::Quote, span);
                self.quotes += 1;
            }
            Tag::FootnoteDefinition(_) => self.container(BlockKind::Footnote, span),
            Tag::List(number) => {
                self.lists.push((number, trimmed(self.text, span.clone())));
                self.container(BlockKind::List, span);
            }
            Tag::Item => self.item(span),
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, dest_url, span, false),
            Tag::Image { link_type, dest_url, .. } => self.link(link_type, dest_url, span, true),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.running_text(&span),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Table => self.in_leaf = false,
            TagEnd::Heading(_) => {
                self.in_leaf = false;
                self.in_heading = false;
            }
            TagEnd::BlockQuote(_) => {
                self.quotes -= 1;
                self.close_container();
            }
            TagEnd::FootnoteDefinition => self.close_container(),
            TagEnd::List(_) => {
                self.lists.pop();
                self.close_container();
            }
            TagEnd::Item => {
                self.items.pop();
                self.close_container();
            }
            TagEnd::Link | TagEnd::Image => {
                if let Some(link) = self.links.pop() {
                    let text = &mut self.body.links[link].text;
                    *text = trimmed(self.text, text.clone());
                }
                self.running_text(&span);
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.running_text(&span);
                if self.in_heading
                    && let Some(heading) = self.body.headings.last_mut()
                {
                    heading.text.end = heading.text.end.max(span.end);
                }
            }
            _ => {}
        }
    }

    fn block(&mut self, kind: BlockKind, span: Span) {
        self.loose_text = None;
        self.fill_item();
        let span = trimmed(self.text, span);
        let item = self.items.last().copied();
        self.body.blocks.push(Block { kind, span, depth: self.depth, quoted: self.quotes > 0, item });
    }

    fn leaf(&mut self, kind: BlockKind, span: Span) {
        self.block(kind, span);
        self.in_leaf = true;
    }

    fn container(&mut self, kind: BlockKind, span: Span) {
        self.block(kind, span);
        self.depth += 1;
    }

    fn close_container(&mut self) {
        self.loose_text = None;
        self.depth = self.depth.saturating_sub(1);
    }

    fn fill_item(&mut self) {
        if let Some(&item) = self.items.last() {
            self.body.items[item].empty = false;
        }
    }

    fn item(&mut self, span: Span) {
        self.loose_text = None;
        let span = trimmed(self.text, span);
        let marker_len = match self.text.as_bytes().get(span.start) {
            Some(b'-' | b'+' | b'*') => 1,
            _ => self.text[span.clone()].find(['.', ')']).map_or(0, |at| at + 1),
        };
        self.items.push(self.body.items.len());
        let (number, list) = self.lists.last().cloned().unwrap_or_default();
        let marker = span.start..span.start + marker_len;
        self.body.items.push(Item { span, marker, task: None, empty: true, number, list });
        self.depth += 1;
    }

    fn heading(&mut self, level: HeadingLevel, id: Option<CowStr<'a>>, span: Span) {
        self.leaf(BlockKind::Heading, span.clone());
        self.in_heading = true;
        let span = trimmed(self.text, span);
        let source = &self.text[span.clone()];
        let hashes = source.len() - source.trim_start_matches('#').len();
        let setext = hashes == 0 || !source[hashes..].starts_with([' ', '\t', '\r', '\n']) && source.len() != hashes;
        let marker = if setext {
            let underline = source.rfind('\n').map_or(source.len(), |at| at + 1);
            trimmed(self.text, span.start + underline..span.end)
        } else {
            span.start..span.start + hashes
        };
        let text = if setext { span.start } else { trimmed(self.text, marker.end..span.end).start };
        let id = id.and_then(|id| borrowed_span(self.text, &id));
        let top = self.depth == 0;
        let title = Cow::Borrowed("");
        self.body.headings.push(Heading { level: level as u8, span, marker, text: text..text, title, id, top });
    }

    fn code_block(&mut self, kind: CodeBlockKind<'a>, span: &Span) {
        let whole = span.start..span.start + self.text[span.clone()].trim_end().len();
        let (info, content) = match kind {
            CodeBlockKind::Indented => (None, whole.clone()),
            CodeBlockKind::Fenced(info) => (borrowed_span(self.text, &info), fenced(self.text, &whole)),
        };
        self.body.code.push(Code { span: whole, info, content, block: true });
    }

    fn link(&mut self, kind: LinkType, destination: CowStr<'a>, span: Span, image: bool) {
        self.running_text(&span);
        let is_mail = kind == LinkType::Email;
        let kind = match kind {
            LinkType::Inline => LinkKind::Inline,
            LinkType::Autolink | LinkType::Email => LinkKind::Autolink,
            _ => LinkKind::Reference,
        };
        let destination_span = borrowed_span(self.text, &destination)
            .filter(|inner| span.start <= inner.start && inner.end <= span.end && !inner.is_empty());
        self.links.push(self.body.links.len());
        let destination = match is_mail {
            true => Cow::Owned(format!("mailto:{destination}")),
            false => cow(destination),
        };
        self.body.links.push(Link { kind, image, text: span.start..span.start, span, destination, destination_span });
    }
}

/// The lines between the fences of a code block.
fn fenced(text: &str, span: &Span) -> Span {
    let source = &text[span.clone()];
    let Some(first) = source.find('\n') else { return span.end..span.end };
    let last = source.rfind('\n').unwrap_or(first);
    let fence = source.as_bytes()[0];
    // The last line is a fence, or the end of the post came first.
    let closed =
        last >= first && source[last + 1..].trim_start_matches([' ', '\t', '>']).as_bytes().first() == Some(&fence);
    let end = if closed && last > first {
        last + 1
    } else if closed {
        first + 1
    } else {
        source.len()
    };
    span.start + first + 1..span.start + end
}

/// Where a string that the parser borrowed stands in the text; empty strings stand nowhere.
fn borrowed_span(text: &str, slice: &CowStr) -> Option<Span> {
    match slice {
        CowStr::Borrowed(slice) if !slice.is_empty() => offset_in(text, slice).map(|start| start..start + slice.len()),
        _ => None,
    }
}

fn cow<'a>(text: CowStr<'a>) -> Cow<'a, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.into_string()),
    }
}
