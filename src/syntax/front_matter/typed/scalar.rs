//! What a scalar means to serde_yaml.

use serde::de::Visitor;
use serde_yaml::Number;

use super::Error;

const TAG: &str = "tag:yaml.org,2002:";

/// A scalar as it is written.
#[derive(Clone, Copy)]
pub(super) struct Scalar<'t> {
    pub text: &'t str,
    pub is_plain: bool,
    pub tag: Option<&'t str>,
}

/// What a scalar means.
pub(super) enum Meaning<'t> {
    Null,
    Bool(bool),
    Number(Number),
    Text(&'t str),
}

impl<'t> Scalar<'t> {
    /// As serde_yaml has it.
    pub(crate) fn meaning(self) -> Meaning<'t> {
        let Scalar { text, is_plain, tag } = self;
        let is_null = || matches!(text, "null" | "Null" | "NULL" | "~");
        let boolean = || match text {
            "true" | "True" | "TRUE" => Some(Meaning::Bool(true)),
            "false" | "False" | "FALSE" => Some(Meaning::Bool(false)),
            _ => None,
        };
        let number = || text.parse().ok().or_else(|| huge(text)).map(Meaning::Number);
        let meaning = match tag.map(|tag| tag.strip_prefix(TAG).unwrap_or_default()) {
            Some("null") => is_null().then_some(Meaning::Null),
            Some("bool") => boolean(),
            Some("int") => number(),
            Some("float") => {
                text.parse::<Number>().ok().and_then(|number| Some(Meaning::Number(number.as_f64()?.into())))
            }
            Some(_) => None,
            None if !is_plain => None,
            None if text.is_empty() || is_null() => Some(Meaning::Null),
            None => boolean().or_else(number),
        };
        meaning.unwrap_or(Meaning::Text(text))
    }

    pub(crate) fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.meaning() {
            Meaning::Null => visitor.visit_unit(),
            Meaning::Bool(value) => visitor.visit_bool(value),
            Meaning::Text(text) => visitor.visit_str(text),
            Meaning::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), _, _) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (_, _, number) => visitor.visit_f64(number.unwrap_or_default()),
            },
        }
    }
}

/// A whole number of more than 64 bits, which `Number` does not hold.
fn huge(text: &str) -> Option<Number> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let number: i128 = text.parse().ok().filter(|_| !digits.starts_with('0'))?;
    Some(Number::from(number as f64))
}
