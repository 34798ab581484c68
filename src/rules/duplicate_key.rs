//! `rules/duplicate-key.md`

use std::collections::HashMap;

use super::Subject;
use crate::finding::Findings;
use crate::post::front_matter::Entry;

/// The last of two equal keys wins, silently; so the first is pointed at, as the one that is lost.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let Some(front) = subject.post.front_matter() else { return };
    let mut last: HashMap<&str, &Entry> = HashMap::new();
    for entry in front.tree.entries.iter().rev() {
        match last.get(&*entry.key) {
            Some(kept) => {
                let finding = findings.at(entry.key_span.clone(), format!("`{}` stands here twice", entry.key));
                finding.label(kept.key_span.clone(), "only this one counts").help("take one of them out");
            }
            None => {
                last.insert(&entry.key, entry);
            }
        }
    }
}
