//! Fences of code that are text, and those that swallow what stands below.

use super::paragraphs;
use crate::finding::Findings;
use crate::markdown::MarkdownEngine;
use crate::markdown::page::{Page, Tag, What};
use crate::post::Post;
use crate::rules::RuleContext;
use crate::text::{Span, lines_in, trimmed};

/// Fences as text, and fences that are not closed before another one begins.
pub(super) fn check(context: &RuleContext, page: &Page, engine: &MarkdownEngine, findings: &mut Findings) {
    // Fences that count or not change what those below are.
    let first = shown(context, engine, findings);
    for event in &page.events {
        let What::Start(element) = &event.what else { continue };
        if let Tag::CodeBlock { fenced: true, info } = &element.tag
            && !matches!(&*info.to_ascii_lowercase(), "md" | "markdown" | "mdx")
            && first.is_none_or(|first| event.source.start < first)
        {
            swallowing(context.post, trimmed(context.post.text, event.source), findings);
        }
    }
}

/// A fence: its sign, how often it stands there, and the words behind it.
fn fence(line: &str) -> Option<(char, usize, &str)> {
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let info = line.trim_start_matches(sign);
    let len = line.len() - info.len();
    (len >= 3 && !info.contains('`')).then_some((sign, len, info.trim()))
}

/// Fences as text, and where the first of them stands.
fn shown(context: &RuleContext, engine: &MarkdownEngine, findings: &mut Findings) -> Option<usize> {
    let post = context.post;
    let (mut open, mut first) = (None, None);
    for paragraph in paragraphs(post) {
        for line in paragraph.lines {
            let Some((sign, _, info)) = fence(&post.text[line]) else { continue };
            let starts_code =
                || post.body.code_at(line.start).is_some_and(|code| !code.block && code.span.start == line.start);
            let goes_on = || post.body.code_at(line.start).is_some_and(|code| code.span.end > line.end);
            let is_text = context.is_open(&line) || starts_code() && goes_on();
            if !is_text || post.body.formula_at(line.start).is_some() {
                continue;
            }
            if info.is_empty() && open == Some(sign) {
                open = None;
                continue;
            }
            open = Some(sign);
            let name = engine.name();
            let is_closed = closes(post, &line, sign);
            let (why, help) = match is_closed {
                false => ("nothing closes this fence", "close it with a line of the same signs"),
                true if paragraph.item.is_some() => (
                    "this fence is part of the text of a list item",
                    "put a blank line above it, and indent it and the code as far as the text of the item",
                ),
                true => ("this fence is part of the text above", "put a blank line above it"),
            };
            findings.at(line, format!("{name} makes no block of code here: {why}")).help(help);
            first = first.or(Some(line.start));
        }
    }
    first
}

/// Whether a line below closes a fence.
fn closes(post: &Post, line: &Span, sign: char) -> bool {
    let below = Span::new(line.end, post.text.len());
    lines_in(post.text, below)
        .skip(1)
        .map(|line| post.text[line].trim_matches([' ', '\t', '\r', '>']))
        .any(|below| below.len() >= 3 && below.chars().all(|c| c == sign))
}

/// A block that holds the beginning of another: it was to be closed before.
fn swallowing(post: &Post, block: Span, findings: &mut Findings) {
    let strip = |line: Span| {
        let written = post.text[line].trim_start_matches(['>', ' ', '\t']);
        trimmed(post.text, Span::new(line.end - written.len(), line.end))
    };
    let mut lines = lines_in(post.text, block).map(strip);
    let Some(first) = lines.next() else { return };
    let Some((sign, len, _)) = fence(&post.text[first]) else { return };
    let begins = |line: &Span| {
        fence(&post.text[*line])
            .is_some_and(|(other, others, info)| other == sign && others >= len && is_language(info))
    };
    let (mut within, mut last, mut heading, mut is_blank) = (None, first, None, false);
    for line in lines {
        if begins(&line) && within.is_none() {
            within = Some(line);
        }
        let text = &post.text[line];
        if is_blank && text.starts_with("## ") && heading.is_none() {
            heading = Some(line);
        }
        is_blank = text.is_empty();
        last = line;
    }
    let is_closed = last.start > first.start
        && fence(&post.text[last])
            .is_some_and(|(other, others, info)| other == sign && others >= len && info.is_empty());
    match (within, heading) {
        (Some(line), _) => {
            let finding = findings.at(first, "nothing closes this block of code before the next one begins");
            finding.label(line, "this line is code");
            finding.help("close it with a line of the same signs, or let its fence be longer than the one within");
        }
        (None, Some(line)) if !is_closed => {
            let finding = findings.at(first, "nothing closes this block of code: all that follows is part of it");
            finding.label(line, "this heading is code");
            finding.help("close it with a line of the same signs");
        }
        _ => {}
    }
}

/// Whether the words behind a fence name a language.
fn is_language(info: &str) -> bool {
    let word = info.split([' ', '{', ',', ':']).next().unwrap_or_default();
    word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+#-_.".contains(&byte))
        && info.split(' ').count() <= 2
}
