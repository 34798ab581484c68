//! The elements of a kramdown document while it is read: blocks first, then the running text in them.

use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Align, Attributes};
use crate::text::Span;

/// The elements of a document; the first is its root.
#[derive(Debug, Default)]
pub(crate) struct Tree<'a> {
    /// In the order they were made.
    pub nodes: Vec<Node<'a>>,
}

/// An element: its place in [`Tree::nodes`].
pub(crate) type NodeId = usize;

/// An element of the document.
#[derive(Debug)]
pub(crate) struct Node<'a> {
    /// What it is.
    pub kind: NodeKind<'a>,
    /// Its bytes in the file.
    pub span: Span,
    /// What stands in it, in order.
    pub children: Vec<NodeId>,
    /// Attributes from HTML and attribute lists.
    pub attributes: Attributes<'a>,
    /// Names that its attribute lists refer to; some mean something by themselves: `toc`, `footnotes`, `standalone`.
    pub references: Vec<String>,
    /// The attribute lists beside it, as long as they are not among the attributes.
    pub attribute_list: Option<Box<AttributeList>>,
}

/// `{: .class #id key="value" name}`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AttributeList {
    /// Names of other lists.
    pub references: Vec<String>,
    /// Names and values in order; classes and ids are `class` and `id`.
    pub pairs: Vec<(String, String)>,
}

/// What an element of the document is.
#[derive(Debug)]
#[allow(missing_docs, reason = "kramdown's own names are in `element.rb`")]
pub(crate) enum NodeKind<'a> {
    Root,
    /// Blank lines; bare if they are one line break and nothing else.
    Blank {
        bare: bool,
    },
    /// Stands where something was that prints nothing.
    EndOfBlock(Ended),
    /// A transparent one prints only what stands in it.
    Paragraph {
        transparent: bool,
    },
    /// The source of its text, without marks and id.
    Heading {
        level: u8,
        source: MappedText<'a>,
    },
    Quote,
    CodeBlock {
        text: MappedText<'a>,
        info: Option<String>,
        fenced: bool,
    },
    Rule,
    List {
        ordered: Option<u64>,
    },
    Item,
    DescriptionList,
    Term,
    Description,
    Table,
    TableHead,
    TableBody,
    TableFoot,
    Row,
    Cell {
        align: Align,
    },
    /// Running text that is still to be read.
    RunningText(MappedText<'a>),
    Text(MappedText<'a>),
    CodeSpan(MappedText<'a>),
    Emphasis,
    Strong,
    Strike,
    Link {
        destination: String,
        title: Option<String>,
    },
    Image {
        destination: String,
        alt: String,
        title: Option<String>,
    },
    Break,
    Math {
        display: bool,
        tex: MappedText<'a>,
    },
    /// An entity, an escape, a quote or another sign that becomes other characters.
    Sign(SignKind, String),
    FootnoteMark {
        name: String,
        number: usize,
    },
    Abbreviation {
        title: String,
    },
    /// An element written as HTML.
    Html {
        name: String,
        block: bool,
        model: ContentModel,
    },
    /// A comment or a processing instruction, as it is.
    Comment(MappedText<'a>),
    /// `{::nomarkdown}`
    Raw(MappedText<'a>),
}

/// What a block without a trace in the page was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ended {
    /// `^`
    Marker,
    /// A list of attributes, or an extension.
    Attributes,
    /// The definition of a link, with its label.
    Link(String),
    /// The definition of a footnote.
    Footnote,
    /// The definition of an abbreviation, with its place among them.
    Abbreviation(usize),
}

/// Why characters are others than in the source; heading ids of plain kramdown leave all of them out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum SignKind {
    Entity,
    SmartQuote,
    Typographic,
}

/// How what stands in an HTML element is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum ContentModel {
    Raw,
    Span,
    Block,
}

impl<'a> Tree<'a> {
    /// Adds an element below another.
    pub(crate) fn add(&mut self, parent: NodeId, kind: NodeKind<'a>, span: Span) -> NodeId {
        let id = self.add_apart(kind, span);
        if let Some(parent) = self.nodes.get_mut(parent).filter(|_| id > 0) {
            parent.children.push(id);
        }
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
