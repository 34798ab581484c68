//! Turns of phrase that faults share.

use std::borrow::Cow;

use super::line::Line;
use crate::text::beginning;

pub(super) fn subject(line: &Line<'_>) -> String {
    line.key_text().map_or_else(|| String::from("this value"), |key| format!("the value of `{}`", shorten(key)))
}

pub(super) fn quote_help(key: Option<&str>, value: &str) -> String {
    match key {
        Some(key) if is_short(value) => format!("put the value in quotes: `{key}: {}`", quoted(value)),
        _ => String::from("put the value in quotes"),
    }
}

/// A value in the quotes that need the fewest escapes.
pub(crate) fn quoted(value: &str) -> String {
    if !value.contains(['"', '\\']) { format!("\"{value}\"") } else { format!("'{}'", value.replace('\'', "''")) }
}

pub(super) fn is_short(value: &str) -> bool {
    value.len() <= 120 && !value.contains(['\n', '\t'])
}

/// As much of a value as is quoted.
pub(super) fn shorten(text: &str) -> Cow<'_, str> {
    const SHOWN: usize = 40;
    beginning(text, SHOWN)
}
