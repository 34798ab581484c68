//! What each engine does to a post: the page, heading ids, delivered formulas, traps.

pub mod content;
pub mod kramdown;
pub mod page;

use self::content::Content;
use self::page::Page;

/// A Markdown engine, as `markdown:` in `postlint.yaml` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Markdown {
    KramdownGfm,
    Kramdown,
    Commonmark,
    Gfm,
    Goldmark,
    PulldownCmark,
}

/// The Markdown engine of a blog, set up as the blog has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Profile {
    /// Jekyll's.
    Kramdown(kramdown::Options),
}

impl Profile {
    /// The page that the engine makes of a text, which is part of a file.
    pub fn page<'a>(&self, file: &'a str, content: &Content<'a>) -> Page<'a> {
        match self {
            Profile::Kramdown(options) => kramdown::page(file, content, options),
        }
    }
}
