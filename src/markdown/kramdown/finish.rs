//! What is done with the tree when all blocks are read: running text, attributes, abbreviations, line breaks, ids.

use std::borrow::Cow;
use std::collections::HashMap;

use super::abbreviations::Abbreviations;
use super::document::Document;
use super::tree::{NodeId, NodeKind};
use super::{attributes, ids, spans};
use crate::markdown::page::Tag;
use crate::text::Span;

/// Finishes the tree below the root, and the footnotes (kramdown 2.4.0, `parser/kramdown.rb`, `parse`).
pub(crate) fn finish(document: &mut Document) {
    read_running_text(document, 0);
    let abbreviations = Abbreviations::new(document);
    abbreviations.mark(document, 0);
    for name in std::mem::take(&mut document.footnote_names) {
        let content = document.footnotes[&name];
        read_running_text(document, content);
        abbreviations.mark(document, content);
    }
    if document.options.gfm {
        Gfm { document, ids: HashMap::new() }.update(0);
    }
}

/// Reads the running text in an element, and gives blocks their attributes: `update_tree`.
fn read_running_text(document: &mut Document, id: NodeId) {
    for child in std::mem::take(&mut document.nodes[id].children) {
        let node = &mut document.nodes[child];
        if let NodeKind::RunningText(text) = &mut node.kind {
            let text = std::mem::take(text);
            spans::read(document, id, &text);
            continue;
        }
        if matches!(node.kind, NodeKind::Blank { .. } | NodeKind::EndOfBlock(_)) {
            continue;
        }
        let list = node.attribute_list.take();
        document.nodes[id].children.push(child);
        if !document.nodes[child].children.is_empty() {
            read_running_text(document, child);
        }
        if let Some(list) = list {
            let node = &mut document.nodes[child];
            attributes::apply(&list, &document.attribute_lists, &mut node.attributes);
            node.references = list.references;
        }
    }
}

/// What kramdown-parser-gfm does with the whole tree: `update_elements`. It leaves HTML elements alone, and what is
/// struck out is one to it.
struct Gfm<'d, 'a> {
    document: &'d mut Document<'a>,
    ids: HashMap<String, usize>,
}

impl Gfm<'_, '_> {
    fn update(&mut self, id: NodeId) {
        let mut children = Vec::new();
        let old = std::mem::take(&mut self.document.nodes[id].children);
        let last = old.last().copied();
        for child in old {
            let node = &self.document.nodes[child];
            let has_id = || node.attributes.iter().any(|(name, _)| name == "id");
            match &node.kind {
                NodeKind::Text(_) => self.break_lines(id, child, last == Some(child), &mut children),
                NodeKind::Heading { .. } if self.document.options.auto_ids && !has_id() => self.give_id(child),
                NodeKind::Html { .. } | NodeKind::Element(Tag::Strike) => {}
                _ if node.children.is_empty() => {}
                _ => self.update(child),
            }
            children.push(child);
        }
        self.document.nodes[id].children = children;
    }

    fn give_id(&mut self, heading: NodeId) {
        let id = ids::numbered(&mut self.ids, ids::gfm(&ids::text_of(&self.document.nodes, heading)));
        let id = self.document.options.auto_id_prefix.clone() + &id;
        self.document.nodes[heading].attributes.push((Cow::Borrowed("id"), Cow::Owned(id)));
    }

    /// Puts a break before every line but the first that a text is made of: the text keeps its last line, what stands
    /// before goes into `before`.
    fn break_lines(&mut self, parent: NodeId, text: NodeId, is_last: bool, before: &mut Vec<NodeId>) {
        let mark = if self.document.options.hard_wrap { "\n" } else { "\\\n" };
        let is_block = is_block(&self.document.nodes[parent].kind);
        let NodeKind::Text(content) = &mut self.document.nodes[text].kind else { return };
        if !content.text().contains(mark) {
            return;
        }
        let content = std::mem::take(content);
        let value = content.text();
        let mut start = 0;
        for (at, _) in value.match_indices(mark) {
            let line = at + mark.len();
            if start < at {
                let kind = NodeKind::Text(content.slice(Span::new(start, at)));
                before.push(self.document.add_apart(kind, content.span(Span::new(start, at))));
            }
            if line < value.len() || !(is_last && is_block) {
                before.push(self.document.add_apart(NodeKind::Break, content.span(Span::new(at, line))));
            }
            start = line - 1;
        }
        let node = &mut self.document.nodes[text];
        node.span = content.span(Span::new(start, value.len()));
        node.kind = NodeKind::Text(content.slice(Span::new(start, value.len())));
    }
}

/// Whether kramdown counts an element among the blocks (`element.rb`, `CATEGORY`).
fn is_block(kind: &NodeKind) -> bool {
    use Tag::{Cell, Description, DescriptionList, Item, List, Paragraph, Quote, Table, Term};
    match kind {
        NodeKind::Transparent | NodeKind::Heading { .. } => true,
        NodeKind::Element(Paragraph | Quote | Item | DescriptionList | Term | Description | Table) => true,
        NodeKind::Element(tag) => matches!(tag, List { .. } | Cell { .. }),
        _ => false,
    }
}
