//! Typographic signs as hexo-renderer-marked 7.0.1 sets them (`lib/renderer.js`, `smartypants`): in each stretch of plain
//! text by itself, by what stands before a quote.

use pulldown_cmark::{CowStr, Event};

use super::reader::{self, Patch, Run, Step};
use crate::text::Span;

/// Sets the signs.
pub(crate) fn set<'t>(read: &'t str, steps: Vec<Step<'t>>) -> Vec<Step<'t>> {
    let mut patches = Vec::new();
    for run in reader::runs(read, &steps) {
        for index in run.steps.range() {
            signs(read, &steps, &run, index, &mut patches);
        }
    }
    reader::patch(read, steps, patches)
}

fn signs<'t>(read: &'t str, steps: &[Step<'t>], run: &Run, index: usize, patches: &mut Vec<Patch<'t>>) {
    let Some(text) = run.text(read, steps, index) else { return };
    if !text.contains(['\'', '"', '-', '.']) {
        return;
    }
    let start = steps[index].span.start;
    // What is escaped is a stretch of its own.
    let mut at = match run.is_escaped(read, steps, index) {
        true => text.chars().next().map_or(0, char::len_utf8),
        false => 0,
    };
    let follows = |last: &Step| last.span.end == start && last.verbatim(read).is_some();
    let goes_on = at == 0 && steps[run.steps.start..index].last().is_some_and(follows);
    // What stands before, as it is written and as it is set.
    let before = goes_on.then(|| run.before(read, steps, index, start)).filter(|sign| *sign != '\n');
    let mut before = (before, before);
    while let Some(sign) = text[at..].chars().next() {
        let set = symbol(&text[at..]).or_else(|| Some((1, quote(sign, before)?)));
        let length = set.map_or(sign.len_utf8(), |(length, _)| length);
        before = (Some(sign), Some(sign));
        if let Some((length, to)) = set {
            before.1 = to.chars().next();
            let span = Span::new(start + at, start + at + length);
            patches.push(Patch { span, steps: vec![Step { event: Event::Text(CowStr::Borrowed(to)), span }] });
        }
        at += length;
    }
}

fn symbol(text: &str) -> Option<(usize, &'static str)> {
    let symbols = [("---", "—"), ("--", "–"), ("...", "…")];
    symbols.into_iter().find(|(written, _)| text.starts_with(written)).map(|(written, set)| (written.len(), set))
}

/// Single quotes are set first.
fn quote(sign: char, (written, set): (Option<char>, Option<char>)) -> Option<&'static str> {
    let opens = |sign: char| sign.is_whitespace() || "-—/([{".contains(sign);
    match sign {
        '\'' if set.is_none_or(|before| opens(before) || written == Some('"')) => Some("‘"),
        '\'' => Some("’"),
        '"' if set.is_none_or(|before| opens(before) || before == '‘') => Some("“"),
        '"' => Some("”"),
        _ => None,
    }
}
