//! `rules/duplicate-title.md`

use super::RuleContext;
use super::copied_post::{is_out, show_other};
use super::series::show_name;
use crate::blog::{is_translation, numbered};
use crate::finding::Findings;
use crate::kinds::series::Fault;
use crate::text::Span;

/// A post that kept the title of another one. Two posts may share a title on purpose, so something else has to tell
/// which of them it belongs to.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    let Some(entry) = post.front_matter().and_then(|front| front.get("title")) else { return };
    if is_out(context, post.front_matter()) || !blog.is_dated_post(post) {
        return;
    }
    in_series(context, entry.value.span, findings);
    let alike = blog.titled_alike(&post.head);
    if alike.is_empty() {
        return;
    }
    let (title, same_text) = (entry.value.text().unwrap_or_default().trim(), blog.posts_like(post));
    for other in alike {
        let Some(source) = blog.source(other).filter(|_| !is_translation(post.path, other)) else { continue };
        let is_beside = || context.kind.is_some_and(|kind| kind.is_series() && context.kinds.is_of(kind, &source.head));
        if same_text.contains(&other) || is_out(context, source.head.front_matter()) || is_beside() {
            continue;
        }
        let is_later = (source.head.date(), other) < (post.date(), post.path);
        let help = match next_to_title(context, title) {
            Some(heading) => format!("the heading says `{heading}`: put it into the title"),
            None if blog.is_title_of(other, &post.head) => {
                "that file is called after it, this one is not: give this post a title of its own".to_owned()
            }
            None if is_later && !blog.is_title_of(post.path, &source.head) && blog.keeps_last_number(&post.head) => {
                "no post of this series has the next number: is this the one?".to_owned()
            }
            None => continue,
        };
        let finding = findings.at(entry.value.span, format!("this is the title of `{other}`"));
        show_other(finding.help(help), other, &source);
        return;
    }
}

/// The only two posts of a series that have one title.
fn in_series(context: &RuleContext, title: Span, findings: &mut Findings) {
    let Some(sequence) = context.sequence() else { return };
    for fault in context.series_faults() {
        let Fault::Title { other, number } = fault else { continue };
        let member = &sequence.members[*other];
        let finding = findings.at(title, format!("this is the title of `{}`", member.facts.path));
        show_name(context, finding, member, "the other one");
        finding.help(match number {
            Some(number) => format!("by the posts around it, this is number {number}"),
            None => "all other posts of the series have titles of their own: give this one its own".to_owned(),
        });
    }
}

/// The heading on top of the text, where it is the title with another number.
fn next_to_title<'t>(context: &RuleContext<'t>, title: &str) -> Option<&'t str> {
    let heading = &context.post.text[context.post.title_heading()?.text];
    let (written, other) = (numbered(title)?, numbered(heading.trim())?);
    (written.0 == other.0 && written.1 != other.1).then_some(heading.trim())
}
