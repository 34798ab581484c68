//! Tables (kramdown 2.4.0, `parser/kramdown/table.rb`).

use std::sync::LazyLock;

use regex::Regex;

use super::{Blocks, scan};
use crate::markdown::kramdown::char_classes::{is_space, is_stripped, is_white, stripped};
use crate::markdown::kramdown::tags;
use crate::markdown::kramdown::tree::{NodeId, NodeKind};
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Align, Tag};
use crate::text::Span;

/// Tables that would have more cells than this do not get those that are missing at the ends of rows.
const MOST_CELLS: usize = 1 << 20;

/// `|---|:-:|`, `TABLE_SEP_LINE`: what it is made of besides one `-` at least.
const SEPARATOR: &[u8] = b"+|: \t-";
/// `|===|`, `TABLE_FSEP_LINE`
const FOOT_SEPARATOR: &[u8] = b"+|: \t=";

/// `TABLE_HSEP_ALIGN`
static ALIGNMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[ \t]?(:?)-+(:?)[ \t]?").expect("a regular expression"));

/// HTML code in a row, in which pipes separate nothing.
static CODE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<code[^\n]*?>[^\n]*?</code>").expect("a regular expression"));

/// A table while its lines are read.
#[derive(Default)]
struct Lines<'a> {
    /// Rows that belong to no part of the table yet.
    rows: Vec<Row<'a>>,
    parts: Vec<(Tag<'a>, Vec<Row<'a>>)>,
    align: Vec<Align>,
    has_foot: bool,
}

/// A row: where it stands in the text, and its cells.
struct Row<'a> {
    span: Span,
    cells: Vec<MappedText<'a>>,
}

impl<'a> Lines<'a> {
    fn add_part(&mut self, tag: Tag<'a>, force: bool) {
        if !self.has_foot || force || tag != Tag::TableBody {
            self.parts.push((tag, std::mem::take(&mut self.rows)));
        }
    }

    fn separator(&mut self, line: &str) {
        if self.rows.is_empty() {
            return;
        }
        if !self.align.is_empty() || self.has_foot {
            return self.add_part(Tag::TableBody, false);
        }
        self.add_part(Tag::TableHead, false);
        let align = |left: &str, right: &str| match (left.is_empty(), right.is_empty()) {
            (true, true) => Align::None,
            (false, true) => Align::Left,
            (true, false) => Align::Right,
            (false, false) => Align::Center,
        };
        self.align = ALIGNMENT.captures_iter(line).map(|found| align(&found[1], &found[2])).collect();
    }
}

impl<'a> Blocks<'_, 'a, '_> {
    pub(super) fn table(&mut self) -> bool {
        let rest = self.rest();
        let margin = scan::margin(rest);
        if !has_pipe(&rest[margin..]) || is_space(scan::first(&rest[margin..])) || !self.is_after_boundary() {
            return false;
        }
        let start = self.at;
        let leading_pipe = rest.trim_start_matches(is_white).starts_with('|');
        let (mut lines, end) = self.table_lines(start, leading_pipe);
        let text = &self.text()[start..end];
        if !scan::is_boundary(&self.text()[end..]) || !is_divided(text.strip_suffix('\n').unwrap_or(text)) {
            return false;
        }
        if !lines.rows.is_empty() {
            let last = if lines.has_foot { Tag::TableFoot } else { Tag::TableBody };
            lines.add_part(last, false);
        }
        if !lines.parts.iter().any(|(tag, _)| *tag == Tag::TableBody) {
            return false;
        }
        self.add_table(lines, Span::new(start, end));
        self.at = end;
        true
    }

    /// The lines of a table, and where they end.
    fn table_lines(&mut self, start: usize, leading_pipe: bool) -> (Lines<'a>, usize) {
        let (text, mut at, mut lines) = (self.text(), start, Lines::default());
        let first = &text[at..at + scan::line(&text[at..])];
        if is_made_of(first, SEPARATOR, b'-') {
            at += first.len();
        }
        while at < text.len() && has_pipe(&text[at..]) {
            let line = &text[at..at + scan::line(&text[at..])];
            if is_made_of(line, SEPARATOR, b'-') {
                lines.separator(line);
            } else if is_made_of(line, FOOT_SEPARATOR, b'=') {
                if !lines.rows.is_empty() {
                    lines.add_part(Tag::TableBody, true);
                }
                lines.has_foot = true;
            } else {
                lines.rows.push(self.table_row(at, line, leading_pipe));
            }
            at += line.len();
        }
        (lines, at)
    }

    /// The cells of a row.
    fn table_row(&self, at: usize, line: &str, leading_pipe: bool) -> Row<'a> {
        let line = line.trim_end_matches('\n').trim_end_matches([' ', '\t']);
        let mut cells = vec![MappedText::default()];
        let mut done = 0;
        for code in CODE.find_iter(line) {
            self.split_cells(&mut cells, at, line, Span::new(done, code.start()));
            last(&mut cells).push(self.content, Span::new(at + code.start(), at + code.end()));
            done = code.end();
        }
        self.split_cells(&mut cells, at, line, Span::new(done, line.len()));
        let is_empty = |cell: &MappedText| cell.text().chars().all(is_stripped);
        if leading_pipe && cells.first().is_some_and(is_empty) {
            cells.remove(0);
        }
        if cells.last().is_some_and(is_empty) {
            cells.pop();
        }
        let strip = |cell: MappedText<'a>| cell.slice(stripped(cell.text(), Span::new(0, cell.text().len())));
        Row { span: Span::new(at, at + line.len()), cells: cells.into_iter().map(strip).collect() }
    }

    /// Adds what stands in a stretch of a row to its cells.
    fn split_cells(&self, cells: &mut Vec<MappedText<'a>>, at: usize, line: &str, span: Span) {
        let Span { start, end } = span;
        let mut done = start;
        while done < end {
            let piece = next_code(&line[start..end], done - start);
            let text_end = piece.as_ref().map_or(end, |code| start + code.outer.start);
            self.split_text(cells, at, line, Span::new(done, text_end));
            let Some(code) = piece else { break };
            let (outer, inner) = (start + code.outer.start..start + code.outer.end, &line[start..end][code.inner]);
            let marks = "`".repeat(longest_run(inner) + 1);
            let space = if marks.len() > 1 { " " } else { "" };
            let written = format!("{marks}{space}{inner}{space}{marks}");
            let source = Span::new(at + outer.start, at + outer.end);
            match written == line[outer.clone()] {
                true => last(cells).push(self.content, source),
                false => last(cells).push_replaced(&written, self.content.span(source)),
            }
            done = outer.end;
        }
    }

    /// Adds text outside of code to the cells: pipes separate, escaped ones lose their backslash.
    fn split_text(&self, cells: &mut Vec<MappedText<'a>>, at: usize, line: &str, span: Span) {
        let Span { start, end } = span;
        let mut done = start;
        for pipe in memchr::memchr_iter(b'|', &line.as_bytes()[start..end]).map(|pipe| start + pipe) {
            let escaped = pipe > start && line.as_bytes()[pipe - 1] == b'\\';
            last(cells).push(self.content, Span::new(at + done, at + pipe - usize::from(escaped)));
            match escaped {
                true => last(cells).push_replaced("|", self.content.span(Span::new(at + pipe - 1, at + pipe + 1))),
                false => cells.push(MappedText::default()),
            }
            done = pipe + 1;
        }
        last(cells).push(self.content, Span::new(at + done, at + end));
    }

    fn add_table(&mut self, lines: Lines<'a>, span: Span) {
        let columns = lines.parts.iter().flat_map(|(_, rows)| rows).map(|row| row.cells.len()).max().unwrap_or(0);
        let rows: usize = lines.parts.iter().map(|(_, rows)| rows.len()).sum();
        let is_filled = columns.saturating_mul(rows) <= MOST_CELLS;
        let mut align = lines.align;
        align.resize(columns, Align::None);
        let table = self.add(NodeKind::Element(Tag::Table), span);
        for (tag, rows) in lines.parts {
            let place =
                Span::new(rows.first().map_or(0, |row| row.span.start), rows.last().map_or(0, |row| row.span.end));
            let part = self.add_to(table, NodeKind::Element(tag), place);
            for row in rows {
                let cells = if is_filled { columns } else { row.cells.len() };
                self.add_row(part, row, &align[..cells]);
            }
        }
    }

    fn add_row(&mut self, part: NodeId, row: Row<'a>, align: &[Align]) {
        let end = self.content.span(row.span).end;
        let id = self.add_to(part, NodeKind::Element(Tag::Row), row.span);
        let mut cells = row.cells.into_iter();
        for &align in align {
            let text = cells.next();
            let place = text
                .as_ref()
                .filter(|text| !text.text().is_empty())
                .map_or(end..end, |text| text.span(Span::new(0, text.text().len())).range());
            let cell = self.document.add(id, NodeKind::Element(Tag::Cell { align }), Span::from(place.clone()));
            if let Some(text) = text {
                self.document.add(cell, NodeKind::RunningText(text), Span::from(place));
            }
        }
    }
}

/// The last of the cells of a row, of which there is one from the start.
fn last<'c, 'a>(cells: &'c mut [MappedText<'a>]) -> &'c mut MappedText<'a> {
    cells.last_mut().expect("a cell")
}

/// Whether a line has a pipe that no backslash escapes: `TABLE_PIPE_CHECK`.
fn has_pipe(text: &str) -> bool {
    let end = scan::line(text);
    let line = &text.as_bytes()[..end];
    memchr::memchr_iter(b'|', line).any(|pipe| pipe == 0 || line[pipe - 1] != b'\\')
}

fn is_made_of(line: &str, allowed: &[u8], needed: u8) -> bool {
    let line = line.trim_end_matches('\n').as_bytes();
    line.contains(&needed) && line.iter().all(|byte| allowed.contains(byte))
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

/// Code between backticks: with them, and what stands in it.
struct CodeSpan {
    outer: Span,
    inner: Span,
}

/// The next code between backticks: `codespan.rb`.
fn next_code(text: &str, mut at: usize) -> Option<CodeSpan> {
    while let Some(found) = memchr::memchr(b'`', &text.as_bytes()[at..]) {
        let start = at + found;
        let marks = scan::run(&text[start..], b'`');
        let after = &text[start + marks..];
        let before = text[..start].bytes().next_back();
        let is_sign = marks == 1 && before.is_none_or(is_space) && is_space(after.bytes().next().unwrap_or(b'x'));
        if let Some(len) = after.find(&text[start..start + marks]).filter(|_| !is_sign) {
            let inner = &after[..len];
            let left = usize::from(marks > 1 && inner.starts_with(' '));
            let right = usize::from(marks > 1 && inner.len() > left && inner.ends_with(' '));
            let first = start + marks;
            return Some(CodeSpan {
                outer: Span::new(start, first + len + marks),
                inner: Span::new(first + left, first + len - right),
            });
        }
        at = start + marks;
    }
    None
}

/// Whether the lines of a table are divided by pipes outside of code and HTML, as kramdown looks for them.
fn is_divided(text: &str) -> bool {
    let mut pipe_on_line = false;
    let mut at = 0;
    while at < text.len() {
        let code = next_code(text, at);
        let html = next_html(text, at, code.as_ref().map_or(text.len(), |code| code.outer.start));
        let end = html.as_ref().or(code.as_ref().map(|code| &code.outer)).map_or(text.len(), |span| span.start);
        if end > at && !text_divides(&text[at..end], &mut pipe_on_line) {
            break;
        }
        at = end;
        match (html, code) {
            (Some(html), _) => {
                let is_comment = text[html].starts_with("<!--");
                if is_comment && !text_divides(&text[html], &mut pipe_on_line) {
                    break;
                }
                at = html.end;
            }
            (None, Some(code)) => {
                if !code_divides(&text[code.inner], &mut pipe_on_line) {
                    break;
                }
                at = code.outer.end;
            }
            (None, None) => {}
        }
    }
    pipe_on_line
}

fn text_divides(text: &str, pipe_on_line: &mut bool) -> bool {
    let lines: Vec<&str> = text.trim_end_matches('\n').split('\n').collect();
    let several = lines.len() > 1;
    if several && !*pipe_on_line && !has_pipe(lines[0]) {
        return false;
    }
    *pipe_on_line = !several && *pipe_on_line || lines.last().is_some_and(|line| has_pipe(line));
    true
}

fn code_divides(code: &str, pipe_on_line: &mut bool) -> bool {
    match code.trim_end_matches('\n').split('\n').count() {
        0 | 1 => true,
        2 if *pipe_on_line => {
            *pipe_on_line = false;
            true
        }
        _ => false,
    }
}

/// The next HTML element in a table, tags included, that begins before `limit`.
fn next_html(text: &str, at: usize, limit: usize) -> Option<Span> {
    let starts = memchr::memchr_iter(b'<', &text.as_bytes()[at..limit]).map(|start| at + start);
    for start in starts {
        let rest = &text[start..];
        if let Some(len) = tags::comment(rest) {
            return Some(Span::new(start, start + len));
        }
        let Some(tag) = tags::open(rest).filter(|tag| !tags::is_block(&tags::normalised(tag.name))) else { continue };
        let end = start + tag.len;
        if tag.closed || tags::has_no_body(&tags::normalised(tag.name)) {
            return Some(Span::new(start, end));
        }
        let closing = format!("</{}", tag.name);
        return Some(Span::new(
            start,
            text[end..]
                .find(&closing)
                .map_or(text.len(), |close| end + close + text[end + close..].find('>').map_or(0, |len| len + 1)),
        ));
    }
    None
}
