//! `rules/accidental-heading.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::text::{first_line, trimmed};

/// Setext headings that were meant for text with a rule below.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    if context.engine().is_none() {
        return;
    }
    for heading in &post.body.headings {
        let [text, underline] = [heading.text, heading.marker].map(|span| trimmed(post.text, span));
        let is_underlined = underline.len() > 1 && post.text[underline].bytes().all(|byte| byte == b'-');
        if !is_underlined || text.is_empty() {
            continue;
        }
        let in_item = post.body.items.iter().any(|item| item.marker.end <= text.start && text.start < item.span.end);
        if in_item || is_running_text(&post.text[text], underline.len()) {
            let line = first_line(post.text, text);
            let message = format!("`{}` becomes a heading, for `---` stands right below", &post.text[line]);
            let edit = Edit::insert(post.line_start(underline.start), "\n");
            findings
                .at(line, message)
                .label(underline, "without a blank line above, this makes a heading of the text")
                .help("put a blank line above `---` for a rule across the page")
                .unsafe_fix("put a blank line above `---`", vec![edit]);
        }
    }
}

/// Headings end with no full stop, and who underlines one draws more than the three hyphens of a rule.
fn is_running_text(text: &str, underline: usize) -> bool {
    let sentence = text.ends_with(['.', '。', '!', '?', '…', ',', ';', ':']);
    let picture = text.starts_with("![") && text.ends_with(')');
    let is_key = |line: &str| line.split_once(':').is_some_and(|(key, _)| !key.contains(char::is_whitespace));
    // Front matter that is not read as such ends with `---` as well.
    let front_matter = text.lines().next_back().is_some_and(is_key) || text.starts_with("---");
    underline <= 5 && !front_matter && (sentence && text.chars().count() > 12 || picture || text.contains('\n'))
}
