//! `rules/literal-emphasis.md`

use super::Subject;
use crate::finding::{Edit, Findings};
use crate::post::Post;
use crate::post::body::BlockKind;
use crate::text::Span;

/// Asterisks for strong emphasis that stay in the text.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let post = subject.post;
    let Some((page, profile)) = has_hidden_mark(post).then(|| subject.page()).flatten() else { return };
    let marks = page.text().flat_map(|(text, source)| {
        let found = text.match_indices("**").map(|(at, _)| source.start + at..source.start + at + 2);
        found.take(if text.len() == source.len() { text.len() } else { 0 }).collect::<Vec<_>>()
    });
    let marks: Vec<Span> = marks.collect();
    for pair in marks.windows(2) {
        let [open, close] = pair else { continue };
        if !is_emphasis(post, open, close) {
            continue;
        }
        let whole = open.start..close.end;
        let text = &post.text[open.end..close.start];
        let (before, after) = around(post, open, close);
        let message = match after {
            Some(after) => format!("`**{text}**` stays as it is: {} wants no letter such as `{after}` behind it", profile.name()),
            None => {
                let before = before.unwrap_or(' ');
                format!("`**{text}**` stays as it is: {} wants no letter such as `{before}` before it", profile.name())
            }
        };
        let edits = vec![Edit::new(open.clone(), "<strong>"), Edit::new(close.clone(), "</strong>")];
        findings
            .at(whole, message)
            .help(format!("write `<strong>{text}</strong>`, or a space beside it"))
            .unsafe_fix("write the emphasis as HTML", edits);
    }
}

/// Whether the first or the second of two marks in a line is hidden by what stands beside it; without such there is
/// nothing to look for.
fn has_hidden_mark(post: &Post) -> bool {
    let punctuation = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let (mut line, mut opens) = (0, true);
    let body = &post.text[post.body.span.clone()];
    memchr::memmem::find_iter(body.as_bytes(), "**").any(|at| {
        if memchr::memchr(b'\n', &body.as_bytes()[line..at]).is_some() {
            opens = true;
        }
        let (before, after) = (body[..at].chars().next_back(), body[at + 2..].chars().next());
        let hidden = if opens { letter(before) && punctuation(after) } else { punctuation(before) && letter(after) };
        (line, opens) = (at, !opens);
        hidden
    })
}

/// Whether two marks in one paragraph are those of a word, and a sign of punctuation next to a letter hides one of them.
fn is_emphasis(post: &Post, open: &Span, close: &Span) -> bool {
    let text = &post.text[open.end..close.start];
    let one_block = || {
        let blocks = post.body.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading));
        blocks.into_iter().any(|block| block.span.start <= open.start && close.end <= block.span.end)
    };
    let is_word = text.contains(char::is_alphanumeric)
        && !text.contains(['\n', '*'])
        && !text.starts_with(char::is_whitespace)
        && !text.ends_with(char::is_whitespace);
    let (before, after) = around(post, open, close);
    is_word && (before.is_some() || after.is_some()) && one_block()
}

/// The letter that hides the first mark, and the letter that hides the second (CommonMark 0.31.2, 6.2).
fn around(post: &Post, open: &Span, close: &Span) -> (Option<char>, Option<char>) {
    let text = &post.text[open.end..close.start];
    let punctuation = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let letter = |c: Option<char>| c.filter(|c| c.is_alphanumeric());
    let before = letter(post.text[..open.start].chars().next_back());
    let after = letter(post.text[close.end..].chars().next());
    let (first, last) = (text.chars().next(), text.chars().next_back());
    (before.filter(|_| punctuation(first)), after.filter(|_| punctuation(last)))
}
