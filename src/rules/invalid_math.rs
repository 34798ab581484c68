//! `rules/invalid-math.md`

use super::RuleContext;
use crate::blog::mathematics::Fault;
use crate::finding::{Edit, Finding, Findings};

/// What the math engine cannot set, or sets as an error.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    for fault in context.math_faults().iter().filter(|fault| !fault.fault.is_unknown_command()) {
        let glued = context
            .glued_displays()
            .find(|(formula, _)| formula.span.start <= fault.span.start && fault.span.end <= formula.span.end)
            .filter(|_| fault.fault.is_for_displays());
        let escaped = context.post.text[fault.span].strip_prefix('\\').filter(|sign| matches!(*sign, "_" | "^"));
        let finding = report(context, fault, findings);
        if let Some((_, glued)) = glued {
            finding.help(format!("{}: only then is it a display", glued.help()));
        }
        // That it is gone is told where it matters only: `\_` for `_` is a habit of many.
        if let Some((sign, engine)) = escaped.zip(context.engine()) {
            finding.help(format!("{} takes the backslash away: write `\\\\{sign}`", engine.name()));
            finding.unsafe_fix("write two backslashes", vec![Edit::insert(fault.span.start, "\\")]);
        }
    }
}

/// A fault of a formula.
pub(super) fn report<'f>(context: &RuleContext, found: &Fault, findings: &'f mut Findings) -> &'f mut Finding {
    let fault = &found.fault;
    let message = match context.blog.math().stops {
        true => format!("{}, so {} stops the build", fault.message(), context.blog.site().features.name),
        false => fault.message(),
    };
    let finding = findings.at(found.span, message);
    if let (Some(span), Some((_, message))) = (&found.partner, &fault.partner) {
        finding.label(*span, message.clone());
    }
    finding.help = fault.help();
    finding
}
