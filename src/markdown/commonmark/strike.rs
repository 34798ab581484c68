//! `~struck out~` and `~~struck out~~`, as cmark-gfm (`extensions/strikethrough.c`) and goldmark 1.7
//! (`extension/strikethrough.go`, `parser/delimiter.go`) pair tildes: also within words, other than pulldown-cmark.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Strike;
use super::flanking::flanking;
use super::reader::{self, Patch, Place, Run, Step};
use crate::text::Span;

/// Whether there may be anything that the engine strikes out and pulldown-cmark does not.
pub(crate) fn may_find(text: &str, strike: Strike) -> bool {
    matches!(strike, Strike::SameLength | Strike::Two | Strike::AnyLength)
        && memchr::memchr(b'~', text.as_bytes()).is_some()
}

/// Strikes out what the engine does, unless pulldown-cmark has done it.
pub(crate) fn strike<'t>(read: &'t str, steps: Vec<Step<'t>>, strike: Strike) -> Vec<Step<'t>> {
    let (partial, shortest) = match strike {
        Strike::SameLength => (false, 1),
        Strike::Two => (false, 2),
        Strike::AnyLength => (true, 1),
        Strike::Nothing | Strike::Own => return steps,
    };
    if !may_find(read, strike) {
        return steps;
    }
    let mut pairs = Vec::new();
    let holds_tilde = |run: &Run| memchr::memchr(b'~', &read.as_bytes()[run.span]).is_some();
    for run in reader::runs(read, &steps).into_iter().filter(holds_tilde) {
        pair_run(read, &steps, &run, (partial, shortest), &mut pairs);
    }
    let mut patches: Vec<_> = pairs.into_iter().flat_map(|(open, close)| patches(open, close)).collect();
    patches.sort_by_key(|patch| patch.span.start);
    reader::patch(read, steps, patches)
}

fn patches<'t>(open: Span, close: Span) -> [Patch<'t>; 2] {
    let whole = Span::new(open.start, close.end);
    let start = Step { event: Event::Start(Tag::Strikethrough), span: whole };
    let end = Step { event: Event::End(TagEnd::Strikethrough), span: whole };
    [Patch { span: open, steps: vec![start] }, Patch { span: close, steps: vec![end] }]
}

/// One or two tildes.
#[derive(Debug, Clone)]
struct Delimiter {
    /// Those that are left.
    span: Span,
    /// How many there were.
    length: usize,
    can_open: bool,
    can_close: bool,
}

/// Pairs the tildes of a run, those in each element for themselves.
fn pair_run(read: &str, steps: &[Step], run: &Run, (partial, shortest): (bool, usize), pairs: &mut Vec<(Span, Span)>) {
    let mut open: Vec<Vec<Delimiter>> = vec![Vec::new()];
    for index in run.steps.range() {
        match steps[index].place() {
            Place::Open => open.push(Vec::new()),
            Place::Close => {
                if let Some(delimiters) = open.pop() {
                    pair(delimiters, partial, pairs);
                }
            }
            _ => {
                if let Some(delimiters) = open.last_mut() {
                    find(read, steps, run, index, shortest, delimiters);
                }
            }
        }
    }
    open.into_iter().for_each(|delimiters| pair(delimiters, partial, pairs));
}

fn find(read: &str, steps: &[Step], run: &Run, index: usize, shortest: usize, delimiters: &mut Vec<Delimiter>) {
    let Some(text) = run.text(read, steps, index) else { return };
    let start = steps[index].span.start;
    let mut at = usize::from(run.is_escaped(read, steps, index) && text.starts_with('~'));
    while let Some(tilde) = memchr::memchr(b'~', &text.as_bytes()[at..]) {
        let first = at + tilde;
        let length = text[first..].bytes().take_while(|&byte| byte == b'~').count();
        at = first + length;
        let sides = flanking(run.before(read, steps, index, start + first), run.at(read, start + at));
        let after_escape = first > 0 && text[..first].ends_with('~');
        if (shortest..=2).contains(&length) && !after_escape {
            let span = Span::new(start + first, start + at);
            delimiters.push(Delimiter { span, length, can_open: sides.left, can_close: sides.right });
        }
    }
}

fn pair(mut delimiters: Vec<Delimiter>, partial: bool, pairs: &mut Vec<(Span, Span)>) {
    let mut openers: Vec<usize> = Vec::new();
    // For closers of each length, and whether they also open: how many openers below are known not to fit.
    let mut bottoms = [[0; 2]; 2];
    for index in 0..delimiters.len() {
        let mut closer = delimiters[index].clone();
        while closer.can_close && !closer.span.is_empty() {
            let bottom = &mut bottoms[closer.length - 1][usize::from(closer.can_open)];
            let fits = |&at: &usize| fits(&delimiters[openers[at]], &closer);
            let Some(at) = (*bottom..openers.len()).rev().find(fits) else {
                *bottom = openers.len();
                break;
            };
            let opener = &mut delimiters[openers[at]];
            if !partial && opener.length != closer.length {
                // cmark-gfm looks no further, and the opener stays.
                closer.span.end = closer.span.start;
                break;
            }
            pairs.push(consume(opener, &mut closer));
            let stays = usize::from(!opener.span.is_empty());
            openers.truncate(at + stays);
            bottoms.iter_mut().flatten().for_each(|bottom| *bottom = openers.len().min(*bottom));
        }
        if closer.can_open && !closer.span.is_empty() {
            openers.push(index);
        }
        delimiters[index] = closer;
    }
}

/// "Multiple of 3" for lengths of one and two.
fn fits(opener: &Delimiter, closer: &Delimiter) -> bool {
    opener.length == closer.length || !(opener.can_close || closer.can_open)
}

fn consume(opener: &mut Delimiter, closer: &mut Delimiter) -> (Span, Span) {
    let length = if opener.span.len() >= 2 && closer.span.len() >= 2 { 2 } else { 1 };
    opener.span.end -= length;
    closer.span.start += length;
    (Span::new(opener.span.end, opener.span.end + length), Span::new(closer.span.start - length, closer.span.start))
}
