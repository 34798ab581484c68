//! The links of a post as its source has them. Under the engines of the family of CommonMark these are the links on its
//! page, but for bare URLs: what makes one is read alike by all.

use super::PageLink;
use super::found::{Shape, link, of_tags};
use crate::post::Post;
use crate::post::body::BlockKind;
use crate::render::Profile;
use crate::render::commonmark::Flavour;

/// The links of a post without its bare URLs, in order; none where only the page tells what is a link. Links in formulas
/// are left out.
pub fn written(post: &Post, profile: &Profile) -> Option<Vec<PageLink>> {
    let Profile::CommonMark(options) = profile else { return None };
    let has_footnotes = || post.body.blocks.iter().any(|block| block.kind == BlockKind::Footnote);
    if options.flavour == Flavour::Commonmark && has_footnotes() {
        return None;
    }
    let shape = |image| if image { Shape::Image } else { Shape::Link };
    let links = post.body.links.iter();
    let mut links: Vec<PageLink> =
        links.map(|found| link(post.text, shape(found.image), &found.destination, &found.span)).collect();
    for span in post.body.html.iter().filter(|_| options.raw_html) {
        of_tags(post.text, &post.text[span.clone()], span, &mut links);
    }
    links.sort_by_key(|link| link.span.start);
    Some(links)
}
