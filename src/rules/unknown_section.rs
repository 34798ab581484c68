//! `rules/unknown-section.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::text::is_plain;

/// Headings that no section of the kind has, and headings that nearly are one.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(kind) = context.kind else { return };
    let Some(sections) = &kind.schema.sections else { return };
    let alignment = context.alignment();
    for unknown in &alignment.unknown {
        let heading = context.post.heading_of(unknown.section);
        let message = format!("the kind `{}` has no section `{}`", kind.name, heading.title);
        let is_near = alignment.bound.iter().any(|bound| bound.section == unknown.section);
        let help = match unknown.meant {
            Some(entry) if is_near => format!("did you mean `{}`?", sections.entries()[entry].name),
            Some(entry) => format!("the section here is called `{}`", sections.entries()[entry].name),
            None => format!("its sections are {}", sections.names()),
        };
        let finding = findings.at(heading.text, message).help(help);
        let name = unknown.meant.map(|entry| &sections.entries()[entry].name);
        if let Some(name) = name.filter(|name| is_plain(name) && !heading.text.is_empty()) {
            finding.unsafe_fix(format!("call it `{name}`"), vec![Edit::new(heading.text, name.as_str())]);
        }
    }
}
