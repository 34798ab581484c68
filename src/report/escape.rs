//! Data of strangers in documents that mean more than text.

use super::visible;

/// Text and values of attributes in HTML and XML, on one line; what no document may hold is made visible.
pub(super) fn markup(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match visible(sign) {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            sign => escaped.push(sign),
        }
    }
    escaped
}

/// The parts of a message on one line, and which of them stand between backticks. What quotes a backtick is one part.
pub(super) fn parts(message: &str) -> impl Iterator<Item = (&str, bool)> {
    let is_paired = message.matches('`').count().is_multiple_of(2);
    let split = message.split(move |sign| is_paired && sign == '`');
    split.enumerate().map(|(index, part)| (part, index % 2 == 1)).filter(|(part, _)| !part.is_empty())
}
