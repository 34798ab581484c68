//! `rules/unknown-key.md`

use super::RuleContext;
use crate::blog::is_known_key;
use crate::finding::Findings;
use crate::kinds::schema::Others;
use crate::syntax::front_matter::{Entry, Format, FrontMatter, Style};
use crate::text::odd_space;

/// What posts say to postlint itself.
const OWN: &str = "postlint";

/// A key that is a slip away from one the post lacks, or that the kind forbids.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(front) = context.post.front_matter() else { return };
    let schema = context.kind.map(|kind| &kind.schema);
    for entry in front.tree.entries.iter().filter(|entry| entry.key != OWN) {
        let key = &*entry.key;
        tell_indented(front, entry, findings);
        if schema.is_some_and(|schema| schema.front_matter.get(key).is_some()) {
            continue;
        }
        let bare = key.trim_matches(|sign: char| sign.is_whitespace() || odd_space(sign).is_some());
        let space = || key.chars().find_map(odd_space);
        if let Some(space) = (bare != key && !bare.is_empty()).then(space).flatten() {
            let at = if key.starts_with(bare) { "ends" } else { "begins" };
            let message = format!("this key {at} with {space}, so it is another one than `{bare}`");
            let finding = findings.at(entry.key_span, message).help(format!("write `{bare}`"));
            if context.post.text[entry.key_span] == *key && front.get(bare).is_none() {
                finding.rewrite(entry.key_span, bare);
            }
            continue;
        }
        let meant = schema.and_then(|schema| schema.meant(key, front));
        let usual = || {
            if !front.tree.complete {
                return None;
            }
            if is_known_key(key) {
                return context.blog.is_lost_date(entry, front).then_some("date");
            }
            let usual = context.blog.habits().meant_key(key)?;
            let same = context.blog.site().features.ignores_case && usual.eq_ignore_ascii_case(key);
            (!same && front.get(usual).is_none()).then_some(usual)
        };
        let forbids = schema.is_some_and(|schema| schema.other_keys == Some(Others::Forbid));
        let whose = context.kind.filter(|_| forbids || meant.is_some());
        let meant = meant.or_else(usual);
        if meant.is_none() && !forbids {
            continue;
        }
        let demanded = whose.is_some();
        let whose = whose.map_or_else(|| "this blog".to_owned(), |kind| format!("the kind `{}`", kind.name));
        let finding = findings.at(entry.key_span, format!("`{key}` is no key of {whose}"));
        finding.demanded = demanded;
        finding.help = meant.map(|meant| format!("did you mean `{meant}`?"));
        if let Some(meant) = meant.filter(|_| context.post.text[entry.key_span] == *key) {
            finding.rewrite(entry.key_span, meant);
        }
    }
}

/// Keys of a post that stand further right than the key above them, which no generator takes a map for.
fn tell_indented(front: &FrontMatter, entry: &Entry, findings: &mut Findings) {
    let is_map = front.format == Format::Yaml && entry.value.style == Style::Block && holds_no_map(&entry.key);
    for inner in entry.value.entries().iter().filter(|inner| is_map && holds_no_map(&inner.key)) {
        if front.get(&inner.key).is_none() {
            let (key, above) = (&inner.key, &entry.key);
            let message = format!("`{key}` is indented, so it is a part of `{above}` and no key of the post");
            findings.at(inner.key_span, message).help("start all keys in the same column");
        }
    }
}

/// Whether every generator wants a text, a switch, or a list under a key.
fn holds_no_map(key: &str) -> bool {
    const KEYS: &[&str] = &[
        "title", "layout", "date", "tags", "tag", "categories", "category", "permalink", "slug", "draft", "published",
        "mathjax", "use_math", "toc",
    ];
    KEYS.contains(&key)
}
