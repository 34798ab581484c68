//! `rules/missing-section.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::text::{is_plain, listed};

/// One finding for each section that is not there, at the place where it belongs; one for all when none is there.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(kind) = context.kind else { return };
    let Some(sections) = &kind.schema.sections else { return };
    let alignment = context.alignment();
    let marker = "#".repeat(sections.heading_level().into());
    if alignment.bound.is_empty() && alignment.missing.len() > 1 {
        let names = listed(alignment.missing.iter().map(|missing| &sections.entries()[missing.entry].name));
        let message = format!("none of the sections of the kind `{}` is here: {names}", kind.name);
        findings.at(context.post.last_line(), message);
        return;
    }
    for missing in &alignment.missing {
        let name = &sections.entries()[missing.entry].name;
        let message = format!("the section `{name}` is missing");
        let heading = format!("{marker} {name}");
        let below = sections.placeholder.as_deref().map_or("", str::trim);
        let section = if below.is_empty() { heading.clone() } else { format!("{heading}\n\n{below}") };
        let (span, help, edit) = match missing.before {
            Some(next) => {
                let follows = &context.post.sections[next];
                let edit = || Edit::insert(follows.span.start, format!("{section}\n\n"));
                let help = format!("`{heading}` belongs before this heading");
                (context.post.heading_of(next).marker, help, follows.stands_apart(context.post).then(edit))
            }
            None => {
                let last = context.post.last_line();
                let edit = || Edit::insert(last.end, format!("\n\n{section}"));
                let is_text = context.post.body.code_at(last.start).is_none();
                (last, format!("`{heading}` belongs after this"), is_text.then(edit))
            }
        };
        let finding = findings.at(span, message).help(help);
        if let Some(edit) = edit.filter(|_| is_plain(name)) {
            finding.unsafe_fix("put the heading there", vec![edit]);
        }
    }
}
