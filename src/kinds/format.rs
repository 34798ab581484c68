//! The format of a date range: `%y.%m.%d - %y.%m.%d`.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::de::{Deserialize, Deserializer, Error};

use crate::text::Refused;

/// How a kind writes the days of a post.
///
/// The directives are those of `strftime`: `%Y %y %m %d %b %B %a %A %G %V`, `%-m` and `%-d` without the leading zero.
/// A directive that comes a second time, and all after it, speak of the last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    /// The format as written.
    pub source: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// A directive, and whether it speaks of the last day.
    Date(String, bool),
}

impl Format {
    /// Reads a format; the error says which directive is unknown.
    pub(crate) fn parse(source: &str) -> Result<Format, Refused> {
        let (mut pieces, mut seen, mut last) = (Vec::new(), String::new(), false);
        let mut rest = source;
        while let Some(at) = rest.find('%') {
            pieces.push(Piece::Text(rest[..at].to_owned()));
            let directive = rest[at + 1..].trim_start_matches('-').chars().next();
            let Some(letter) = directive.filter(|letter| "YymdbBaAGV%".contains(*letter)) else {
                let shown: String = rest[at..].chars().take(2).collect();
                return Err(Refused::new(format!("`{source}` is no format of a date: `{shown}` is unknown"))
                    .help("use %Y %y %m %d %b %B %a %A %G %V, %-m, %-d"));
            };
            let length = rest[at + 1..].find(letter).map_or(2, |end| 1 + end + letter.len_utf8());
            if letter == '%' {
                pieces.push(Piece::Text("%".to_owned()));
            } else {
                let part = letter.to_ascii_lowercase();
                last |= seen.contains(part);
                seen.push(part);
                pieces.push(Piece::Date(rest[at..at + length].to_owned(), last));
            }
            rest = &rest[at + length..];
        }
        pieces.push(Piece::Text(rest.to_owned()));
        if seen.is_empty() {
            return Err(
                Refused::new(format!("`{source}` has no part of a date")).help("write it like `%y.%m.%d - %y.%m.%d`")
            );
        }
        Ok(Format { source: source.to_owned(), pieces })
    }

    /// The range in this format.
    pub(crate) fn write(&self, start: Date, end: Date) -> String {
        let mut written = String::new();
        for piece in &self.pieces {
            // Only directives that every date has are let in, so writing cannot fail.
            let _ = match piece {
                Piece::Text(text) => written.write_str(text),
                Piece::Date(directive, false) => write!(written, "{}", start.strftime(directive)),
                Piece::Date(directive, true) => write!(written, "{}", end.strftime(directive)),
            };
        }
        written
    }

    /// Whether it begins and ends with a part of a date, so that it says nothing of the rest of the line.
    pub(crate) fn is_bare(&self) -> bool {
        let mut pieces = self.pieces.iter().filter(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        let is_date = |piece: Option<&Piece>| matches!(piece, Some(Piece::Date(..)));
        is_date(pieces.next()) && pieces.next_back().is_none_or(|last| is_date(Some(last)))
    }
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Format::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_days_are_written() {
        let days = (Date::constant(2022, 10, 3), Date::constant(2022, 10, 9));
        for (format, written) in [
            ("%y.%m.%d - %y.%m.%d", "22.10.03 - 22.10.09"),
            ("%Y-%m-%d ~ %m-%d", "2022-10-03 ~ 10-09"),
            ("%-m월 %-d일 ~ %-d일", "10월 3일 ~ 9일"),
            ("%G-W%V", "2022-W40"),
            ("100%% %b %-d", "100% Oct 3"),
        ] {
            assert_eq!(Format::parse(format).unwrap().write(days.0, days.1), written);
        }
    }

    #[test]
    fn unknown_directives_are_refused() {
        for wrong in ["%Q", "%%%", "%", "%-", "%한", "just text"] {
            assert!(Format::parse(wrong).is_err(), "{wrong}");
        }
    }
}
