//! `rules/dead-url.md`

use std::collections::HashSet;

use super::RuleContext;
use crate::blog::external::{Answer, Death, url_of};
use crate::finding::Findings;
use crate::text::{Span, beginning};

/// Links to other sites that lead nowhere, where somebody asked those sites.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(answers) = &context.blog.answers else { return };
    let mut told = HashSet::new();
    for lead in context.resolved_links() {
        let Some(url) = url_of(context.post, lead) else { continue };
        // Links that refer to one definition share the place of their destination.
        let is_new = |_: &&Answer| told.insert((lead.place.start, url.clone()));
        let Some(answer) = answers.get(&url).filter(is_new) else { continue };
        match answer {
            Answer::Dead(death) => report(&url, *death, lead.place, findings),
            Answer::Unclear(why) | Answer::Unreached { why, .. } => findings.not_checked(lead.place, why),
        }
    }
}

/// So much of a URL is shown, in characters.
const SHOWN: usize = 100;

fn report(url: &str, death: Death, place: Span, findings: &mut Findings) {
    let shown = beginning(url, SHOWN);
    let copy = || format!("look for its new address, or for a copy at `https://web.archive.org/web/{shown}`");
    let (message, help) = match death {
        Death::Nothing(status) => (format!("nothing is at `{shown}`: its server answers `{status}`"), copy()),
        Death::Host => (format!("nothing is at `{shown}`: nobody has the name of its host"), copy()),
        Death::Anchor => {
            let (page, anchor) = url.split_once('#').unwrap_or((url, ""));
            let message = format!("the page at `{}` has no `#{}`", beginning(page, SHOWN), beginning(anchor, SHOWN));
            (message, "link to another place on the page, or to the page".to_owned())
        }
        Death::Unreadable => (
            format!("`{shown}` is an address that no browser can read"),
            "write it as your browser shows it when you are there".to_owned(),
        ),
    };
    findings.at(place, message).help(help);
}
