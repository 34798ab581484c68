//! `{% post_link week-1 %}` of Hexo, to a post that is not there (8.1.2, `plugins/tag/post_link.ts`).

use crate::blog::Blog;
use crate::finding::Findings;
use crate::nunjucks::Call;
use crate::rules::RuleContext;
use crate::text::Span;

pub(super) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    let Some(folder) = blog.tags().and_then(|known| known.post_folder.as_deref()) else { return };
    let builder = blog.site().features.name;
    for Call { span, arguments, .. } in context.nunjucks().calls.iter().filter(|call| call.name == "post_link") {
        let Some(&argument) = arguments.first() else {
            findings.at(*span, format!("this `post_link` names no post, so {builder} stops"));
            continue;
        };
        let is_quoted = post.text[argument].starts_with(['"', '\'']) && argument.len() > 1;
        let name = if is_quoted { Span::new(argument.start + 1, argument.end - 1) } else { argument };
        let written = &post.text[name];
        let slug = match written.split_once('#') {
            Some((slug, rest)) if !rest.contains('#') => slug,
            _ => written,
        };
        if slug.contains(['\\', '"', '\'', '{']) || is_post(blog, folder, slug) {
            continue;
        }
        let message = format!("there is no post `{slug}` that `post_link` could lead to, so {builder} stops");
        findings.at(name, message).help("it takes the path of a file of the posts without its extension, or a title");
    }
}

/// Whether a post is called so; drafts count as well.
fn is_post(blog: &Blog, folder: &str, slug: &str) -> bool {
    let homes = [folder.to_owned(), folder.replace("_posts", "_drafts")];
    homes.iter().any(|home| {
        blog.files.below(home, |_| true).iter().any(|path| {
            let stem = path.rsplit_once('.').map_or(path.as_str(), |(stem, _)| stem);
            let has_title = || {
                let source = blog.source(&format!("{home}/{path}"));
                let is_open = |source: &crate::generators::Source| match source.head.front_matter() {
                    Some(front) => !front.tree.faults.is_empty(),
                    None => source.head.may_have_front_matter(),
                };
                let title = |source: &crate::generators::Source| {
                    source.head.title().and_then(|title| title.text().map(str::to_owned))
                };
                source.is_some_and(|source| is_open(&source) || title(&source).as_deref() == Some(slug))
            };
            stem == slug || has_title()
        })
    })
}
