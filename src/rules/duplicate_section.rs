//! `rules/duplicate-section.md`

use super::RuleContext;
use crate::finding::Findings;

/// A section that is there more than once; the one in its right place is the label.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    for duplicate in context.alignments().iter().flat_map(|alignment| &alignment.duplicate) {
        let heading = context.post.heading_of(duplicate.section);
        let kept = context.post.heading_of(duplicate.kept);
        let (message, label) = if duplicate.kept < duplicate.section {
            (format!("the section `{}` stands here a second time", heading.title), "first here")
        } else {
            (format!("the section `{}` stands here and again below", heading.title), "again here, in its place")
        };
        let finding = findings.at(heading.span, message);
        finding.label(kept.span, label).help("put both into one");
    }
}
