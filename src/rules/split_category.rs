//! `rules/split-category.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::syntax::front_matter::list_item;
use crate::text::listed;

/// No name is made of more words, which bounds the search.
const MOST_WORDS: usize = 6;

/// Words apart by white space are Jekyll's own way to write several names, so only what tells that one was meant counts.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(front) = context.post.front_matter() else { return };
    for entry in
        front.tree.entries.iter().filter(|entry| context.blog.site().features.splits.contains(&entry.key.as_str()))
    {
        let Some(text) = entry.value.text().filter(|text| !text.trim().is_empty()) else { continue };
        let parts: Vec<&str> = text.split_whitespace().collect();
        let Some(meant) = meant(text, &parts, |name| context.blog.is_one_name(name)) else { continue };
        let (span, name) = (entry.value.span, context.blog.site().features.name);
        let list = format!("[{}]", meant.iter().map(|name| list_item(name)).collect::<Vec<_>>().join(", "));
        let message = format!("{name} cuts `{}` at white space only: {}", entry.key, listed(&parts));
        let finding = findings.at(span, message);
        finding.help(format!("write a list: `{}: {list}`", entry.key));
        if entry.value.tag.is_none() {
            finding.unsafe_fix("write a list", vec![Edit::new(entry.value.span, list)]);
        }
    }
}

/// The names that were meant, where they are surely not the parts.
fn meant(text: &str, parts: &[&str], is_name: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    if text.contains(',') {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        return Some(names.map(str::to_owned).collect());
    }
    let is_open = |part: &&str| part.matches('(').count() != part.matches(')').count();
    if parts.iter().any(is_open) {
        return Some(vec![text.trim().to_owned()]);
    }
    let mut names = Vec::new();
    let mut from = 0;
    while from < parts.len() {
        let longest = parts.len().min(from + MOST_WORDS);
        let end = (from + 2..=longest).rev().find(|&end| is_name(&parts[from..end].join(" ")));
        let end = end.unwrap_or(from + 1);
        names.push(parts[from..end].join(" "));
        from = end;
    }
    (names.len() < parts.len()).then_some(names)
}
