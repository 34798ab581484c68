//! The day of the next post as its front matter tells it.

use jiff::civil::Time;

use super::Row;
use super::pattern::{self, Goes, Speaks, Told};
use crate::syntax::dates::read_front_matter_date;

/// The value of a key that has a day in the last posts, in their form; `None` where it has none.
pub(super) fn next(row: &Row, texts: &[(usize, &str)]) -> Option<String> {
    let dated: Vec<(usize, &str, &str)> = texts
        .iter()
        .filter_map(|&(at, text)| {
            read_front_matter_date(text)?.date?;
            let (day, time) = parted(text);
            Some((at, day, time))
        })
        .collect();
    if dated.is_empty() || dated.len() * 3 < texts.len() * 2 {
        return None;
    }
    let told: Vec<Told> = dated.iter().map(|&(at, text, _)| Told { text, known: &row.known[at] }).collect();
    let Goes::On(day) = pattern::next(&told, row.next, Speaks::OfItself) else { return None };
    let (_, _, last) = *dated.last()?;
    let is_always_so = dated.iter().all(|(_, _, time)| *time == last);
    // What is written today is written now.
    let time = match row.now.filter(|now| row.next.own == Some(now.date()) && !is_always_so) {
        Some(now) => retimed(last, now.time()),
        None => last.to_owned(),
    };
    Some(day + &time)
}

/// A value as its day and what follows it.
fn parted(text: &str) -> (&str, &str) {
    let is_time = |rest: &str| {
        let rest = rest.trim_start_matches(['T', 't', ' ', ',']);
        let hour = rest.bytes().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&hour) && rest[hour..].starts_with(':')
    };
    let mut places = text.char_indices().filter(|(_, c)| matches!(c, 'T' | 't' | ' ' | ','));
    let at = places.find(|(at, _)| is_time(&text[*at..])).map_or(text.len(), |(at, _)| at);
    text.split_at(at)
}

/// Another time of day in the form of one: `T08:23+09:00`.
fn retimed(written: &str, time: Time) -> String {
    let (mut retimed, mut rest) = (String::new(), written);
    for number in [time.hour(), time.minute(), time.second()] {
        let start = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        // Behind the time stands its offset.
        if rest[..start].contains(['+', '-', '.', 'Z']) {
            break;
        }
        let digits = rest[start..].bytes().take_while(u8::is_ascii_digit).count();
        retimed += &rest[..start];
        retimed += &if digits > 1 {
            format!("{number:02}")
        } else if digits == 1 {
            number.to_string()
        } else {
            String::new()
        };
        rest = &rest[start + digits..];
    }
    retimed + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times() {
        let time = Time::constant(9, 5, 7, 0);
        for (text, day, rest) in [
            ("2022-10-09", "2022-10-09", ""),
            ("2022-10-09 21:00:00 +0900", "2022-10-09", " 09:05:07 +0900"),
            ("2024-01-29T22:24", "2024-01-29", "T09:05"),
            ("2025-09-26T20:00:00+08:00", "2025-09-26", "T09:05:07+08:00"),
            ("2025-09-26T20:00+08:00", "2025-09-26", "T09:05+08:00"),
            ("2025-09-26T20:00:00Z", "2025-09-26", "T09:05:07Z"),
            ("9 Oct 2022", "9 Oct 2022", ""),
            ("2022-10-09 8:00", "2022-10-09", " 9:05"),
        ] {
            let (own, behind) = parted(text);
            assert_eq!((own, retimed(behind, time)), (day, rest.to_owned()), "{text}");
        }
    }
}
