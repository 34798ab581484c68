//! `rules/split-category.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::syntax::front_matter::{Entry, Format, list_item};
use crate::text::{Span, listed};

/// No name is made of more words, which bounds the search.
const MOST_WORDS: usize = 6;

/// Words apart by white space are Jekyll's own way to write several names, so only what tells that one was meant counts.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(front) = context.post.front_matter() else { return };
    front.tree.entries.iter().for_each(|entry| commas(context, entry, findings));
    for entry in
        front.tree.entries.iter().filter(|entry| context.blog.site().features.splits.contains(&entry.key.as_str()))
    {
        let Some(text) = entry.value.text().filter(|text| !text.trim().is_empty()) else { continue };
        let parts: Vec<&str> = text.split_whitespace().collect();
        let Some(meant) = meant(text, &parts, |name| context.blog.is_one_name(name)) else { continue };
        // In an address, several folders are as good as a name with spaces.
        if !text.contains(',') && context.blog.shows_no(&entry.key) {
            continue;
        }
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

/// Commas that cut nothing: in a text that is one name, or in the one item of a list.
fn commas(context: &RuleContext, entry: &Entry, findings: &mut Findings) {
    let features = context.blog.site().features;
    let is_whole = features.is_one_name(&entry.key);
    let holds_names = is_whole || features.splits.contains(&&*entry.key);
    let node = match entry.value.items() {
        [only] if holds_names => only,
        [] if is_whole => &entry.value,
        _ => return,
    };
    let Some(text) = node.text().filter(|text| text.contains(',')) else { return };
    let names: Vec<&str> = text.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    // A title, a place or a number may have a comma of its own.
    let is_short = |name: &&str| name.split_whitespace().count() <= MOST_IN_NAME && !name.starts_with(char::is_numeric);
    if names.len() < 2 || !names.iter().all(is_short) {
        return;
    }
    let list = format!("[{}]", names.iter().map(|name| list_item(name)).collect::<Vec<_>>().join(", "));
    let front = context.post.front_matter();
    let plural = match &*entry.key {
        "category" => "categories",
        "tag" => "tags",
        key => key,
    };
    let is_free = plural == entry.key || front.is_some_and(|front| front.get(plural).is_none());
    let message = format!("to {} this is one name with a comma in it: `{}`", features.name, text.trim());
    let written = format!("{plural}: {list}");
    let finding = findings.at(node.span, message).help(format!("write a list: `{written}`"));
    let whole = Span::new(entry.key_span.start, entry.value.span.end);
    let is_yaml = front.is_some_and(|front| front.format == Format::Yaml);
    let is_plain = entry.value.tag.is_none() && node.tag.is_none() && !context.post.text[whole].contains(" #");
    if is_free && is_yaml && is_plain {
        finding.unsafe_fix("write a list", vec![Edit::new(whole, written)]);
    }
}

/// So many words are one name of several in a row.
const MOST_IN_NAME: usize = 2;

/// The names that were meant, where they are surely not the parts.
fn meant(text: &str, parts: &[&str], is_name: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    if text.contains(',') {
        let between = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        // Between two commas stands one name, unless other posts have each of its words alone.
        let are_apart = |words: &str| !is_name(words) && words.split_whitespace().all(&is_name);
        let names = between.flat_map(|words| match are_apart(words) {
            true => words.split_whitespace().collect(),
            false => vec![words],
        });
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
