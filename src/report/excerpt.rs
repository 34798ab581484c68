//! The lines of a post that a finding shows: cut to a window, safe to print, and numbered as in the file.
//!
//! Building one takes the time of what it shows, however long the lines are.

use std::collections::BTreeMap;
use std::ops::Range;

use codespan_reporting::files::{Error, Files, Location};
use unicode_width::UnicodeWidthChar;

use super::{clamp, visible};
use crate::text::{Lines, Span, after_bom};

/// How much of a line is shown, in terminal columns.
const COLUMNS: usize = 72;
/// So much is shown on the narrowest terminal.
const NARROWEST: usize = 20;
/// A tab's columns, as the renderer draws them.
const TAB: usize = 4;
const CUT: char = '…';

/// What is shown of each file, as the renderer wants it: numbered in this order.
pub(crate) struct Excerpts(pub Vec<Excerpt>);

/// A file of the shown lines only.
pub(crate) struct Excerpt {
    name: String,
    first: Location,
    text: String,
    lines: Vec<Line>,
}

/// A shown line: where it is in the file, and where in the excerpt.
struct Line {
    index: usize,
    shown: Range<usize>,
    cells: Vec<Cell>,
}

/// Where a character of the file stands in the excerpt.
struct Cell {
    in_file: usize,
    in_text: usize,
    is_mark: bool,
}

impl Excerpt {
    /// Shows the lines that some spans start in, and says where the spans are in it. The first span gives the location.
    /// `room`: no more columns of a line are shown.
    pub(crate) fn new(name: String, lines: &Lines, spans: &[&Span], room: usize) -> (Self, Vec<Range<usize>>) {
        let columns = room.clamp(NARROWEST, COLUMNS);
        let spans: Vec<Span> = spans.iter().map(|span| on_its_first_line(lines, span)).collect();
        let first = lines.position(spans[0].start);
        let first = Location { line_number: first.line, column_number: first.column };
        let mut excerpt = Excerpt { name, first, text: String::new(), lines: Vec::new() };
        for (index, focus) in focuses(lines, &spans, columns) {
            excerpt.push(lines, index, &focus, columns);
        }
        let ranges = spans.iter().map(|span| excerpt.range(lines.index(span.start), span)).collect();
        (excerpt, ranges)
    }

    fn push(&mut self, lines: &Lines, index: usize, focus: &Span, columns: usize) {
        let text = lines.text();
        let line = content(lines, index);
        let window = window(text, &line, focus, columns);
        let start = self.text.len();
        if window.start > line.start {
            self.text.push(CUT);
        }
        let mut cells = Vec::with_capacity(window.len() + 1);
        self.text.reserve(window.len());
        for (offset, character) in text[window].char_indices() {
            let character = printed(character);
            cells.push(Cell {
                in_file: window.start + offset,
                in_text: self.text.len(),
                is_mark: width(character) == 0,
            });
            self.text.push(character);
        }
        cells.push(Cell { in_file: window.end, in_text: self.text.len(), is_mark: false });
        if window.end < line.end {
            self.text.push(CUT);
        }
        self.lines.push(Line { index, shown: start..self.text.len(), cells });
        self.text.push('\n');
    }

    fn range(&self, index: usize, span: &Span) -> Range<usize> {
        let line = self.line(index).expect("the line of every span is shown");
        let start = line.start(span.start);
        start..line.end(span.end).max(start)
    }

    /// The line that it shows, if that is the only one and each of its characters takes a column.
    pub(crate) fn narrow_line(&self) -> Option<&str> {
        let line = self.text.strip_suffix('\n').filter(|_| self.lines.len() == 1)?;
        line.chars().all(|sign| matches!(sign, ' '..='~' | CUT)).then_some(line)
    }

    /// The lines that it shows: their numbers in the file, where they stand in the excerpt, and what they say.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, Range<usize>, &str)> {
        self.lines.iter().map(|line| (line.index + 1, line.shown.clone(), &self.text[line.shown.clone()]))
    }

    /// How many columns the numbers of the lines take.
    pub(crate) fn gutter(&self) -> usize {
        self.lines.last().map_or(1, |line| (line.index + 1).to_string().len())
    }

    /// Where the first span begins: the path, the line and the column.
    pub(crate) fn place(&self) -> (&str, usize, usize) {
        (&self.name, self.first.line_number, self.first.column_number)
    }

    fn line(&self, index: usize) -> Result<&Line, Error> {
        let at = self.lines.binary_search_by_key(&index, |line| line.index);
        at.map(|at| &self.lines[at]).map_err(|_| Error::LineTooLarge { given: index, max: self.lines.len() })
    }
}

impl Line {
    /// Where to start pointing: at a mark's base, and at the cut when the place is cut off.
    fn start(&self, offset: usize) -> usize {
        if offset < self.cells[0].in_file {
            return self.shown.start;
        }
        let at = self.cells.partition_point(|cell| cell.in_file <= offset) - 1;
        let base = self.cells[..=at].iter().rfind(|cell| !cell.is_mark);
        base.unwrap_or(&self.cells[0]).in_text
    }

    fn end(&self, offset: usize) -> usize {
        let at = self.cells.partition_point(|cell| cell.in_file < offset);
        self.cells.get(at).map_or(self.shown.end, |cell| cell.in_text)
    }
}

/// A line without a byte order mark, which is no character of it.
fn content(lines: &Lines, index: usize) -> Span {
    let Span { start, end } = lines.span(index);
    Span::new(start + after_bom(&lines.text()[start..end]), end)
}

fn on_its_first_line(lines: &Lines, span: &Span) -> Span {
    let span = clamp(lines.text(), span);
    let line = content(lines, lines.index(span.start));
    let start = span.start.clamp(line.start, line.end);
    Span::new(start, span.end.clamp(start, line.end))
}

/// The lines to show, each with what must be seen of it: the first span, and the others as far as there is room.
fn focuses(lines: &Lines, spans: &[Span], columns: usize) -> BTreeMap<usize, Span> {
    let text = lines.text();
    let mut focuses: BTreeMap<usize, Span> = BTreeMap::new();
    for span in spans {
        let focus = focuses.entry(lines.index(span.start)).or_insert_with(|| *span);
        let both = Span::new(focus.start.min(span.start), focus.end.max(span.end));
        if forward(text, &both, columns) == both.end {
            *focus = both;
        }
    }
    // The renderer fills a gap of one line instead of drawing it as a gap.
    let shown: Vec<usize> = focuses.keys().copied().collect();
    for pair in shown.windows(2).filter(|pair| pair[1] - pair[0] == 2) {
        let start = content(lines, pair[0] + 1).start;
        focuses.insert(pair[0] + 1, Span::empty(start));
    }
    focuses
}

/// The part of a line to show: what is in focus, with as much before it as after.
fn window(text: &str, line: &Span, focus: &Span, columns: usize) -> Span {
    let focused = forward(text, focus, columns);
    let room = columns.saturating_sub(text[focus.start..focused].chars().map(cost).sum::<usize>() / COST);
    let start = backward(text, &Span::new(line.start, focus.start), room / 2);
    let end = forward(text, &Span::new(start, line.end), columns);
    if end < line.end {
        Span::new(start, end)
    } else {
        Span::new(backward(text, &Span::new(line.start, end), columns), end)
    }
}

/// Where a number of columns from the start of a span ends.
fn forward(text: &str, span: &Span, columns: usize) -> usize {
    let characters = text[*span].char_indices().map(|(at, character)| (span.start + at, character));
    first_beyond(characters, columns).map_or(span.end, |(at, _)| at)
}

/// Where a number of columns up to the end of a span starts.
fn backward(text: &str, span: &Span, columns: usize) -> usize {
    let characters = text[*span].char_indices().rev().map(|(at, character)| (span.start + at, character));
    first_beyond(characters, columns).map_or(span.start, |(at, character)| at + character.len_utf8())
}

fn first_beyond(mut characters: impl Iterator<Item = (usize, char)>, columns: usize) -> Option<(usize, char)> {
    let mut left = columns * COST;
    characters.find(|&(_, character)| match left.checked_sub(cost(character)) {
        Some(rest) => {
            left = rest;
            false
        }
        None => true,
    })
}

/// What a column costs. A mark takes no column but costs something, or a line of nothing but marks had no end.
const COST: usize = 4;

fn cost(character: char) -> usize {
    match character {
        ' '..='~' => COST,
        _ => (width(printed(character)) * COST).max(1),
    }
}

fn printed(character: char) -> char {
    if character == '\t' { character } else { visible(character) }
}

fn width(character: char) -> usize {
    match character {
        ' '..='~' => 1,
        '\t' => TAB,
        _ => character.width().unwrap_or(0),
    }
}

impl Excerpts {
    fn excerpt(&self, file: usize) -> Result<&Excerpt, Error> {
        self.0.get(file).ok_or(Error::FileMissing)
    }
}

impl<'a> Files<'a> for Excerpts {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, file: usize) -> Result<&'a str, Error> {
        Ok(&self.excerpt(file)?.name)
    }

    fn source(&'a self, file: usize) -> Result<&'a str, Error> {
        Ok(&self.excerpt(file)?.text)
    }

    fn line_index(&'a self, file: usize, offset: usize) -> Result<usize, Error> {
        let lines = &self.excerpt(file)?.lines;
        let at = lines.partition_point(|line| line.shown.start <= offset);
        Ok(lines[at.saturating_sub(1)].index)
    }

    fn line_range(&'a self, file: usize, index: usize) -> Result<Range<usize>, Error> {
        self.excerpt(file)?.line(index).map(|line| line.shown.clone())
    }

    /// The renderer asks for the location of the first span only.
    fn location(&'a self, file: usize, _offset: usize) -> Result<Location, Error> {
        Ok(self.excerpt(file)?.first)
    }
}
