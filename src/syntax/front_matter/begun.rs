//! Front matter as Hugo finds it (0.168, `parser/pageparser/pagelexer_intro.go`): white space before it does not count, keys
//! begin right behind the opening fence, and the first line that begins with a fence closes it, whatever follows there.

use super::fence::{FENCE, begins_with_keys, bounded, first_such, is_prose, next_line, read_at};
use super::{Format, Found, FrontMatter, toml, yaml};
use crate::text::{Span, first_line};

/// Finds and reads the front matter of a file.
pub(super) fn read(text: &str) -> Found {
    let is_space = |sign: char| sign.is_ascii_whitespace() || sign == '\u{feff}';
    let start = text.len() - text.trim_start_matches(is_space).len();
    let found = read_at(text, start);
    let format = match text.get(start..start + FENCE) {
        Some("---") => Format::Yaml,
        Some("+++") => Format::Toml,
        _ => return found,
    };
    let fence = &text[start..start + FENCE];
    match &found {
        Found::Whole(front) if text[front.closing] == *fence && !has_fence(&text[front.content], fence) => found,
        _ => loose(text, start, format).unwrap_or(found),
    }
}

/// Whether a line of a text begins with a fence.
fn has_fence(text: &str, fence: &str) -> bool {
    text.lines().any(|line| line.starts_with(fence))
}

/// What only Hugo takes for front matter.
fn loose(text: &str, start: usize, format: Format) -> Option<Found> {
    let opening = Span::new(start, start + FENCE);
    let fence = &text[opening];
    let line = first_line(text, Span::new(start, text.len()));
    let is_alone = text[opening.end..line.end].trim().is_empty();
    // Of four signs the last is what is read.
    if text[opening.end..].starts_with(&fence[..1]) {
        return None;
    }
    let content_start = if is_alone { next_line(text, start)? } else { opening.end };
    let from = if is_alone { Some(content_start) } else { next_line(text, start) };
    let closing = from.and_then(|from| first_such(text, from, |line| line.starts_with(fence)));
    let Some(closing) = closing.map(|at| Span::new(at, at + FENCE)) else {
        let is_meant = begins_with_keys(text, content_start, text.len(), format);
        return is_meant.then_some(Found::Unclosed { opening });
    };
    let content = Span::new(content_start, closing.start);
    if is_prose(text, &content, format) {
        return None;
    }
    let end = first_line(text, Span::new(closing.end, text.len()));
    let body =
        if text[end].trim().is_empty() { next_line(text, closing.end).unwrap_or(text.len()) } else { closing.end };
    let tree = bounded(if format == Format::Toml { toml::toml(text, content) } else { yaml::yaml(text, content) });
    Some(Found::Whole(FrontMatter { format, span: Span::new(start, closing.end), content, closing, tree, body }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked of Hugo 0.168.
    #[test]
    fn what_hugo_finds() {
        for (text, expected) in [
            ("---\ntitle: a\n---\nb\n", Some("b\n")),
            ("---title: a\n---\nb\n", Some("b\n")),
            ("---\ntitle: a\n---b\n", Some("b\n")),
            ("---\ntitle: a\n----\nb\n", Some("-\nb\n")),
            ("\n ---\ntitle: a\n---\nb\n", Some("b\n")),
            ("+++title='a'\n+++\nb\n", Some("b\n")),
            ("---\ntitle: a\n...\nb\n", None),
            ("----\ntitle: a\n----\nb\n", None),
            ("b\n\n---\n", None),
            ("---\n\nb c\n\n---\nd\n", None),
        ] {
            let found = read(text);
            let body = found.whole().map(|front| &text[front.body..]);
            assert_eq!(body, expected, "{text:?}");
            let title = found.whole().and_then(|front| front.text("title"));
            assert_eq!(title, expected.map(|_| "a"), "{text:?}");
        }
    }
}
