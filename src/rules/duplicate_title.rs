//! `rules/duplicate-title.md`

use super::RuleContext;
use super::copied_post::{is_out, is_translation, show_other};
use crate::blog::numbered;
use crate::finding::Findings;

/// A post that kept the title of another one. Two posts may share a title on purpose, so something else has to tell
/// which of them it belongs to.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    let Some(entry) = post.front_matter().and_then(|front| front.get("title")) else { return };
    if is_out(context, post.front_matter()) || !blog.is_dated_post(post) {
        return;
    }
    let alike = blog.titled_alike(&post.head);
    if alike.is_empty() {
        return;
    }
    let (title, same_text) = (entry.value.text().unwrap_or_default().trim(), blog.posts_like(post));
    for other in alike {
        let Some(source) = blog.source(other).filter(|_| !is_translation(post.path, other)) else { continue };
        if same_text.contains(&other) || is_out(context, source.head.front_matter()) {
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

/// The heading on top of the text, where it is the title with another number.
fn next_to_title<'t>(context: &RuleContext<'t>, title: &str) -> Option<&'t str> {
    let heading = &context.post.text[context.post.title_heading()?.text];
    let (written, other) = (numbered(title)?, numbered(heading.trim())?);
    (written.0 == other.0 && written.1 != other.1).then_some(heading.trim())
}
