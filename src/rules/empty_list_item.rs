//! `rules/empty-list-item.md`

use super::Subject;
use crate::finding::Findings;

/// List items with nothing in them.
pub fn check(subject: &Subject, findings: &mut Findings) {
    for item in subject.post.body.items.iter().filter(|item| item.empty) {
        findings.at(item.span.clone(), "nothing stands in this list item").help("fill it, or take it out");
    }
}
