//! A kramdown document while it is read: its elements, and what is defined anywhere in it.

use std::collections::HashMap;

use super::Options;
use super::tree::{AttributeList, NodeId, NodeKind, Tree};
use crate::markdown::document::{Definition, Note};
use crate::text::Span;

/// What the parsers of blocks and of running text share.
pub(crate) struct Document<'a> {
    /// The file that all spans speak of.
    pub file: &'a str,
    /// What the site tells kramdown.
    pub options: Options,
    /// The elements.
    pub tree: Tree<'a>,
    /// `[label]: destination "title"`, by normalised label.
    pub links: HashMap<String, LinkDefinition>,
    /// `[^name]: text`, by name.
    pub footnotes: HashMap<String, Footnote>,
    /// Names of footnotes in the order in which they are defined.
    pub footnote_names: Vec<String>,
    /// Names of footnotes in the order in which the text first refers to them.
    pub footnote_order: Vec<String>,
    /// Definitions of links as they are written, with those that another one takes the label of.
    pub definitions: Vec<Definition>,
    /// Definitions of footnotes as they are written.
    pub notes: Vec<Note>,
    /// `{:name: …}`, by name.
    pub attribute_lists: HashMap<String, AttributeList>,
    /// `*[HTML]: title`, in the order in which they stand, with their attributes.
    pub abbreviations: Vec<(String, String, AttributeList)>,
}

/// Where a reference goes.
#[derive(Debug, Clone, Default)]
pub(crate) struct LinkDefinition {
    /// The destination as it is written.
    pub destination: String,
    /// The title.
    pub title: Option<String>,
    /// The attribute list above or below the definition.
    pub attributes: AttributeList,
}

/// A footnote.
#[derive(Debug, Clone)]
pub(crate) struct Footnote {
    /// The element that holds its text; it hangs below no other.
    pub content: NodeId,
    /// How often the text refers to it.
    pub marks: usize,
}

impl<'a> Document<'a> {
    /// A document without anything in it but the root.
    pub(crate) fn new(file: &'a str, options: &Options) -> Self {
        let mut tree = Tree::default();
        tree.add_apart(NodeKind::Root, Span::new(0, file.len()));
        Document {
            file,
            options: options.clone(),
            tree,
            links: HashMap::new(),
            footnotes: HashMap::new(),
            footnote_names: Vec::new(),
            footnote_order: Vec::new(),
            definitions: Vec::new(),
            notes: Vec::new(),
            attribute_lists: HashMap::new(),
            abbreviations: Vec::new(),
        }
    }

    /// Adds a footnote; another of its name is replaced where it stands.
    pub(crate) fn define_footnote(&mut self, name: &str, footnote: Footnote) {
        if self.footnotes.insert(name.to_string(), footnote).is_none() {
            self.footnote_names.push(name.to_string());
        }
    }
}
