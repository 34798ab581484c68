//! `rules/missing-section.md`

use super::Subject;
use crate::finding::Findings;

/// One finding for each section that is not there, at the place where it belongs; one for all when none is there.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let Some(kind) = subject.kind else { return };
    let Some(sections) = &kind.schema.sections else { return };
    let alignment = subject.alignment();
    let name = |entry: usize| format!("`{}`", sections.entries()[entry].name);
    let marker = "#".repeat(sections.heading_level().into());
    if alignment.bound.is_empty() && alignment.missing.len() > 1 {
        let names: Vec<String> = alignment.missing.iter().map(|missing| name(missing.entry)).collect();
        let message = format!("none of the sections of the kind `{}` is here: {}", kind.name, names.join(", "));
        findings.at(subject.post.last_line(), message);
        return;
    }
    for missing in &alignment.missing {
        let message = format!("the section {} is missing", name(missing.entry));
        let heading = format!("{marker} {}", sections.entries()[missing.entry].name);
        match missing.before {
            Some(next) => {
                let next = subject.post.heading_of(next);
                let help = format!("`{heading}` belongs before this heading");
                findings.at(next.marker.clone(), message).help(help);
            }
            None => {
                findings.at(subject.post.last_line(), message).help(format!("`{heading}` belongs after this"));
            }
        }
    }
}
