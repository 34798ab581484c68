//! Lists of terms and descriptions (kramdown 2.4.0, `parser/kramdown/list.rb`, `parse_definition_list`).

use super::list::Item;
use super::scan::{self, Marker};
use super::{Blocks, DEEPEST};
use crate::markdown::kramdown::attributes;
use crate::markdown::kramdown::tree::{NodeId, NodeKind};
use crate::markdown::page::Tag;
use crate::text::Span;

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
        let (descriptions, _) = self.items(Marker::Colon, after_blank);
        let list = self.list_above().unwrap_or_else(|| self.new_list(paragraph));
        self.add_terms(list, paragraph);
        let mut blank = None;
        for description in descriptions {
            blank = self.description(list, description).unwrap_or(blank);
        }
        let end = self.document.nodes[list].children.last().map(|&id| self.document.nodes[id].span.end);
        let node = self.node(list);
        node.span.end = node.span.end.max(end.unwrap_or(0));
        if let Some(blank) = blank {
            self.node(parent).children.push(blank);
        }
        true
    }

    /// The paragraph whose lines are the terms, perhaps with a bare blank line below it.
    fn paragraph_above(&self) -> Option<(NodeId, bool)> {
        let mut above = self.children(self.parent).iter().rev();
        let last = above.next()?;
        let after_blank = matches!(self.kind(*last), NodeKind::Blank { bare: true });
        let paragraph = if after_blank { above.next()? } else { last };
        self.is_paragraph(*paragraph).then_some((*paragraph, after_blank))
    }

    /// The list right above, perhaps with blank lines between, which go.
    fn list_above(&mut self) -> Option<NodeId> {
        let parent = self.parent;
        let is_list = |id: Option<&NodeId>| {
            id.copied().filter(|&id| matches!(self.kind(id), NodeKind::Element(Tag::DescriptionList)))
        };
        let children = self.children(parent);
        if let Some(list) = is_list(children.last()) {
            return Some(list);
        }
        let (&last, above) = children.split_last()?;
        let list = is_list(above.last()).filter(|_| self.is_blank(last))?;
        self.node(parent).children.pop();
        Some(list)
    }

    fn new_list(&mut self, paragraph: NodeId) -> NodeId {
        let span = self.node(paragraph).span;
        let waiting = self.node(paragraph).attribute_list.take();
        let list = self.document.add(self.parent, NodeKind::Element(Tag::DescriptionList), span);
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
            let term = self.document.add(list, NodeKind::Element(Tag::Term), text.span(Span::new(start, end)));
            self.node(term).attribute_list = found.map(|(span, _)| Box::new(attributes::parse(&line[span])));
            let inner = Span::new(start + skipped, end);
            let span = text.span(inner);
            self.document.add(term, NodeKind::RunningText(text.slice(inner)), span);
        }
    }

    /// Reads the blocks of a description; the blank lines after them, or nothing if there are no blocks.
    fn description(&mut self, list: NodeId, item: Item<'a>) -> Option<Option<NodeId>> {
        let after_blank = item.after_blank;
        let id = self.add_item(list, Tag::Description, item);
        if self.children(id).is_empty() {
            return None;
        }
        let blank = self.take_last_blank(id);
        // Else it has a paragraph of its own.
        if let Some(&first) = self.children(id).first().filter(|&&first| !after_blank && self.is_paragraph(first)) {
            self.make_transparent(first, self.children(id).len() > 1);
        }
        Some(blank)
    }
}
