//! From numbers as written to days of the calendar: their order, elided parts, the year.

use jiff::civil::Date;

use super::scan::Number;
use super::written::{Form, Written};

/// Years that a blog's dates lie in; other numbers are no years.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// How far a range may reach over a new year that it does not write, in days.
const ACROSS_NEW_YEAR: i32 = 100;

/// The full year of a two-digit one, as Ruby's `Date._parse` takes it: 69 to 99 are of the last century.
pub(super) fn full_year(number: Number) -> i16 {
    match (number.digits, number.value) {
        (2, 69..) => 1900 + number.value as i16,
        (2, _) => 2000 + number.value as i16,
        _ => number.value as i16,
    }
}

/// In which order three numbers stand; two have lost their year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Ymd,
    Mdy,
    Dmy,
}

/// What one side of a range says itself.
#[derive(Debug, Clone, Copy)]
struct Parts {
    year: Option<i16>,
    month: Option<u16>,
    day: u16,
}

/// A day with nothing elided; the year is missing where the text has none and no date was near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Resolved {
    pub year: Option<i16>,
    pub month: u16,
    pub day: u16,
}

impl Resolved {
    /// The day in the calendar, if there is one and its year is known.
    pub(crate) fn date(&self) -> Option<Date> {
        Date::new(self.year?, self.month as i8, self.day as i8).ok()
    }

    /// True if some year has this day.
    pub(crate) fn exists(&self) -> bool {
        Resolved { year: self.year.or(Some(2000)), ..*self }.date().is_some()
    }

    /// A number that grows with the calendar also over days that it lacks: twelve months of 31 days.
    fn serial(&self) -> i32 {
        i32::from(self.year.unwrap_or(0)) * YEAR + i32::from(self.month) * 31 + i32::from(self.day)
    }
}

const YEAR: i32 = 12 * 31;

fn serial(date: Date) -> i32 {
    Resolved { year: Some(date.year()), month: date.month() as u16, day: date.day() as u16 }.serial()
}

/// Both sides of a range with everything filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Filled {
    pub start: Resolved,
    pub end: Resolved,
    /// A year stands in the text, at either side.
    pub year_written: bool,
}

impl Filled {
    /// About how many days lie between the sides, less than zero for a reversed range.
    pub(crate) fn length(&self) -> i32 {
        let length = self.end.serial() - self.start.serial();
        if self.start.year.is_none() { length.rem_euclid(YEAR) } else { length }
    }

    /// How unlikely a reading is: the range is long, or far from the date it should be near.
    fn cost(&self, near: Option<Date>) -> i32 {
        let wrong = [self.start, self.end].iter().filter(|day| day.month > 12).count() as i32 * 10 * YEAR;
        let far = near.map_or(0, |near| (self.end.serial() - serial(near)).abs());
        let long = if self.start.year.is_some() { self.length().abs() } else { 0 };
        wrong + far + long
    }
}

/// Fills a range; of the orders its numbers may have, takes the shortest and nearest reading.
pub(super) fn fill(start: &Written, end: &Written, near: Option<Date>) -> Option<Filled> {
    [Order::Ymd, Order::Mdy, Order::Dmy]
        .into_iter()
        .filter_map(|order| fill_parts(parts(start, order)?, parts(end, order)?, near))
        .min_by_key(|filled| filled.cost(near))
}

fn fill_parts(start: Parts, end: Parts, near: Option<Date>) -> Option<Filled> {
    let end_month = end.month.or(start.month)?;
    let start_month = start.month.unwrap_or(if start.day > end.day { previous(end_month) } else { end_month });
    if end.month.is_none() && start.day >= end.day {
        return None;
    }
    let wraps = (start_month, start.day) > (end_month, end.day);
    let turn = i16::from(wraps);
    let (start_year, end_year) = match (start.year, end.year) {
        (Some(start), Some(end)) => (Some(start), Some(end)),
        (Some(start), None) => (Some(start), Some(start + turn)),
        (None, Some(end)) => (Some(end - turn), Some(end)),
        (None, None) => {
            let year = near.map(|near| nearest_year(end_month, end.day, near));
            (year.map(|year| year - turn), year)
        }
    };
    let filled = Filled {
        start: Resolved { year: start_year, month: start_month, day: start.day },
        end: Resolved { year: end_year, month: end_month, day: end.day },
        year_written: start.year.or(end.year).is_some(),
    };
    let both_full = start.year.is_some() && end.year.is_some();
    let plausible = both_full || !wraps || filled.length() <= ACROSS_NEW_YEAR;
    plausible.then_some(filled)
}

fn previous(month: u16) -> u16 {
    if month <= 1 { 12 } else { month - 1 }
}

/// The year that brings month and day closest to a date.
fn nearest_year(month: u16, day: u16, near: Date) -> i16 {
    let distance = |year: i16| (Resolved { year: Some(year), month, day }.serial() - serial(near)).abs();
    let year = near.year();
    [year, year.saturating_sub(1), year.saturating_add(1)]
        .into_iter()
        .min_by_key(|&year| distance(year))
        .unwrap_or(year)
}

/// The numbers of a date in an order; `None` if they cannot stand in it.
fn parts(date: &Written, order: Order) -> Option<Parts> {
    let (year, month, day) = match &date.form {
        Form::Numbers { sign, numbers, .. } => ordered(*sign, date.dotted, numbers, order)?,
        Form::Units { year, month, day } => (*year, *month, *day),
        Form::Named { year, month, day, .. } => (*year, Some(Number { value: *month, digits: 2 }), *day),
        Form::Day { year, day } => (*year, None, *day),
    };
    let year = match year.map(full_year) {
        Some(year) if !YEARS.contains(&year) => return None,
        year => year,
    };
    Some(Parts { year, month: month.map(|month| month.value), day: day.value })
}

type Ordered = (Option<Number>, Option<Number>, Number);

fn ordered(sign: char, dotted: bool, numbers: &[Number], order: Order) -> Option<Ordered> {
    let (year, month, day) = match (numbers, order) {
        (&[month, day], Order::Ymd | Order::Mdy) => (None, month, day),
        (&[day, month], Order::Dmy) if sign == '/' || dotted => (None, month, day),
        (&[year, month, day], Order::Ymd) => (Some(year), month, day),
        (&[month, day, year], Order::Mdy) if sign != '.' => (Some(year), month, day),
        (&[day, month, year], Order::Dmy) => (Some(year), month, day),
        _ => return None,
    };
    let year_fits = year.is_none_or(|year| year.digits == 2 || year.digits == 4);
    (year_fits && month.digits <= 2 && day.digits <= 2).then_some((year, Some(month), day))
}
