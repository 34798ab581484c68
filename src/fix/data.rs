//! Whether two front matters say the same.

use std::collections::BTreeMap;

use crate::post::Post;
use crate::syntax::front_matter::{Data, Entry, MAX_DEPTH, Node};
use crate::text::{Span, trimmed};

/// The entries of a post's front matter; none where it has none.
pub(crate) fn entries<'p>(post: &'p Post<'_>) -> &'p [Entry] {
    post.front_matter().map_or(&[], |front| &front.tree.entries)
}

/// The entries with their bytes, up to where the next one begins: a value that is cut off or not read goes so far.
pub(crate) fn places<'p>(post: &'p Post<'_>) -> impl Iterator<Item = (&'p Entry, Span)> {
    let entries = entries(post);
    let last = post.front_matter().map_or(0, |front| front.content.end);
    entries.iter().enumerate().map(move |(index, entry)| {
        let start = entry.key_span.start;
        let end = entries.get(index + 1).map_or(last, |next| next.key_span.start);
        (entry, trimmed(post.text, Span::new(start, end.max(entry.key_span.end).max(entry.value.span.end))))
    })
}

/// Whether entries hold the same data; of duplicate keys the last counts, and the order of keys does not.
pub(crate) fn same_entries(one: &[Entry], other: &[Entry]) -> bool {
    same_maps(one, other, 0)
}

fn same_maps(one: &[Entry], other: &[Entry], depth: usize) -> bool {
    let (one, other) = (by_key(one), by_key(other));
    one.len() == other.len()
        && one.iter().zip(&other).all(|((key, one), (other_key, other))| key == other_key && same(one, other, depth))
}

/// The values by their keys.
pub(crate) fn by_key(entries: &[Entry]) -> BTreeMap<&str, &Node> {
    entries.iter().map(|entry| (&*entry.key, &entry.value)).collect()
}

/// Whether two values are the same to the generator, of the same types.
pub(crate) fn same_value(one: &Node, other: &Node) -> bool {
    same(one, other, 0)
}

fn same(one: &Node, other: &Node, depth: usize) -> bool {
    if depth > MAX_DEPTH || one.tag != other.tag {
        return false;
    }
    match (&one.data, &other.data) {
        (Data::Scalar(_), Data::Scalar(_)) => one.value() == other.value(),
        (Data::List(ones), Data::List(others)) => {
            ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| same(one, other, depth + 1))
        }
        (Data::Map(ones), Data::Map(others)) => same_maps(ones, others, depth + 1),
        (Data::Alias(one), Data::Alias(other)) => one == other,
        _ => false,
    }
}
