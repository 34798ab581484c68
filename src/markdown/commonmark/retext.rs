//! Typographic signs as remark-smartypants 3.0 sets them: quotes by what stands around them in the text of a block, in
//! which code is a word; then `--`, dots and backticks in each stretch of text by itself (retext-smartypants 6.2).

use pulldown_cmark::{CowStr, Event};

use super::reader::{self, Patch, Run, Step};
use crate::text::Span;

/// Sets the signs.
pub(crate) fn set<'t>(read: &'t str, steps: Vec<Step<'t>>) -> Vec<Step<'t>> {
    const SIGNS: [char; 5] = ['\'', '"', '-', '.', '`'];
    if !read.contains(SIGNS) {
        return steps;
    }
    let mut patches = Vec::new();
    for run in reader::runs(read, &steps) {
        if read[run.span].contains(SIGNS) {
            signs(read, &steps, &run, &mut patches);
        }
    }
    reader::patch(read, steps, patches)
}

/// What stands between quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    White,
    Word,
    Mark,
}

fn sort(sign: char) -> Sort {
    match sign {
        _ if sign.is_whitespace() => Sort::White,
        _ if sign.is_alphanumeric() || sign == '_' => Sort::Word,
        _ => Sort::Mark,
    }
}

fn signs<'t>(read: &'t str, steps: &[Step<'t>], run: &Run, patches: &mut Vec<Patch<'t>>) {
    // The text, and where each character stands if it may become another.
    let mut text: Vec<(char, Option<usize>)> = vec![(' ', None)];
    for index in run.steps.range() {
        match &steps[index].event {
            Event::Code(code) => text.extend(code.chars().map(|_| ('A', None))),
            Event::SoftBreak | Event::HardBreak => text.push(('\n', None)),
            Event::Text(words) => match run.text(read, steps, index) {
                Some(own) => {
                    let start = steps[index].span.start;
                    text.extend(own.char_indices().map(|(at, sign)| (sign, Some(start + at))));
                }
                None => text.extend(words.chars().map(|sign| (sign, None))),
            },
            _ => {}
        }
    }
    let mut at = 1;
    while let Some(&(sign, place)) = text.get(at) {
        let length = text[at..].iter().take_while(|(other, _)| *other == sign).count();
        let set = match (sign, length) {
            ('\'', 2) => Some("”"),
            ('`', 2) => Some("“"),
            ('-', 2) => Some("—"),
            ('.', 3..) => Some("…"),
            ('\'' | '"', 1) => Some(quote(&text, at)),
            _ => None,
        };
        // All of it stands in one stretch of text.
        let start = place.filter(|&start| text[at + length - 1].1 == Some(start + length - 1));
        if let (Some(start), Some(set)) = (start, set) {
            let span = Span::new(start, start + length);
            patches.push(Patch { span, steps: vec![Step { event: Event::Text(CowStr::Borrowed(set)), span }] });
        }
        at += length;
    }
}

/// The sign for a quote.
fn quote(text: &[(char, Option<usize>)], at: usize) -> &'static str {
    let is_double = text[at].0 == '"';
    let (open, close) = if is_double { ("“", "”") } else { ("‘", "’") };
    let sort_at = |at: usize| text.get(at).map(|(sign, _)| sort(*sign));
    let (before, next, behind) = (sort_at(at - 1), sort_at(at + 1), sort_at(at + 2));
    let word: String =
        text[at + 1..].iter().map(|(sign, _)| *sign).take_while(|sign| sort(*sign) == Sort::Word).collect();
    let is_decade = word.len() == 3 && word.ends_with('s') && word.starts_with(|sign: char| sign.is_ascii_digit());
    match (before, next) {
        (_, Some(Sort::Mark)) if behind != Some(Sort::Word) => close,
        (_, Some(Sort::Mark)) if matches!(text[at + 1].0, '"' | '\'') => open,
        _ if is_decade => close,
        (Some(Sort::White | Sort::Mark), Some(Sort::Word)) => open,
        (Some(Sort::Word), _) => close,
        (_, None | Some(Sort::White)) => close,
        _ if !is_double && word == "s" => close,
        _ => open,
    }
}
