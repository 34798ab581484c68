//! `rules/published-draft.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::generators::Withheld;

/// A switch that the generator does not read, or not as it is meant.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, site) = (context.post, context.blog.site());
    if site.unpublished || !context.blog.is_post(post.path) {
        return;
    }
    let withheld = post.front_matter().and_then(|front| site.features.withheld(front));
    let Some(Withheld::OnlyMeant { span, right, is_value, once }) = withheld else { return };
    let (name, written) = (site.features.name, &post.text[span]);
    let message = match is_value {
        true => format!("{name} publishes this post: `{written}` is no `{right}` to it"),
        false => format!("{name} publishes this post: `{written}` says nothing to it"),
    };
    let once = once.map_or_else(String::new, |once| format!("; {once} did so with this"));
    findings.at(span, message).help(format!("write `{right}` to leave the post out{once}"));
}
