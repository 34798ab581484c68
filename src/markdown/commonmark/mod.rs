//! Engines that read CommonMark: GitHub and its kin, goldmark (Hugo), marked (Hexo), pulldown-cmark
//! (Zola).
//!
//! pulldown-cmark reads the text; what an engine does otherwise is laid over its events, one file a difference, and
//! [`writer`] makes a page of them.

pub(crate) mod attributes;
mod blocks;
mod dollars;
mod fences;
mod flanking;
mod lazy;
mod lettered;
pub(crate) mod markdown_it;
mod masked;
mod math;
mod presets;
mod quotes;
mod raw_ends;
mod reader;
mod retext;
mod smartypants;
mod strike;
mod typographer;
mod urls;
mod wide;
mod writer;

#[cfg(test)]
pub(crate) mod tests;

use std::cell::LazyCell;

pub(crate) use math::Math;

use super::document::{Definition, definitions};
use super::ids;
use super::mapped_text::MappedText;
use super::page::Page;
use crate::text::holding;

/// What an engine reads, and what a site tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The engine's name, for messages.
    pub name: &'static str,
    /// Tables are read.
    pub tables: bool,
    /// The boxes of tasks are read.
    pub tasks: bool,
    /// What is indented by four spaces is code.
    pub indented_code: bool,
    /// Tabs may stand in the line below the head of a table.
    pub tabs_in_tables: bool,
    /// Footnotes, if they are read.
    pub footnotes: Option<Footnotes>,
    /// `{#id .class key=value}` behind the text of a heading, if it is read.
    pub heading_attributes: Option<HeadingAttributes>,
    /// Attributes are also read behind links, images and lines of text: markdown-it-attrs. What they say is not.
    pub attributes: bool,
    /// Attributes are read behind a fence, and must be some.
    pub fence_attributes: bool,
    /// A line that begins with `:` describes the one above.
    pub descriptions: bool,
    /// Of three backslashes at the end of a line the last breaks no line, and stays.
    pub keeps_three: bool,
    /// What tildes strike out.
    pub strike: Strike,
    /// Which URLs become links by themselves.
    pub bare_urls: Option<BareUrls>,
    /// `--`, `...`, quotes and the like become signs: Hugo's `typographer`, Zola's `smart_punctuation`.
    pub typographer: bool,
    /// By whom.
    pub typography: Typography,
    /// A paragraph of a quote or an item goes on in lines without `>` or indent.
    pub lazy_lines: bool,
    /// White space on a blank line below a list keeps that line in the list, and code or a heading below a table is a row of
    /// it: micromark before 3.
    pub white_lines: bool,
    /// A line break in a paragraph is one on the page: marked's `breaks`.
    pub breaks: bool,
    /// Any white space goes behind the signs of a heading: marked.
    pub wide_spaces: bool,
    /// The blank lines behind a block of HTML stand on the page: marked.
    pub keeps_lines: bool,
    /// Signs of other scripts are letters beside marks of emphasis: marked before 5.
    pub ascii_punctuation: bool,
    /// Of running text only tags, code and links are read as here: marked before 1 pairs marks of emphasis and takes
    /// backslashes away by rules of its own, which people patched for their formulas.
    pub is_rough: bool,
    /// Of its pages only headings, code, links and formulas are known: engines of other families, which are read as GitHub
    /// does for what is about the same in all of them.
    pub is_outline: bool,
    /// What is handed on unread: Hugo's `passthrough`, if it is on. The first that fits counts.
    pub passthrough: Vec<Delimiter>,
    /// It stands on the page as it is, where browsers read it as HTML; a hook of the site may make something else of it.
    pub passes_html: bool,
    /// Which formulas the engine takes out of the text itself, so that they arrive as they are written.
    pub math: Math,
    /// Of `\|` in a cell of a table, which is a `|` of the cell, that arrives in formulas as well: Sätteri, other than
    /// remark-math.
    pub unescapes_pipes_in_math: bool,
    /// Which are taken out where no site says how the engine is set up.
    pub math_by_itself: Math,
    /// Code that is marked as math is set as such: GitHub's `` $`x`$ `` and ```` ```math ````.
    pub sets_code: bool,
    /// A block of `<style>` and the like ends at its tag in capitals, too: not pulldown-cmark's own.
    pub ends_in_capitals: bool,
    /// HTML is handed on, rather than left out as by Hugo without `unsafe`.
    pub raw_html: bool,
    /// Tags, expressions and modules of JavaScript are read in the text, if so.
    pub mdx: Option<Mdx>,
    /// The ids of headings, if they get any.
    pub ids: Option<ids::Style>,
    /// The highest level of the headings that get one.
    pub ids_from: u8,
    /// They are made when KaTeX has set the formulas of the heading: rehype-katex before rehype-slug.
    pub ids_after_katex: bool,
}

/// What of MDX is not as it comes: the leniencies of Docusaurus (3.10, `mdx1Compat`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mdx {
    /// Comments of HTML are read.
    pub comments: bool,
    /// `{#id}` may end a heading.
    pub heading_ids: bool,
    /// A line that begins with `:::` is none of running text.
    pub directives: bool,
}

/// Where footnotes stand on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Footnotes {
    /// At its end, those that the text speaks of.
    AtTheEnd,
    /// Where they are defined.
    InPlace,
}

/// Which attributes of a heading are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadingAttributes {
    /// All.
    All,
    /// None, if one is a bare word (goldmark 1.7, `parser/attribute.go`).
    NoBareWords,
}

/// What tildes strike out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strike {
    /// Nothing.
    Nothing,
    /// What stands between as many of them: cmark-gfm.
    SameLength,
    /// What stands between two: markdown-it.
    Two,
    /// Also a part of more of them: goldmark.
    AnyLength,
    /// What pulldown-cmark makes of them.
    Own,
}

/// Which URLs become links by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BareUrls {
    /// "Autolink literals" of cmark-gfm.
    Gfm,
    /// goldmark's linkify.
    Linkify,
    /// linkify-it: as cmark-gfm, but nothing goes on behind a host that is no path.
    LinkifyIt,
}

/// By whom signs of typography are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typography {
    /// goldmark's typographer.
    Goldmark,
    /// pulldown-cmark's smart punctuation.
    Smart,
    /// hexo-renderer-marked's `smartypants`.
    Smartypants,
    /// markdown-it's `typographer`, with the double quotes and the single ones that it sets.
    MarkdownIt([char; 4]),
    /// remark-smartypants.
    Retext,
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
    /// CommonMark 0.31.2 and nothing else.
    pub(crate) fn commonmark() -> Self {
        Options {
            name: "CommonMark",
            tables: false,
            tasks: false,
            indented_code: true,
            tabs_in_tables: false,
            footnotes: None,
            heading_attributes: None,
            attributes: false,
            fence_attributes: false,
            descriptions: false,
            keeps_three: false,
            strike: Strike::Nothing,
            bare_urls: None,
            typographer: false,
            typography: Typography::Smart,
            lazy_lines: true,
            white_lines: false,
            breaks: false,
            wide_spaces: false,
            keeps_lines: false,
            ascii_punctuation: false,
            is_rough: false,
            is_outline: false,
            passthrough: Vec::new(),
            passes_html: false,
            math: Math::Browser,
            unescapes_pipes_in_math: false,
            math_by_itself: Math::Browser,
            sets_code: false,
            ends_in_capitals: true,
            raw_html: true,
            mdx: None,
            ids: None,
            ids_from: 1,
            ids_after_katex: false,
        }
    }

    /// GitHub Flavored Markdown: cmark-gfm 0.29, comrak, remark-gfm, marked.
    pub(crate) fn gfm() -> Self {
        Options {
            name: "GFM",
            tables: true,
            tasks: true,
            tabs_in_tables: true,
            footnotes: Some(Footnotes::AtTheEnd),
            strike: Strike::SameLength,
            bare_urls: Some(BareUrls::Gfm),
            sets_code: true,
            ids: Some(ids::Style::Github),
            ..Options::commonmark()
        }
    }

    /// goldmark 1.7 with what Hugo 0.111 and later switches on.
    pub(crate) fn goldmark() -> Self {
        Options {
            name: "goldmark",
            heading_attributes: Some(HeadingAttributes::NoBareWords),
            fence_attributes: true,
            descriptions: true,
            keeps_three: true,
            strike: Strike::AnyLength,
            bare_urls: Some(BareUrls::Linkify),
            typographer: true,
            typography: Typography::Goldmark,
            sets_code: false,
            raw_html: false,
            ids: Some(ids::Style::Hugo(ids::HugoType::Github, ids::HugoSource::Text)),
            ..Options::gfm()
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
pub(crate) fn page<'a>(file: &'a str, content: &MappedText, options: &Options) -> Page<'a> {
    let ended = lazy::ended(content, options);
    let content = ended.as_ref().unwrap_or(content);
    let marked = fences::marked(content, options);
    page_of(file, marked.as_ref().unwrap_or(content), options)
}

/// The page of a text in which fences of formulas are marked.
fn page_of<'a>(file: &'a str, content: &MappedText, options: &Options) -> Page<'a> {
    let plain = match (options.wide_spaces, options.tabs_in_tables) {
        (_, true) => wide::untabbed(content.text()),
        (true, false) => wide::plain(content.text()),
        (false, false) => None,
    };
    let text = plain.as_deref().unwrap_or(content.text());
    let small = if options.ends_in_capitals { raw_ends::small(text) } else { None };
    let text = small.as_deref().unwrap_or(text);
    let lettered = if options.ascii_punctuation { lettered::lettered(text) } else { None };
    let text = lettered.as_deref().unwrap_or(text);
    let prepared = blocks::prepare(text, options);
    let text = prepared.as_ref().map_or(text, |prepared| &prepared.text);
    let sets_signs = options.typographer && options.typography != Typography::Smart;
    let looks_back = options.ids.is_some_and(ids::Style::reserves);
    let (steps, definitions) = reader::read(text, options);
    let is_plain = !sets_signs && !looks_back && prepared.is_none();
    if is_plain && !masked::may_find(text, options) && !strike::may_find(text, options.strike) {
        let writer = writer::Writer::new(file, content, text, options);
        return with_definitions(writer.page(steps), definitions, text, content, options);
    }
    let mut steps: Vec<_> = steps.collect();
    let marks = masked::find(text, &steps, options);
    let inert = masked::inert(text, &marks);
    let read = inert.as_deref().unwrap_or(text);
    let mut definitions = definitions;
    if inert.is_some() {
        let again = reader::read(read, options);
        (steps, definitions) = (again.0.collect(), again.1);
    }
    if !marks.is_empty() {
        steps = masked::put_back(steps, read, text, &marks);
    }
    if let Some(prepared) = &prepared {
        steps = prepared.put_back(read, steps, content.text());
    }
    let steps = strike::strike(read, steps, options.strike);
    let steps = match options.typography {
        Typography::Goldmark if sets_signs => typographer::set(read, steps),
        Typography::Smartypants if sets_signs => smartypants::set(read, steps),
        Typography::MarkdownIt(signs) if sets_signs => quotes::set(read, steps, signs),
        Typography::Retext if sets_signs => retext::set(read, steps),
        _ => steps,
    };
    let mut writer = writer::Writer::new(file, content, read, options);
    if looks_back {
        writer.reserve_ids(&steps);
    }
    with_definitions(writer.page(steps), definitions, read, content, options)
}

/// A page with the definitions of the text that was read, those that do not count included.
fn with_definitions<'a>(
    page: Page<'a>,
    mut definitions: Vec<Definition>,
    read: &str,
    content: &MappedText,
    options: &Options,
) -> Page<'a> {
    let leaves = LazyCell::new(|| reader::leaves(reader::read(read, options).0));
    definitions::add_repeated(read, |span| holding(&leaves, span.start, |leaf| leaf).is_none(), &mut definitions);
    for definition in &mut definitions {
        definition.span = content.span(definition.span);
    }
    Page { definitions, ..page }
}
