//! Why a value cannot be read, in the words of who wrote it.

use std::fmt::{self, Display};

use serde::de::{Expected, Unexpected};

use super::shown;
use crate::syntax::front_matter::wording::shorten;
use crate::syntax::front_matter::{Entry, Fault, Node};
use crate::text::{Span, nearest};

/// A fault on its way to its place: whoever knows the key or value at fault puts it in.
#[derive(Debug)]
pub struct Error {
    cause: Cause,
    message: String,
    help: Option<String>,
    /// What to point at.
    span: Option<Span>,
    /// The innermost entry or item around it, which is left out of the next reading.
    pub(super) around: Option<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Cause {
    /// Something stands there that must not.
    Wrong,
    /// Something does not stand there that must.
    Missing,
    /// It is told elsewhere.
    Told,
}

impl Error {
    fn new(cause: Cause, message: String) -> Self {
        Error { cause, message, help: None, span: None, around: None }
    }

    /// A value that is told elsewhere to be at fault.
    pub(super) fn told() -> Self {
        Error::new(Cause::Told, String::new())
    }

    /// What is missed right where something was left out is no second fault.
    pub(super) fn where_left_out(self, something: bool) -> Self {
        if something && self.cause == Cause::Missing && self.span.is_none() {
            Error { cause: Cause::Told, ..self }
        } else {
            self
        }
    }

    pub(super) fn help(self, help: Option<String>) -> Self {
        Error { help, ..self }
    }

    /// The fault is in the value of an entry, if nothing in it is known to be at fault.
    pub(super) fn in_value(self, entry: &Entry) -> Self {
        let span = if self.cause == Cause::Missing { &entry.key_span } else { shown(entry) };
        Error { span: self.span.or(Some(*span)), ..self }
    }

    /// As `in_value`; without the entry, what is around it may be well.
    pub(super) fn in_entry(self, entry: &Entry) -> Self {
        let error = self.in_value(entry);
        Error { around: error.around.or(Some(entry.key_span)), ..error }
    }

    /// The fault is in a key.
    pub(super) fn at_key(self, entry: &Entry) -> Self {
        Error { span: Some(entry.key_span), around: Some(entry.key_span), ..self }
    }

    /// The fault is in an item of a list, if nothing in it is known to be at fault.
    pub(super) fn in_item(self, item: &Node) -> Self {
        let place = || Some(item.span);
        Error { span: self.span.or_else(place), around: self.around.or_else(place), ..self }
    }

    /// What to tell; `None` when it is told elsewhere.
    pub(super) fn into_fault(self) -> Option<Fault> {
        let (span, message, help) = (self.span.unwrap_or_default(), self.message, self.help);
        (self.cause != Cause::Told).then_some(Fault { span, message, help, slip: None })
    }
}

/// The name that was meant, or all that are known.
pub(crate) fn suggestion<'n>(wrong: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(wrong, known.iter().copied()) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None if known.is_empty() => None,
        None => Some(format!("known here: {}", known.join(", "))),
    }
}

fn found(unexpected: Unexpected) -> String {
    match unexpected {
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(value) => format!("the number `{value}`"),
        Unexpected::Signed(value) => format!("the number `{value}`"),
        Unexpected::Float(value) => format!("the number `{value}`"),
        Unexpected::Str(text) => format!("the text `{}`", shorten(text)),
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "a mapping".to_owned(),
        other => other.to_string(),
    }
}

impl serde::de::Error for Error {
    fn custom<T: Display>(said: T) -> Self {
        let (message, help) = (format!("{said}"), format!("{said:#}"));
        let help = (help != message).then_some(help);
        Error::new(Cause::Wrong, message).help(help)
    }

    fn invalid_type(unexpected: Unexpected, expected: &dyn Expected) -> Self {
        Error::new(Cause::Wrong, format!("expected {expected}, found {}", found(unexpected)))
    }

    fn invalid_value(unexpected: Unexpected, expected: &dyn Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Error::new(Cause::Missing, format!("expected {expected}, found a list of {length}"))
    }

    fn unknown_field(name: &str, known: &'static [&'static str]) -> Self {
        let message = format!("unknown key `{}`", shorten(name));
        Error::new(Cause::Wrong, message).help(suggestion(name, known.iter().copied()))
    }

    fn unknown_variant(name: &str, known: &'static [&'static str]) -> Self {
        let message = format!("unknown value `{}`", shorten(name));
        Error::new(Cause::Wrong, message).help(suggestion(name, known.iter().copied()))
    }

    fn missing_field(name: &'static str) -> Self {
        Error::new(Cause::Missing, format!("the key `{name}` is missing"))
    }

    fn duplicate_field(name: &'static str) -> Self {
        Error::new(Cause::Wrong, format!("`{name}` stands here a second time"))
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
