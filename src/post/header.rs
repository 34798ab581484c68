//! The header of a post: its title, and the line with the days that it is about.

use super::Post;
use crate::syntax::dates::{self, DateRange, RangeForm};
use crate::text::{Span, first_line, trimmed};

/// Below the title, the date range stands on one of the first lines.
const LINES: usize = 3;

/// The date range of a post: on a line below the title, in the title of the text, in that of the front matter.
pub(super) fn date_range(post: &Post) -> Option<DateRange> {
    let near = post.file_date.as_ref().and_then(|name| name.date).or_else(|| post.written_date());
    let title = post.title_heading();
    let from = title.map_or(post.body.span.start, |heading| heading.span.end);
    let in_title = title.map(|heading| heading.text);
    let in_front_matter = post.title().map(|title| title.span);
    let read = |span: Span| dates::read_range(&post.text[span], span.start, near);
    let mut places = lines_below(post, from).chain(in_title).chain(in_front_matter);
    let found = places.find_map(read)?;
    // What a week of a month is called says less than the days on the line below it.
    let is_name = matches!(found.form, RangeForm::WeekOfMonth(_));
    let days = || lines_below(post, found.span.end).filter_map(read).find(|range| range.form == RangeForm::Days);
    Some(if is_name && found.span.start >= from { days().unwrap_or(found) } else { found })
}

/// The first lines that are not blank, up to the first heading, which may hold the range itself.
fn lines_below(post: &Post, from: usize) -> impl Iterator<Item = Span> {
    let heading = post.body.headings.iter().find(|heading| heading.span.start >= from);
    let end = heading.map_or(post.text.len(), |heading| heading.span.end);
    let starts = memchr::memchr_iter(b'\n', &post.text.as_bytes()[from..]).map(move |at| from + at + 1);
    let starts = std::iter::once(from).chain(starts).take_while(move |&start| start < end);
    let lines = starts.map(|start| trimmed(post.text, first_line(post.text, Span::new(start, post.text.len()))));
    let is_code = |line: &Span| post.body.code_at(line.start).is_some_and(|code| code.block);
    lines.filter(move |line| !line.is_empty() && !is_code(line)).take(LINES)
}
