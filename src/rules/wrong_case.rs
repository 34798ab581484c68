//! `rules/wrong-case.md`

use super::RuleContext;
use super::unportable_path::machine;
use crate::blog::urls::Near;
use crate::finding::Findings;
use crate::generators::address::recased;
use crate::text::beginning;

/// Links that lead somewhere only where nobody tells upper from lower case.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    if context.blog.map().folds_case {
        return;
    }
    for lead in context.resolved_links() {
        let Some(Near::Case(address)) = &lead.near else { continue };
        let written = &*lead.link.destination;
        if machine(context, lead).is_some() {
            continue;
        }
        let (path, rest) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
        let message = format!(
            "`{}` is spelled `{address}` on the site, and servers tell upper from lower case",
            beginning(written, 100)
        );
        let finding = findings.at(lead.place, message);
        match recased(path, address) {
            Some(right) => {
                let right = right + rest;
                finding.help(format!("write `{right}`"));
                if lead.is_written {
                    finding.rewrite(lead.place, &right);
                }
            }
            None => drop(finding.help(format!("write `{}`", context.resolver().spelled(address, written)))),
        }
    }
}
