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

/// A text in double quotes as YAML, TOML and JSON all read them; signs that nobody sees, or that end a line, are escaped.
pub(crate) fn double_quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for sign in text.chars() {
        match sign {
            '\\' | '"' => quoted.extend(['\\', sign]),
            sign if is_printable(sign) => quoted.push(sign),
            sign => quoted += &format!("\\u{:04x}", u32::from(sign)),
        }
    }
    quoted + "\""
}

/// Whether YAML 1.2 lets a sign stand in quotes as it is.
pub(crate) fn is_printable(sign: char) -> bool {
    !sign.is_control() && !matches!(sign, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A text as an item of a YAML list in brackets: in quotes where a sign in it, or its looks, would mean something else.
pub(crate) fn list_item(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphabetic)
        && !text.contains([',', '[', ']', '{', '}', ':', '#', '"', '\\'])
        && super::is_text(text);
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}

pub(super) fn is_short(value: &str) -> bool {
    value.len() <= 120 && !value.contains(['\n', '\t'])
}

/// As much of a value as is quoted.
pub(super) fn shorten(text: &str) -> Cow<'_, str> {
    const SHOWN: usize = 40;
    beginning(text, SHOWN)
}
