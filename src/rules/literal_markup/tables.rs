//! Tables that are text.

use super::{Paragraph, paragraphs};
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::markdown::document::BlockKind;
use crate::post::Post;
use crate::rules::RuleContext;
use crate::text::{Span, line_start};

/// The line below the head of a table, as text.
pub(super) fn check(context: &RuleContext, engine: &MarkdownEngine, findings: &mut Findings) {
    let post = context.post;
    for paragraph in paragraphs(post, |block| memchr::memchr(b'|', post.text[block].as_bytes()).is_some()) {
        let is_divider = |line: &Span| is_divider(&post.text[*line]) && is_text(context, line);
        let Some(at) = paragraph.lines.iter().position(is_divider) else {
            if !engine.needs_only_pipes() {
                without_divider(context, &paragraph, findings);
            }
            continue;
        };
        if is_drawn(post, &paragraph, at) {
            report(context, engine, &paragraph, at, findings);
        }
    }
}

/// Rows between pipes, with nothing that says where the head ends.
fn without_divider(context: &RuleContext, paragraph: &Paragraph, findings: &mut Findings) {
    let post = context.post;
    let [first, others @ ..] = &*paragraph.lines else { return };
    let count = cells(&post.text[*first]);
    let is_row = |line: &Span| {
        let row = &post.text[*line];
        row.len() > 1 && row.starts_with('|') && row.ends_with('|') && cells(row) == count && is_text(context, line)
    };
    if count > 1 && !others.is_empty() && paragraph.lines.iter().all(is_row) {
        let second = others.first().map_or("", |line| &post.text[*line]);
        if second.contains('\t') && second.bytes().all(|sign| b"|:- \t".contains(&sign)) {
            findings
                .at(*first, "this table stays text: tabs stand in the line below its first")
                .help("write spaces there");
            return;
        }
        let divider = format!("|{}", "---|".repeat(count));
        findings
            .at(*first, format!("this table stays text: no `{divider}` stands below its first line"))
            .help("put it between the names of the columns and the rows");
    }
}

/// `|---|:--:|`
fn is_divider(line: &str) -> bool {
    let cells = line.strip_prefix('|').unwrap_or(line);
    let cells = cells.strip_suffix('|').unwrap_or(cells);
    let is_rule = |cell: &str| {
        let cell = cell.trim();
        let cell = cell.strip_prefix(':').unwrap_or(cell);
        let cell = cell.strip_suffix(':').unwrap_or(cell);
        !cell.is_empty() && cell.bytes().all(|byte| byte == b'-')
    };
    line.contains('|') && line.contains("--") && cells.split('|').all(is_rule)
}

fn is_text(context: &RuleContext, line: &Span) -> bool {
    let pipe = context.post.text[*line].find('|').map_or(line.start, |at| line.start + at);
    context.is_open(&Span::new(pipe, line.end))
}

/// Whether rows stand around the line, with pipes.
fn is_drawn(post: &Post, paragraph: &Paragraph, at: usize) -> bool {
    let lines = &paragraph.lines;
    let is_row = |line: &Span| post.text[*line].contains('|') && post.text[*line].contains(char::is_alphanumeric);
    let around = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    around.filter_map(|at| lines.get(at)).any(is_row)
}

fn report(context: &RuleContext, engine: &MarkdownEngine, paragraph: &Paragraph, at: usize, findings: &mut Findings) {
    let post = context.post;
    let lines = &paragraph.lines;
    let name = engine.name();
    let head = at.checked_sub(1).map(|head| lines[head]).filter(|head| post.text[*head].contains('|'));
    let first = head.unwrap_or(lines[at]);
    let first_index = if head.is_some() { at - 1 } else { at };
    if !engine.needs_only_pipes() {
        let cells = |line: &Span| cells(&post.text[*line]);
        let (why, help) = match head {
            None => ("no head stands above this line".to_owned(), "put a line with the names of the columns above it"),
            Some(head) if cells(&head) != cells(&lines[at]) => (
                format!("its head has {}, and the line below {}", counted(cells(&head)), cells(&lines[at])),
                "let both have as many",
            ),
            // Engines differ in what white space they take.
            Some(_) => return,
        };
        findings.at(first, format!("this table stays text: {why}")).help(help);
        return;
    }
    let start = post.line_start(first.start);
    let above = post.text[..start].trim_end_matches(['\n', '\r']);
    let above = Span::new(line_start(above, above.len()), above.len());
    let has_heading_above =
        || post.body.prose_at(above.end.saturating_sub(1)).is_some_and(|block| block.kind == BlockKind::Heading);
    let what_is_above = match first_index {
        0 if above.is_empty() || above.end + 2 < start => "",
        _ if is_comment_above(post, start) => "a comment",
        0 if has_heading_above() => "a heading",
        0 => "",
        _ => "text",
    };
    let below = lines[at..].iter().find(|line| !post.text[**line].contains('|'));
    let (message, help, place) = match below {
        _ if !what_is_above.is_empty() => {
            let message = format!("this table stays text: {what_is_above} stands right above it");
            (message, "put a blank line above it", Some(start))
        }
        Some(below) => {
            let place = post.line_start(below.start);
            ("this table stays text: text stands right below it".to_owned(), "put a blank line below it", Some(place))
        }
        None => (format!("{name} prints this table as text"), "put blank lines around it", None),
    };
    let finding = findings.at(first, message).help(help);
    match place {
        Some(_) if !what_is_above.is_empty() && first_index == 0 => finding.label(above, "here"),
        _ => finding,
    };
    if let Some(place) = place.filter(|_| paragraph.is_top) {
        let line_break = if post.text.contains("\r\n") { "\r\n" } else { "\n" };
        finding.unsafe_fix("put a blank line between them", vec![Edit::insert(place, line_break)]);
    }
}

/// Whether a comment ends on the line above.
fn is_comment_above(post: &Post, start: usize) -> bool {
    let above = post.text[..start].strip_suffix('\n').unwrap_or_default();
    above.trim_end_matches('\r').ends_with("-->")
}

fn counted(cells: usize) -> String {
    if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") }
}

/// How many cells a row has.
fn cells(row: &str) -> usize {
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').filter(|row| !row.ends_with('\\')).unwrap_or(row);
    row.replace("\\|", "").matches('|').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_below_heads() {
        for (line, is) in [
            ("|---|---|", true),
            ("--- | :--:", true),
            ("| -- |", true),
            ("---", false),
            ("| - |", false),
            ("a|---", false),
            ("|--+--|", false),
        ] {
            assert_eq!(is_divider(line), is, "{line}");
        }
        assert_eq!([cells("| a | b |"), cells("a | b \\| c"), cells("|a|")], [2, 2, 1]);
    }
}
