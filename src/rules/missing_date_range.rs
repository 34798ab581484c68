//! `rules/missing-date-range.md`

use jiff::ToSpan;
use jiff::civil::Date;

use super::Subject;
use crate::finding::Findings;
use crate::kinds::schema::{DateRangeSchema, FileDatePlace};
use crate::text::first_line;

/// No line of the header has the days that the post is about.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let Some(schema) = subject.kind.and_then(|kind| kind.schema.date_range.as_ref()) else { return };
    let post = subject.post;
    if post.date_range.is_some() {
        return;
    }
    let title = post.title_heading().map(|heading| first_line(post.text, heading.span.clone()));
    let place = if title.is_some() { "below this" } else { "above this" };
    let span = title.unwrap_or_else(|| post.first_line());
    let example = post.date().and_then(|date| days(schema, date)).map(|(start, end)| match &schema.format {
        Some(format) => format.write(start, end),
        None => format!("{start} - {end}"),
    });
    let example = example.map_or_else(|| "a line with them".to_owned(), |example| format!("a line such as `{example}`"));
    findings.at(span, "no line says which days this is about").help(format!("{example} belongs {place}"));
}

/// The days that a post of a day is probably about.
fn days(schema: &DateRangeSchema, date: Date) -> Option<(Date, Date)> {
    let more = (i32::from(schema.days.unwrap_or(7)) - 1).days();
    let start = match (schema.file_date, schema.starts_on) {
        (Some(FileDatePlace::Start), _) => date,
        (Some(FileDatePlace::End), _) | (_, None) => date.checked_sub(more).ok()?,
        (_, Some(weekday)) => date.tomorrow().ok()?.nth_weekday(-1, weekday.in_calendar()).ok()?,
    };
    Some((start, start.checked_add(more).ok()?))
}
