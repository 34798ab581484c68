//! From an error of serde_yaml to the entry at fault: its place in the file, and words for it.

use crate::post::front_matter::{Data, Entry, Node, Tree};
use crate::text::{Span, nearest};

/// The entry at fault.
pub struct Around {
    /// Key and value.
    pub entry: Span,
    /// The part of it to point at.
    pub shown: Span,
}

/// Where an error is: serde_yaml tells the first byte of the key or value that it stumbled over.
pub fn place(tree: &Tree, error: &serde_yaml::Error) -> Option<Around> {
    let at = error.location()?.index();
    let said = error.to_string();
    let around = in_map(&tree.entries, at, said.contains("unknown field"))?;
    if said.contains(SERDE_QUOTES.0) || said.contains(SERDE_QUOTES.1) {
        return Some(around);
    }
    // What a type of ours refuses is told at the mapping around it, but the message begins with the value.
    let value = message(error).strip_prefix('`').and_then(|said| Some(said.split_once('`')?.0.to_owned()));
    let refused = value.and_then(|value| with_value(&tree.entries, &around.entry, &value));
    Some(refused.unwrap_or(around))
}

/// The messages of serde that begin with a name in backticks, too.
const SERDE_QUOTES: (&str, &str) = ("unknown field", "unknown variant");

/// The entry, or the item of a list, inside `within` whose value is this text.
fn with_value(entries: &[Entry], within: &Span, value: &str) -> Option<Around> {
    let near = entries.iter().filter(|entry| entry.key_span.start < within.end && entry.value.span.end >= within.start);
    near.into_iter().find_map(|entry| {
        let whole = entry.key_span.start..entry.value.span.end;
        valued(&entry.value, whole, within, value)
    })
}

fn valued(node: &Node, whole: Span, within: &Span, value: &str) -> Option<Around> {
    match &node.data {
        Data::Map(entries) => with_value(entries, within, value),
        Data::List(items) => items.iter().find_map(|item| valued(item, item.span.clone(), within, value)),
        _ => {
            let is = node.text().is_some_and(|text| text.starts_with(value)) && node.span.start >= within.start;
            is.then(|| Around { entry: whole, shown: node.span.clone() })
        }
    }
}

/// A mapping begins where its first key does: `key` tells which of the two is meant.
fn in_map(entries: &[Entry], at: usize, key: bool) -> Option<Around> {
    let entry = entries.iter().rfind(|entry| entry.key_span.start <= at)?;
    let value = &entry.value.span;
    let around = |shown: &Span| Some(Around { entry: entry.key_span.start..value.end, shown: shown.clone() });
    if key && entry.key_span.start == at {
        return around(&entry.key_span);
    }
    if !key && value.start == at && !value.is_empty() {
        return around(value);
    }
    in_value(&entry.value, at, key).or_else(|| around(&entry.key_span))
}

fn in_value(node: &Node, at: usize, key: bool) -> Option<Around> {
    match &node.data {
        Data::Map(entries) => in_map(entries, at, key),
        Data::List(items) => {
            let item = items.iter().rfind(|item| item.span.start <= at)?;
            let whole = || Around { entry: item.span.clone(), shown: item.span.clone() };
            let deeper = if !key && item.span.start == at { None } else { in_value(item, at, key) };
            Some(deeper.unwrap_or_else(whole))
        }
        _ => None,
    }
}

/// Puts spaces in place of an entry, so that the rest can be read at its old place; false when nothing was left of it.
pub fn strike_out(text: &mut String, around: &Around) -> bool {
    let mut span = around.entry.clone();
    // The dash of a list item, or the comma of a flow collection, goes with it.
    let before = text[..span.start].trim_end_matches(' ');
    if before.ends_with('-') {
        span.start = before.len() - 1;
    }
    if text[span.end..].starts_with(',') {
        span.end += 1;
    }
    let blank = |c: char| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) };
    let blanked: String = text[span.clone()].chars().map(blank).collect();
    let changed = text[span.clone()] != blanked;
    text.replace_range(span, &blanked);
    changed
}

/// The error's words without the path and the place, which the finding shows.
pub fn message(error: &serde_yaml::Error) -> String {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said);
    // `kinds.weekly.since: …`: a path holds no space, a message does.
    let said = match said.split_once(": ") {
        Some((path, rest)) if !path.contains(' ') => rest,
        _ => said,
    };
    let said = said.split(", expected one of").next().unwrap_or(said);
    let said = said.split(", expected `").next().unwrap_or(said);
    let mut said = said.to_owned();
    for (serde, ours) in WORDS {
        said = said.replace(serde, ours);
    }
    said
}

/// What serde says, in the words of who writes a config.
const WORDS: &[(&str, &str)] = &[
    ("unknown field", "unknown key"),
    ("unknown variant", "unknown value"),
    ("missing field", "missing key"),
    ("expected u8", "expected a whole number"),
    ("expected u16", "expected a whole number"),
    ("expected a boolean", "expected true or false"),
    ("invalid type: ", "wrong type: "),
    ("unit value", "nothing"),
    ("a sequence", "a list"),
    ("sequence", "a list"),
    ("map,", "a mapping,"),
    ("expected struct Match", "expected a mapping such as `{path: \"_posts/*\"}`"),
    ("expected struct SectionsSchema", "expected a mapping such as `{list: [learned]}`"),
    ("expected struct DateRangeSchema", "expected a mapping such as `{days: 7}`"),
    ("expected struct Key", "expected a mapping such as `{required: true}`"),
    ("expected struct Series", "expected a mapping such as `{number: '([0-9]+)'}`"),
    ("expected struct Math", "expected a mapping such as `{engine: mathjax}`"),
    ("expected struct Schema", "expected a mapping such as `{extends: weekly}`"),
    ("expected a Value::Tagged enum", "expected off, warn or error"),
    ("expected string or map", "expected off, warn or error"),
    (", there are no fields", ": the rule has no options besides `level`"),
];

/// Where in a rule's options an error is: at the key or value that its words quote.
pub fn in_options(options: &Node, error: &serde_yaml::Error) -> Span {
    let said = message(error);
    let quoted = said.split('`').nth(1).unwrap_or_default();
    let entry = |entry: &Entry| match entry.value.text() {
        _ if entry.key == quoted => Some(entry.key_span.clone()),
        Some(text) if text == quoted => Some(entry.value.span.clone()),
        _ => None,
    };
    options.entries().iter().find_map(entry).unwrap_or_else(|| options.span.clone())
}

/// What serde expected, as a suggestion: the name that is near, or all of them, and `more` that it does not know of.
pub fn suggestion(error: &serde_yaml::Error, more: &[&str]) -> Option<String> {
    let said = error.to_string();
    let (wrong, expected) = said.split_once("expected ")?;
    let mut names: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    if said.contains(SERDE_QUOTES.0) {
        names.extend(more);
    }
    names.sort_unstable();
    let wrong = wrong.split('`').nth(1)?;
    match nearest(wrong, names.iter().copied()) {
        Some(near) => Some(format!("did you mean `{near}`?")),
        None if names.is_empty() => None,
        None => Some(format!("known here: {}", names.join(", "))),
    }
}
