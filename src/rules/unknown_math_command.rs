//! `rules/unknown-math-command.md`

use super::{RuleContext, invalid_math};
use crate::finding::Findings;
use crate::tex::FaultKind;

/// Commands and environments that the math engine does not know.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    for found in context.math_faults().iter().filter(|fault| fault.fault.is_unknown_command()) {
        let finding = invalid_math::report(context, found, findings);
        // The name of an environment stands in two places.
        let is_command = matches!(found.fault.kind, FaultKind::UnknownCommand { .. });
        let Some(suggestion) = found.fault.suggestion.as_ref().filter(|_| is_command && found.is_verbatim) else {
            continue;
        };
        let written = &suggestion.replacement;
        if survives(written) {
            finding.rewrite(found.span, written);
        }
    }
}

/// Whether every Markdown engine leaves TeX as it is.
fn survives(tex: &str) -> bool {
    let bytes = tex.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| match byte {
        b'\\' => bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic),
        _ => byte.is_ascii_alphanumeric() || matches!(byte, b'{' | b'}' | b' '),
    })
}
