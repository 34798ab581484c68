//! Cells of tables for which the head has no column: engines leave them out (GFM 0.29, 4.10).

use crate::finding::{Edit, Findings};
use crate::markdown::page::{Page, Tag, What};
use crate::rules::RuleContext;
use crate::text::{Span, past_quotes, trimmed};

/// Rows with more cells than the head, among them those that a `|` in code parts.
pub(super) fn check(context: &RuleContext, page: &Page, findings: &mut Findings) {
    let text = context.post.text;
    let mut columns = None;
    let mut cells = 0;
    let mut in_head = false;
    for event in &page.events {
        let What::Start(element) = &event.what else { continue };
        match element.tag {
            Tag::Table => (columns, cells) = (None, 0),
            Tag::TableHead => in_head = true,
            Tag::Cell { .. } if in_head => cells += 1,
            Tag::Row if in_head && cells == 0 => {}
            Tag::TableBody => (columns, in_head) = (Some(cells), false),
            Tag::Row => {
                let columns = columns.unwrap_or(cells);
                if most_cells(&text[event.source]) <= columns {
                    continue;
                }
                let row = Row::read(text, trimmed(text, event.source));
                let lost = row.cells.get(columns..).unwrap_or_default().iter().find(|cell| !cell.is_empty());
                if let Some(lost) =
                    lost.filter(|_| columns > 0 && !context.blog.has_template(context.post, &event.source))
                {
                    report(text, &row, lost, columns, findings);
                }
            }
            _ => {}
        }
    }
}

fn report(text: &str, row: &Row, lost: &Span, columns: usize, findings: &mut Findings) {
    let shown = &text[*lost];
    match row.code.as_slice() {
        [] => {
            let (has, columns) =
                (row.cells.len(), if columns == 1 { "1 column".into() } else { format!("{columns} columns") });
            let message = format!("`{shown}` is lost: this row has {has} cells, and its table {columns}");
            findings
                .at(*lost, message)
                .help("write `\\|` for a `|` that parts no cells, or give the head a column more");
        }
        [code, ..] => {
            let message = format!("the `|` parts the cell though it stands in code, and `{shown}` is lost");
            let pipes = row.code.iter().flat_map(|code| pipes(text, *code));
            let edits = pipes.map(|at| Edit::insert(at, "\\")).collect();
            let finding = findings.at(*code, message).help("write `\\|` for it");
            finding.unsafe_fix("escape the pipe", edits);
        }
    }
}

struct Row {
    cells: Vec<Span>,
    /// Code with a pipe that parts cells.
    code: Vec<Span>,
}

impl Row {
    fn read(text: &str, span: Span) -> Row {
        let written = past_quotes(&text[span]);
        let line = Span::new(span.end - written.len(), span.end);
        let (mut cells, mut start) = (Vec::new(), line.start);
        for at in pipes(text, line) {
            cells.push(trimmed(text, Span::new(start, at)));
            start = at + 1;
        }
        cells.push(trimmed(text, Span::new(start, line.end)));
        if text[line].starts_with('|') {
            cells.remove(0);
        }
        if cells.last().is_some_and(|last| last.is_empty()) {
            cells.pop();
        }
        Row { cells, code: code(text, line).filter(|code| pipes(text, *code).next().is_some()).collect() }
    }
}

/// No row has more cells than this: one more than pipes, but for those at its ends.
fn most_cells(row: &str) -> usize {
    let row = row.trim_matches(['>', ' ', '\t', '\r', '\n']);
    let pipes = memchr::memchr_iter(b'|', row.as_bytes()).count();
    pipes + 1 - usize::from(row.starts_with('|')) - usize::from(row.len() > 1 && row.ends_with('|'))
}

/// The pipes of a line that part cells: a backslash before one takes it away from the table.
fn pipes(text: &str, line: Span) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    let pipes = memchr::memchr_iter(b'|', &bytes[line]).map(move |at| line.start + at);
    pipes.filter(move |&at| at == 0 || bytes[at - 1] != b'\\')
}

/// The code of a line as if it stood in no table.
fn code(text: &str, line: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = line.start;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..line.end].find('`')?;
            let ticks = text[start..line.end].bytes().take_while(|&byte| byte == b'`').count();
            let (open, mut from) = (start + ticks, start + ticks);
            while let Some(close) = text[from..line.end].find('`').map(|close| from + close) {
                let run = text[close..line.end].bytes().take_while(|&byte| byte == b'`').count();
                from = close + run;
                if run == ticks {
                    at = from;
                    return Some(Span::new(start, from));
                }
            }
            at = open;
        }
    })
}
