//! `rules/truncated-value.md`

use super::RuleContext;
use crate::blog::is_for_readers;
use crate::finding::{Edit, Findings};
use crate::syntax::front_matter::{Node, Style, quoted};
use crate::text::{Span, trimmed};

/// `#` with text glued to it, or with nothing after it, is no comment: people put a space between.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(front) = context.post.front_matter() else { return };
    let text = context.post.text;
    for (key, value) in front.tree.scalars() {
        if value.style != Style::Plain || !is_for_readers(key) {
            continue;
        }
        let Some(comment) = front.tree.comment_behind(text, value) else { continue };
        let cut = text[comment].trim_end();
        let next = cut[1..].chars().next();
        if next.is_some_and(|next| !next.is_alphanumeric()) || explains(cut, key) {
            continue;
        }
        let message = match kept(value) {
            Some(kept) => format!("`{key}` is only `{kept}`: YAML takes `{cut}` for a comment and drops it"),
            None => format!("`{key}` has no value here: YAML takes `{cut}` for a comment and drops it"),
        };
        let whole = trimmed(text, Span::new(value.span.start, comment.end));
        let quoted = quoted(&text[whole]);
        let finding = findings.at(comment, message).help(format!("put the value in quotes: `{quoted}`"));
        // An empty value stands right behind its colon, which is written anew with what belongs there.
        let start = value.span.start - usize::from(text[..value.span.start].ends_with(':'));
        let edit = Edit::new(Span::new(start, whole.end), format!("{}{quoted}", &text[start..whole.start]));
        finding.unsafe_fix("put the value in quotes", vec![edit]);
    }
}

/// Whether a comment says what the key is for: it has its name, and no more than a few words beside it.
fn explains(comment: &str, key: &str) -> bool {
    let words = || comment[1..].split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words().count() > 1 && words().any(|word| word.eq_ignore_ascii_case(key))
}

fn kept(value: &Node) -> Option<&str> {
    value.text().filter(|text| !text.is_empty())
}
