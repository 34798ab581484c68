//! Which findings of a post are known: each entry stands for as many as it counts, and what fits best goes first.

use std::collections::HashMap;

use super::Entry;

/// What came of holding findings against entries.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Matching {
    /// The entry of each finding, where it is known.
    pub entries: Vec<Option<usize>>,
    /// How many findings each entry has left.
    pub left: Vec<usize>,
    /// How many findings were known by what they are about, and where.
    pub surely: usize,
}

/// What two have in common that are taken for the same: the rule, the words, what stands around them, and what is said.
type Traits = [String; 4];

/// How a finding is known again, the surest first. What stands around it in its line may change; and where it has no
/// words of its own, as the marks of a heading before which something is missing, what is said of it counts.
const WAYS: [fn(&Entry) -> Option<Traits>; 5] = [
    |entry| Some(traits(entry, true, true, &entry.message)),
    |entry| Some(traits(entry, true, true, &entry.said())),
    |entry| entry.has_words().then(|| traits(entry, true, true, "")),
    |entry| Some(traits(entry, true, false, &entry.said())),
    |entry| (!entry.has_words()).then(|| traits(entry, false, false, &entry.said())),
];

/// So many of the ways say what a finding is about, and where.
const SURE: usize = 3;

/// Holds the findings of a post, each as an entry of its own, against what is known.
pub(crate) fn matched(known: &[Entry], found: &[Entry]) -> Matching {
    let mut left: Vec<usize> = known.iter().map(|entry| entry.count).collect();
    let (mut entries, mut surely) = (vec![None; found.len()], 0);
    for (rank, way) in WAYS.iter().enumerate() {
        if left.iter().all(|left| *left == 0) || entries.iter().all(Option::is_some) {
            break;
        }
        let mut waiting: HashMap<Traits, Vec<usize>> = HashMap::new();
        for (at, entry) in known.iter().enumerate().rev().filter(|(at, _)| left[*at] > 0) {
            if let Some(traits) = way(entry) {
                waiting.entry(traits).or_default().push(at);
            }
        }
        for (finding, entry) in found.iter().zip(&mut entries).filter(|(_, entry)| entry.is_none()) {
            let Some(alike) = way(finding).and_then(|traits| waiting.get_mut(&traits)) else { continue };
            let Some(&at) = alike.last() else { continue };
            *entry = Some(at);
            surely += usize::from(rank < SURE);
            left[at] -= 1;
            if left[at] == 0 {
                alike.pop();
            }
        }
    }
    Matching { entries, left, surely }
}

fn traits(entry: &Entry, with_words: bool, with_line: bool, said: &str) -> Traits {
    let kept = |part: &String, keeps: bool| if keeps { part.clone() } else { String::new() };
    let key = &entry.key;
    [key.rule.clone(), kept(&key.words, with_words), kept(&key.around, with_line), said.to_owned()]
}

impl Entry {
    /// Whether it points at words, not at marks alone.
    fn has_words(&self) -> bool {
        self.key.words.chars().any(char::is_alphanumeric)
    }

    /// What was said of it, but for the paths in it: posts are renamed.
    fn said(&self) -> String {
        let parts = self.message.split('`').enumerate();
        let kept = parts.map(|(at, part)| if at % 2 == 1 && part.contains('/') { "" } else { part });
        kept.collect::<Vec<_>>().join("`")
    }
}
