//! Values of a config that are checked as they are read: patterns, days, levels, one value or many.

use std::fmt;
use std::marker::PhantomData;

use jiff::civil::Date;
use regex::Regex;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

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
pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
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

/// A number of days.
pub(super) fn days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u16>, D::Error> {
    match Option::<u16>::deserialize(deserializer)? {
        Some(0) => Err(D::Error::custom("`0` is no number of days: a range has one at least")),
        days => Ok(days),
    }
}

/// A regular expression with a group.
pub(super) fn with_group<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Pattern, D::Error> {
    let pattern = Pattern::deserialize(deserializer)?;
    if pattern.0.captures_len() > 1 {
        return Ok(pattern);
    }
    let wrong = Refused::new(format!("`{}` has no group for the number", pattern.0));
    Err(D::Error::custom(wrong.help("put round brackets around the number: `([0-9]+)`")))
}
