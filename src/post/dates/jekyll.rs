//! The date of a post as Jekyll 4.3.1 reads it: `Document#merge_date!` hands what Psych makes of the value to Ruby's
//! `Time.parse`. What is said here of shapes was asked of Ruby 3.1; a shape that was not is [`JekyllDate::Unsure`].

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use super::FileDate;
use crate::post::front_matter::{Node, Value};

/// What Jekyll makes of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JekyllDate {
    /// A moment.
    Moment(Moment),
    /// Nothing: it stops the whole build.
    Refused(Refusal),
    /// A shape that nobody asked Ruby about.
    Unsure,
}

/// A moment, or the beginning of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Day and time; a day up to 31 that its month lacks is counted on into the next one.
    pub civil: DateTime,
    /// That day, as it is written.
    pub lacking: Option<u8>,
    /// Its offset from UTC; `None`: the zone of the site.
    pub offset: Option<Offset>,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is written.
    Empty,
    /// There is no such month.
    Month(u64),
    /// No month has such a day.
    Day(u64),
    /// No day has such a time.
    Clock,
    /// No date is found in it.
    Shape,
}

impl Moment {
    /// The moment itself, on a site in this zone.
    pub fn timestamp(&self, zone: &TimeZone) -> Option<Timestamp> {
        match self.offset {
            Some(offset) => offset.to_timestamp(self.civil).ok(),
            None => Some(zone.to_zoned(self.civil).ok()?.timestamp()),
        }
    }

    /// The day that the site counts it to: the one in the address of the page.
    pub fn day(&self, zone: &TimeZone) -> Option<Date> {
        Some(self.timestamp(zone)?.to_zoned(zone.clone()).date())
    }
}

/// Reads the value of `date`.
pub fn read_value(node: &Node) -> JekyllDate {
    let text = node.text().unwrap_or_default();
    match node.value() {
        None => JekyllDate::Unsure,
        Some(Value::Null) => JekyllDate::Refused(Refusal::Empty),
        Some(Value::Bool(_)) => JekyllDate::Refused(Refusal::Shape),
        Some(Value::Float(_)) => JekyllDate::Unsure,
        Some(Value::Integer(number)) => digits(&number.to_string()),
        // Psych takes a time without an offset for one in UTC.
        Some(Value::Time { clock: civil, offset }) => match triple(text) {
            Some((parts, _)) => {
                let [year, month, day] = parts.map(|part| part.parse().unwrap_or_default());
                let lacking = Date::new(year, month as i8, day as i8).is_err().then_some(day as u8);
                JekyllDate::Moment(Moment { civil, lacking, offset: offset.or(Some(Offset::UTC)) })
            }
            None => JekyllDate::Unsure,
        },
        Some(Value::Date(_) | Value::Text(_)) => time_parse(text),
    }
}

/// Reads the date of a file name.
pub fn read_name(name: &FileDate) -> JekyllDate {
    day(i64::from(name.year), name.month.into(), name.day.into(), Clock::default())
}

/// Ruby's `Time.parse`, for the shapes that people write.
fn time_parse(text: &str) -> JekyllDate {
    let text = text.trim();
    if text.is_empty() {
        return JekyllDate::Refused(Refusal::Empty);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(text);
    }
    let Some(([mut first, month, mut last], rest)) = triple(text) else {
        return if has_no_date(text) { JekyllDate::Refused(Refusal::Shape) } else { JekyllDate::Unsure };
    };
    if month.len() > 2 {
        return JekyllDate::Unsure;
    }
    // The longer one is the year: `9.10.2022`, and `10/09/2022` is the tenth of September.
    if last.len() > 2 {
        std::mem::swap(&mut first, &mut last);
    }
    let (Ok(year), Ok(month), Ok(day_of_month)) = (first.parse::<i64>(), month.parse(), last.parse()) else {
        return JekyllDate::Unsure;
    };
    let year = match (first.len(), year) {
        (2, 69..) => 1900 + year,
        (2, _) => 2000 + year,
        (4.., _) => year,
        _ => return JekyllDate::Unsure,
    };
    match clock(rest) {
        Ok(clock) => day(year, month, day_of_month, clock),
        Err(unread) => match day(year, month, day_of_month, Clock::default()) {
            JekyllDate::Moment(moment) if moment.lacking.is_none() => unread,
            said => said,
        },
    }
}

/// A time of day, and its offset.
#[derive(Debug, Clone, Copy, Default)]
struct Clock {
    hour: i64,
    minute: i64,
    second: i64,
    offset: Option<Offset>,
}

fn day(year: i64, month: u64, day: u64, clock: Clock) -> JekyllDate {
    if !(1..=12).contains(&month) {
        return JekyllDate::Refused(Refusal::Month(month));
    }
    if !(1..=31).contains(&day) {
        return JekyllDate::Refused(Refusal::Day(day));
    }
    let whole_day = clock.hour == 24 && (clock.minute, clock.second) == (0, 0);
    if (clock.hour > 23 && !whole_day) || clock.minute > 59 || clock.second > 60 {
        return JekyllDate::Refused(Refusal::Clock);
    }
    let Some(first) = i16::try_from(year).ok().and_then(|year| Date::new(year, month as i8, 1).ok()) else {
        return JekyllDate::Unsure;
    };
    let seconds = (clock.hour * 60 + clock.minute) * 60 + clock.second;
    let date = first.checked_add((day as i64 - 1).days());
    let civil = date.and_then(|date| date.at(0, 0, 0, 0).checked_add(seconds.seconds()));
    let lacking = (day as i8 > first.days_in_month()).then_some(day as u8);
    civil.map_or(JekyllDate::Unsure, |civil| JekyllDate::Moment(Moment { civil, lacking, offset: clock.offset }))
}

/// Three numbers with the same sign between them at the start of a text, and what follows them.
fn triple(text: &str) -> Option<([&str; 3], &str)> {
    let (first, rest) = number(text)?;
    let sign = rest.chars().next().filter(|sign| matches!(sign, '-' | '/' | '.'))?;
    let next = |rest: &'_ str| -> Option<usize> {
        let after = rest.strip_prefix(sign)?;
        // `2022. 10. 9`
        let after = if sign == '-' { after } else { after.trim_start() };
        Some(rest.len() - after.len())
    };
    let (second, rest) = number(&rest[next(rest)?..])?;
    let (third, rest) = number(&rest[next(rest)?..])?;
    Some(([first, second, third], rest))
}

fn number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// What follows the day: nothing, or a time with or without an offset. The error is what Jekyll makes of another text.
fn clock(rest: &str) -> Result<Clock, JekyllDate> {
    let unsure = Err(JekyllDate::Unsure);
    // A digit or a dot right behind would belong to the day.
    let Some(start) = rest.find(|c: char| c.is_ascii_digit()) else { return Ok(Clock::default()) };
    let mut parts = Vec::new();
    let mut rest = &rest[start..];
    while let Some((digits, after)) = number(rest) {
        let Ok(part) = digits.parse::<i64>() else { return unsure };
        parts.push(part);
        rest = after;
        match after.strip_prefix(':') {
            Some(after) if parts.len() < 3 => rest = after,
            _ => break,
        }
    }
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return unsure,
    };
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = number(fraction).map_or(fraction, |(_, rest)| rest);
    }
    let (hour, rest) = half_of_day(hour, rest.trim());
    let offset = match rest {
        "" => None,
        "Z" | "z" | "UTC" | "GMT" => Some(Offset::UTC),
        rest => Some(offset(rest).ok_or(JekyllDate::Unsure)?),
    };
    Ok(Clock { hour, minute, second, offset })
}

fn half_of_day(hour: i64, rest: &str) -> (i64, &str) {
    match rest.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("am") => (hour % 12, rest[2..].trim_start()),
        Some("pm") => (hour % 12 + 12, rest[2..].trim_start()),
        _ => (hour, rest),
    }
}

/// `+0900`, `+09:00`, `+9`.
fn offset(text: &str) -> Option<Offset> {
    let (sign, rest) = if let Some(rest) = text.strip_prefix('+') { (1, rest) } else { (-1, text.strip_prefix('-')?) };
    let (digits, rest) = number(rest)?;
    let (hours, minutes) = match (digits.len(), rest.strip_prefix(':')) {
        (4, None) => (&digits[..2], &digits[2..]),
        (1..=2, Some(minutes)) => (digits, minutes),
        (1..=2, None) => (digits, "0"),
        _ => return None,
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let fits = hours < 24 && minutes < 60;
    fits.then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok())?
}

/// Digits alone: `20221009`, and of four or six the first two are a month or a year.
fn digits(text: &str) -> JekyllDate {
    let part = |from: usize, to: usize| text[from..to].parse().unwrap_or_default();
    match text.len() {
        4 if part(0, 2) > 12 => JekyllDate::Refused(Refusal::Shape),
        6 => match day(2000, part(2, 4), part(4, 6), Clock::default()) {
            JekyllDate::Refused(_) => JekyllDate::Refused(Refusal::Shape),
            _ => JekyllDate::Unsure,
        },
        8 => day(part(0, 4) as i64, part(4, 6), part(6, 8), Clock::default()),
        _ => JekyllDate::Unsure,
    }
}

/// Whether Ruby surely finds no day in a text: it has neither a digit nor the name of a month, or a year comes first and
/// nothing behind it has a shape that counts, so that Ruby takes the year for a month and a day.
fn has_no_date(text: &str) -> bool {
    const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_ascii_lowercase();
    if MONTHS.iter().any(|month| lower.contains(month)) {
        return false;
    }
    let Some(start) = text.find(|c: char| c.is_ascii_digit()) else { return true };
    let (year, rest) = number(&text[start..]).unwrap_or(("", ""));
    let is_year = start == 0 && year.len() == 4 && year > "1299";
    // Ordinals, quoted years, weeks, days of the year and eras have their own shapes.
    let is_plain = |c: char| !c.is_ascii_alphabetic() && !matches!(c, '/' | '.' | '\'' | ',' | ':');
    let has_day_of_year = rest.split('-').skip(1).filter_map(number).any(|(digits, _)| digits.len() == 3);
    is_year && rest.chars().all(|c| is_plain(c) || matches!(c, 'x' | 'X')) && !rest.contains("--") && !has_day_of_year
}

#[cfg(test)]
mod tests;
