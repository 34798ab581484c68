//! `rules/misnamed-post.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::text::beginning;

/// A post of no kind whose file is called nearly as those of one.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    if !blog.is_post(post.path) || context.is_left_out_for_its_name() {
        return;
    }
    let Some(meant) = context.kinds.meant_by_name(&post.head, blog) else { return };
    let (kind, pattern) = (&meant.kind.name, beginning(&meant.pattern.source, SHOWN));
    let message = format!(
        "this file is called nearly as {} posts of the kind `{kind}`, but `{pattern}` does not fit it, so it is held to \
         nothing",
        meant.posts
    );
    findings.at(post.place_of(&["title"], post.text), message).help(match &meant.name {
        Some(name) => format!("rename it to `{name}`"),
        None => format!("name it like `{}`, or let the `match` of the kind fit it", meant.last),
    });
}

/// So much of a pattern is shown, in characters.
const SHOWN: usize = 60;
