//! A series as it lies in the calendar: cell by cell, each with the posts that claim it.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Member, Sequence};
use crate::kinds::schema::Schema;
use crate::syntax::dates::days_between;

/// The cells of a series from the first that a post claims to the last.
#[derive(Debug)]
pub(crate) struct Calendar {
    /// What a cell is.
    pub unit: Unit,
    /// All of them, also those that no post claims.
    pub cells: Vec<Cell>,
}

/// What a cell of a calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A day.
    Day,
    /// A week, or as many weeks as lie between two posts.
    Week,
    /// A month.
    Month,
    /// A number, where posts have no days that they are about.
    Number,
}

/// A part of a series that a post may be about.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Which part.
    pub slot: Slot,
    /// The posts that are about it, as places among the members.
    pub posts: Vec<usize>,
    /// Whether the series rests there on purpose.
    pub rests: bool,
}

/// Where in its series a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The first day and the last one.
    Days(Date, Date),
    /// The number.
    Number(u64),
}

/// Why there is no calendar of a series.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Undrawn {
    /// It has no posts.
    Empty,
    /// No post of it has a day or a number.
    Placeless,
    /// So many days lie between its posts.
    Rare(i32),
    /// So many cells lie between the first post and the last, nearly all of them empty.
    Sparse(i64),
}

/// The rarest series that is drawn, by days from one post to the next: one of every month.
const RAREST: i32 = 45;

/// A post is about so many cells at most; one with more has a slip in its days.
const WIDEST: i64 = 26;

impl Calendar {
    /// That of the posts of a kind.
    pub(crate) fn of(schema: &Schema, sequence: &Sequence) -> Result<Calendar, Undrawn> {
        let members = &sequence.members;
        let number = schema.series.as_ref().and_then(|series| series.number.as_ref());
        if members.is_empty() {
            return Err(Undrawn::Empty);
        }
        let told = members.iter().filter(|member| member.days.is_some()).count();
        let by_days = schema.date_range.is_some() || told * 2 >= members.len();
        if !by_days && number.is_some() && members.iter().any(|member| !member.numbers.is_empty()) {
            let numbers = |member: &Member| member.numbers.first().map(|number| (number.first, number.last));
            let claims = members.iter().map(|member| {
                let (first, last) = numbers(member)?;
                Some((i64::try_from(first).ok()?, i64::try_from(last).ok()?))
            });
            let cells = cells(claims, |number| Some((Slot::Number(number.try_into().ok()?), false)))?;
            return Ok(Calendar { unit: Unit::Number, cells });
        }
        let grid = Grid::of(schema, sequence)?;
        let rests = |first, last| schema.series.as_ref().is_some_and(|series| series.rests(first, last));
        let slot = |cell: i64| {
            let (first, last) = grid.days(cell)?;
            Some((Slot::Days(first, last), rests(first, last)))
        };
        let claims = members.iter().map(|member| grid.claim(member, sequence.delay));
        Ok(Calendar { unit: grid.unit, cells: cells(claims, slot)? })
    }
}

/// The cells from the first that is claimed to the last.
fn cells(
    claims: impl Iterator<Item = Option<(i64, i64)>>,
    slot: impl Fn(i64) -> Option<(Slot, bool)>,
) -> Result<Vec<Cell>, Undrawn> {
    let mut posts: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    let mut count = 0;
    for (member, claim) in claims.enumerate() {
        let Some((first, last)) = claim else { continue };
        count += 1;
        (first..=last.min(first.saturating_add(WIDEST))).for_each(|cell| posts.entry(cell).or_default().push(member));
    }
    let (Some((&first, _)), Some((&last, _))) = (posts.first_key_value(), posts.last_key_value()) else {
        return Err(Undrawn::Placeless);
    };
    let all = last.saturating_sub(first).saturating_add(1);
    if all > 1000 + 50 * count {
        return Err(Undrawn::Sparse(all));
    }
    let cell = |at: i64| {
        let (slot, rests) = slot(at)?;
        Some(Cell { slot, posts: posts.remove(&at).unwrap_or_default(), rests })
    };
    Ok((first..=last).filter_map(cell).collect())
}

/// Days in cells of equal length, or months.
struct Grid {
    unit: Unit,
    /// The first day of the cell with the number 0.
    anchor: Date,
    /// Days of a cell; of a month as many as are usual.
    length: i32,
}

impl Grid {
    fn of(schema: &Schema, sequence: &Sequence) -> Result<Grid, Undrawn> {
        let first = sequence.members.iter().find_map(|member| member.position).ok_or(Undrawn::Placeless)?;
        let period = sequence.period.unwrap_or(7);
        let (unit, length) = match period {
            ..=1 => (Unit::Day, 1),
            2..=24 => (Unit::Week, ((period + 3) / 7).max(1) * 7),
            25..=RAREST => (Unit::Month, 30),
            _ => return Err(Undrawn::Rare(period)),
        };
        let back = match unit {
            Unit::Week => first.weekday().since(first_weekday(schema, sequence)).into(),
            _ => 0,
        };
        Ok(Grid { unit, anchor: first.checked_sub(i32::days(back)).unwrap_or(first), length })
    }

    /// The cell of a day.
    fn cell(&self, day: Date) -> i64 {
        match self.unit {
            Unit::Month => i64::from(day.year()) * 12 + i64::from(day.month()) - 1,
            _ => i64::from(days_between(self.anchor, day).div_euclid(self.length)),
        }
    }

    /// The first and the last day of a cell.
    fn days(&self, cell: i64) -> Option<(Date, Date)> {
        if self.unit == Unit::Month {
            let (year, month) = (cell.div_euclid(12), cell.rem_euclid(12) + 1);
            let first = Date::new(year.try_into().ok()?, month.try_into().ok()?, 1).ok()?;
            return Some((first, first.last_of_month()));
        }
        let first = self.anchor.checked_add((cell * i64::from(self.length)).days()).ok()?;
        Some((first, first.checked_add((self.length - 1).days()).ok()?))
    }

    /// The first and the last cell that a post is about: those that it takes most of.
    fn claim(&self, member: &Member, delay: Option<i32>) -> Option<(i64, i64)> {
        let (start, length) = match member.days {
            Some((start, end)) => (start, days_between(start, end) + 1),
            None => {
                let day = member.facts.day?;
                (day.checked_sub(delay.unwrap_or(0).days()).unwrap_or(day), self.length)
            }
        };
        let middle = start.checked_add(((length.min(self.length) - 1) / 2).days()).ok()?;
        let first = self.cell(if member.days.is_none() && delay.is_none() { start } else { middle });
        let more = (length + self.length / 2) / self.length - 1;
        Some((first, first + i64::from(more.max(0))))
    }
}

/// The weekday that weeks begin on: as the kind says, or as its posts do.
fn first_weekday(schema: &Schema, sequence: &Sequence) -> Weekday {
    if let Some(weekday) = schema.date_range.as_ref().and_then(|range| range.starts_on) {
        return weekday.in_calendar();
    }
    let mut counts = [0; 7];
    let starts = sequence.members.iter().filter_map(|member| Some(member.days?.0));
    starts.for_each(|start| counts[usize::from(start.weekday().to_monday_zero_offset().unsigned_abs())] += 1);
    let most = (0..7).max_by_key(|&day| (counts[day as usize], -day)).unwrap_or(0);
    Weekday::from_monday_zero_offset(most).unwrap_or(Weekday::Monday)
}
