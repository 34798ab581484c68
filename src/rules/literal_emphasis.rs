//! `rules/literal-emphasis.md`

mod lone;
mod marks;
mod spaces;

use std::sync::LazyLock;

use memchr::memchr_iter;
use regex::Regex;

use self::marks::{Run, Sign};
use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::markdown::page::{Element, Tag};
use crate::post::Post;
use crate::text::{Span, beginning};

/// Asterisks and tildes for emphasis that stay in the text.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let has = |marks: &str| memchr::memmem::find(post.text.as_bytes(), marks.as_bytes()).is_some();
    for sign in [Sign::Asterisk, Sign::Tilde].into_iter().filter(|sign| has(sign.marks())) {
        let Some(engine) = context.engine_of_running_text() else { return };
        let is_well = match sign {
            Sign::Asterisk => is_all_emphasis(post),
            Sign::Tilde => !engine.strikes_out(),
        };
        if is_well {
            continue;
        }
        if sign == Sign::Asterisk {
            escaped(context, findings);
        }
        let runs = marks::runs(context, sign);
        for line in runs.chunk_by(|one, other| one.line == other.line) {
            pairs(post, line, sign, engine, findings);
        }
        lone::check(post, &runs, sign, findings);
    }
}

/// The pairs of a line: those that its author meant, if there are as many marks as that takes, and else those of what
/// stays in the text.
fn pairs(post: &Post, line: &[Run], sign: Sign, engine: &MarkdownEngine, findings: &mut Findings) {
    let is_of_line = |at: usize| line.binary_search_by_key(&at, |run| run.span.start).is_ok();
    let is_whole = line.iter().all(|run| run.span.len() == 2 && run.partner.is_none_or(is_of_line));
    if !line.iter().any(|run| run.shown) {
        return;
    }
    if line.len().is_multiple_of(2) && is_whole {
        line.chunks_exact(2).for_each(|pair| _ = told(post, pair, sign, engine, findings));
        return;
    }
    let shown: Vec<Run> = line.iter().filter(|run| run.shown && run.span.len() == 2).copied().collect();
    let mut rest = shown.as_slice();
    // The last mark that was the second of two.
    let mut last = None;
    while let [open, close, ..] = rest {
        let pair = &rest[..2];
        rest = &rest[1..];
        if last == Some(open.span.start) {
            continue;
        }
        if told(post, pair, sign, engine, findings) {
            rest = &rest[1..];
        } else if is_one_line(post, &open.span, &close.span) && is_tight(post, &open.span, &close.span) {
            last = Some(close.span.start);
        }
    }
}

/// Says what keeps two marks from being those of emphasis, if that is known.
fn told(post: &Post, pair: &[Run], sign: Sign, engine: &MarkdownEngine, findings: &mut Findings) -> bool {
    let [open, close] = pair else { return false };
    let (first, last) = (&open.span, &close.span);
    if open.partner == Some(last.start) {
        return false;
    }
    if engine.looks_at_punctuation() && is_emphasis(post, first, last) {
        beside_letters(post, [open, close], sign, engine, findings);
        return true;
    }
    let within = || spaces::within(post.text, [open, close], sign);
    let before = post.text[..first.start].chars().next_back();
    // Else the marks of the line are off by one.
    let may_begin = open.shown || before.is_none_or(|sign| !sign.is_ascii_alphanumeric() && sign != '`');
    let Some(spaces) = (may_begin && is_one_line(post, first, last)).then(within).flatten() else { return false };
    spaces::report(post.text, [open, close], spaces, sign, engine, findings);
    true
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

/// So much of what is written is shown, in characters.
const SHOWN: usize = 40;

/// Whether every two asterisks are those of emphasis, or stand in code, and no bold text stands in another: so it is in
/// most posts.
fn is_all_emphasis(post: &Post) -> bool {
    let mut last = 0;
    for (.., span) in post.markup().filter(|(_, element, _)| element.tag == Tag::Strong) {
        if span.start < last {
            return false;
        }
        last = span.end;
    }
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

/// What becomes of what stands between two marks: another one may take one of them for its own.
fn fate([open, close]: [&Run; 2], sign: Sign) -> &'static str {
    match sign {
        _ if open.shown && close.shown => "stays as it is",
        Sign::Asterisk => "is not set in bold",
        Sign::Tilde => "is not struck out",
    }
}

/// A letter beside a sign of punctuation.
fn beside_letters(post: &Post, pair: [&Run; 2], sign: Sign, engine: &MarkdownEngine, findings: &mut Findings) {
    let [open, close] = pair.map(|run| &run.span);
    let whole = Span::new(open.start, close.end);
    let text = &post.text[open.end..close.start];
    let (before, after) = around(post, open, close);
    let (letter, place) = after.map_or((before.unwrap_or(' '), "before"), |after| (after, "behind"));
    let name = engine.name();
    let (marks, element) = (sign.marks(), sign.element());
    let message =
        format!("`{marks}{text}{marks}` {}: {name} wants no letter such as `{letter}` {place} it", fate(pair, sign));
    let finding = findings.at(whole, message);
    if engine.omits_html() {
        finding.help(format!("put a space beside it, or the sign of punctuation outside of the `{marks}`"));
        return;
    }
    let edits = vec![Edit::new(*open, format!("<{element}>")), Edit::new(*close, format!("</{element}>"))];
    finding
        .help(format!("write `<{element}>{text}</{element}>`, or a space beside it"))
        .unsafe_fix("write the emphasis as HTML", edits);
}

/// Whether two marks stand around a word of one paragraph, on one line.
fn is_one_line(post: &Post, open: &Span, close: &Span) -> bool {
    let text = &post.text[open.end..close.start];
    text.contains(char::is_alphanumeric)
        && !text.contains(['\n', '*'])
        && !text.contains("~~")
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
