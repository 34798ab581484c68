//! What a kind may demand, as it is written in YAML.

use std::collections::HashSet;
use std::fmt;

use jiff::civil::Date;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::format::Format;
use super::forms::{self, OneOrMany, Pattern};
use super::{Exemplary, Ordered};
use crate::blog::is_known_key;
use crate::files::PathPattern;
use crate::syntax::front_matter::FrontMatter;
use crate::text::{Span, is_slip};

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
    /// How posts of this kind are numbered.
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
    /// How many days it covers, first and last included.
    #[serde(deserialize_with = "forms::days")]
    pub days: Option<u16>,
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

/// The sections of a kind.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default, expecting = "a mapping such as `{list: [learned]}`")]
pub struct SectionsSchema {
    /// The level of their headings (default: 2).
    #[serde(deserialize_with = "forms::level")]
    pub level: Option<u8>,
    /// Whether other sections of that level may stand between them (default: allow).
    pub others: Option<Others>,
    /// What `postlint fix` puts below the heading of a section that is missing (default: nothing).
    pub placeholder: Option<String>,
    /// The sections in their order.
    #[serde(deserialize_with = "list")]
    pub list: Option<Vec<SectionSchema>>,
}

/// One section: a name, or a mapping.
#[derive(Debug, Clone, Default)]
pub struct SectionSchema {
    /// The heading.
    pub name: String,
    /// Other headings that are accepted for it.
    pub also: Vec<String>,
    /// A regular expression that may match somewhere in the heading instead.
    pub pattern: Option<Pattern>,
    /// Whether it must be there.
    pub required: bool,
    /// Whether there may be several.
    pub repeat: bool,
}

/// How the posts of a series are numbered.
#[derive(Debug, Clone, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a mapping such as `{number: '([0-9]+)'}`")]
pub struct Series {
    /// A regular expression whose first group is the number in the title.
    #[serde(deserialize_with = "forms::with_group")]
    pub number: Pattern,
}

impl Series {
    /// The number of a post in a text such as its title; its bytes and its value.
    pub(crate) fn number_in(&self, text: &str) -> Option<(Span, u64)> {
        let found = self.number.0.captures(text)?;
        let number = found.get(1).or_else(|| found.get(0))?;
        Some((Span::from(found.get(0)?.range()), number.as_str().trim().parse().ok()?))
    }
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
            series: self.series.or_else(|| below.series.clone()),
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

impl DateRangeSchema {
    fn over(self, below: &Self) -> Self {
        DateRangeSchema {
            format: self.format.or_else(|| below.format.clone()),
            starts_on: self.starts_on.or(below.starts_on),
            days: self.days.or(below.days),
            file_date: self.file_date.or(below.file_date),
        }
    }
}

impl SectionsSchema {
    fn over(self, below: &Self) -> Self {
        SectionsSchema {
            level: self.level.or(below.level),
            others: self.others.or(below.others),
            placeholder: self.placeholder.or_else(|| below.placeholder.clone()),
            list: self.list.or_else(|| below.list.clone()),
        }
    }
}

impl Weekday {
    /// The weekday as the calendar has it.
    pub(crate) fn in_calendar(self) -> jiff::civil::Weekday {
        jiff::civil::Weekday::from_monday_zero_offset(self as i8).expect("seven weekdays")
    }
}

/// The mapping form of a section.
#[derive(serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct SectionMapping {
    name: String,
    #[serde(default)]
    also: OneOrMany<String>,
    pattern: Option<Pattern>,
    #[serde(default = "yes")]
    required: bool,
    #[serde(default)]
    repeat: bool,
}

fn yes() -> bool {
    true
}

impl<'de> Deserialize<'de> for SectionSchema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = SectionSchema;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("the name of a section, or a mapping with its `name`")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
                Ok(SectionSchema { name: name.to_owned(), required: true, ..SectionSchema::default() })
            }

            fn visit_u64<E: Error>(self, name: u64) -> Result<Self::Value, E> {
                Err(E::custom(forms::number_for_text(name)))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let form = SectionMapping::deserialize(MapAccessDeserializer::new(map))?;
                let SectionMapping { name, also, pattern, required, repeat } = form;
                Ok(SectionSchema { name, also: also.0, pattern, required, repeat })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// A section of a list whose names are known so far.
struct Distinct<'n>(&'n mut HashSet<String>);

impl<'de> DeserializeSeed<'de> for Distinct<'_> {
    type Value = SectionSchema;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<SectionSchema, D::Error> {
        let section = SectionSchema::deserialize(deserializer)?;
        if let Some(name) = section.names().find(|name| !self.0.insert((*name).to_owned())) {
            return Err(D::Error::custom(format!("`{name}` stands twice in the list of sections")));
        }
        Ok(section)
    }
}

fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<SectionSchema>>, D::Error> {
    struct Sections;

    impl<'de> Visitor<'de> for Sections {
        type Value = Option<Vec<SectionSchema>>;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("a list such as `[learned, {name: links, required: false}]`")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let (mut sections, mut names) = (Vec::new(), HashSet::new());
            while let Some(section) = list.next_element_seed(Distinct(&mut names))? {
                sections.push(section);
            }
            Ok(Some(sections))
        }
    }
    deserializer.deserialize_any(Sections)
}
