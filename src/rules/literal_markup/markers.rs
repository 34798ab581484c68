//! Markers of list items with a space behind them that is none to Markdown.

use super::paragraphs;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::rules::RuleContext;
use crate::text::Span;

/// Spaces that Markdown takes for letters, and what they are called.
const STRANGE: &[(char, &str)] = &[
    ('\u{a0}', "a no-break space"),
    ('\u{3000}', "a full-width space"),
    ('\u{2003}', "an em space"),
    ('\u{2002}', "an en space"),
    ('\u{200b}', "a space without width"),
    ('\u{feff}', "a byte order mark"),
];

/// The boxes of items of a list of tasks.
const BOXES: &[&str] = &["[ ]", "[x]", "[X]"];

/// `-`, `*`, `+`, `1.` with such a space behind them.
pub(super) fn check(context: &RuleContext, engine: &MarkdownEngine, findings: &mut Findings) {
    let post = context.post;
    for paragraph in paragraphs(post, |block| may_hold(&post.text[block])) {
        for (index, line) in paragraph.lines.iter().enumerate() {
            let written = &post.text[*line];
            let is_task = index == 0 && paragraph.item.is_some() && BOXES.iter().any(|task| written.starts_with(task));
            let marker = if is_task { BOXES[0].len() } else { marker(written) };
            let rest = &written[marker..];
            let Some((space, name)) = STRANGE.iter().find(|(space, _)| rest.starts_with(*space)) else { continue };
            let says_something = rest.trim_start_matches(|c: char| c.is_whitespace() || c == *space);
            let is_number = written.starts_with(|first: char| first.is_ascii_digit());
            let may_begin = index == 0 || !is_number || marker_above(&post.text[paragraph.lines[index - 1]]);
            if marker == 0 || says_something.is_empty() || !may_begin || !context.is_open(line) {
                continue;
            }
            let (marker, engine) = (Span::new(line.start, line.start + marker), engine.name());
            let gap = Span::new(marker.end, line.end - says_something.len());
            let message = format!(
                "`{}` is no marker for {engine}: the space behind it is U+{:04X}, {name}",
                &post.text[marker],
                u32::from(*space)
            );
            let finding = findings.at(*line, message).help("write an ordinary space");
            finding.unsafe_fix("write an ordinary space", vec![Edit::new(gap, " ")]);
        }
    }
}

/// Whether a line of a text begins like an item, and goes on with what is none of ASCII.
fn may_hold(text: &str) -> bool {
    let begins = |line: &[u8]| {
        let is_sign = |byte: &u8| matches!(byte, b'-' | b'*' | b'+' | b'.' | b'[' | b']' | b'x' | b'X' | b'0'..=b'9');
        let rest = &line[line.iter().take_while(|byte| matches!(byte, b'>' | b' ' | b'\t')).count()..];
        let signs = rest.iter().take_while(|byte| is_sign(byte) || rest[0] == b'[' && **byte == b' ').count();
        signs > 0 && rest.get(signs).is_some_and(|byte| !byte.is_ascii())
    };
    let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
    std::iter::once(0).chain(starts).any(|start| begins(&text.as_bytes()[start..]))
}

/// The length of the marker that a line begins with, or 0.
fn marker(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.as_bytes().get(digits) {
        Some(b'.') if (1..=3).contains(&digits) => digits + 1,
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        _ => 0,
    }
}

fn marker_above(line: &str) -> bool {
    marker(line) > 0
}
