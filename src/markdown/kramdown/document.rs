//! A kramdown document while it is read: its elements, and what is defined anywhere in it.

use std::collections::HashMap;

use super::Options;
use super::tree::{AttributeList, Node, NodeId, NodeKind};
use crate::markdown::document::{Definition, Note};
use crate::text::Span;

/// What the parsers of blocks and of running text share.
pub(crate) struct Document<'a> {
    /// The file that all spans speak of.
    pub file: &'a str,
    /// What the site tells kramdown.
    pub options: Options,
    /// The elements in the order they were made; the first is the root.
    pub nodes: Vec<Node<'a>>,
    /// `[label]: destination "title"`, by normalised label.
    pub links: HashMap<String, LinkDefinition>,
    /// `[^name]: text`: the elements that hold the texts of footnotes, by name. They hang below no other.
    pub footnotes: HashMap<String, NodeId>,
    /// Names of footnotes in the order in which they are defined.
    pub footnote_names: Vec<String>,
    /// Definitions of links as they are written, with those that another one takes the label of.
    pub definitions: Vec<Definition>,
    /// Definitions of footnotes as they are written.
    pub notes: Vec<Note>,
    /// `{:name: …}`, by name.
    pub attribute_lists: HashMap<String, AttributeList>,
    /// `*[HTML]: title`, in the order in which they stand, with the elements that attribute lists belong to.
    pub abbreviations: Vec<(String, String, NodeId)>,
}

/// Where a reference goes.
#[derive(Debug)]
pub(crate) struct LinkDefinition {
    /// The destination as it is written.
    pub destination: String,
    /// The title.
    pub title: Option<String>,
    /// The element that the attribute list above or below the definition belongs to.
    pub node: NodeId,
}

impl<'a> Document<'a> {
    /// A document without anything in it but the root.
    pub(crate) fn new(file: &'a str, options: &Options) -> Self {
        let mut document = Document {
            file,
            options: options.clone(),
            nodes: Vec::new(),
            links: HashMap::new(),
            footnotes: HashMap::new(),
            footnote_names: Vec::new(),
            definitions: Vec::new(),
            notes: Vec::new(),
            attribute_lists: HashMap::new(),
            abbreviations: Vec::new(),
        };
        document.add_apart(NodeKind::Root, Span::new(0, file.len()));
        document
    }

    /// Adds an element below another.
    pub(crate) fn add(&mut self, parent: NodeId, kind: NodeKind<'a>, span: Span) -> NodeId {
        let id = self.add_apart(kind, span);
        self.nodes[parent].children.push(id);
        id
    }

    /// Adds an element that hangs below no other.
    pub(crate) fn add_apart(&mut self, kind: NodeKind<'a>, span: Span) -> NodeId {
        self.nodes.push(Node {
            kind,
            span,
            children: Vec::new(),
            attributes: Vec::new(),
            references: Vec::new(),
            attribute_list: None,
        });
        self.nodes.len() - 1
    }
}
