//! How a post is laid out in lines, as the engine of its blog reads them: which of them a rule about format may touch,
//! and where the blocks and items of the page begin and end.

use std::collections::HashSet;
use std::slice::Iter;

use super::Post;
use crate::markdown::MarkdownEngine;
use crate::markdown::document::{self, BlockKind};
use crate::markdown::page::{Event, Tag, What};
use crate::post::templates;
use crate::syntax::front_matter::{FrontMatter, Style};
use crate::text::{Span, trimmed};

/// A post in lines.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The lines of the front matter between its fences, and all lines below it.
    pub lines: Vec<Line>,
    /// The blocks of the page that stand in no other, in its order.
    pub blocks: Vec<Block>,
    /// The items of its lists in the order they begin.
    pub items: Vec<Item>,
    /// How many lists there are.
    pub lists: usize,
}

/// A line of the post.
#[derive(Debug)]
pub(crate) struct Line {
    /// Without its line break, white space at its ends included.
    pub span: Span,
    /// The bytes of its line break: 0 at the end of the file.
    pub line_break: usize,
    /// What stands on it.
    pub kind: LineKind,
}

/// What stands on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// Spaces and tabs at most, which mean nothing.
    Blank,
    /// Front matter, but no value of several lines.
    Data,
    /// Running text or a heading; the lines of one have the same number.
    Text(usize),
    /// Anything else: code, math, HTML, tables, definitions, what a template engine or only this engine reads, and what
    /// is read in another way by other engines. No rule about format touches it.
    Kept,
}

/// A block of the page that stands in no other.
#[derive(Debug)]
pub(crate) struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes, without white space at its ends.
    pub span: Span,
}

/// An item of a list on the page.
#[derive(Debug)]
pub(crate) struct Item {
    /// The number of its list: lists count from 0 in the order they begin.
    pub list: usize,
    /// In how many bulleted lists that lies.
    pub level: usize,
    /// Its bytes, from its marker on, without white space at its end.
    pub span: Span,
    /// `-`, `*`, `+`, `1.` or `1)`.
    pub marker: Span,
}

impl Item {
    /// The bullet that marks it, if it has one.
    pub(crate) fn bullet(&self, text: &str) -> Option<u8> {
        text[self.marker].bytes().next().filter(|marker| matches!(marker, b'-' | b'*' | b'+'))
    }
}

/// Lays out a post by the page that its engine makes of it.
pub(crate) fn read(post: &Post, engine: &MarkdownEngine) -> Layout {
    let mut reading = Reading { text: post.text, ..Reading::default() };
    let mut events = post.page.events.iter();
    while let Some(event) = events.next() {
        reading.event(event, &mut events);
    }
    let ends = std::mem::take(&mut reading.ends);
    let mut layout = Layout { lines: lines(post), blocks: reading.blocks, items: reading.items, lists: reading.lists };
    for (span, number) in reading.texts {
        layout.mark(&span, |line| if line.kind == LineKind::Kept { LineKind::Text(number) } else { line.kind });
    }
    for span in reading.kept.into_iter().chain(kept_in(post)).filter(|span| !span.is_empty()) {
        layout.mark(&span, |_| LineKind::Kept);
    }
    layout.keep_before_descriptions(post.text);
    if engine.keeps_white_lines() {
        layout.keep_white_lines(&ends);
    }
    layout.keep_below_code(post.text);
    layout.keep_end(post.text);
    layout
}

impl Layout {
    /// The line that holds a byte.
    pub(crate) fn line_at(&self, offset: usize) -> Option<usize> {
        let after = self.lines.partition_point(|line| line.span.start <= offset);
        after.checked_sub(1).filter(|&line| offset <= self.lines[line].span.end)
    }

    fn mark(&mut self, span: &Span, kind: impl Fn(&Line) -> LineKind) {
        // What begins with the second half of a CRLF begins on that line.
        let ends_before = |line: &Line| line.span.end < span.start && line.span.end + line.line_break <= span.start;
        let first = self.lines.partition_point(ends_before);
        for line in self.lines[first..].iter_mut().take_while(|line| line.span.start < span.end.max(span.start + 1)) {
            line.kind = kind(line);
        }
    }

    /// White space that no line break ends is part of code that nothing closes (goldmark 1.7, Hugo 0.168).
    fn keep_end(&mut self, text: &str) {
        let is_kept = self.lines.iter().rfind(|line| line.kind != LineKind::Blank);
        let is_kept = is_kept.is_some_and(|line| line.kind == LineKind::Kept);
        let end = self.lines.last_mut().filter(|last| last.span.end == text.len() && !last.span.is_empty());
        if let Some(end) = end.filter(|end| is_kept && end.kind == LineKind::Blank) {
            end.kind = LineKind::Kept;
        }
    }

    /// White space on a blank line below a list keeps the lines above it in that: it is loose if they are several, and what it
    /// lies in is not for their sake (micromark 2.11, `initialize/document.js`).
    fn keep_white_lines(&mut self, ends: &[(usize, bool)]) {
        for &(end, is_inner) in ends {
            let Some(last) = self.line_at(end) else { continue };
            let below = &mut self.lines[last + 1..];
            let count = below.iter().take_while(|line| line.kind == LineKind::Blank).count();
            let blank = &mut below[..count];
            let decides = |line: &Line| !line.span.is_empty();
            if blank.iter().skip(1).any(decides) || is_inner && count == 1 && decides(&blank[0]) {
                blank.iter_mut().for_each(|line| line.kind = LineKind::Kept);
            }
        }
    }

    /// White space below code by its indentation that goes on behind the indent stands in it (micromark, `code-indented.js`).
    fn keep_below_code(&mut self, text: &str) {
        let mut is_below = false;
        for line in &mut self.lines {
            let written = &text[line.span];
            let is_indented = written.starts_with("    ") || written.starts_with('\t');
            match line.kind {
                LineKind::Blank if is_below && is_indented => line.kind = LineKind::Kept,
                LineKind::Blank => {}
                _ => is_below = line.kind == LineKind::Kept && is_indented,
            }
        }
    }

    /// White space on a blank line above `: description` decides whether kramdown reads one (2.4.0,
    /// `parser/kramdown/definition_list.rb`).
    fn keep_before_descriptions(&mut self, text: &str) {
        let mut is_kept = false;
        for line in self.lines.iter_mut().rev() {
            match line.kind {
                LineKind::Blank if is_kept => line.kind = LineKind::Kept,
                LineKind::Blank => {}
                _ => is_kept = text[line.span].trim_start().starts_with(':'),
            }
        }
    }
}

/// The lines between the fences of the front matter and all below it, not yet told apart.
fn lines(post: &Post) -> Vec<Line> {
    let front = post.front_matter().map_or(Span::default(), |front| front.content);
    let of_data = lines_in(post.text, front, LineKind::Data);
    of_data.chain(lines_in(post.text, post.body.span, LineKind::Kept)).collect()
}

/// The lines of a stretch of text that begins with one.
fn lines_in(text: &str, stretch: Span, kind: LineKind) -> impl Iterator<Item = Line> {
    let mut start = stretch.start;
    text[stretch].split_inclusive('\n').map(move |whole| {
        let written = whole.trim_end_matches(['\n', '\r']);
        let span = Span::new(start, start + written.len());
        start += whole.len();
        let is_blank = written.trim_matches([' ', '\t']).is_empty();
        Line { span, line_break: whole.len() - written.len(), kind: if is_blank { LineKind::Blank } else { kind } }
    })
}

/// What the model of the post knows of stretches that are not just text, whatever engine reads it.
fn kept_in(post: &Post) -> Vec<Span> {
    use BlockKind::{Code, Footnote, Html, Math, Table};
    let body = &post.body;
    let spans_lines = |span: &&Span| memchr::memchr2(b'\n', b'\r', &post.text.as_bytes()[*(*span)]).is_some();
    let blocks = body.blocks.iter().filter(|block| matches!(block.kind, Code | Footnote | Html | Math | Table));
    let blocks = blocks.map(|block| &block.span).chain(body.definitions.iter().map(|definition| &definition.span));
    let inline = body.code.iter().map(|code| &code.span).chain(body.formulas.iter().map(|formula| &formula.span));
    let inline = inline.chain(body.comments.iter().map(|comment| &comment.span)).filter(spans_lines);
    let templates = body.templates.iter().map(|template| &template.span);
    // Liquid stops at tags that nothing closes, or takes them for text.
    let templates = templates.chain(post.liquid().parts.iter().map(|part| &part.span));
    let spans = blocks.chain(inline).chain(templates).cloned();
    let paired = templates::paired(post.text, &body.templates);
    spans
        .chain(paired)
        .chain(post.front_matter().into_iter().flat_map(|front| values_over_lines(post, front)))
        .collect()
}

/// The values of the front matter that go over several lines, with the blank lines below them.
fn values_over_lines(post: &Post, front: &FrontMatter) -> Vec<Span> {
    let goes_on = |span: &Span| post.text[*span].contains('\n');
    let scalars = front.tree.scalars().into_iter().map(|(_, node)| node);
    let long = scalars.filter(|node| goes_on(&node.span) || matches!(node.style, Style::Literal | Style::Folded));
    let with_blank = |span: &Span| {
        let rest = &post.text[span.end..front.content.end.max(span.end)];
        Span::new(span.start, span.end + (rest.len() - rest.trim_start().len()))
    };
    long.map(|node| with_blank(&node.span)).collect()
}

/// Goes through the events of a page.
#[derive(Default)]
struct Reading<'t> {
    text: &'t str,
    blocks: Vec<Block>,
    items: Vec<Item>,
    lists: usize,
    /// Where they end, and whether they lie in others.
    ends: Vec<(usize, bool)>,
    /// Those of them with bullets.
    bulleted: HashSet<usize>,
    /// Stretches of text, each with the number of what it belongs to.
    texts: Vec<(Span, usize)>,
    kept: Vec<Span>,
    /// The elements that are open.
    open: Vec<Opened>,
    /// Whether one of them is a paragraph or a heading.
    in_leaf: bool,
    leaves: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Opened {
    List(usize),
    Leaf,
    Inline,
    Other,
}

impl Reading<'_> {
    fn event(&mut self, event: &Event, rest: &mut Iter<Event>) {
        let source = &event.source;
        let span = trimmed(self.text, *source);
        match &event.what {
            What::Start(element) => match self.start(&element.tag, span) {
                Some(opened) => self.open.push(opened),
                None => {
                    self.keep(kind_of(&element.tag), span);
                    self.keep_within(rest);
                }
            },
            What::End => match self.open.pop() {
                Some(Opened::Inline) => self.inline(&span),
                ended => {
                    self.in_leaf &= ended != Some(Opened::Leaf);
                    self.leaves += 1;
                }
            },
            What::Text(_) | What::Break => self.inline(source),
            What::Math { display: false, .. } => self.stretch(&span),
            What::Math { tex, .. } => {
                // What nothing closes goes on over the blank lines at the end of the file.
                self.kept.push(tex.span(Span::new(0, tex.text().len())));
                self.keep(BlockKind::Math, span);
            }
            What::Rule => self.keep(BlockKind::Rule, span),
            What::Html(_) => {
                self.kept.push(*source);
                self.block(BlockKind::Html, span);
            }
        }
    }

    /// What begins, unless none of it may be touched.
    fn start(&mut self, tag: &Tag, span: Span) -> Option<Opened> {
        match tag {
            Tag::Paragraph => return Some(self.leaf(BlockKind::Paragraph, span)),
            Tag::Heading { .. } => return Some(self.leaf(BlockKind::Heading, span)),
            Tag::List { .. } => {
                self.block(BlockKind::List, span);
                self.ends.push((span.end, self.open.iter().any(|open| matches!(open, Opened::List(_)))));
                self.lists += 1;
                return Some(Opened::List(self.lists - 1));
            }
            Tag::Quote => self.block(BlockKind::Quote, span),
            Tag::Footnotes => self.block(BlockKind::Footnote, span),
            Tag::Item => {
                self.leaves += 1;
                if let Some(&Opened::List(list)) = self.open.last() {
                    let marker = document::item_marker(self.text, span);
                    let lists = self.open.iter().filter_map(|open| match open {
                        Opened::List(list) => Some(*list),
                        _ => None,
                    });
                    let level = lists.filter(|around| *around != list && self.bulleted.contains(around)).count();
                    let item = Item { list, level, span, marker };
                    self.bulleted.extend(item.bullet(self.text).map(|_| list));
                    self.items.push(item);
                }
            }
            Tag::Emphasis | Tag::Strong | Tag::Strike => {
                self.inline(&Span::empty(span.start));
                return Some(Opened::Inline);
            }
            Tag::Link { .. } | Tag::Image { .. } | Tag::CodeSpan | Tag::FootnoteMark { .. } | Tag::Checkbox { .. } => {
                self.stretch(&span);
                return Some(Opened::Inline);
            }
            _ => return None,
        }
        Some(Opened::Other)
    }

    fn leaf(&mut self, kind: BlockKind, span: Span) -> Opened {
        self.block(kind, span);
        self.texts.push((span, self.leaves));
        self.in_leaf = true;
        Opened::Leaf
    }

    /// Keeps what stands in the element that is open, up to its end: what nothing closes goes on over the blank lines at
    /// the end of the file.
    fn keep_within(&mut self, rest: &mut Iter<Event>) {
        let mut depth = 1;
        let inner = rest.take_while(|event| {
            depth += match event.what {
                What::Start(_) => 1,
                What::End => -1,
                _ => 0,
            };
            depth > 0
        });
        let inner = inner.filter(|event| !matches!(event.what, What::Start(_) | What::End));
        self.kept.extend(inner.map(|event| event.source));
    }

    fn block(&mut self, kind: BlockKind, span: Span) {
        self.leaves += 1;
        if self.open.is_empty() {
            self.blocks.push(Block { kind, span });
        }
    }

    fn keep(&mut self, kind: BlockKind, span: Span) {
        self.kept.push(span);
        self.block(kind, span);
    }

    /// Something in running text, whose line breaks are its own.
    fn stretch(&mut self, span: &Span) {
        self.inline(&Span::empty(span.start));
        if self.text[*span].contains(['\n', '\r']) {
            self.kept.push(*span);
        }
    }

    /// Running text, which the paragraph around it already says, if there is one.
    fn inline(&mut self, span: &Span) {
        if !self.in_leaf {
            self.texts.push((*span, self.leaves));
        }
    }
}

fn kind_of(tag: &Tag) -> BlockKind {
    match tag {
        Tag::CodeBlock { .. } => BlockKind::Code,
        Tag::Table => BlockKind::Table,
        Tag::Footnote { .. } => BlockKind::Footnote,
        _ => BlockKind::Html,
    }
}

#[cfg(test)]
mod tests;
