//! What the page of a post shows: blocks, headings, items, links, code, comments, each with its bytes in the file.

pub(crate) mod definitions;
mod read;

use std::borrow::Cow;

use crate::text::{Span, holding};

pub(crate) use read::read;

/// The Markdown of a post, as the engine of its blog reads it.
#[derive(Debug, Default)]
pub struct Document<'a> {
    /// All of it, from the end of the front matter to the end of the file.
    pub span: Span,
    /// Blocks in the order they begin, containers before what they contain.
    pub blocks: Vec<Block>,
    /// Headings in order.
    pub headings: Vec<Heading<'a>>,
    /// List items in order.
    pub items: Vec<Item>,
    /// Links and images in the order they begin.
    pub links: Vec<Link<'a>>,
    /// Reference definitions, in order.
    pub definitions: Vec<Definition>,
    /// Definitions of footnotes, whether something refers to them or not.
    pub notes: Vec<Note>,
    /// Formulas in order.
    pub formulas: Vec<Formula>,
    /// Delimiters that open a formula and are never closed, in order.
    pub unclosed: Vec<Unclosed>,
    /// Code blocks and code spans, in order.
    pub code: Vec<Code>,
    /// The events of the page, by index, that begin an element for which
    /// [`Tag::is_markup`](super::page::Tag::is_markup) holds, in order.
    pub markup: Vec<usize>,
    /// Tags of HTML in running text, in order.
    pub html: Vec<Span>,
    /// HTML comments in order.
    pub comments: Vec<Comment>,
    /// Liquid tags and outputs, Hugo's shortcodes, in order.
    pub templates: Vec<Template>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Running text; also the text of a list item that has no paragraph of its own.
    Paragraph,
    /// A heading, ATX or setext.
    Heading,
    /// A list, with all its items.
    List,
    /// A block quote, with all it quotes.
    Quote,
    /// A fenced or indented code block.
    Code,
    /// A block of raw HTML.
    Html,
    /// A table.
    Table,
    /// A thematic break.
    Rule,
    /// A footnote definition.
    Footnote,
    /// A `$$` block that only an own scan sees (see `post/math.rs`).
    Math,
}

impl BlockKind {
    /// Whether it holds running text: a paragraph, a heading, a table.
    pub(crate) fn is_running(self) -> bool {
        matches!(self, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Table)
    }

    /// What an author calls such a block; nothing for one that has no name of its own.
    pub(crate) fn name(self) -> &'static str {
        match self {
            BlockKind::Paragraph => "a paragraph",
            BlockKind::Heading => "a heading",
            BlockKind::List => "a list",
            BlockKind::Quote => "a quote",
            BlockKind::Code => "a code block",
            BlockKind::Table => "a table",
            BlockKind::Math => "a formula",
            BlockKind::Html | BlockKind::Rule | BlockKind::Footnote => "",
        }
    }
}

/// One block of the post.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes, without the last line break.
    pub span: Span,
    /// How many lists, items, quotes and footnotes it lies in.
    pub depth: usize,
    /// Whether it lies in a block quote.
    pub quoted: bool,
    /// The innermost list item it lies in: an index of [`Document::items`].
    pub item: Option<usize>,
}

/// A heading.
#[derive(Debug)]
pub struct Heading<'a> {
    /// 1 to 6.
    pub level: u8,
    /// The whole heading without the last line break; two lines for a setext heading.
    pub span: Span,
    /// The `#` characters, or the underline of a setext heading.
    pub marker: Span,
    /// The source of its text, markup included, without closing `#` and attributes.
    pub text: Span,
    /// The text as a reader sees it.
    pub title: Cow<'a, str>,
    /// The id of a `{#id}`, without braces and `#`.
    pub id: Option<Span>,
    /// Whether it stands in no list, quote or footnote.
    pub top: bool,
}

/// One item of a list.
#[derive(Debug)]
pub struct Item {
    /// The item with all it holds, from its marker on.
    pub span: Span,
    /// The marker: `-`, `+`, `*`, `1.` or `1)`.
    pub marker: Span,
    /// Whether the box of a task item is ticked.
    pub task: Option<bool>,
    /// Whether nothing stands in it.
    pub empty: bool,
    /// The number of its list, if it is ordered.
    pub number: Option<u64>,
    /// Its list, with all its items.
    pub list: Span,
}

/// The marker at the start of an item, of which all bytes are told.
pub(crate) fn item_marker(text: &str, item: Span) -> Span {
    let written = &text[item];
    let len = match written.as_bytes().first() {
        Some(b'-' | b'*' | b'+') => 1,
        _ => {
            let digits = written.bytes().take_while(u8::is_ascii_digit).count();
            digits + usize::from(written[digits..].starts_with(['.', ')']))
        }
    };
    Span::new(item.start, item.start + len)
}

/// What a link is in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](destination)`
    Inline,
    /// `[text][label]`, `[label][]`, `[label]`
    Reference,
    /// `<https://…>`
    Autolink,
}

/// A link or an image.
#[derive(Debug)]
pub struct Link<'a> {
    /// How it is written.
    pub kind: LinkKind,
    /// Whether it is an image.
    pub image: bool,
    /// All of it.
    pub span: Span,
    /// The text between its brackets, or the alternative text of an image.
    pub text: Span,
    /// Where it goes, escapes and entities resolved.
    pub destination: Cow<'a, str>,
    /// The bytes of the destination where they stand as they are in this link.
    pub destination_span: Option<Span>,
}

/// `[label]: destination "title"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// All of it, without the last line break.
    pub span: Span,
    /// The label as matched: case folded by the parser where needed.
    pub label: String,
    /// Where it goes.
    pub destination: String,
}

/// `[^name]: text`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// All of it.
    pub span: Span,
    /// What stands behind the `^`.
    pub name: String,
}

/// What a reader of the source takes for a formula; whether some engine does is for the page to say.
#[derive(Debug, Clone)]
pub struct Formula {
    /// Delimiters included.
    pub span: Span,
    /// The TeX between the delimiters; of an environment in running text all of it.
    pub tex: Span,
    /// Whether it is set as a display.
    pub display: bool,
    /// The opening delimiter as it is written: `$`, `$$`, `\(`, `\\(`, `\[`, `\\[`, `\begin{align}` and its like, `` $` ``,
    /// or ```` ```math ````.
    pub delimiter: &'static str,
}

impl Formula {
    /// Whether it is written as code that some engines set as math: `` $`x`$ ``, ```` ```math ````.
    pub(crate) fn is_code(&self) -> bool {
        self.delimiter.contains('`')
    }

    /// Whether it is an environment without delimiters.
    pub(crate) fn is_environment(&self) -> bool {
        self.delimiter.starts_with("\\begin")
    }

    /// The bytes that the author means the math engine to read: an environment is read with its `\begin`.
    pub(crate) fn meant(&self) -> &Span {
        if self.is_environment() { &self.span } else { &self.tex }
    }

    /// The delimiters that must stand in the page's text for a math engine to find it, where Markdown can take part of
    /// them away.
    pub(crate) fn arriving(&self) -> Option<(&'static str, &'static str)> {
        match self.delimiter {
            "\\(" | "\\\\(" => Some(("\\(", "\\)")),
            "\\[" | "\\\\[" => Some(("\\[", "\\]")),
            _ if self.is_environment() => Some(("\\begin{", "}")),
            _ => None,
        }
    }
}

/// A delimiter that opens a formula and is never closed.
#[derive(Debug, Clone)]
pub struct Unclosed {
    /// The delimiter.
    pub span: Span,
    /// The same as it is written: one of [`Formula::delimiter`].
    pub delimiter: &'static str,
    /// Where its paragraph ends.
    pub end: usize,
    /// The delimiter of the next formula, which closes it by mistake.
    pub swallows: Option<Span>,
}

/// Code of either kind.
#[derive(Debug)]
pub struct Code {
    /// Fences or backticks included.
    pub span: Span,
    /// The info string of a fence.
    pub info: Option<Span>,
    /// The code itself; the lines between the fences, or between the backticks.
    pub content: Span,
    /// A block, not a span in running text.
    pub block: bool,
}

/// `<!-- … -->`
#[derive(Debug)]
pub struct Comment {
    /// Delimiters included.
    pub span: Span,
    /// What is between them, trimmed.
    pub text: Span,
    /// Inside running text, not a block of its own.
    pub inline: bool,
}

/// What a template engine reads before Markdown does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateKind {
    /// `{{ … }}`
    Output,
    /// `{% … %}`
    Tag,
}

/// A Liquid tag or output, a Hugo or Zola shortcode.
#[derive(Debug)]
pub struct Template {
    /// Delimiters included.
    pub span: Span,
    /// Tag or output.
    pub kind: TemplateKind,
    /// What is between the delimiters, trimmed of white space and `-`.
    pub content: Span,
}

impl<'a> Document<'a> {
    /// The code that holds a byte.
    pub(crate) fn code_at(&self, offset: usize) -> Option<&Code> {
        holding(&self.code, offset, |code| &code.span)
    }

    /// The formula that holds a byte.
    pub(crate) fn formula_at(&self, offset: usize) -> Option<&Formula> {
        holding(&self.formulas, offset, |formula| &formula.span)
    }

    /// The link that holds a byte.
    pub(crate) fn link_at(&self, offset: usize) -> Option<&Link<'a>> {
        holding(&self.links, offset, |link| &link.span)
    }

    /// The comment that holds a byte.
    pub(crate) fn comment_at(&self, offset: usize) -> Option<&Comment> {
        holding(&self.comments, offset, |comment| &comment.span)
    }

    /// Whether a byte is none of code, of a formula, or of a comment.
    pub(crate) fn is_plain_at(&self, offset: usize) -> bool {
        self.code_at(offset).is_none() && self.formula_at(offset).is_none() && self.comment_at(offset).is_none()
    }

    /// The block of running text that holds a byte; `None` in other blocks.
    pub(crate) fn prose_at(&self, offset: usize) -> Option<&Block> {
        self.leaf_at(offset).filter(|leaf| matches!(leaf.kind, BlockKind::Paragraph | BlockKind::Heading))
    }

    /// The innermost block that holds a byte.
    pub(crate) fn leaf_at(&self, offset: usize) -> Option<&Block> {
        // So many blocks lie between a block and one inside of it that goes on behind them.
        const NEAR: usize = 64;
        let after = self.blocks.partition_point(|block| block.span.start <= offset);
        self.blocks[..after].iter().rev().take(NEAR).find(|block| offset < block.span.end)
    }

    /// Whether a template engine reads something in a stretch of the text.
    pub(crate) fn has_template(&self, span: &Span) -> bool {
        let after = self.templates.partition_point(|template| template.span.end <= span.start);
        self.templates.get(after).is_some_and(|template| template.span.start < span.end)
    }

    /// Removes what the parser saw in some stretches of text, which are sorted: another engine reads them first.
    pub(crate) fn take_back(&mut self, stretches: &[Span]) {
        let inside = |span: &Span| holding(stretches, span.start, |stretch| stretch).is_some();
        // Blocks refer to items by index, so items stay; one that is none is not empty either.
        for item in self.items.iter_mut().filter(|item| inside(&item.span)) {
            item.empty = false;
        }
        self.blocks.retain(|block| !inside(&block.span));
        self.headings.retain(|heading| !inside(&heading.span));
        self.links.retain(|link| !inside(&link.span));
        self.formulas.retain(|formula| !inside(&formula.span));
        self.code.retain(|code| !inside(&code.span));
        self.html.retain(|html| !inside(html));
        self.comments.retain(|comment| !inside(&comment.span));
    }

    /// The blocks of running text, headings included.
    pub(crate) fn prose(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading))
    }
}
