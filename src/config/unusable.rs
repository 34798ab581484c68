//! Entries of the config that no type can make use of: told, and left out of what is read.

use std::collections::HashMap;

use crate::finding::Findings;
use crate::syntax::front_matter::typed::Source;
use crate::syntax::front_matter::{Data, Entry, Node, Tree};
use crate::text::Span;

/// Tells duplicates, keys that are no texts, and merge keys.
pub(super) fn leave_out(text: &str, tree: &Tree, source: &mut Source, faults: &mut Findings) {
    Walk { text, source, faults }.map(&tree.entries);
}

struct Walk<'w, 's, 'f> {
    text: &'w str,
    source: &'w mut Source<'s>,
    faults: &'w mut Findings<'f>,
}

impl Walk<'_, '_, '_> {
    fn map(&mut self, entries: &[Entry]) {
        let mut seen: HashMap<&str, &Span> = HashMap::new();
        for entry in entries {
            let first = seen.get(&*entry.key).copied();
            if self.is_unusable(entry, first) {
                self.source.leave_out(entry);
            } else {
                seen.insert(&entry.key, &entry.key_span);
                self.value(&entry.value);
            }
        }
    }

    fn value(&mut self, node: &Node) {
        match &node.data {
            Data::Map(entries) => self.map(entries),
            Data::List(items) => items.iter().for_each(|item| self.value(item)),
            _ => {}
        }
    }

    /// Tells why an entry cannot be used; `first` is the key that was the same.
    fn is_unusable(&mut self, entry: &Entry, first: Option<&Span>) -> bool {
        let (key, span) = (&entry.key, entry.key_span);
        if let Some(first) = first {
            let finding = self.faults.at(span, format!("`{key}` stands here a second time"));
            finding.label(*first, "first here").help("put both into one");
        } else if self.text[span].starts_with(['[', '{', '*', '!']) {
            self.faults.at(span, "a key must be a text");
        } else if key == "<<" {
            let help = "write the keys out; a kind takes over those of another with `extends`";
            self.faults.at(span, "postlint does not merge mappings with `<<`").help(help);
        } else {
            return false;
        }
        true
    }
}
