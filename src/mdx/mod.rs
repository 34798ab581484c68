//! MDX 3: the tags, expressions and modules that are taken out of a post before Markdown is read, what of them stops the
//! build, and the text that is left (@mdx-js/mdx 3.1, micromark-extension-mdxjs 3).

mod blocks;
mod expression;
mod module;
mod tag;
mod text;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use crate::markdown::MarkdownEngine;
use crate::markdown::commonmark::Mdx;
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Page, What};
use crate::text::Span;

/// What stops the build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The bytes that it is about.
    pub span: Span,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// A `<` with what begins no name behind it.
    NoName(char),
    /// `<!--`
    Comment,
    /// `<https://…>`, `<a@b.c>`
    Autolink,
    /// A tag with a sign that none can have.
    InTag(char),
    /// A tag that ends nowhere.
    UnclosedTag,
    /// What nothing closes, by its name.
    NeverClosed(String),
    /// What closes nothing that is open.
    NothingOpen(String),
    /// What closes something else than what is open.
    Crossed(String, String),
    /// A `{` without its `}`.
    UnclosedExpression,
    /// What stands in braces is no expression of JavaScript.
    NoExpression,
    /// It begins with a name that nothing has.
    Undefined(String),
    /// A component that nothing brings.
    NoComponent(String),
    /// What stands behind `import` or `export` is none.
    NoModule(&'static str),
}

/// What MDX takes out of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A line, or several, of nothing but tags and expressions, or of JavaScript.
    Block,
    /// A tag or an expression in running text.
    Inline,
}

/// A tag, as far as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Component {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub span: Span,
}

/// What MDX reads of a post.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// What stops the build, in order.
    pub faults: Vec<Fault>,
    /// The tags that are none of HTML.
    pub components: Vec<Component>,
    /// The names that the post itself gives.
    pub names: HashSet<String>,
    /// An element or an expression may bring ids.
    may_have_ids: bool,
    /// Comments, of JavaScript or of HTML.
    comments: Vec<Span>,
    parts: Vec<(Span, Part)>,
    /// White space before lines that is none of the code in a fence: no indent makes code, so a fence may stand anywhere.
    indents: Vec<Span>,
}

/// What MDX reads of a stretch of a file.
pub(crate) fn read(file: &str, within: Span, options: Mdx, has_math: bool) -> Reading {
    blocks::read(file, within, options, has_math)
}

/// The page that the Markdown engine makes of a stretch of a file, of which MDX read something.
pub(crate) fn page<'a>(file: &'a str, within: Span, engine: &MarkdownEngine, reading: &Reading) -> Page<'a> {
    if reading.parts.is_empty() && reading.indents.is_empty() {
        return engine.page(file, &MappedText::verbatim(file, within));
    }
    let mut text = MappedText::default();
    let mut from = within.start;
    let taken = reading.parts.iter().map(|(span, part)| (*span, if *part == Part::Block { "<!---->" } else { "<x>" }));
    let mut taken: Vec<_> = taken.chain(reading.indents.iter().map(|span| (*span, ""))).collect();
    taken.sort_by_key(|(span, _)| span.start);
    for (span, instead) in taken {
        text.push_verbatim(&file[from..span.start], from);
        if !instead.is_empty() {
            text.push_replaced(instead, span);
        }
        from = span.end;
    }
    text.push_verbatim(&file[from..within.end], from);
    let mut page = engine.page(file, &text);
    let is_part = |span: Span| reading.parts.binary_search_by_key(&span.start, |(part, _)| part.start).is_ok();
    for event in &mut page.events {
        // What comes of it is nobody's to look at, and nothing of it stands in the source.
        if matches!(event.what, What::Html(_)) && is_part(event.source) {
            event.source.end = event.source.start;
        }
    }
    page.html_blocks.retain(|block| !is_part(*block));
    page.comments.extend_from_slice(&reading.comments);
    page.has_unknown_ids |= reading.may_have_ids;
    page
}
