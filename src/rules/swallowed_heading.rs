//! `rules/swallowed-heading.md`

use std::collections::HashSet;

use super::Subject;
use crate::finding::{Edit, Findings};
use crate::post::Post;
use crate::post::body::Heading;
use crate::render::Profile;
use crate::render::page::Tag;
use crate::text::first_line;

/// Headings with `#` that are none in the page.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let post = subject.post;
    if !subject.blog.profile().is_some_and(Profile::is_kramdown) {
        return;
    }
    let below_text: Vec<&Heading> = post.body.headings.iter().filter(|heading| is_below_text(post, heading)).collect();
    let Some((page, profile)) = (!below_text.is_empty()).then(|| subject.kramdown_page()).flatten() else { return };
    let headings = page.elements().filter(|(tag, _)| matches!(tag, Tag::Heading { .. }));
    let headings: HashSet<usize> = headings.map(|(_, span)| post.line_of(span).start).collect();
    for heading in below_text {
        let line = post.line_of(&heading.span);
        if headings.contains(&line.start) {
            continue;
        }
        let at = post.text[..line.start].rfind('\n').map_or(0, |at| at + 1);
        findings
            .at(
                first_line(post.text, heading.span.clone()),
                format!("`{}` is no heading for {}: the text above goes on", heading.title, profile.name()),
            )
            .help("put a blank line above it")
            .unsafe_fix("put a blank line above the heading", vec![Edit::insert(at, "\n")]);
    }
}

/// Whether a heading with `#` has no blank line above.
fn is_below_text(post: &Post, heading: &Heading) -> bool {
    let line = post.line_of(&heading.span);
    let above = post.text[..line.start].trim_end_matches([' ', '\t']).strip_suffix('\n');
    let text = above.is_some_and(|above| !above.is_empty() && !above.ends_with('\n') && !above.ends_with("\n\r"));
    text && heading.top && !heading.text.is_empty() && post.text[heading.marker.clone()].starts_with('#')
}
