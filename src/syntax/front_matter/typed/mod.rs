//! A tree of YAML read into types by serde, with every fault at its place.
//!
//! serde stops at the first fault. So the entry or item around it is left out, and the rest is read again, until all is
//! well: all faults are told at once, each once. Scalars mean what they mean to serde_yaml (YAML 1.2), not to Psych.

mod error;
mod input;
mod scalar;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

pub(crate) use error::{Error, suggestion};
pub(crate) use input::Input;

use super::{Data, Entry, Fault, MAX_FAULTS, Node, Style, Tree};
use crate::text::Span;

/// A tree to read types from.
pub(crate) struct Source<'t> {
    entries: &'t [Entry],
    /// What aliases repeat, by the numbers of the anchors.
    anchors: HashMap<usize, &'t Node>,
    /// The keys of entries, and the items, that are passed over.
    left_out: HashSet<Span>,
    /// How many aliases were followed in this reading.
    followed: Cell<usize>,
}

impl<'t> Source<'t> {
    /// The source of a tree; values that could not be read are passed over.
    pub(crate) fn of(tree: &'t Tree) -> Self {
        let (entries, followed) = (&tree.entries, Cell::new(0));
        let mut source = Source { entries, anchors: HashMap::new(), left_out: HashSet::new(), followed };
        tree.entries.iter().for_each(|entry| source.find_anchors(&entry.value));
        source
    }

    fn find_anchors(&mut self, node: &'t Node) {
        if node.anchor > 0 && !matches!(node.data, Data::Alias(_)) {
            self.anchors.insert(node.anchor, node);
        }
        node.items().iter().for_each(|item| self.find_anchors(item));
        node.entries().iter().for_each(|entry| self.find_anchors(&entry.value));
    }

    /// Passes over the entry of a key.
    pub(crate) fn leave_out(&mut self, entry: &Entry) {
        self.left_out.insert(entry.key_span);
    }

    /// The entries of the top level that are not left out.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &'t Entry> {
        self.kept(self.entries)
    }

    /// The entries of a mapping, also behind an alias, that are not left out; `None` for anything else.
    pub(crate) fn entries_of(&self, node: &'t Node) -> Option<impl Iterator<Item = &'t Entry>> {
        match &self.target(node).data {
            Data::Map(entries) => Some(self.kept(entries)),
            _ => None,
        }
    }

    /// The items of a list, also behind an alias, that are not left out; none of anything else.
    pub(crate) fn items_of(&self, node: &'t Node) -> impl Iterator<Item = &'t Node> {
        self.target(node).items().iter().filter(|item| !self.left_out.contains(&item.span))
    }

    fn kept(&self, entries: &'t [Entry]) -> impl Iterator<Item = &'t Entry> {
        entries.iter().filter(|entry| !self.left_out.contains(&entry.key_span))
    }

    /// What an alias repeats; anything else is itself.
    fn target(&self, node: &'t Node) -> &'t Node {
        match node.data {
            Data::Alias(_) => self.anchors.get(&node.anchor).copied().unwrap_or(node),
            _ => node,
        }
    }

    /// Reads the whole tree; `None` when nothing of the type is left.
    pub(crate) fn read<T: serde::de::DeserializeOwned>(&mut self) -> (Option<T>, Vec<Fault>) {
        self.collect(|source| T::deserialize(Input::root(source)))
    }

    /// Reads the value of one entry as `read` does it.
    pub(crate) fn read_value<T>(
        &mut self,
        entry: &'t Entry,
        read: impl Fn(Input<'_, 't>) -> Result<T, Error>,
    ) -> (Option<T>, Vec<Fault>) {
        self.collect(|source| read(Input::of(source, &entry.value)).map_err(|error| error.in_value(entry)))
    }

    fn collect<T>(&mut self, read: impl Fn(&Self) -> Result<T, Error>) -> (Option<T>, Vec<Fault>) {
        let mut faults = Vec::new();
        while faults.len() < MAX_FAULTS {
            self.followed.set(0);
            let error = match read(self) {
                Ok(value) => return (Some(value), faults),
                Err(error) => error,
            };
            let around = error.around;
            faults.extend(error.into_fault());
            if !around.is_some_and(|around| self.left_out.insert(around)) {
                break;
            }
        }
        (None, faults)
    }
}

/// The place to point at when the value of an entry is at fault: the key where the value is spread over lines.
fn shown(entry: &Entry) -> &Span {
    let value = &entry.value;
    if value.span.is_empty() || value.style == Style::Block { &entry.key_span } else { &value.span }
}
