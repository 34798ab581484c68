//! `rules/accidental-list.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::syntax::dates;
use crate::text::Span;

/// The date line of the header where Markdown really makes a list of it, and years that become numbers of a list.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    date_line(context, findings);
    match context.engine() {
        Some(engine) if engine.counts_from_one() => years(context, findings),
        Some(engine) => days(context, engine, findings),
        None => {}
    }
}

/// `2022. 10. 3.` at the head of a line: each number with a period begins a list within the one before.
fn days(context: &RuleContext, engine: &MarkdownEngine, findings: &mut Findings) {
    let post = context.post;
    let in_header = post.date_range.as_ref().map(|range| post.line_of(&range.span));
    for pair in post.body.items.windows(2) {
        let [year, month] = pair else { continue };
        let is_date = year.number.is_some_and(|number| (1900..=2100).contains(&number))
            && month.number.is_some_and(|number| (1..=12).contains(&number));
        let between = &post.text[year.marker.end..month.marker.start.max(year.marker.end)];
        let is_one_line = between.chars().all(|sign| sign == ' ') && post.text[year.marker].ends_with('.');
        if !is_date || !is_one_line || in_header.as_ref().is_some_and(|line| line.contains(&year.span.start)) {
            continue;
        }
        let line = post.line_of(&year.marker);
        let digits = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ' ');
        let rest = &post.text[year.marker.start..line.end];
        let date = rest.find(|sign| !digits(sign)).map_or(rest, |end| &rest[..end]).trim_end();
        let number = post.text[year.marker].trim_end_matches('.');
        let message = format!("`{date}` becomes lists within lists: {} begins one at each number", engine.name());
        let span = Span::new(year.marker.start, year.marker.start + date.len());
        let finding = findings.at(span, message).help(format!("write `{number}\\.`"));
        finding.unsafe_fix("escape the first full stop", vec![Edit::insert(year.marker.end - 1, "\\")]);
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
