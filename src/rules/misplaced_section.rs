//! `rules/misplaced-section.md`

use super::Subject;
use crate::finding::Findings;

/// One finding for each section that has to move; two that have changed places are one.
pub fn check(subject: &Subject, findings: &mut Findings) {
    for misplaced in &subject.alignment().misplaced {
        let heading = subject.post.heading_of(misplaced.section);
        let name = format!("`{}`", heading.title);
        if let Some(other) = misplaced.swapped_with {
            let other = subject.post.heading_of(other);
            let message = format!("{name} and `{}` have changed places", other.title);
            let finding = findings.at(heading.span.clone(), message);
            finding.label(other.span.clone(), "this one comes first").help("change them back, each with all below it");
            continue;
        }
        let (side, next) = match (misplaced.before, misplaced.after) {
            (Some(next), _) => ("before", next),
            (None, Some(previous)) => ("after", previous),
            (None, None) => continue,
        };
        let next = subject.post.heading_of(next);
        let finding = findings.at(heading.span.clone(), format!("{name} belongs {side} `{}`", next.title));
        finding.label(next.span.clone(), format!("{side} this")).help("move it, with all below it");
    }
}
