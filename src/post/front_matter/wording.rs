//! Turns of phrase that faults share.

use super::line::Line;

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
pub(super) fn quoted(value: &str) -> String {
    if !value.contains(['"', '\\']) { format!("\"{value}\"") } else { format!("'{}'", value.replace('\'', "''")) }
}

pub(super) fn is_short(value: &str) -> bool {
    value.len() <= 120 && !value.contains(['\n', '\t'])
}

pub(super) fn shorten(text: &str) -> String {
    const SHOWN: usize = 40;
    let text = text.lines().next().unwrap_or_default();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}
