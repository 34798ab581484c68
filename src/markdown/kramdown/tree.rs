//! The elements of a kramdown document while it is read: blocks first, then the running text in them.

use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Attributes, Tag};
use crate::text::Span;

/// An element: its place among those of its document.
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

impl AttributeList {
    /// Whether `type` of `{::nomarkdown}` names HTML, or nothing.
    pub(crate) fn is_for_html(&self) -> bool {
        let types = self.pairs.iter().find(|(name, _)| name == "type").map_or("", |(_, value)| value);
        types.is_empty() || types.split_ascii_whitespace().any(|name| name == "html")
    }
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
    /// An element of the page, which is no other than that.
    Element(Tag<'a>),
    /// A paragraph that prints only what stands in it.
    Transparent,
    /// The source of its text, without marks and id.
    Heading {
        level: u8,
        source: MappedText<'a>,
    },
    /// A block or a span of code.
    Code(Tag<'a>, MappedText<'a>),
    Rule,
    /// Running text that is still to be read.
    RunningText(MappedText<'a>),
    Text(MappedText<'a>),
    Break,
    Math {
        display: bool,
        tex: MappedText<'a>,
    },
    /// An entity, an escape, a quote or another sign that becomes other characters.
    Sign(String),
    /// The mark of a footnote, with its name.
    FootnoteMark(String),
    /// An element written as HTML.
    Html {
        name: String,
        block: bool,
        model: ContentModel,
    },
    /// Handed on as it is: a comment, a processing instruction, `{::nomarkdown}`.
    Raw(MappedText<'a>),
}

impl NodeKind<'_> {
    /// What `{::comment}` becomes.
    pub(crate) fn comment(content: &MappedText, body: Span) -> Self {
        let place = content.span(body);
        let mut text = MappedText::default();
        text.push_replaced("<!-- ", Span::empty(place.start));
        text.push(content, body);
        text.push_replaced(" -->", Span::empty(place.end));
        NodeKind::Raw(text)
    }
}

/// What a block without a trace in the page was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// `^`
    Marker,
    /// A list of attributes, or an extension.
    Attributes,
    /// The definition of a link, a footnote or an abbreviation.
    Definition,
}

/// How what stands in an HTML element is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub(crate) enum ContentModel {
    Raw,
    Span,
    Block,
}
