//! Doubled braces in formulas, which Nunjucks reads before the Markdown engine does.

use crate::finding::{Edit, Findings};
use crate::rules::RuleContext;
use crate::text::Span;

pub(super) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    for output in &context.nunjucks().outputs {
        let Span { start, end } = output.span;
        let written = &post.text[output.span];
        let inner = written[2..written.len() - 2].trim();
        // A digit is printed as it is.
        let is_digit = inner.len() == 1 && inner.starts_with(|sign: char| sign.is_ascii_digit());
        if is_digit || post.body.formula_at(start).is_none() {
            continue;
        }
        let message = match output.name.as_deref().filter(|name| !context.is_value(name)) {
            Some(_) => {
                format!("`{written}` of the formula does not arrive: Nunjucks takes it for a value, and knows none")
            }
            None => format!("`{written}` of the formula does not arrive: Nunjucks prints a value in its place"),
        };
        let spaces = [start + 1, end - 1].map(|at| Edit::new(Span::empty(at), " "));
        findings
            .at(output.span, message)
            .help("put a space between the braces")
            .unsafe_fix(format!("write `{{ {{{inner}}} }}`"), spaces.into());
    }
}
