//! A text as the words that stay and the numbers that go on.

use jiff::civil::Date;

use super::Known;

/// Stands for a run of digits in a [`Shape`].
const DIGITS: char = '\u{e000}';
/// Stands for the name of a month.
const MONTH: char = '\u{e001}';

/// English names of months; others stay as they are.
const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

/// A text with a mark for each number and each month, and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    /// The text with marks.
    pub text: String,
    /// What the marks stand for, in order.
    pub runs: Vec<String>,
}

impl Shape {
    pub(super) fn of(text: &str) -> Shape {
        let mut shape = Shape { text: String::new(), runs: Vec::new() };
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let is_start = !text[..text.len() - rest.len()].ends_with(char::is_alphabetic);
            let length = if digits > 0 {
                digits
            } else if is_start {
                month_at(rest)
            } else {
                0
            };
            if length > 0 {
                shape.text.push(if digits > 0 { DIGITS } else { MONTH });
                shape.runs.push(rest[..length].to_owned());
                rest = &rest[length..];
            } else {
                shape.text.push(if matches!(first, DIGITS | MONTH) { '\u{fffd}' } else { first });
                rest = &rest[first.len_utf8()..];
            }
        }
        shape
    }

    /// How many marks a part of such a text has.
    pub(super) fn marks(text: &str) -> usize {
        text.matches([DIGITS, MONTH]).count()
    }

    /// How many of some marks stand before the date that the next one is a part of; `ends_day`: whether a whole date ends
    /// with a mark.
    pub(super) fn before_date(text: &str, mut marks: usize, ends_day: impl Fn(usize) -> bool) -> usize {
        let places: Vec<usize> = text.match_indices([DIGITS, MONTH]).map(|(at, mark)| at + mark.len()).collect();
        let is_sign = |mark: usize| {
            let between = places.get(mark).map(|end| &text[places[mark - 1]..end - DIGITS.len_utf8()]);
            matches!(between, Some("-" | "." | "/"))
        };
        while marks > 0 && is_sign(marks) && !ends_day(marks - 1) {
            marks -= 1;
        }
        marks
    }

    /// A part of such a text up to a mark, counted from none; all of it where it has no more.
    pub(super) fn before_mark(text: &str, mark: usize) -> &str {
        let end = text.match_indices([DIGITS, MONTH]).nth(mark).map_or(text.len(), |(at, _)| at);
        &text[..end]
    }

    /// A part of such a text with other runs in the place of its marks.
    pub(super) fn filled<'r>(text: &str, runs: impl IntoIterator<Item = &'r String>) -> String {
        let mut runs = runs.into_iter();
        let fill = |c: char| match c {
            DIGITS | MONTH => runs.next().cloned().unwrap_or_default(),
            c => c.to_string(),
        };
        text.chars().map(fill).collect()
    }
}

/// How long the name of a month is that begins a text; 0 for none.
fn month_at(text: &str) -> usize {
    let full = MONTHS.iter().find(|month| starts_alike(text, month)).map(|month| month.len());
    let length = full.or_else(|| MONTHS.iter().any(|month| starts_alike(text, &month[..3])).then_some(3));
    let goes_on = |length: usize| text[length..].starts_with(|c: char| c.is_lowercase());
    length.filter(|&length| !goes_on(length)).unwrap_or(0)
}

fn starts_alike(text: &str, word: &str) -> bool {
    text.starts_with(word) || text.starts_with(&word.to_lowercase())
}

/// Which day of a post a number tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// Its own.
    Own,
    /// The first that it is about.
    First,
    /// The last that it is about.
    Last,
    /// The one behind that.
    Behind,
}

/// What of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    /// Two digits of it.
    ShortYear,
    Month,
    /// The name of it.
    MonthName,
    Day,
    /// All of it without signs: `20221009` or `221009`.
    Whole,
    /// The week of ISO 8601.
    Week,
    /// The year that this week is of.
    WeekYear,
    /// The week of the month, counted from that which has its first day.
    WeekOfMonth,
}

impl Unit {
    /// Whether a run is what is written of a day.
    pub(super) fn is(self, day: Date, run: &str) -> bool {
        match self {
            Unit::MonthName => {
                let name = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
                [name, &name[..3]].iter().any(|name| name.eq_ignore_ascii_case(run))
            }
            Unit::Year | Unit::WeekYear => run.len() == 4 && run.parse() == Ok(self.number(day)),
            Unit::Whole => matches!(run.len(), 6 | 8) && run == whole(day, run.len()),
            Unit::ShortYear => run.len() == 2 && run.parse() == Ok(self.number(day)),
            _ => run.len() <= 2 && run.parse() == Ok(self.number(day)),
        }
    }

    fn number(self, day: Date) -> i32 {
        match self {
            Unit::Year => day.year().into(),
            Unit::ShortYear => i32::from(day.year()) % 100,
            Unit::Month | Unit::MonthName => day.month().into(),
            Unit::Day | Unit::Whole => day.day().into(),
            Unit::Week => day.iso_week_date().week().into(),
            Unit::WeekYear => day.iso_week_date().year().into(),
            Unit::WeekOfMonth => {
                let before = day.first_of_month().weekday().to_monday_zero_offset();
                (i32::from(day.day()) + i32::from(before) - 1) / 7 + 1
            }
        }
    }

    /// The same of another day, in the form of some runs.
    pub(super) fn write(self, day: Date, runs: &[&str], is_padded: bool) -> String {
        let last = runs.last().copied().unwrap_or_default();
        match self {
            Unit::MonthName => {
                let name = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
                // `May` is both.
                let is_short = runs.iter().any(|run| run.len() == 3 && !run.eq_ignore_ascii_case("may"));
                let name = if is_short { &name[..3] } else { name };
                if last.starts_with(char::is_lowercase) { name.to_lowercase() } else { name.to_owned() }
            }
            Unit::Whole => whole(day, last.len()),
            Unit::ShortYear => format!("{:02}", self.number(day)),
            Unit::Year | Unit::WeekYear => format!("{:04}", self.number(day)),
            // Late in the year no week tells.
            Unit::Week if !runs.iter().any(|run| run.starts_with('0')) => self.number(day).to_string(),
            Unit::Month | Unit::Day | Unit::Week if is_padded => format!("{:02}", self.number(day)),
            _ => self.number(day).to_string(),
        }
    }
}

/// A day in so many digits.
fn whole(day: Date, digits: usize) -> String {
    day.strftime(if digits == 8 { "%Y%m%d" } else { "%y%m%d" }).to_string()
}

impl Known {
    /// One of its days.
    pub(super) fn day(&self, of: Of) -> Option<Date> {
        match of {
            Of::Own => self.own,
            Of::First => self.days.map(|days| days.0),
            Of::Last => self.days.map(|days| days.1),
            Of::Behind => self.days?.1.tomorrow().ok(),
        }
    }
}
