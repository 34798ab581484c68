//! `rules/missing-front-matter.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::generators::NoFrontMatter;
use crate::syntax::front_matter::Found;
use crate::text::listed;

/// Where the generator asks for front matter, a post has it unless the blog shows another custom; elsewhere the posts
/// beside it must show this one.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    let usual = blog.site().features.no_front_matter;
    let is_asked_for = usual == NoFrontMatter::Lacking;
    match &post.found {
        Found::Misplaced { opening } if is_asked_for => {
            findings
                .at(*opening, "white space stands before the front matter, so it is printed as text")
                .help("let the file begin with this line");
        }
        Found::None if !post.text[post.body.span].trim().is_empty() => {
            let asked = listed(context.kind.iter().flat_map(|kind| kind.schema.required_keys()));
            let is_usual = || match usual {
                NoFrontMatter::Lacking => post.file_date.is_some() && blog.habits().has_front_matter().unwrap_or(true),
                NoFrontMatter::Elsewhere => false,
                NoFrontMatter::AsBeside => blog.habits().has_front_matter_beside(post.path).unwrap_or(false),
            };
            let refusal = blog.site().conventions.refusal(post);
            if asked.is_empty() && refusal.is_none() && !is_usual() || !blog.is_post(post.path) {
                return;
            }
            let message = match (refusal, context.kind.filter(|_| !asked.is_empty())) {
                (Some(why), _) => format!("this post has no front matter, {why}"),
                (None, Some(kind)) => {
                    format!("this post has no front matter, and the kind `{}` asks for {asked}", kind.name)
                }
                (None, None) if is_asked_for => {
                    let layout = if blog.site().conventions.preset(post.path, "layout").is_some() {
                        ""
                    } else {
                        "no layout and "
                    };
                    format!("this post has no front matter, so it gets {layout}its file name for a title")
                }
                (None, None) => "this post has no front matter, and those beside it do".to_owned(),
            };
            let first = post.first_line();
            let fence = post.text[first].get(..3).filter(|fence| matches!(*fence, "---" | "+++"));
            let help = match fence {
                Some(fence) => format!("break the line after the `{fence}`"),
                None => "begin the file with a line `---`, then the keys, then `---` again".to_owned(),
            };
            let finding = findings.at(first, message).help(help);
            finding.demanded = !asked.is_empty();
        }
        _ => {}
    }
}
