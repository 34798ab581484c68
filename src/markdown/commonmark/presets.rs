//! Engines of unified: remark, and what is built on it; marked; pulldown-cmark; and those of other families, which have no
//! page.

use super::{Footnotes, HeadingAttributes, Math, Mdx, Options, Strike, Typography};
use crate::markdown::ids::{self, Case};

impl Options {
    /// remark-parse 11 with remark-gfm 4, as Astro 6 sets it up (`@astrojs/markdown-remark` 7): its processor for Astro 7,
    /// Sätteri, reads the same.
    pub(crate) fn remark() -> Self {
        Options {
            name: "remark",
            math_by_itself: Math::Remark { single: true },
            typographer: true,
            typography: Typography::Retext,
            sets_code: false,
            ..Options::gfm()
        }
    }

    /// @mdx-js/mdx 3.1 with remark-gfm, as Docusaurus 3 sets it up; Astro sets signs of typography as well.
    pub(crate) fn mdx() -> Self {
        Options {
            name: "MDX",
            indented_code: false,
            typographer: false,
            mdx: Some(Mdx::default()),
            ids: Some(ids::Style::Github),
            ..Options::remark()
        }
    }

    /// pandoc 3.9 with what its own Markdown switches on, as Quarto has it: no page.
    pub(crate) fn pandoc() -> Self {
        Options {
            name: "pandoc",
            is_outline: true,
            heading_attributes: Some(HeadingAttributes::All),
            typographer: true,
            typography: Typography::Smart,
            math: Math::Tight,
            math_by_itself: Math::Tight,
            sets_code: false,
            ids: Some(ids::Style::Pandoc),
            ..Options::gfm()
        }
    }

    /// Python-Markdown 3.11 without extensions, whose headings have no ids: no page.
    pub(crate) fn python_markdown() -> Self {
        Options { name: "Python-Markdown", is_outline: true, sets_code: false, ids: None, ..Options::gfm() }
    }

    /// kramed 0.5 as hexo-renderer-kramed sets it up: no page.
    pub(crate) fn kramed() -> Self {
        Options {
            name: "kramed",
            is_outline: true,
            typographer: true,
            typography: Typography::Smartypants,
            sets_code: false,
            ids: Some(ids::Style::Kramed),
            ..Options::gfm()
        }
    }

    /// marked 15 as hexo-renderer-marked 7 sets it up, and earlier ones with other options.
    pub(crate) fn marked() -> Self {
        Options {
            name: "marked",
            tabs_in_tables: false,
            footnotes: None,
            typographer: true,
            typography: Typography::Smartypants,
            breaks: true,
            wide_spaces: true,
            keeps_lines: true,
            sets_code: false,
            ids: Some(ids::Style::Hexo(Case::Kept)),
            ..Options::gfm()
        }
    }

    /// pulldown-cmark 0.13 with what Zola 0.19 switches on.
    pub(crate) fn pulldown_cmark() -> Self {
        Options {
            name: "pulldown-cmark",
            tables: true,
            tasks: true,
            footnotes: Some(Footnotes::InPlace),
            heading_attributes: Some(HeadingAttributes::All),
            strike: Strike::Own,
            math_by_itself: Math::PulldownCmark,
            ends_in_capitals: false,
            ids: Some(ids::Style::ZolaOn),
            ..Options::commonmark()
        }
    }
}
