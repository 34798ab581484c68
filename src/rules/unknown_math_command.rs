//! `rules/unknown-math-command.md`

use super::{Subject, invalid_math};
use crate::finding::Findings;

/// Commands and environments that the math engine does not know.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let faults = subject.math_faults().iter().filter(|fault| fault.fault.is_unknown_command());
    faults.for_each(|fault| invalid_math::report(subject, fault, findings));
}
