//! What each engine does to a post: the page, heading ids, delivered formulas, traps.

pub(crate) mod commonmark;
pub mod content;
pub(crate) mod document;
pub(crate) mod ids;
pub mod kramdown;
pub(crate) mod loss;
pub mod page;

use std::sync::LazyLock;

use self::commonmark::Flavour;
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
    /// One of the family of CommonMark.
    CommonMark(commonmark::Options),
}

impl Profile {
    /// The engine's name, for messages.
    pub fn name(&self) -> &'static str {
        match self {
            Profile::Kramdown(_) => "kramdown",
            Profile::CommonMark(options) => match options.flavour {
                Flavour::Commonmark => "CommonMark",
                Flavour::Gfm => "GFM",
                Flavour::Goldmark => "goldmark",
                Flavour::PulldownCmark => "pulldown-cmark",
            },
        }
    }

    /// How it makes the ids of headings, if as another engine may; kramdown's are its own.
    pub(crate) fn ids(&self) -> Option<ids::Style> {
        match self {
            Profile::Kramdown(_) => None,
            Profile::CommonMark(options) => options.ids,
        }
    }

    /// Whether it is kramdown, with either parser.
    pub(crate) fn is_kramdown(&self) -> bool {
        matches!(self, Profile::Kramdown(_))
    }

    /// Whether it is this engine, whatever it is told.
    pub(crate) fn is(&self, engine: Markdown) -> bool {
        match (self, Profile::of(engine)) {
            (Profile::Kramdown(one), Profile::Kramdown(other)) => one.gfm == other.gfm,
            (Profile::CommonMark(one), Profile::CommonMark(other)) => one.flavour == other.flavour,
            _ => false,
        }
    }

    /// The engine as its generator sets it up.
    pub fn of(markdown: Markdown) -> Self {
        let commonmark = |flavour| Profile::CommonMark(commonmark::Options::new(flavour));
        match markdown {
            Markdown::KramdownGfm => Profile::Kramdown(kramdown::Options::new(true)),
            Markdown::Kramdown => Profile::Kramdown(kramdown::Options::new(false)),
            Markdown::Commonmark => commonmark(Flavour::Commonmark),
            Markdown::Gfm => commonmark(Flavour::Gfm),
            Markdown::Goldmark => commonmark(Flavour::Goldmark),
            Markdown::PulldownCmark => commonmark(Flavour::PulldownCmark),
        }
    }

    /// What posts are read with where the engine of their blog is not known: GitHub's.
    pub(crate) fn usual() -> &'static Self {
        static USUAL: LazyLock<Profile> = LazyLock::new(|| Profile::of(Markdown::Gfm));
        &USUAL
    }

    /// The engine where no site says how it is set up: pulldown-cmark with its extension for math.
    pub(crate) fn by_itself(markdown: Markdown) -> Self {
        match Profile::of(markdown) {
            Profile::CommonMark(options) => {
                Profile::CommonMark(commonmark::Options { math: options.flavour == Flavour::PulldownCmark, ..options })
            }
            kramdown => kramdown,
        }
    }

    /// The page that the engine makes of a text, which is part of a file.
    pub fn page<'a>(&self, file: &'a str, content: &Content<'a>) -> Page<'a> {
        match self {
            Profile::Kramdown(options) => kramdown::page(file, content, options),
            Profile::CommonMark(options) => commonmark::page(file, content, options),
        }
    }
}
