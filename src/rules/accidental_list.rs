//! `rules/accidental-list.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::syntax::dates;
use crate::text::Span;

/// The date line of the header where Markdown really makes a list of it, and years that become numbers of a list.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    date_line(context, findings);
    if context.engine().is_some_and(MarkdownEngine::counts_from_one) {
        years(context, findings);
    }
}

fn date_line(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some(range) = &post.date_range else { return };
    let line = post.line_of(&range.span);
    let Some(list) = dates::reads_as_list(&post.text[line]) else { return };
    let span = Span::new(line.start + list.span.start, line.start + list.span.end);
    if post.body.items.iter().any(|item| item.span.start == span.start) {
        let message = format!("`{}` becomes a numbered list", &post.text[span]);
        let schema = context.kind.and_then(|kind| kind.schema.date_range.as_ref());
        let asked = schema.and_then(|schema| schema.format.as_ref()).zip(range.dates());
        let safe = asked.map_or(list.safe, |(format, (start, end))| format.write(start, end));
        let edit = Edit::new(span, &*safe);
        let finding = findings.at(span, message).help(format!("write `{safe}`"));
        finding.unsafe_fix("write the days so that they stay text", vec![edit]);
    }
}

/// kramdown counts every list from 1 (2.4.0, `converter/html.rb`), so that the year is lost.
fn years(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let engine = context.engine().map_or("the engine", MarkdownEngine::name);
    let in_header = post.date_range.as_ref().map(|range| post.line_of(&range.span));
    for item in post.body.items.iter().filter(|item| item.span.start == item.list.start) {
        let marker = &post.text[item.marker];
        let is_year = item.number.is_some_and(|number| (1900..=2100).contains(&number)) && marker.ends_with('.');
        if is_year && in_header.as_ref().is_none_or(|line| !line.contains(&item.span.start)) {
            let year = marker.trim_end_matches('.');
            let message = format!("`{marker}` becomes the number of a list, and {engine} shows `1.` instead");
            let finding = findings.at(item.marker, message).help(format!("write `{year}\\.`"));
            // As text it would be part of the paragraph right above.
            let above =
                post.text[post.body.span.start..post.line_of(&item.marker).start].trim_end_matches([' ', '\t', '\r']);
            let above = above.strip_suffix('\n').map_or("", |above| above.rsplit('\n').next().unwrap_or(above));
            if above.trim_matches([' ', '\t', '\r', '>']).is_empty() {
                finding.unsafe_fix("escape the full stop", vec![Edit::insert(item.marker.end - 1, "\\")]);
            }
        }
    }
}
