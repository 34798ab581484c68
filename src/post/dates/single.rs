//! Ranges that are written with one date or none: an open end, the week of a day, a week of the year.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar;
use super::place::{self, Place};
use super::range::{DateRange, Day, RangeForm};
use super::scan::{Scan, is_latin};
use super::week::WeekLabel;
use super::words::{self, Separator};
use super::written::{self, Form};
use crate::text::Span;

/// Words for an end that has not come yet.
const STILL: [&str; 9] = ["현재", "진행", "ing", "now", "present", "today", "至今", "现在", "現在"];

/// Words in front of the first day of a week, in lower case.
const WEEK_OF: [&str; 10] = [
    "week of ",
    "week commencing ",
    "week beginning ",
    "week starting ",
    "w/c ",
    "semaine du ",
    "semana del ",
    "woche vom ",
    "woche ab ",
    "wk of ",
];

/// `2023.03.05 ~`, `2023년 3월 5일 ~ 현재`: a date with its year, and nothing behind the separator.
pub(super) fn open_end(scan: Scan) -> Option<DateRange> {
    written::read(scan).into_iter().filter(|(written, _)| has_year(&written.form)).find_map(|(written, mut rest)| {
        let (separator, _) = words::separator(&mut rest)?;
        let still = rest.eat_any(&STILL).is_some();
        let over = rest.peek().is_none_or(|c| matches!(c, ')' | '）' | ']'));
        let filled = calendar::fill(&written, &written, None)?;
        let place = place::place(rest.text, &written.span, rest.at);
        let is_open = still || (over && separator == Separator::Sign);
        (is_open && place != Place::InText && filled.start.exists()).then(|| DateRange {
            span: written.span.start..rest.text[..rest.at].trim_end().len(),
            form: RangeForm::OpenEnd,
            place,
            start: Day::new(&written, filled.start),
            end: None,
            year_written: true,
            stated_days: None,
            week: None,
        })
    })
}

fn has_year(form: &Form) -> bool {
    match form {
        Form::Numbers { numbers, .. } => numbers.len() == 3,
        Form::Units { year, .. } | Form::Named { year, .. } => year.is_some(),
        Form::Day { .. } => false,
    }
}

/// `Week of Feb 16, 2015`: seven days from the one that is named.
pub(super) fn week_of(scan: Scan, near: Option<Date>) -> Option<DateRange> {
    let line = scan.text;
    let mut ahead = scan;
    let lead = ahead.eat_while(|c| is_latin(c) || matches!(c, ' ' | '/')).to_lowercase();
    let phrase = WEEK_OF.iter().find(|phrase| lead.starts_with(**phrase))?;
    let start = scan.at + phrase.len();
    let mut date = Scan::new(line, start);
    date.eat_any(&["the ", "Monday ", "monday "]);
    let near_start = near.and_then(|near| near.checked_sub(6.days()).ok());
    written::read(date).into_iter().filter(|(written, _)| !matches!(written.form, Form::Day { .. })).find_map(
        |(written, rest)| {
            let filled = calendar::fill(&written, &written, near_start)?;
            let first = Day::new(&written, filled.start);
            let last = match first.date {
                Some(date) => Day::of(date.checked_add(6.days()).ok()?, written.span.clone()),
                None => first.clone(),
            };
            (place::free_after(rest) && filled.start.exists()).then(|| DateRange {
                span: scan.at..written.span.end,
                form: RangeForm::WeekOf,
                place: place::place(line, &(scan.at..written.span.end), rest.at),
                start: first,
                end: Some(last),
                year_written: filled.year_written,
                stated_days: None,
                week: None,
            })
        },
    )
}

/// The days of a week label.
pub(super) fn weeks(line: &str, label: &WeekLabel) -> Option<DateRange> {
    let (monday, sunday) = label.days()?;
    let span: Span = label.span.clone();
    Some(DateRange {
        form: RangeForm::Week,
        place: place::place(line, &span, span.end),
        start: Day::of(monday, span.clone()),
        end: Some(Day::of(sunday, span.clone())),
        year_written: true,
        stated_days: None,
        week: None,
        span,
    })
}
