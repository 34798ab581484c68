//! kramdown 2.4.0, the Markdown engine of Jekyll, with the parser of kramdown-parser-gfm 1.1.0 and without.

pub mod document;
pub mod tree;

use super::content::Content;
use super::page::Page;

/// What kramdown is told by `kramdown:` in `_config.yml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// `input: GFM`, as Jekyll has it, rather than `input: kramdown`.
    pub gfm: bool,
    /// A line break in a paragraph is `<br>`; with `gfm` only.
    pub hard_wrap: bool,
    /// Headings get ids.
    pub auto_ids: bool,
    /// What their ids begin with.
    pub auto_id_prefix: String,
    /// How far the levels of headings are shifted.
    pub header_offset: i8,
    /// Text in block elements of HTML is Markdown.
    pub parse_block_html: bool,
    /// Text in span elements of HTML is Markdown.
    pub parse_span_html: bool,
    /// `gfm_quirks: paragraph_end`, as it is unless told otherwise: headings, lists, quotes and fences end a paragraph.
    pub paragraph_end: bool,
    /// `--`, `...`, `<<`, `>>` become signs.
    pub typographic: bool,
    /// `'` and `"` become curly, to these: left and right single, left and right double.
    pub smart_quotes: [char; 4],
}

impl Options {
    /// What Jekyll 4.3.1 tells it (`configuration.rb`), with or without `input: GFM`.
    pub fn new(gfm: bool) -> Self {
        Options {
            gfm,
            hard_wrap: false,
            auto_ids: true,
            auto_id_prefix: String::new(),
            header_offset: 0,
            parse_block_html: false,
            parse_span_html: true,
            paragraph_end: true,
            typographic: true,
            smart_quotes: ['\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}'],
        }
    }
}

/// The page kramdown makes of a text, which is part of a file.
pub fn page<'a>(_file: &'a str, _content: &Content<'a>, _options: &Options) -> Page<'a> {
    Page::default()
}
