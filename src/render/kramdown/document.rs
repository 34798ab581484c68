//! A kramdown document while it is read: its elements, and what is defined anywhere in it.

use std::collections::HashMap;

use super::Options;
use super::tree::{NodeId, Tree};

/// What the parsers of blocks and of running text share.
pub struct Document<'a> {
    /// The file that all spans speak of.
    pub file: &'a str,
    /// What the site tells kramdown.
    pub options: &'a Options,
    /// The elements.
    pub tree: Tree<'a>,
    /// `[label]: destination "title"`, by normalised label.
    pub links: HashMap<String, LinkDefinition>,
    /// `[^name]: text`, by name.
    pub footnotes: HashMap<String, Footnote>,
    /// Names of footnotes in the order in which the text first refers to them.
    pub footnote_order: Vec<String>,
    /// `{:name: …}`, by name.
    pub attribute_lists: HashMap<String, AttributeList>,
    /// `*[HTML]: title`, in the order in which they stand, with their attributes.
    pub abbreviations: Vec<(String, String, AttributeList)>,
}

/// Where a reference goes.
#[derive(Debug, Clone, Default)]
pub struct LinkDefinition {
    /// The destination as it is written.
    pub destination: String,
    /// The title.
    pub title: Option<String>,
    /// The attribute list above or below the definition.
    pub attributes: AttributeList,
}

/// A footnote.
#[derive(Debug, Clone)]
pub struct Footnote {
    /// The element that holds its text; it hangs below no other.
    pub content: NodeId,
    /// How often the text refers to it.
    pub marks: usize,
}

/// `{: .class #id key="value" name}`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttributeList {
    /// Names of other lists.
    pub references: Vec<String>,
    /// Names and values in order; classes and ids are `class` and `id`.
    pub pairs: Vec<(String, String)>,
}
