//! Places on a page of which no more is known than its headings: where nothing but these and what stands in braces or HTML
//! makes ids.

use super::ids::ids_in_html;
use crate::markdown::page::{Page, Tag, What};
use crate::post::Post;
use crate::text::{Span, holding, lines_in};

/// How ids begin that pandoc, Quarto and extensions of Python-Markdown make of other things than headings.
pub(super) const STARTS: &[&str] = &[
    "__", "cb", "cite", "cor-", "def-", "eq-", "exm-", "exr-", "fig-", "fn", "imp-", "lem-", "lst-", "nte-", "prf-",
    "ref-", "sec-", "tbl-", "thm-", "tip-", "wrn-",
];

/// What in a text may bring headings that nobody sees in it: includes, templates, code that runs, references to the
/// documentation of programs.
const BRINGING: &[&str] =
    &["--8<--", "{{", "{%", "{!", "```{", "~~~{", "markdown=", "markdown>", " markdown ", "\n::: "];

/// Beginnings of lines that other engines than GitHub's read headings below, or that they read as such.
const LINES: &[&str] = &["!!!", "???", "===", "///", ":::"];

/// The ids of a page that are written as such, if no others than these and those of its headings can be there.
pub(super) fn written(post: &Post, page: &Page) -> Option<Vec<String>> {
    let (text, body) = (post.text, post.body.span);
    if BRINGING.iter().any(|word| text[body].contains(word)) {
        return None;
    }
    let mut code: Vec<Span> = Vec::new();
    for (tag, source) in page.elements() {
        match tag {
            Tag::CodeBlock { .. } => code.push(*source),
            // Of several lines, each engine underlines others.
            Tag::Heading { .. } if text[*source].trim().matches('\n').nth(1).is_some() => return None,
            _ => {}
        }
    }
    let is_code = |line: &Span| holding(&code, line.start, |span| span).is_some();
    let is_odd = |line: &Span| {
        let written = text[*line].trim_start();
        let behind = written.trim_start_matches('#');
        let is_tight =
            behind.len() < written.len() && !behind.is_empty() && !behind.starts_with([' ', '\t', '\n', '\r']);
        (is_tight || LINES.iter().any(|start| written.starts_with(start))) && !is_code(line)
    };
    if lines_in(text, body).any(|line| is_odd(&line)) {
        return None;
    }
    let has_html = page.events.iter().any(|event| matches!(event.what, What::Html(_)));
    let mut ids = if has_html { ids_in_html(&text[body]) } else { Vec::new() };
    let braces = text[body].match_indices('{').filter_map(|(at, _)| text[body][at + 1..].split_once('}'));
    let named = braces.flat_map(|(inner, _)| inner.split([' ', ':'])).filter_map(|part| part.strip_prefix('#'));
    ids.extend(named.map(str::to_owned));
    Some(ids)
}
