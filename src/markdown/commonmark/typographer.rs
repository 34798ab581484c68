//! Typographic signs as goldmark 1.7 sets them (`extension/typographer.go`), with the signs of Hugo.

use pulldown_cmark::{CowStr, Event};

use super::flanking::{Flanking, flanking, is_punctuation};
use super::reader::{self, Patch, Run, Step};
use crate::text::Span;

/// Sets the signs.
pub(crate) fn set<'t>(read: &'t str, steps: Vec<Step<'t>>) -> Vec<Step<'t>> {
    let mut patches = Vec::new();
    // `CloseBlock` is never called: quotes stay open from block to block.
    let mut open = [0; 2];
    for run in reader::runs(read, &steps) {
        let mut setter = Setter { read, steps: &steps, run: &run, open };
        for index in run.steps.range() {
            setter.step(index, &mut patches);
        }
        open = setter.open;
    }
    reader::patch(read, steps, patches)
}

struct Setter<'s, 't> {
    read: &'t str,
    steps: &'s [Step<'t>],
    run: &'s Run,
    /// Quotes that are open: single, double.
    open: [usize; 2],
}

/// A quote of a line.
struct Quote<'t> {
    sides: Flanking,
    before: char,
    /// What comes behind it in the line.
    rest: &'t str,
}

impl<'t> Setter<'_, 't> {
    fn step(&mut self, index: usize, patches: &mut Vec<Patch<'t>>) {
        let Some(text) = self.run.text(self.read, self.steps, index) else { return };
        let start = self.steps[index].span.start;
        let mut at = usize::from(self.run.is_escaped(self.read, self.steps, index));
        while let Some(found) = text.get(at..).and_then(|rest| rest.find(['\'', '"', '-', '.', '<', '>'])) {
            let sign = at + found;
            let rest = self.ahead(start + sign);
            let set = symbol(rest).or_else(|| Some((1, self.quote(index, start + sign, rest)?)));
            let length = set.map_or(1, |(length, _)| length);
            if let Some((length, to)) = set {
                let span: Span = Span::new(start + sign, start + sign + length);
                let event = Event::Text(CowStr::Borrowed(to));
                patches.push(Patch { span, steps: vec![Step { event, span }] });
            }
            at = sign + length;
        }
    }

    /// What is looked at from a byte on: enough for all marks that a writer sets next to each other.
    fn ahead(&self, at: usize) -> &'t str {
        const ENOUGH: usize = 64;
        let rest = &self.read[at..self.run.span.end];
        let end = (0..=ENOUGH.min(rest.len())).rev().find(|&end| rest.is_char_boundary(end));
        &rest[..end.unwrap_or(0)]
    }

    fn quote(&mut self, index: usize, at: usize, rest: &'t str) -> Option<&'static str> {
        let before = self.run.before(self.read, self.steps, index, at);
        let mark = rest.chars().next().filter(|mark| matches!(mark, '\'' | '"'))?;
        // The flanking is that of all marks that stand here.
        let behind = rest.trim_start_matches(mark);
        let sides = flanking(before, behind.chars().next().unwrap_or('\n'));
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let quote = Quote { sides, before, rest: &line[1..] };
        if mark == '"' { self.double(&quote) } else { self.single(&quote) }
    }

    fn double(&mut self, quote: &Quote) -> Option<&'static str> {
        if quote.sides.left && !quote.sides.right {
            self.open[1] += 1;
            return Some("“");
        }
        let is_inches = quote.rest.starts_with('"') && quote.before.is_numeric();
        (self.open[1] > 0 && quote.closes() && !is_inches).then(|| {
            self.open[1] -= 1;
            "”"
        })
    }

    fn single(&mut self, quote: &Quote) -> Option<&'static str> {
        if quote.is_apostrophe() {
            return Some("’");
        }
        if quote.sides.left && !quote.sides.right {
            if quote.is_contraction() {
                return Some("’");
            }
            self.open[0] += 1;
            return Some("‘");
        }
        // `Smiths'`, `doin'`: all but a digit may come next, as long as there are two bytes more.
        if quote.rest.len() >= 2 && !quote.rest.starts_with(char::is_numeric) {
            return Some("’");
        }
        (self.open[0] > 0 && quote.closes()).then(|| {
            self.open[0] -= 1;
            "’"
        })
    }
}

/// A symbol at the beginning of a text, and how many bytes it is for.
fn symbol(text: &str) -> Option<(usize, &'static str)> {
    let symbols = [("---", "—"), ("--", "–"), ("...", "…"), ("<<", "«"), (">>", "»")];
    symbols.into_iter().find(|(written, _)| text.starts_with(written)).map(|(written, set)| (written.len(), set))
}

impl Quote<'_> {
    /// Left over at the end of a word, or between words and punctuation.
    fn closes(&self) -> bool {
        let mut next = self.rest.chars();
        let is_followed = next.next().is_some_and(is_go_punctuation)
            && next.next().is_none_or(|next| next.is_ascii_punctuation() || next.is_ascii_whitespace());
        self.sides.right && (!self.sides.left || is_followed)
    }

    /// `'90s`, `'twas`, `don't`.
    fn is_apostrophe(&self) -> bool {
        let rest = self.rest.as_bytes();
        let is_decade = matches!(rest, [b'0'..=b'9', b'0'..=b'9', b's', ..])
            && self.rest[3..].chars().next().is_none_or(|next| next.is_whitespace() || is_punctuation(next));
        let is_short = matches!(rest.first(), Some(b't' | b'e' | b'n' | b'l'))
            && (is_go_punctuation(self.before) || self.before.is_whitespace());
        let is_inner =
            (self.before.is_numeric() || self.before.is_alphabetic()) && self.rest.starts_with(char::is_alphabetic);
        self.sides.left && !self.sides.right && is_decade || is_short || is_inner
    }

    /// `'s`, `'m`, `'ve`, `'ll`, `'re` behind a sign.
    fn is_contraction(&self) -> bool {
        let endings = ["s", "m", "t", "d", "ve", "ll", "re"];
        let ends = |rest: &str| {
            rest.chars().next().is_none_or(|next| next.is_ascii_punctuation() || next.is_ascii_whitespace())
        };
        endings.iter().filter_map(|ending| self.rest.strip_prefix(ending)).any(ends)
    }
}

/// Go's `unicode.IsPunct`, which leaves out symbols.
fn is_go_punctuation(sign: char) -> bool {
    is_punctuation(sign) && !"$+<=>^`|~".contains(sign)
}
