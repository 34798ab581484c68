//! Engines that read CommonMark: GitHub and its kin, goldmark (Hugo), pulldown-cmark (Zola).
//!
//! pulldown-cmark reads the text; what an engine does otherwise is laid over its events, one file a difference, and
//! [`writer`] makes a page of them.

mod flanking;
mod reader;
mod strike;
mod typographer;
mod unread;
mod urls;
mod writer;

#[cfg(test)]
mod tests;

use super::content::Content;
use super::document::definitions;
use super::ids;
use super::page::Page;
use crate::text::{Span, holding};

/// Which engine, as far as syntax goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// CommonMark 0.31.2 and nothing else.
    Commonmark,
    /// GitHub Flavored Markdown: cmark-gfm 0.29, comrak, remark-gfm, marked.
    Gfm,
    /// goldmark 1.7 with what Hugo switches on.
    Goldmark,
    /// pulldown-cmark 0.13 with what Zola switches on.
    PulldownCmark,
}

/// What a site tells its engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Which engine.
    pub flavour: Flavour,
    /// `--`, `...`, quotes and, in goldmark, `<<`, `>>` become signs: Hugo's `typographer`, Zola's `smart_punctuation`.
    pub typographer: bool,
    /// What goldmark hands on unread: Hugo's `passthrough`, if it is on. The first that fits counts.
    pub passthrough: Vec<Delimiter>,
    /// pulldown-cmark takes formulas between dollar signs out by itself: its extension for math, which Zola leaves off.
    pub math: bool,
    /// HTML is handed on, rather than left out as by Hugo without `unsafe`.
    pub raw_html: bool,
    /// The ids of headings, if they get any.
    pub ids: Option<ids::Style>,
}

/// What stands around text that is handed on unread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delimiter {
    /// At its beginning.
    pub open: String,
    /// At its end.
    pub close: String,
    /// It is a block of its own.
    pub display: bool,
}

impl Options {
    /// What the engine does unless it is told otherwise: Hugo 0.111 and later, Zola 0.19, GitHub.
    pub(crate) fn new(flavour: Flavour) -> Self {
        Options {
            flavour,
            typographer: flavour == Flavour::Goldmark,
            passthrough: Vec::new(),
            math: false,
            raw_html: flavour != Flavour::Goldmark,
            ids: match flavour {
                Flavour::Commonmark => None,
                Flavour::Gfm => Some(ids::Style::Github),
                Flavour::Goldmark => Some(ids::Style::HugoGithub),
                Flavour::PulldownCmark => Some(ids::Style::ZolaOn),
            },
        }
    }
}

impl Delimiter {
    /// `$$`, `\[`, `$`, `\(`: what Hugo's documentation sets up for mathematics, and the dollar.
    #[cfg(test)]
    pub(crate) fn math() -> Vec<Self> {
        let pairs = [("\\[", "\\]", true), ("$$", "$$", true), ("\\(", "\\)", false), ("$", "$", false)];
        pairs.map(|(open, close, display)| Delimiter { open: open.into(), close: close.into(), display }).into()
    }
}

/// The page the engine makes of a text, which is part of a file.
pub(crate) fn page<'a>(file: &'a str, content: &Content, options: &Options) -> Page<'a> {
    let text = content.text();
    let (mut steps, mut definitions) = reader::read(text, options);
    let marks = unread::find(text, &steps, options);
    let inert = unread::inert(text, &marks);
    let read = inert.as_deref().unwrap_or(text);
    if inert.is_some() {
        (steps, definitions) = reader::read(read, options);
    }
    if !definitions.is_empty() {
        let leaves = reader::leaves(&steps);
        let is_free = |span: &Span| holding(&leaves, span.start, |leaf| leaf).is_none();
        definitions::add_repeated(read, is_free, &mut definitions);
    }
    if !marks.is_empty() {
        steps = unread::put_back(steps, read, text, &marks);
    }
    let steps = strike::strike(read, steps, options.flavour);
    let steps =
        if options.typographer && options.flavour == Flavour::Goldmark { typographer::set(read, steps) } else { steps };
    let mut page = writer::Writer::new(file, content, read, options).page(steps);
    for definition in &mut definitions {
        definition.span = content.span(definition.span.clone());
    }
    page.definitions = definitions;
    page
}
