//! `rules/unknown-section.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::kinds::sections::Alignment;
use crate::post::Post;
use crate::text::is_plain;

/// Headings that no section of the kind has, and headings that nearly are one.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(kind) = context.kind else { return };
    for alignment in context.alignments() {
        check_list(context.post, alignment, &kind.name, findings);
    }
}

fn check_list(post: &Post, alignment: &Alignment, kind: &str, findings: &mut Findings) {
    let owner = alignment.owner(post, kind);
    for unknown in &alignment.unknown {
        let heading = post.heading_of(unknown.section);
        let message = format!("{owner} has no section `{}`", heading.title);
        let is_near = alignment.bound.binary_search_by_key(&unknown.section, |bound| bound.section).is_ok();
        let name = unknown.meant.map(|entry| alignment.name(entry));
        let help = match name {
            Some(name) if is_near => format!("did you mean `{name}`?"),
            Some(name) => format!("the section here is called `{name}`"),
            None => format!("its sections are {}", alignment.schema.names()),
        };
        let finding = findings.at(heading.text, message).help(help);
        if let Some(name) = name.filter(|name| is_plain(name) && !heading.text.is_empty()) {
            finding.unsafe_fix(format!("call it `{name}`"), vec![Edit::new(heading.text, name)]);
        }
    }
}
