//! Nunjucks, which Hexo (8.1.2) lets read a post, and Eleventy (3.1.8) all of it: the tags and outputs that are taken out
//! before Markdown is read, what of them stops the build, and the text that is left.

mod cut;
mod expression;
mod fences;
mod lexer;
mod plain;
mod statements;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use self::cut::{Kind, Part};
use crate::markdown::MarkdownEngine;
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Page, What};
use crate::text::Span;

/// What the Markdown engine reads in the place of a tag: a comment.
pub(crate) const TAG: &str = "<!--tag-->";

/// The tags that posts of a site can use.
#[derive(Debug, Default, Clone)]
pub(crate) struct Known {
    /// By their names: whether they are blocks, which `end…` closes, as far as is known.
    pub tags: BTreeMap<String, Option<bool>>,
    /// What can bring others, for people.
    pub missing: Option<String>,
    /// The folder of the posts that `post_link` names, where a name that is none stops the build.
    pub post_folder: Option<String>,
    /// Whether a post has a folder for its files, which `asset_img` looks in.
    pub has_asset_folders: bool,
    /// All of a post is read, code as well, and nothing is taken out before: Eleventy (3.1.8, `src/Engines/Markdown.js`).
    pub is_plain: bool,
    /// Filters that the site has besides those of Nunjucks.
    pub filters: BTreeSet<String>,
}

/// What stops the build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The tag or output, or its first signs.
    pub span: Span,
    /// The name that it is about.
    pub name: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// Nobody knows a tag of this name.
    Unknown,
    /// Nothing closes the block.
    NeverClosed,
    /// It closes what nothing opened, or stands outside of the block that it belongs to.
    NothingOpen,
    /// What stands in it cannot be read.
    Unreadable,
    /// It has no end.
    Unclosed,
    /// `#}`, and no comment that it could end.
    StrayEnd,
    /// There is no filter of this name.
    NoFilter,
    /// There is no function of this name.
    NoFunction,
    /// A template that is not there.
    NoTemplate,
}

/// `{{ name }}`
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    /// From its first brace to its last.
    pub span: Span,
    /// The value that it prints, up to its first period, if it is nothing but that.
    pub name: Option<String>,
}

/// A tag that the site knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// From its first brace to its last.
    pub span: Span,
    /// Its name.
    pub name: String,
    /// The words in it.
    pub arguments: Vec<Span>,
}

/// What Nunjucks sees in a post.
#[derive(Debug, Default)]
pub(crate) struct Nunjucks {
    /// What stops the build, in order.
    pub faults: Vec<Fault>,
    /// What is printed.
    pub outputs: Vec<Output>,
    /// Its tags.
    pub calls: Vec<Call>,
    /// Names that the post itself gives values.
    pub set: HashSet<String>,
}

/// Whether a text may have anything for Nunjucks.
pub(crate) fn may_have(text: &str) -> bool {
    memchr::memchr_iter(b'{', text.as_bytes()).any(|at| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#')))
}

/// A text with its blocks of code taken out, in its parts; none where Nunjucks does not read it.
fn parts<'a>(file: &'a str, within: Span) -> Option<(MappedText<'a>, Vec<Part>)> {
    let text = fences::without_code(file, within);
    let has_any = may_have(text.text()) && cut::has_any(text.text());
    has_any.then(|| {
        let parts = cut::cut(text.text());
        (text, parts)
    })
}

/// The page that the Markdown engine makes of a stretch of a file, with a comment for each tag.
pub(crate) fn page<'a>(file: &'a str, within: Span, engine: &MarkdownEngine, known: &Known) -> Page<'a> {
    if known.is_plain {
        return engine.page(file, &plain::expand(file, within, known));
    }
    let (text, tags) = expand(file, within);
    let mut page = engine.page(file, &text);
    if tags.is_empty() {
        return page;
    }
    let tag_at = |start: usize| tags.binary_search_by_key(&start, |tag| tag.start).ok().map(|at| tags[at]);
    for event in &mut page.events {
        // What comes of it is nobody's to look at, and nothing of it stands in the source.
        if matches!(event.what, What::Html(_)) && tag_at(event.source.start) == Some(event.source) {
            event.source.end = event.source.start;
        }
    }
    page.html_blocks.retain(|block| {
        let behind = tag_at(block.start).and_then(|tag| file.get(tag.end..block.end));
        behind.is_none_or(|behind| !behind.trim().is_empty())
    });
    page
}

/// What it gets to read, and the tags.
fn expand<'a>(file: &'a str, within: Span) -> (MappedText<'a>, Vec<Span>) {
    let Some((text, parts)) = parts(file, within) else { return (MappedText::verbatim(file, within), Vec::new()) };
    let mut read = MappedText::default();
    let mut tags = Vec::new();
    for part in parts {
        let source = text.span(part.span);
        match part.kind {
            Kind::Text | Kind::Apart => read.push_verbatim(&file[source], source.start),
            Kind::Tag => {
                read.push_replaced(TAG, source);
                tags.push(source);
            }
            Kind::Gone => {}
        }
    }
    (read, tags)
}

/// What Nunjucks sees in a stretch of a file; `is_code` tells of a byte whether it stands in code, which Hexo hides from it.
pub(crate) fn read(file: &str, within: Span, known: &Known, is_code: impl Fn(usize) -> bool) -> Nunjucks {
    if known.is_plain {
        return plain::read(file, within, known);
    }
    let Some((text, parts)) = parts(file, within) else { return Nunjucks::default() };
    let mut seen = MappedText::default();
    let mut code = HtmlCode::default();
    for part in parts {
        let source = text.span(part.span);
        match part.kind {
            Kind::Tag if is_code(source.start) || code.is_open || is_never_found(file, &source) => {}
            Kind::Tag => seen.push_verbatim(&file[source], source.start),
            Kind::Text => {
                for piece in pieces_outside(file, source, &is_code, &mut code) {
                    seen.push_verbatim(&file[piece], piece.start);
                }
            }
            Kind::Apart | Kind::Gone => {}
        }
    }
    statements::read(seen.text(), known).placed(|span| seen.span(span))
}

/// Whether the mark that stands for a tag is never found again: it is escaped, or part of the address of a link or an image.
/// Between its angle brackets it is a whole address, so behind one that begins with it nothing may follow.
fn is_never_found(file: &str, tag: &Span) -> bool {
    let (before, behind) = (&file[..tag.start], &file[tag.end..]);
    let backslashes = before.len() - before.trim_end_matches('\\').len();
    if backslashes % 2 == 1 {
        return true;
    }
    let before = before
        .trim_end_matches([' ', '\t', '\n'])
        .strip_suffix("](")
        .map_or(before, |start| &before[..start.len() + 2]);
    let word = before.rsplit([' ', '\n', '\t']).next().unwrap_or_default();
    let is_whole = || behind.starts_with([')', ' ', '\t', '\n']);
    word.rfind("](").is_some_and(|at| match &word[at + 2..] {
        "" => is_whole(),
        address => !address.contains(')'),
    })
}

/// Whether `<code>` stands open that the author wrote as HTML.
#[derive(Default)]
struct HtmlCode {
    is_open: bool,
}

/// The braces of a text that stand in no code, each with what is next to it: all else is none that Nunjucks stops at.
fn pieces_outside(file: &str, source: Span, is_code: impl Fn(usize) -> bool, code: &mut HtmlCode) -> Vec<Span> {
    let text = &file[source];
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(['<', '{', '#']) {
        let rest = &text[at..];
        let is_shown = || is_code(source.start + at);
        let is_hidden = match rest.as_bytes() {
            [b'<', ..] if rest.starts_with("</code>") && !is_shown() => {
                code.is_open = false;
                continue;
            }
            [b'<', ..] if rest.starts_with("<code") && !is_shown() => {
                code.is_open = true;
                continue;
            }
            [b'{', b'{' | b'%' | b'#', ..] | [b'#', b'}', ..] => code.is_open || is_shown(),
            _ => false,
        };
        if is_hidden {
            // `{{%` is two of them.
            pieces.push(Span::new(source.start + from, source.start + at.max(from)));
            from = at + 2;
        }
    }
    pieces.push(Span::new(source.start + from, source.end));
    pieces
}
