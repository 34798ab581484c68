//! Where formulas that are blocks begin and end: markdown-it-katex 2.0, `math_block`, and @vscode/markdown-it-katex 1.1,
//! `blockMath`.

use pulldown_cmark::{Event, Tag};

use crate::markdown::commonmark::Math;
use crate::markdown::commonmark::reader::Step;
use crate::text::{Span, holding};

/// A formula that is a block.
#[derive(Debug)]
pub(super) struct Display {
    /// What is made inert.
    pub mask: Span,
    /// The formula with its signs.
    pub span: Span,
    /// Its TeX, with the signs of the quotes that it stands in.
    pub tex: Span,
    /// How many quotes those are.
    pub quotes: usize,
}

/// What a reading knows of a text.
pub(super) struct Finder<'t> {
    text: &'t str,
    math: Math,
    /// Code and HTML, in order.
    closed_off: Vec<Span>,
    /// Paragraphs, in order.
    paragraphs: Vec<Span>,
    /// Items of lists, in order.
    items: Vec<Span>,
}

/// Where a line stands.
struct Line {
    /// How many `>` stand before it.
    quotes: usize,
    /// The first sign behind them and behind markers of lists that begin there.
    first: usize,
    end: usize,
}

impl<'t> Finder<'t> {
    pub(super) fn new(text: &'t str, steps: &[Step], math: Math) -> Self {
        let mut finder = Finder { text, math, closed_off: Vec::new(), paragraphs: Vec::new(), items: Vec::new() };
        for step in steps {
            match &step.event {
                Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => finder.closed_off.push(step.span),
                Event::Start(Tag::Paragraph) => finder.paragraphs.push(step.span),
                Event::Start(Tag::Item) => finder.items.push(step.span),
                _ => {}
            }
        }
        finder
    }

    /// Adds the formulas that are blocks and are not known yet.
    pub(super) fn find(&self, known: &[Display], found: &mut Vec<Display>) {
        let is_known = |at: usize| known.iter().any(|display| display.mask.contains(&at));
        let before = found.len();
        let mut start = 0;
        while start < self.text.len() {
            let line = self.line(start);
            start = (line.end + 1).min(self.text.len()).max(start + 1);
            let at = line.first;
            if !self.text[at..line.end].starts_with("$$") || is_known(at) || !self.is_free(at, line.end) {
                continue;
            }
            if found[..before].iter().any(|display| display.mask.contains(&at)) {
                continue;
            }
            if let Some(display) = self.display(at, at) {
                start = start.max(display.mask.end);
                while start < self.text.len() && self.text.as_bytes()[start - 1] != b'\n' {
                    start += 1;
                }
                found.push(display);
            }
        }
    }

    /// Whether a formula may begin there: not in code, and not so far behind that it goes on with the paragraph above.
    fn is_free(&self, at: usize, end: usize) -> bool {
        let closed = |span: &Span| span.start < end && at < span.end;
        let near = self.closed_off.partition_point(|span| span.end <= at);
        if self.closed_off.get(near).is_some_and(closed) {
            return false;
        }
        match holding(&self.paragraphs, at, |span| span) {
            Some(paragraph) if paragraph.start < at => self.column(at) < self.column(paragraph.start) + 4,
            _ => true,
        }
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |found| found + 1)
    }

    /// How far from the head of its line a byte is.
    fn column(&self, at: usize) -> usize {
        let before = &self.text[self.line_start(at)..at];
        before.chars().fold(0, |column, sign| if sign == '\t' { column / 4 * 4 + 4 } else { column + 1 })
    }

    /// The line that begins at a byte.
    fn line(&self, start: usize) -> Line {
        let bytes = self.text.as_bytes();
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(self.text.len(), |length| start + length);
        let (mut at, mut quotes) = (start, 0);
        while at < end {
            match bytes[at] {
                b' ' | b'\t' => at += 1,
                b'>' => {
                    quotes += 1;
                    at += 1;
                }
                _ => match self.items.binary_search_by_key(&at, |item| item.start) {
                    Ok(_) => at += marker(&self.text[at..end]).max(1),
                    Err(_) => break,
                },
            }
        }
        Line { quotes, first: at, end }
    }

    /// The column that the text of the innermost item around a byte begins at; none of it may begin before.
    fn inner_column(&self, at: usize) -> usize {
        let last = self.items.partition_point(|item| item.start <= at);
        let around = self.items[..last].iter().rev().filter(|item| at < item.end);
        let columns = around.map(|item| {
            let behind = &self.text[item.start..];
            let marker = marker(behind);
            let white = behind[marker..].len() - behind[marker..].trim_start_matches([' ', '\t']).len();
            self.column(item.start + marker) + if (1..=4).contains(&white) { white } else { 1 }
        });
        // What begins before that ends the item.
        let own = self.column(at);
        columns.into_iter().find(|&column| column <= own).unwrap_or(0)
    }

    /// The formula that begins with these signs, made inert from a byte before on.
    pub(super) fn display(&self, from: usize, signs: usize) -> Option<Display> {
        let start = self.line_start(signs);
        let Line { quotes, end, .. } = self.line(start);
        let first = self.text[signs + 2..end].trim_end_matches('\r');
        let display = |close: usize, end: usize| Display {
            mask: Span::new(from, end),
            span: Span::new(signs, (close + 2).min(end)),
            tex: Span::new(signs + 2, close.max(signs + 2)),
            quotes,
        };
        match self.math {
            Math::MarkdownItLetters => {
                let mut marks = first.match_indices("$$").map(|(at, _)| at);
                match (marks.next(), marks.next()) {
                    (_, Some(_)) => return None,
                    (Some(at), None) if at + 2 == first.len() => {
                        return Some(display(signs + 2 + at, signs + 2 + first.len()));
                    }
                    _ => {}
                }
            }
            _ => {
                let tight = first.trim_end();
                if tight.ends_with("$$") {
                    return Some(display(signs + tight.len(), signs + 2 + first.len()));
                }
            }
        }
        let inner = self.inner_column(signs);
        let mut next = end + 1;
        let mut last = end;
        while next < self.text.len() {
            let line_end =
                memchr::memchr(b'\n', &self.text.as_bytes()[next..]).map_or(self.text.len(), |length| next + length);
            let whole = &self.text[next..line_end];
            let line = unquoted(whole, quotes);
            // A line without its sign goes on with the quote, unless it begins something.
            if quotes > 0 && line.len() == whole.len() && ends_quote(whole) {
                break;
            }
            let start = line_end - line.len();
            let line = line.trim_end_matches('\r');
            last = start + line.len();
            let tight = line.trim();
            let indent = self.column(line_end - self.text[start..line_end].trim_start().len());
            if !tight.is_empty() && indent < inner {
                break;
            }
            let close = match self.math {
                _ if tight.ends_with("$$") => line.rfind("$$"),
                Math::MarkdownItLetters => line.find("$$"),
                _ => None,
            };
            if let Some(close) = close {
                return Some(display(start + close, last));
            }
            next = line_end + 1;
        }
        Some(display(last, last)).filter(|display| display.mask.len() >= 4)
    }
}

/// Whether a line that lacks the sign of a quote ends that (markdown-it 14, `rules_block/blockquote.mjs`).
fn ends_quote(line: &str) -> bool {
    let line = line.trim();
    let is_item = marker(line) > 0 && line[marker(line)..].starts_with(' ');
    line.is_empty()
        || is_item
        || ["$$", "```", "~~~", "# ", "## ", "### ", "<"].iter().any(|sign| line.starts_with(sign))
}

/// How long the marker of an item is.
fn marker(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => digits + 1,
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        _ => 0,
    }
}

/// A line without the signs of so many quotes; the line itself where they are not there.
pub(super) fn unquoted(line: &str, depth: usize) -> &str {
    let mut rest = line;
    for _ in 0..depth {
        match rest.trim_start_matches([' ', '\t']).strip_prefix('>') {
            Some(behind) => rest = behind.strip_prefix(' ').unwrap_or(behind),
            None => return line,
        }
    }
    rest
}
