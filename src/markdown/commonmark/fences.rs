//! Fences of dollar signs around formulas, as remark-math reads them: all that holds for fences of code holds for them
//! (micromark-extension-math 3.1, `math-flow.js`), but that two signs are enough. pulldown-cmark gets to see them as fences
//! of code.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::reader::{self, Step};
use super::{Math, Options};
use crate::markdown::mapped_text::MappedText;
use crate::text::{Span, holding, line_start};

/// What stands behind a fence of code that is one of a formula.
pub(crate) const MARK: &str = "$$";

/// The text with the fences of formulas as such; `None` where there are none.
pub(crate) fn marked<'c>(content: &MappedText<'c>, options: &Options) -> Option<MappedText<'c>> {
    let text = content.text();
    let may_find =
        matches!(options.math, Math::Remark { .. }) && memchr::memmem::find(text.as_bytes(), b"$$").is_some();
    if !may_find || !text.lines().any(|line| Fence::opening(line).is_some()) {
        return None;
    }
    let finder = Finder::new(text, options);
    // Where a line only looks like a fence, those that follow are others.
    let mut refused: Vec<usize> = Vec::new();
    loop {
        let fences = finder.find(&refused);
        if fences.is_empty() {
            return None;
        }
        let marked = mark(content, &fences);
        let read: Vec<usize> =
            reader::read(marked.text(), options).0.filter_map(|step| opens(&marked, &step)).collect();
        let opening = fences.iter().filter(|fence| fence.is_opening).map(|fence| content.source(fence.span.start));
        match opening.filter(|start| !read.contains(start)).min() {
            Some(start) if refused.len() < MOST => {
                let is_it = |fence: &&Fence| content.source(fence.span.start) == start;
                refused.extend(fences.iter().find(is_it).map(|fence| fence.span.start));
            }
            _ => return Some(marked),
        }
    }
}

/// More lines that only look like fences are in no text.
const MOST: usize = 16;

/// Where a fence of a formula begins in the file.
fn opens(marked: &MappedText, step: &Step) -> Option<usize> {
    let Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) = &step.event else { return None };
    let indent = marked.text()[step.span].find('~')?;
    (**info == *MARK).then(|| marked.source(step.span.start + indent))
}

/// A line that is a fence.
#[derive(Debug, Clone, Copy)]
struct Fence {
    /// Its signs, and what follows them on the line: bytes of the text.
    span: Span,
    is_opening: bool,
}

impl Fence {
    /// The signs that open a formula on a line: where they stand, and how many there are.
    fn opening(line: &str) -> Option<(usize, usize)> {
        let (mut rest, mut at) = (line, 0);
        loop {
            let inner = rest.trim_start_matches([' ', '\t']);
            at += rest.len() - inner.len();
            rest = inner;
            let marker = if rest.starts_with('>') { Some(1) } else { marker(rest) };
            let Some(length) = marker else { break };
            at += length;
            rest = &rest[length..];
        }
        let signs = rest.bytes().take_while(|&byte| byte == b'$').count();
        (signs >= 2 && !rest[signs..].contains('$')).then_some((at, signs))
    }
}

/// The length of the marker of a list item that a text begins with.
fn marker(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = text[digits..].chars().next()?;
    let fits = if digits == 0 { "-+*".contains(sign) } else { digits <= 9 && ".)".contains(sign) };
    let rest = &text[digits..].get(1..)?;
    (fits && rest.starts_with([' ', '\t'])).then_some(digits + 1)
}

struct Finder<'t> {
    text: &'t str,
    /// Code and HTML, in order.
    raw: Vec<Span>,
    /// List items and footnotes, each with the column of its text.
    items: Vec<(Span, usize)>,
}

/// A formula that is open.
struct Open {
    signs: usize,
    /// How many quotes it stands in.
    quotes: usize,
    /// The column that its lines begin at least at.
    column: usize,
}

impl<'t> Finder<'t> {
    fn new(text: &'t str, options: &Options) -> Self {
        let (mut raw, mut items) = (Vec::new(), Vec::new());
        for step in reader::read(text, options).0 {
            match &step.event {
                Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => raw.push(step.span),
                Event::Start(Tag::Item) => items.push((step.span, text_column(text, step.span))),
                Event::Start(Tag::FootnoteDefinition(_)) => items.push((step.span, 4)),
                _ => {}
            }
        }
        Finder { text, raw, items }
    }

    /// The fences, in order.
    fn find(&self, refused: &[usize]) -> Vec<Fence> {
        let (mut fences, mut at) = (Vec::new(), 0);
        let mut open: Option<Open> = None;
        for line in self.text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let line = line.trim_end_matches(['\n', '\r']);
            if let Some(formula) = &open {
                if let Some(rest) = formula.rest_of(line) {
                    let inner = rest.trim_start_matches([' ', '\t']);
                    let signs = inner.bytes().take_while(|&byte| byte == b'$').count();
                    // More is the indent of code.
                    let is_near = indent_of(rest) < formula.column + 4;
                    if is_near && signs >= formula.signs && inner[signs..].trim().is_empty() {
                        let from = start + line.len() - inner.len();
                        fences.push(Fence { span: Span::new(from, start + line.len()), is_opening: false });
                        open = None;
                    }
                    continue;
                }
                open = None;
            }
            let Some((indent, signs)) = Fence::opening(line) else { continue };
            let from = start + indent;
            if refused.contains(&from) || holding(&self.raw, from, |span| span).is_some() {
                continue;
            }
            fences.push(Fence { span: Span::new(from, start + line.len()), is_opening: true });
            let quotes = line[..indent].bytes().filter(|&byte| byte == b'>').count();
            // Without its `>` a quote ends whatever it holds; and a line that is not indented goes on with the text of an
            // item only as long as it is text.
            let items = if quotes == 0 { &self.items[..] } else { &[] };
            let holds = |(span, column): &&(Span, usize)| {
                span.start <= from && from < span.end && (*column <= indent || span.start >= start)
            };
            let around = items.iter().rev().find(holds);
            open = Some(Open { signs, quotes, column: around.map_or(0, |(_, column)| *column) });
        }
        fences
    }
}

impl Open {
    /// What is left of a line within the quotes and items that the formula stands in, if it goes on there.
    fn rest_of<'l>(&self, line: &'l str) -> Option<&'l str> {
        let mut rest = line;
        for _ in 0..self.quotes {
            rest = rest.trim_start_matches(' ').strip_prefix('>')?;
            rest = rest.strip_prefix(' ').unwrap_or(rest);
        }
        if rest.trim().is_empty() {
            return Some(rest);
        }
        (indent_of(rest) >= self.column).then_some(rest)
    }
}

/// The column that the text of a list item begins at.
pub(super) fn text_column(text: &str, item: Span) -> usize {
    let written = &text[item];
    let indent = written.len() - written.trim_start_matches([' ', '\t']).len();
    let marker = indent + marker(&written[indent..]).unwrap_or(1);
    let space = written[marker..].bytes().take_while(|&byte| byte == b' ').count();
    let space = if (1..=4).contains(&space) { space } else { 1 };
    item.start - line_start(text, item.start) + marker + space
}

/// What stands between a run of a sign and the next run of it that is as long, and where that ends.
pub(super) fn between_runs(text: &str, at: usize) -> (usize, Option<Span>) {
    let bytes = text.as_bytes();
    let sign = bytes[at];
    let run = |at: usize| bytes[at..].iter().take_while(|&&byte| byte == sign).count();
    let length = run(at);
    let start = at + length;
    let mut from = start;
    while let Some(found) = memchr::memchr(sign, &bytes[from..]) {
        let close = from + found;
        from = close + run(close);
        if from - close == length {
            return (length, Some(Span::new(start, close)));
        }
    }
    (length, None)
}

/// The column that the text of a line begins at.
fn indent_of(line: &str) -> usize {
    let width = |sign| match sign {
        ' ' => Some(1),
        '\t' => Some(4),
        _ => None,
    };
    line.chars().map_while(width).sum()
}

/// The text with fences of code, longer than all of its own, in the place of those of formulas.
fn mark<'c>(content: &MappedText<'c>, fences: &[Fence]) -> MappedText<'c> {
    let text = content.text();
    let longest = text.split(|sign| sign != '~').map(str::len).max().unwrap_or_default();
    let signs = "~".repeat(longest.max(2) + 1);
    let mut marked = MappedText::default();
    let mut from = 0;
    for fence in fences {
        marked.push(content, Span::new(from, fence.span.start));
        let mark = if fence.is_opening { MARK } else { "" };
        marked.push_replaced(&[&*signs, mark].concat(), content.span(fence.span));
        from = fence.span.end;
    }
    marked.push(content, Span::new(from, text.len()));
    marked
}
