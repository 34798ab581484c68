//! Single dates: of a file name as Jekyll reads it, and of the front matter's `date`.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::calendar::{Resolved, full_year};
use super::scan::{Number, Scan};
use super::written::{self, Form};
use crate::text::Span;

/// The date and the slug of a post's file name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDate {
    /// The bytes of the date in the name.
    pub span: Span,
    /// The year, written with two to four digits.
    pub year: i16,
    /// The month as written.
    pub month: u8,
    /// The day of the month as written.
    pub day: u8,
    /// The day in the calendar, `None` if it lacks it: Jekyll moves `02-30` on and stops at `10-00`.
    pub date: Option<Date>,
    /// The bytes of the name between date and extension; they may be none.
    pub slug: Span,
}

/// Reads a file name such as `2022-10-09-title.md`; folders may stand before it.
///
/// The shape is `DATE_FILENAME_MATCHER` of Jekyll 4.3: two to four digits, twice one or two, a hyphen, any title and
/// an extension. A name without an extension or without the hyphen is no post.
pub(crate) fn read_file_date(name: &str) -> Option<FileDate> {
    let start = name.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let mut scan = Scan::new(name, start);
    let [year, month, day] = triple(&mut scan, '-')?;
    let end = scan.at;
    let written = year.digits >= 2 && month.digits <= 2 && day.digits <= 2 && scan.eat("-");
    let dot = name.rfind('.').filter(|&dot| written && dot >= scan.at && dot + 1 < name.len())?;
    let resolved = resolved(year, month, day);
    Some(FileDate {
        span: Span::new(start, end),
        year: full_year(year),
        month: month.value as u8,
        day: day.value as u8,
        date: resolved.date(),
        slug: Span::new(scan.at, dot),
    })
}

/// The date of a post's front matter as written: no time zone is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WrittenDate {
    /// The day in the calendar, `None` if it lacks it.
    pub date: Option<Date>,
    /// The time of day, if one is written; `None` within for an hour such as 25.
    pub time: Option<Option<Time>>,
    /// The offset from UTC, if one is written: `+0900`, `Z`.
    pub offset: Option<Offset>,
}

/// Reads the value of a front matter `date`, without quotes.
///
/// `2022-10-09`, `2022/10/9`, `22.10.09` and `2/13/2022`, `9 Oct 2022`, `October 9, 2022`; then perhaps a time and an
/// offset. `None` for what is no date: a word, `20220-20-20`, `2021년 10월 01일`.
pub(crate) fn read_front_matter_date(value: &str) -> Option<WrittenDate> {
    let mut scan = Scan::new(value.trim(), 0);
    let resolved = calendar_date(&mut scan)?;
    let time = time(&mut scan);
    let offset = time.and_then(|_| offset(&mut scan));
    scan.spaces();
    scan.peek().is_none().then(|| WrittenDate { date: resolved.date(), time, offset })
}

fn calendar_date(scan: &mut Scan) -> Option<Resolved> {
    let sign = scan.rest().chars().find(|c| !c.is_ascii_digit())?;
    if let Some([first, second, third]) = matches!(sign, '-' | '/' | '.').then(|| triple(scan, sign)).flatten() {
        return match (first.digits, second.digits, third.digits) {
            (2 | 4, 1..=2, 1..=2) => Some(resolved(first, second, third)),
            (1..=2, 1..=2, 4) if first.value > 12 || sign == '.' => Some(resolved(third, second, first)),
            (1..=2, 1..=2, 4) => Some(resolved(third, first, second)),
            _ => None,
        };
    }
    let (date, rest) = written::read(*scan).into_iter().next()?;
    let Form::Named { year: Some(year), month, day, .. } = date.form else { return None };
    *scan = rest;
    Some(Resolved { year: Some(full_year(year)), month, day: day.value })
}

fn resolved(year: Number, month: Number, day: Number) -> Resolved {
    Resolved { year: Some(full_year(year)), month: month.value, day: day.value }
}

/// Three numbers with the same sign between them.
fn triple(scan: &mut Scan, sign: char) -> Option<[Number; 3]> {
    let mut ahead = *scan;
    let mut numbers = [ahead.number(4)?; 3];
    for number in &mut numbers[1..] {
        if !ahead.rest().starts_with(sign) {
            return None;
        }
        ahead.at += sign.len_utf8();
        *number = ahead.number(4)?;
    }
    *scan = ahead;
    Some(numbers)
}

/// `T08:23`, ` 21:00:00`, ` 13:09:51.129`, ` 9:30 PM`.
fn time(scan: &mut Scan) -> Option<Option<Time>> {
    let mut ahead = *scan;
    ahead.eat_any(&["T", "t", ","]);
    ahead.spaces();
    let hour = ahead.number(2)?;
    ahead.eat(":").then_some(())?;
    let minute = ahead.number(2)?;
    let second = if ahead.eat(":") { ahead.number(2)?.value } else { 0 };
    if ahead.eat(".") {
        ahead.eat_while(|c| c.is_ascii_digit());
    }
    *scan = ahead;
    let hour = half_of_day(scan, hour.value);
    Some(Time::new(hour as i8, minute.value as i8, second as i8, 0).ok())
}

/// The hour of 24 for one of 12.
fn half_of_day(scan: &mut Scan, hour: u16) -> u16 {
    let mut ahead = *scan;
    ahead.spaces();
    let hour = match &*ahead.word() {
        "am" if hour == 12 => 0,
        "am" => hour,
        "pm" if hour < 12 => hour + 12,
        "pm" => hour,
        _ => return hour,
    };
    *scan = ahead;
    hour
}

/// `Z`, `UTC`, `+0900`, `+09:00`, `-05`; another zone's letters are stepped over.
fn offset(scan: &mut Scan) -> Option<Offset> {
    scan.spaces();
    let zone = scan.eat_while(|c| c.is_ascii_uppercase() || c == 'z');
    if matches!(zone, "Z" | "z" | "UTC" | "GMT") {
        return Some(Offset::UTC);
    }
    let sign = if scan.eat_any(&["-", "−"]).is_some() { -1 } else { scan.eat("+").then_some(1)? };
    let digits = scan.number(4)?;
    let (hours, minutes) = match digits.digits {
        4 => (digits.value / 100, digits.value % 100),
        _ if scan.eat(":") => (digits.value, scan.number(2)?.value),
        _ => (digits.value, 0),
    };
    Offset::from_seconds(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60)).ok()
}
