//! Texts as values of front matter.

use crate::syntax::front_matter::{self, Format, Style, Value, double_quoted};
use crate::text::Span;

/// A text as a value, in the quotes of another where they can hold it.
pub(super) fn scalar(format: Format, style: Style, text: &str) -> String {
    if format == Format::Lines {
        return text.replace('\n', " ");
    }
    if format != Format::Yaml {
        let is_bare = format == Format::Toml && matches!(text, "true" | "false") && style == Style::Plain;
        return if is_bare || is_day(text) && style == Style::Plain { text.to_owned() } else { double_quoted(text) };
    }
    match style {
        Style::SingleQuoted if !text.chars().any(char::is_control) => format!("'{}'", text.replace('\'', "''")),
        Style::DoubleQuoted => double_quoted(text),
        _ if text.is_empty() || is_day(text) || matches!(text, "true" | "false") || is_plain(text) => text.to_owned(),
        _ => double_quoted(text),
    }
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// Whether YAML reads a text without quotes as that text.
fn is_plain(text: &str) -> bool {
    let line = format!("a: {text}\n");
    let tree = front_matter::yaml(&line, Span::new(0, line.len()));
    let value = tree.get("a").map(|entry| &entry.value);
    let is_same = value.and_then(|value| value.value()) == Some(Value::Text(text));
    let is_shown = !text.chars().any(char::is_control);
    is_shown && is_same && tree.faults.is_empty() && tree.comments.is_empty() && tree.entries.len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
        for (format, written) in [(Format::Yaml, "\"a\\u001bb\""), (Format::Toml, "\"a\\u001bb\"")] {
            assert_eq!(scalar(format, Style::Plain, "a\u{1b}b"), written);
        }
        assert_eq!(scalar(Format::Yaml, Style::SingleQuoted, "it's"), "'it''s'");
        assert_eq!(scalar(Format::Yaml, Style::Plain, "a: b"), "\"a: b\"");
    }
}
