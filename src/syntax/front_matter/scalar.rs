//! What a scalar without quotes means.
//!
//! The YAML half follows `Psych::ScalarScanner` of Psych 4 (Ruby 3.1), branch by branch: YAML 1.1 with commas in
//! integers. A symbol (`:name`) stays text, because Jekyll's safe loading permits no other type.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{Span, ToSpan};

use super::scan::Scan;

/// A resolved scalar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'t> {
    /// Nothing, `~` or `null`.
    Null,
    /// `true`, and in YAML 1.1 `yes` and `on` too.
    Bool(bool),
    /// An integer; one that needs more than 64 bits becomes a float.
    Integer(i64),
    /// A floating point number.
    Float(f64),
    /// A day.
    Date(Date),
    /// A day with a time. Without an offset it is UTC for Psych and local for TOML.
    Time {
        /// The clock as it is written; an overflowing day (`02-30`) is carried over as Ruby does.
        clock: DateTime,
        /// `Z` is the offset zero.
        offset: Option<Offset>,
    },
    /// Anything else.
    Text(&'t str),
}

/// Whether a resolved tag makes any scalar text.
pub(super) fn is_text_tag(tag: &str) -> bool {
    matches!(tag, "tag:yaml.org,2002:str" | "!str" | "tag:yaml.org,2002:binary" | "!binary")
}

/// Resolves a plain YAML scalar as Psych does.
pub(crate) fn yaml(text: &str) -> Value<'_> {
    if text.is_empty() {
        return Value::Null;
    }
    if starts_like_text(text) || text.contains('\n') {
        return word(text);
    }
    time(text, Seconds::Required)
        .or_else(|| date(text, 1))
        .or_else(|| special_float(text))
        .or_else(|| sexagesimal(text))
        .or_else(|| yaml_float(text))
        .or_else(|| yaml_integer(text))
        .unwrap_or(Value::Text(text))
}

/// Resolves a TOML value without quotes.
pub(super) fn toml(text: &str) -> Value<'_> {
    match text {
        "true" => return Value::Bool(true),
        "false" => return Value::Bool(false),
        _ => {}
    }
    let digits = text.replace('_', "");
    time(text, Seconds::Optional)
        .or_else(|| date(text, 2))
        .or_else(|| toml_integer(&digits))
        .or_else(|| digits.parse().ok().map(Value::Float))
        .unwrap_or(Value::Text(text))
}

fn starts_like_text(text: &str) -> bool {
    let wordy = |c: char| c.is_alphabetic() || c.is_whitespace() || "_!@#$%^&*(){}<>|/\\~;=".contains(c);
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    wordy(first) || (!first.is_ascii_digit() && !".:-".contains(first) && chars.next().is_some_and(wordy))
}

fn word(text: &str) -> Value<'_> {
    let is_one_of = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_one_of(&["~", "null"]) {
        Value::Null
    } else if is_one_of(&["yes", "true", "on"]) {
        Value::Bool(true)
    } else if is_one_of(&["no", "false", "off"]) {
        Value::Bool(false)
    } else {
        Value::Text(text)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Seconds {
    Required,
    Optional,
}

fn date(text: &str, least_digits: usize) -> Option<Value<'static>> {
    let mut scan = Scan(text);
    let year = scan.digits(4, 4)?;
    scan.byte(b"-")?;
    let month = scan.digits(least_digits, 2)?;
    scan.byte(b"-")?;
    let day = scan.digits(least_digits, 2)?;
    let date = Date::new(year as i16, month as i8, day as i8).ok()?;
    scan.0.is_empty().then_some(Value::Date(date))
}

fn time(text: &str, seconds: Seconds) -> Option<Value<'static>> {
    let mut scan = Scan(text);
    let negative = scan.byte(b"-").is_some();
    let year = scan.digits(4, 4)? as i16;
    scan.byte(b"-")?;
    let month = scan.digits(1, 2)?;
    scan.byte(b"-")?;
    let day = scan.digits(1, 2)?;
    if scan.byte(b"Tt").is_none() {
        scan.spaces().filter(|&count| count > 0)?;
    }
    let hour = scan.digits(1, 2)?;
    scan.byte(b":")?;
    let minute = scan.digits(2, 2)?;
    let second = match scan.byte(b":") {
        Some(_) => scan.digits(2, 2)?,
        None if seconds == Seconds::Optional => 0,
        None => return None,
    };
    let nanosecond = scan.fraction();
    let offset = scan.offset()?;
    if !scan.0.is_empty() {
        return None;
    }
    let day = carried(if negative { -year } else { year }, month, day)?;
    let clock = day.checked_add(clock(hour, minute, second, nanosecond)?).ok()?;
    Some(Value::Time { clock, offset })
}

/// The midnight that begins a day; Ruby takes any day up to 31 and carries it into the next month.
fn carried(year: i16, month: u64, day: u64) -> Option<DateTime> {
    let first = Date::new(year, month as i8, 1).ok()?;
    if !(1..=31).contains(&day) {
        return None;
    }
    Some(first.checked_add((day as i64 - 1).days()).ok()?.at(0, 0, 0, 0))
}

fn clock(hour: u64, minute: u64, second: u64, nanosecond: u64) -> Option<Span> {
    let whole_day = hour == 24 && minute == 0 && second == 0;
    if (hour > 23 && !whole_day) || minute > 59 || second > 60 {
        return None;
    }
    let seconds = (hour * 60 + minute) * 60 + second;
    Some((seconds as i64).seconds().nanoseconds(nanosecond as i64))
}

fn special_float(text: &str) -> Option<Value<'static>> {
    let lower = (text.len() <= 5).then(|| text.to_ascii_lowercase())?;
    match lower.as_str() {
        ".inf" | "+.inf" => Some(Value::Float(f64::INFINITY)),
        "-.inf" => Some(Value::Float(f64::NEG_INFINITY)),
        ".nan" => Some(Value::Float(f64::NAN)),
        _ => None,
    }
}

/// Base 60: the first part counts hours, even when there are only two.
fn sexagesimal(text: &str) -> Option<Value<'static>> {
    let mut scan = Scan(text);
    let negative = scan.sign();
    let hours = scan.take(|b| b.is_ascii_digit() || b == b'_');
    if !hours.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // Ruby's `to_i` stops at a doubled underscore.
    let hours: i64 = hours.split("__").next()?.replace('_', "").parse().ok()?;
    scan.byte(b":")?;
    let minutes = scan.base60()?;
    let seconds = match scan.byte(b":") {
        Some(_) => scan.base60()?,
        None => 0,
    };
    let hours = if negative { -hours } else { hours };
    let total = hours.checked_mul(3600)?.checked_add((minutes * 60 + seconds) as i64)?;
    if scan.0.is_empty() {
        return Some(Value::Integer(total));
    }
    scan.byte(b".")?;
    let fraction = scan.take(|b| b.is_ascii_digit() || b == b'_').replace('_', "");
    let fraction: f64 = format!("0.{fraction}0").parse().ok()?;
    scan.0.is_empty().then_some(Value::Float(total as f64 + fraction))
}

fn yaml_float(text: &str) -> Option<Value<'static>> {
    let mut scan = Scan(text);
    scan.sign();
    let whole = scan.take(|b| b.is_ascii_digit() || b == b'_' || b == b',');
    if !whole.is_empty() && !whole.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    scan.byte(b".")?;
    let fraction = scan.take(|b| b.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    if scan.byte(b"eE").is_some() {
        scan.byte(b"+-")?;
        scan.digits(1, 9)?;
    }
    let digits = scan.0.is_empty().then(|| text.replace(['_', ','], ""))?;
    digits.parse().ok().map(Value::Float)
}

fn yaml_integer(text: &str) -> Option<Value<'static>> {
    let mut scan = Scan(text);
    let negative = scan.sign();
    let separated = |digits: &str| digits.replace(['_', ','], "");
    if let Some(digits) = scan.0.strip_prefix("0b") {
        return integer(negative, &separated(digits), 2);
    }
    if let Some(digits) = scan.0.strip_prefix("0x") {
        return integer(negative, &separated(digits), 16);
    }
    if scan.0.len() > 1 && scan.0.starts_with('0') {
        return integer(negative, &separated(scan.0), 8);
    }
    let well_separated = !scan.0.starts_with([',', '_'])
        && !scan.0.ends_with([',', '_'])
        && scan.0.as_bytes().windows(2).all(|pair| pair.iter().any(u8::is_ascii_digit));
    well_separated.then(|| integer(negative, &separated(scan.0), 10))?
}

fn toml_integer(digits: &str) -> Option<Value<'static>> {
    let mut scan = Scan(digits);
    let negative = scan.sign();
    let radixes = [("0x", 16), ("0o", 8), ("0b", 2)];
    let (digits, radix) =
        radixes.iter().find_map(|&(prefix, radix)| Some((scan.0.strip_prefix(prefix)?, radix))).unwrap_or((scan.0, 10));
    integer(negative, digits, radix)
}

fn integer(negative: bool, digits: &str, radix: u32) -> Option<Value<'static>> {
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    match i128::from_str_radix(digits, radix).ok().map(|n| if negative { -n } else { n }) {
        Some(number) => Some(i64::try_from(number).map_or(Value::Float(number as f64), Value::Integer)),
        None => digits.parse().ok().map(|number: f64| Value::Float(if negative { -number } else { number })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_as_psych_resolves_it() {
        let cases = [
            ("", Value::Null),
            ("~", Value::Null),
            ("Null", Value::Null),
            ("yes", Value::Bool(true)),
            ("On", Value::Bool(true)),
            ("No", Value::Bool(false)),
            ("off", Value::Bool(false)),
            ("22:30", Value::Integer(81000)),
            ("-1:30:15", Value::Integer(-1785)),
            ("1:30.5", Value::Float(5400.5)),
            ("010", Value::Integer(8)),
            ("0", Value::Integer(0)),
            ("0x1F", Value::Integer(31)),
            ("0b11", Value::Integer(3)),
            ("1_000", Value::Integer(1000)),
            ("1,000", Value::Integer(1000)),
            ("-7", Value::Integer(-7)),
            ("20240102", Value::Integer(20240102)),
            ("18446744073709551616", Value::Float(18446744073709551616.0)),
            ("1.5", Value::Float(1.5)),
            ("1.", Value::Float(1.0)),
            ("1.5e+3", Value::Float(1500.0)),
            ("-.INF", Value::Float(f64::NEG_INFINITY)),
            ("2024-1-2", Value::Date(jiff::civil::date(2024, 1, 2))),
        ];
        for (text, expected) in cases {
            assert_eq!(yaml(text), expected, "{text:?}");
        }
        for text in [
            "y", "yes!", "22:60", "08", "1,", "1__0", "1e5", ".", "1.2.3", ":name", "3주차", "2024-02-30",
            "2024-13-01", "2024-01-02 10:00", "2024-01-02 25:00:00", "2024-01-02 10:00:00 +900",
        ] {
            assert_eq!(yaml(text), Value::Text(text));
        }
    }

    #[test]
    fn times() {
        let clock = jiff::civil::date(2024, 3, 1).at(10, 0, 0, 0);
        let seoul = Some(jiff::tz::offset(9));
        let cases = [
            ("2024-03-01 10:00:00", None),
            ("2024-3-1T10:00:00", None),
            ("2024-02-30 10:00:00", None),
            ("2024-03-01 10:00:00Z", Some(Offset::UTC)),
            ("2024-03-01 10:00:00 +0900", seoul),
            ("2024-03-01T10:00:00.000+09:00", seoul),
            ("2024-03-01 10:00:00 +9", seoul),
        ];
        for (text, offset) in cases {
            assert_eq!(yaml(text), Value::Time { clock, offset }, "{text:?}");
        }
    }

    #[test]
    fn toml_types() {
        let cases = [
            ("true", Value::Bool(true)),
            ("1_000", Value::Integer(1000)),
            ("0o17", Value::Integer(15)),
            ("-0", Value::Integer(0)),
            ("1e5", Value::Float(1e5)),
            ("-inf", Value::Float(f64::NEG_INFINITY)),
            ("10:00:00", Value::Text("10:00:00")),
            ("2024-01-02", Value::Date(jiff::civil::date(2024, 1, 2))),
            (
                "2024-01-02T10:00:00Z",
                Value::Time { clock: jiff::civil::date(2024, 1, 2).at(10, 0, 0, 0), offset: Some(Offset::UTC) },
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(toml(text), expected, "{text:?}");
        }
    }
}
