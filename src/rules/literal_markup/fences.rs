//! Fences of code that are text, and those that swallow what stands below.

use memchr::memmem;

use super::paragraphs;
use crate::finding::Findings;
use crate::markdown::MarkdownEngine;
use crate::markdown::page::Tag;
use crate::post::Post;
use crate::rules::RuleContext;
use crate::text::{Span, lines_in, past_quotes, trimmed, unquoted};

/// Fences as text, and fences that are not closed before another one begins.
pub(super) fn check(context: &RuleContext, engine: &MarkdownEngine, findings: &mut Findings) {
    let marks = Marks::of(context.post);
    // Fences that count or not change what those below are.
    let mut fences = fences_as_text(context, &marks);
    let first = fences.first().map(|fence| fence.line.start);
    let mut is_cut = false;
    for (_, element, span) in context.post.markup() {
        if matches!(element.tag, Tag::CodeBlock { .. })
            && first.is_none_or(|first| span.start < first)
            && swallowing(context.post, trimmed(context.post.text, span), &marks, findings)
        {
            is_cut = true;
        }
    }
    // The fence that was to close the last of them stays behind.
    let is_left = |fence: &Shown| context.post.text[fence.line].bytes().all(|byte| matches!(byte, b'`' | b'~'));
    if is_cut && fences.first().is_some_and(is_left) {
        fences.remove(0);
    }
    shown(&fences, engine, findings);
}

/// Where three backticks or tildes stand in the body of a post, in order.
struct Marks(Vec<usize>);

impl Marks {
    fn of(post: &Post) -> Marks {
        let body = &post.text.as_bytes()[post.body.span];
        let mut marks: Vec<usize> = memmem::find_iter(body, "```").map(|at| post.body.span.start + at).collect();
        let ticks = marks.len();
        marks.extend(memmem::find_iter(body, "~~~").map(|at| post.body.span.start + at));
        if ticks > 0 && marks.len() > ticks {
            marks.sort_unstable();
        }
        Marks(marks)
    }

    /// Those in a stretch of the text.
    fn within(&self, span: Span) -> &[usize] {
        let from = self.0.partition_point(|&at| at < span.start);
        let to = from + self.0[from..].partition_point(|&at| at + 3 <= span.end);
        &self.0[from..to]
    }

    /// Whether any stands in no block of code.
    fn is_any_text(&self, post: &Post) -> bool {
        let mut blocks = post.body.code.iter().filter(|code| code.block).map(|code| code.span).peekable();
        self.0.iter().any(|&at| {
            while blocks.next_if(|block| block.end <= at).is_some() {}
            blocks.peek().is_none_or(|block| at < block.start)
        })
    }
}

/// A fence: its sign, how often it stands there, and the words behind it.
fn fence(line: &str) -> Option<(char, usize, &str)> {
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let info = line.trim_start_matches(sign);
    let len = line.len() - info.len();
    (len >= 3 && !info.contains('`')).then_some((sign, len, info.trim()))
}

/// A fence that is text on the page.
struct Shown {
    /// The fence.
    line: Span,
    in_item: bool,
    /// Up to the line that was to close it, or to the end.
    code: Span,
    is_closed: bool,
}

/// Fences as text.
fn shown(fences: &[Shown], engine: &MarkdownEngine, findings: &mut Findings) {
    for fence in fences {
        let (why, help) = match fence.is_closed {
            false => ("nothing closes this fence", "close it with a line of the same signs"),
            true if fence.in_item => (
                "this fence is part of the text of a list item",
                "put a blank line above it, and indent it and the code as far as the text of the item",
            ),
            true => ("this fence is part of the text above", "put a blank line above it"),
        };
        findings.at(fence.line, format!("{} makes no block of code here: {why}", engine.name())).help(help);
    }
}

/// What stands between fences that are text: code to its author.
pub(super) fn code_as_text(context: &RuleContext) -> Vec<Span> {
    fences_as_text(context, &Marks::of(context.post)).into_iter().map(|fence| fence.code).collect()
}

/// The same where there is a fence that was to close it.
pub(super) fn closed_code_as_text(context: &RuleContext) -> Vec<Span> {
    let fences = fences_as_text(context, &Marks::of(context.post)).into_iter();
    fences.filter(|fence| fence.is_closed).map(|fence| fence.code).collect()
}

fn fences_as_text(context: &RuleContext, marks: &Marks) -> Vec<Shown> {
    let post = context.post;
    let mut found: Vec<Shown> = Vec::new();
    // Below the first, what closes a block for who reads the source may begin one for the engine: that follows from it.
    let mut ends: Vec<usize> = Vec::new();
    if !marks.is_any_text(post) {
        return found;
    }
    for paragraph in paragraphs(post, |block| !marks.within(block).is_empty()) {
        for line in paragraph.lines {
            let Some((sign, _, info)) = fence(&post.text[line]) else { continue };
            // Who writes about fences goes on in a sentence.
            if !info.is_empty() && !is_language(info) && !info.starts_with('{') {
                continue;
            }
            let code = post.body.code_at(line.start).filter(|code| !code.block);
            let is_span = code.is_some_and(|code| code.span.start == line.start && code.span.end > line.end);
            let is_text = is_span || context.is_open(&line);
            let is_within = found.last().is_some_and(|last| line.start < last.code.end);
            if is_text && !is_within && !ends.contains(&line.start) && post.body.formula_at(line.start).is_none() {
                if found.is_empty() {
                    ends = closing_fences(post, line.start);
                }
                let end = closing(post, &line, sign);
                let code = Span::new(line.start, end.unwrap_or(post.text.len()));
                found.push(Shown { line, in_item: paragraph.item.is_some(), code, is_closed: end.is_some() });
            }
        }
    }
    found
}

/// The fences that close a block for who reads the source from a fence on.
fn closing_fences(post: &Post, start: usize) -> Vec<usize> {
    let mut open = None;
    let mut ends = Vec::new();
    for line in lines_in(post.text, Span::new(start, post.text.len())) {
        let written = past_quotes(&post.text[line]);
        let Some((sign, _, info)) = fence(written.trim_end()) else { continue };
        match open {
            None => open = Some(sign),
            Some(other) if other == sign && info.is_empty() => {
                open = None;
                ends.push(line.end - written.len());
            }
            Some(_) => {}
        }
    }
    ends
}

/// Where the next line ends that closes a fence.
fn closing(post: &Post, line: &Span, sign: char) -> Option<usize> {
    let below = Span::new(line.end, post.text.len());
    let closes = |line: &Span| {
        let written = post.text[*line].trim_matches([' ', '\t', '\r', '>']);
        written.len() >= 3 && written.chars().all(|c| c == sign)
    };
    lines_in(post.text, below).skip(1).find(closes).map(|line| line.end)
}

/// A block that holds the beginning of another: it was to be closed before. Whether it is one.
fn swallowing(post: &Post, block: Span, marks: &Marks, findings: &mut Findings) -> bool {
    let mut lines = lines_in(post.text, block).map(|line| unquoted(post.text, line));
    let Some(first) = lines.next() else { return false };
    let Some((sign, len, _)) = fence(&post.text[first]) else { return false };
    let within = Span::new(first.end, block.end);
    let last = memchr::memrchr(b'\n', post.text[within].as_bytes()).map_or(block.end, |at| within.start + at);
    let close = &post.text[block.end.min(last + 1)..block.end];
    let closes = |(other, others, info): (char, usize, &str)| other == sign && others >= len && info.is_empty();
    let is_closed = fence(past_quotes(close).trim_end()).is_some_and(closes);
    // So nearly all are.
    let opens_another = || marks.within(Span::new(first.end, last)).iter().any(|&at| post.text[at..].starts_with(sign));
    if is_closed && !opens_another() {
        return false;
    }
    let begins = |line: &Span| {
        fence(&post.text[*line])
            .is_some_and(|(other, others, info)| other == sign && others >= len && is_language(info))
    };
    // A pair within is an example of Markdown.
    let ends = |line: &Span| {
        let is_last = is_closed && line.end + close.len() > block.end;
        !is_last && fence(&post.text[*line]).is_some_and(|(other, _, info)| other == sign && info.is_empty())
    };
    let (mut within, mut heading, mut is_blank) = (None, None, false);
    for line in lines {
        if within.is_none() && begins(&line) {
            within = Some(line);
        } else if within.is_some() && ends(&line) {
            within = None;
        }
        let text = &post.text[line];
        if is_blank && is_markdown(text) && heading.is_none() {
            heading = Some(line);
        }
        is_blank = text.is_empty();
    }
    match (within, heading) {
        (Some(line), _) => {
            let finding = findings.at(first, "nothing closes this block of code before the next one begins");
            finding.label(line, "this line is code");
            finding.help("close it with a line of the same signs, or let its fence be longer than the one within");
        }
        (None, Some(line)) if !is_closed => {
            let finding = findings.at(first, "nothing closes this block of code: all that follows is part of it");
            finding.label(line, "this line is code");
            finding.help("close it with a line of the same signs");
        }
        _ => return false,
    }
    true
}

/// Whether a line is a heading, or an image: hardly any code has such lines.
fn is_markdown(line: &str) -> bool {
    let marks = line.len() - line.trim_start_matches('#').len();
    (2..=6).contains(&marks) && line[marks..].starts_with(' ') || line.starts_with("![") && line.contains("](")
}

/// Whether the words behind a fence name a language.
fn is_language(info: &str) -> bool {
    let word = info.split([' ', '{', ',', ':']).next().unwrap_or_default();
    word.starts_with(|first: char| first.is_ascii_alphabetic())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+#-_.".contains(&byte))
        && info.split(' ').count() <= 2
}
