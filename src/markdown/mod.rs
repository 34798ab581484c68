//! What each engine does to a post: the page, heading ids, delivered formulas, traps.

pub(crate) mod blocks;
pub(crate) mod commonmark;
pub(crate) mod document;
pub(crate) mod ids;
pub mod kramdown;
pub mod mapped_text;
pub mod page;
pub(crate) mod tex_diff;

use std::sync::LazyLock;

use self::mapped_text::MappedText;
use self::page::Page;
use crate::text::Span;

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
    Marked,
    MarkdownIt,
    PulldownCmark,
    Remark,
    Mdx,
    Pandoc,
    PythonMarkdown,
}

/// The Markdown engine of a blog, set up as the blog has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkdownEngine {
    /// Jekyll's.
    Kramdown(kramdown::Options),
    /// One of the family of CommonMark.
    CommonMark(commonmark::Options),
}

impl MarkdownEngine {
    /// The engine's name, for messages.
    pub fn name(&self) -> &'static str {
        match self {
            MarkdownEngine::Kramdown(_) => "kramdown",
            MarkdownEngine::CommonMark(options) => options.name,
        }
    }

    /// The same with what tells it from others of its name.
    pub(crate) fn full_name(&self) -> String {
        match self {
            MarkdownEngine::Kramdown(options) if options.gfm => "kramdown with GFM".to_owned(),
            MarkdownEngine::Kramdown(_) => "kramdown without GFM".to_owned(),
            MarkdownEngine::CommonMark(options) => options.name.to_owned(),
        }
    }

    /// How it makes the ids of headings, if as another engine may; kramdown's are its own.
    pub(crate) fn ids(&self) -> Option<ids::Style> {
        match self {
            MarkdownEngine::Kramdown(_) => None,
            MarkdownEngine::CommonMark(options) => options.ids,
        }
    }

    /// Whether it is known what its pages show; else of a post no more than headings, code, links and formulas are.
    pub(crate) fn makes_pages(&self) -> bool {
        !matches!(self, MarkdownEngine::CommonMark(options) if options.is_outline)
    }

    /// Who takes formulas out of a text.
    pub(crate) fn math(&self) -> commonmark::Math {
        match self {
            MarkdownEngine::Kramdown(_) => commonmark::Math::Browser,
            MarkdownEngine::CommonMark(options) => options.math,
        }
    }

    fn is_kramdown(&self) -> bool {
        matches!(self, MarkdownEngine::Kramdown(_))
    }

    /// Whether it is this engine, whatever it is told.
    pub(crate) fn is(&self, engine: Markdown) -> bool {
        match (self, MarkdownEngine::of(engine)) {
            (MarkdownEngine::Kramdown(one), MarkdownEngine::Kramdown(other)) => one.gfm == other.gfm,
            (MarkdownEngine::CommonMark(one), MarkdownEngine::CommonMark(other)) => one.name == other.name,
            _ => false,
        }
    }

    /// Whether the last definition of a label counts, rather than the first.
    pub(crate) fn takes_last_definition(&self) -> bool {
        self.is_kramdown()
    }

    /// Whether a `|` in each line of a paragraph is enough for a table; else there must be a line below the head.
    pub(crate) fn needs_only_pipes(&self) -> bool {
        self.is_kramdown()
    }

    /// Whether `{: .class key="value"}` gives attributes to what stands before it.
    pub(crate) fn reads_attribute_lists(&self) -> bool {
        self.is_kramdown()
    }

    /// Whether braces behind nearly anything are attributes, which nobody sees.
    pub(crate) fn takes_attributes(&self) -> bool {
        matches!(self, MarkdownEngine::CommonMark(options) if options.attributes)
    }

    /// Whether ordered lists begin with 1 on the page, whatever is written (kramdown 2.4.0, `converter/html.rb`).
    pub(crate) fn counts_from_one(&self) -> bool {
        self.is_kramdown()
    }

    /// Whether a marker makes an item only where white space follows (kramdown 2.4.0, `parser/kramdown/list.rb`).
    pub(crate) fn needs_space_behind_markers(&self) -> bool {
        self.is_kramdown()
    }

    /// Whether items with different markers are of one list.
    pub(crate) fn mixes_markers(&self) -> bool {
        self.is_kramdown()
    }

    /// Whether a paragraph goes on over a line that looks like a heading (kramdown-parser-gfm 1.1.0, `PARAGRAPH_END_GFM`).
    pub(crate) fn swallows_headings(&self) -> bool {
        matches!(self, MarkdownEngine::Kramdown(options) if !options.gfm || !options.paragraph_end)
    }

    /// Whether it knows tables at all.
    pub(crate) fn has_tables(&self) -> bool {
        !matches!(self, MarkdownEngine::CommonMark(options) if !options.tables)
    }

    /// Whether a block of HTML ends at a blank line, wherever its elements end (CommonMark 0.31.2, "HTML blocks").
    pub(crate) fn ends_html_at_blank_lines(&self) -> bool {
        !self.is_kramdown() && self.knows_running_text()
    }

    /// Whether Markdown in blocks of HTML is read wherever it stands.
    pub(crate) fn reads_markdown_in_html(&self) -> bool {
        matches!(self, MarkdownEngine::Kramdown(options) if options.parse_block_html)
    }

    /// Whether it is read where the tag says `markdown="1"`, rather than behind a blank line.
    pub(crate) fn reads_markdown_in_marked_html(&self) -> bool {
        self.is_kramdown()
    }

    /// Whether Markdown is read in an element that stands in running text (kramdown 2.4.0, `parser/html.rb` and
    /// `parser/kramdown/html.rb`: not in what its tables have no model of, such as `<u>`, `<font>` and `<mark>`).
    pub(crate) fn reads_markdown_in_running_html(&self, name: &str) -> bool {
        match self {
            MarkdownEngine::Kramdown(options) => {
                options.parse_span_html && kramdown::tags::content_model(name) != kramdown::tree::ContentModel::Raw
            }
            MarkdownEngine::CommonMark(_) => true,
        }
    }

    /// Whether one backtick between two spaces stands for itself (kramdown 2.4.0, `parser/kramdown/codespan.rb`).
    pub(crate) fn takes_spaced_backticks_for_text(&self) -> bool {
        self.is_kramdown()
    }

    /// Whether HTML is left out of the page, as by Hugo without `unsafe`.
    pub(crate) fn omits_html(&self) -> bool {
        matches!(self, MarkdownEngine::CommonMark(options) if !options.raw_html)
    }

    /// What it takes for attributes behind a fence, and cannot read: bytes of what stands there.
    pub(crate) fn refused_attributes(&self, info: &str) -> Option<Span> {
        match self {
            MarkdownEngine::CommonMark(options) if options.fence_attributes => commonmark::attributes::refused(info),
            _ => None,
        }
    }

    /// Of so many spaces before a line break in a paragraph none reaches the page: none of kramdown's; where goldmark looks
    /// for links, it hands on all but three (1.7, `parser/parser.go`, `parseBlock`).
    pub(crate) fn spaces_lost_before_breaks(&self) -> usize {
        match self {
            MarkdownEngine::CommonMark(options) if options.bare_urls == Some(commonmark::BareUrls::Linkify) => 3,
            _ if self.is_kramdown() => 0,
            _ => usize::MAX,
        }
    }

    /// Whether a destination ends at a space.
    pub(crate) fn ends_destinations_at_spaces(&self) -> bool {
        !self.is_kramdown() && self.knows_running_text()
    }

    /// Whether backslashes of a destination stand in the page as they are (kramdown 2.4.0, `converter/html.rb`); the family
    /// of CommonMark writes `%5C`.
    pub(crate) fn keeps_backslashes(&self) -> bool {
        self.is_kramdown()
    }

    /// Whether punctuation beside a letter keeps a mark from being one of emphasis (CommonMark 0.31.2, 6.2).
    pub(crate) fn looks_at_punctuation(&self) -> bool {
        !self.is_kramdown()
    }

    /// Whether it is known how it reads running text, marks of emphasis and backslashes above all.
    pub(crate) fn knows_running_text(&self) -> bool {
        !matches!(self, MarkdownEngine::CommonMark(options) if options.is_rough)
    }

    /// Whether it sets apart itself what stands between `$$` and `$$`, also in running text, so that every math engine
    /// finds it (kramdown 2.4.0, `converter/math_engine/mathjax.rb`).
    pub(crate) fn sets_double_dollars(&self) -> bool {
        self.is_kramdown()
    }

    /// Whether a math engine sets what it takes out of the text, and nothing else.
    pub(crate) fn takes_formulas(&self) -> bool {
        self.fences_formulas() || matches!(self, MarkdownEngine::CommonMark(options) if options.math.takes_displays())
    }

    /// What it reads of MDX, if it does.
    pub(crate) fn mdx(&self) -> Option<commonmark::Mdx> {
        match self {
            MarkdownEngine::Kramdown(_) => None,
            MarkdownEngine::CommonMark(options) => options.mdx,
        }
    }

    /// Whether a line that begins with `$$` opens a display, which ends at a line of nothing but such signs.
    pub(crate) fn fences_formulas(&self) -> bool {
        matches!(self, MarkdownEngine::CommonMark(options) if matches!(options.math, commonmark::Math::Remark { .. }))
    }

    /// Whether the blank lines behind a block of HTML stand on the page: marked hands them on with it (15.0, `Tokenizer.ts`,
    /// `html`), and for Hexo blocks of code are HTML by then.
    pub(crate) fn keeps_lines_behind_html(&self) -> bool {
        matches!(self, MarkdownEngine::CommonMark(options) if options.keeps_lines)
    }

    /// Whether white space on a blank line below a list tells whose line it is (micromark 2.11, `tokenize/list.js`).
    pub(crate) fn keeps_white_lines(&self) -> bool {
        matches!(self, MarkdownEngine::CommonMark(options) if options.white_lines)
    }

    /// Whether a table goes on in code, in a heading and in a line that is none (micromark-extension-gfm-table 0.4).
    pub(crate) fn takes_blocks_for_rows(&self) -> bool {
        self.keeps_white_lines()
    }

    /// Whether every line break in a paragraph is one on the page.
    pub(crate) fn sets_breaks(&self) -> bool {
        matches!(self, MarkdownEngine::CommonMark(options) if options.breaks)
    }

    /// Whether code that is marked as math is set as such.
    pub(crate) fn sets_code_as_math(&self) -> bool {
        matches!(self, MarkdownEngine::CommonMark(options) if options.sets_code)
    }

    /// Whether two tildes strike something out (kramdown-parser-gfm 1.1.0, `STRIKETHROUGH_DELIM`).
    pub(crate) fn strikes_out(&self) -> bool {
        match self {
            MarkdownEngine::Kramdown(options) => options.gfm,
            MarkdownEngine::CommonMark(options) => options.strike != commonmark::Strike::Nothing,
        }
    }

    /// Whether it reads footnotes.
    pub(crate) fn has_footnotes(&self) -> bool {
        match self {
            MarkdownEngine::Kramdown(_) => true,
            MarkdownEngine::CommonMark(options) => options.footnotes.is_some(),
        }
    }

    /// Whether it leaves out a footnote that the text does not speak of (kramdown 2.4.0, goldmark 1.7, cmark-gfm 0.29).
    pub(crate) fn drops_unused_footnotes(&self) -> bool {
        match self {
            MarkdownEngine::Kramdown(_) => true,
            MarkdownEngine::CommonMark(options) => options.footnotes == Some(commonmark::Footnotes::AtTheEnd),
        }
    }

    /// How an id and classes of a heading are written, and whether that is a line of its own below; `None` where headings
    /// take none (kramdown 2.4.0, `parser/kramdown/header.rb` and `extensions.rb`; goldmark 1.7, `parser/attribute.go`).
    pub(crate) fn heading_attributes(&self, inner: &str) -> Option<(String, bool)> {
        let is_one_id = inner.strip_prefix('#').is_some_and(|id| {
            let is_name = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | ':');
            id.starts_with(char::is_alphabetic) && id.chars().all(is_name)
        });
        match self {
            MarkdownEngine::Kramdown(_) if is_one_id => Some((format!("{{{inner}}}"), false)),
            MarkdownEngine::Kramdown(_) => Some((format!("{{: {inner}}}"), true)),
            MarkdownEngine::CommonMark(options) => options.heading_attributes.map(|_| (format!("{{{inner}}}"), false)),
        }
    }

    /// The engine as its generator sets it up.
    pub fn of(markdown: Markdown) -> Self {
        match markdown {
            Markdown::KramdownGfm => MarkdownEngine::Kramdown(kramdown::Options::new(true)),
            Markdown::Kramdown => MarkdownEngine::Kramdown(kramdown::Options::new(false)),
            Markdown::Commonmark => MarkdownEngine::CommonMark(commonmark::Options::commonmark()),
            Markdown::Gfm => MarkdownEngine::CommonMark(commonmark::Options::gfm()),
            Markdown::Goldmark => MarkdownEngine::CommonMark(commonmark::Options::goldmark()),
            Markdown::Marked => MarkdownEngine::CommonMark(commonmark::Options::marked()),
            Markdown::MarkdownIt => MarkdownEngine::CommonMark(commonmark::Options::markdown_it()),
            Markdown::PulldownCmark => MarkdownEngine::CommonMark(commonmark::Options::pulldown_cmark()),
            Markdown::Remark => MarkdownEngine::CommonMark(commonmark::Options::remark()),
            Markdown::Mdx => MarkdownEngine::CommonMark(commonmark::Options::mdx()),
            Markdown::Pandoc => MarkdownEngine::CommonMark(commonmark::Options::pandoc()),
            Markdown::PythonMarkdown => MarkdownEngine::CommonMark(commonmark::Options::python_markdown()),
        }
    }

    /// What posts are read with where the engine of their blog is not known: GitHub's.
    pub(crate) fn usual() -> &'static Self {
        static USUAL: LazyLock<MarkdownEngine> = LazyLock::new(|| MarkdownEngine::of(Markdown::Gfm));
        &USUAL
    }

    /// The engine where no site says how it is set up: pulldown-cmark with its extension for math.
    pub(crate) fn by_itself(markdown: Markdown) -> Self {
        match MarkdownEngine::of(markdown) {
            MarkdownEngine::CommonMark(options) => {
                MarkdownEngine::CommonMark(commonmark::Options { math: options.math_by_itself, ..options })
            }
            kramdown => kramdown,
        }
    }

    /// The page that the engine makes of a text, which is part of a file.
    pub fn page<'a>(&self, file: &'a str, content: &MappedText<'a>) -> Page<'a> {
        match self {
            MarkdownEngine::Kramdown(options) => kramdown::page(file, content, options),
            MarkdownEngine::CommonMark(options) => commonmark::page(file, content, options),
        }
    }
}
