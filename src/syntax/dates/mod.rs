//! Dates as people write them: the range in the header of a post, the date of its file name and of its front matter.
//!
//! [`read_range`] looks for two dates of one family with a separator between them, fills what is elided from the
//! other side, and then asks whether the place allows such dates: `10.3 ~ 10.9` is a range when it is the whole
//! line or stands behind `Week 2`, and two section numbers elsewhere.

mod calendar;
mod length;
mod list;
mod month_week;
mod pair;
mod place;
mod range;
mod read;
mod scan;
mod single;
mod stamp;
#[cfg(test)]
mod tests;
mod week;
mod words;
mod written;

use jiff::civil::Date;

pub(crate) use list::reads_as_list;
pub(crate) use place::Place;
pub(crate) use range::{DateRange, Day, RangeForm};
pub(crate) use read::read_range;
pub(crate) use stamp::{FileDate, read_file_date, read_front_matter_date};

/// How many days lie from one day to another.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
