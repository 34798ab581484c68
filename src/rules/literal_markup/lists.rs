//! Items of lists that are text.

use super::{Paragraph, paragraphs};
use crate::finding::Findings;
use crate::markdown::MarkdownEngine;
use crate::rules::RuleContext;
use crate::text::line_start;

/// Lines within a paragraph that begin like items of a list, more than one of them.
pub(super) fn check(context: &RuleContext, engine: &MarkdownEngine, findings: &mut Findings) {
    let post = context.post;
    for paragraph in paragraphs(post, |block| may_hold(&post.text[block])) {
        let markers: Vec<(usize, Marker)> = items(context, &paragraph);
        let Some(&(first, marker)) = markers.first().filter(|_| markers.len() > 1) else { continue };
        let line = paragraph.lines[first];
        let name = engine.name();
        let is_deep = || indent(post.text, line.start) > 3;
        let (why, help) = match marker {
            Marker::Bracket(number) => {
                (format!("`{number})` is no marker for {name}"), format!("write `{number}.`, and so on below"))
            }
            _ if is_deep() && paragraph.item.is_none() => (
                "it is indented below text".to_owned(),
                "put a blank line above it, and let it begin at the margin".to_owned(),
            ),
            _ => ("text stands right above it".to_owned(), "put a blank line above it".to_owned()),
        };
        findings.at(line, format!("this list stays text and runs on in one line: {why}")).help(help);
    }
}

/// Whether a line of a text but the first begins with a sign or a digit.
fn may_hold(text: &str) -> bool {
    let begins = |line: &[u8]| {
        let first = line.iter().find(|byte| !matches!(byte, b'>' | b' ' | b'\t'));
        matches!(first, Some(b'-' | b'*' | b'+' | b'0'..=b'9'))
    };
    memchr::memchr_iter(b'\n', text.as_bytes()).any(|end| begins(&text.as_bytes()[end + 1..]))
}

/// How an item begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marker {
    /// `-`, `*` or `+`
    Sign(u8),
    /// `1.`
    Dot(u32),
    /// `1)`
    Bracket(u32),
}

impl Marker {
    /// The marker that a line begins with, if words follow.
    fn of(line: &str) -> Option<Marker> {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let (marker, rest) = match *line.as_bytes().get(digits)? {
            sign @ (b'-' | b'*' | b'+') if digits == 0 => (Marker::Sign(sign), &line[1..]),
            sign @ (b'.' | b')') if (1..=2).contains(&digits) => {
                let number = line[..digits].parse().ok()?;
                (if sign == b'.' { Marker::Dot(number) } else { Marker::Bracket(number) }, &line[digits + 1..])
            }
            _ => return None,
        };
        let has_words = rest.starts_with([' ', '\t']) && rest.contains(char::is_alphabetic);
        has_words.then_some(marker)
    }

    /// Whether another may be that of the next item.
    fn goes_on(self, next: Marker) -> bool {
        match (self, next) {
            (Marker::Sign(one), Marker::Sign(other)) => one == other,
            (Marker::Dot(one), Marker::Dot(other)) | (Marker::Bracket(one), Marker::Bracket(other)) => {
                other == one || other == one + 1
            }
            _ => false,
        }
    }
}

/// The lines of a paragraph that begin like items of one list and run on in one line of the page, with their markers.
fn items(context: &RuleContext, paragraph: &Paragraph) -> Vec<(usize, Marker)> {
    let post = context.post;
    let mut found: Vec<(usize, Marker)> = Vec::new();
    for (index, line) in paragraph.lines.iter().enumerate() {
        let Some(marker) = Marker::of(&post.text[*line]) else { continue };
        // The first line is no item where the engine knows its marker.
        let may_begin = index > 0 || matches!(marker, Marker::Bracket(_));
        if !may_begin || !context.is_open(line) {
            continue;
        }
        match found.last() {
            Some((_, last)) if !last.goes_on(marker) => {}
            _ => found.push((index, marker)),
        }
    }
    if found.iter().skip(1).any(|&(index, _)| context.is_broken_at(paragraph.lines[index].start)) {
        return Vec::new();
    }
    found
}

/// How far a line is indented behind the marks of quotes.
fn indent(text: &str, at: usize) -> usize {
    let before = text[line_start(text, at)..at].rsplit('>').next().unwrap_or_default();
    before.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_of_items() {
        for (line, marker) in [
            ("- a", Some(Marker::Sign(b'-'))),
            ("12) 가", Some(Marker::Bracket(12))),
            ("3. b", Some(Marker::Dot(3))),
            ("-a", None),
            ("- 3", None),
            ("2022. 그해", None),
            ("*", None),
        ] {
            assert_eq!(Marker::of(line), marker, "{line}");
        }
    }
}
