//! `rules/empty-post.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::generators::Standing;
use crate::markdown::page::{Tag, What};
use crate::post::Post;
use crate::syntax::front_matter::{Data, Node};

/// Keys that make a page of something else than the text.
const ELSEWHERE: &[&str] = &[
    "audio", "embed", "external", "external_link", "external_url", "file", "gallery", "iframe", "images", "link",
    "links", "original", "paper", "pdf", "photos", "redirect", "redirect_to", "redirect_url", "resources", "slides",
    "source", "type", "url", "video", "videos", "youtube",
];

/// A post with a head, and nothing on its page that a reader could see.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    let Some(front) = post.front_matter().filter(|_| says_nothing(post)) else { return };
    let is_for_text = |key: &str, value: &Node| {
        let is_structured = |node: &Node| matches!(node.data, Data::Map(_));
        let is_url =
            |node: &Node| node.text().is_some_and(|text| text.starts_with("http://") || text.starts_with("https://"));
        let is_picture =
            ["image", "img", "cover", "thumb", "teaser", "canonical"].iter().any(|word| key.contains(word));
        (is_picture || !is_url(value) && !value.items().iter().any(is_url))
            && !ELSEWHERE.contains(&&*key.to_lowercase())
            && !is_structured(value)
            && !value.items().iter().any(is_structured)
            && (key != "layout" || value.text().is_some_and(|layout| blog.is_usual_layout(layout)))
    };
    let is_written = || blog.target(post).is_none_or(|target| target.standing == Standing::Written);
    let features = blog.site().features;
    if features.keeps_out(front)
        || !post.loads()
        || !blog.is_dated_post(post)
        || !front.tree.entries.iter().all(|entry| is_for_text(&entry.key, &entry.value))
        || has_files_beside(context)
        || !is_written()
        || blog.leaves_posts_empty()
    {
        return;
    }
    let finding = findings.at(front.closing, "this post has no text: its page shows a title, and nothing below");
    finding.help = features.withheld_by.map(|(key, says)| format!("write it, or leave it out with `{key}: {says}`"));
}

/// Whether nothing of a post is seen: no text, no picture, nothing that a template makes.
fn says_nothing(post: &Post) -> bool {
    let is_nothing = |what: &What| match what {
        What::Start(element) => !matches!(element.tag, Tag::Image(_) | Tag::Html { .. } | Tag::Contents { .. }),
        What::Text(text) => text.trim().is_empty(),
        What::Html(html) => html.trim_start().starts_with("<!--"),
        What::Math { .. } => false,
        What::End | What::Break | What::Rule => true,
    };
    post.body.templates.is_empty() && post.page.events.iter().all(|event| is_nothing(&event.what))
}

/// Whether the post has a folder of its own with files in it, which a template can show.
fn has_files_beside(context: &RuleContext) -> bool {
    let Some((folder, name)) = context.post.path.rsplit_once('/') else { return false };
    name.starts_with("index.") && context.blog.files.has_others(folder, name)
}
