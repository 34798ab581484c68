//! What an output prints, as far as that can be told without building the site.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::syntax::FRAGMENT;
use super::{Liquid, Part, Role};

/// What an output prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Printed<'t> {
    /// Nothing: a name that nobody gave a value.
    Nothing,
    /// These characters.
    Text(&'t str),
    /// What the site, the page or a filter makes of it.
    Unknown,
}

/// What Jekyll 4.3.1 gives a value in a post: `drops/unified_payload_drop.rb`, `drops/site_drop.rb`. `content`,
/// `paginator` and `include` are there, too, but hold nothing while a post is rendered.
const GIVEN: &[&str] = &["site", "page", "layout", "jekyll", "theme"];

/// Filters that print something when they are handed nothing: Liquid 5.4.0 `standardfilters.rb`, Jekyll 4.3.1
/// `filters.rb`.
const FROM_NOTHING: &[&str] = &[
    "abs",
    "append",
    "at_least",
    "at_most",
    "ceil",
    "default",
    "divided_by",
    "floor",
    "inspect",
    "jsonify",
    "markdownify",
    "minus",
    "modulo",
    "number_of_words",
    "plus",
    "prepend",
    "round",
    "size",
    "sum",
    "times",
    "to_integer",
];

static FIRST_FRAGMENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(FRAGMENT).expect("a pattern"));

/// The names that tags give a value.
pub(crate) fn own_names(text: &str, parts: &[Part]) -> HashSet<String> {
    let mut names = HashSet::new();
    for part in parts {
        if matches!(&text[part.name.clone()], "assign" | "capture" | "for" | "tablerow" | "increment" | "decrement") {
            names.insert(first_name(&text[part.markup.clone()]).to_owned());
            names.extend(["forloop", "tablerowloop"].map(str::to_owned));
        }
    }
    names
}

impl Liquid {
    /// What a part prints.
    pub(crate) fn printed<'t>(&self, text: &'t str, part: &Part) -> Printed<'t> {
        if part.role != Role::Output {
            return Printed::Unknown;
        }
        let markup = &text[part.markup.clone()];
        let Some(fragment) = FIRST_FRAGMENT.find(markup) else { return Printed::Nothing };
        let mut filters = filters(&markup[fragment.end()..]).peekable();
        if let Some(literal) = literal(fragment.as_str()) {
            return if filters.peek().is_none() { Printed::Text(literal) } else { Printed::Unknown };
        }
        let given = self.is_given(first_name(fragment.as_str())) || fragment.as_str().starts_with(['(', '[']);
        if given || filters.any(|filter| FROM_NOTHING.contains(&filter)) { Printed::Unknown } else { Printed::Nothing }
    }

    /// Whether the author of an output surely meant Liquid: it names what Jekyll knows, or what the post itself gave a
    /// value, or puts a text in quotes.
    pub(crate) fn is_meant(&self, text: &str, output: &Part) -> bool {
        let markup = text[output.markup.clone()].trim_start();
        let name = first_name(markup);
        markup.starts_with(['"', '\'']) || markup.starts_with(name) && self.is_given(name)
    }

    /// Whether a tag asks for a value by a name that nobody gave one: `{% if user %}`, `{% for item in items %}`.
    pub(crate) fn asks_for_unknown(&self, text: &str, tag: &Part) -> bool {
        let markup = &text[tag.markup.clone()];
        let asked = match &text[tag.name.clone()] {
            "for" | "tablerow" => markup.split_once(" in ").map(|(_, list)| list),
            "assign" => markup.split_once('=').map(|(_, value)| value),
            "if" | "unless" | "elsif" | "case" => Some(markup),
            _ => None,
        };
        let Some(asked) = asked.map(str::trim_start) else { return false };
        let name = first_name(asked);
        let is_name = asked.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        is_name && literal(name).is_none() && !self.is_given(name)
    }

    fn is_given(&self, name: &str) -> bool {
        GIVEN.contains(&name) || self.own.contains(name)
    }
}

/// A text in quotes, a number, or one of the words that Liquid takes for itself: `expression.rb`.
fn literal(fragment: &str) -> Option<&str> {
    let inner = |quote| fragment.strip_prefix(quote)?.strip_suffix(quote);
    let is_number = |text: &str| {
        let digits = text.strip_prefix('-').unwrap_or(text);
        digits.starts_with(|first: char| first.is_ascii_digit())
            && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && digits.matches('.').count() <= 1
            && !digits.ends_with('.')
    };
    match fragment {
        "nil" | "null" | "blank" | "empty" => Some(""),
        "true" | "false" => Some(fragment),
        number if is_number(number) => Some(number),
        _ => inner('"').or_else(|| inner('\'')),
    }
}

/// The first name in an expression: `VariableParser` in `liquid.rb`.
fn first_name(expression: &str) -> &str {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let start = expression.find(is_name).unwrap_or(expression.len());
    let rest = &expression[start..];
    &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())]
}

/// The names of the filters behind an expression.
fn filters(rest: &str) -> impl Iterator<Item = &str> {
    rest.split('|').skip(1).map(first_name).filter(|name| !name.is_empty())
}
