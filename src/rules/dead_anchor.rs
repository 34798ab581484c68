//! `rules/dead-anchor.md`

use std::sync::LazyLock;

use regex::Regex;

use super::RuleContext;
use crate::blog::links::{Lost, Resolved, ResolvedLink, difference};
use crate::finding::{Edit, Findings};
use crate::text::{Span, beginning};

/// Links to a place on a page of the blog that the page lacks.
pub(super) fn check(context: &RuleContext, findings: &mut Findings) {
    for lead in context.resolved_links() {
        let Resolved::MissingAnchor(target, id) = &lead.resolved else { continue };
        if is_comment(context, lead, id) {
            continue;
        }
        let shown = beginning(id, SHOWN);
        let message = match target.source == context.post.path {
            true => format!("no heading has the id `{shown}`"),
            false => format!("`{}` has no place with the id `{shown}`", target.source),
        };
        let (span, is_whole) = match fragment(context, lead) {
            Some(span) => (span, true),
            None => (lead.place, false),
        };
        let finding = findings.at(span, message);
        let resolver = context.resolver();
        if let Some(lost) = resolver.lost(target, id) {
            finding.help(why(context, lost));
            continue;
        }
        let instead = resolver.id_instead(target, id).map(str::to_owned);
        let engine = name(context);
        let help = instead.as_ref().map(|instead| format!("{engine} gives this heading the id `{instead}`"));
        let Some(near) = instead.or_else(|| resolver.near_anchor(target, id)) else { continue };
        let alike = difference(id, &near).map(|how| format!("`#{near}` only looks the same: {how}"));
        finding.help(alike.or(help).unwrap_or_else(|| format!("did you mean `#{near}`?")));
        if is_whole {
            finding.unsafe_fix(format!("lead to `#{near}`"), vec![Edit::new(span, near.replace(' ', "%20"))]);
        }
    }
}

/// Whether a link is the number and the moment of a comment, as exporters of WordPress write the comments of a post below
/// it: `[name](#25 "2011-12-09 22:19:13")`.
fn is_comment(context: &RuleContext, lead: &ResolvedLink, id: &str) -> bool {
    static MOMENT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"\(#\d+ "\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"\)"#).expect("a pattern"));
    id.bytes().all(|byte| byte.is_ascii_digit()) && MOMENT.is_match(&context.post.text[lead.link.span])
}

fn name(context: &RuleContext) -> &'static str {
    context.engine().map_or("the Markdown engine", |profile| profile.name())
}

/// Why an id that stands in the source is not on the page, and what to do.
fn why(context: &RuleContext, lost: &Lost) -> String {
    let engine = context.engine();
    match lost {
        Lost::Html => {
            "it stands in raw HTML, which this site leaves out: write `{#id}` behind a heading, or let the site \
                       print HTML (`unsafe`)"
                .to_owned()
        }
        Lost::Braces { written, inner, instead } => {
            let told = format!("readers see `{written}` in the heading, and its id is `{instead}`");
            match engine.and_then(|engine| engine.heading_attributes(inner)) {
                Some((right, _)) if right == *written => {
                    format!("{told}: {engine} takes `#id`, `.class` and `key=value` there", engine = name(context))
                }
                Some((right, true)) => format!("{told}: write `{right}` on the line below the heading"),
                Some((right, false)) => format!("{told}: write `{right}` behind its text, with a space before it"),
                None => told,
            }
        }
    }
}

/// So much of an id is shown, in characters.
const SHOWN: usize = 100;

/// The bytes of what follows the `#`.
fn fragment(context: &RuleContext, lead: &ResolvedLink) -> Option<Span> {
    let written = &context.post.text[lead.place];
    let hash = written.find('#').filter(|_| lead.is_written)?;
    let start = lead.place.start + hash + 1;
    (start < lead.place.end && !written.contains(":~:")).then_some(Span::new(start, lead.place.end))
}
