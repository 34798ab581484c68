//! What an expression comes to, as far as that can be told without building the site: Liquid 5.4.0, `variable.rb`,
//! `expression.rb`.

use std::sync::LazyLock;

use regex::Regex;

use super::Part;
use super::syntax::FRAGMENT;

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// `nil`, or a name that nobody gave a value.
    Nothing,
    /// A text, or a number as it is printed.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// A list or a map.
    Something,
    /// What the page at hand has under this key, where a template is read for all pages.
    OfPage(String),
    /// What only the built site knows.
    Unknown,
}

/// What is known where a template is read.
pub(crate) trait Environment {
    /// The value of a name, such as `site.baseurl`.
    fn value(&self, name: &str) -> Value;

    /// What a filter makes of a text; the first of its arguments is handed over.
    fn filter(&self, _name: &str, _text: &str, _argument: Option<Value>) -> Value {
        Value::Unknown
    }

    /// What a tag prints that stands alone.
    fn tag(&self, _part: &Part) -> Value {
        Value::Unknown
    }

    /// What stands for something printed that is not known: word characters, as long as the part, since most of it is
    /// a part of a link.
    fn placeholder(&self, part: &Part) -> String {
        "x".repeat(part.span.len())
    }
}

/// Filters that print something when they are handed nothing: Liquid 5.4.0 `standardfilters.rb`, Jekyll 4.3.1
/// `filters.rb`.
const FROM_NOTHING: &[&str] = &[
    "abs", "append", "at_least", "at_most", "ceil", "default", "divided_by", "floor", "inspect", "jsonify",
    "markdownify", "minus", "modulo", "number_of_words", "plus", "prepend", "round", "size", "sum", "times",
    "to_integer",
];

static FIRST_FRAGMENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(FRAGMENT).expect("a pattern"));

/// What an output prints, by what stands between its braces.
pub(crate) fn output(markup: &str, known: &dyn Environment) -> Value {
    let Some(fragment) = FIRST_FRAGMENT.find(markup) else { return Value::Nothing };
    let filters = markup[fragment.end()..].split('|').skip(1);
    filters.fold(operand(fragment.as_str(), known), |value, filter| {
        let (name, arguments) = filter.split_once(':').unwrap_or((filter, ""));
        match (first_name(name), value) {
            ("", value) => value,
            (name, Value::Nothing) if !FROM_NOTHING.contains(&name) => Value::Nothing,
            (name, Value::Text(text)) => {
                let argument = FIRST_FRAGMENT.find(arguments);
                known.filter(name, &text, argument.map(|argument| operand(argument.as_str(), known)))
            }
            _ => Value::Unknown,
        }
    })
}

/// What a literal or a name comes to.
pub(crate) fn operand(written: &str, known: &dyn Environment) -> Value {
    match literal(written) {
        Some(value) => value,
        None if written.starts_with("[]") || written.starts_with('(') && !written.contains("..") => Value::Nothing,
        None if written.starts_with(['(', '[']) => Value::Unknown,
        None => known.value(written),
    }
}

/// A text in quotes, a number, or one of the words that Liquid takes for itself.
pub(crate) fn literal(written: &str) -> Option<Value> {
    let inner = |quote| written.strip_prefix(quote)?.strip_suffix(quote);
    let is_number = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        digits.starts_with(|first: char| first.is_ascii_digit())
            && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && digits.matches('.').count() <= 1
            && !digits.ends_with('.')
    };
    Some(match written {
        "nil" | "null" | "blank" | "empty" => Value::Nothing,
        "true" | "false" => Value::Bool(written == "true"),
        number if is_number(number) => Value::Text(number.to_owned()),
        _ => Value::Text(inner('"').or_else(|| inner('\''))?.to_owned()),
    })
}

/// The first name in an expression: `VariableParser` in `liquid.rb`.
pub(crate) fn first_name(expression: &str) -> &str {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let start = expression.find(is_name).unwrap_or(expression.len());
    let rest = &expression[start..];
    &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())]
}
