//! The date of a post as Jekyll 4.3.1 reads it: `Document#merge_date!` hands what Psych makes of the value to Ruby's
//! `Time.parse`. What is said here of shapes was asked of Ruby 3.1; a shape that was not is [`Dated::Unsure`].

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use crate::files::file_name;
use crate::generators::dates::{DateFault, Dated, Moment, Refusal};
use crate::post::Post;
use crate::syntax::dates::FileDate;
use crate::syntax::front_matter::{Format, Node, Value};
use crate::text::{Span, first_line, opening};

/// The date of a post: that of its front matter, or that of its file name. `None` where it has neither, or where the
/// front matter cannot be read.
pub(crate) fn of_post(post: &Post) -> Option<Dated> {
    let front = post.front_matter().filter(|front| front.format == Format::Yaml);
    if front.is_some_and(|front| !front.tree.faults.is_empty()) {
        return None;
    }
    match front.and_then(|front| front.get("date")) {
        Some(entry) => Some(read_value(&entry.value)),
        None => post.file_date.as_ref().map(read_name),
    }
}

/// Ruby takes any day up to 31 and counts on into the next month; at anything else that is no date Jekyll stops.
pub(crate) fn fault(post: &Post, zone: Option<&TimeZone>) -> Option<DateFault> {
    let (span, shown) = match (post.front_matter().and_then(|front| front.get("date")), &post.file_date) {
        (Some(entry), _) => (place(post, &entry.value, &entry.key_span), shown(&post.text[entry.value.span])),
        (None, Some(name)) => {
            let file = file_name(post.path);
            (opening(post.text), shown(&file[name.span]))
        }
        (None, None) => return None,
    };
    let refusal = match of_post(post)? {
        Dated::Moment(moment) => {
            return Some(DateFault { span, message: carried(moment, zone?)?, is_empty: false, help: None });
        }
        Dated::Unsure => return None,
        Dated::Refused(refusal) => refusal,
    };
    let what = match refusal {
        Refusal::Empty => "`date` is empty".to_owned(),
        Refusal::Month(month) => format!("there is no month `{month}`"),
        Refusal::Day(day) => format!("there is no day `{day}`"),
        Refusal::Clock => format!("`{shown}` is no time of a day"),
        Refusal::Shape => format!("`{shown}` is no date"),
    };
    let message = format!("{what}: Jekyll stops the whole build here");
    Some(DateFault { span, message, is_empty: refusal == Refusal::Empty, help: None })
}

fn carried(moment: Moment, zone: &TimeZone) -> Option<String> {
    let (lacking, day) = (moment.lacking?, moment.day(zone)?);
    // What is carried lands in the month after.
    let month = moment.civil.date().first_of_month().yesterday().ok()?.strftime("%Y-%m");
    Some(format!("{month} has no day `{lacking}`, so Jekyll publishes the post under {day}"))
}

/// The value, or the key where none is written.
fn place(post: &Post, value: &Node, key: &Span) -> Span {
    let span = first_line(post.text, value.span);
    if span.is_empty() { *key } else { span }
}

/// The beginning of a value, which may be of any length.
fn shown(value: &str) -> String {
    const MOST: usize = 40;
    value.trim().trim_matches(['"', '\'']).chars().take_while(|&c| c != '\n').take(MOST).collect()
}

/// Reads the value of `date`.
pub(crate) fn read_value(node: &Node) -> Dated {
    let text = node.text().unwrap_or_default();
    match node.value() {
        None => Dated::Unsure,
        Some(Value::Null) => Dated::Refused(Refusal::Empty),
        Some(Value::Bool(_)) => Dated::Refused(Refusal::Shape),
        Some(Value::Float(_)) => Dated::Unsure,
        Some(Value::Integer(number)) => digits(&number.to_string()),
        // Psych takes a time without an offset for one in UTC.
        Some(Value::Time { clock: civil, offset }) => match triple(text) {
            Some((parts, _)) => {
                let [year, month, day] = parts.map(|part| part.parse().unwrap_or_default());
                let lacking = Date::new(year, month as i8, day as i8).is_err().then_some(day as u8);
                Dated::Moment(Moment { civil, lacking, offset: offset.or(Some(Offset::UTC)) })
            }
            None => Dated::Unsure,
        },
        Some(Value::Date(_) | Value::Text(_)) => time_parse(text),
    }
}

/// Reads the date of a file name.
pub(crate) fn read_name(name: &FileDate) -> Dated {
    day(i64::from(name.year), name.month.into(), name.day.into(), Clock::default())
}

/// Ruby's `Time.parse`, for the shapes that people write.
fn time_parse(text: &str) -> Dated {
    let text = text.trim();
    if text.is_empty() {
        return Dated::Refused(Refusal::Empty);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(text);
    }
    let Some(([mut first, month, mut last], rest)) = triple(text) else {
        return if has_no_date(text) { Dated::Refused(Refusal::Shape) } else { Dated::Unsure };
    };
    if month.len() > 2 {
        return Dated::Unsure;
    }
    // The longer one is the year: `9.10.2022`, and `10/09/2022` is the tenth of September.
    if last.len() > 2 {
        std::mem::swap(&mut first, &mut last);
    }
    let (Ok(year), Ok(month), Ok(day_of_month)) = (first.parse::<i64>(), month.parse(), last.parse()) else {
        return Dated::Unsure;
    };
    let year = match (first.len(), year) {
        (2, 69..) => 1900 + year,
        (2, _) => 2000 + year,
        (4.., _) => year,
        _ => return Dated::Unsure,
    };
    match clock(rest) {
        Ok(clock) => day(year, month, day_of_month, clock),
        Err(unread) => match day(year, month, day_of_month, Clock::default()) {
            Dated::Moment(moment) if moment.lacking.is_none() => unread,
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

fn day(year: i64, month: u64, day: u64, clock: Clock) -> Dated {
    if !(1..=12).contains(&month) {
        return Dated::Refused(Refusal::Month(month));
    }
    if !(1..=31).contains(&day) {
        return Dated::Refused(Refusal::Day(day));
    }
    let whole_day = clock.hour == 24 && (clock.minute, clock.second) == (0, 0);
    if (clock.hour > 23 && !whole_day) || clock.minute > 59 || clock.second > 60 {
        return Dated::Refused(Refusal::Clock);
    }
    let Some(first) = i16::try_from(year).ok().and_then(|year| Date::new(year, month as i8, 1).ok()) else {
        return Dated::Unsure;
    };
    let seconds = (clock.hour * 60 + clock.minute) * 60 + clock.second;
    let date = first.checked_add((day as i64 - 1).days());
    let civil = date.and_then(|date| date.at(0, 0, 0, 0).checked_add(seconds.seconds()));
    let lacking = (day as i8 > first.days_in_month()).then_some(day as u8);
    civil.map_or(Dated::Unsure, |civil| Dated::Moment(Moment { civil, lacking, offset: clock.offset }))
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
fn clock(rest: &str) -> Result<Clock, Dated> {
    let unsure = Err(Dated::Unsure);
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
        rest => offset(rest).ok_or(Dated::Unsure)?,
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

/// `+0900`, `+09:00`, `+09`. What Ruby reads no hours of (`+9`, `+900`) it passes over, so that the zone of the site
/// holds: `Time.zone_offset` of `time.rb`. Of three digits Psych may have made an offset before, as of `+090`.
fn offset(text: &str) -> Option<Option<Offset>> {
    let (sign, rest) = if let Some(rest) = text.strip_prefix('+') { (1, rest) } else { (-1, text.strip_prefix('-')?) };
    let (digits, rest) = number(rest)?;
    let (hours, minutes) = match (digits.len(), rest.strip_prefix(':')) {
        (4, None) => (&digits[..2], &digits[2..]),
        (2, Some(minutes)) => (digits, minutes),
        (2, None) => (digits, "0"),
        (1, None) if rest.is_empty() => return Some(None),
        (1, Some(minutes)) if minutes.len() == 2 => return Some(None),
        (3, None) if rest.is_empty() && digits[..2].parse::<i32>().is_ok_and(|hours| hours >= 24) => return Some(None),
        _ => return None,
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let fits = hours < 24 && minutes < 60;
    fits.then(|| Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok())?.map(Some)
}

/// Digits alone: `20221009`, and of four or six the first two are a month or a year.
fn digits(text: &str) -> Dated {
    let part = |from: usize, to: usize| text[from..to].parse().unwrap_or_default();
    match text.len() {
        4 if part(0, 2) > 12 => Dated::Refused(Refusal::Shape),
        6 => match day(2000, part(2, 4), part(4, 6), Clock::default()) {
            Dated::Refused(_) => Dated::Refused(Refusal::Shape),
            _ => Dated::Unsure,
        },
        8 => day(part(0, 4) as i64, part(4, 6), part(6, 8), Clock::default()),
        _ => Dated::Unsure,
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
