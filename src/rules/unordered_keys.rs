//! `rules/unordered-keys.md`

use super::Subject;
use crate::finding::Findings;
use crate::kinds::longest_in_order;
use crate::post::front_matter::Entry;

/// The longest run of keys in the kind's order stays where it is; one finding for each other key.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let (Some(kind), Some(front)) = (subject.kind, subject.post.front_matter()) else { return };
    let rank = |entry: &Entry| kind.schema.front_matter.iter().position(|(key, _)| *key == entry.key);
    let ranked = front.tree.entries.iter().filter_map(|entry| rank(entry).map(|rank| (rank, entry)));
    let keys: Vec<(usize, &Entry)> = ranked.collect();
    let in_order: Vec<&(usize, &Entry)> = longest_in_order(&keys, |(rank, _)| *rank, |_| true).collect();
    let kept = |entry: &Entry| in_order.binary_search_by_key(&entry.key_span.start, |(_, key)| key.key_span.start).is_ok();
    for (rank, entry) in keys.iter().filter(|(_, entry)| !kept(entry)) {
        let next = in_order.iter().find(|(other, _)| other > rank);
        let (place, other) = match next {
            Some((_, next)) => ("before", next),
            None => ("after", &in_order[in_order.len() - 1].1),
        };
        findings
            .at(entry.key_span.clone(), format!("`{}` belongs {place} `{}`", entry.key, other.key))
            .label(other.key_span.clone(), format!("{place} this key"));
    }
}
