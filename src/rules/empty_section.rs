//! `rules/empty-section.md`

use super::RuleContext;
use crate::finding::Findings;

/// Sections of the kind with nothing below their heading.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(sections) = context.kind.and_then(|kind| kind.schema.sections.as_ref()) else { return };
    for bound in &context.alignment().bound {
        if !context.post.sections[bound.section].empty {
            continue;
        }
        let heading = context.post.heading_of(bound.section);
        let required = sections.entries()[bound.entry].required;
        let help = if required { "write a line below it" } else { "write a line below it, or take the heading out" };
        findings.at(heading.span, format!("nothing stands below `{}`", heading.title)).help(help);
    }
}
