//! The one file that knows `granit-parser`: its events become a [`Tree`], its errors a [`Stop`].
//!
//! What it corrects: an empty value comes as the text `~`, the span of a block scalar starts after its `|`, that of an
//! unindented list after its first dash, and spans end after a line break.

use std::borrow::Cow;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};

use super::cause::{Stop, Trouble, diagnose, may_hide_key};
use super::lenient;
use super::line::Line;
use super::pitfall;
use super::{Data, Entry, Fault, MAX_BYTES, MAX_DEPTH, MAX_FAULTS, Node, Style, Tree, node, too_long};
use crate::text::{Span, first_line};

/// After so many faults that stop the reader the rest is left unread, which keeps a hostile text cheap.
const MAX_PASSES: usize = 16;

/// Reads the YAML in a span of a text: the front matter of a post, or a whole config file.
///
/// Never fails: what could not be read is in [`Tree::faults`], and reading goes on with the next key of the top level.
pub(crate) fn yaml(text: &str, span: Span) -> Tree {
    let mut tree = Tree { complete: true, ..Tree::default() };
    if let Some(fault) = too_long(text, span) {
        return Tree { faults: vec![fault], ..Tree::default() };
    }
    let mut start = span.start;
    let mut passes = 0;
    let mut handed = lenient::Handed::default();
    loop {
        let range = Span::new(start, span.end);
        let known = tree.sizes();
        let mut reader = Reader::new(text, handed.text.as_deref().unwrap_or(text), range, tree);
        let stop = reader.run().err();
        tree = reader.tree;
        let Some(stop) = stop else { break };
        if handed.mend(text, range, &stop) {
            tree.cut(known);
            continue;
        }
        let last_entry = tree.entries.last().map(|entry| entry.key_span).filter(|key| key.start >= start);
        tree.complete &= !may_hide_key(text, last_entry.as_ref(), &stop);
        // One fault for each entry: what follows the first is seldom a second cause.
        let is_known = |key: &Span| tree.faults.last().is_some_and(|fault| fault.span.start > key.start);
        if !last_entry.as_ref().is_some_and(is_known) {
            let fault = diagnose(text, Span::new(start, span.end), last_entry, &stop);
            if tree.faults.last().is_none_or(|last| last.span != fault.span) {
                tree.faults.push(fault);
            }
        }
        passes += 1;
        let from = Line::at(text, last_entry.map_or(start, |key| key.start));
        match from.next_entry(span.end) {
            Some(next) if passes < MAX_PASSES => start = next,
            Some(_) => {
                tree.complete = false;
                break;
            }
            None => break,
        }
    }
    if tree.faults.is_empty() {
        tree.faults.extend(pitfall::tab_in_silent_line(text, span, &tree));
    }
    // Where reading went on after a fault, some were met twice.
    tree.comments.sort_by_key(|comment| comment.start);
    tree.comments.dedup();
    tree
}

/// A collection that is not closed yet.
struct Open {
    start: usize,
    style: Style,
    tag: Option<Box<str>>,
    anchor: usize,
    kind: Kind,
}

enum Kind {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, key: Option<(String, Span)> },
}

struct Reader<'a> {
    text: &'a str,
    /// What the parser is handed: the text, or one of the same length that stands for it.
    source: &'a str,
    range: Span,
    tree: Tree,
    open: Vec<Open>,
    /// Where the last token ended; what follows may be the mark a span lacks.
    seen: usize,
    documents: usize,
    root: Option<Node>,
    /// Anchors above a fault are not known below it.
    resumed: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, source: &'a str, range: Span, tree: Tree) -> Self {
        let resumed = !tree.faults.is_empty();
        Reader { text, source, seen: range.start, range, tree, open: Vec::new(), documents: 0, root: None, resumed }
    }

    fn run(&mut self) -> Result<(), Stop> {
        let options = granit_parser::options! {
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
            max_buffered_comment_events: MAX_BYTES,
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
        };
        let parser = Parser::new_from_str_with_options(&self.source[self.range], options);
        for event in parser {
            let result = match event {
                Ok((event, span)) => {
                    let place = span.byte_range().unwrap_or_default();
                    self.take(event, Span::new(self.range.start + place.start, self.range.start + place.end))
                }
                Err(error) => Err(self.stop(&error)),
            };
            if let Err(stop) = result {
                self.abandon(stop.at);
                return Err(stop);
            }
        }
        Ok(())
    }

    fn take(&mut self, event: Event<'a>, span: Span) -> Result<(), Stop> {
        match event {
            Event::Comment(..) => self.tree.comments.push(span),
            Event::Scalar(text, style, anchor, tag) => {
                let scalar = self.scalar(text, style, tag, span);
                self.place(Node { anchor, ..scalar });
            }
            Event::Anchor(_, name) => self.blame(|text| pitfall::anchor(text, &name, span)),
            Event::Alias(anchor) => {
                let name = self.text[span].trim_start_matches('*').to_owned();
                self.place(Node { anchor, ..node(span, Style::Plain, Data::Alias(name)) });
            }
            Event::UnresolvedAlias(name) => self.unresolved(name, span),
            Event::SequenceStart(style, anchor, tag) => {
                self.begin(style, (tag, anchor), span, Kind::List(Vec::new()))?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.begin(style, (tag, anchor), span, Kind::Map { entries: Vec::new(), key: None })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(&span),
            Event::DocumentEnd => self.finish(),
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Stop { at: span.start, trouble: Trouble::SecondDocument });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn scalar(&mut self, text: Cow<'a, str>, style: ScalarStyle, tag: Option<Cow<'a, Tag>>, span: Span) -> Node {
        let tag = tag.map(resolved);
        self.blame(|text| pitfall::dropped_tag(text, tag.as_deref(), &span));
        let (style, block) = match style {
            ScalarStyle::Plain => (Style::Plain, None),
            ScalarStyle::SingleQuoted => (Style::SingleQuoted, None),
            ScalarStyle::DoubleQuoted => (Style::DoubleQuoted, None),
            ScalarStyle::Literal => (Style::Literal, Some('|')),
            ScalarStyle::Folded => (Style::Folded, Some('>')),
        };
        if style == Style::Plain && span.is_empty() {
            let at = self.seen + self.text[self.seen..span.start.max(self.seen)].trim_end().len();
            if self.expects_key() {
                self.blame(|text| pitfall::nameless(text, span.start));
            }
            let after_colon = usize::from(self.expects_value() && self.text[at..].starts_with(':'));
            let at = if self.is_in_block_list() { self.behind_dash(span.start) } else { at + after_colon };
            return Node { tag, ..node(Span::empty(at), style, Data::Scalar(String::new())) };
        }
        let start = match block {
            Some(mark) => self.text[self.seen..span.start].find(mark).map_or(span.start, |at| self.seen + at),
            None => span.start,
        };
        let end = start + self.text[start..span.end].trim_end().len();
        Node { tag, ..node(Span::new(start, end), style, Data::Scalar(self.said(text, start, end))) }
    }

    /// The value of a scalar, which the parser may have been handed in other words.
    fn said(&self, text: Cow<'a, str>, start: usize, end: usize) -> String {
        let is_mended = self.source.get(start..end) != Some(&self.text[start..end]);
        let folded = || lenient::folded(&self.text[start..end]);
        is_mended.then(folded).flatten().unwrap_or_else(|| lenient::restored(text.into_owned()))
    }

    fn is_in_block_list(&self) -> bool {
        matches!(self.open.last(), Some(Open { kind: Kind::List(_), style: Style::Block, .. }))
    }

    /// Where an empty item of a list is, which the parser places behind the comments that follow it.
    fn behind_dash(&self, start: usize) -> usize {
        let mut at = self.seen;
        while at < start {
            let line = first_line(self.text, Span::new(at, start));
            let content = self.text[line].trim_start();
            if content.starts_with('-') {
                return line.end - content.len() + 1;
            }
            let Some(end) = memchr::memchr(b'\n', &self.text.as_bytes()[line.end..start]) else { break };
            at = line.end + end + 1;
        }
        start
    }

    fn unresolved(&mut self, name: Cow<'a, str>, span: Span) {
        if !self.resumed {
            self.blame(|text| Some(pitfall::unresolved_alias(text, span)));
        }
        self.place(node(span, Style::Plain, Data::Alias(name.into_owned())));
    }

    fn begin(
        &mut self,
        style: StructureStyle,
        (tag, anchor): (Option<Cow<'a, Tag>>, usize),
        span: Span,
        kind: Kind,
    ) -> Result<(), Stop> {
        if self.open.len() == MAX_DEPTH {
            return Err(Stop { at: span.start, trouble: Trouble::TooDeep });
        }
        let style = if style == StructureStyle::Flow { Style::Flow } else { Style::Block };
        let start = match (style, &kind) {
            (Style::Block, Kind::List(_)) if self.expects_value() => self.first_dash(span.start),
            _ => span.start,
        };
        self.open.push(Open { start, style, tag: tag.map(resolved), anchor, kind });
        Ok(())
    }

    /// Where a list under a key begins, given where its first item may begin.
    fn first_dash(&self, start: usize) -> usize {
        let line = Line::at(self.text, start);
        if self.text[start..].starts_with('-') && line.indent.end == start {
            return start;
        }
        self.text[self.seen..start].rfind('-').map_or(start, |at| self.seen + at)
    }

    /// Finding the words for a fault takes a look at its whole line, so only so many get them.
    fn blame(&mut self, fault: impl FnOnce(&'a str) -> Option<Fault>) {
        if self.tree.faults.len() < MAX_FAULTS {
            self.tree.faults.extend(fault(self.text));
        }
    }

    fn expects_value(&self) -> bool {
        matches!(self.open.last(), Some(Open { kind: Kind::Map { key: Some(_), .. }, .. }))
    }

    fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { kind: Kind::Map { key: None, .. }, .. }))
    }

    fn end(&mut self, span: &Span) {
        let Some(open) = self.open.pop() else { return };
        let end = if open.style == Style::Flow { span.end } else { self.seen.max(open.start) };
        let data = match open.kind {
            Kind::List(items) => Data::List(items),
            Kind::Map { entries, .. } => Data::Map(entries),
        };
        let Open { start, style, tag, anchor, .. } = open;
        self.place(Node { tag, anchor, ..node(Span::new(start, end), style, data) });
    }

    fn place(&mut self, node: Node) {
        let gap = Span::new(self.seen, node.span.start.max(self.seen));
        match self.open.last() {
            Some(Open { style: Style::Block, kind: Kind::List(_), .. }) => {
                self.blame(|text| pitfall::tab_after_dash(text, gap));
            }
            Some(Open { style: Style::Block, kind: Kind::Map { key: None, .. }, .. }) => {
                self.blame(|text| pitfall::tab_before_key(text, &node.span));
            }
            _ => {}
        }
        self.seen = node.span.end.max(self.seen);
        match self.open.last_mut().map(|open| &mut open.kind) {
            Some(Kind::List(items)) => items.push(node),
            Some(Kind::Map { entries, key }) => match key.take() {
                Some((key, key_span)) => {
                    if self.tree.faults.len() < MAX_FAULTS {
                        self.tree.faults.extend(pitfall::template(self.text, &key, &node));
                    }
                    entries.push(Entry { key, key_span, value: node });
                }
                None => *key = Some((key_text(self.text, &node.span, node.data), node.span)),
            },
            None => self.root = Some(node),
        }
    }

    fn finish(&mut self) {
        let Some(root) = self.root.take() else { return };
        match root.data {
            Data::Map(entries) => self.tree.entries.extend(entries),
            Data::Scalar(text) if text.is_empty() => {}
            _ => {
                self.tree.complete = false;
                self.tree.faults.push(pitfall::no_keys(self.text, &root));
            }
        }
    }

    /// Keeps the entries of the top level that were read, the one in hand as a key without a readable value.
    fn abandon(&mut self, at: usize) {
        self.open.truncate(1);
        let Some(Open { kind: Kind::Map { mut entries, key }, .. }) = self.open.pop() else { return };
        match (key, entries.last_mut()) {
            (Some((key, key_span)), _) => {
                let value = unread(self.text, key_span.end);
                entries.push(Entry { key, key_span, value });
            }
            (None, Some(last)) if at >= last.value.span.end && !self.text[last.value.span.end..at].contains('\n') => {
                last.value = unread(self.text, last.key_span.end);
            }
            _ => {}
        }
        self.tree.entries.extend(entries);
    }

    fn stop(&self, error: &ScanError) -> Stop {
        let at = self.range.start + error.marker().byte_offset().unwrap_or(0);
        Stop { at: at.min(self.range.end), trouble: trouble(error) }
    }
}

/// The rest of a key's line stands for a value that could not be read.
fn unread(text: &str, key_end: usize) -> Node {
    let line = Line::at(text, key_end);
    node(Span::new(line.value.start.max(key_end), line.value.end.max(key_end)), Style::Plain, Data::Unread)
}

fn key_text(text: &str, span: &Span, data: Data) -> String {
    match data {
        Data::Scalar(key) => key,
        _ => text[*span].to_owned(),
    }
}

fn resolved(tag: Cow<'_, Tag>) -> Box<str> {
    tag.to_string().into()
}

fn trouble(error: &ScanError) -> Trouble {
    use ErrorKind as E;
    match error.kind() {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => Trouble::Tab,
        E::InvalidQuotedScalarIndent => Trouble::Continued,
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => Trouble::OpenQuote,
        E::InvalidTrailingDoubleQuotedScalar | E::InvalidTrailingSingleQuotedScalar => Trouble::AfterQuote,
        E::MappingValueNotAllowed => Trouble::Colon,
        E::UnknownQuotedScalarEscape | E::InvalidQuotedScalarHexEscape => Trouble::Escape,
        E::UnclosedFlowCollection { .. }
        | E::InvalidColonPlacement
        | E::ExpectedFlowSequenceSeparator
        | E::ExpectedFlowMappingSeparator
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::MismatchedFlowCollectionEnd { .. }
        | E::MisplacedFlowCollectionEnd => Trouble::Brackets,
        E::UnexpectedCharacter { .. }
        | E::MissingAnchorOrAliasName
        | E::InvalidBlockScalarHeader
        | E::BlockSequenceEntryNotAllowed
        | E::UndeclaredTagHandle
        | E::InvalidTagTerminator => Trouble::Start,
        E::SimpleKeyExpected | E::InvalidSimpleKey | E::ExpectedBlockMappingKey | E::ExpectedBlockSequenceEntry => {
            Trouble::Key
        }
        E::ExpectedDocumentStart => Trouble::SecondDocument,
        E::BomInsideDocument => Trouble::Mark,
        E::RecursionLimitExceeded => Trouble::TooDeep,
        E::CommentInterceptedScalar => Trouble::Other("a value cannot go on after a comment".into()),
        other => Trouble::Other(other.to_string()),
    }
}
