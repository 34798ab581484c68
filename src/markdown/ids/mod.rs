//! The ids that headings get, and what each engine makes of one that is taken.
//!
//! kramdown's are its own (`markdown/kramdown/`).

mod accents;
mod formulas;
mod hexo;
mod outlined;
mod slugs;
mod transliterated;

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use foldhash::HashMap;

pub(crate) use self::accents::without as without_accents;
pub(crate) use self::formulas::shown;

/// A way to make an id of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// github-slugger 2.0.0, of the text: GitHub, rehype-slug (Astro), marked-gfm-heading-id.
    Github,
    /// The same of all that a heading holds in the source, words for images and tags included (mdast-util-to-string):
    /// gatsby-remark-autolink-headers 6, Docusaurus 3.
    GithubOfAll,
    /// Hugo's (0.168, `markup/goldmark/autoid.go`).
    Hugo(HugoType, HugoSource),
    /// Zola's `slugify.anchors = "on"`, its default, of the text (the crate `slug` 0.1).
    ZolaOn,
    /// Zola's `slugify.anchors = "safe"` and `"off"`.
    ZolaSafe,
    /// markdown-it-anchor 10.0.0, of the text.
    MarkdownItAnchor,
    /// hexo-renderer-marked 7.0.1, of the text (`lib/renderer.js`, `heading`; hexo-util 4, `slugize`).
    Hexo(Case),
    /// hexo-renderer-kramed 0.1.4, of the text as HTML (`lib/renderer.js`).
    Kramed,
    /// pandoc's `auto_identifiers`, of the text.
    Pandoc,
    /// Python-Markdown's extension `toc`, of the text.
    PythonMarkdown,
    /// The same with `slugify_unicode`.
    PythonMarkdownUnicode,
    /// The same with pymdownx's `slugs.slugify(case="lower")`.
    Pymdownx,
    /// hexo-renderer-markdown-it 7.1.1, of the contents of the tokens (`lib/anchors.js`).
    HexoAnchors {
        /// `case`.
        case: Case,
        /// `separator`.
        separator: char,
        /// `collisionSuffix`, of one sign.
        suffix: Option<char>,
    },
    /// hexo-renderer-markdown-it-plus 1.0.6, of the contents of the tokens (`lib/markdown-it-toc-and-anchor`; uslug 1.0.4).
    Uslug,
    /// VitePress 1.6.4: markdown-it-anchor with the slugs of @mdit-vue/shared.
    MditVue,
    /// markdown-it-anchor 10.0.0 with Eleventy's filter `slugify`.
    EleventyAnchor,
    /// The `IdAttributePlugin` of Eleventy 3.1.8, of all text in the heading (@sindresorhus/slugify 2.2.1).
    Eleventy,
}

/// Hugo's `autoIDType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HugoType {
    /// `github`, its default.
    Github,
    /// `github-ascii`
    GithubAscii,
    /// `blackfriday`
    Blackfriday,
}

/// What Hugo makes an id of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HugoSource {
    /// The text of the heading (since 0.144: `markup/goldmark/internal/extensions/attributes/attributes.go`).
    Text,
    /// Its source (up to 0.143).
    Markdown,
    /// Its source, of which names of emoji are taken away before (up to 0.119, with `enableEmoji`; 0.120 leaves them to
    /// goldmark-emoji).
    MarkdownWithoutEmoji,
}

/// What hexo-util's `slugize` leaves of a text.
pub(crate) fn hexo_slug(text: &str, case: Case) -> String {
    hexo::slug(text, case, '-')
}

/// What becomes of the case of letters: hexo-renderer-marked's `modifyAnchors`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// It stays.
    Kept,
    /// All are lower.
    Lower,
    /// All are upper.
    Upper,
}

/// A letter in the text of a heading for what only the built site knows; an id of it has the letter as well.
pub(crate) const UNKNOWN: char = '\u{a66e}';

impl Style {
    /// Whether ids that the author gives keep their place from the beginning of the page on; else from where they stand.
    pub(crate) fn reserves(self) -> bool {
        matches!(self, Style::ZolaOn | Style::ZolaSafe) || self.counts_with_underscores()
    }

    fn counts_with_underscores(self) -> bool {
        matches!(self, Style::PythonMarkdown | Style::PythonMarkdownUnicode | Style::Pymdownx)
    }

    /// Whether the words for an image are part of the text of a heading.
    pub(crate) fn reads_images(self) -> bool {
        matches!(self, Style::ZolaOn | Style::ZolaSafe | Style::Pandoc | Style::GithubOfAll) || self.reads_tokens()
    }

    /// Whether the source of tags of HTML and of formulas is part of the text of a heading.
    pub(crate) fn reads_tokens(self) -> bool {
        matches!(self, Style::HexoAnchors { .. } | Style::Uslug)
    }

    /// Whether formulas are no part of the text of a heading (markdown-it-anchor 10, `getTokensText`).
    pub(crate) fn skips_formulas(self) -> bool {
        matches!(self, Style::MarkdownItAnchor | Style::EleventyAnchor | Style::MditVue)
    }

    /// Whether only the beginning of a link is read where a heading begins with one.
    pub(crate) fn stops_behind_link(self) -> bool {
        self == Style::Uslug
    }

    /// Whether the second of the same ids ends with a 2, and what comes of that is not looked up again.
    fn counts_from_two(self) -> Option<Option<char>> {
        match self {
            Style::HexoAnchors { suffix, .. } => Some(suffix),
            Style::Uslug | Style::Eleventy => Some(None),
            _ => None,
        }
    }

    /// Whether tags are part of the text of a heading, as they are written.
    pub(crate) fn reads_tags(self) -> bool {
        self == Style::GithubOfAll
    }

    /// Whether the number of a footnote is part of the text of a heading.
    pub(crate) fn reads_footnotes(self) -> bool {
        self == Style::Github
    }

    /// Whether references to characters stay what they are in the text of a heading.
    pub(crate) fn keeps_entities(self) -> bool {
        matches!(self, Style::Hexo(_) | Style::Kramed | Style::MditVue)
    }

    /// Whether a heading with this text gets no id.
    fn skips(self, text: &str) -> bool {
        matches!(self, Style::Hugo(_, HugoSource::Text)) && text.is_empty()
    }

    fn slug(self, raw: &str, text: &str) -> String {
        let is_of_source = matches!(self, Style::Hugo(_, HugoSource::Markdown | HugoSource::MarkdownWithoutEmoji));
        if if is_of_source { raw } else { text }.contains(UNKNOWN) {
            return UNKNOWN.to_string();
        }
        match self {
            Style::Github | Style::GithubOfAll => slugs::github(text),
            Style::Hugo(kind, source) => {
                let read = match source {
                    HugoSource::Text => Cow::Borrowed(text),
                    HugoSource::Markdown => Cow::Borrowed(raw),
                    HugoSource::MarkdownWithoutEmoji => slugs::without_emoji(raw),
                };
                match kind {
                    HugoType::Github => slugs::hugo(read.trim()),
                    HugoType::GithubAscii => slugs::hugo_ascii(read.trim()),
                    HugoType::Blackfriday => slugs::blackfriday(&read),
                }
            }
            Style::ZolaOn => slug::slugify(text),
            Style::ZolaSafe => slugs::zola_safe(text),
            Style::MarkdownItAnchor => slugs::markdown_it_anchor(text),
            Style::Kramed => hexo::slug(hexo::without_tags(&outlined::escaped(text)).trim(), Case::Kept, '-'),
            Style::Pandoc => outlined::pandoc(text),
            Style::PythonMarkdown => outlined::python_markdown(text),
            Style::PythonMarkdownUnicode => outlined::python_markdown_unicode(text),
            Style::Pymdownx => outlined::pymdownx(text),
            Style::Hexo(case) => hexo::slug(hexo::without_tags(text).trim(), case, '-'),
            Style::HexoAnchors { case, separator, .. } => hexo::slug(text, case, separator),
            Style::Uslug => slugs::uslug(text),
            Style::MditVue => slugs::mdit_vue(text),
            Style::EleventyAnchor => transliterated::slug(&text.replace('\n', "")),
            Style::Eleventy => transliterated::slug(text),
        }
    }
}

/// Few pages have more headings.
const USUAL: usize = 14;

/// The ids of a page, in order.
#[derive(Debug)]
pub(crate) struct Ids {
    style: Style,
    /// Those that are taken, each with the last number that was added to it.
    taken: HashMap<String, usize>,
}

impl Ids {
    /// Those of an empty page.
    pub(crate) fn new(style: Style) -> Self {
        Ids { style, taken: HashMap::default() }
    }

    /// Takes an id that the author gave.
    pub(crate) fn reserve(&mut self, id: &str) {
        self.taken.entry(id.to_owned()).or_default();
    }

    /// The id of the next heading, from its source without markers and from its text: an empty one where nothing is left of
    /// it and the engine writes that. None if it gets none.
    pub(crate) fn next(&mut self, raw: &str, text: &str) -> Option<String> {
        if self.style.skips(text) {
            return None;
        }
        let slug = self.style.slug(raw, text);
        if self.taken.is_empty() {
            self.taken.reserve(USUAL);
        }
        if self.style.counts_with_underscores() {
            return Some(outlined::counted(&mut self.taken, slug));
        }
        if matches!(self.style, Style::Hexo(_) | Style::Kramed) {
            return Some(hexo::counted(&mut self.taken, slug));
        }
        if let Some(suffix) = self.style.counts_from_two() {
            let count = self.taken.entry(slug.clone()).and_modify(|count| *count += 1).or_insert(1);
            let id = match (*count, suffix) {
                (1, _) => slug,
                (count, Some(suffix)) => format!("{slug}-{suffix}{count}"),
                (count, None) => format!("{slug}-{count}"),
            };
            return Some(id);
        }
        let id = match self.taken.entry(slug.clone()) {
            Entry::Vacant(free) => {
                free.insert(0);
                slug
            }
            Entry::Occupied(taken) => {
                let number = *taken.get();
                self.numbered(slug, number)
            }
        };
        // Its record does not tell whether Zola writes an empty one.
        Some(id).filter(|id| !(id.is_empty() && self.style == Style::ZolaOn))
    }

    /// The first `slug-1`, `slug-2`, ... that is free. All engines count so, and none gives an id back.
    fn numbered(&mut self, slug: String, mut number: usize) -> String {
        loop {
            number += 1;
            if let Entry::Vacant(free) = self.taken.entry([slug.as_str(), "-", number.to_string().as_str()].concat()) {
                let id = free.key().clone();
                free.insert(0);
                self.taken.insert(slug, number);
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked of hexo-renderer-markdown-it 7.1.1 and Eleventy 3.1.8.
    #[test]
    fn ids_that_count_from_two() {
        let anchors = |suffix| Style::HexoAnchors { case: Case::Kept, separator: '_', suffix };
        for (style, expected) in [
            (anchors(None), ["a_b", "a_b-2", "a_b_2", "a_b-3", ""]),
            (anchors(Some('v')), ["a_b", "a_b-v2", "a_b_2", "a_b-v3", ""]),
            (Style::Eleventy, ["a-b", "a-b-2", "a-b-2", "a-b-3", ""]),
        ] {
            let mut ids = Ids::new(style);
            let words = ["a b", "a b", "a b 2", "a b", "!"];
            let ids: Vec<_> = words.iter().map(|word| ids.next(word, word).unwrap_or_default()).collect();
            assert_eq!(ids, expected, "{style:?}");
        }
    }

    #[test]
    fn ids_that_are_taken() {
        let hugo = Style::Hugo(HugoType::Github, HugoSource::Markdown);
        for style in [Style::Github, hugo, Style::ZolaOn, Style::MarkdownItAnchor] {
            let mut ids = Ids::new(style);
            ids.reserve("mine");
            let words = ["learned", "learned", "learned-1", "learned", "Mine", "!", "!"];
            let ids: Vec<_> = words.iter().map(|word| ids.next(word, word).unwrap_or_default()).collect();
            let (first, second) = match style {
                Style::Hugo(..) => ("heading", "heading-1"),
                Style::MarkdownItAnchor => ("!", "!-1"),
                _ => ("", "-1"),
            };
            assert_eq!(ids, ["learned", "learned-1", "learned-1-1", "learned-2", "mine-1", first, second], "{style:?}");
        }
    }
}
