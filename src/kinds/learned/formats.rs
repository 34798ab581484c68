//! The format of date ranges, told from how they are written.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::known::KnownRange;
use crate::kinds::format::Format;
use crate::syntax::dates::RangeForm;

/// A range with more parts than these is not told by its text.
const MOST_FORMATS: usize = 256;

/// The format that nine in ten of some ranges have.
pub(super) fn usual(ranges: &[&KnownRange]) -> Option<String> {
    let mut votes: BTreeMap<String, usize> = BTreeMap::new();
    for range in ranges.iter().filter(|range| range.form == RangeForm::Days) {
        let Some((start, end)) = range.days else { continue };
        formats(&range.text, start, end).into_iter().for_each(|format| *votes.entry(format).or_default() += 1);
    }
    let count = votes.values().copied().max()?;
    let mut formats: Vec<String> =
        votes.into_iter().filter(|(_, votes)| *votes == count).map(|(format, _)| format).collect();
    // `Oct` is a month, where it can be one.
    let most = formats.iter().map(|format| format.matches('%').count()).max()?;
    formats.retain(|format| format.matches('%').count() == most);
    // Who leaves one zero out leaves all out, even where no day shows it.
    formats.sort_by_key(|format| format.matches("%-").count());
    let writes_zeros = formats.first().is_some_and(|format| !format.contains("%-"));
    let format = if writes_zeros { formats.swap_remove(0) } else { formats.pop()? };
    (count * 10 >= ranges.len() * 9).then_some(format)
}

/// All formats that write two days as a text has them.
fn formats(text: &str, start: Date, end: Date) -> Vec<String> {
    let mut formats = vec![String::new()];
    let mut rest = text;
    // The first day is over once a part of it comes again.
    let mut parts = 0;
    while let Some(first) = rest.chars().next() {
        let is_word = first.is_alphabetic() && first.is_ascii();
        let length = match first {
            _ if first.is_ascii_digit() => rest.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len()),
            _ if is_word => rest.find(|sign: char| !sign.is_ascii_alphabetic()).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, behind) = rest.split_at(length);
        rest = behind;
        let mut choices: Vec<String> = Vec::new();
        if first.is_ascii_digit() || is_word {
            parts += 1;
            for directive in ["%Y", "%y", "%m", "%-m", "%d", "%-d", "%B", "%b", "%A", "%a"] {
                let is_one = |day: Date| day.strftime(directive).to_string() == token;
                if is_one(start) || is_one(end) {
                    choices.push(directive.to_owned());
                }
            }
        }
        if choices.is_empty() || is_word {
            choices.push(token.replace('%', "%%"));
        }
        formats = formats.iter().flat_map(|before| choices.iter().map(move |next| format!("{before}{next}"))).collect();
        if formats.len() > MOST_FORMATS || parts > 12 {
            return Vec::new();
        }
    }
    formats.retain(|format| Format::parse(format).is_ok_and(|format| format.write(start, end) == text));
    formats
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_from_texts() {
        let range = |text: &str, start: &str, end: &str| KnownRange {
            text: text.to_owned(),
            form: RangeForm::Days,
            days: Some((start.parse().expect("a day"), end.parse().expect("a day"))),
        };
        for (ranges, expected) in [
            (vec![range("22.10.03 - 22.10.09", "2022-10-03", "2022-10-09")], Some("%y.%m.%d - %y.%m.%d")),
            (
                vec![
                    range("2018.4.23-2018.4.29", "2018-04-23", "2018-04-29"),
                    range("2018.11.12-2018.11.18", "2018-11-12", "2018-11-18"),
                ],
                Some("%Y.%-m.%-d-%Y.%-m.%-d"),
            ),
            (vec![range("10월 3일 ~ 9일", "2022-10-03", "2022-10-09")], Some("%-m월 %-d일 ~ %-d일")),
            (vec![range("Oct 3 – Oct 9", "2022-10-03", "2022-10-09")], Some("%b %-d – %b %-d")),
            (
                vec![
                    range("2022-10-03 ~ 2022-10-09", "2022-10-03", "2022-10-09"),
                    range("22.10.10-22.10.16", "2022-10-10", "2022-10-16"),
                ],
                None,
            ),
        ] {
            let all: Vec<&KnownRange> = ranges.iter().collect();
            assert_eq!(usual(&all).as_deref(), expected, "{ranges:?}");
        }
    }
}
