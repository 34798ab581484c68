//! markdown-it 13 and 14, as generators set it up.

use super::{BareUrls, HeadingAttributes, Math, Options, Strike, Typography};
use crate::markdown::ids::{Case, Style};

/// The quotes that its `typographer` sets, if it is told no others.
pub(crate) const QUOTES: [char; 4] = ['“', '”', '‘', '’'];

impl Options {
    /// With `html: true`, as whoever makes one for a site does.
    pub(crate) fn markdown_it() -> Self {
        Options {
            name: "markdown-it",
            tasks: false,
            footnotes: None,
            strike: Strike::Two,
            bare_urls: None,
            typography: Typography::MarkdownIt(QUOTES),
            sets_code: false,
            ids: None,
            ..Options::gfm()
        }
    }

    /// hexo-renderer-markdown-it 7.1 (`index.js`).
    pub(crate) fn hexo_markdown_it() -> Self {
        Options {
            bare_urls: Some(BareUrls::LinkifyIt),
            typographer: true,
            breaks: true,
            ids: Some(Style::HexoAnchors { case: Case::Kept, separator: '-', suffix: None }),
            ids_from: 2,
            ..Options::markdown_it()
        }
    }

    /// hexo-renderer-markdown-it-plus 1.0 with the plugins that it brings (`lib/renderer.js`). Signs of `sub`, `sup`, `ins`
    /// and `mark` are not looked for.
    pub(crate) fn markdown_it_plus() -> Self {
        Options {
            footnotes: Some(super::Footnotes::AtTheEnd),
            descriptions: true,
            math: Math::MarkdownItSpaces,
            math_by_itself: Math::MarkdownItSpaces,
            ids: Some(Style::Uslug),
            ids_from: 1,
            ..Options::hexo_markdown_it()
        }
    }

    /// Eleventy 3.1, which reads no code by its indentation (`src/Engines/Markdown.js`).
    pub(crate) fn eleventy() -> Self {
        Options { indented_code: false, ..Options::markdown_it() }
    }

    /// VitePress 1.6 (`createMarkdownRenderer`).
    pub(crate) fn vitepress() -> Self {
        Options {
            heading_attributes: Some(HeadingAttributes::All),
            attributes: true,
            bare_urls: Some(BareUrls::LinkifyIt),
            ids: Some(Style::MditVue),
            ..Options::markdown_it()
        }
    }
}
