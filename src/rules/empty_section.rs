//! `rules/empty-section.md`

use super::RuleContext;
use crate::finding::Findings;

/// Sections of the kind with nothing below their heading; what is missing within one is told by itself.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let alignments = context.alignments();
    for (alignment, bound) in alignments.iter().flat_map(|list| list.bound.iter().map(move |bound| (list, bound))) {
        let lacks_parts = bound.inner.is_some_and(|inner| !alignments[inner].missing.is_empty());
        if !context.post.sections[bound.section].empty || lacks_parts {
            continue;
        }
        let heading = context.post.heading_of(bound.section);
        let required = alignment.schema.entries()[bound.entry].required;
        let help = if required { "write a line below it" } else { "write a line below it, or take the heading out" };
        findings.at(heading.span, format!("nothing stands below `{}`", heading.title)).help(help);
    }
}
