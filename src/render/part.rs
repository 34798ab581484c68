//! The part of a post that must be rendered to know what becomes of its formulas.
//!
//! CommonMark reads a `_` between letters as a letter, and nothing outside of a block reaches into its text. So under
//! CommonMark engines most formulas are safe without a look at the page, and the others need no more than their block.

use memchr::memchr_iter;

use super::Profile;
use super::content::Content;
use super::delivered::Delivered;
use crate::post::Post;
use crate::post::body::{Block, BlockKind, Formula};
use crate::post::math::is_prose;
use crate::text::{Span, holding};

/// What must be rendered.
#[derive(Debug)]
pub enum Part<'a> {
    /// Only these blocks, apart from each other; perhaps none.
    Blocks(Blocks<'a>),
    /// The whole post.
    All,
}

/// Blocks with a formula that the engine may touch.
#[derive(Debug, Default)]
pub struct Blocks<'a> {
    /// Their text.
    pub text: Content<'a>,
    /// Their bytes, in order.
    spans: Vec<Span>,
}

impl Blocks<'_> {
    /// Puts in the formulas that stand in no block of these: they arrive as they are written.
    pub fn add_untouched<'a>(&self, post: &Post<'a>, delivered: &mut [Delivered<'a>]) {
        for (formula, delivered) in post.body.formulas.iter().zip(delivered) {
            if holding(&self.spans, formula.span.start, |block| block).is_none() {
                let tex = Content::verbatim(post.text, formula.meant().clone());
                *delivered = Delivered::Whole { tex, display: formula.display };
            }
        }
    }
}

/// Finds what must be rendered of a post.
pub fn of<'a>(post: &Post<'a>, profile: &Profile) -> Part<'a> {
    if profile.is_kramdown() || !post.body.templates.is_empty() {
        return Part::All;
    }
    let whole = Content::verbatim(post.text, 0..post.text.len());
    let mut blocks = Blocks::default();
    let mut formulas = post.body.formulas.as_slice();
    for block in post.body.blocks.iter().filter(|block| holds_text(block)) {
        let before = formulas.partition_point(|formula| formula.span.start < block.span.start);
        let within = formulas[before..].partition_point(|formula| formula.span.start < block.span.end);
        let own = &formulas[before..before + within];
        formulas = &formulas[before + within..];
        if own.is_empty() || !is_at_risk(post, block, own) {
            continue;
        }
        if block.quoted {
            return Part::All;
        }
        blocks.text.push(&whole, block.span.clone());
        blocks.text.push_replaced("\n\n", block.span.end..block.span.end);
        blocks.spans.push(block.span.clone());
    }
    Part::Blocks(blocks)
}

fn is_at_risk(post: &Post, block: &Block, formulas: &[Formula]) -> bool {
    let is_read = |formula| is_read(post.text, formula);
    block.kind == BlockKind::Table || formulas.iter().any(is_read) || has_emphasis(&post.text[block.span.clone()])
}

fn holds_text(block: &Block) -> bool {
    use BlockKind::{Heading, Html, Math, Paragraph, Table};
    matches!(block.kind, Paragraph | Heading | Table | Html | Math)
}

/// Whether the engine may read something in a formula, other than a `_`.
fn is_read(text: &str, formula: &Formula) -> bool {
    let tex = &text[formula.tex.clone()];
    let escape = |at: usize| tex.as_bytes().get(at + 1).is_some_and(u8::is_ascii_punctuation);
    let is_delimiter_read = formula.arriving().is_some() && !formula.is_environment();
    is_delimiter_read || (has_marks(tex) || memchr_iter(b'\\', tex.as_bytes()).any(escape)) && !is_prose(tex)
}

/// Whether CommonMark and its dialects may read something in TeX, other than a `_` or an escape.
pub fn has_marks(tex: &str) -> bool {
    let bytes = tex.as_bytes();
    let next = |at: usize| bytes.get(at + 1);
    let begins_block = |at: usize| {
        let first = bytes[at + 1..].trim_ascii_start().first();
        first.is_none_or(|first| b"-+=#>123456789".contains(first)) || next(at) == Some(&b'\n')
    };
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'*' | b'~' | b'<' | b'[' | b'`' => true,
        b'-' | b'\'' | b'>' => next(at) == Some(byte),
        b'&' => next(at).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'#'),
        b'\n' => begins_block(at),
        _ => false,
    })
}

/// Whether a `_` stands where emphasis can begin.
fn has_emphasis(text: &str) -> bool {
    memchr_iter(b'_', text.as_bytes()).any(|at| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric()) && text[at + 1..].starts_with(|c: char| !c.is_whitespace())
    })
}
