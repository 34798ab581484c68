//! `rules/invalid-math.md`

use super::Subject;
use crate::blog::mathematics::Fault;
use crate::finding::{Finding, Findings};
use crate::text::first_line;

/// What the math engine cannot set, or sets as an error.
pub fn check(subject: &Subject, findings: &mut Findings) {
    for fault in subject.math_faults().iter().filter(|fault| !fault.fault.is_unknown_command()) {
        report(subject, fault, findings);
    }
}

/// A fault of a formula.
pub(super) fn report<'f>(subject: &Subject, found: &Fault, findings: &'f mut Findings) -> &'f mut Finding {
    let (post, fault) = (subject.post, &found.fault);
    let finding = findings.at(first_line(post.text, found.span.clone()), fault.message());
    if let (Some(span), Some((_, message))) = (&found.partner, &fault.partner) {
        finding.label(first_line(post.text, span.clone()), message.clone());
    }
    finding.help = fault.help();
    finding
}
