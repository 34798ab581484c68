//! `rules/missing-date-range.md`

use jiff::ToSpan;
use jiff::civil::Date;

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::kinds::Lengths;
use crate::kinds::schema::{DateRangeSchema, FileDatePlace};
use crate::post::Post;
use crate::syntax::dates;

/// No line of the header has the days that the post is about.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(schema) = context.kind.and_then(|kind| kind.schema.date_range.as_ref()) else { return };
    let post = context.post;
    if post.date_range.is_some() {
        return;
    }
    let title = post.title_heading().map(|heading| heading.span);
    let place = if title.is_some() { "below this" } else { "above this" };
    let span = title.unwrap_or_else(|| post.first_line());
    let example = post.date().and_then(|date| days(schema, date)).map(|(start, end)| match &schema.format {
        Some(format) => format.write(start, end),
        None => format!("{start} - {end}"),
    });
    let example =
        example.map_or_else(|| "a line with them".to_owned(), |example| format!("a line such as `{example}`"));
    let finding = findings.at(span, "no line says which days this is about");
    finding.help(format!("{example} belongs {place}"));
    if let Some(edit) = sure_line(schema, post).and_then(|line| put(post, &line)) {
        finding.unsafe_fix(format!("put the line {place}"), vec![edit]);
    }
}

/// The line with the days, where the kind leaves no doubt about them.
fn sure_line(schema: &DateRangeSchema, post: &Post) -> Option<String> {
    let is_told = match schema.file_date? {
        FileDatePlace::Start | FileDatePlace::End => true,
        FileDatePlace::Inside => schema.starts_on.is_some() && schema.days == Some(Lengths(vec![7])),
        FileDatePlace::Any => false,
    };
    let day = post.date()?;
    let (start, end) =
        days(schema, day).filter(|_| is_told && schema.days.as_ref().is_some_and(|days| days.0.len() == 1))?;
    let fits = schema.starts_on.is_none_or(|weekday| start.weekday() == weekday.in_calendar());
    let line = schema.format.as_ref()?.write(start, end);
    let is_read = dates::read_range(&line, 0, Some(day)).and_then(|range| range.dates()) == Some((start, end));
    (fits && is_read && dates::reads_as_list(&line).is_none()).then_some(line)
}

/// Puts a line below the title, or on top of the text, apart from what stands there.
fn put(post: &Post, line: &str) -> Option<Edit> {
    let Some(title) = post.title_heading() else {
        let first = post.first_line();
        return (first.start >= post.body.span.start).then(|| Edit::insert(first.start, format!("{line}\n\n")));
    };
    let below = post.text[title.span.end..].split('\n').nth(1).unwrap_or_default().trim();
    let apart = if below.is_empty() { "" } else { "\n" };
    let is_free = !below.starts_with('{') && title.top;
    is_free.then(|| Edit::insert(title.span.end, format!("\n\n{line}{apart}")))
}

/// The days that a post of a day is probably about.
fn days(schema: &DateRangeSchema, date: Date) -> Option<(Date, Date)> {
    let more = (i32::from(schema.days.as_ref().map_or(7, Lengths::usual)) - 1).days();
    let start = match (schema.file_date, schema.starts_on) {
        (Some(FileDatePlace::Start), _) => date,
        (Some(FileDatePlace::End), _) | (_, None) => date.checked_sub(more).ok()?,
        (_, Some(weekday)) => date.tomorrow().ok()?.nth_weekday(-1, weekday.in_calendar()).ok()?,
    };
    Some((start, start.checked_add(more).ok()?))
}
