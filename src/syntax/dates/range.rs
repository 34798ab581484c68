//! A range of days as it is written, and what it means.

use jiff::civil::{Date, Weekday};

use super::calendar::Resolved;
use super::month_week;
use super::place::Place;
use super::week::WeekLabel;
use super::written::Written;
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
    /// The week of a month with this number, and 0 for the last: `10월 1주차`, `10월 마지막 주`. Nobody says which days it has, so both are the first of the
    /// month and not in the calendar.
    WeekOfMonth(u8),
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
        !self.resolved().exists()
    }

    fn resolved(&self) -> Resolved {
        Resolved { year: self.year, month: self.month.into(), day: self.day.into() }
    }

    pub(super) fn new(written: &Written, resolved: Resolved) -> Day {
        Day {
            span: written.span,
            year: resolved.year,
            month: resolved.month as u8,
            day: resolved.day as u8,
            date: resolved.date(),
            weekday: written.weekday,
        }
    }

    pub(super) fn of(date: Date, span: Span) -> Day {
        let (year, month, day) = (Some(date.year()), date.month() as u8, date.day() as u8);
        Day { span, year, month, day, date: Some(date), weekday: None }
    }
}

impl DateRange {
    /// A range with its year, and nothing more of it in the line.
    pub(super) fn new(span: Span, form: RangeForm, place: Place, start: Day, end: Option<Day>) -> DateRange {
        DateRange { span, form, place, start, end, year_written: true, stated_days: None, week: None }
    }

    /// Its first and its last day, if both are in the calendar.
    pub(crate) fn dates(&self) -> Option<(Date, Date)> {
        Some((self.start.date?, self.end.as_ref()?.date?))
    }

    /// The days that it may have: those that it has, or all that the week of a month can have.
    pub(crate) fn possible_days(&self) -> Option<(Date, Date)> {
        match self.form {
            RangeForm::WeekOfMonth(week) => month_week::days(self.start.year?, self.start.month.into(), week.into()),
            _ => self.dates(),
        }
    }

    /// How many days it has, both ends counted; `None` if an end is open, impossible or without a year.
    /// Zero or less for a reversed range.
    pub(crate) fn days(&self) -> Option<i32> {
        let (start, end) = self.dates()?;
        Some(start.until(end).ok()?.get_days() + 1)
    }

    /// The same range in a text that its line begins so many bytes into.
    pub(super) fn moved(mut self, by: usize) -> Self {
        let week = self.week.as_mut().map(|week| &mut week.span);
        let stated = self.stated_days.as_mut().map(|(_, span)| span);
        let days = [Some(&mut self.start), self.end.as_mut()].into_iter().flatten();
        let spans = days.flat_map(|day| [Some(&mut day.span), day.weekday.as_mut().map(|(_, span)| span)]);
        for span in spans.chain([Some(&mut self.span), week, stated]).flatten() {
            *span = Span::new(span.start + by, span.end + by);
        }
        self
    }
}
