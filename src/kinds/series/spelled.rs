//! How a text spells the number of a post: `3주차`, `54~58일차`, `Weeks 42–47`, `30-31-32`, `3 (2)`, `12.5`.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use regex::Regex;

/// A number as a text has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelled {
    /// The first of the numbers that the post stands for.
    pub first: u64,
    /// The last of them, mostly the first.
    pub last: u64,
    /// Whether it is one of several parts: `3-1`, `3 (2)`, `12.5`.
    pub is_part: bool,
    /// What stands before it, which is another thing in another course: `Spring 1주차`.
    pub course: u64,
}

/// A number with more digits is an id.
const MOST_DIGITS: usize = 9;

/// One post stands for no more than so many.
const MOST: u64 = 60;

/// Between two numbers without a space.
const JOINTS: [char; 8] = ['-', '–', '—', '~', '〜', '～', '+', '&'];
/// Between numbers that follow each other.
const AND: [&str; 9] = [", ", " & ", " + ", " and ", " et ", " und ", " y ", "、", "·"];
/// From one number to another.
const TO: [&str; 6] = [" - ", " – ", " ~ ", " to ", " through ", " bis "];

/// The number of a text by the first group of a pattern.
pub(super) fn number_in(pattern: &Regex, text: &str) -> Option<Spelled> {
    let mut all = pattern.captures_iter(text).filter_map(|found| {
        let group = found.get(1)?;
        Some((found.get(0)?.range(), group.range(), value(group.as_str().trim())?))
    });
    let (whole, group, number) = all.next()?;
    let unit = text.get(group.end..whole.end).unwrap_or_default().trim();
    let (mut last, end) = chained(text, group.end, number, unit);
    let mut behind = whole.end.max(end);
    for (whole, _, number) in all {
        let between = text.get(behind..whole.start).unwrap_or("x").trim();
        let joins = between.chars().all(|sign| JOINTS.contains(&sign) || ",、".contains(sign))
            || ["and", "to", "과", "와", "및", "부터", "et", "und"].contains(&between);
        if !joins || !(last..last + MOST).contains(&(number - 1)) {
            break;
        }
        (last, behind) = (number, whole.end);
    }
    let is_part = [end, whole.end].into_iter().any(|end| text.get(end..).is_some_and(has_part));
    let first = earlier(text, group.start, number).unwrap_or(number);
    let course = FixedState::default().hash_one(text[..group.start].trim());
    Some(Spelled { first, last, is_part, course })
}

/// The number of some digits.
pub(super) fn value(digits: &str) -> Option<u64> {
    (digits.len() <= MOST_DIGITS).then(|| digits.parse().ok()).flatten()
}

fn digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

/// The last of the numbers behind one, and where it ends.
fn chained(text: &str, end: usize, number: u64, unit: &str) -> (u64, usize) {
    let (mut last, mut end) = (number, end);
    while let Some((next, length)) = text.get(end..).and_then(|rest| following(rest, last, unit)) {
        (last, end) = (next, end + length);
    }
    (last, end)
}

/// The number that goes on from one, and the length of all up to its end.
fn following(rest: &str, last: u64, unit: &str) -> Option<(u64, usize)> {
    let read = |joint: &str| {
        let digits = digits(&rest[joint.len()..]);
        let number = value(digits).filter(|number| (last + 1..last + MOST).contains(number))?;
        let length = joint.len() + digits.len();
        Some((number, length, &rest[length..]))
    };
    if let Some(sign) = rest.chars().next().filter(|sign| JOINTS.contains(sign)) {
        return read(&rest[..sign.len_utf8()]).map(|(number, length, _)| (number, length));
    }
    if let Some(and) = AND.iter().find(|and| rest.starts_with(**and)) {
        return read(and).filter(|(number, ..)| *number == last + 1).map(|(number, length, _)| (number, length));
    }
    let to = TO.iter().find(|to| rest.starts_with(**to))?;
    // What follows a number of things is no week.
    let closes = |behind: &str| {
        let behind = behind.trim_start();
        behind.is_empty()
            || behind.starts_with([':', ')', ']', '|', '：', '）'])
            || !unit.is_empty() && behind.starts_with(unit)
    };
    read(to).filter(|(.., behind)| closes(behind)).map(|(number, length, _)| (number, length))
}

/// `54~58일차`: the pattern finds the last of them.
fn earlier(text: &str, start: usize, number: u64) -> Option<u64> {
    let mut first = None;
    let mut before = &text[..start];
    while let Some(rest) = before.strip_suffix(JOINTS) {
        let from = rest.len() - rest.bytes().rev().take_while(u8::is_ascii_digit).count();
        let least = first.unwrap_or(number);
        let Some(earlier) = value(&rest[from..]).filter(|earlier| *earlier < least && earlier + MOST > least) else {
            break;
        };
        first = Some(earlier);
        before = &rest[..from];
    }
    first
}

/// Whether a part of the number follows: `-1`, `.5`, ` (2)`, `b`.
fn has_part(rest: &str) -> bool {
    let letters = rest.len() - rest.trim_start_matches(|letter: char| letter.is_alphanumeric()).len();
    if letters == 1 && rest.starts_with(['a', 'b', 'c', 'd']) {
        return true;
    }
    let rest = rest.trim_start();
    let sign = rest.chars().next().filter(|sign| "-._(（".contains(*sign));
    let Some(behind) = sign.map(|sign| &rest[sign.len_utf8()..]) else { return false };
    let part = digits(behind);
    let after = &behind[part.len()..];
    let is_short = (1..=2).contains(&part.len());
    let is_date =
        after.starts_with(['.', '-', '/', '월', '月']) && after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let is_closed = !rest.starts_with(['(', '（']) || after.starts_with([')', '）']);
    is_short && is_closed && !is_date
}

/// Whether a number stands somewhere in a text.
pub(super) fn has_number(text: &str, number: u64) -> bool {
    let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    runs.any(|run| value(run) == Some(number))
}

/// The number of a name that has no other; a year is none.
pub(crate) fn only_number(slug: &str) -> Option<u64> {
    let mut runs = slug.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let number = runs.next().filter(|run| run.len() < 4)?;
    runs.next().is_none().then(|| value(number)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled_in_many_ways() {
        for (pattern, text, expected) in [
            (r"(\d+)주차", "부스트캠프 3주차 회고", Some((3, 3, false))),
            (r"(\d+)일차", "54~58일차 정리", Some((54, 58, false))),
            (r"(\d+)주차", "30주차, 31주차 회고", Some((30, 31, false))),
            (r"(\d+)주차", "30주차~31주차", Some((30, 31, false))),
            (r"(\d+)주차", "레벨2 - 4주차", Some((4, 4, false))),
            (r"Weeks? (\d+)", "Weeks 42–47", Some((42, 47, false))),
            (r"Weeks? (\d+)", "Week 30-31-32: rain", Some((30, 32, false))),
            (r"Weeks? (\d+)", "Weeks 30 and 31", Some((30, 31, false))),
            (r"Weeks? (\d+)", "Weeks 30, 31, 32", Some((30, 32, false))),
            (r"Weeks? (\d+)", "Weeks 30 to 32", Some((30, 32, false))),
            (r"Weeks? (\d+)", "Weeks 30+31", Some((30, 31, false))),
            (r"Weeks? (\d+)", "Week 3 - 5 things I learned", Some((3, 3, false))),
            (r"Weeks? (\d+)", "Week 3, 4 things I learned", Some((3, 4, false))),
            (r"Weeks? (\d+)", "Week 3 (2022-10-03)", Some((3, 3, false))),
            (r"Weeks? (\d+)", "Week 3-2", Some((3, 3, true))),
            (r"Weeks? (\d+)", "Week 3 (2)", Some((3, 3, true))),
            (r"day-(\d+)", "doc-day-11b", Some((11, 11, true))),
            (r"day-(\d+)", "doc-day-11-bees", Some((11, 11, false))),
            (r"#(\d+)", "Notes #12.5", Some((12, 12, true))),
            (r"#(\d+)", "Notes #18446744073709551615", None),
            (r"#(\d+)?", "Notes #", None),
        ] {
            let spelled = number_in(&Regex::new(pattern).expect("a pattern"), text);
            assert_eq!(spelled.map(|it| (it.first, it.last, it.is_part)), expected, "{pattern} {text}");
        }
    }
}
