//! A page as readers get it: its blocks, without the white space that nobody sees.

use std::fmt::Write;

use super::page::{Element, Event, Page, Tag, What};
use crate::text::{Span, trimmed};

/// A part of the page that stands by itself: a block that holds no others, or where one that does begins or ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// The bytes of the post that it comes from; none where a block that holds others begins or ends.
    pub source: Span,
    /// The same with all that it holds, where it begins.
    pub whole: Span,
    /// What readers get, as text that is the same only for what is the same to them.
    pub seen: String,
}

/// The blocks of a page, in order, without HTML that comes from some bytes of the text: comments, which readers do not see.
///
/// The numbers of footnotes are left out: they follow from the order of the marks.
pub(crate) fn blocks_without(page: &Page, text: &str, comments: &[Span]) -> Vec<Block> {
    let is_comment = |event: &&Event| {
        let source = trimmed(text, event.source);
        let is_within = |comment: &Span| comment.start <= source.start && source.end <= comment.end;
        matches!(event.what, What::Html(_)) && !source.is_empty() && comments.iter().any(is_within)
    };
    let mut writer = Writer { edge: true, ..Writer::default() };
    for event in page.events.iter().filter(|event| comments.is_empty() || !is_comment(event)) {
        writer.event(event);
    }
    writer.finish_block();
    writer.blocks
}

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    block: Option<Block>,
    open: Vec<Open>,
    /// Text that is not written yet: the engine hands it on in pieces.
    text: String,
    /// Whether what was written last ends a line of its own, so that readers see no white space behind it.
    edge: bool,
}

/// An element that is open.
struct Open {
    is_block: bool,
    holds_blocks: bool,
    /// Whether its white space counts.
    exact: bool,
}

impl Writer {
    fn event(&mut self, event: &Event) {
        let Event { what, source } = event;
        let (is_border, ends_block) = match (what, self.open.last()) {
            // Each of the notes is a block.
            (What::Start(Element { tag: Tag::Footnotes, .. }) | What::End, None) => return,
            (What::Start(element), _) => (holds_blocks(&element.tag), false),
            (What::End, Some(open)) => (open.holds_blocks, open.is_block),
            _ => (false, false),
        };
        let starts_block = matches!(what, What::Start(element) if is_block(&element.tag));
        if is_border || starts_block && self.is_between_blocks() {
            self.finish_block();
        }
        self.begin(source, is_border);
        match what {
            What::Start(element) => self.start(element),
            What::End => self.end(),
            What::Math { display, tex } => {
                self.write(false, format_args!("math {display} {}: {}", tex.text().len(), tex.text()));
            }
            What::Break => self.write(true, format_args!("br")),
            What::Rule => self.write(true, format_args!("hr")),
            What::Html(html) => {
                let html = html.trim_matches(['\n', '\r']);
                self.write(false, format_args!("html {}: {html}", html.len()));
            }
            What::Text(text) => self.text.push_str(text),
        }
        let stands_alone = self.open.is_empty() && !matches!(what, What::Text(_));
        if self.is_between_blocks() && (is_border || ends_block || stands_alone) {
            self.finish_block();
        }
    }

    fn is_between_blocks(&self) -> bool {
        self.open.last().is_none_or(|open| open.holds_blocks)
    }

    /// The block that an event belongs to reaches over its bytes, unless others that it holds stand there.
    fn begin(&mut self, source: &Span, is_border: bool) {
        let new = || Block { source: Span::empty(source.start), whole: *source, seen: String::new() };
        let block = self.block.get_or_insert_with(new);
        if !is_border {
            block.source = Span::new(block.whole.start.min(source.start), block.whole.end.max(source.end));
            block.whole = block.source;
        }
    }

    fn start(&mut self, element: &Element) {
        let Element { tag, .. } = element;
        let attributes = element.attributes();
        let exact = self.is_exact() || tag.is_verbatim();
        match tag {
            Tag::FootnoteMark { name, .. } => self.write(false, format_args!("mark {name:?} {attributes:?}")),
            _ => self.write(is_block(tag), format_args!("{tag:?} {attributes:?}")),
        }
        self.open.push(Open { is_block: is_block(tag), holds_blocks: holds_blocks(tag), exact });
    }

    fn end(&mut self) {
        let is_block = self.open.last().is_some_and(|open| open.is_block);
        self.write(is_block, format_args!("end"));
        self.open.pop();
    }

    fn is_exact(&self) -> bool {
        self.open.last().is_some_and(|open| open.exact)
    }

    fn write(&mut self, edge: bool, what: std::fmt::Arguments) {
        self.flush(edge);
        if let Some(block) = &mut self.block {
            writeln!(block.seen, "{what}").expect("memory takes all");
        }
        self.edge = edge;
    }

    /// Writes the text that came; `edge`: what follows begins a line of its own.
    fn flush(&mut self, edge: bool) {
        let text = std::mem::take(&mut self.text);
        let exact = self.is_exact();
        let Some(block) = self.block.as_mut().filter(|_| !text.is_empty()) else { return };
        let text = if exact { text } else { without_unseen(&text, self.edge, edge) };
        if !text.is_empty() {
            // With its length, no text can pass for something else.
            writeln!(block.seen, "{}: {text}", text.len()).expect("memory takes all");
            self.edge = false;
        }
    }

    fn finish_block(&mut self) {
        self.flush(true);
        let kept = self.block.take().filter(|block| !block.seen.is_empty());
        self.blocks.extend(kept);
        self.edge = true;
    }
}

/// The text without the white space around its line breaks, and that at its ends where nothing else is on the line.
fn without_unseen(text: &str, after_edge: bool, before_edge: bool) -> String {
    const WHITE: &[char] = &[' ', '\t', '\r', '\n'];
    let text = if after_edge { text.trim_start_matches(WHITE) } else { text };
    let text = if before_edge { text.trim_end_matches(WHITE) } else { text };
    let mut kept = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        let line = if index == 0 { line } else { line.trim_start_matches(WHITE) };
        if index > 0 {
            kept.truncate(kept.trim_end_matches(WHITE).len());
            kept.push('\n');
        }
        kept.push_str(line);
    }
    kept
}

/// Whether other blocks stand in it.
fn holds_blocks(tag: &Tag) -> bool {
    matches!(
        tag,
        Tag::Quote | Tag::List { .. } | Tag::Item | Tag::DescriptionList | Tag::Description | Tag::Footnote { .. }
    )
}

/// Whether it stands on lines of its own.
fn is_block(tag: &Tag) -> bool {
    let is_inline = matches!(
        tag,
        Tag::Checkbox { .. } | Tag::CodeSpan | Tag::Emphasis | Tag::Strong | Tag::Strike | Tag::Link { .. }
    );
    !is_inline
        && !matches!(tag, Tag::Image { .. } | Tag::Html { .. } | Tag::FootnoteMark { .. } | Tag::Abbreviation { .. })
}
