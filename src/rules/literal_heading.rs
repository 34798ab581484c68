//! `rules/literal-heading.md`

use super::Subject;
use crate::finding::{Edit, Findings};
use crate::post::Post;
use crate::text::{Span, first_line};

/// Lines with `##` that lack the space which makes a heading.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let post = subject.post;
    let Some((page, profile)) = has_hashes(post).then(|| subject.page()).flatten() else { return };
    let lines = page.text().filter(|(text, source)| text.starts_with('#') && post.line_of(source).start == source.start);
    let found: Vec<(usize, Span)> = lines.filter_map(|(_, source)| hashes(post, source.start)).collect();
    let several = found.iter().any(|(hashes, _)| *hashes > 1);
    for (hashes, line) in found.into_iter().filter(|(hashes, line)| *hashes > 1 || several && is_title(post, line)) {
        let text = &post.text[line.start + hashes..line.end];
        let marker = &post.text[line.start..line.start + hashes];
        findings
            .at(line.clone(), format!("`{marker}{text}` is no heading for {}: no space follows the `{marker}`", profile.name()))
            .help(format!("write `{marker} {text}`"))
            .unsafe_fix("put a space after the `#`", vec![Edit::insert(line.start + hashes, " ")]);
    }
}

/// Whether a line begins with `##` and a letter; without one there is nothing to look for.
fn has_hashes(post: &Post) -> bool {
    let body = &post.text[post.body.span.clone()];
    let follows = |at: usize| {
        let begins = body[..at].trim_end_matches([' ', '\t']).as_bytes().last().is_none_or(|byte| *byte == b'\n');
        begins && body[at..].trim_start_matches('#').starts_with(char::is_alphanumeric)
    };
    memchr::memmem::find_iter(body.as_bytes(), "##").any(follows)
}

/// The number of `#` at a byte and the line from there, if letters follow them.
fn hashes(post: &Post, at: usize) -> Option<(usize, Span)> {
    let line = first_line(post.text, at..post.text.len());
    let rest = post.text[line.clone()].trim_start_matches('#');
    let hashes = line.len() - rest.len();
    (hashes <= 6 && rest.starts_with(char::is_alphanumeric)).then_some((hashes, line))
}

/// One `#` is also that of a hashtag, which stands beside others or in running text.
fn is_title(post: &Post, line: &Span) -> bool {
    let blank = |text: &str| text.is_empty() || text.ends_with("\n\n") || text.ends_with("\n\r\n");
    !post.text[line.start + 1..line.end].contains('#') && blank(&post.text[..line.start])
}
