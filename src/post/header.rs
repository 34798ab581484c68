//! The header of a post: its title, and the line with the days that it is about.

use super::Post;
use crate::syntax::dates::{self, DateRange};
use crate::text::{Span, trimmed};

/// Below the title, the date range stands on one of the first lines.
const LINES: usize = 3;

/// The date range of a post: on a line below the title, in the title of the text, in that of the front matter.
pub(super) fn date_range(post: &Post) -> Option<DateRange> {
    let near = post.file_date.as_ref().and_then(|name| name.date).or_else(|| post.written_date());
    let title = post.title_heading();
    let from = title.map_or(post.body.span.start, |heading| heading.span.end);
    let in_title = title.map(|heading| heading.text);
    let in_front_matter = post.title().map(|title| title.span);
    let places = lines_below(post, from).into_iter().chain(in_title).chain(in_front_matter);
    let has_digit = |span: &Span| post.text.as_bytes()[*span].iter().any(u8::is_ascii_digit);
    places.filter(has_digit).find_map(|span| {
        let line = &post.text[span];
        dates::read_range(line, span.start, near)
    })
}

/// The first lines that are not blank, up to the first heading, which may hold the range itself.
fn lines_below(post: &Post, from: usize) -> Vec<Span> {
    let heading = post.body.headings.iter().find(|heading| heading.span.start >= from);
    let end = heading.map_or(post.text.len(), |heading| heading.span.end);
    let mut lines = Vec::with_capacity(LINES);
    let mut start = from;
    while start < end && lines.len() < LINES {
        let length = memchr::memchr(b'\n', &post.text.as_bytes()[start..]).unwrap_or(post.text.len() - start);
        let line = trimmed(post.text, Span::new(start, start + length));
        if !line.is_empty() && post.body.code_at(line.start).is_none_or(|code| !code.block) {
            lines.push(line);
        }
        start += length + 1;
    }
    lines
}
