//! `rules/accidental-strikethrough.md`

use memchr::{memchr, memchr_iter};

use super::Subject;
use crate::finding::{Edit, Findings};
use crate::post::Post;
use crate::render::page::Tag;

/// What a tilde between two numbers strikes out up to the next.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let post = subject.post;
    let Some((page, profile)) = has_ranges(post).then(|| subject.page()).flatten() else { return };
    for (_, span) in page.elements().filter(|(tag, _)| matches!(tag, Tag::Strike)) {
        let source = &post.text[span.clone()];
        let single = !source.starts_with("~~") && source.starts_with('~') && source.ends_with('~');
        let before = post.text[..span.start].chars().next_back();
        if single && before.is_some_and(char::is_alphanumeric) && !source.contains('\n') {
            let (first, last) = (span.start..span.start + 1, span.end - 1..span.end);
            let struck = &post.text[first.end..last.start];
            findings
                .at(span.clone(), format!("`{struck}` is struck out, for {} takes the tildes around it for marks", profile.name()))
                .help("write `\\~` for a tilde")
                .unsafe_fix("escape the tildes", vec![Edit::new(first, "\\~"), Edit::new(last, "\\~")]);
        }
    }
}

/// Whether two lone tildes stand in a line, the first directly behind a letter or a digit; without them there is nothing
/// to look for.
fn has_ranges(post: &Post) -> bool {
    let body = post.body.span.clone();
    let bytes = post.text.as_bytes();
    let lone = |at: &usize| bytes.get(at + 1) != Some(&b'~') && (*at == 0 || bytes[at - 1] != b'~');
    let tildes = memchr_iter(b'~', &bytes[body.clone()]).map(|at| body.start + at).filter(lone);
    let tildes: Vec<usize> = tildes.filter(|&at| post.body.code_at(at).is_none()).collect();
    let behind = |at: usize| post.text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    tildes.windows(2).any(|pair| behind(pair[0]) && memchr(b'\n', &bytes[pair[0]..pair[1]]).is_none())
}
