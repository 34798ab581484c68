//! The days of the next post: its own, and those that it is about.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::Known;
use crate::kinds::Schema;
use crate::kinds::schema::{DateRangeSchema, FileDatePlace, Series};
use crate::syntax::dates::days_between;

/// A week.
const WEEK: i32 = 7;

/// What is known of the next post of a row, the last one last. `asked`: the day that it is to have.
pub(super) fn next(schema: &Schema, row: &[Known], asked: Option<Date>, today: Date) -> Known {
    let about = row.iter().filter_map(|known| known.days).collect::<Vec<_>>();
    let wants_days = schema.date_range.is_some();
    if !wants_days && about.len() * 2 <= row.len() {
        return Known { own: asked.or_else(|| next_day(schema, row, today)).or(Some(today)), days: None, number: None };
    }
    let usual = schema.date_range.clone().unwrap_or_default();
    let weeks = Weeks::of(&usual, row, &about);
    let days = match (asked, about.last()) {
        (Some(day), _) => weeks.around(day, &usual),
        (None, Some(&last)) => {
            let behind = std::iter::successors(Some(weeks.behind(last)), |days| Some(weeks.behind(*days)));
            let rests = |(first, last)| schema.series.as_ref().is_some_and(|series| series.rests(first, last));
            let mut open = behind.take(MOST_RESTS).filter(|days| !rests(*days));
            open.next().unwrap_or_else(|| weeks.behind(last))
        }
        (None, None) => weeks.around(today, &usual),
    };
    let own = asked.unwrap_or_else(|| match usual.file_date {
        Some(FileDatePlace::Start) => days.0,
        Some(FileDatePlace::End) => days.1,
        Some(FileDatePlace::Inside) => plus(days.0, weeks.delay.clamp(0, days_between(days.0, days.1))),
        Some(FileDatePlace::Any) | None => plus(days.0, weeks.delay),
    });
    Known { own: Some(own), days: Some(days), number: None }
}

/// So many rests in a row are passed over.
const MOST_RESTS: usize = 60;

/// How the days of a row follow each other.
struct Weeks {
    /// How many days a post is about.
    length: i32,
    /// How many days lie between those of two posts.
    gap: i32,
    /// The weekday of the first of them.
    starts_on: Option<Weekday>,
    /// How many days after the first of them the day of the post lies.
    delay: i32,
}

impl Weeks {
    fn of(schema: &DateRangeSchema, row: &[Known], about: &[(Date, Date)]) -> Weeks {
        let asked = schema.days.as_ref().map(|days| i32::from(days.usual()));
        let length = asked.or_else(|| most(about.iter().map(|days| days_between(days.0, days.1) + 1)));
        let length = length.filter(|length| *length > 0).unwrap_or(WEEK);
        let gap = most(about.windows(2).map(|pair| days_between(pair[0].1, pair[1].0) - 1));
        let starts = about.iter().map(|days| i32::from(days.0.weekday().to_monday_zero_offset()));
        let is_weekly = length % WEEK == 0 || about.len() > 1 && (length + gap.unwrap_or(0)) % WEEK == 0;
        let usual = || most(starts).and_then(|day| Weekday::from_monday_zero_offset(day as i8).ok());
        let starts_on = schema.starts_on.map(|day| day.in_calendar()).or_else(|| usual().filter(|_| is_weekly));
        let delay = most(row.iter().filter_map(|known| Some(days_between(known.days?.0, known.own?))));
        Weeks { length, gap: gap.unwrap_or(0).max(0), starts_on, delay: delay.unwrap_or(length - 1) }
    }

    /// The days behind others.
    fn behind(&self, last: (Date, Date)) -> (Date, Date) {
        self.from(self.aligned(plus(last.1, self.gap + 1)))
    }

    /// The days for a post of a day.
    fn around(&self, day: Date, schema: &DateRangeSchema) -> (Date, Date) {
        let back = match schema.file_date {
            Some(FileDatePlace::Start) => return self.from(day),
            Some(FileDatePlace::End) => return self.from(plus(day, 1 - self.length)),
            Some(FileDatePlace::Inside) => 0,
            Some(FileDatePlace::Any) | None => (self.delay - self.length + 1).max(0),
        };
        let within = plus(day, -back);
        let Some(starts_on) = self.starts_on.or(Some(Weekday::Monday).filter(|_| self.length % WEEK == 0)) else {
            return self.from(plus(within, 1 - self.length));
        };
        self.from(plus(within, -i32::from(within.weekday().since(starts_on))))
    }

    /// The nearest day with the weekday.
    fn aligned(&self, day: Date) -> Date {
        let Some(starts_on) = self.starts_on else { return day };
        let back = i32::from(day.weekday().since(starts_on));
        plus(day, if back * 2 < WEEK { -back } else { WEEK - back })
    }

    fn from(&self, first: Date) -> (Date, Date) {
        (first, plus(first, self.length - 1))
    }
}

/// The day of a post that is about no days: a step behind the last one, where one begins as the other ends, or where the
/// steps are regular and that is not long ago; `None` where it is that on which the post is written.
fn next_day(schema: &Schema, row: &[Known], today: Date) -> Option<Date> {
    let days: Vec<Date> = row.iter().filter_map(|known| known.own).collect();
    let last = *days.last()?;
    let steps: Vec<i32> = days.windows(2).map(|pair| days_between(pair[0], pair[1])).filter(|step| *step > 0).collect();
    let step = most(steps.iter().copied())?;
    let is_contiguous = schema.series.as_ref().is_some_and(Series::is_contiguous);
    let is_regular = steps.iter().filter(|other| **other == step).count() * 2 > steps.len();
    let since = days_between(last, today);
    let follows = is_contiguous || since <= 0 || is_regular && since < step * 2;
    follows.then(|| plus(last, step))
}

fn plus(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

/// The value that is there most often, of several the last one.
fn most(values: impl Iterator<Item = i32>) -> Option<i32> {
    let values: Vec<i32> = values.collect();
    let times = |value: &i32| values.iter().filter(|other| *other == value).count();
    values.iter().copied().max_by_key(times)
}
