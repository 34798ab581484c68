//! What a kind may demand, as it is written in YAML.

mod sections;

use jiff::civil::Date;

use super::format::Format;
use super::forms::{self, Lengths, OneOrMany, Pattern, Rest};
use super::{Exemplary, Ordered};
use crate::blog::is_known_key;
use crate::files::PathPattern;
use crate::syntax::front_matter::FrontMatter;
use crate::text::is_slip;

#[cfg(test)]
pub(super) use sections::SectionMapping;
pub(crate) use sections::{SectionSchema, SectionsSchema};

/// What a class of posts must look like.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default, expecting = "a mapping such as `{extends: weekly}`")]
pub struct Schema {
    /// What these posts are, in a few words.
    pub summary: Option<String>,
    /// The kind this one builds on: a built-in one, or another of the same file.
    pub extends: Option<String>,
    /// Which posts are of this kind; all of them when absent.
    #[serde(rename = "match")]
    pub matches: Option<Match>,
    /// Earlier posts are not held to the kind.
    #[serde(deserialize_with = "forms::date")]
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub since: Option<Date>,
    /// The keys of the front matter, in their order.
    pub front_matter: Ordered<Key>,
    /// Whether keys that are not listed may stand there (default: allow).
    pub other_keys: Option<Others>,
    /// The H1 of the post: the same as the title, absent, or any (default: any).
    pub title_heading: Option<TitleHeading>,
    /// The line with the days that the post is about.
    pub date_range: Option<DateRangeSchema>,
    /// The sections, in their order.
    pub sections: Option<SectionsSchema>,
    /// That these posts are a series, and how they follow each other.
    pub series: Option<Series>,
}

/// Which posts are of a kind.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default, expecting = "a mapping such as `{path: _posts/*}`")]
pub struct Match {
    /// Patterns of paths, from the folder of `postlint.yaml` on; one must fit.
    pub path: OneOrMany<PathPattern>,
    /// Front matter keys with the value each must be or hold.
    pub front_matter: Ordered<String>,
}

/// What is asked of one key of the front matter.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default, expecting = "a mapping such as `{required: true}`")]
pub struct Key {
    /// Whether it must be there, with a value.
    pub required: bool,
    /// The values it may have.
    pub one_of: Option<OneOrMany<String>>,
    /// A regular expression that must match somewhere in the value.
    pub pattern: Option<Pattern>,
    /// What the value is.
    #[serde(rename = "type")]
    pub value_type: Option<ValueType>,
}

/// The type of a value, as the generator resolves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ValueType {
    /// A string.
    Text,
    /// An integer or a decimal number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A calendar day, with or without time.
    Date,
    /// A list.
    List,
}

/// What may stand beside what is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Others {
    /// Anything.
    Allow,
    /// Nothing.
    Forbid,
}

/// What the H1 of a post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TitleHeading {
    /// The title of the front matter, word by word.
    Same,
    /// The layout prints the title: no H1 in the text.
    Absent,
    /// Whatever the author likes.
    Any,
}

/// The line with the days that a post is about.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default, expecting = "a mapping such as `{days: 7}`")]
pub struct DateRangeSchema {
    /// How it is written: `%y.%m.%d - %y.%m.%d`.
    pub format: Option<Format>,
    /// The weekday of its first day.
    pub starts_on: Option<Weekday>,
    /// How many days it covers, first and last included: one number, or all that it may be, the usual one first.
    pub days: Option<Lengths>,
    /// Where the day of the file name lies.
    pub file_date: Option<FileDatePlace>,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// Where the day of the file name lies in the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FileDatePlace {
    /// It is the first day.
    Start,
    /// It is the last day.
    End,
    /// It is one of the days.
    Inside,
    /// Anywhere.
    Any,
}

/// What the posts of a kind are one after another.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default, expecting = "a mapping such as `{number: '([0-9]+)'}`")]
pub struct Series {
    /// A regular expression whose first group is the number in the title, or else in the H1 or the file name.
    #[serde(deserialize_with = "forms::with_group")]
    pub number: Option<Pattern>,
    /// Whether each post begins where the one before it ends, so that a week without one is a gap (default: no).
    pub contiguous: Option<bool>,
    /// Days on which the series rests on purpose: `2022-12-26`, or a range of days `2022-12-26..2023-01-08`.
    pub skips: Vec<Rest>,
}

impl Exemplary for Schema {
    const EXAMPLE: &str = "{weekly: {extends: weekly}}";
}

impl Exemplary for Key {
    const EXAMPLE: &str = "{title: {required: true}}";
}

impl Schema {
    /// This kind over the one it extends: what it says itself wins.
    pub(crate) fn over(self, below: &Schema) -> Schema {
        Schema {
            summary: self.summary.or_else(|| below.summary.clone()),
            extends: self.extends,
            matches: self.matches.or_else(|| below.matches.clone()),
            since: self.since.or(below.since),
            front_matter: self.front_matter.over(&below.front_matter),
            other_keys: self.other_keys.or(below.other_keys),
            title_heading: self.title_heading.or(below.title_heading),
            date_range: either(self.date_range, &below.date_range, DateRangeSchema::over),
            sections: either(self.sections, &below.sections, SectionsSchema::over),
            series: either(self.series, &below.series, Series::over),
        }
    }

    /// The keys that must be there, in order.
    pub(crate) fn required_keys(&self) -> impl Iterator<Item = &str> {
        self.front_matter.iter().filter(|(_, key)| key.required).map(|(name, _)| name.as_str())
    }

    /// The key that another one of the post was meant to be: declared, not there, and a slip away.
    pub(crate) fn meant(&self, written: &str, front: &FrontMatter) -> Option<&str> {
        let keys = self.front_matter.iter().map(|(key, _)| key.as_str());
        let mut absent = keys.filter(|key| front.get(key).is_none());
        let loose = self.front_matter.get(written).is_none() && front.tree.complete && !is_known_key(written);
        absent.find(|key| loose && is_slip(written, key))
    }
}

fn either<T: Clone>(own: Option<T>, below: &Option<T>, over: fn(T, &T) -> T) -> Option<T> {
    match (own, below) {
        (Some(own), Some(below)) => Some(over(own, below)),
        (own, below) => own.or_else(|| below.clone()),
    }
}

impl Series {
    fn over(self, below: &Self) -> Self {
        Series {
            number: self.number.or_else(|| below.number.clone()),
            contiguous: self.contiguous.or(below.contiguous),
            skips: if self.skips.is_empty() { below.skips.clone() } else { self.skips },
        }
    }

    /// Whether it rests on some day from a first one to a last one.
    pub(crate) fn rests(&self, first: Date, last: Date) -> bool {
        self.skips.iter().any(|rest| rest.first <= last && first <= rest.last)
    }

    /// Whether a week without a post is a gap.
    pub(crate) fn is_contiguous(&self) -> bool {
        self.contiguous == Some(true)
    }
}

impl DateRangeSchema {
    fn over(self, below: &Self) -> Self {
        DateRangeSchema {
            format: self.format.or_else(|| below.format.clone()),
            starts_on: self.starts_on.or(below.starts_on),
            days: self.days.or_else(|| below.days.clone()),
            file_date: self.file_date.or(below.file_date),
        }
    }
}

impl Weekday {
    /// The weekday as the calendar has it.
    pub(crate) fn in_calendar(self) -> jiff::civil::Weekday {
        jiff::civil::Weekday::from_monday_zero_offset(self as i8).expect("seven weekdays")
    }
}
