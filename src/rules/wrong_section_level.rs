//! `rules/wrong-section-level.md`

use super::Subject;
use crate::finding::Findings;
use crate::post::body::Heading;

/// Sections of the kind whose heading is of another level; one finding when all of them are.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let Some(sections) = subject.kind.and_then(|kind| kind.schema.sections.as_ref()) else { return };
    let level = sections.heading_level();
    let marker = "#".repeat(level.into());
    let bound = &subject.alignment().bound;
    let headings: Vec<&Heading> = bound.iter().map(|bound| subject.post.heading_of(bound.section)).collect();
    if let [first, others @ ..] = &headings[..]
        && first.level != level
        && !others.is_empty()
        && others.iter().all(|other| other.level == first.level)
    {
        let message = format!("the sections are headings of level {}, not {level}", first.level);
        let finding = findings.at(first.marker.clone(), message);
        others.iter().for_each(|other| _ = finding.label(other.marker.clone(), "so is this"));
        finding.help(format!("write `{marker}` before each of them"));
        return;
    }
    for heading in headings.into_iter().filter(|heading| heading.level != level) {
        let message = format!("`{}` is a heading of level {}, not {level}", heading.title, heading.level);
        findings.at(heading.marker.clone(), message).help(format!("write `{marker} {}`", heading.title));
    }
}
