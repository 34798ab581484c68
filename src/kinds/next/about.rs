//! Texts with the days in them that a post is about.

use super::Row;
use super::pattern::{self, Goes, Speaks, Told};
use crate::syntax::dates::{self, DateRange};

/// Stands for the days in a text.
const DAYS: &str = "\u{e004}";

/// How a row of texts goes on, with the days in the form that the kind wants, or else in that of the last ones.
pub(super) fn next(row: &Row, told: &[Told]) -> Goes {
    let marked: Vec<Option<(String, String)>> = told.iter().map(|told| marked(told)).collect();
    let with = marked.iter().flatten().count();
    let Some((first, last)) = row.next.days.filter(|_| with > 0 && with * 3 >= told.len() * 2) else {
        return pattern::next(told, row.next, Speaks::OfDays);
    };
    let both = told.iter().zip(&marked).filter_map(|(told, marked)| Some((told.known, marked.as_ref()?)));
    let (texts, ranges): (Vec<Told>, Vec<Told>) =
        both.map(|(known, (text, days))| (Told { text, known }, Told { text: days, known })).unzip();
    let format = row.schema.date_range.as_ref().and_then(|range| range.format.as_ref());
    let days = match format {
        Some(format) => Some(format.write(first, last)),
        None => [&ranges[..], &ranges[ranges.len() - 1..]].into_iter().find_map(|ranges| {
            let Goes::On(days) = pattern::next(ranges, row.next, Speaks::OfDays) else { return None };
            Some(days).filter(|days| tells(row, days))
        }),
    };
    let days = days.unwrap_or_else(|| plain(row));
    match pattern::next(&texts, row.next, Speaks::OfDays) {
        Goes::On(text) => Goes::On(text.replace(DAYS, &days)),
        Goes::Around(before, behind) => Goes::Around(before.replace(DAYS, &days), behind.replace(DAYS, &days)),
        Goes::Free => Goes::Free,
    }
}

/// The days of the next post in the form of the kind, or in one that everybody reads.
pub(super) fn plain(row: &Row) -> String {
    let Some((first, last)) = row.next.days else { return String::new() };
    match row.schema.date_range.as_ref().and_then(|range| range.format.as_ref()) {
        Some(format) => format.write(first, last),
        None => format!("{} - {}", first.strftime("%Y.%m.%d"), last.strftime("%Y.%m.%d")),
    }
}

/// A text with a mark in the place of the days that its post is about, and those days.
fn marked(told: &Told) -> Option<(String, String)> {
    let range = read(told.text, told.known.own.or(told.known.days.map(|days| days.0)))?;
    let is_so = range.dates().is_some() && range.dates() == told.known.days;
    let (before, behind) = (&told.text[..range.span.start], &told.text[range.span.end..]);
    is_so.then(|| (format!("{before}{DAYS}{behind}"), told.text[range.span].to_owned()))
}

/// The days that the first line of a text tells.
fn read(text: &str, near: Option<jiff::civil::Date>) -> Option<DateRange> {
    dates::read_range(text.split('\n').next()?, 0, near)
}

/// Whether a text tells the days of the next post.
pub(super) fn tells(row: &Row, text: &str) -> bool {
    let is_read = || read(text, row.next.own).is_some_and(|range| range.dates() == row.next.days);
    // Of a day far away a form with two digits of the year tells another one.
    row.next.days.is_some() && (is_read() || text.contains(&plain(row)))
}
