//! `rules/suspicious-math.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::tex::{SlipKind, slips};

/// Formulas that every engine sets, and not as they were meant.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    for (tex, _) in context.arriving_formulas() {
        for slip in slips(tex.text()) {
            let span = tex.span(slip.span);
            let is_verbatim = context.post.text.get(span.range()) == tex.text().get(slip.span.range());
            let (message, help, meant) = match &slip.kind {
                SlipKind::Script(sign, written) => {
                    let first = written.chars().next().unwrap_or_default();
                    let does = if *sign == '^' { "raises" } else { "lowers" };
                    let meant = format!("{sign}{{{written}}}");
                    (
                        format!("`{sign}{written}` {does} the `{first}` alone"),
                        format!("write `{meant}`, or a space behind the `{first}`"),
                        Some(meant),
                    )
                }
                SlipKind::Greek(name) => (
                    format!("`{name}` is set as {} letters in a row", name.len()),
                    format!("write `\\{name}` for the Greek letter, or `\\text{{{name}}}` for a word"),
                    Some(format!("\\{name}")),
                ),
                SlipKind::Tilde => {
                    ("`~` is set as a space".to_owned(), "write `\\sim` for the relation".to_owned(), None)
                }
                SlipKind::Html(tag) => (
                    format!("`{tag}` is no TeX: readers see its signs in the formula"),
                    "take the HTML out of the formula; `\\\\` begins a new line in an environment".to_owned(),
                    None,
                ),
                SlipKind::Row(name) => (
                    format!("no `\\\\` ends this line, so `{name}` sets the next one beside it"),
                    "write `\\\\` at the end of the line".to_owned(),
                    None,
                ),
            };
            let finding = findings.at(span, message).help(help);
            if let Some(meant) = meant.filter(|_| is_verbatim) {
                finding.rewrite(span, &meant);
            }
        }
    }
}
