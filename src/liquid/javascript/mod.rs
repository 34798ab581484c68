//! liquidjs (10.30.1), which Eleventy (3.1.8) runs over all of a post below the front matter: where it cuts a text, what it
//! refuses, and what it is given.

mod expression;
mod syntax;
mod tokens;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::evaluate::{Environment, Value, operand};
use super::{Role, What};
use crate::text::Span;

pub(super) use self::syntax::check;
pub(super) use self::tokens::read as tokens;

/// Its tags that stand alone (`tags/index.ts`).
pub(crate) const TAGS: &[&str] = &[
    "#", "assign", "break", "continue", "cycle", "decrement", "echo", "include", "increment", "layout", "liquid",
    "render",
];

/// Its tags that an `end…` closes.
pub(crate) const BLOCKS: &[&str] = &["block", "capture", "case", "comment", "for", "if", "raw", "tablerow", "unless"];

/// Tags that print what only the built site knows.
const PRINTING: &[&str] = &["cycle", "decrement", "echo", "include", "increment", "liquid", "render"];

/// Its filters (`filters/index.ts`).
const FILTERS: &[&str] = &[
    "abs", "append", "array_to_sentence_string", "at_least", "at_most", "base64_decode", "base64_encode", "capitalize",
    "ceil", "cgi_escape", "compact", "concat", "date", "date_to_long_string", "date_to_rfc822", "date_to_string",
    "date_to_xmlschema", "default", "divided_by", "downcase", "escape", "escape_once", "find", "find_exp",
    "find_index", "find_index_exp", "first", "floor", "group_by", "group_by_exp", "has", "has_exp", "hmac_sha256",
    "inspect", "join", "json", "jsonify", "last", "lstrip", "map", "minus", "modulo", "newline_to_br",
    "normalize_whitespace", "number_of_words", "plus", "pop", "prepend", "push", "raw", "reject", "reject_exp",
    "remove", "remove_first", "remove_last", "replace", "replace_first", "replace_last", "reverse", "round", "rstrip",
    "sample", "sha256", "shift", "size", "slice", "slugify", "sort", "sort_natural", "split", "squish", "strip",
    "strip_html", "strip_newlines", "sum", "times", "to_integer", "truncate", "truncatewords", "uniq", "unshift",
    "upcase", "uri_escape", "url_decode", "url_encode", "where", "where_exp", "xml_escape",
];

/// What a tag of a site is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Custom {
    /// `addShortcode`: it stands alone, and its arguments are cut into words and texts.
    Shortcode,
    /// `addPairedShortcode`: the same with an `end…`.
    Paired,
    /// A tag of its own making, which reads its words in its own way, with an `end…`.
    Block,
}

/// What a site adds to it.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Tags by their names.
    pub tags: BTreeMap<String, Custom>,
    /// Tags of which is not known whether an `end…` closes them.
    pub opaque: BTreeSet<String>,
    /// Filters.
    pub filters: BTreeSet<String>,
    /// What may bring others, for people.
    pub missing: Option<String>,
    /// Filters that are not there are passed over.
    pub is_lax: bool,
    /// The arguments of shortcodes are read as liquidjs reads values.
    pub reads_values: bool,
}

impl Known {
    /// Whether an `end…` closes a tag.
    pub(super) fn is_block(&self, name: &str) -> bool {
        BLOCKS.contains(&name) || matches!(self.tags.get(name), Some(Custom::Paired | Custom::Block))
    }

    /// Whether a tag stands alone.
    pub(super) fn is_single(&self, name: &str) -> bool {
        TAGS.contains(&name) || matches!(self.tags.get(name), Some(Custom::Shortcode))
    }

    fn has_filter(&self, name: &str) -> bool {
        self.is_lax || self.missing.is_some() || FILTERS.contains(&name) || self.filters.contains(name)
    }
}

/// What a post is given.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    /// By the site.
    pub known: Arc<Known>,
    /// The names that have values; `None` where others may have some.
    pub names: Option<BTreeSet<String>>,
}

/// What is wrong with what stands between the braces of an output: where, and what.
pub(super) fn refused(markup: &str, known: &Known) -> Vec<(Span, What)> {
    syntax::of_value(markup, known)
}

/// What an output prints. A comparison prints `true` or `false`, and what filters make of nothing is theirs.
pub(super) fn output(markup: &str, known: &dyn Environment) -> Value {
    match expression::read(markup) {
        Ok(read) if !read.compares && read.filters.is_empty() => match &markup[read.first] {
            "" => Value::Nothing,
            first => operand(first, known),
        },
        _ => Value::Unknown,
    }
}

/// Whether a tag prints something that is not known.
pub(super) fn prints(name: &str, role: Role) -> bool {
    match role {
        Role::Unknown => true,
        Role::Tag => PRINTING.contains(&name) || !TAGS.contains(&name),
        _ => false,
    }
}

/// The first name in an expression.
pub(super) fn first_name(expression: &str) -> &str {
    let start = expression.find(expression::is_word).unwrap_or(expression.len());
    let rest = &expression[start..];
    &rest[..rest.find(|sign| !expression::is_word(sign)).unwrap_or(rest.len())]
}
