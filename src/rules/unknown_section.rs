//! `rules/unknown-section.md`

use super::Subject;
use crate::finding::Findings;

/// Headings that no section of the kind has, and headings that nearly are one.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let Some(kind) = subject.kind else { return };
    let Some(sections) = &kind.schema.sections else { return };
    for unknown in &subject.alignment().unknown {
        let heading = subject.post.heading_of(unknown.section);
        let message = format!("a {} has no section `{}`", kind.name, heading.title);
        let help = match unknown.meant {
            Some(entry) => format!("did you mean `{}`?", sections.entries()[entry].name),
            None => format!("its sections are {}", sections.names()),
        };
        findings.at(heading.text.clone(), message).help(help);
    }
}
