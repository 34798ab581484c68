//! Two dates with a separator: which pairs are a range of days.

use jiff::civil::Date;

use super::calendar::{self, Filled, Resolved};
use super::length;
use super::place::{self, Place};
use super::range::{DateRange, Day, RangeForm};
use super::scan::Scan;
use super::words::{self, Separator, Sides};
use super::written::{self, Form, Written};
use crate::text::Span;

/// How long a range within other text may be, in days; a longer one is what the text is about, not when it was.
const DAYS_IN_TEXT: i32 = 100;

/// Reads a range that begins with a date.
pub(super) fn read(start: &Written, mut rest: Scan, near: Option<Date>) -> Option<DateRange> {
    // An interval of ISO 8601: `2022-10-03/2022-10-09`.
    let is_interval = |form: &Form| matches!(form, Form::Numbers { sign: '-', numbers, .. } if numbers.len() == 3);
    let (separator, sides) = match is_interval(&start.form) && rest.eat("/") {
        true => (Separator::Sign, Sides { left: false, right: false }),
        false => words::separator(&mut rest)?,
    };
    let ends = written::read(rest).into_iter();
    ends.filter_map(|(end, rest)| pair(start, end, rest, separator, sides)).find_map(|pair| pair.range(near))
}

/// Two dates that may be a range.
struct Pair<'a> {
    start: Written,
    end: Written,
    rest: Scan<'a>,
}

fn pair<'a>(
    start: &Written,
    mut end: Written,
    mut rest: Scan<'a>,
    separator: Separator,
    sides: Sides,
) -> Option<Pair<'a>> {
    if let (Form::Named { .. }, Form::Day { year, .. }) = (&start.form, &mut end.form) {
        *year = written::year_behind(&mut rest);
        end.closed |= year.is_some();
        end.span.end = rest.at;
    }
    if end.dotted && !start.dotted {
        rest.at -= 1;
        end.span.end -= 1;
        end.dotted = false;
    }
    let tight = separator == Separator::Hyphen && !(sides.left && sides.right);
    let fits = one_family(&start.form, &end.form) && (!tight || hyphen_fits(&start.form, &end.form, sides));
    fits.then(|| Pair { start: start.clone(), end, rest })
}

/// True if both sides are written alike, or one elides what the other has.
fn one_family(start: &Form, end: &Form) -> bool {
    match (start, end) {
        (Form::Numbers { sign, numbers, .. }, Form::Numbers { sign: other, numbers: others, .. }) => {
            sign == other || (numbers.len() == 3 && others.len() == 3)
        }
        (Form::Day { .. }, Form::Named { day_first, .. }) => *day_first,
        (Form::Numbers { .. }, Form::Units { month, .. }) => month.is_none(),
        (Form::Named { .. }, Form::Named { .. }) | (Form::Units { .. }, Form::Units { .. }) => true,
        (Form::Day { .. }, other) | (other, Form::Day { .. }) => !matches!(other, Form::Day { .. }),
        _ => false,
    }
}

/// A hyphen without spaces must not be the one within a date, one with a single space not be a minus.
fn hyphen_fits(start: &Form, end: &Form, sides: Sides) -> bool {
    let full = |form: &Form| matches!(form, Form::Numbers { numbers, .. } if numbers.len() == 3);
    let numeric = matches!(start, Form::Numbers { .. });
    let hyphens = matches!(start, Form::Numbers { sign: '-', .. });
    let both_full = full(start) && full(end);
    both_full || (!numeric || sides.left == sides.right) && !hyphens
}

impl Pair<'_> {
    /// The range, if the calendar and the place agree that it is one.
    fn range(self, near: Option<Date>) -> Option<DateRange> {
        let cut_off = self.elides() && !self.end.closed && !place::ends_clearly(self.rest);
        if cut_off || !place::free_after(self.rest) || place::in_address(self.rest.text, self.start.span.start) {
            return None;
        }
        let filled = calendar::fill(&self.start, &self.end, near)?;
        let span = Span::new(self.start.span.start, self.end.span.end);
        let (stated_days, after) = length::read(self.rest);
        let place = place::place(self.rest.text, &span, after);
        let is_meant = (self.is_real(&filled) || self.is_slip(&filled, place, near)) && self.fits(&filled, place);
        let (start, end) = (Day::new(&self.start, filled.start), Day::new(&self.end, filled.end));
        let range = DateRange::new(span, RangeForm::Days, place, start, Some(end));
        is_meant.then_some(DateRange { year_written: filled.year_written, stated_days, ..range })
    }

    /// True if the end has fewer parts than the start.
    fn elides(&self) -> bool {
        match (&self.start.form, &self.end.form) {
            (_, Form::Day { .. }) => true,
            (Form::Numbers { numbers, .. }, Form::Numbers { numbers: others, .. }) => others.len() < numbers.len(),
            (Form::Units { .. }, Form::Units { .. }) => true,
            _ => false,
        }
    }

    /// True if numbers mean days: units and names say so themselves, bare numbers must fit a calendar.
    fn is_real(&self, filled: &Filled) -> bool {
        let days = [filled.start, filled.end];
        match self.start.form {
            Form::Named { .. } => days.iter().all(|day| (1..=31).contains(&day.day)),
            Form::Units { .. } => true,
            _ if filled.year_written => days.iter().any(Resolved::exists),
            _ => days.iter().all(|day| (1..=12).contains(&day.month) && (1..=31).contains(&day.day)),
        }
    }

    /// True if both days are in no calendar, but only just: `22.13.01 - 22.13.07` on a line of its own. A year of two
    /// digits must be that of the post, or the numbers are versions.
    fn is_slip(&self, filled: &Filled, place: Place, near: Option<Date>) -> bool {
        let just = |day: &Resolved| (1..=19).contains(&day.month) && (1..=39).contains(&day.day);
        let of_post = |year: i16| near.is_some_and(|near| near.year().abs_diff(year) <= 1);
        let dated = self.year_digits() == 4 || filled.start.year.is_some_and(of_post);
        let short = filled.year_written && (0..31).contains(&filled.length());
        place == Place::Alone && dated && short && just(&filled.start) && just(&filled.end)
    }

    /// True if such dates are a range in such a place: the less they say themselves, the more the place must.
    fn fits(&self, filled: &Filled, place: Place) -> bool {
        let short = filled.length().abs() < DAYS_IN_TEXT;
        let announced = matches!(place, Place::Alone | Place::Labelled);
        if !self.is_bare() {
            return announced || short;
        }
        match self.year_digits() {
            0 if self.start.weekday.is_some() && self.end.weekday.is_some() => short,
            0 if self.has_lone_day() => short && place == Place::Labelled,
            0 => short && announced,
            2 => announced || (short && place != Place::InText),
            _ => announced || short,
        }
    }

    /// True if no unit and no name of a month says that these are dates.
    fn is_bare(&self) -> bool {
        matches!(self.start.form, Form::Numbers { .. }) || matches!(self.end.form, Form::Numbers { .. })
    }

    /// True if one side is but a number: `10/3 ~ 9`.
    fn has_lone_day(&self) -> bool {
        matches!(self.start.form, Form::Day { .. }) || matches!(self.end.form, Form::Day { .. })
    }

    /// How many digits the year has that is written in numbers: 0, 2 or 4.
    fn year_digits(&self) -> usize {
        let digits = |date: &Written| match &date.form {
            Form::Numbers { numbers, .. } if numbers.len() == 3 => {
                numbers.iter().map(|number| number.digits).max().unwrap_or(0)
            }
            _ => 0,
        };
        digits(&self.start).max(digits(&self.end))
    }
}
