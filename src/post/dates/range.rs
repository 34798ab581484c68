//! Ranges of days: which pairs of written dates are one, and what they mean.

use jiff::civil::{Date, Weekday};

use super::calendar::Resolved;
use super::place::{self, Place};
use super::scan::{Scan, is_latin};
use super::week::{self, WeekLabel};
use super::written::{self, Written};
use super::{pair, single, words};
use crate::text::Span;

/// A range of days as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateRange {
    /// From the first byte of the start to the last of the end, without markup and brackets around them.
    pub span: Span,
    /// How the range is written.
    pub form: RangeForm,
    /// Where in its line it stands.
    pub place: Place,
    /// Its first day.
    pub start: Day,
    /// Its last day, which belongs to the range; `None` for an open end.
    pub end: Option<Day>,
    /// True if the line has a year; else it was taken from the date nearby, or is unknown.
    pub year_written: bool,
    /// How many days the line says that it has: 7 for `(7일)`, 21 for `(3주)`.
    pub stated_days: Option<(u32, Span)>,
    /// The week of the year that stands in the line, perhaps beside the days.
    pub week: Option<WeekLabel>,
}

/// How a range is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RangeForm {
    /// Two days: `22.10.03 - 22.10.09`.
    Days,
    /// A day and a separator: `2022.10.03 ~`.
    OpenEnd,
    /// Seven days by their first: `Week of Feb 16`. Both days have the span of the one that is written.
    WeekOf,
    /// Weeks of the year: `2022-W06`. Both days have the span of the label.
    Week,
}

/// One side of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// What is written of it, its weekday included.
    pub span: Span,
    /// The year, written or inferred.
    pub year: Option<i16>,
    /// The month, as written or from the other side; 13 stays 13.
    pub month: u8,
    /// The day of the month as written.
    pub day: u8,
    /// The day in the calendar; `None` if there is no such day, or no year.
    pub date: Option<Date>,
    /// The weekday as written, and its bytes without brackets.
    pub weekday: Option<(Weekday, Span)>,
}

impl Day {
    /// True if no calendar has the day: `2022.02.30`, `13월 1일`; without a year only if no year has it.
    pub(crate) fn is_impossible(&self) -> bool {
        self.date.is_none() && (self.year.is_some() || !self.resolved().exists())
    }

    fn resolved(&self) -> Resolved {
        Resolved { year: self.year, month: self.month.into(), day: self.day.into() }
    }

    pub(super) fn new(written: &Written, resolved: Resolved) -> Day {
        Day {
            span: written.span.clone(),
            year: resolved.year,
            month: resolved.month as u8,
            day: resolved.day as u8,
            date: resolved.date(),
            weekday: written.weekday.clone(),
        }
    }

    pub(super) fn of(date: Date, span: Span) -> Day {
        Day {
            span,
            year: Some(date.year()),
            month: date.month() as u8,
            day: date.day() as u8,
            date: Some(date),
            weekday: None,
        }
    }
}

impl DateRange {
    /// Its first and its last day, if both are in the calendar.
    pub(crate) fn dates(&self) -> Option<(Date, Date)> {
        Some((self.start.date?, self.end.as_ref()?.date?))
    }

    /// How many days it has, both ends counted; `None` if an end is open, impossible or without a year.
    /// Zero or less for a reversed range.
    pub(crate) fn days(&self) -> Option<i32> {
        let (start, end) = self.dates()?;
        Some(start.until(end).ok()?.get_days() + 1)
    }

    fn moved(mut self, by: usize) -> Self {
        let week = self.week.as_mut().map(|week| &mut week.span);
        let stated = self.stated_days.as_mut().map(|(_, span)| span);
        let days = [Some(&mut self.start), self.end.as_mut()].into_iter().flatten();
        let spans = days.flat_map(|day| [Some(&mut day.span), day.weekday.as_mut().map(|(_, span)| span)]);
        for span in spans.chain([Some(&mut self.span), week, stated]).flatten() {
            *span = span.start + by..span.end + by;
        }
        self
    }
}

/// Whether a line has what every range has: two numbers with something between them that separates, or a number and
/// the word for a week. Nearly all lines lack it, and are not looked at closely.
fn may_hold_range(line: &str) -> bool {
    let bytes = line.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let numbers = (0..bytes.len()).filter(|&at| digit(at) && !digit(at + 1)).count();
    let separates = |byte: &u8| matches!(byte, b'-' | b'~') || !byte.is_ascii();
    match numbers {
        0 => false,
        1 => holds(bytes, week::STEMS),
        _ => bytes.iter().any(separates) || holds(bytes, &words::LATIN_WORDS) || holds(bytes, week::STEMS),
    }
}

/// Whether a line holds one of these words in lower case, whatever the case of its own letters.
fn holds(line: &[u8], words: &[&str]) -> bool {
    let begins = |at: usize, word: &[u8]| {
        line[at].to_ascii_lowercase() == word[0]
            && line.get(at..at + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word))
    };
    // Most letters begin none of the words.
    let mut first = [false; 256];
    for word in words {
        first[usize::from(word.as_bytes()[0])] = true;
    }
    let may_begin = |at: &usize| first[usize::from(line[*at].to_ascii_lowercase())];
    (0..line.len()).filter(may_begin).any(|at| words.iter().any(|word| begins(at, word.as_bytes())))
}

/// Bytes of a line that are looked at: a header is short.
const HEAD: usize = 300;

/// Reads the first range of a line.
///
/// `offset` is where the line begins in the file: all spans count from the start of the file. `near` is a date of the
/// post: a range without a year gets the one that puts its end nearest to it.
pub(crate) fn read_range(line: &str, offset: usize, near: Option<Date>) -> Option<DateRange> {
    let (line, is_cut) = head(line);
    if !may_hold_range(line) {
        return None;
    }
    let week = week::read(line, near);
    let labelled = week.as_ref().and_then(WeekLabel::days).map(|(_, sunday)| sunday);
    let near = labelled.or(near);
    let dates = dates(line);
    let mut range = (dates.iter().find_map(|(date, rest)| pair::read(date, *rest, near)))
        .or_else(|| dates.iter().find_map(|(date, rest)| single::open_end(date, *rest)))
        .or_else(|| dates.iter().find_map(|(date, rest)| single::week_of(date, *rest, near)))
        .or_else(|| single::weeks(line, week.as_ref()?))?;
    if is_cut && range.span.end == line.len() {
        return None;
    }
    range.week = week;
    Some(range.moved(offset))
}

/// The part of a line that is looked at, and whether there is more.
fn head(line: &str) -> (&str, bool) {
    let end = (0..=HEAD.min(line.len())).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
    (&line[..end], end < line.len())
}

/// All readings of all dates of a line, and where the text goes on; what is part of a date begins no other.
fn dates(line: &str) -> Vec<(Written, Scan<'_>)> {
    let mut dates = Vec::new();
    let mut free_from = 0;
    for (at, _) in line.char_indices().filter(|&(_, c)| c.is_ascii_digit() || is_latin(c)) {
        let scan = Scan::new(line, at);
        if at < free_from || !place::free_before(scan) {
            continue;
        }
        let readings = written::read(scan);
        free_from = readings.first().filter(|(date, _)| !date.may_be_marker()).map_or(at, |(date, _)| date.span.end);
        dates.extend(readings);
    }
    dates
}
