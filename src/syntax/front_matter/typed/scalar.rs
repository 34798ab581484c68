//! What a scalar means to serde_yaml.

use std::borrow::Cow;

use serde::de::Visitor;
use serde_yaml::Value;

use super::Error;

/// A scalar as it is written.
#[derive(Clone, Copy)]
pub(super) struct Scalar<'t> {
    pub text: &'t str,
    pub is_plain: bool,
    pub tag: Option<&'t str>,
}

impl Scalar<'_> {
    /// A null, a boolean, a number or a text, as serde_yaml has it.
    pub(crate) fn meaning(self) -> Value {
        let tag = self.tag.map(|tag| tag.replacen("tag:yaml.org,2002:", "!!", 1)).unwrap_or_default();
        let text = match self.is_plain {
            true => Cow::Borrowed(self.text),
            false => Cow::Owned(serde_json::to_string(self.text).expect("a text is JSON, and JSON is YAML")),
        };
        match serde_yaml::from_str(&format!("{tag} {text}")) {
            Ok(value @ (Value::Null | Value::Bool(_) | Value::Number(_))) => value,
            _ => Value::String(self.text.to_owned()),
        }
    }

    pub(crate) fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.meaning() {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), _, _) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (_, _, number) => visitor.visit_f64(number.unwrap_or_default()),
            },
            _ => visitor.visit_str(self.text),
        }
    }
}
