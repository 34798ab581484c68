//! Where the front matter of a file begins and ends.
//!
//! Jekyll's own rule is `\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)`; Hugo and Zola take `+++` for TOML.

use super::line::{Line, is_usual_key};
use super::{Fault, Format, Found, FrontMatter, MAX_KEYS, Tree, plain, toml, yaml};
use crate::text::{Span, after_bom, first_line, trimmed};

/// A fence is three of these bytes.
pub(super) const FENCE: usize = 3;

/// Finds and reads the front matter of a file.
///
/// A thematic break at the start of a text without keys is no front matter.
pub(crate) fn read(text: &str) -> Found {
    read_at(text, after_bom(text))
}

/// The same where its fence begins at a byte.
pub(super) fn read_at(text: &str, start: usize) -> Found {
    if let Some(front) = json(text, start) {
        return Found::Whole(front);
    }
    let Some(format) = opening(text, start) else { return misplaced(text, start) };
    let opening = Span::new(start, start + FENCE);
    let content_start = next_line(text, start).unwrap_or(text.len());
    let Some(closing) = closing(text, content_start, format) else {
        let is_meant = begins_with_keys(text, content_start, text.len(), format);
        return if is_meant { Found::Unclosed { opening } } else { Found::None };
    };
    let content = Span::new(content_start, closing.start);
    if is_prose(text, &content, format) {
        return Found::None;
    }
    let body = next_line(text, closing.start).unwrap_or(text.len());
    let tree = match format {
        Format::Toml => toml::toml(text, content),
        Format::Yaml | Format::Json | Format::Lines => {
            plain::read(text, content).unwrap_or_else(|| yaml::yaml(text, Span::new(opening.start, closing.start)))
        }
    };
    let tree = bounded(tree);
    Found::Whole(FrontMatter { format, span: Span::new(opening.start, closing.end), content, closing, tree, body })
}

/// Front matter whose opening fence names its language (gray-matter 4.0.3, `index.js`). A program is not read.
pub(super) fn named(text: &str) -> Found {
    let start = after_bom(text);
    let first = &text[first_line(text, Span::new(start, text.len()))];
    let language = first.strip_prefix("---").map(str::trim).filter(|name| !name.is_empty());
    let is_name = |name: &&str| name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let (Some(language), Some(content_start)) = (language.filter(is_name), next_line(text, start)) else {
        return Found::None;
    };
    let Some(closing) = closing(text, content_start, Format::Yaml) else { return Found::None };
    let content = Span::new(content_start, closing.start);
    let tree = match language {
        "toml" => toml::toml(text, content),
        "json" | "yaml" | "yml" => yaml::yaml(text, content),
        _ => Tree::default(),
    };
    let body = next_line(text, closing.start).unwrap_or(text.len());
    let span = Span::new(start, closing.end);
    Found::Whole(FrontMatter { format: Format::Yaml, span, content, closing, tree: bounded(tree), body })
}

/// The end of the first line with text, if that begins no front matter, whatever follows.
pub(super) fn end_of_opening(text: &str) -> Option<usize> {
    let body = text[after_bom(text)..].trim_start();
    let begins = body.chars().next().is_some_and(|first| !matches!(first, '-' | '+' | '{'));
    begins.then(|| first_line(text, Span::new(text.len() - body.len(), text.len())).end)
}

/// The object that a file begins with (Hugo 0.111, `pagelexer_intro.go`). JSON is YAML; what is
/// not quite an object may be text.
fn json(text: &str, start: usize) -> Option<FrontMatter> {
    let inside = text[start..].strip_prefix('{')?;
    if !inside.trim_start().starts_with('"') {
        return None;
    }
    let closing = closing_brace(text, start)?;
    let body = next_line(text, closing.start).unwrap_or(text.len());
    let span = Span::new(start, closing.end);
    let tree = bounded(yaml::yaml(text, span));
    let is_object = text[closing.end..body].trim().is_empty() && tree.faults.is_empty() && !tree.entries.is_empty();
    let last_line = text[..closing.start].rfind('\n').map_or(start, |at| at + 1);
    let content = Span::new(next_line(text, start).map_or(last_line, |first| first.min(last_line)), last_line);
    is_object.then_some(FrontMatter { format: Format::Json, span, content, closing, tree, body })
}

/// The brace that closes the one at an offset.
fn closing_brace(text: &str, start: usize) -> Option<Span> {
    let (mut depth, mut is_quoted, mut is_escaped) = (0_usize, false, false);
    for (at, byte) in (start..).zip(text[start..].bytes()) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b'{' if !is_quoted => depth += 1,
            b'}' if !is_quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(Span::new(at, at + 1));
        }
    }
    None
}

pub(super) fn bounded(mut tree: Tree) -> Tree {
    if let Some(first) = tree.entries.get(MAX_KEYS) {
        let message = format!("{} keys are too many: only {MAX_KEYS} are read", tree.entries.len());
        tree.faults.push(Fault::new(first.key_span, message));
        tree.entries.truncate(MAX_KEYS);
        tree.complete = false;
    }
    // It is kept as long as the run lasts.
    tree.entries.shrink_to_fit();
    tree
}

fn opening(text: &str, start: usize) -> Option<Format> {
    match text[first_line(text, Span::new(start, text.len()))].trim_end() {
        "---" => Some(Format::Yaml),
        "+++" => Some(Format::Toml),
        _ => None,
    }
}

fn closing(text: &str, from: usize, format: Format) -> Option<Span> {
    let closes =
        |line: &str| matches!((format, line.trim_end()), (Format::Yaml, "---" | "...") | (Format::Toml, "+++"));
    first_such(text, from, closes).map(|start| Span::new(start, start + FENCE))
}

/// Where the first line of a kind begins.
pub(super) fn first_such(text: &str, from: usize, is_it: impl Fn(&str) -> bool) -> Option<usize> {
    let mut start = from;
    while !is_it(&text[first_line(text, Span::new(start, text.len()))]) {
        start = next_line(text, start)?;
    }
    Some(start)
}

pub(super) fn next_line(text: &str, start: usize) -> Option<usize> {
    memchr::memchr(b'\n', &text.as_bytes()[start..]).map(|at| start + at + 1)
}

/// Front matter after blank lines or spaces, when it is whole and holds keys.
fn misplaced(text: &str, start: usize) -> Found {
    let fence = text.len() - text[start..].trim_start().len();
    let Some(format) = opening(text, fence).filter(|_| fence > start) else { return Found::None };
    let Some(from) = next_line(text, fence) else { return Found::None };
    let indent = text[..fence].len() - text[..fence].trim_end_matches([' ', '\t']).len();
    let end = match indent {
        0 => closing(text, from, format).map(|closing| closing.start),
        _ => first_such(text, from, |line| line.trim() == if format == Format::Yaml { "---" } else { "+++" }),
    };
    match end {
        Some(end) if begins_with_keys(text, from, end, format) => {
            Found::Misplaced { opening: Span::new(fence, fence + FENCE) }
        }
        _ => Found::None,
    }
}

/// Prose between two thematic breaks: a blank line first, and then neither keys, nor a comment, nor a list.
pub(super) fn is_prose(text: &str, content: &Span, format: Format) -> bool {
    let first = trimmed(text, *content);
    let starts_blank = !first.is_empty() && text[content.start..first.start].contains('\n');
    let line = Line::at(text, first.start);
    let begins_list = text[first].starts_with("- ");
    let is_silent = line.is_silent() && !text[first].starts_with("##");
    starts_blank && !is_silent && !begins_list && key_of(text, &line, format).is_none()
}

/// Whether the first written line is a key that posts have, or the first two are keys.
pub(super) fn begins_with_keys(text: &str, from: usize, end: usize, format: Format) -> bool {
    let mut keys = 0;
    let mut start = Some(from);
    while let Some(line) = start.filter(|&start| start < end).map(|start| Line::from(text, start)) {
        start = line.next(end);
        if line.is_silent() {
            continue;
        }
        match key_of(text, &line, format) {
            Some(key) if KNOWN_KEYS.contains(&key) || keys == 1 => return true,
            Some(_) => keys += 1,
            None => return false,
        }
    }
    false
}

const KNOWN_KEYS: [&str; 14] = [
    "title", "layout", "date", "tags", "tag", "categories", "category", "author", "authors", "description",
    "permalink", "slug", "draft", "published",
];

fn key_of<'t>(text: &'t str, line: &Line<'t>, format: Format) -> Option<&'t str> {
    let key = match format {
        Format::Yaml | Format::Json | Format::Lines => line.key_text()?,
        Format::Toml => text[line.span].split_once('=')?.0.trim(),
    };
    (is_usual_key(key) && !key.contains(' ')).then_some(key)
}
