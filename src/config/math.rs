//! `math:` of the config.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Unexpected, Visitor};

use crate::blog::mathematics::{self, Engine, MathOverrides};

/// The math engine and what it is told.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default, expecting = "a mapping such as `{engine: mathjax}`")]
pub struct Math {
    /// The engine.
    pub engine: Option<MathEngine>,
    /// Its major version: 2, 3 or 4 of MathJax.
    #[serde(deserialize_with = "version")]
    pub version: Option<u8>,
    /// The opening delimiters that it looks for.
    pub delimiters: Option<Vec<String>>,
    /// Macros of the site: the number of their arguments, or their definitions.
    pub macros: BTreeMap<String, Macro>,
}

/// A macro: the number of its arguments, or its definition, in which `#1` is the first of them.
#[derive(Debug, Clone)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(untagged))]
pub enum Macro {
    /// How many arguments it takes.
    Arity(u8),
    /// What it stands for.
    Definition(String),
    /// What it stands for and how many arguments it takes, as MathJax has it.
    Both(String, u8),
}

impl<'de> Deserialize<'de> for Macro {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Form;

        impl<'de> Visitor<'de> for Form {
            type Value = Macro;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("the number of the macro's arguments, its definition, or both such as `['(#1, #2)', 2]`")
            }

            fn visit_u64<E: Error>(self, arity: u64) -> Result<Macro, E> {
                u8::try_from(arity).map(Macro::Arity).map_err(|_| E::invalid_value(Unexpected::Unsigned(arity), &self))
            }

            fn visit_str<E: Error>(self, definition: &str) -> Result<Macro, E> {
                Ok(Macro::Definition(definition.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut both: A) -> Result<Macro, A::Error> {
                let definition = both.next_element()?.ok_or_else(|| A::Error::invalid_length(0, &self))?;
                let arity = both.next_element()?.ok_or_else(|| A::Error::invalid_length(1, &self))?;
                match both.next_element::<serde::de::IgnoredAny>()? {
                    Some(_) => Err(A::Error::invalid_length(3, &self)),
                    None => Ok(Macro::Both(definition, arity)),
                }
            }
        }
        deserializer.deserialize_any(Form)
    }
}

impl Math {
    /// Whether it names a version, and no engine that has several.
    pub(super) fn has_idle_version(&self) -> bool {
        self.version.is_some() && self.engine != Some(MathEngine::Mathjax)
    }

    /// What it says, in the words of the blog.
    pub(super) fn told(self) -> MathOverrides {
        let engine = self.engine.map(|engine| match engine {
            MathEngine::Mathjax => Engine::MathJax(self.version.unwrap_or(3)),
            MathEngine::Katex => Engine::Katex,
            MathEngine::None => Engine::Absent,
        });
        let arity = |value: Macro| match value {
            Macro::Arity(arity) | Macro::Both(_, arity) => arity,
            Macro::Definition(definition) => mathematics::arity(&definition),
        };
        let name = |name: String| name.trim_start_matches('\\').to_owned();
        let macros = self.macros.into_iter().map(|(key, value)| (name(key), arity(value))).collect();
        MathOverrides { engine, delimiters: self.delimiters, macros }
    }
}

/// What sets formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum MathEngine {
    Mathjax,
    Katex,
    None,
}

/// A version of MathJax.
fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    match Option::<u8>::deserialize(deserializer)? {
        Some(version) if !(2..=4).contains(&version) => {
            Err(D::Error::custom(format!("`{version}` is no version of MathJax: 2, 3 and 4 are known")))
        }
        version => Ok(version),
    }
}
