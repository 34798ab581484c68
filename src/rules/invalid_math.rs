//! `rules/invalid-math.md`

use super::Subject;
use crate::blog::mathematics::Fault;
use crate::finding::{Edit, Findings};
use crate::text::first_line;

/// What the math engine cannot set, or sets as an error.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let faults = subject.math_faults().iter().filter(|fault| !fault.fault.is_unknown_command());
    faults.for_each(|fault| report(subject, fault, findings));
}

/// A fault of a formula.
pub(super) fn report(subject: &Subject, found: &Fault, findings: &mut Findings) {
    let (post, fault) = (subject.post, &found.fault);
    let finding = findings.at(first_line(post.text, found.span.clone()), fault.message());
    if let (Some(span), Some((_, message))) = (&found.partner, &fault.partner) {
        finding.label(first_line(post.text, span.clone()), message.clone());
    }
    if let Some(help) = fault.help() {
        finding.help(help);
    }
    if let Some(suggestion) = fault.suggestion.as_ref().filter(|_| found.is_verbatim)
        && survives(&suggestion.replacement)
    {
        let message = format!("write `{}`", suggestion.replacement);
        finding.unsafe_fix(message, vec![Edit::new(found.span.clone(), &*suggestion.replacement)]);
    }
}

/// Whether every Markdown engine leaves TeX as it is.
fn survives(tex: &str) -> bool {
    let mut chars = tex.chars().peekable();
    std::iter::from_fn(|| chars.next().map(|c| (c, chars.peek().copied()))).all(|(c, next)| match c {
        '\\' => next.is_some_and(|next| next.is_ascii_alphabetic()),
        _ => c.is_ascii_alphanumeric() || matches!(c, '{' | '}' | ' '),
    })
}
