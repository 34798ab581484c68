//! `rules/wrong-section-level.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::document::Heading;

/// Sections of the kind whose heading is of another level; one finding when all of them are.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(sections) = context.kind.and_then(|kind| kind.schema.sections.as_ref()) else { return };
    let level = sections.heading_level();
    let marker = "#".repeat(level.into());
    let bound = &context.alignment().bound;
    let headings: Vec<&Heading> = bound.iter().map(|bound| context.post.heading_of(bound.section)).collect();
    if let [first, others @ ..] = &headings[..]
        && first.level != level
        && !others.is_empty()
        && others.iter().all(|other| other.level == first.level)
    {
        let message = format!("the sections are headings of level {}, not {level}", first.level);
        let finding = findings.at(first.marker, message);
        others.iter().for_each(|other| _ = finding.label(other.marker, "so is this"));
        finding.help(format!("write `{marker}` before each of them"));
        let ends = bound.iter().skip(1).map(|next| next.section).chain([context.post.sections.len()]);
        if bound.iter().zip(ends).all(|(bound, end)| context.post.keeps_parts(bound.section..end, level)) {
            let edit = |heading: &&Heading| Edit::new(heading.marker, marker.as_str());
            finding.unsafe_fix(format!("write `{marker}`"), headings.iter().map(edit).collect());
        }
        return;
    }
    for bound in bound.iter().filter(|bound| context.post.heading_of(bound.section).level != level) {
        let heading = context.post.heading_of(bound.section);
        let message = format!("`{}` is a heading of level {}, not {level}", heading.title, heading.level);
        let finding = findings.at(heading.marker, message).help(format!("write `{marker} {}`", heading.title));
        if context.post.keeps_parts(bound.section..context.post.sections.len(), level) {
            finding.rewrite(heading.marker, &marker);
        }
    }
}
