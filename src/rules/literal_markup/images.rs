//! What begins a block, right behind an image that a line begins with.

use crate::blog::links::Shape;
use crate::finding::Findings;
use crate::post::Post;
use crate::rules::RuleContext;
use crate::text::{Span, past_quotes};

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
        if let Some((length, what)) = begun(post, rest) {
            let span = Span::new(image.end, image.end + length);
            let message = format!("`{}` begins no {what} here: an image stands before it", &post.text[span]);
            findings.at(span, message).help("break the line behind the image, and leave a blank one between");
        }
    }
}

/// The mark that a text begins with, and what it would begin on a line of its own.
fn begun(post: &Post, rest: &str) -> Option<(usize, &'static str)> {
    let of = |signs: fn(char) -> bool| rest.len() - rest.trim_start_matches(signs).len();
    let (hashes, digits) = (of(|c| c == '#'), of(|c| c.is_ascii_digit()));
    if (1..=6).contains(&hashes) && rest[hashes..].starts_with(' ') {
        return Some((hashes, "heading"));
    }
    if rest.starts_with("```") && !rest.trim_start_matches('`').contains('`') {
        return Some((of(|c| c == '`'), "code"));
    }
    let number: u64 = rest[..digits].parse().ok()?;
    let is_item = digits < 4 && [". ", ") "].iter().any(|mark| rest[digits..].starts_with(mark));
    // A caption may be numbered; an item stands among others.
    let written = |marker: Span| post.text[marker].trim_end_matches(['.', ')']).parse().ok();
    let is_next = |other: Option<u64>| other.is_some_and(|other| other.abs_diff(number) == 1);
    (is_item && post.body.items.iter().any(|item| is_next(written(item.marker)))).then_some((digits + 1, "item"))
}
