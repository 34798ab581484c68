//! What goes on in a row of texts: the title, the name of the file, a line.

use super::Known;
use super::shape::{Of, Shape, Unit};

/// How a row of texts goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Goes {
    /// With this text.
    On(String),
    /// With what stands before and behind words of its own.
    Around(String, String),
    /// Nobody can tell.
    Free,
}

/// One of a row of texts, and what is known of its post.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told<'t> {
    pub text: &'t str,
    pub known: &'t Known,
}

/// The days that a text speaks of, the most likely first.
#[derive(Debug, Clone, Copy)]
pub(super) enum Speaks {
    /// Of the day of its post.
    OfItself,
    /// Of the days that its post is about.
    OfDays,
}

/// A later number than this many above another is none of its row.
const FAR: u64 = 30;

/// So many posts in a row make a new way to write.
const NEW_WAY: usize = 3;

/// Numbers of posts that follow each other are mostly no further apart: some posts are never written.
const NEAR: u64 = 2;

/// How a row of texts goes on, the last one last.
pub(super) fn next(row: &[Told], next: &Known, speaks: Speaks) -> Goes {
    let shapes: Vec<Shape> = row.iter().map(|told| Shape::of(told.text)).collect();
    let count = |shape: &Shape| shapes.iter().filter(|other| other.text == shape.text).count();
    let Some((usual, times)) = shapes.iter().map(|shape| (shape, count(shape))).max_by_key(|(_, times)| *times) else {
        return Goes::Free;
    };
    // What was another way before is past.
    let last = &shapes[shapes.len() - 1];
    let is_new_way = shapes.iter().rev().take_while(|shape| shape.text == last.text).count() >= NEW_WAY;
    let usual = if is_new_way { last } else { usual };
    let row = Row { row, shapes: &shapes, next, speaks };
    if times * 2 > shapes.len() || is_new_way {
        let members: Vec<usize> = (0..shapes.len()).filter(|&at| shapes[at].text == usual.text).collect();
        let runs = row.runs(&members, |shape| &shape.runs);
        if let Some(runs) = runs.into_iter().map(|run| run.text).collect::<Option<Vec<String>>>() {
            return Goes::On(Shape::filled(&usual.text, &runs));
        }
    }
    row.around()
}

/// A number or a month of the next text.
#[derive(Debug, Clone)]
struct Run {
    /// `None` where nobody can tell.
    text: Option<String>,
    /// Whether it is a part of a date with a day.
    is_of_date: bool,
}

struct Row<'r> {
    row: &'r [Told<'r>],
    shapes: &'r [Shape],
    next: &'r Known,
    speaks: Speaks,
}

impl Row<'_> {
    /// What most of the texts begin and end with, up to a number that nobody can tell.
    fn around(&self) -> Goes {
        let texts: Vec<&str> = self.shapes.iter().map(|shape| shape.text.as_str()).collect();
        let shared = common_start(&texts);
        let has_start: Vec<usize> = (0..texts.len()).filter(|&at| texts[at].starts_with(&shared)).collect();
        let marks = Shape::marks(&shared);
        let runs = self.runs(&has_start, |shape| &shape.runs[..marks]);
        let told = sure(&shared, runs.iter());
        let start = Shape::before_mark(&shared, told);
        let before = Shape::filled(start, runs.iter().filter_map(|run| run.text.as_ref()));
        let reversed = |at: &usize| texts[*at][start.len()..].chars().rev().collect::<String>();
        let reversed: Vec<String> = has_start.iter().map(reversed).collect();
        let shared = common_start(&reversed.iter().map(String::as_str).collect::<Vec<_>>());
        let has_both: Vec<usize> =
            has_start.iter().zip(&reversed).filter(|(_, rest)| rest.starts_with(&shared)).map(|(at, _)| *at).collect();
        let marks = Shape::marks(&shared);
        let mut runs = self.runs(&has_both, |shape| &shape.runs[shape.runs.len() - marks..]);
        // Behind the words a number may count what these are about: it begins anew with others.
        for (at, run) in runs.iter_mut().enumerate().filter(|(_, run)| !run.is_of_date) {
            let number =
                |member: &usize| self.shapes[*member].runs[self.shapes[*member].runs.len() - marks + at].parse();
            let numbers: Vec<u64> = has_both.iter().filter_map(|member| number(member).ok()).collect();
            run.text = run.text.take().filter(|_| numbers.is_sorted());
        }
        let told = sure(&shared, runs.iter().rev());
        let end: String = Shape::before_mark(&shared, told).chars().rev().collect();
        let behind = Shape::filled(&end, runs[runs.len() - told..].iter().filter_map(|run| run.text.as_ref()));
        let (before, behind) = closed(&before, &behind);
        if before.is_empty() && behind.is_empty() {
            Goes::Free
        } else {
            Goes::Around(before.to_owned(), behind.to_owned())
        }
    }

    /// The runs of the next text.
    fn runs(&self, members: &[usize], of: impl Fn(&Shape) -> &[String]) -> Vec<Run> {
        let columns: Vec<Vec<&str>> = {
            let first = members.first().map_or(0, |&at| of(&self.shapes[at]).len());
            (0..first).map(|run| members.iter().map(|&at| of(&self.shapes[at])[run].as_str()).collect()).collect()
        };
        let mut meanings: Vec<Option<(Of, Unit)>> = vec![None; columns.len()];
        for start in 0..columns.len() {
            if meanings[start].is_none() {
                self.read_date(members, &columns[start..], &mut meanings[start..]);
            }
        }
        let is_day = |meaning: &Option<(Of, Unit)>| matches!(meaning, Some((_, Unit::Day)));
        let has_day = meanings.iter().any(is_day);
        let mut is_of_date: Vec<bool> = meanings.iter().map(|meaning| has_day && meaning.is_some()).collect();
        self.read_rest(members, &columns, &mut meanings);
        is_of_date.iter_mut().zip(&meanings).for_each(|(is, meaning)| *is |= matches!(meaning, Some((_, Unit::Whole))));
        let is_padded = |at: usize| is_padded(&columns, &meanings, |other| is_of_date[other] == is_of_date[at]);
        let pairs = from_to(&columns, &meanings);
        let write = |at: usize| match meanings[at] {
            Some((of, unit)) => Some(unit.write(self.next.day(of)?, &columns[at], is_padded(at))),
            None => self.counted(members, &columns[at]),
        };
        let mut written: Vec<Option<String>> = (0..columns.len()).map(write).collect();
        for (at, first, last) in pairs {
            written[at] = Some(first.to_string());
            written[at + 1] = Some(last.to_string());
        }
        let runs = written.into_iter().zip(is_of_date);
        runs.map(|(text, is_of_date)| Run { text, is_of_date }).collect()
    }

    /// Which days the runs may tell, the most likely first.
    fn order(&self) -> [Of; 4] {
        match self.speaks {
            Speaks::OfItself => [Of::Own, Of::First, Of::Last, Of::Behind],
            Speaks::OfDays => [Of::First, Of::Last, Of::Own, Of::Behind],
        }
    }

    /// How many members have such units of one day in runs that follow each other.
    fn votes(&self, members: &[usize], columns: &[Vec<&str>], of: Of, units: &[Unit]) -> usize {
        let has = |at: usize, member: usize| {
            let day = self.row[member].known.day(of);
            day.is_some_and(|day| units.iter().zip(columns).all(|(unit, column)| unit.is(day, column[at])))
        };
        members.iter().enumerate().filter(|&(at, &member)| has(at, member)).count()
    }

    /// The meaning of the first runs, where they are the parts of a date.
    fn read_date(&self, members: &[usize], columns: &[Vec<&str>], meanings: &mut [Option<(Of, Unit)>]) {
        use Unit::{Day, Month, MonthName, ShortYear, Year};
        const FORMS: &[&[Unit]] = &[
            &[Year, Month, Day],
            &[ShortYear, Month, Day],
            &[Day, Month, Year],
            &[Month, Day, Year],
            &[Day, MonthName, Year],
            &[MonthName, Day, Year],
            &[Year, MonthName, Day],
            &[Year, Month],
            &[MonthName, Year],
            &[Year, MonthName],
            &[Month, Day],
            &[MonthName, Day],
            &[Day, MonthName],
        ];
        for form in FORMS.iter().filter(|form| form.len() <= columns.len()) {
            let votes = self.order().map(|of| (of, self.votes(members, columns, of, form)));
            let most = votes.iter().map(|(_, votes)| *votes).max().unwrap_or_default();
            let best = votes.iter().find(|(_, votes)| *votes == most);
            // Two numbers that are a month and a day once may be anything.
            let is_chance = form.len() == 2 && !form.contains(&Year) && most < 2;
            if let Some(&(of, _)) = best.filter(|_| is_most(most, members.len()) && !is_chance) {
                form.iter().zip(meanings).for_each(|(unit, meaning)| *meaning = Some((of, *unit)));
                return;
            }
        }
    }

    /// Years, weeks and days by themselves.
    fn read_rest(&self, members: &[usize], columns: &[Vec<&str>], meanings: &mut [Option<(Of, Unit)>]) {
        let best = |column: &Vec<&str>, unit: Unit| {
            let column = std::slice::from_ref(column);
            let votes = self.order().map(|of| (of, self.votes(members, column, of, &[unit])));
            let most = votes.iter().map(|(_, votes)| *votes).max().unwrap_or_default();
            let best = votes.into_iter().find(|(_, votes)| *votes == most).filter(|_| is_most(most, members.len()));
            best.map(|(of, _)| (of, unit))
        };
        for (at, column) in columns.iter().enumerate() {
            if meanings[at].is_none() {
                meanings[at] =
                    [Unit::Year, Unit::MonthName, Unit::Whole].into_iter().find_map(|unit| best(column, unit));
            }
        }
        // `3월 4주차`
        for at in 1..columns.len() {
            let pair = &columns[at - 1..=at];
            let is_free = meanings[at - 1].is_none() && meanings[at].is_none();
            let differs =
                members.len() >= NEW_WAY && pair.iter().any(|column| column.iter().any(|run| *run != column[0]));
            let is = |of: &Of| self.votes(members, pair, *of, &[Unit::Month, Unit::WeekOfMonth]) == members.len();
            if let Some(of) = self.order().into_iter().find(is).filter(|_| is_free && differs) {
                (meanings[at - 1], meanings[at]) = (Some((of, Unit::Month)), Some((of, Unit::WeekOfMonth)));
            }
        }
        let has_date = meanings.iter().any(Option::is_some);
        for at in 0..columns.len() {
            let is_free = meanings[at].is_none();
            if !is_free || !has_date {
                continue;
            }
            let before = at.checked_sub(1).and_then(|before| meanings[before]).map(|(_, unit)| unit);
            let week = best(&columns[at], Unit::Week).map(|(of, unit)| (of, unit, before));
            meanings[at] = match (week, before) {
                (Some((of, unit, Some(Unit::Year))), _) => {
                    // The year before the number of a week is that of the week.
                    meanings[at - 1] = meanings[at - 1].map(|_| (of, Unit::WeekYear));
                    Some((of, unit))
                }
                // `10.03 - 09`
                (_, Some(Unit::Day)) => best(&columns[at], Unit::Day).filter(|(of, _)| *of == Of::Last),
                (_, Some(Unit::MonthName)) => best(&columns[at], Unit::WeekOfMonth),
                _ => None,
            };
        }
    }

    /// The next of numbers that are counted, or the one that is always the same.
    fn counted(&self, members: &[usize], column: &[&str]) -> Option<String> {
        let last = *column.last()?;
        let same = column.iter().filter(|run| **run == last).count();
        let numbers: Option<Vec<u64>> = column.iter().map(|run| run.parse().ok()).collect();
        let Some(numbers) = numbers.filter(|_| last.len() < 7) else {
            return (same == column.len()).then(|| last.to_owned());
        };
        let width = column.iter().filter(|run| run.starts_with('0')).map(|run| run.len()).max().unwrap_or(0);
        let is_own = |(number, member): &(&u64, &usize)| self.row[**member].known.number == Some(**number);
        if let Some(next) = self.next.number
            && is_most(numbers.iter().zip(members).filter(is_own).count(), numbers.len())
        {
            let highest = self.with_later(members, next.saturating_sub(1));
            return Some(format!("{:0width$}", highest + 1));
        }
        let rising = numbers.windows(2).filter(|pair| pair[0] < pair[1]).count();
        let near = numbers.windows(2).filter(|pair| pair[1].abs_diff(pair[0]) <= NEAR).count();
        let steps = numbers.len() - 1;
        let is_counted = match steps {
            0 => self.may_be_number(members, numbers[0]),
            _ => rising * 3 >= steps * 2 && near * 2 >= steps && numbers.iter().max() <= Some(&(numbers[steps] + 1)),
        };
        if !is_counted {
            return (same * 4 >= column.len() * 3).then(|| last.to_owned());
        }
        let highest = self.with_later(members, numbers.iter().copied().max()?);
        Some(format!("{:0width$}", highest + 1))
    }

    /// The highest number: a post that stands for two is written another way, and counts.
    fn with_later(&self, members: &[usize], mut highest: u64) -> u64 {
        let later = members.last().map_or(&[][..], |last| &self.shapes[last + 1..]);
        for number in later.iter().flat_map(|shape| &shape.runs).filter_map(|run| run.parse().ok()) {
            if number > highest && number <= highest + FAR {
                highest = number;
            }
        }
        highest
    }

    /// Of one post alone: whether a number in a text is that of its series.
    fn may_be_number(&self, members: &[usize], number: u64) -> bool {
        let known = members.first().map(|&at| self.row[at].known);
        known.is_some_and(|known| known.number == Some(number))
    }
}

/// Whether days and months of some runs have a zero before them. A single digit tells that the others have none by chance;
/// in words nobody writes one.
fn is_padded(columns: &[Vec<&str>], meanings: &[Option<(Of, Unit)>], is_such: impl Fn(usize) -> bool) -> bool {
    let such = (0..columns.len()).filter(|at| is_such(*at));
    let units: Vec<(Unit, usize)> = such.filter_map(|at| Some((meanings[at]?.1, at))).collect();
    let may_be = |unit: Unit| matches!(unit, Unit::Month | Unit::Day | Unit::Week);
    let numbers = || units.iter().filter(|(unit, _)| may_be(*unit)).flat_map(|(_, at)| &columns[*at]);
    let is_worded = units.iter().any(|(unit, _)| matches!(unit, Unit::MonthName | Unit::WeekOfMonth));
    !numbers().any(|run| run.len() == 1) && (!is_worded || numbers().any(|run| run.starts_with('0')))
}

/// Where two runs say from which number to which a post goes, the next such numbers: `71~75` is followed by `76~80`.
fn from_to(columns: &[Vec<&str>], meanings: &[Option<(Of, Unit)>]) -> Vec<(usize, u64, u64)> {
    let numbers = |column: &[&str]| column.iter().map(|run| run.parse().ok()).collect::<Option<Vec<u64>>>();
    let pair = |at: usize| {
        let (first, last) = (numbers(&columns[at])?, numbers(&columns[at + 1])?);
        let steps = first.len().checked_sub(1).filter(|steps| *steps > 0)?;
        let follow = (0..steps).filter(|&step| first[step + 1] == last[step] + 1).count();
        let length = last[steps].checked_sub(first[steps])?;
        (follow * 2 > steps).then(|| (at, last[steps] + 1, last[steps] + 1 + length))
    };
    let places = 0..columns.len().saturating_sub(1);
    places.filter(|&at| meanings[at].is_none() && meanings[at + 1].is_none()).filter_map(pair).collect()
}

/// What stands around words, without one half of a pair of brackets.
fn closed<'t>(mut before: &'t str, mut behind: &'t str) -> (&'t str, &'t str) {
    for (open, close) in [('(', ')'), ('[', ']'), ('{', '}'), ('「', '」'), ('（', '）'), ('【', '】')] {
        let opened = before.rfind(open).filter(|at| !before[*at..].contains(close));
        let closes = behind.find(close).filter(|at| !behind[..*at].contains(open));
        match (opened, closes) {
            (Some(at), None) => before = &before[..at],
            (None, Some(at)) => behind = &behind[at + close.len_utf8()..],
            _ => {}
        }
    }
    (before, behind)
}

/// How many of the first runs of a text can be told, without those of a date that goes on behind them.
fn sure<'r>(text: &str, runs: impl Iterator<Item = &'r Run>) -> usize {
    let told: Vec<&Run> = runs.take_while(|run| run.text.is_some()).collect();
    Shape::before_date(text, told.len(), |mark| told[mark].is_of_date)
}

/// Two of three.
fn is_most(votes: usize, of: usize) -> bool {
    votes > 0 && votes * 3 >= of * 2
}

/// What two of three texts begin with, up to the end of a word.
fn common_start(texts: &[&str]) -> String {
    let mut sorted: Vec<&str> = texts.to_vec();
    sorted.sort_unstable();
    let size = (texts.len() * 2).div_ceil(3).max(1);
    let windows = sorted.windows(size).filter(|_| size > 1);
    // What lies between two sorted texts begins as they do.
    let shared = windows.map(|window| shared(window[0], window[size - 1]));
    shared.max_by_key(|shared| shared.len()).unwrap_or_default().to_owned()
}

fn shared<'t>(one: &'t str, other: &str) -> &'t str {
    let length: usize =
        one.chars().zip(other.chars()).take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8()).sum();
    let is_inside = |text: &str| text[length..].starts_with(is_of_word) && text[..length].ends_with(is_of_word);
    if !is_inside(one) && !is_inside(other) {
        return &one[..length];
    }
    one[..length].trim_end_matches(is_of_word)
}

/// Letters that are parted from others by spaces.
fn is_of_word(c: char) -> bool {
    c.is_ascii_alphabetic() || c.is_alphabetic() && c < '\u{530}'
}

/// The number that two texts of a post both have.
pub(super) fn shared_number(title: &str, name: &str) -> Option<u64> {
    let numbers = |text: &str| Shape::of(text).runs.iter().filter_map(|run| run.parse().ok()).collect::<Vec<u64>>();
    let in_name = numbers(name);
    let mut both = numbers(title).into_iter().filter(|number| in_name.contains(number));
    both.next().filter(|number| *number < 1990 && both.next().is_none())
}
