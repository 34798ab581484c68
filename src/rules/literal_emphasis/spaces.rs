//! Spaces at the ends of what was to be emphasis.

use super::fate;
use super::marks::{Run, Sign};
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::text::Span;

/// The spaces behind the first mark and before the second, where nothing else can be meant than emphasis: powers and
/// variable arguments of Python have such marks as well, and people sigh with tildes. Where the second mark makes emphasis
/// with another one, it is no such mark.
pub(super) fn within(text: &str, [first, second]: [&Run; 2], sign: Sign) -> Option<[Span; 2]> {
    let (open, close, is_used) = (first.span, second.span, first.partner.or(second.partner).is_some());
    let above = &text[first.line..open.start];
    let inner = &text[open.end..close.start];
    let words = inner.trim();
    let first = Span::new(open.end, open.end + (inner.len() - inner.trim_start().len()));
    let last = Span::new(close.start - (inner.len() - inner.trim_end().len()), close.start);
    let (before, after) = (text[..open.start].chars().next_back(), text[close.end..].chars().next());
    let is_apart = |next: Option<char>| next.is_none_or(char::is_whitespace);
    let is_ascii = |next: Option<char>| next.is_some_and(|next| next.is_ascii_alphanumeric() || "_)]".contains(next));
    let begins = || above.trim_matches([' ', '\t', '>', '-', '+', '.', ')']).bytes().all(|byte| byte.is_ascii_digit());
    let is_sigh = sign == Sign::Tilde && !is_apart(before);
    // No code has the spaces that editors put there, nor begins a line as the name of a paragraph does.
    let is_typed = sign == Sign::Asterisk && !(text[first].is_ascii() && text[last].is_ascii());
    let is_name = || begins() && words.ends_with([':', '.']) && words.starts_with(char::is_uppercase);
    let is_meant = match (first.is_empty(), last.is_empty()) {
        (true, false) if is_typed || is_name() => true,
        (false, true) if is_typed => true,
        (true, false) => !is_ascii(before) && (is_used || !is_ascii(after)) && !words.starts_with("kwargs") && !is_sigh,
        (false, true) => (begins() || is_apart(before)) && !is_ascii(after) && !is_ascii(before) && !is_sigh,
        (false, false) => {
            let rest = text[close.end..].lines().next().unwrap_or_default().trim_start();
            begins() && rest.is_empty() || sign == Sign::Asterisk && is_in_prose(above, words, rest)
        }
        (true, true) => false,
    };
    (is_meant && words.contains(char::is_alphabetic)).then_some([first, last])
}

/// Whether words of a script without capital letters stand on both sides of them, or between and no others beside them.
fn is_in_prose(before: &str, words: &str, after: &str) -> bool {
    let is_word = |sign: char| sign.is_alphabetic() && !sign.is_ascii();
    let last = before.trim_end().chars().next_back();
    let is_behind_words = last.is_none_or(|last| is_word(last) || ",:;.".contains(last));
    let is_behind_text = last.is_none_or(|last| !last.is_ascii_alphanumeric());
    let is_before_words = after.starts_with(is_word);
    let is_before_text = !after.starts_with(|next: char| next.is_ascii_alphanumeric());
    is_behind_words && is_before_words || words.contains(is_word) && is_behind_text && is_before_text
}

/// Says that the marks stay as they are, or that another one ends the emphasis that was to end here.
pub(super) fn report(
    text: &str,
    [open, close]: [&Run; 2],
    spaces: [Span; 2],
    sign: Sign,
    engine: &MarkdownEngine,
    findings: &mut Findings,
) {
    let whole = Span::new(open.span.start, close.span.end);
    let place = match spaces.map(|space| space.is_empty()) {
        [true, _] => "before its end",
        [_, true] => "behind its beginning",
        _ => "at both ends",
    };
    let (words, marks) = (text[open.span.end..close.span.start].trim(), sign.marks());
    let (written, name) = (&text[whole], engine.name());
    let message = match open.shown {
        true => format!("`{written}` {}: {name} wants no space {place}", fate([open, close], sign)),
        false => format!("{} does not end with `{written}`: {name} wants no space {place}", sign.name()),
    };
    // A space that is taken away stands outside where a word is there, and so does one that lets a mark beside a sign of
    // punctuation be one.
    let parted = |space: Span, end: Option<char>, beside: Option<char>| {
        let is_letter = beside.is_some_and(char::is_alphanumeric);
        let is_word = !space.is_empty() && beside.is_some_and(|sign| sign.is_ascii_alphanumeric());
        let is_hidden = engine.looks_at_punctuation() && end.is_some_and(|end| !end.is_alphanumeric());
        if is_word || is_letter && is_hidden { " " } else { "" }
    };
    let before = parted(spaces[0], words.chars().next(), text[..whole.start].chars().next_back());
    let after = parted(spaces[1], words.chars().next_back(), text[whole.end..].chars().next());
    let taken = spaces.into_iter().map(|space| Edit::new(space, ""));
    let around = [Edit::insert(whole.start, before), Edit::insert(whole.end, after)];
    let mut edits: Vec<Edit> =
        taken.chain(around).filter(|edit| !edit.span.is_empty() || !edit.text.is_empty()).collect();
    edits.sort_by_key(|edit| edit.span.start);
    let is_moved = !(before.is_empty() && after.is_empty());
    findings
        .at(whole, message)
        .help(format!("write `{before}{marks}{words}{marks}{after}`"))
        .unsafe_fix(if is_moved { "put the spaces outside" } else { "take the spaces away" }, edits);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant() {
        for (text, is) in [
            ("a **b **", true),
            ("가**나 **다", true),
            ("- ** b** c", true),
            ("** b **", true),
            ("1. ** b **", true),
            ("a ** b ** c", false),
            ("버전은 ** qemu-kvm ** 이다", true),
            ("가, ** 나 + 다 **이다", true),
            ("2 ** 나 ** 3", false),
            ("x **2 ** y", false),
            ("n**k - m **k", false),
            ("f(**kwargs, **more)", false),
            ("(a)** b**", false),
            ("**B: **c", true),
            ("x**k: **y", false),
            ("**b\u{a0}**c", true),
            ("a**\u{a0}b**", true),
        ] {
            let marks: Vec<usize> = text.match_indices("**").map(|(at, _)| at).collect();
            let block = Span::new(0, text.len());
            let run = |at: usize| Run { span: Span::new(at, at + 2), line: 0, block, shown: true, partner: None };
            assert_eq!(within(text, [&run(marks[0]), &run(marks[1])], Sign::Asterisk).is_some(), is, "{text}");
        }
    }
}
