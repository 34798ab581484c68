//! Values of a config that are checked as they are read: patterns, days, levels, one value or many.

use std::fmt;
use std::marker::PhantomData;

use jiff::civil::Date;
use regex::Regex;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

use crate::syntax::dates::days_between;
use crate::text::Refused;

/// A regular expression of the config.
#[derive(Debug, Clone)]
pub struct Pattern(pub Regex);

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let source = String::deserialize(deserializer)?;
        let wrong = |error: regex::Error| {
            let cause = error.to_string();
            let cause = cause.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            D::Error::custom(format!("`{source}` is not a regular expression: {cause}"))
        };
        Regex::new(&source).map(Pattern).map_err(wrong)
    }
}

/// One value or a list of them.
#[derive(Debug, Clone)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        OneOrMany(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = OneOrMany<T>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
                let one = T::deserialize(serde::de::value::StrDeserializer::new(value))?;
                Ok(OneOrMany(vec![one]))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
                Err(E::custom(number_for_text(value)))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(OneOrMany)
            }
        }
        deserializer.deserialize_any(Either(PhantomData))
    }
}

/// A number where a text is expected.
pub(super) fn number_for_text(number: u64) -> Refused {
    let wrong = Refused::new(format!("expected a text, found the number `{number}`"));
    wrong.help(format!("put it in quotes: `\"{number}\"`"))
}

/// A day of the calendar.
pub(crate) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let wrong = || Refused::new(format!("`{text}` is no day of the calendar")).help("write it as `2022-10-03`");
    text.parse().map(Some).map_err(|_| D::Error::custom(wrong()))
}

/// The level of a heading.
pub(super) fn level<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    match Option::<u8>::deserialize(deserializer)? {
        Some(level) if !(1..=6).contains(&level) => {
            Err(D::Error::custom(format!("`{level}` is no level of a heading: they go from 1 to 6")))
        }
        level => Ok(level),
    }
}

/// The numbers of days that a range may have, the usual one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lengths(pub Vec<u16>);

impl Lengths {
    /// How many days it has when nothing says otherwise.
    pub(crate) fn usual(&self) -> u16 {
        self.0[0]
    }

    /// Whether it may have so many.
    pub(crate) fn takes(&self, days: i32) -> bool {
        self.0.iter().any(|&length| i32::from(length) == days)
    }
}

impl fmt::Display for Lengths {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.0[..] {
            [one] => one.fmt(f),
            several => write!(f, "{several:?}"),
        }
    }
}

impl<'de> Deserialize<'de> for Lengths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Lengths;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a number of days such as `7`, or a list of them")
            }

            fn visit_u64<E: Error>(self, days: u64) -> Result<Self::Value, E> {
                match u16::try_from(days) {
                    Ok(0) => Err(E::custom("`0` is no number of days: a range has one at least")),
                    Ok(days) => Ok(Lengths(vec![days])),
                    Err(_) => Err(E::custom(format!("`{days}` days are too many"))),
                }
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut lengths = Vec::new();
                while let Some(length) = seq.next_element::<Lengths>()? {
                    lengths.extend(length.0);
                }
                if lengths.is_empty() { Err(A::Error::custom("the list is empty")) } else { Ok(Lengths(lengths)) }
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// Days on which a series rests: one, or the first and the last of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// The first of them.
    pub first: Date,
    /// The last of them.
    pub last: Date,
}

impl Rest {
    /// What excuses that nothing covers some days: one of them, where they are a week or less.
    pub(crate) fn over(from: Date, to: Date) -> Rest {
        Rest { first: from, last: if days_between(from, to) < 7 { from } else { to } }
    }
}

impl fmt::Display for Rest {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.first == self.last { self.first.fmt(f) } else { write!(f, "{}..{}", self.first, self.last) }
    }
}

impl<'de> Deserialize<'de> for Rest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (first, last) =
            ["..", " - ", " ~ "].iter().find_map(|sign| text.split_once(sign)).unwrap_or((&text, &text));
        let day = |text: &str| text.trim().parse::<Date>().ok();
        let wrong = || {
            let wrong = Refused::new(format!("`{text}` is neither a day nor a range of days"));
            D::Error::custom(wrong.help("write it as `2022-12-26` or `2022-12-26..2023-01-08`"))
        };
        let rest = day(first).zip(day(last)).map(|(first, last)| Rest { first, last });
        rest.filter(|rest| rest.first <= rest.last).ok_or_else(wrong)
    }
}

/// A regular expression with a group.
pub(super) fn with_group<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Pattern>, D::Error> {
    let Some(pattern) = Option::<Pattern>::deserialize(deserializer)? else { return Ok(None) };
    if pattern.0.captures_len() > 1 {
        return Ok(Some(pattern));
    }
    let wrong = Refused::new(format!("`{}` has no group for the number", pattern.0));
    Err(D::Error::custom(wrong.help("put round brackets around the number: `([0-9]+)`")))
}
