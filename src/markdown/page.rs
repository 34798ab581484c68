//! What a Markdown engine makes of a post: the page, in order, with the way back to the source.

use std::borrow::Cow;

use super::document::{Definition, Note};
use super::mapped_text::MappedText;
use crate::text::Span;

/// The part of a page that comes from a post.
#[derive(Debug, Default)]
pub struct Page<'a> {
    /// What stands on it, in order.
    pub events: Vec<Event<'a>>,
    /// Definitions of links, in the order of the text, those that do not count included.
    pub definitions: Vec<Definition>,
    /// Definitions of footnotes, whether the page shows them or not.
    pub notes: Vec<Note>,
    /// Blocks of HTML, by where they begin.
    pub html_blocks: Vec<Span>,
    /// Those of them that a template prints, so that no Markdown engine sees them.
    pub printed: Vec<Span>,
    /// Comments that are none of HTML, or that no Markdown engine sees, delimiters included.
    pub comments: Vec<Span>,
    /// A heading has an id that is not known.
    pub has_unknown_ids: bool,
    /// Formulas that the engine sets apart stand on it as HTML, which browsers read.
    pub passes_html: bool,
}

impl<'a> Page<'a> {
    /// The elements with their bytes in the file, in the order they begin.
    pub(crate) fn elements(&self) -> impl Iterator<Item = (&Tag<'a>, &Span)> {
        self.events.iter().filter_map(|event| match &event.what {
            What::Start(element) => Some((&element.tag, &event.source)),
            _ => None,
        })
    }

    /// The event that begins the element which another event ends: indices of [`Page::events`].
    pub(crate) fn start_of(&self, end: usize) -> usize {
        let mut open = 0;
        for (index, event) in self.events[..end].iter().enumerate().rev() {
            match event.what {
                What::End => open += 1,
                What::Start(_) if open == 0 => return index,
                What::Start(_) => open -= 1,
                _ => {}
            }
        }
        end
    }

    /// Whether another page shows the same, wherever in its file that stands.
    pub(crate) fn is_same(&self, other: &Page) -> bool {
        let same = |(one, other): (&Event, &Event)| match (&one.what, &other.what) {
            (What::Math { display, tex }, What::Math { display: is_display, tex: other }) => {
                display == is_display && tex.text() == other.text()
            }
            (one, other) => one == other,
        };
        self.events.len() == other.events.len() && self.events.iter().zip(&other.events).all(same)
    }

    /// The pieces of text with their bytes in the file, in order.
    pub(crate) fn text(&self) -> impl Iterator<Item = (&str, &Span)> {
        self.events.iter().filter_map(|event| match &event.what {
            What::Text(text) => Some((&**text, &event.source)),
            _ => None,
        })
    }
}

/// What stands on the page where an engine leaves out HTML: goldmark says so.
pub(crate) const OMITTED: &str = "<!-- raw HTML omitted -->";

/// One step through a page, with the bytes of the post it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<'a> {
    /// What it is.
    pub what: What<'a>,
    /// The bytes of the file: for a beginning all of the element, for an end nothing at its end, else what became this.
    pub source: Span,
}

/// What a step through a page is.
#[derive(Debug, Clone, PartialEq)]
pub enum What<'a> {
    /// An element begins.
    Start(Element<'a>),
    /// The innermost element that is open ends.
    End,
    /// Characters for the reader, escapes and entities resolved. Text that stands in the source as it is is borrowed,
    /// and as long as its source.
    Text(Cow<'a, str>),
    /// A formula that the engine itself sets apart: the TeX that it hands on.
    Math {
        /// Set as a display.
        display: bool,
        /// What it hands on, without delimiters.
        tex: Box<MappedText<'a>>,
    },
    /// `<br>`
    Break,
    /// `<hr>`
    Rule,
    /// HTML that is handed on as it is: a comment, a raw block, a tag of its own.
    Html(Cow<'a, str>),
}

/// An element of a page with the attributes that the author gave it, by attribute lists or as HTML.
#[derive(Debug, Clone, PartialEq)]
pub struct Element<'a> {
    /// What it is.
    pub tag: Tag<'a>,
    /// `None` where there are none, as nearly everywhere.
    attributes: Option<Box<Attributes<'a>>>,
}

impl<'a> Element<'a> {
    /// An element.
    #[inline]
    pub(crate) fn new(tag: Tag<'a>, attributes: Attributes<'a>) -> Self {
        Element { tag, attributes: (!attributes.is_empty()).then(|| Box::new(attributes)) }
    }

    /// Names and values in order, those of its tag aside.
    pub fn attributes(&self) -> &[(Cow<'a, str>, Cow<'a, str>)] {
        self.attributes.as_deref().map_or(&[], Vec::as_slice)
    }
}

/// An image of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Image<'a> {
    /// Where it lies.
    pub source: Cow<'a, str>,
    /// The words for it.
    pub alt: Cow<'a, str>,
    /// Its title, if it has one.
    pub title: Option<Box<Cow<'a, str>>>,
}

/// The attributes of an element, in order.
pub type Attributes<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// What an element of a page is.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the elements of HTML")]
pub enum Tag<'a> {
    Paragraph,
    /// A heading with its level, 1 to 6, and its id, if it has one.
    Heading {
        level: u8,
        id: Option<String>,
    },
    Quote,
    /// A list; an ordered one begins with a number.
    List {
        start: Option<u64>,
    },
    Item,
    /// The box of a task item, which holds nothing.
    Checkbox {
        ticked: bool,
    },
    DescriptionList,
    Term,
    Description,
    /// A block of code with the words after its fence.
    CodeBlock {
        info: Cow<'a, str>,
        /// It stands between fences; else it is indented.
        fenced: bool,
    },
    Table,
    TableHead,
    TableBody,
    TableFoot,
    Row,
    /// A cell; that of a head is a `th`.
    Cell {
        align: Align,
    },
    CodeSpan,
    Emphasis,
    Strong,
    Strike,
    Link {
        destination: Cow<'a, str>,
        title: Option<Box<Cow<'a, str>>>,
    },
    /// An image, which holds nothing.
    Image(Box<Image<'a>>),
    /// An element that stands in the source as HTML, and whose content is Markdown or HTML.
    Html {
        name: Cow<'a, str>,
    },
    /// The mark of a footnote, which holds nothing.
    FootnoteMark {
        name: Cow<'a, str>,
        number: usize,
    },
    /// The footnotes at the end of the page.
    Footnotes,
    /// One of them.
    Footnote {
        name: Cow<'a, str>,
    },
    Abbreviation {
        title: Cow<'a, str>,
    },
    /// A list of contents, which the engine fills.
    Contents {
        ordered: bool,
    },
}

impl Tag<'_> {
    /// Whether it is a link, an image, emphasis, a table, code between fences or an element written as HTML: rules look
    /// at few others.
    pub(crate) fn is_markup(&self) -> bool {
        match self {
            Tag::Link { .. } | Tag::Image(_) | Tag::Emphasis | Tag::Strong | Tag::Strike | Tag::Table => true,
            Tag::CodeBlock { fenced, .. } => *fenced,
            Tag::Html { .. } => true,
            _ => false,
        }
    }

    /// Whether what stands in it is shown as it is written, all white space included.
    pub(crate) fn is_verbatim(&self) -> bool {
        match self {
            Tag::CodeBlock { .. } | Tag::CodeSpan => true,
            Tag::Html { name } => matches!(&**name, "pre" | "textarea" | "script" | "style"),
            _ => false,
        }
    }
}

/// Where the text of a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Align {
    #[default]
    None,
    Left,
    Center,
    Right,
}
