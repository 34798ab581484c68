//! Running text: emphasis, links, code and all else that stands in a paragraph (kramdown 2.4.0, `parse_spans` in
//! `parser/kramdown.rb`, and the span parsers of kramdown-parser-gfm 1.1.0).
//!
//! At every byte where something may start, the parsers are asked in kramdown's order. Emphasis and links are tried:
//! when no end comes, what was read is forgotten, their delimiter is text, and reading goes on behind it.

mod code;
mod emphasis;
mod extensions;
mod html;
mod links;
mod quotes;
mod signs;
mod starts;

use std::collections::HashSet;

pub(crate) use links::label;

use super::document::Document;
use super::tags;
use super::tree::{NodeId, NodeKind};
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::Tag;
use crate::text::Span;

/// How deep elements nest; deeper markup is text.
const MAX_DEPTH: usize = 100;
/// What reading may cost for each byte of the text, and what at least, before all that is tried counts as failed. A
/// byte that is passed costs 1, about a nanosecond. The texts of real posts need less than an eighth.
const EFFORT: (usize, usize) = (1 << 9, 1 << 20);
const COST_OF_START: usize = 32;
const COST_OF_TRY: usize = 256;

/// Reads running text and adds what stands in it below an element.
pub(crate) fn read<'a>(document: &mut Document<'a>, parent: NodeId, content: &MappedText<'a>) {
    let text = content.text();
    let effort = text.len().saturating_mul(EFFORT.0).saturating_add(EFFORT.1);
    let mut reader = Reader { document, content, text, start: 0, at: 0, effort, failed: HashSet::new() };
    let mut frame = Frame::new(parent, 0);
    reader.run(&mut frame, &mut Stop::Never);
    reader.flush(&mut frame);
}

struct Reader<'r, 'a> {
    document: &'r mut Document<'a>,
    content: &'r MappedText<'a>,
    /// What is read, to its end.
    text: &'r str,
    /// Where it begins for this reader, who does not see what stands before.
    start: usize,
    at: usize,
    /// What reading may still cost.
    effort: usize,
    /// Where an element was tried that has no end, and what it was and would have stood in.
    failed: HashSet<(usize, u8)>,
}

/// An element that is open.
struct Frame {
    node: NodeId,
    depth: usize,
    /// It and what it stands in: [`EMPHASIS`], [`STRONG`], [`LINK`].
    within: u8,
    /// It is itself an emphasis.
    emphasis: bool,
    /// Only HTML is read in it.
    html_only: bool,
    /// Text at its end that is not in the tree yet.
    pending: Span,
    /// How many images stand directly in it.
    images: isize,
}

const EMPHASIS: u8 = 1;
const STRONG: u8 = 2;
/// A link or an image.
const LINK: u8 = 4;

/// What ends an element.
enum Stop<'s> {
    Never,
    /// This byte, or two of it.
    Delimiter {
        byte: u8,
        len: usize,
    },
    /// The bracket after as many closing as opening ones.
    Bracket {
        open: isize,
    },
    /// A closing tag of this name.
    Tag {
        name: &'s str,
        any_case: bool,
    },
}

impl Frame {
    fn new(node: NodeId, depth: usize) -> Self {
        Frame { node, depth, within: 0, emphasis: false, html_only: false, pending: Span::empty(0), images: 0 }
    }

    fn below(&self, node: NodeId) -> Self {
        Frame { within: self.within, ..Frame::new(node, self.depth + 1) }
    }
}

impl<'a> Reader<'_, 'a> {
    /// Reads on, up to where the element stops or nothing more can start; says whether it stopped.
    fn run(&mut self, frame: &mut Frame, stop: &mut Stop) -> bool {
        while self.at < self.text.len() {
            let Some(at) = self.next_start(frame, stop) else {
                if matches!(stop, Stop::Never) {
                    self.take(frame, self.text.len());
                }
                return false;
            };
            self.spend(at - self.at + COST_OF_START);
            self.take(frame, at);
            if self.stops(frame, stop) {
                return true;
            }
            self.element(frame);
        }
        false
    }

    fn stops(&self, frame: &Frame, stop: &mut Stop) -> bool {
        match stop {
            Stop::Never => false,
            Stop::Delimiter { byte, len } => self.emphasis_stops(frame, *byte, *len),
            Stop::Bracket { open } => {
                match self.rest().as_bytes() {
                    [b']', ..] => *open -= 1,
                    [b'[', ..] | [b'!', b'[', ..] => *open += 1,
                    _ => return false,
                }
                *open == frame.images
            }
            Stop::Tag { name, any_case } => tags::closes(self.rest(), name, *any_case).is_some(),
        }
    }

    /// Reads what starts here; a byte at least.
    fn element(&mut self, frame: &mut Frame) {
        let found = match self.text.as_bytes()[self.at] {
            byte if frame.html_only => byte == b'<' && self.html(frame),
            b'*' | b'_' => self.emphasis(frame),
            b'`' => self.code(frame),
            b'<' => self.autolink(frame) || self.html(frame) || self.quotes(frame) || self.typographic(frame),
            b'[' => self.footnote_mark(frame) || self.link(frame) || self.quotes(frame),
            b'!' => self.link(frame) || self.quotes(frame),
            b'$' => self.quotes(frame) || self.math(frame),
            b'{' => self.quotes(frame) || self.extension(frame),
            b'&' => self.quotes(frame) || self.entity(frame),
            b'\\' => self.typographic(frame) || self.line_break(frame) || self.escape(frame),
            b' ' => self.quotes(frame) || self.typographic(frame) || self.line_break(frame),
            b'~' => self.quotes(frame) || self.strike(frame),
            _ => self.quotes(frame) || self.typographic(frame),
        };
        if !found {
            let len = self.rest().chars().next().map_or(1, char::len_utf8);
            self.take(frame, self.at + len);
        }
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Whether something may be tried here whose end is far.
    fn may_try(&mut self, frame: &Frame) -> bool {
        self.spend(COST_OF_TRY);
        frame.depth < MAX_DEPTH && self.effort > 0
    }

    fn spend(&mut self, cost: usize) {
        self.effort = self.effort.saturating_sub(cost);
    }

    /// Where a string stands next, from a place on. A search that finds nothing costs effort, for it may come again.
    fn find(&mut self, needle: &str, from: usize) -> Option<usize> {
        if self.effort == 0 {
            return None;
        }
        let rest = self.text.as_bytes().get(from..)?;
        let found = memchr::memmem::find(rest, needle.as_bytes());
        self.spend(found.unwrap_or(rest.len()) + COST_OF_START);
        found.map(|at| from + at)
    }

    /// Reads up to a place as text.
    fn take(&mut self, frame: &mut Frame, to: usize) {
        let span = Span::new(self.at, to);
        self.at = to;
        if span.is_empty() {
            return;
        }
        if frame.pending.is_empty() || frame.pending.end != span.start {
            self.flush(frame);
            frame.pending = span;
        } else {
            frame.pending.end = span.end;
        }
    }

    /// Adds characters that stand for others, as text.
    fn take_as(&mut self, frame: &mut Frame, characters: &str, to: usize) {
        self.flush(frame);
        let source = self.content.span(Span::new(self.at, to));
        self.at = to;
        let text = self
            .last_text(frame)
            .unwrap_or_else(|| self.document.add(frame.node, NodeKind::Text(MappedText::default()), source));
        let node = &mut self.document.nodes[text];
        if let NodeKind::Text(text) = &mut node.kind {
            text.push_replaced(characters, source);
            node.span.end = source.end;
        }
    }

    /// Puts text that waits into the tree, where it joins the text before it.
    fn flush(&mut self, frame: &mut Frame) {
        let span = std::mem::take(&mut frame.pending);
        if span.is_empty() {
            return;
        }
        let source = self.content.span(span);
        match self.last_text(frame) {
            None => {
                let kind = NodeKind::Text(self.part(span));
                self.document.add(frame.node, kind, source);
            }
            Some(text) => {
                let node = &mut self.document.nodes[text];
                if let NodeKind::Text(text) = &mut node.kind {
                    text.push(self.content, span);
                    node.span.end = source.end;
                }
            }
        }
    }

    fn last_text(&self, frame: &Frame) -> Option<NodeId> {
        let nodes = &self.document.nodes;
        let last = *nodes[frame.node].children.last()?;
        matches!(nodes[last].kind, NodeKind::Text(_)).then_some(last)
    }

    /// Whether nothing stands in an element yet.
    fn is_empty(&self, frame: &Frame) -> bool {
        frame.pending.is_empty() && self.document.nodes[frame.node].children.is_empty()
    }

    /// A part of the text; borrowed, where it stands like that in the file.
    fn part(&self, span: Span) -> MappedText<'a> {
        let mut pieces = self.content.pieces(span);
        match (pieces.next(), pieces.next()) {
            (Some(piece), None) if piece.verbatim => MappedText::verbatim(self.document.file, piece.source),
            _ => {
                let mut part = MappedText::default();
                part.push(self.content, span);
                part
            }
        }
    }

    /// An element that hangs below no other yet.
    fn open(&mut self, tag: Tag<'a>) -> NodeId {
        self.document.add_apart(NodeKind::Element(tag), Span::empty(0))
    }

    /// Adds an element that is read, from a place of the text to here.
    fn attach(&mut self, frame: &mut Frame, node: NodeId, from: usize) {
        self.flush(frame);
        let nodes = &mut self.document.nodes;
        nodes[node].span = self.content.span(Span::new(from, self.at));
        nodes[frame.node].children.push(node);
    }

    /// Adds an element without anything in it, from here to a place of the text.
    fn add(&mut self, frame: &mut Frame, kind: NodeKind<'a>, to: usize) -> NodeId {
        self.flush(frame);
        let source = self.content.span(Span::new(self.at, to));
        self.at = to;
        self.document.add(frame.node, kind, source)
    }
}
