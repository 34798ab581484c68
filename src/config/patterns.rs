//! Patterns of paths in the config that cannot mean anything, or that fit no post.

use super::SHOWN;
use crate::finding::Findings;
use crate::syntax::front_matter::{Data, Entry, Node, Tree};
use crate::text::beginning;

/// A pattern that fits no post, by its place in its list.
#[derive(Clone, Copy)]
pub(super) enum Idle {
    /// One of `posts:`.
    Post(usize),
    /// One of `exclude:`.
    Exclusion(usize),
    /// One of the `files:` of an entry of `overrides:`.
    Override(usize, usize),
}

/// What to do about a pattern of paths that nothing fits.
pub(super) const PATHS: &str = "paths start at the folder of this file: `_posts/**/*.md`";

/// Tells patterns that fit no post.
pub(super) fn tell_idle(tree: &Tree, idle: &[Idle], findings: &mut Findings) {
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
            false => ("fits no post", PATHS),
        };
        findings.at(node.span, format!("`{}` {message}", beginning(pattern, SHOWN))).help(help);
    }
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
