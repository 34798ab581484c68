//! What the posts of a row open with: the lines before their sections that nearly all of them have.

use std::ops::Range;

use super::pattern::{Goes, Told};
use super::shape::Shape;
use super::{Row, about};
use crate::post::Post;
use crate::text::Span;

/// More lines than this no post opens with.
const LINES: usize = 60;

/// Where the H1 is, or would be.
pub(super) fn title_at(post: &Post) -> Span {
    post.title_heading().map_or(Span::empty(post.body.span.start), |heading| heading.span)
}

/// What stands above the H1.
pub(super) fn above(row: &Row) -> Vec<String> {
    common(row, |at| row.posts[at].body.span.start..title_at(&row.posts[at]).start)
}

/// What stands below the H1: up to the first section of the kind, or else up to the first heading.
pub(super) fn below(row: &Row) -> Vec<String> {
    common(row, |at| {
        let post = &row.posts[at];
        let from = title_at(post).end;
        let bound = row.alignments[at].iter().flat_map(|alignment| &alignment.bound);
        let sections = bound.map(|bound| post.sections[bound.section].span.start);
        let headings = post.body.headings.iter().map(|heading| heading.span.start);
        let first = |starts: &mut dyn Iterator<Item = usize>| starts.filter(|&start| start >= from).min();
        let end = first(&mut sections.into_iter()).or_else(|| first(&mut headings.into_iter()));
        from..end.unwrap_or(post.text.len())
    })
}

/// The lines of a part of a post.
struct Part<'p> {
    lines: Vec<&'p str>,
    /// The one with the days of the post.
    days: Option<&'p str>,
}

/// The blocks of a part of the posts that nearly all have, with what goes on in them, in the order of the last post.
fn common(row: &Row, part: impl Fn(usize) -> Range<usize>) -> Vec<String> {
    if row.is_foreign || row.posts.len() < 2 {
        return Vec::new();
    }
    let parts: Vec<Part> = row
        .posts
        .iter()
        .enumerate()
        .map(|(at, post)| {
            let range = part(at);
            let span = post.date_range.as_ref().map(|days| days.span).filter(|span| range.contains(&span.start));
            let lines = post.text[range].lines().map(str::trim_end).filter(|line| !line.is_empty()).take(LINES);
            Part { lines: lines.collect(), days: span.map(|span| post.text[post.line_of(&span)].trim()) }
        })
        .collect();
    let last = row.posts.len() - 1;
    let (mut blocks, mut left) = (Vec::new(), parts[last].lines.len());
    for block in row.posts[last].text[part(last)].split("\n\n").flat_map(|block| block.split("\r\n\r\n")) {
        let lines: Vec<&str> = block.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect();
        if lines.len() > left {
            break;
        }
        left -= lines.len();
        let next: Vec<Option<String>> = lines.iter().map(|line| goes_on(row, line, &parts)).collect();
        // Of a block that is a post's own in part, the line with the days stays.
        let is_whole = next.iter().all(Option::is_some);
        let kept = next.into_iter().flatten().filter(|line| is_whole || about::tells(row, line));
        blocks.push(kept.collect::<Vec<_>>().join("\n"));
    }
    // One half of a block of code is worse than none.
    blocks.retain(|block| !block.is_empty() && block.matches("```").count() % 2 == 0);
    blocks
}

/// A line with what goes on in it, where nearly all posts have such a one.
fn goes_on(row: &Row, line: &str, parts: &[Part]) -> Option<String> {
    let has_days = parts.last().and_then(|part| part.days) == Some(line.trim());
    let shape = Shape::of(line).text;
    let alike = |part: &'_ Part| part.lines.iter().position(|other| Shape::of(other).text == shape);
    let found = |(at, part): (usize, &'_ Part)| match part.days {
        Some(_) if has_days => Some((at, usize::MAX)),
        _ if has_days => None,
        _ => Some((at, alike(part)?)),
    };
    let places: Vec<(usize, usize)> = parts.iter().enumerate().filter_map(found).collect();
    let text = |(at, place): (usize, usize)| parts[at].lines.get(place).copied().or(parts[at].days).unwrap_or_default();
    let told: Vec<Told> = places.iter().map(|&place| Told { text: text(place), known: &row.known[place.0] }).collect();
    let is_sure = has_days || line.starts_with('#');
    let enough = if is_sure { told.len() * 2 > parts.len() } else { told.len() * 4 >= parts.len() * 3 };
    match about::next(row, &told) {
        Goes::On(next) if enough => Some(next),
        _ => None,
    }
}
