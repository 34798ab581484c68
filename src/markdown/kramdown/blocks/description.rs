//! Lists of terms and descriptions (kramdown 2.4.0, `parser/kramdown/list.rb`, `parse_definition_list`).

use super::list::{Item, goes_on, goes_on_lazily, margin_of, unindented};
use super::scan::{self, Marker};
use super::{Blocks, DEEPEST};
use crate::markdown::kramdown::attributes;
use crate::markdown::kramdown::tree::{NodeId, NodeKind};
use crate::text::Span;

/// A description, and whether it begins with a paragraph of its own.
struct Description<'a> {
    item: Item<'a>,
    own_paragraph: bool,
}

impl<'a> Blocks<'_, 'a, '_> {
    pub(super) fn description_list(&mut self) -> bool {
        if self.depth >= DEEPEST || scan::list_marker(self.rest(), Marker::Colon, 3).is_none() {
            return false;
        }
        let Some((paragraph, after_blank)) = self.paragraph_above() else { return false };
        let siblings = self.children(self.parent).len() - 1 - usize::from(after_blank);
        let parent = self.parent;
        self.node(parent).children.truncate(siblings);
        // The attributes before the list are lost for those of the paragraph.
        self.attribute_list = None;
        let descriptions = self.descriptions(after_blank);
        let list = self.list_above().unwrap_or_else(|| self.new_list(paragraph));
        self.add_terms(list, paragraph);
        let mut blank = None;
        for description in descriptions {
            blank = self.description(list, description).unwrap_or(blank);
        }
        let end = self.document.tree.nodes[list].children.last().map(|&id| self.document.tree.nodes[id].span.end);
        let node = self.node(list);
        node.span.end = node.span.end.max(end.unwrap_or(0));
        if let Some(blank) = blank {
            self.node(parent).children.push(blank);
        }
        true
    }

    /// The paragraph whose lines are the terms, perhaps with a bare blank line below it.
    fn paragraph_above(&self) -> Option<(NodeId, bool)> {
        let is_paragraph = |id: &&NodeId| matches!(self.kind(**id), NodeKind::Paragraph { .. });
        let mut above = self.children(self.parent).iter().rev();
        let last = above.next()?;
        match self.kind(*last) {
            NodeKind::Paragraph { .. } => Some((*last, false)),
            NodeKind::Blank { bare: true } => Some((*above.next().filter(is_paragraph)?, true)),
            _ => None,
        }
    }

    /// The list right above, perhaps with blank lines between, which go.
    fn list_above(&mut self) -> Option<NodeId> {
        let parent = self.parent;
        let is_list =
            |id: Option<&NodeId>| id.copied().filter(|&id| matches!(self.kind(id), NodeKind::DescriptionList));
        let children = self.children(parent);
        if let Some(list) = is_list(children.last()) {
            return Some(list);
        }
        let (&last, above) = children.split_last()?;
        let list = is_list(above.last()).filter(|_| matches!(self.kind(last), NodeKind::Blank { .. }))?;
        self.node(parent).children.pop();
        Some(list)
    }

    fn new_list(&mut self, paragraph: NodeId) -> NodeId {
        let span = self.node(paragraph).span;
        let waiting = self.node(paragraph).attribute_list.take();
        let list = self.document.tree.add(self.parent, NodeKind::DescriptionList, span);
        self.node(list).attribute_list = waiting;
        list
    }

    fn add_terms(&mut self, list: NodeId, paragraph: NodeId) {
        let Some(&running) = self.children(paragraph).first() else { return };
        let kind = std::mem::replace(&mut self.node(running).kind, NodeKind::Root);
        let NodeKind::RunningText(text) = kind else { return };
        let value = text.text();
        let mut at = 0;
        for line in value.trim_end_matches('\n').split('\n') {
            let (start, end) = (at, at + line.len());
            at = end + 1;
            let found = scan::item_attributes(line);
            let skipped = found.as_ref().map_or(0, |(_, len)| *len);
            let term = self.document.tree.add(list, NodeKind::Term, text.span(Span::new(start, end)));
            self.node(term).attribute_list = found.map(|(span, _)| Box::new(attributes::parse(&line[span])));
            let inner = Span::new(start + skipped, end);
            let span = text.span(inner);
            self.document.tree.add(term, NodeKind::RunningText(text.slice(inner)), span);
        }
    }

    fn descriptions(&mut self, after_blank: bool) -> Vec<Description<'a>> {
        let mut descriptions: Vec<Description> = Vec::new();
        let (mut own_paragraph, mut margin, mut blank) = (after_blank, 3, false);
        while self.at < self.text().len() {
            let rest = self.rest();
            if let Some(len) = scan::list_marker(rest, Marker::Colon, margin) {
                let item = self.first_line(len);
                margin = margin_of(item.indentation);
                descriptions.push(Description { item, own_paragraph });
                (own_paragraph, blank) = (false, false);
                continue;
            }
            let Some(Description { item, .. }) = descriptions.last_mut() else { break };
            if scan::end_marker(rest).is_some() {
                break;
            }
            if goes_on(rest, item.indentation) || !blank && goes_on_lazily(rest, item.indentation) {
                let line = unindented(rest, item.indentation);
                self.push_line(item, &line);
                (own_paragraph, blank) = (false, false);
            } else {
                if !self.push_blank_lines(item) {
                    break;
                }
                (own_paragraph, blank) = (true, true);
            }
        }
        descriptions
    }

    /// Reads the blocks of a description; the blank lines after them, or nothing if there are no blocks.
    fn description(&mut self, list: NodeId, description: Description<'a>) -> Option<Option<NodeId>> {
        let Description { item, own_paragraph } = description;
        let id = self.add_to(list, NodeKind::Description, item.span);
        self.node(id).attribute_list = item.attribute_list;
        for text in &item.texts {
            self.read_within(id, text);
        }
        if self.children(id).is_empty() {
            return None;
        }
        let blank = self.take_last_blank(id);
        let first = self.children(id).first().copied().filter(|_| !own_paragraph);
        if let Some(first) = first.filter(|&first| matches!(self.kind(first), NodeKind::Paragraph { .. })) {
            self.make_transparent(first, self.children(id).len() > 1);
        }
        Some(blank)
    }
}
