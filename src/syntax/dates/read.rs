//! The first range of days in a line.

use jiff::civil::Date;

use super::range::DateRange;
use super::scan::{Scan, is_letter};
use super::week::{self, WeekLabel};
use super::written::{self, Written};
use super::{month_week, pair, place, single, words};
use crate::text::boundary;

/// Whether a line has what every range has: two numbers with something between them that separates, or a number and
/// the word for a week. Nearly all lines lack it, and are not looked at closely.
fn may_hold_range(line: &str) -> bool {
    let bytes = line.as_bytes();
    // All bytes at once, which is quicker than up to the first.
    if !bytes.iter().fold(false, |has, byte| has | byte.is_ascii_digit()) {
        return month_week::may_hold(line);
    }
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let numbers = (0..bytes.len()).filter(|&at| digit(at) && !digit(at + 1)).count();
    let separates = |byte: &u8| matches!(byte, b'-' | b'~' | b'/') || !byte.is_ascii();
    match numbers {
        1 => holds(bytes, week::STEMS) || holds(bytes, &month_week::UNITS),
        _ => bytes.iter().any(separates) || holds(bytes, &words::LATIN_WORDS) || holds(bytes, week::STEMS),
    }
}

/// Whether a line holds one of these words in lower case, whatever the case of its own letters.
pub(super) fn holds(line: &[u8], words: &[&str]) -> bool {
    let begins = |at: usize, word: &[u8]| {
        line[at].to_ascii_lowercase() == word[0]
            && line.get(at..at + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word))
    };
    // Most letters begin none of the words.
    let mut first = [false; 256];
    for word in words {
        first[usize::from(word.as_bytes()[0])] = true;
    }
    let may_begin = |at: &usize| first[usize::from(line[*at].to_ascii_lowercase())];
    (0..line.len()).filter(may_begin).any(|at| words.iter().any(|word| begins(at, word.as_bytes())))
}

/// Bytes of a line that are looked at: a header is short.
const HEAD: usize = 300;

/// Reads the first range of a line.
///
/// `offset` is where the line begins in the file: all spans count from the start of the file. `near` is a date of the
/// post: a range without a year gets the one that puts its end nearest to it.
pub(crate) fn read_range(line: &str, offset: usize, near: Option<Date>) -> Option<DateRange> {
    let end = boundary(line, HEAD);
    let (line, is_cut) = (&line[..end], end < line.len());
    if !may_hold_range(line) {
        return None;
    }
    let week = week::read(line, near);
    let labelled = week.as_ref().and_then(WeekLabel::days).map(|(_, sunday)| sunday);
    let near = labelled.or(near);
    let dates = dates(line);
    let mut range = (dates.iter().find_map(|(date, rest)| pair::read(date, *rest, near)))
        .or_else(|| dates.iter().find_map(|(date, rest)| single::open_end(date, *rest)))
        .or_else(|| dates.iter().find_map(|(date, rest)| single::week_of(date, *rest, near)))
        .or_else(|| single::weeks(line, week.as_ref()?))
        .or_else(|| month_week::read(line, near))?;
    if is_cut && range.span.end == line.len() {
        return None;
    }
    range.week = week;
    Some(range.moved(offset))
}

/// All readings of all dates of a line, and where the text goes on; what is part of a date begins no other.
fn dates(line: &str) -> Vec<(Written, Scan<'_>)> {
    let mut dates = Vec::new();
    let mut free_from = 0;
    for (at, _) in line.char_indices().filter(|&(_, c)| c.is_ascii_digit() || is_letter(c)) {
        let scan = Scan::new(line, at);
        if at < free_from || !place::free_before(scan) {
            continue;
        }
        let readings = written::read(scan);
        free_from = readings.first().filter(|(date, _)| !date.may_be_marker()).map_or(at, |(date, _)| date.span.end);
        dates.extend(readings);
    }
    dates
}
