//! Weeks of a month: `2022년 10월 1주차`, `10월 마지막 주`, `2022年10月第一周`, `十月第一周`, `2nd week of October 2022`.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar;
use super::place::{self, Place};
use super::range::{DateRange, Day, RangeForm};
use super::scan::{Number, Scan, is_letter};
use super::words;
use super::written::with_unit;
use crate::text::Span;

/// What a week is called where months are `월` and `月`.
pub(super) const UNITS: [&str; 3] = ["주", "周", "週"];

/// No month has more, whatever day its weeks begin on.
const MOST: u16 = 6;

/// The number of the last week of a month, of which nobody says how many there are.
const LAST: u16 = 0;

/// Months in Chinese numerals.
const MONTHS: [(&str, u16); 12] = [
    ("十一", 11),
    ("十二", 12),
    ("十", 10),
    ("一", 1),
    ("二", 2),
    ("三", 3),
    ("四", 4),
    ("五", 5),
    ("六", 6),
    ("七", 7),
    ("八", 8),
    ("九", 9),
];

/// Whether a line without a digit may hold a week of a month.
pub(super) fn may_hold(line: &str) -> bool {
    !line.is_ascii() && line.contains("月") && (line.contains("周") || line.contains("週"))
}

fn is_numeral(sign: char) -> bool {
    "一二三四五六七八九十".contains(sign)
}

/// Reads the first week of a month in a line, where it is not said in passing. Weeks behind a separator are left out:
/// `10월 1주차 ~ 2주차`.
pub(super) fn read(line: &str, near: Option<Date>) -> Option<DateRange> {
    let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
    if !(has(&UNITS) && has(&["월", "月"]) || has(&["week", "Week"]) && line.contains(" of ")) {
        return None;
    }
    let begins = |&(at, c): &(usize, char)| {
        c.is_ascii_digit()
            || is_letter(c) && !line[..at].ends_with(is_letter)
            || is_numeral(c) && !line[..at].ends_with(is_numeral)
    };
    let starts = line.char_indices().filter(begins).map(|(at, _)| Scan::new(line, at));
    let (start, label, rest) = starts.filter(|scan| place::free_before(*scan)).find_map(|start| {
        let mut scan = start;
        let forms: [fn(&mut Scan) -> Option<Label>; 2] = [units, worded];
        let label = forms.iter().find_map(|form| form(&mut scan))?;
        Some((start, label, scan))
    })?;
    let span = Span::new(start.at, rest.at);
    let place = place::place(line, &span, rest.at);
    let is_label = place != Place::InText && place::free_after(rest) && words::separator(&mut { rest }).is_none();
    let month = (label.month, label.week);
    let year = label.year.map(calendar::full_year).or_else(|| near.and_then(|near| year_near(month, near)));
    let day = Day { span, year, month: label.month as u8, day: 1, date: None, weekday: None };
    let form = RangeForm::WeekOfMonth(label.week as u8);
    let range = DateRange::new(span, form, place, day.clone(), Some(day));
    (is_label && (label.week == LAST || label.week <= MOST))
        .then_some(DateRange { year_written: label.year.is_some(), ..range })
}

/// The days that may be those of a week of a month: nobody says on which weekday its weeks begin, and whether the first
/// is the one with the first day of the month or the first whole one.
pub(super) fn days(year: i16, month: u16, week: u16) -> Option<(Date, Date)> {
    let first = Date::new(year, month as i8, 1).ok()?;
    if week == LAST {
        let last = first.last_of_month();
        return Some((last.checked_sub(12.days()).ok()?, last.checked_add(6.days()).ok()?));
    }
    let first = first.checked_add((7 * (i32::from(week) - 1)).days()).ok()?;
    Some((first.checked_sub(6.days()).ok()?, first.checked_add(12.days()).ok()?))
}

/// The year that puts the week nearest to a day.
fn year_near((month, week): (u16, u16), near: Date) -> Option<i16> {
    let away = |year: &i16| days(*year, month, week).and_then(|(_, end)| Some(near.until(end).ok()?.get_days().abs()));
    let years = [near.year() - 1, near.year(), near.year() + 1];
    years.into_iter().min_by_key(|year| away(year).unwrap_or(i32::MAX))
}

/// What a label says.
struct Label {
    year: Option<Number>,
    month: u16,
    week: u16,
}

/// `2022년 10월 1주차`, `10월 첫째 주`, `2022年10月 第1周`.
fn units(scan: &mut Scan) -> Option<Label> {
    let mut ahead = *scan;
    let year = with_unit(&mut ahead, 4, &["년", "年"]);
    let month = with_unit(&mut ahead, 2, &["월", "月"]).map(|month| month.value).or_else(|| named(&mut ahead))?;
    ahead.eat_any(&["의 ", "の", "的"]);
    let ordinal = ahead.eat_any(&["第", "제"]).is_some();
    ahead.spaces();
    let (week, is_told) = counted(&mut ahead)?;
    ahead.spaces();
    let unit = ahead.eat_any(&["주차", "週目", "주", "周", "週"])?;
    // `10월 3주 동안` is a length.
    let is_length = matches!(unit, "주" | "周" | "週") && !ordinal && !is_told;
    let goes_on = ahead.rest().trim_start().starts_with(['간', '동', '전', '후', '만', '間', '间', '内', '後']);
    let is_year = ahead.rest().starts_with(['년', '年', '말', '末', '기', '期']);
    (!(is_year || is_length && goes_on)).then(|| {
        *scan = ahead;
        Label { year, month, week }
    })
}

/// `十月`
fn named(scan: &mut Scan) -> Option<u16> {
    let mut ahead = *scan;
    let (_, month) = MONTHS.into_iter().find(|(name, _)| ahead.eat(name))?;
    ahead.eat("月").then_some(())?;
    ahead.spaces();
    *scan = ahead;
    Some(month)
}

/// A number of a week, and whether the word says that it counts, not how many there are.
fn counted(scan: &mut Scan) -> Option<(u16, bool)> {
    const WORDS: [(&str, u16); 9] =
        [("첫", 1), ("두", 2), ("둘", 2), ("세", 3), ("셋", 3), ("네", 4), ("넷", 4), ("다섯", 5), ("여섯", 6)];
    // No month has more weeks than that.
    let numerals = MONTHS.into_iter().filter(|(_, number)| *number <= 6);
    if scan.eat_any(&["마지막", "最后一", "最後の", "最後一", "最终", "最終"]).is_some() {
        return Some((LAST, true));
    }
    if let Some(number) = scan.number(2) {
        let counts = scan.eat_any(&["번째", "째"]).is_some();
        return (number.value > 0).then_some((number.value, counts));
    }
    let (_, week) = WORDS.into_iter().chain(numerals).find(|(word, _)| scan.eat(word))?;
    let counts = scan.eat_any(&[" 번째", "번째", "째"]).is_some() || week == 1;
    Some((week, counts))
}

/// `week 2 of October 2022`, `2nd week of October`, `last week of October, 2022`.
fn worded(scan: &mut Scan) -> Option<Label> {
    const ORDINALS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    let mut ahead = *scan;
    let week = if let Some(number) = ahead.number(1).filter(|number| number.value > 0) {
        ahead.eat_any(&["st", "nd", "rd", "th"])?;
        number.value
    } else {
        match &*ahead.word() {
            "week" if ahead.spaces() > 0 => ahead.number(1).filter(|number| number.value > 0)?.value,
            "last" => LAST,
            word => ORDINALS.iter().position(|ordinal| *ordinal == word)? as u16 + 1,
        }
    };
    ahead.spaces();
    if !scan.rest().get(..4).is_some_and(|word| word.eq_ignore_ascii_case("week")) {
        (ahead.word() == "week").then(|| ahead.spaces())?;
    }
    ahead.eat("of ").then_some(())?;
    let month = words::month(&ahead.word())?;
    let mut behind = ahead;
    behind.eat(",");
    let year = (behind.spaces() > 0).then(|| behind.number(4)).flatten().filter(|year| year.digits == 4);
    *scan = if year.is_some() { behind } else { ahead };
    Some(Label { year, month, week })
}
