//! The date of a post as a generator reads it.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

use crate::post::Post;
use crate::text::{Span, first_line};

/// What a generator makes of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dated {
    /// A moment.
    Moment(Moment),
    /// Nothing: it stops the whole build.
    Refused(Refusal),
    /// A shape that nobody asked the generator about.
    Unsure,
}

/// A moment, or the beginning of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Day and time; a day up to 31 that its month lacks is counted on into the next one.
    pub civil: DateTime,
    /// That day, as it is written.
    pub lacking: Option<u8>,
    /// Its offset from UTC; `None`: the zone of the site.
    pub offset: Option<Offset>,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
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
    pub(crate) fn timestamp(&self, zone: &TimeZone) -> Option<Timestamp> {
        match self.offset {
            Some(offset) => offset.to_timestamp(self.civil).ok(),
            None => Some(zone.to_zoned(self.civil).ok()?.timestamp()),
        }
    }

    /// The day that the site counts it to: the one in the address of the page.
    pub(crate) fn day(&self, zone: &TimeZone) -> Option<Date> {
        Some(self.timestamp(zone)?.to_zoned(zone.clone()).date())
    }
}

/// What is wrong with the date of a post.
#[derive(Debug)]
pub(crate) struct DateFault {
    /// Bytes of the post: the value, or the first line where the file name has the date.
    pub span: Span,
    /// What is wrong, in lower case, without a full stop.
    pub message: String,
    /// The front matter says nothing, where the name of the file has a day.
    pub is_empty: bool,
    /// What to write, where the usual way is not the generator's.
    pub help: Option<&'static str>,
}

/// What of a front matter a generator refuses.
#[derive(Debug)]
pub(crate) struct HeadFault {
    /// Bytes of the post.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// A day that no calendar has is meant on no generator, whatever it makes of it.
pub(crate) fn no_day(post: &Post) -> Option<DateFault> {
    let entry = post.front_matter()?.get("date")?;
    let text = entry.value.text()?.trim();
    let mut parts = text.split(['T', 't', ' ']).next()?.split('-');
    let numbers = [parts.next()?, parts.next()?, parts.next()?];
    let is_day = parts.next().is_none() && numbers[0].len() >= 4;
    if !is_day || !numbers.iter().all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let number = |digits: &str| digits.parse().unwrap_or(i8::MAX);
    let (year, month, day): (i16, i8, i8) =
        (numbers[0].parse().ok().filter(|&year| year < 9999).unwrap_or(2000), number(numbers[1]), number(numbers[2]));
    let message = match Date::new(year, month.clamp(1, 12), 1).ok()?.days_in_month() {
        _ if !(1..=12).contains(&month) => format!("there is no month `{}`", numbers[1]),
        days if !(1..=days).contains(&day) => format!("the month has no day `{}`", numbers[2]),
        _ => return None,
    };
    Some(DateFault { span: first_line(post.text, entry.value.span), message, is_empty: false, help: None })
}
