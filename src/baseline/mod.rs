//! Findings that are known: what of a finding stays the same while a post is worked on ([`Key`]), a file of such keys
//! ([`Baseline`]), and which of the findings of a post are in it ([`matched`]).

mod file;
mod key;
mod matching;
mod renamed;

use std::collections::BTreeMap;

pub(crate) use self::file::NAME;
pub(crate) use self::key::Key;
pub(crate) use self::key::fingerprints;
pub(crate) use self::matching::{Matching, matched};
pub(crate) use self::renamed::renamed;

use crate::finding::Finding;

/// A finding that is known, or some of the same key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// What they are known by.
    pub key: Key,
    /// What was said of them; it may name other posts, which are renamed.
    pub message: String,
    /// How many they are.
    pub count: usize,
}

impl Entry {
    /// The entry of one finding in a text.
    pub(crate) fn of(path: &str, text: &str, finding: &Finding) -> Entry {
        Entry { key: Key::of(path, text, finding), message: key::squeezed(&finding.message), count: 1 }
    }

    /// The same of so many findings in a post by another path.
    pub(crate) fn renamed(&self, path: &str, count: usize) -> Entry {
        Entry { key: Key { path: path.to_owned(), ..self.key.clone() }, message: self.message.clone(), count }
    }
}

/// Findings that are known, by the path of their post from the blog's folder on.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Baseline {
    posts: BTreeMap<String, Vec<Entry>>,
}

impl Baseline {
    /// What is known of a post.
    pub(crate) fn of(&self, path: &str) -> &[Entry] {
        self.posts.get(path).map_or(&[], Vec::as_slice)
    }

    /// The paths of the posts that something is known of, sorted.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.posts.keys().map(String::as_str)
    }

    /// How many findings are known.
    pub(crate) fn len(&self) -> usize {
        self.posts.values().flatten().map(|entry| entry.count).sum()
    }

    /// Adds what is known of some more.
    pub(crate) fn add(&mut self, entry: Entry) {
        let entries = self.posts.entry(entry.key.path.clone()).or_default();
        let alike = |other: &&mut Entry| other.key == entry.key && other.message == entry.message;
        match entries.iter_mut().find(alike) {
            Some(other) => other.count += entry.count,
            None => entries.push(entry),
        }
    }
}
