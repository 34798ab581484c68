//! `rules/swallowed-math.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::post::math::glued;

/// Formulas that stand on lines of their own and are set in the running text around them.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some(engine) = context.engine() else { return };
    // Where the last one that was told ends: what is glued to it is told with it.
    let mut last = 0;
    for (formula, glued) in context.glued_displays() {
        // What the math engine refuses in running text is told with that.
        let is_inside = |at: usize| formula.span.start <= at && at < formula.span.end;
        let refused =
            context.math_faults().iter().any(|fault| fault.fault.is_for_displays() && is_inside(fault.span.start));
        let follows = last > 0 && post.text[last..formula.span.start].trim().is_empty();
        last = formula.span.end;
        if refused || follows {
            continue;
        }
        let message = format!("{} sets this display {}", engine.name(), glued.fate());
        let at = crate::text::first_line(post.text, formula.span);
        let finding = findings.at(at, message).help(glued.help());
        if let Some(edits) = glued::parted(post, formula, glued) {
            finding.unsafe_fix("part it by a blank line", edits);
        }
    }
}
