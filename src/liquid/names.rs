//! The names that a post can ask for.

use std::collections::HashSet;

use super::evaluate::{self, Environment, Value, first_name, literal};
use super::{Liquid, Part, Role, javascript};

/// What Jekyll 4.3.1 gives a value in a post: `drops/unified_payload_drop.rb`, `drops/site_drop.rb`. `content`,
/// `paginator` and `include` are there, too, but hold nothing while a post is rendered.
const GIVEN: &[&str] = &["site", "page", "layout", "jekyll", "theme"];

/// The names that tags give a value.
pub(crate) fn own_names(text: &str, parts: &[Part]) -> HashSet<String> {
    let mut names = HashSet::new();
    for part in parts {
        if matches!(&text[part.name], "assign" | "capture" | "for" | "tablerow" | "increment" | "decrement") {
            names.insert(first_name(&text[part.markup]).to_owned());
            names.extend(["forloop", "tablerowloop"].map(str::to_owned));
        }
    }
    names
}

/// What is known by the post alone: which names have no value.
impl Environment for Liquid {
    fn value(&self, name: &str) -> Value {
        if self.is_given(self.first_name(name)) { Value::Unknown } else { Value::Nothing }
    }
}

impl Liquid {
    /// What a part prints, by the post alone.
    pub(crate) fn printed(&self, text: &str, part: &Part) -> Value {
        match part.role {
            Role::Output => self.evaluate(&text[part.markup], self),
            _ => Value::Unknown,
        }
    }

    /// What an output prints, with what is known.
    pub(super) fn evaluate(&self, markup: &str, known: &dyn Environment) -> Value {
        if self.given.is_some() { javascript::output(markup, known) } else { evaluate::output(markup, known) }
    }

    fn first_name<'t>(&self, expression: &'t str) -> &'t str {
        if self.given.is_some() { javascript::first_name(expression) } else { first_name(expression) }
    }

    /// Whether the author of an output surely meant Liquid: it names what Jekyll knows, or what the post itself gave a
    /// value, or puts a text in quotes.
    pub(crate) fn is_meant(&self, text: &str, output: &Part) -> bool {
        let markup = text[output.markup].trim_start();
        let name = self.first_name(markup);
        is_quoted(markup) || markup.starts_with(name) && self.is_given(name)
    }

    /// Whether a tag asks for a value by a name that nobody gave one: `{% if user %}`, `{% for item in items %}`.
    pub(crate) fn asks_for_unknown(&self, text: &str, tag: &Part) -> bool {
        let markup = &text[tag.markup];
        let asked = match &text[tag.name] {
            "for" | "tablerow" => markup.split_once(" in ").map(|(_, list)| list),
            "assign" => markup.split_once('=').map(|(_, value)| value),
            "if" | "unless" | "elsif" | "case" => Some(markup),
            _ => None,
        };
        let Some(asked) = asked.map(str::trim_start) else { return false };
        let name = self.first_name(asked);
        let is_name = asked.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        is_name && literal(name).is_none() && !self.is_given(name)
    }

    fn is_given(&self, name: &str) -> bool {
        let by_site = match &self.given {
            None => GIVEN.contains(&name),
            Some(given) => given.names.as_ref().is_none_or(|names| names.contains(name)),
        };
        by_site || self.own.contains(name)
    }
}

/// Whether an output is a text in quotes, which filters may follow.
fn is_quoted(markup: &str) -> bool {
    let Some(quote) = markup.chars().next().filter(|first| matches!(first, '"' | '\'')) else { return false };
    let behind = markup[1..].split_once(quote).map(|(_, behind)| behind.trim_start());
    behind.is_none_or(|behind| behind.is_empty() || behind.starts_with('|'))
}
