//! Patterns of paths in the config that cannot mean anything, or that fit no post.

use crate::finding::{Finding, Findings, RuleId};
use crate::syntax::front_matter::{self, Data, Entry, Node, Tree};
use crate::text::{Span, beginning};

/// A pattern that fits no post, by its place in its list.
#[derive(Clone, Copy)]
pub(crate) enum Idle {
    /// One of `posts:`.
    Post(usize),
    /// One of `exclude:`.
    Exclusion(usize),
    /// One of the `files:` of an entry of `overrides:`.
    Override(usize, usize),
}

/// So much of a pattern is shown, in characters.
const SHOWN: usize = 60;

/// What to say of patterns that fit no post.
pub(crate) fn idle_patterns(text: &str, idle: &[Idle]) -> Vec<Finding> {
    let tree = front_matter::yaml(text, Span::new(0, text.len()));
    let mut findings = Findings::of(RuleId::INVALID_CONFIG, text);
    let files = |at: usize| tree.get("overrides")?.value.items().get(at)?.get("files");
    for &idle in idle {
        let (list, at) = match idle {
            Idle::Post(at) => (tree.get("posts").map(|entry| &entry.value), at),
            Idle::Exclusion(at) => (tree.get("exclude").map(|entry| &entry.value), at),
            Idle::Override(entry, at) => (files(entry), at),
        };
        let Some(node) = list.and_then(|list| items(list).get(at)) else { continue };
        let pattern = node.text().unwrap_or_default();
        let (message, help) = match pattern.starts_with('!') {
            true => ("takes no post back", "it says something only of what a pattern before it names"),
            false => ("fits no post", "paths start at the folder of this file: `_posts/**/*.md`"),
        };
        findings.at(node.span, format!("`{}` {message}", beginning(pattern, SHOWN))).help(help);
    }
    findings.into_vec()
}

/// Tells exceptions that stand first in their list, where there is nothing yet to take back.
pub(super) fn check(tree: &Tree, faults: &mut Findings) {
    let value = |key: &str| tree.get(key).map(|entry| &entry.value);
    let overrides = value("overrides").into_iter().flat_map(|list| list.items());
    let kinds = value("kinds").into_iter().flat_map(|kinds| kinds.entries());
    let lists =
        [value("exclude")].into_iter().chain(overrides.map(|entry| entry.get("files"))).chain(kinds.map(path_of));
    let lists = lists.map(|list| (list, false)).chain([(value("posts"), true)]);
    for (list, is_posts) in lists.filter_map(|(list, is_posts)| Some((list?, is_posts))) {
        let Some(first) = items(list).first() else { continue };
        let Some(rest) = first.text().and_then(|text| text.strip_prefix('!')) else { continue };
        let message =
            format!("`!{}` is an exception from nothing: no pattern stands before it", beginning(rest, SHOWN));
        let rest = beginning(rest, SHOWN);
        faults.at(first.span, message).help(match is_posts {
            true => {
                format!("write `exclude: [\"{rest}\"]`, or name posts before it: `[\"_posts/**/*.md\", \"!{rest}\"]`")
            }
            false => format!("write before it what it is an exception from: `[\"_posts/**\", \"!{rest}\"]`"),
        });
    }
}

/// The paths that a kind matches.
fn path_of(kind: &Entry) -> Option<&Node> {
    kind.value.get("match")?.get("path")
}

/// The patterns of a list, or the one that stands in its place.
fn items(list: &Node) -> &[Node] {
    match &list.data {
        Data::List(items) => items,
        _ => std::slice::from_ref(list),
    }
}
