//! What a template engine reads before Markdown does: `{{ … }}` and `{% … %}`.

use memchr::memchr_iter;
use memchr::memmem;

use super::body::{Template, TemplateKind};
use crate::text::Span;

/// Finds tags and outputs from a byte on; what is never closed is not one.
pub fn read(text: &str, from: usize) -> Vec<Template> {
    let bytes = text.as_bytes();
    let mut found: Vec<Template> = Vec::new();
    let mut end = from;
    for open in memchr_iter(b'{', &bytes[from..]).map(|at| from + at) {
        let (kind, closing) = match bytes.get(open + 1) {
            Some(b'{') => (TemplateKind::Output, "}}"),
            Some(b'%') => (TemplateKind::Tag, "%}"),
            _ => continue,
        };
        if open < end {
            continue;
        }
        let inner = open + 2;
        // A tag stands on a line or a few; a search to the end of a long file for each `{{` would be quadratic.
        let reach = text.len().min(inner + MOST_BYTES);
        let Some(close) = memmem::find(&bytes[inner..reach], closing.as_bytes()).map(|at| inner + at) else { continue };
        end = close + 2;
        found.push(Template { span: open..end, kind, content: trim(text, inner..close) });
    }
    found
}

/// The longest tag that is looked for, in bytes.
const MOST_BYTES: usize = 4096;

fn trim(text: &str, span: Span) -> Span {
    let source = &text[span.clone()];
    let blank = |c: char| c.is_whitespace() || c == '-';
    let start = span.start + source.len() - source.trim_start_matches(blank).len();
    start..start.max(span.start + source.trim_end_matches(blank).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_outputs() {
        let text = "a {{ site.url }} {%- raw -%}{{ x }}{% endraw %} {{ open {b}";
        let contents: Vec<_> = read(text, 0).into_iter().map(|t| &text[t.content]).collect();
        assert_eq!(contents, ["site.url", "raw", "x", "endraw"]);
    }
}
