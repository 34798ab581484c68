//! The nodes of a tree as serde asks for them.

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error as _, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_yaml::{Number, Value};

use super::scalar::Scalar;
use super::{Error, Source};
use crate::syntax::front_matter::wording::{is_short, quoted};
use crate::syntax::front_matter::{Data, Entry, Node, Style};

/// Through aliases, values can be nested deeper than they are written; serde_yaml has the same bound.
const MAX_DEPTH: usize = 128;

/// So many aliases are followed in one reading.
const MAX_FOLLOWED: usize = 1000;

/// A value of a tree, to be read by serde.
#[derive(Clone, Copy)]
pub struct Input<'s, 't> {
    source: &'s Source<'t>,
    /// `None`: the top level.
    node: Option<&'t Node>,
    depth: usize,
}

/// What a value is once aliases are followed.
enum Shape<'t> {
    Map(&'t [Entry]),
    List(&'t [Node]),
    Scalar(Scalar<'t>),
}

impl<'s, 't> Input<'s, 't> {
    pub(super) fn root(source: &'s Source<'t>) -> Self {
        Input { source, node: None, depth: 0 }
    }

    pub(super) fn of(source: &'s Source<'t>, node: &'t Node) -> Self {
        Input { source, node: Some(node), depth: 1 }
    }

    fn below(self, node: &'t Node) -> Self {
        Input { node: Some(node), depth: self.depth + 1, ..self }
    }

    fn shape(self) -> Result<Shape<'t>, Error> {
        let Some(node) = self.node else { return Ok(Shape::Map(self.source.entries)) };
        if self.depth > MAX_DEPTH {
            return Err(Error::custom(format!("nested deeper than {MAX_DEPTH} levels")));
        }
        if matches!(node.data, Data::Alias(_)) {
            self.source.followed.set(self.source.followed.get() + 1);
            if self.source.followed.get() > MAX_FOLLOWED {
                return Err(Error::custom("values are repeated too often"));
            }
        }
        let node = self.source.target(node);
        match &node.data {
            Data::Map(entries) => Ok(Shape::Map(entries)),
            Data::List(items) => Ok(Shape::List(items)),
            Data::Scalar(text) => {
                Ok(Shape::Scalar(Scalar { text, is_plain: node.style == Style::Plain, tag: node.tag.as_deref() }))
            }
            Data::Alias(name) => Err(Error::custom(format!("`*{name}` repeats a key; only values can be repeated"))),
            Data::Unread => Err(Error::told()),
        }
    }

    fn map<'de, V: Visitor<'de>>(self, entries: &'t [Entry], visitor: V) -> Result<V::Value, Error> {
        let mut access = Entries { input: self, rest: entries.iter(), entry: None, left_out: false };
        visitor.visit_map(&mut access).map_err(|error| error.where_left_out(access.left_out))
    }

    fn list<'de, V: Visitor<'de>>(self, items: &'t [Node], visitor: V) -> Result<V::Value, Error> {
        let mut access = Items { input: self, rest: items.iter(), left_out: false };
        visitor.visit_seq(&mut access).map_err(|error| error.where_left_out(access.left_out))
    }

    /// A whole number up to a bound.
    fn whole(self, most: u64) -> Result<u64, Error> {
        let shape = self.shape()?;
        let number = match &shape {
            Shape::Scalar(scalar) if scalar.is_plain => scalar.text.parse::<Number>().ok(),
            _ => None,
        };
        let number = number.filter(|number| number.is_u64() || number.is_i64());
        let fits = number.as_ref().and_then(Number::as_u64).filter(|number| *number <= most);
        fits.ok_or_else(|| match number {
            Some(_) => shape.instead_of(&format!("a whole number from 0 to {most}").as_str()),
            None => shape.instead_of(&"a whole number"),
        })
    }
}

impl Shape<'_> {
    fn instead_of(&self, expected: &dyn Expected) -> Error {
        let number;
        let unexpected = match self {
            Shape::Map(_) => Unexpected::Map,
            Shape::List(_) => Unexpected::Seq,
            Shape::Scalar(scalar) => match scalar.meaning() {
                Value::Null => Unexpected::Unit,
                Value::Bool(value) => Unexpected::Bool(value),
                Value::Number(_) => {
                    number = format!("the number `{}`", scalar.text);
                    Unexpected::Other(&number)
                }
                _ => Unexpected::Str(scalar.text),
            },
        };
        Error::invalid_type(unexpected, expected)
    }

    /// Nothing at all is written: it stands for a list and for a mapping without anything in it.
    fn is_blank(&self) -> bool {
        matches!(self, Shape::Scalar(scalar) if scalar.is_plain && scalar.text.is_empty())
    }
}

impl<'de> Deserializer<'de> for Input<'_, '_> {
    type Error = Error;

    // No option of a config is one of these.
    forward_to_deserialize_any! {
        i8 i16 i32 i64 u32 u64 f32 f64 char bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct identifier
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(self.whole(u8::MAX.into())?)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(self.whole(u16::MAX.into())?)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.shape()? {
            Shape::Map(entries) => self.map(entries, visitor),
            Shape::List(items) => self.list(items, visitor),
            Shape::Scalar(scalar) => scalar.visit(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.shape()? {
            Shape::Scalar(Scalar { text: "true" | "True" | "TRUE", is_plain: true, .. }) => visitor.visit_bool(true),
            Shape::Scalar(Scalar { text: "false" | "False" | "FALSE", is_plain: true, .. }) => {
                visitor.visit_bool(false)
            }
            other => {
                let help = match &other {
                    Shape::Scalar(Scalar { text: "yes" | "Yes" | "on" | "On", .. }) => Some("write `true`"),
                    Shape::Scalar(Scalar { text: "no" | "No" | "off" | "Off", .. }) => Some("write `false`"),
                    _ => None,
                };
                Err(other.instead_of(&"`true` or `false`").help(help.map(str::to_owned)))
            }
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.shape()? {
            Shape::Scalar(scalar) => visitor.visit_str(scalar.text),
            other => Err(other.instead_of(&"a text")),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.shape()? {
            Shape::Scalar(scalar) if scalar.is_plain && scalar.meaning().is_null() => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.shape()? {
            Shape::List(items) => self.list(items, visitor),
            blank if blank.is_blank() => self.list(&[], visitor),
            other => {
                let help = match &other {
                    Shape::Scalar(scalar) if is_short(scalar.text) => {
                        Some(format!("write `[{}]`", quoted(scalar.text)))
                    }
                    _ => None,
                };
                Err(other.instead_of(&"a list").help(help))
            }
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.shape()? {
            Shape::Map(entries) => self.map(entries, visitor),
            blank if blank.is_blank() => self.map(&[], visitor),
            other => Err(other.instead_of(&visitor as &dyn Expected)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.shape()? {
            Shape::Scalar(scalar) if !scalar.is_plain || !scalar.text.is_empty() => {
                visitor.visit_enum(StrDeserializer::new(scalar.text))
            }
            other => {
                let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                let (last, names) = names.split_last().unzip();
                let listed = [names.unwrap_or_default().join(", "), last.cloned().unwrap_or_default()].join(" or ");
                Err(other.instead_of(&listed.as_str()))
            }
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

struct Entries<'s, 't> {
    input: Input<'s, 't>,
    rest: std::slice::Iter<'t, Entry>,
    entry: Option<&'t Entry>,
    left_out: bool,
}

impl<'de> MapAccess<'de> for Entries<'_, '_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let left_out = &self.input.source.left_out;
        self.entry = self.rest.find(|entry| {
            let keeps = !left_out.contains(&entry.key_span);
            self.left_out |= !keeps;
            keeps
        });
        let Some(entry) = self.entry else { return Ok(None) };
        seed.deserialize(StrDeserializer::new(&entry.key)).map(Some).map_err(|error: Error| error.at_key(entry))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some(entry) = self.entry else { return Err(Error::custom("a value without a key")) };
        seed.deserialize(self.input.below(&entry.value)).map_err(|error| error.in_entry(entry))
    }
}

struct Items<'s, 't> {
    input: Input<'s, 't>,
    rest: std::slice::Iter<'t, Node>,
    left_out: bool,
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let left_out = &self.input.source.left_out;
        let item = self.rest.find(|item| {
            let keeps = !left_out.contains(&item.span);
            self.left_out |= !keeps;
            keeps
        });
        let Some(item) = item else { return Ok(None) };
        seed.deserialize(self.input.below(item)).map(Some).map_err(|error| error.in_item(item))
    }
}
