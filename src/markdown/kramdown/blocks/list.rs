//! Lists (kramdown 2.4.0, `parser/kramdown/list.rb`; kramdown-parser-gfm 1.1.0 for task items).

use std::borrow::Cow;

use super::scan::{self, Marker};
use super::{Blocks, DEEPEST};
use crate::markdown::kramdown::attributes;
use crate::markdown::kramdown::char_classes::spaces;
use crate::markdown::kramdown::tree::{AttributeList, NodeId, NodeKind};
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::Tag;
use crate::text::Span;

/// What kramdown makes of the box of a task item, before it reads the text.
const BOX: &str = r#"<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" />"#;
const TICKED_BOX: &str =
    r#"<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" checked="checked" />"#;

/// An item of a list whose lines are being gathered.
pub(super) struct Item<'a> {
    /// Where it begins and ends in the text of the list.
    span: Span,
    /// What stands in it without indentation; where a list begins in it, so does another text.
    texts: Vec<MappedText<'a>>,
    /// The column of its text.
    indentation: usize,
    attribute_list: Option<Box<AttributeList>>,
    /// Whether a blank line stands above it.
    pub after_blank: bool,
}

impl<'a> Item<'a> {
    /// Adds text that stands for a stretch of the text of the list.
    fn push(&mut self, content: &MappedText<'a>, span: Span) {
        if let Some(text) = self.texts.last_mut() {
            text.push(content, span);
        }
    }

    fn push_spaces(&mut self, count: usize, source: Span) {
        if let Some(text) = self.texts.last_mut().filter(|_| count > 0) {
            text.push_replaced(&" ".repeat(count), source);
        }
    }
}

impl<'a> Blocks<'_, 'a, '_> {
    pub(super) fn list(&mut self) -> bool {
        let rest = self.rest();
        let marker = if scan::list_marker(rest, Marker::Bullet, 3).is_some() { Marker::Bullet } else { Marker::Number };
        if self.depth >= DEEPEST || scan::list_marker(rest, marker, 3).is_none() {
            return false;
        }
        let start = self.at;
        let (items, marked) = self.items(marker, false);
        // kramdown forgets the number that a list begins with.
        let tag = Tag::List { start: (marker == Marker::Number).then_some(1) };
        let list = self.add(NodeKind::Element(tag), Span::new(start, self.at));
        let mut blank = None;
        let last = items.len().saturating_sub(1);
        for (index, item) in items.into_iter().enumerate() {
            blank = self.item(list, item, index == last, marked).unwrap_or(blank);
        }
        if self.document.options.gfm {
            self.tick(list);
        }
        if let Some(blank) = blank.filter(|_| !marked) {
            let parent = self.parent;
            self.node(parent).children.push(blank);
        }
        true
    }

    /// The lines of the items of a list, or of descriptions, and whether an end marker follows those of a list.
    pub(super) fn items(&mut self, marker: Marker, mut after_blank: bool) -> (Vec<Item<'a>>, bool) {
        let is_list = marker != Marker::Colon;
        let (mut items, mut margin, mut nested) = (Vec::<Item>::new(), 3, false);
        while self.at < self.text().len() {
            let rest = self.rest();
            if is_list && after_blank && scan::rule(rest).is_some() {
                break;
            }
            if let Some(len) = scan::end_marker(rest) {
                self.at += if is_list { len } else { 0 };
                return (items, is_list);
            }
            if let Some(len) = scan::list_marker(rest, marker, margin) {
                let item = self.first_line(len, after_blank);
                nested = is_list && scan::starts_list(item.texts[0].text());
                // `fetch_pattern`
                margin = (item.indentation - 1).min(3);
                items.push(item);
                after_blank = false;
                continue;
            }
            let Some(item) = items.last_mut() else { break };
            if goes_on(rest, item.indentation) || !after_blank && goes_on_lazily(rest, item.indentation) {
                nested = self.next_line(item, nested, is_list);
                after_blank = false;
            } else if let blank @ 1.. = scan::blank(rest) {
                item.push(self.content, Span::new(self.at, self.at + blank));
                self.at += blank;
                (nested, after_blank) = (true, true);
            } else {
                break;
            }
        }
        (items, false)
    }

    /// An item with its first line, whose marker is so long: `parse_first_list_line`.
    fn first_line(&mut self, marker: usize, after_blank: bool) -> Item<'a> {
        let (start, text) = (self.at, self.text());
        let end = start + scan::line(self.rest());
        let mut at = start + marker;
        let line = &text[at..end];
        let alone = spaces(line) == line.len() || scan::item_attributes(line).is_some_and(|(_, len)| len == line.len());
        let indentation = if alone { 4 } else { marker + width(line, marker) };
        at += spaces(line);
        let mut list = None;
        if let Some((span, len)) = scan::item_attributes(&text[at..end]) {
            list = Some(Box::new(attributes::parse(&text[at + span.start..at + span.end])));
            at += len;
        }
        let (span, texts) = (Span::new(start, end), vec![MappedText::default()]);
        let mut item = Item { span, texts, indentation, attribute_list: list, after_blank };
        item.push(self.content, Span::new(at, end));
        self.at = end;
        item
    }

    /// Adds a line without its indentation to an item; whether a list began in it before, or does here.
    fn next_line(&mut self, item: &mut Item<'a>, nested: bool, is_list: bool) -> bool {
        let rest = self.rest();
        let tabs = scan::run(rest, b'\t');
        let inner = tabs + scan::run(&rest[tabs..], b' ');
        let width = tabs * 4 + inner - tabs;
        let is_indented = width >= item.indentation;
        // What is left of the indentation, in spaces.
        let left = if is_indented { width - item.indentation } else { width };
        let begins_list = is_list && left <= 3 && scan::starts_list(&rest[inner..]);
        if begins_list && !nested && is_indented {
            item.texts.push(MappedText::default());
        } else if begins_list && nested && !is_indented {
            item.push_spaces(item.indentation + 4, Span::empty(self.content.source(self.at)));
        }
        let of_tabs = left.min(tabs * 4);
        item.push_spaces(of_tabs, self.content.span(Span::new(self.at, self.at + tabs)));
        item.span.end = self.at + scan::line(rest);
        item.push(self.content, Span::new(self.at + inner - (left - of_tabs), item.span.end));
        self.at = item.span.end;
        nested || begins_list && is_indented
    }

    /// Adds an item, or a description, with the blocks in it.
    pub(super) fn add_item(&mut self, list: NodeId, tag: Tag<'a>, item: Item<'a>) -> NodeId {
        let id = self.add_to(list, NodeKind::Element(tag), item.span);
        self.node(id).attribute_list = item.attribute_list;
        for text in &item.texts {
            self.read_within(id, text);
        }
        id
    }

    /// Reads the blocks of an item; the blank lines after them, or nothing if there are no blocks.
    fn item(&mut self, list: NodeId, item: Item<'a>, is_last: bool, marked: bool) -> Option<Option<NodeId>> {
        let id = self.add_item(list, Tag::Item, item);
        let &first = self.children(id).first()?;
        let is_paragraph = self.is_paragraph(first);
        let is_eob = |id: &NodeId| matches!(self.kind(*id), NodeKind::EndOfBlock(_));
        if is_paragraph
            && self.document.nodes[first].attribute_list.is_some()
            && self.children(id).get(1).is_some_and(is_eob)
        {
            self.node(id).children.remove(1);
        }
        let count = self.children(id).len();
        let blank_follows = self.children(id).get(1).is_some_and(|&id| self.is_blank(id));
        let tight = !blank_follows || is_last && count == 2 && !marked;
        if is_paragraph && tight && (!is_last || self.is_alone_or_tight(list)) {
            self.make_transparent(first, count > 1 && !blank_follows);
        }
        Some(self.take_last_blank(id))
    }

    /// Whether the last item of a list is its only one, or another has no paragraph of its own.
    fn is_alone_or_tight(&self, list: NodeId) -> bool {
        let (_, others) = self.children(list).split_last().unwrap_or((&0, &[]));
        let loose = |item: &NodeId| self.children(*item).first().is_some_and(|&first| self.is_paragraph(first));
        others.is_empty() || !others.iter().all(loose)
    }

    /// Makes a paragraph print only what stands in it, with a line break at its end or without.
    pub(super) fn make_transparent(&mut self, paragraph: NodeId, with_break: bool) {
        let (running, file) = (self.children(paragraph).first().copied(), self.document.file);
        if let Some(NodeKind::RunningText(text)) = running.map(|id| &mut self.node(id).kind).filter(|_| with_break) {
            let end = text.source(text.text().len());
            match file[end..].starts_with('\n') {
                true => text.push_verbatim("\n", end),
                false => text.push_replaced("\n", Span::empty(end)),
            }
        }
        self.node(paragraph).kind = NodeKind::Transparent;
    }

    pub(super) fn take_last_blank(&mut self, id: NodeId) -> Option<NodeId> {
        let last = self.children(id).last().is_some_and(|&last| self.is_blank(last));
        self.node(id).children.pop_if(|_| last)
    }

    /// Turns `[ ]` and `[x]` at the start of items into boxes: `parse_list` of `gfm.rb`.
    fn tick(&mut self, list: NodeId) {
        let class = |name: &'static str| (Cow::Borrowed("class"), Cow::Borrowed(name));
        let mut is_tasks = false;
        for item in self.children(list).to_vec() {
            let Some(&first) = self.children(item).first() else { continue };
            if !matches!(self.kind(first), NodeKind::Transparent | NodeKind::Element(Tag::Paragraph)) {
                continue;
            }
            let running = self.children(first).first().copied();
            if let Some(NodeKind::RunningText(text)) = running.map(|id| &mut self.node(id).kind) {
                is_tasks |= ticked(text).map(|boxed| *text = boxed).is_some();
            }
            if is_tasks {
                self.node(item).attributes.push(class("task-list-item"));
            }
        }
        if is_tasks {
            self.node(list).attributes.push(class("task-list"));
        }
    }
}

/// How wide the white space at the start of a line is, after a marker of so many bytes.
fn width(line: &str, marker: usize) -> usize {
    let blanks = line.bytes().take_while(|&byte| matches!(byte, b' ' | b'\t'));
    blanks.fold(0, |width, byte| if byte == b'\t' { width + 4 - (width + marker) % 4 } else { width + 1 })
}

/// Whether a line is indented enough for an item: `content_re`.
fn goes_on(text: &str, indentation: usize) -> bool {
    let mut inner = text;
    for _ in 0..indentation / 4 {
        let step = scan::indent(inner);
        if step == 0 {
            return false;
        }
        inner = &inner[step..];
    }
    let more = indentation % 4;
    holds_text(text)
        && (inner.bytes().take(more).filter(|&byte| byte == b' ').count() == more || scan::indent(inner) > 0)
}

/// Whether a line that is not indented enough still belongs to an item: `lazy_re`.
fn goes_on_lazily(text: &str, indentation: usize) -> bool {
    let margin = text.bytes().take(indentation.min(3)).take_while(|&byte| byte == b' ').count();
    let inner = &text[margin..];
    holds_text(text) && scan::bare_attributes(inner).is_none() && !scan::html_of_a_block(inner)
}

fn holds_text(text: &str) -> bool {
    let line = &text[..scan::line(text)];
    spaces(line) < line.len() && line.ends_with('\n')
}

/// The text of an item with the HTML of a box instead of `[ ]` or `[x]`.
fn ticked<'a>(text: &MappedText<'a>) -> Option<MappedText<'a>> {
    let value = text.text();
    let start = spaces(value);
    let bytes = &value.as_bytes()[start..];
    let html = match bytes {
        [b'[', b' ', b']', ..] => BOX,
        [b'[', b'x' | b'X', b']', ..] => TICKED_BOX,
        _ => return None,
    };
    let skipped = spaces(&value[start + 3..]);
    let rest = start + 3 + skipped;
    let mut boxed = MappedText::default();
    boxed.push_replaced(html, text.span(Span::new(start, start + 3)));
    boxed.push(text, Span::new(rest, value.len()));
    (skipped > 0).then_some(boxed)
}
