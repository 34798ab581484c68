//! kramdown 2.4.0, the Markdown engine of Jekyll, with the parser of kramdown-parser-gfm 1.1.0 and without.

mod abbreviations;
pub(crate) mod attributes;
mod blocks;
pub(crate) mod char_classes;
pub(crate) mod document;
pub(crate) mod entities;
mod events;
mod finish;
mod ids;
pub(crate) mod references;
pub(crate) mod spans;
pub(crate) mod tags;
pub(crate) mod tree;

use self::document::Document;
use self::tree::AttributeList;
use super::mapped_text::MappedText;
use super::page::Page;
use crate::text::Span;

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

    /// Sets what `{::options name="value" /}` tells, as far as it changes the page (kramdown 2.4.0, `options.rb`).
    fn set_all(&mut self, list: AttributeList) {
        for (name, value) in list.pairs {
            let told = !value.is_empty() && !value.trim().eq_ignore_ascii_case("false");
            match &*name {
                "auto_ids" => self.auto_ids = told,
                "auto_id_prefix" => self.auto_id_prefix = value,
                "header_offset" => self.header_offset = value.trim().parse().unwrap_or(self.header_offset),
                "parse_block_html" => self.parse_block_html = told,
                "parse_span_html" => self.parse_span_html = told,
                _ => {}
            }
        }
    }
}

/// The page kramdown makes of a text, which is part of a file.
pub fn page<'a>(file: &'a str, content: &MappedText<'a>, options: &Options) -> Page<'a> {
    let adapted = adapted(content);
    let mut document = Document::new(file, options);
    blocks::read(&mut document, 0, &adapted);
    finish::finish(&mut document);
    events::page(document)
}

/// The text with line breaks as `\n`, one at least at its end (kramdown 2.4.0, `parser/base.rb`, `adapt_source`).
fn adapted<'a>(content: &MappedText<'a>) -> MappedText<'a> {
    let text = content.text();
    let len = text.len();
    if !text.contains('\r') && text.ends_with('\n') {
        return content.slice(Span::new(0, len));
    }
    let mut adapted = MappedText::default();
    let mut at = 0;
    for end in memchr::memchr_iter(b'\r', text.as_bytes()) {
        adapted.push(content, Span::new(at, end));
        at = end + 1;
        if !text[at..].starts_with('\n') {
            adapted.push_replaced("\n", content.span(Span::new(end, at)));
        }
    }
    adapted.push(content, Span::new(at, len));
    if !adapted.text().ends_with('\n') {
        let end = content.source(len);
        adapted.push_replaced("\n", Span::empty(end));
    }
    adapted
}
