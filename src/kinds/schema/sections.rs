//! The sections of a kind, as they are written in YAML.

use std::collections::HashSet;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::Others;
use crate::kinds::forms::{self, OneOrMany, Pattern};
use crate::text::Refused;

/// A list of sections: those of a kind, or those within one of them.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default, expecting = "a mapping such as `{list: [learned]}`")]
pub struct SectionsSchema {
    /// The level of their headings (default: 2, or one below the section that they are part of).
    #[serde(deserialize_with = "forms::level")]
    pub level: Option<u8>,
    /// Whether other sections of that level may stand between them (default: allow).
    pub others: Option<Others>,
    /// What `postlint fix` puts below the heading of a section that is missing (default: nothing, or that of the
    /// list around).
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
    /// The sections within it.
    pub sections: Option<SectionsSchema>,
}

impl SectionsSchema {
    pub(super) fn over(self, below: &Self) -> Self {
        SectionsSchema {
            level: self.level.or(below.level),
            others: self.others.or(below.others),
            placeholder: self.placeholder.or_else(|| below.placeholder.clone()),
            list: self.list.or_else(|| below.list.clone()),
        }
    }

    /// The level of the headings of a kind's own list.
    pub(crate) fn heading_level(&self) -> u8 {
        self.level.unwrap_or(2)
    }

    /// The level of the headings of a list within sections of a level.
    pub(crate) fn level_below(&self, above: u8) -> u8 {
        self.level.unwrap_or(above + 1)
    }

    /// The lists whose headings are not below those that they are part of: each by its entries from here on, with what
    /// is wrong. `level` is that of this list.
    pub(crate) fn misfits(&self, level: u8) -> Vec<(Vec<usize>, Refused)> {
        let mut misfits = Vec::new();
        for (index, entry) in self.entries().iter().enumerate() {
            let Some(within) = &entry.sections else { continue };
            let own = within.level_below(level);
            if own > level && own <= DEEPEST {
                let below = within.misfits(own).into_iter();
                misfits.extend(below.map(|(path, refused)| ([&[index][..], &path].concat(), refused)));
                continue;
            }
            let refused = match within.level {
                Some(own) if level < DEEPEST => {
                    Refused::new(format!("sections of level {own} are not within one of level {level}"))
                        .help(format!("a level from {} to {DEEPEST} is", level + 1))
                }
                _ => Refused::new(format!("nothing is within a section of level {level}: headings go no deeper")),
            };
            misfits.push((vec![index], refused));
        }
        misfits
    }
}

/// The level of the headings that have none below them.
const DEEPEST: u8 = 6;

/// The mapping form of a section.
#[derive(serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(in crate::kinds) struct SectionMapping {
    name: String,
    #[serde(default)]
    also: OneOrMany<String>,
    pattern: Option<Pattern>,
    #[serde(default = "yes")]
    required: bool,
    #[serde(default)]
    repeat: bool,
    sections: Option<SectionsSchema>,
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
                let SectionMapping { name, also, pattern, required, repeat, sections } = form;
                Ok(SectionSchema { name, also: also.0, pattern, required, repeat, sections })
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
