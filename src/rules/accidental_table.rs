//! `rules/accidental-table.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::markdown::document::{self, Document};
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::Tag;
use crate::post::Post;
use crate::text::{Span, holding, past_quotes, trimmed};

/// Tables of the page that nobody drew.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some(engine) = context.engine().filter(|engine| engine.needs_only_pipes()) else { return };
    for span in accidental(post) {
        let pipes = pipes(context, &span);
        let one = !post.text[span].contains('\n');
        let (what, why) = if one { ("line", "it has") } else { ("paragraph", "each of its lines has") };
        let message = format!("this {what} becomes a table: {why} a `|`, and {} wants no more", engine.name());
        let finding = findings.at(span, message);
        if let Some(Edit { span: Span { start, .. }, .. }) = pipes.first() {
            finding.label(Span::new(*start, start + 1), "a cell of the table ends here");
        }
        finding.help("write `\\|` for a pipe in running text, `\\vert` for one in a formula");
        if !pipes.is_empty() {
            finding.unsafe_fix("escape the pipes", pipes);
        }
    }
}

/// The tables that stand where the source shows running text.
pub(super) fn accidental(post: &Post) -> Vec<Span> {
    let tables = post.markup().filter(|(_, element, _)| element.tag == Tag::Table);
    tables.map(|(.., span)| trimmed(post.text, span)).filter(|span| !is_drawn(&post.text[*span])).collect()
}

/// Whether somebody drew a table: with a line below its head, with a pipe at both ends of its row, or with one at the
/// start of each of its rows.
fn is_drawn(source: &str) -> bool {
    let rows = || source.lines().map(|line| past_quotes(line).trim_end());
    let divides = |row: &str| row.contains('-') && row.bytes().all(|byte| b"|-:=+ \t".contains(&byte));
    let boxed = |row: &str| row.len() > 1 && row.starts_with('|') && row.ends_with('|');
    let several = rows().nth(1).is_some();
    rows().any(divides) || rows().all(|row| boxed(row) || several && row.starts_with('|'))
}

/// Edits that make each bare pipe a character of the text.
fn pipes(context: &RuleContext, span: &Span) -> Vec<Edit> {
    let post = context.post;
    let bytes = post.text.as_bytes();
    // What stands there if nobody draws a table: GitHub's engine wants a line below the head of one.
    let mut page = MarkdownEngine::usual().page(post.text, &MappedText::verbatim(post.text, *span));
    let meant = document::read(post.text, *span, &mut page);
    let mut edits = Vec::new();
    let mut at = span.start;
    while at < span.end {
        let length = 1 + usize::from(bytes[at] == b'|' && bytes.get(at + 1) == Some(&b'|'));
        let pipe = Span::new(at, at + length);
        let escaped = at > 0 && bytes[at - 1] == b'\\';
        // Liquid takes its own pipes away before the engine reads the line.
        let is_read = || meant.code_at(at).is_none() && !context.blog.has_template(post, &pipe);
        if bytes[at] == b'|' && !escaped && is_read() {
            edits.push(Edit::new(pipe, written(post, &meant, &pipe)));
        }
        at += length;
    }
    edits
}

/// What to write for one pipe or two, so that they arrive: an address and a tag of HTML would keep a backslash, and in a
/// formula `\|` is another sign.
fn written(post: &Post, meant: &Document, pipe: &Span) -> String {
    let is_in = |span: &Span| span.contains(&pipe.start);
    let in_address = meant.link_at(pipe.start).and_then(|link| link.destination_span.as_ref()).is_some_and(is_in);
    match (post.body.formula_at(pipe.start).is_some(), pipe.len()) {
        (true, 1) => "\\vert ".to_owned(),
        (true, _) => "\\Vert ".to_owned(),
        (false, length) if in_address => "%7C".repeat(length),
        (false, length) if holding(&meant.html, pipe.start, |html| html).is_some() => "&#124;".repeat(length),
        (false, length) => "\\|".repeat(length),
    }
}
