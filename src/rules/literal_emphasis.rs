//! `rules/literal-emphasis.md`

mod spaces;

use std::sync::LazyLock;

use memchr::memchr_iter;
use regex::Regex;

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::markdown::page::{Element, Tag};
use crate::post::Post;
use crate::text::{Span, beginning, line_start, trimmed};

/// Asterisks for strong emphasis that stay in the text.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    if memchr::memmem::find(post.text.as_bytes(), b"**").is_none() {
        return;
    }
    let Some(engine) = context.engine_of_running_text() else { return };
    if is_all_emphasis(post) {
        return;
    }
    escaped(context, findings);
    let marks = marks(context);
    let mut rest = marks.as_slice();
    // The last mark that was the second of two.
    let mut last = None;
    while let [open, later @ ..] = rest {
        rest = later;
        let [close, behind @ ..] = later else { break };
        if engine.looks_at_punctuation() && is_emphasis(post, open, close) {
            beside_letters(post, open, close, engine, findings);
        } else if is_one_line(post, open, close) && last != Some(open.start) {
            if let Some(spaces) = spaces::within(post.text, *open, *close) {
                spaces::report(post.text, *open, *close, spaces, engine, findings);
                rest = behind;
            } else if is_tight(post, open, close) {
                last = Some(close.start);
            }
        }
    }
    unclosed(context, &marks, findings);
}

/// `***\*text\****`, as some editors write what was set in bold twice: the escaped stars are seen.
fn escaped(context: &RuleContext, findings: &mut Findings) {
    static ESCAPED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\*{2,3}\\\*(?P<text>[^*\\\n\s](?:[^*\\\n]*[^*\\\n\s])?)\\\*\*{2,3}").expect("a pattern")
    });
    let (post, body) = (context.post, &context.post.body);
    if memchr::memmem::find(post.text.as_bytes(), b"**\\*").is_none() {
        return;
    }
    for block in body.blocks.iter().filter(|block| block.kind.is_running()) {
        for found in ESCAPED.captures_iter(&post.text[block.span]) {
            let [Some(whole), Some(text)] = [found.get(0), found.name("text")] else { continue };
            let span = Span::new(block.span.start + whole.start(), block.span.start + whole.end());
            if body.code_at(span.start).is_some() || body.formula_at(span.start).is_some() {
                continue;
            }
            let (shown, right) = (beginning(whole.as_str(), SHOWN), format!("**{}**", text.as_str()));
            findings
                .at(span, format!("readers see a star at both ends of `{shown}`: each `\\*` is one"))
                .help(format!("write `{}`", beginning(&right, SHOWN)))
                .unsafe_fix("take them out", vec![Edit::new(span, right)]);
        }
    }
}

/// Marks at the beginning of a line that are the only ones of their block. Behind another that ends a word they may be
/// those of a note, and before a small letter those of Python.
fn unclosed(context: &RuleContext, marks: &[Span], findings: &mut Findings) {
    let post = context.post;
    let ends_word = |mark: &Span| post.text[..mark.start].ends_with(|sign: char| !sign.is_whitespace());
    // Behind the first that ends a word nobody looks.
    let before_words = marks.iter().position(ends_word).map_or(marks, |first| &marks[..=first]);
    for mark in before_words {
        let Some(block) = post.body.prose_at(mark.start) else { continue };
        let above = &post.text[line_start(post.text, mark.start).max(block.span.start)..mark.start];
        let is_first = above.trim_matches([' ', '\t', '>']).is_empty();
        let next = post.text[mark.end..].chars().next();
        let is_word = next.is_some_and(|next| next.is_alphabetic() && !next.is_ascii_lowercase());
        let is_alone = memchr_iter(b'*', post.text[block.span].as_bytes()).take(3).count() == 2;
        if is_first && is_word && is_alone {
            let line = trimmed(post.text, Span::new(mark.start, post.line_of(mark).end.min(block.span.end)));
            findings
                .at(*mark, "this `**` stays as it is: nothing closes it".to_owned())
                .help(format!("write `{}**`, or take it out", beginning(&post.text[line], SHOWN)));
        }
    }
}

/// So much of a line is shown, in characters.
const SHOWN: usize = 40;

/// Whether every two asterisks are those of emphasis, or stand in code: so they do in most posts.
fn is_all_emphasis(post: &Post) -> bool {
    let emphasis = post.markup().filter(|(_, element, _)| matches!(element.tag, Tag::Strong | Tag::Emphasis));
    let ends = |element: &Element, span: Span| {
        let second = usize::from(element.tag == Tag::Strong);
        let last = span.end.saturating_sub(1);
        [span.start, span.start + second, last.saturating_sub(second), last]
    };
    let mut marks: Vec<usize> = emphasis.flat_map(|(_, element, span)| ends(element, span)).collect();
    marks.sort_unstable();
    let bytes = post.text.as_bytes();
    let is_double = |at: &usize| bytes.get(at + 1) == Some(&b'*') || *at > 0 && bytes[at - 1] == b'*';
    let is_read = |at: usize| marks.binary_search(&at).is_ok() || post.body.code_at(at).is_some();
    memchr_iter(b'*', bytes).filter(is_double).all(is_read)
}

/// A letter beside a sign of punctuation.
fn beside_letters(post: &Post, open: &Span, close: &Span, engine: &MarkdownEngine, findings: &mut Findings) {
    let whole = Span::new(open.start, close.end);
    let text = &post.text[open.end..close.start];
    let (before, after) = around(post, open, close);
    let (letter, place) = after.map_or((before.unwrap_or(' '), "before"), |after| (after, "behind"));
    let name = engine.name();
    let message = format!("`**{text}**` stays as it is: {name} wants no letter such as `{letter}` {place} it");
    let finding = findings.at(whole, message);
    if engine.omits_html() {
        finding.help("put a space beside it, or the sign of punctuation outside of the `**`");
        return;
    }
    let edits = vec![Edit::new(*open, "<strong>"), Edit::new(*close, "</strong>")];
    finding
        .help(format!("write `<strong>{text}</strong>`, or a space beside it"))
        .unsafe_fix("write the emphasis as HTML", edits);
}

/// Where `**` stays in the text: engines hand out the two one by one.
fn marks(context: &RuleContext) -> Vec<Span> {
    let post = context.post;
    let (start, bytes) = (post.body.span.start, post.text.as_bytes());
    let (mut marks, mut last): (Vec<Span>, Option<usize>) = (Vec::new(), None);
    let stars = memchr_iter(b'*', &bytes[start..]).map(|at| start + at);
    for at in stars.filter(|&at| context.shows(at)) {
        match last.take() {
            Some(first) if first + 1 == at => {
                marks.extend(post.body.code_at(first).is_none().then_some(Span::new(first, first + 2)))
            }
            _ => last = Some(at).filter(|&at| at == 0 || bytes[at - 1] != b'\\'),
        }
    }
    marks
}

/// Whether two marks stand around a word of one paragraph, on one line.
fn is_one_line(post: &Post, open: &Span, close: &Span) -> bool {
    let text = &post.text[open.end..close.start];
    text.contains(char::is_alphanumeric)
        && !text.contains(['\n', '*'])
        && post.body.prose_at(open.start).is_some_and(|block| close.end <= block.span.end)
}

/// Whether they are those of a word, and a sign of punctuation next to a letter hides one of them.
fn is_emphasis(post: &Post, open: &Span, close: &Span) -> bool {
    let (before, after) = around(post, open, close);
    is_tight(post, open, close) && (before.is_some() || after.is_some()) && is_one_line(post, open, close)
}

/// Whether no space stands within two marks at their sides.
fn is_tight(post: &Post, open: &Span, close: &Span) -> bool {
    let text = &post.text[open.end..close.start];
    text.trim() == text
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
