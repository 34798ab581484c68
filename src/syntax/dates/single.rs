//! Ranges that are written with one date or none: an open end, the week of a day, a week of the year.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar;
use super::place::{self, Place};
use super::range::{DateRange, Day, RangeForm};
use super::scan::Scan;
use super::week::WeekLabel;
use super::words::{self, Separator};
use super::written::{Form, Written};
use crate::text::Span;

/// Words for an end that has not come yet.
const STILL: [&str; 9] = ["현재", "진행", "ing", "now", "present", "today", "至今", "现在", "現在"];

/// Words in front of the first day of a week, in lower case.
const WEEK_OF: [&str; 10] = [
    "week of ", "week commencing ", "week beginning ", "week starting ", "w/c ", "semaine du ", "semana del ",
    "woche vom ", "woche ab ", "wk of ",
];

/// `2023.03.05 ~`, `2023년 3월 5일 ~ 현재`: a date with its year, and nothing behind the separator.
pub(super) fn open_end(date: &Written, mut rest: Scan) -> Option<DateRange> {
    let (separator, _) = words::separator(&mut rest)?;
    let still = rest.eat_any(&STILL).is_some();
    let over = rest.peek().is_none_or(|c| matches!(c, ')' | '）' | ']'));
    let filled = calendar::fill(date, date, None).filter(|filled| has_year(&date.form) && filled.start.exists())?;
    let span = Span::new(date.span.start, rest.text[..rest.at].trim_end().len());
    let place = place::place(rest.text, &span, rest.at);
    let is_open = still || (over && separator == Separator::Sign);
    let start = Day::new(date, filled.start);
    (is_open && place != Place::InText).then(|| DateRange::new(span, RangeForm::OpenEnd, place, start, None))
}

fn has_year(form: &Form) -> bool {
    match form {
        Form::Numbers { numbers, .. } => numbers.len() == 3,
        Form::Units { year, .. } | Form::Named { year, .. } => year.is_some(),
        Form::Day { .. } => false,
    }
}

/// `Week of Feb 16, 2015`: seven days from the one that is named.
pub(super) fn week_of(date: &Written, rest: Scan, near: Option<Date>) -> Option<DateRange> {
    let line = rest.text;
    let span = Span::new(week_of_start(&line[..date.span.start])?, date.span.end);
    let near_start = near.and_then(|near| near.checked_sub(6.days()).ok());
    let filled = calendar::fill(date, date, near_start).filter(|filled| filled.start.exists())?;
    let start = Day::new(date, filled.start);
    let end = match start.date {
        Some(date) => Day::of(date.checked_add(6.days()).ok()?, start.span),
        None => start.clone(),
    };
    let place = place::place(line, &span, rest.at);
    let range = DateRange::new(span, RangeForm::WeekOf, place, start, Some(end));
    place::free_after(rest).then_some(DateRange { year_written: filled.year_written, ..range })
}

/// Where `week of ` begins, if the text ends with it.
fn week_of_start(before: &str) -> Option<usize> {
    let before = before.strip_suffix("the ").unwrap_or(before);
    WEEK_OF.iter().find_map(|phrase| {
        let at = before.len().checked_sub(phrase.len())?;
        before.get(at..).filter(|end| end.eq_ignore_ascii_case(phrase)).map(|_| at)
    })
}

/// The days of a week label.
pub(super) fn weeks(line: &str, label: &WeekLabel) -> Option<DateRange> {
    let (span, days) = (label.span, label.days()?);
    let [monday, sunday] = [days.0, days.1].map(|day| Day::of(day, span));
    Some(DateRange::new(span, RangeForm::Week, place::place(line, &span, span.end), monday, Some(sunday)))
}
