//! Backticks that make no code and are text.

use super::fences;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::markdown::document::{Block, BlockKind};
use crate::rules::RuleContext;
use crate::text::{Span, holding, is_east_asian, line_start};

/// Backticks of running text that were to stand around code.
pub(super) fn check(context: &RuleContext, engine: &MarkdownEngine, findings: &mut Findings) {
    let shown = shown(context);
    if shown.is_empty() {
        return;
    }
    let code = fences::code_as_text(context);
    let is_code = |runs: &Runs| {
        let is_fence = |run: &Span| run.len() > 2 || holding(&code, run.start, |span| span).is_some();
        runs.marks.iter().any(is_fence)
    };
    let mut rest: Vec<Runs> = Vec::new();
    for runs in shown.into_iter().filter(|runs| !is_code(runs)) {
        if !spaced(context, engine, &runs, findings) && !uneven(context, &runs, findings) {
            rest.push(runs);
        }
    }
    let sides: Vec<Option<Side>> = rest.iter().map(|runs| side(context, runs)).collect();
    let mut closed = None;
    for (index, (runs, side)) in rest.iter().zip(&sides).enumerate() {
        let Some(side) = side.filter(|_| closed != Some(index)) else { continue };
        let mark = runs.marks[0];
        let next = match (side, sides.get(index + 1)) {
            (Side::Begins, Some(Some(Side::Ends))) => Some(&rest[index + 1]),
            _ => None,
        };
        if let Some(next) = next.filter(|next| is_near(context, runs, next)) {
            closed = Some(index + 1);
            let finding = findings.at(mark, "this backtick stays in the text: code ends with its block".to_owned());
            finding.label(next.marks[0], "this was to end it");
            finding.help("close it in the same paragraph, or put the code between two lines of three backticks");
            continue;
        }
        let why = if side == Side::Begins { "nothing closes it" } else { "nothing opens it" };
        let finding = findings.at(mark, format!("this backtick stays in the text: {why}"));
        finding.help("put one on both sides of the code, or take it out");
    }
}

/// The backticks of a block that are text.
struct Runs<'d> {
    block: &'d Block,
    /// Each with those beside it.
    marks: Vec<Span>,
}

/// Those of all blocks of running text that are no tables, whose cells are told apart.
fn shown<'d>(context: &'d RuleContext) -> Vec<Runs<'d>> {
    let (post, start) = (context.post, context.post.body.span.start);
    let bytes = post.text.as_bytes();
    let is_escaped = |at: usize| bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
    let mut shown: Vec<Runs> = Vec::new();
    let mut from = start;
    let between_code = post.body.code.iter().map(|code| code.span).chain([Span::empty(bytes.len())]).map(|code| {
        let gap = from..code.start.max(from);
        from = gap.end.max(code.end);
        gap
    });
    let all = between_code.flat_map(|gap| memchr::memchr_iter(b'`', &bytes[gap.clone()]).map(move |at| gap.start + at));
    for at in all.filter(|&at| !is_escaped(at)) {
        if !context.is_open(&Span::new(at, at + 1)) {
            continue;
        }
        let Some(block) = post.body.prose_at(at) else { continue };
        match shown.last_mut().filter(|runs| runs.block.span.start == block.span.start) {
            Some(runs) => match runs.marks.last_mut().filter(|last| last.end == at) {
                Some(last) => last.end = at + 1,
                None => runs.marks.push(Span::new(at, at + 1)),
            },
            None => shown.push(Runs { block, marks: vec![Span::new(at, at + 1)] }),
        }
    }
    shown
}

/// Code that begins with a space behind a space, where the engine takes that backtick for text, so that what follows is
/// code where text was meant. Whether it is one.
fn spaced(context: &RuleContext, engine: &MarkdownEngine, runs: &Runs, findings: &mut Findings) -> bool {
    let text = context.post.text;
    let is_spaced = |mark: &Span| mark.len() == 1 && around(text, mark).iter().all(|sign| sign.is_whitespace());
    let [first, .., last] = runs.marks.as_slice() else { return false };
    if !engine.takes_spaced_backticks_for_text() || !is_spaced(first) || last.len() > 1 {
        return false;
    }
    let written = &text[first.end..last.start];
    let gap = written.len() - written.trim_start().len();
    let message = format!("this backtick stays in the text: {} takes one between two spaces for itself", engine.name());
    let finding = findings.at(*first, message).help("take the white space behind it away");
    finding.unsafe_fix("take the white space away", vec![Edit::new(Span::new(first.end, first.end + gap), "")]);
    true
}

/// Two backticks at one side of code and one at the other. Whether it is so.
fn uneven(context: &RuleContext, runs: &Runs, findings: &mut Findings) -> bool {
    let text = context.post.text;
    let &[first, last] = runs.marks.as_slice() else { return false };
    let ([_, begin], [end, _]) = (around(text, &first), around(text, &last));
    let is_code = !begin.is_whitespace() && !end.is_whitespace();
    // Quotes as TeX has them.
    let is_quote = text[runs.block.span].contains("''");
    if first.len() == last.len() || !is_code || is_quote {
        return false;
    }
    let (long, short, sides) = match first.len() > 1 {
        true => (first, last, "open code here, and one closes it"),
        false => (last, first, "close code here, and one opens it"),
    };
    let finding = findings.at(long, format!("these backticks stay in the text: two {sides}"));
    finding.label(short, "one");
    finding.help("put as many on both sides of the code");
    finding.unsafe_fix("put one on both sides", vec![Edit::new(long, "`")]);
    true
}

/// Which side of code a backtick was to stand at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Begins,
    Ends,
}

/// The side of code that the only backtick of a block stands at, if it can be none of a sentence about them.
fn side(context: &RuleContext, runs: &Runs) -> Option<Side> {
    let text = context.post.text;
    let &[mark] = runs.marks.as_slice() else { return None };
    let before = &text[line_start(text, mark.start).max(runs.block.span.start)..mark.start];
    let after = &text[mark.end..runs.block.span.end.max(mark.end)];
    // Who escapes one means the sign.
    let is_sign = text[runs.block.span].contains("\\`");
    (mark.len() == 1 && !is_sign).then(|| side_of(before, after))?
}

/// The same of what stands before it on its line, and behind it in its block.
fn side_of(before: &str, after: &str) -> Option<Side> {
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let is_space = |sign: Option<char>| sign.is_none_or(char::is_whitespace);
    let of_ascii = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphanumeric());
    match (is_space(last), is_space(next)) {
        (true, false) => begins(before, after).then_some(Side::Begins),
        (false, true) => ends(before).then_some(Side::Ends),
        // An apostrophe, where letters stand on both sides.
        (false, false) if of_ascii(last) && !of_ascii(next) && next.is_some_and(is_east_asian) => {
            ends(before).then_some(Side::Ends)
        }
        (false, false) if last.is_some_and(is_east_asian) && of_ascii(next) => {
            begins(before, after).then_some(Side::Begins)
        }
        (false, false) if last == Some(')') && next.is_some_and(is_east_asian) => Some(Side::Ends),
        _ => None,
    }
}

/// Whether code may begin here: no quote of TeX or of a shell, and no text of a program.
fn begins(before: &str, after: &str) -> bool {
    let is_quote = after.contains(['\'', '’']) || before.matches('"').count() % 2 == 1;
    let is_value = before.trim_end().ends_with(['=', '(', '+']);
    let first = after.chars().next();
    let is_name = first.is_some_and(|first| first.is_alphanumeric() || matches!(first, '_' | '@' | '<' | '/' | '['));
    !is_quote && !is_value && is_name && !is_particle(after)
}

/// Whether code may end here: no name of a key, and no sign that stands for itself.
fn ends(before: &str) -> bool {
    let is_key = before.ends_with(['+', '-', '$', '\\', '>', '"', '\'', '(', '}']);
    !is_key && before.contains(char::is_alphanumeric)
}

/// Whether what follows is a particle of Korean behind the sign itself, or its name in Chinese.
fn is_particle(after: &str) -> bool {
    const WORDS: &[&str] =
        &["을", "를", "이", "가", "은", "는", "로", "으로", "와", "과", "의", "도", "에", "符号", "符號", "号"];
    let word = after.split(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
    WORDS.iter().any(|known| if known.len() > 3 { word.starts_with(known) } else { word == *known })
}

/// The signs before and behind a mark; a line break where there is none.
fn around(text: &str, mark: &Span) -> [char; 2] {
    [text[..mark.start].chars().next_back(), text[mark.end..].chars().next()].map(|sign| sign.unwrap_or('\n'))
}

/// Whether two blocks may be two parts of one text: nothing but text stands between them.
fn is_near(context: &RuleContext, one: &Runs, other: &Runs) -> bool {
    const FAR: usize = 2000;
    let (from, to) = (one.block.span.end, other.block.span.start);
    let blocks = &context.post.body.blocks;
    let within = &blocks[blocks.partition_point(|block| block.span.start < from)..];
    let mut within = within.iter().take_while(|block| block.span.start < to);
    from <= to && to - from < FAR && within.all(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::List))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_of_code() {
        for (text, side) in [
            ("오늘은 `npm install 을 썼다.", Some(Side::Begins)),
            ("오늘은 npm install` 을 썼다.", Some(Side::Ends)),
            ("함수는 main()`로 둔다", Some(Side::Ends)),
            ("后缀为`chr 即可", Some(Side::Begins)),
            ("see `foo for more", Some(Side::Begins)),
            ("the end.`", Some(Side::Ends)),
            ("`so-called' quotes", None),
            ("the ` sign", None),
            ("예약어라 `을 붙인다", None),
            ("三个`符号", None),
            ("Let`s go", None),
            ("press Ctrl+` here", None),
            ("name := `text {{.A}}", None),
            ("벡틱(`)으로", None),
            ("`", None),
        ] {
            let (before, after) = text.split_once('`').unwrap_or_default();
            assert_eq!(side_of(before, after), side, "{text}");
        }
    }
}
