//! Lists (kramdown 2.4.0, `parser/kramdown/list.rb`; kramdown-parser-gfm 1.1.0 for task items).

use std::borrow::Cow;

use super::scan::{self, Marker};
use super::{Blocks, DEEPEST};
use crate::markdown::kramdown::attributes;
use crate::markdown::kramdown::char_classes::spaces;
use crate::markdown::kramdown::tree::AttributeList;
use crate::markdown::kramdown::tree::{NodeId, NodeKind};
use crate::markdown::mapped_text::MappedText;
use crate::text::Span;

/// What kramdown makes of the box of a task item, before it reads the text.
const BOX: &str = r#"<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" />"#;
const TICKED_BOX: &str =
    r#"<input type="checkbox" class="task-list-item-checkbox" disabled="disabled" checked="checked" />"#;

/// An item of a list whose lines are being gathered.
pub(super) struct Item<'a> {
    /// Where it begins and ends in the text of the list.
    pub span: Span,
    /// What stands in it without indentation; where a list begins in it, so does another text.
    pub texts: Vec<MappedText<'a>>,
    /// The column of its text.
    pub indentation: usize,
    pub attribute_list: Option<Box<AttributeList>>,
}

impl<'a> Item<'a> {
    /// Adds text that stands for a stretch of the text of the list.
    pub(crate) fn push(&mut self, content: &MappedText<'a>, span: Span) {
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

/// A line of an item as it is added to it.
pub(super) struct Line {
    /// How many tabs it begins with.
    tabs: usize,
    /// Spaces of its indentation that are left.
    left: usize,
    /// Where its indentation ends, in bytes of the line.
    inner: usize,
    /// Whether all of the indentation of the item was there.
    pub indented: bool,
}

impl<'a> Blocks<'_, 'a, '_> {
    pub(super) fn list(&mut self) -> bool {
        let rest = self.rest();
        let marker = if scan::list_marker(rest, Marker::Bullet, 3).is_some() { Marker::Bullet } else { Marker::Number };
        if self.depth >= DEEPEST || scan::list_marker(rest, marker, 3).is_none() {
            return false;
        }
        let start = self.at;
        let waiting = self.attribute_list.take();
        let (items, marked) = self.items(marker);
        // kramdown forgets the number that a list begins with.
        let ordered = (marker == Marker::Number).then_some(1);
        let list = self.add(NodeKind::List { ordered }, Span::new(start, self.at));
        self.node(list).attribute_list = waiting;
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

    /// The lines of the items, and whether an end marker follows them.
    fn items(&mut self, marker: Marker) -> (Vec<Item<'a>>, bool) {
        let mut items: Vec<Item> = Vec::new();
        let (mut margin, mut after_blank, mut nested) = (3, false, false);
        while self.at < self.text().len() {
            let rest = self.rest();
            if after_blank && scan::rule(rest).is_some() {
                break;
            }
            if let Some(len) = scan::end_marker(rest) {
                self.at += len;
                return (items, true);
            }
            if let Some(len) = scan::list_marker(rest, marker, margin) {
                let item = self.first_line(len);
                nested = scan::starts_list(item.texts[0].text());
                margin = margin_of(item.indentation);
                items.push(item);
                after_blank = false;
                continue;
            }
            let Some(item) = items.last_mut() else { break };
            if goes_on(rest, item.indentation) || !after_blank && goes_on_lazily(rest, item.indentation) {
                nested = self.next_line(item, nested);
                after_blank = false;
            } else {
                if !self.push_blank_lines(item) {
                    break;
                }
                (nested, after_blank) = (true, true);
            }
        }
        (items, false)
    }

    /// An item with its first line, whose marker is so long: `parse_first_list_line`.
    pub(super) fn first_line(&mut self, marker: usize) -> Item<'a> {
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
        let mut item =
            Item { span: Span::new(start, end), texts: vec![MappedText::default()], indentation, attribute_list: list };
        item.push(self.content, Span::new(at, end));
        self.at = end;
        item
    }

    /// Adds a line to an item; whether a list began in it before, or does here.
    fn next_line(&mut self, item: &mut Item<'a>, nested: bool) -> bool {
        let rest = self.rest();
        let line = unindented(rest, item.indentation);
        let begins_list = line.left <= 3 && scan::starts_list(&rest[line.inner..]);
        if begins_list && !nested && line.indented {
            item.texts.push(MappedText::default());
        } else if begins_list && nested && !line.indented {
            let place = self.content.source(self.at);
            item.push_spaces(item.indentation + 4, Span::empty(place));
        }
        self.push_line(item, &line);
        nested || begins_list && line.indented
    }

    /// Adds a line without indentation to an item.
    pub(super) fn push_line(&mut self, item: &mut Item<'a>, line: &Line) {
        let end = self.at + scan::line(self.rest());
        let of_tabs = line.left.min(line.tabs * 4);
        item.push_spaces(of_tabs, self.content.span(Span::new(self.at, self.at + line.tabs)));
        item.push(self.content, Span::new(self.at + line.inner - (line.left - of_tabs), end));
        item.span.end = end;
        self.at = end;
    }

    /// Adds the blank lines that follow to an item; `false` where there are none.
    pub(super) fn push_blank_lines(&mut self, item: &mut Item<'a>) -> bool {
        let len = scan::blank(self.rest());
        if len > 0 {
            item.push(self.content, Span::new(self.at, self.at + len));
            self.at += len;
        }
        len > 0
    }

    /// Reads the blocks of an item; the blank lines after them, or nothing if there are no blocks.
    fn item(&mut self, list: NodeId, item: Item<'a>, is_last: bool, marked: bool) -> Option<Option<NodeId>> {
        let id = self.add_to(list, NodeKind::Item, item.span);
        self.node(id).attribute_list = item.attribute_list;
        for text in &item.texts {
            self.read_within(id, text);
        }
        let &first = self.children(id).first()?;
        let is_paragraph = matches!(self.kind(first), NodeKind::Paragraph { .. });
        let is_eob = |id: &NodeId| matches!(self.kind(*id), NodeKind::EndOfBlock(_));
        if is_paragraph
            && self.document.tree.nodes[first].attribute_list.is_some()
            && self.children(id).get(1).is_some_and(is_eob)
        {
            self.node(id).children.remove(1);
        }
        let count = self.children(id).len();
        let blank_follows = self.children(id).get(1).is_some_and(|&id| matches!(self.kind(id), NodeKind::Blank { .. }));
        let tight = !blank_follows || is_last && count == 2 && !marked;
        if is_paragraph && tight && (!is_last || self.is_alone_or_tight(list)) {
            self.make_transparent(first, count > 1 && !blank_follows);
        }
        Some(self.take_last_blank(id))
    }

    /// Whether the last item of a list is its only one, or another has no paragraph of its own.
    fn is_alone_or_tight(&self, list: NodeId) -> bool {
        let (_, others) = self.children(list).split_last().unwrap_or((&0, &[]));
        let loose = |item: &NodeId| {
            let first = self.children(*item).first().map(|&first| self.kind(first));
            matches!(first, Some(NodeKind::Paragraph { transparent: false }))
        };
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
        self.node(paragraph).kind = NodeKind::Paragraph { transparent: true };
    }

    pub(super) fn take_last_blank(&mut self, id: NodeId) -> Option<NodeId> {
        let last = self.children(id).last().copied()?;
        if !matches!(self.kind(last), NodeKind::Blank { .. }) {
            return None;
        }
        self.node(id).children.pop()
    }

    /// Turns `[ ]` and `[x]` at the start of items into boxes: `parse_list` of `gfm.rb`.
    fn tick(&mut self, list: NodeId) {
        let class = |name: &'static str| (Cow::Borrowed("class"), Cow::Borrowed(name));
        let mut is_tasks = false;
        for item in self.children(list).to_vec() {
            let Some(&first) = self.children(item).first() else { continue };
            if !matches!(self.kind(first), NodeKind::Paragraph { .. }) {
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

/// How many spaces may stand before the marker of the next item: `fetch_pattern`.
pub(super) fn margin_of(indentation: usize) -> usize {
    (indentation - 1).min(3)
}

/// How wide the white space at the start of a line is, after a marker of so many bytes.
fn width(line: &str, marker: usize) -> usize {
    let blanks = line.bytes().take_while(|&byte| matches!(byte, b' ' | b'\t'));
    blanks.fold(0, |width, byte| if byte == b'\t' { width + 4 - (width + marker) % 4 } else { width + 1 })
}

/// Whether a line is indented enough for an item: `content_re`.
pub(super) fn goes_on(text: &str, indentation: usize) -> bool {
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
pub(super) fn goes_on_lazily(text: &str, indentation: usize) -> bool {
    let margin = text.bytes().take(indentation.min(3)).take_while(|&byte| byte == b' ').count();
    let inner = &text[margin..];
    holds_text(text) && scan::bare_attributes(inner).is_none() && !scan::html_of_a_block(inner)
}

fn holds_text(text: &str) -> bool {
    let line = &text[..scan::line(text)];
    spaces(line) < line.len() && line.ends_with('\n')
}

/// A line without the indentation of an item.
pub(super) fn unindented(text: &str, indentation: usize) -> Line {
    let tabs = scan::run(text, b'\t');
    let inner = tabs + scan::run(&text[tabs..], b' ');
    let width = tabs * 4 + inner - tabs;
    let indented = width >= indentation;
    Line { tabs, left: if indented { width - indentation } else { width }, inner, indented }
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
