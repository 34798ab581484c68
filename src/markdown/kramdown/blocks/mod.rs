//! The blocks of a text, in the order in which kramdown tries them.

mod code;
mod definition;
mod description;
mod extension;
mod heading;
mod html;
mod list;
mod paragraph;
mod scan;
mod table;

use super::char_classes::is_white;
use super::document::Document;
use super::tree::{AttributeList, Ended, Node, NodeId, NodeKind};
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::Tag;
use crate::text::Span;

/// How deep blocks are read in each other; what stands deeper is text.
const DEEPEST: usize = 100;

/// Reads the blocks of a text into an element.
pub(crate) fn read<'a>(document: &mut Document<'a>, parent: NodeId, content: &MappedText<'a>) {
    Blocks::new(document, parent, content, 0).read_all();
}

/// A text whose blocks are read, as far as they are read (kramdown 2.4.0, `parser/kramdown.rb`, `parse_blocks`).
struct Blocks<'d, 'a, 'c> {
    document: &'d mut Document<'a>,
    content: &'c MappedText<'a>,
    /// Where the next block begins, in bytes of the text. It is taken for the start of a line even where it is not.
    at: usize,
    /// The element that the blocks go into.
    parent: NodeId,
    /// An attribute list that belongs to the next block.
    attribute_list: Option<Box<AttributeList>>,
    /// How deep this is in other blocks.
    depth: usize,
    /// The closing tag of the element that the blocks go into was met.
    closed: bool,
    /// What is known not to come any more, so that it is not looked for again.
    missing: Missing,
}

/// What a text is known not to hold from some place on.
#[derive(Default)]
struct Missing {
    comment_end: bool,
    instruction_end: bool,
    extension_end: bool,
    /// The ends of fences, of `~` and of the backtick.
    fence_end: [bool; 2],
}

impl<'d, 'a, 'c> Blocks<'d, 'a, 'c> {
    fn new(document: &'d mut Document<'a>, parent: NodeId, content: &'c MappedText<'a>, depth: usize) -> Self {
        let missing = Missing::default();
        Blocks { document, content, at: 0, parent, attribute_list: None, depth, closed: false, missing }
    }

    /// Reads the blocks of another text into an element.
    fn read_within(&mut self, parent: NodeId, content: &MappedText<'a>) {
        Blocks::new(self.document, parent, content, self.depth + 1).read_all();
    }

    fn read_all(&mut self) {
        while self.at < self.text().len() && !self.closed {
            self.block();
        }
    }

    fn text(&self) -> &'c str {
        self.content.text()
    }

    fn rest(&self) -> &'c str {
        &self.content.text()[self.at..]
    }

    fn block(&mut self) {
        let rest = self.rest();
        let blank = scan::blank(rest);
        if blank > 0 {
            return self.blank_lines(blank);
        }
        if scan::indent(rest) > 0 {
            return self.indented_code();
        }
        let done = match scan::first(&rest[scan::margin(rest)..]) {
            b'~' | b'`' => self.fenced_code(),
            b'>' => self.quote(),
            b'#' => self.heading(),
            b'*' | b'-' | b'_' => self.rule() || self.list(),
            b'+' | b'0'..=b'9' => self.list(),
            b':' => self.description_list(),
            b'<' => self.html(),
            _ => false,
        };
        if !done && !self.closed {
            self.late_block();
        }
    }

    /// The blocks that any line may begin, and those that are looked for after them.
    fn late_block(&mut self) {
        let rest = self.rest();
        let first = scan::first(&rest[scan::margin(rest)..]);
        let done = self.underlined_heading()
            || matches!(first, b'$' | b'\\') && self.math()
            || self.table()
            || match first {
                b'[' => self.footnote() || self.link_definition(),
                b'*' => self.abbreviation(),
                b'{' => self.extension(),
                b'^' => self.end_marker(),
                _ => false,
            };
        if !done {
            self.paragraph();
        }
    }

    fn blank_lines(&mut self, len: usize) {
        let span = Span::new(self.at, self.at + len);
        match self.last_child_mut() {
            Some(Node { kind: NodeKind::Blank { bare }, .. }) => *bare = false,
            _ => {
                let bare = &self.text()[span] == "\n";
                self.add(NodeKind::Blank { bare }, span);
            }
        }
        self.at += len;
    }

    fn rule(&mut self) -> bool {
        let Some(len) = scan::rule(self.rest()) else { return false };
        self.add(NodeKind::Rule, Span::new(self.at, self.at + len));
        self.at += len;
        true
    }

    fn end_marker(&mut self) -> bool {
        let Some(len) = scan::end_marker(self.rest()) else { return false };
        self.add(NodeKind::EndOfBlock(Ended::Marker), Span::new(self.at, self.at + len));
        self.at += len;
        true
    }

    /// Adds a block with the attribute list that stands before it: `new_block_el`.
    fn add(&mut self, kind: NodeKind<'a>, span: Span) -> NodeId {
        let id = self.add_to(self.parent, kind, span);
        self.node(id).attribute_list = self.attribute_list.take();
        id
    }

    /// Adds an element below another, with the bytes it has in this text, the white space after it aside.
    fn add_to(&mut self, parent: NodeId, kind: NodeKind<'a>, span: Span) -> NodeId {
        let trimmed = self.text()[span].trim_end_matches(is_white);
        let span = self.content.span(Span::new(span.start, span.start + trimmed.len()));
        self.document.add(parent, kind, span)
    }

    /// Adds running text to an element.
    fn add_text(&mut self, parent: NodeId, span: Span) {
        if !span.is_empty() {
            let text = NodeKind::RunningText(self.content.slice(span));
            self.add_to(parent, text, span);
        }
    }

    fn node(&mut self, id: NodeId) -> &mut Node<'a> {
        &mut self.document.nodes[id]
    }

    fn children(&self, id: NodeId) -> &[NodeId] {
        &self.document.nodes[id].children
    }

    fn last_child(&self) -> Option<NodeId> {
        self.children(self.parent).last().copied()
    }

    fn last_child_mut(&mut self) -> Option<&mut Node<'a>> {
        self.last_child().map(|id| &mut self.document.nodes[id])
    }

    fn kind(&self, id: NodeId) -> &NodeKind<'a> {
        &self.document.nodes[id].kind
    }

    /// Whether an element is a paragraph, and is shown as one.
    fn is_paragraph(&self, id: NodeId) -> bool {
        matches!(self.kind(id), NodeKind::Element(Tag::Paragraph))
    }

    fn is_blank(&self, id: NodeId) -> bool {
        matches!(self.kind(id), NodeKind::Blank { .. })
    }

    /// Whether a block that may not go on with a paragraph may begin here: `after_block_boundary?`.
    fn is_after_boundary(&self) -> bool {
        let ends = |id| matches!(self.kind(id), NodeKind::Blank { .. } | NodeKind::EndOfBlock(Ended::Marker));
        self.attribute_list.is_some() || self.last_child().is_none_or(ends)
    }
}
