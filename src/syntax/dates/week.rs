//! Weeks of the ISO 8601 calendar as people write them: `2022-W06`, `2024, Weeks 42–47`, `2025年第 34 周`.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::place::{free_after, free_before};
use super::read::holds;
use super::scan::{Number, Scan, is_letter};
use super::words;
use crate::text::Span;

/// One or several weeks of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekLabel {
    /// The bytes of the label, year and numbers.
    pub span: Span,
    /// The ISO year.
    pub year: i16,
    /// The first week, 1 to 53.
    pub first: i8,
    /// The last week; the first one again where there is one only.
    pub last: i8,
}

impl WeekLabel {
    /// Monday of the first week and Sunday of the last; `None` for week 53 of a year that has 52.
    pub(crate) fn days(&self) -> Option<(Date, Date)> {
        let day = |week, weekday| ISOWeekDate::new(self.year, week, weekday).ok().map(ISOWeekDate::date);
        Some((day(self.first, Weekday::Monday)?, day(self.last, Weekday::Sunday)?))
    }

    /// Whether a day lies in one of the weeks, as any of the usual counts has it: that of ISO 8601, or with the week
    /// of the first of January as the first, from its Monday or from its Sunday on.
    pub(crate) fn holds(&self, day: Date) -> bool {
        let iso = day.iso_week_date();
        let (first, last) = (i32::from(self.first), i32::from(self.last));
        let in_weeks = |week: i32| (first..=last).contains(&week);
        let january = Date::constant(self.year, 1, 1);
        let of_year = january.until(day).map_or(i32::MIN, |span| span.get_days());
        let from_monday = i32::from(january.weekday().to_monday_zero_offset());
        let from_sunday = i32::from(january.weekday().to_sunday_zero_offset());
        let counted = |shift: i32| (of_year + shift).div_euclid(7) + 1;
        iso.year() == self.year && in_weeks(iso.week().into())
            || in_weeks(counted(from_monday))
            || in_weeks(counted(from_sunday))
    }
}

/// How far a label may lie from the post before its number is taken for one of a course or a series, in days.
const NEAR: i32 = 100;

const WORDS: [&str; 9] = ["week", "weeks", "wk", "kw", "cw", "kalenderwoche", "woche", "semaine", "semana"];

/// What one of the words for a week begins with, in any language that is read.
pub(super) const STEMS: &[&str] = &["week", "wk", "kw", "cw", "woche", "kalenderwoche", "sema"];

/// Reads the first week label of a line.
pub(super) fn read(line: &str, near: Option<Date>) -> Option<WeekLabel> {
    // `W06`, or a word for a week.
    let is_number = |pair: &[u8]| pair[0].eq_ignore_ascii_case(&b'w') && (pair[1].is_ascii_digit() || pair[1] == b'-');
    if line.is_ascii() && !line.as_bytes().windows(2).any(is_number) && !holds(line.as_bytes(), STEMS) {
        return None;
    }
    let starts =
        line.char_indices().filter(|&(_, c)| c.is_ascii_digit() || is_letter(c)).map(|(at, _)| Scan::new(line, at));
    starts.filter(|scan| free_before(*scan)).find_map(|scan| label(scan, near))
}

fn label(scan: Scan, near: Option<Date>) -> Option<WeekLabel> {
    let is_near = |label: &WeekLabel| near.zip(label.days()).is_none_or(|(near, days)| distance(near, days) <= NEAR);
    let common = || worded(scan).filter(|label| is_near(label) && stands_by_itself(scan));
    iso(scan).or_else(|| counted(scan).filter(is_near)).or_else(common)
}

fn distance(near: Date, (start, end): (Date, Date)) -> i32 {
    let days = |to: Date| near.until(to).map_or(i32::MAX, |span| span.get_days());
    if days(start) > 0 { days(start) } else { (-days(end)).max(0) }
}

/// `CS 2018 Week 3` counts weeks of a course; `2018 Week 20`, `Weeknotes 2018: Week 20` those of the year.
fn stands_by_itself(scan: Scan) -> bool {
    let before = scan.text[..scan.at].trim_end();
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    word.is_empty() && !before.ends_with(|c: char| c.is_ascii_digit()) || word.starts_with("week")
}

fn build(scan: Scan, end: Scan, year: Number, (first, last): (Number, Number)) -> Option<WeekLabel> {
    let fits = year.digits == 4 && (1990..=2100).contains(&year.value);
    let weeks = 1 <= first.value && first.value <= last.value && last.value <= 53;
    (fits && weeks && free_after(end)).then_some(WeekLabel {
        span: Span::new(scan.at, end.at),
        year: year.value as i16,
        first: first.value as i8,
        last: last.value as i8,
    })
}

/// `2022-W06`, `2022W06`.
fn iso(scan: Scan) -> Option<WeekLabel> {
    let mut ahead = scan;
    let year = ahead.number(4)?;
    ahead.eat_any(&["-W", "W", "-w"])?;
    let week = ahead.number(2).filter(|week| week.digits == 2)?;
    build(scan, ahead, year, (week, week))
}

/// `2025年第 34 周`, `2026 第40周`, `2026년 40주차`.
fn counted(scan: Scan) -> Option<WeekLabel> {
    let mut ahead = scan;
    let year = ahead.number(4)?;
    let spaced = ahead.spaces() > 0;
    let unit = ahead.eat_any(&["年", "년"]).is_some();
    ahead.spaces();
    let ordinal = ahead.eat_any(&["第", "제"]).is_some();
    ahead.spaces();
    if !(unit || (spaced && ordinal)) {
        return None;
    }
    let weeks = weeks(&mut ahead)?;
    ahead.spaces();
    ahead.eat_any(&["周", "週", "주차", "주"])?;
    build(scan, ahead, year, weeks)
}

/// `2018 Week 20`, `2024, Weeks 42–47` and `Week 20, 2018`, `KW 40/2026`, `semana 40 de 2026`.
fn worded(scan: Scan) -> Option<WeekLabel> {
    let mut ahead = scan;
    if let Some(year) = ahead.number(4) {
        ahead.eat_any(&[",", ":", " -", " –"]);
        ahead.spaces();
        week_word(&mut ahead)?;
        let weeks = weeks(&mut ahead)?;
        return build(scan, ahead, year, weeks);
    }
    week_word(&mut ahead)?;
    let weeks = weeks(&mut ahead)?;
    ahead.eat_any(&[",", "/", " /", " of", " de"]);
    ahead.spaces();
    let year = ahead.number(4)?;
    build(scan, ahead, year, weeks)
}

fn week_word(scan: &mut Scan) -> Option<()> {
    let word = scan.word();
    scan.spaces();
    WORDS.contains(&&*word).then_some(())
}

/// `40`, `42–47`.
fn weeks(scan: &mut Scan) -> Option<(Number, Number)> {
    let first = scan.number(2)?;
    let mut ahead = *scan;
    if words::separator(&mut ahead).is_some()
        && let Some(last) = ahead.number(2)
    {
        *scan = ahead;
        return Some((first, last));
    }
    Some((first, first))
}
