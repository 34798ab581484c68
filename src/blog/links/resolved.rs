//! The links of a post with where they lead, as rules look at them.

use foldhash::HashMap;

use super::{PageLink, Resolved, Resolver, Shape};
use crate::blog::urls::Near;
use crate::generators::address::{decoded, joined};
use crate::post::Post;
use crate::text::{Span, first_line};

/// A link with where it leads.
#[derive(Debug)]
pub struct ResolvedLink {
    /// The link.
    pub link: PageLink,
    /// What to point at: its destination, if need be in the definition it refers to, or all of it.
    pub place: Span,
    /// Whether its destination stands at that place as it is.
    pub is_written: bool,
    /// Where it leads.
    pub resolved: Resolved,
    /// What was probably meant, where nothing lies.
    pub near: Option<Near>,
}

impl Resolver<'_> {
    /// An image that is looked for beside the post when the site is built, and is not there.
    fn lost_image(&self, link: &PageLink) -> Option<Resolved> {
        let is_beside = link.shape == Shape::Image && ["./", "../"].iter().any(|up| link.destination.starts_with(up));
        let path = Some(&link.destination).filter(|_| is_beside && self.blog.site().stops_at_lost_image)?;
        let path = decoded(path.split(['?', '#']).next().unwrap_or_default());
        let folder = self.post.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let address = joined(&format!("/{folder}/"), &path);
        (!self.blog.files.has(&address[1..])).then_some(Resolved::Missing(address))
    }

    /// Where links of the post lead.
    pub fn resolved(&self, post: &Post, links: Vec<PageLink>) -> Vec<ResolvedLink> {
        let defined = |definition: &crate::markdown::document::Definition| {
            let at = post.text[definition.span].rfind(&definition.destination)?;
            let start = definition.span.start + at;
            Some((definition.destination.clone(), Span::new(start, start + definition.destination.len())))
        };
        let definitions: HashMap<String, Span> = post.body.definitions.iter().rev().filter_map(defined).collect();
        let lead = |link: PageLink| {
            let written = link.destination_span.as_ref().or_else(|| definitions.get(&link.destination));
            let written = written
                .filter(|span| !span.is_empty() && memchr::memchr(b'\n', &post.text.as_bytes()[**span]).is_none());
            let place = written.cloned().unwrap_or_else(|| first_line(post.text, link.span));
            let resolved = self.lost_image(&link).unwrap_or_else(|| self.lead(&link));
            let near = match &resolved {
                Resolved::Missing(address) => self.near(address),
                _ => None,
            };
            ResolvedLink { is_written: written.is_some(), link, place, resolved, near }
        };
        links.into_iter().map(lead).collect()
    }
}
