//! What begins a block, right behind an image that a line begins with.

use crate::blog::links::Shape;
use crate::finding::Findings;
use crate::markdown::document::Item;
use crate::post::Post;
use crate::rules::RuleContext;
use crate::text::{Span, line_start, past_quotes};

/// A heading, an item or a fence that an image stands before on its line: no engine reads it there.
pub(super) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    for lead in context.resolved_links().iter().filter(|lead| lead.link.shape == Shape::Image) {
        let (image, line) = (lead.link.span, post.line_of(&lead.link.span));
        let before = &post.text[line.start.min(image.start)..image.start];
        if !past_quotes(before).trim().is_empty() {
            continue;
        }
        let rest = &post.text[image.end..line.end.max(image.end)];
        if let Some((length, what)) = begun(post, image.end, rest) {
            let span = Span::new(image.end, image.end + length);
            let message = format!("`{}` begins no {what} here: an image stands before it", &post.text[span]);
            findings.at(span, message).help("break the line behind the image, and leave a blank one between");
        }
    }
}

/// The mark that the rest of a line begins with, and what it would begin on a line of its own.
fn begun(post: &Post, at: usize, rest: &str) -> Option<(usize, &'static str)> {
    let of = |signs: fn(char) -> bool| rest.len() - rest.trim_start_matches(signs).len();
    let (hashes, digits) = (of(|c| c == '#'), of(|c| c.is_ascii_digit()));
    if (1..=6).contains(&hashes) && rest[hashes..].starts_with(' ') {
        return Some((hashes, "heading"));
    }
    if rest.starts_with("```") && !rest.trim_start_matches('`').contains('`') {
        return Some((of(|c| c == '`'), "code"));
    }
    let sign = rest.chars().next().filter(|sign| matches!(sign, '-' | '*' | '+')).map(|sign| &rest[..sign.len_utf8()]);
    if let Some(sign) = sign.filter(|_| rest[1..].starts_with(' ')) {
        // A dash may stand before a caption; an item stands right above or below others.
        let around = [line_above(post.text, at), line_below(post.text, at)];
        let is_item = |line: &str| past_quotes(line).strip_prefix(sign).is_some_and(|rest| rest.starts_with(' '));
        return around.into_iter().any(is_item).then_some((1, "item"));
    }
    let number: u64 = rest[..digits].parse().ok()?;
    let is_item = digits < 4 && [". ", ") "].iter().any(|mark| rest[digits..].starts_with(mark));
    // A caption may be numbered; an item stands between others.
    let written = |item: &Item| post.text[item.marker].trim_end_matches(['.', ')']).parse::<u64>().ok();
    let items = &post.body.items;
    let (before, after) = items.split_at(items.partition_point(|item| item.marker.start < at));
    let goes_on = before.iter().rev().find_map(written) == number.checked_sub(1);
    let is_next = after.iter().find_map(written) == Some(number + 1);
    (is_item && (goes_on || is_next)).then_some((digits + 1, "item"))
}

fn line_above(text: &str, at: usize) -> &str {
    text[..line_start(text, at)].lines().next_back().unwrap_or_default()
}

fn line_below(text: &str, at: usize) -> &str {
    text[at..].lines().nth(1).unwrap_or_default()
}
