//! `rules/extra-blank-lines.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::post::forms::{self, BlankLines, Form, Gap};

/// Blank lines after a blank line, and those at the end of the file.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(layout) = context.layout() else { return };
    for BlankLines { gap, count, first, extra } in forms::extra_blank_lines(context.post, layout) {
        if context.tidies(Form::BlankLines(gap), findings) && !context.keeps_lines_behind(layout, extra.start) {
            let place = if gap == Gap::Closing { "at the end of the file" } else { "in a row" };
            let lines = if count == 1 { "a blank line".to_owned() } else { format!("{count} blank lines") };
            findings
                .at(first, format!("{lines} {place}"))
                .safe_fix("take the extra blank lines away", vec![Edit::new(extra, "")]);
        }
    }
}
