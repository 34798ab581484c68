//! The links on the page that a post becomes.

use std::borrow::Cow;

use super::liquid::Known;
use crate::blog::Blog;
use crate::html;
use crate::markdown::kramdown::references;
use crate::markdown::page::{Attributes, Page, Tag, What};
use crate::post::Post;
use crate::text::{Span, offset_in};

/// A link, an image, or another element that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLink {
    /// What it is.
    pub shape: Shape,
    /// Where it leads, as it stands on the page; what only the built site knows is [`UNKNOWN`].
    pub destination: String,
    /// The bytes of all of it in the post.
    pub span: Span,
    /// The bytes of its destination, where they stand in it as they are.
    pub destination_span: Option<Span>,
}

/// What a link is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A link written in Markdown.
    Link,
    /// An image written in Markdown.
    Image,
    /// An element of HTML.
    Html,
}

/// What stands on the page for a value that only the built site knows: a letter that no address has.
pub const UNKNOWN: char = crate::shortcodes::UNKNOWN;

impl Blog {
    /// The links on the page that a post becomes, in the order in which they stand there.
    pub fn links(&self, post: &Post) -> Vec<PageLink> {
        let mut links = match self.liquid(post) {
            None => links_of(post.text, &post.page),
            Some(_) => {
                let known = Known { blog: self, post };
                let content = post.liquid().expand_with(post.text, post.body.span, &known);
                links_of(post.text, &self.markdown_of(post.path).page(post.text, &content))
            }
        };
        self.add_printed(post, &mut links);
        links
    }
}

/// The links on a page that is made of a text.
pub fn links_of(text: &str, page: &Page) -> Vec<PageLink> {
    let mut links = Vec::new();
    for event in &page.events {
        let span = &event.source;
        match &event.what {
            What::Start(element) => match &element.tag {
                Tag::Link { destination, .. } => links.push(link(text, Shape::Link, destination, span)),
                Tag::Image(image) => links.push(link(text, Shape::Image, &image.source, span)),
                Tag::Html { name } => links.extend(of_element(text, name, element.attributes(), span)),
                _ => {}
            },
            What::Html(html) => of_tags(text, html, span, &mut links),
            _ => {}
        }
    }
    links
}

/// Adds the links of the tags in a piece of HTML.
fn of_tags(text: &str, html: &str, span: &Span, links: &mut Vec<PageLink>) {
    for tag in html::tags(html).filter(|tag| !link_attributes(tag.name).is_empty()) {
        let attributes = tag.attributes().map(|found| (Cow::Borrowed(found.name), references::resolved(found.value)));
        links.extend(of_element(text, tag.name, &attributes.collect::<Attributes>(), span));
    }
}

/// The attributes that links of an element stand in.
fn link_attributes(element: &str) -> &'static [&'static str] {
    const ELEMENTS: &[(&[&str], &[&str])] = &[
        (&["a", "area"], &["href"]),
        (&["audio", "embed", "iframe", "img", "source", "track"], &["src"]),
        (&["object"], &["data"]),
        (&["video"], &["src", "poster"]),
    ];
    let is_it = |name: &&str| name.eq_ignore_ascii_case(element);
    ELEMENTS.iter().find(|(names, _)| names.iter().any(is_it)).map_or(&[], |(_, attributes)| attributes)
}

fn of_element(text: &str, element: &str, attributes: &[(Cow<str>, Cow<str>)], span: &Span) -> Vec<PageLink> {
    let names = link_attributes(element);
    let is_link = |name: &str| names.iter().any(|link| link.eq_ignore_ascii_case(name));
    let values = attributes.iter().filter(|(name, _)| is_link(name));
    values.map(|(_, value)| link(text, Shape::Html, value, span)).collect()
}

/// A link to a destination, which stands in its bytes, as it is or with escapes.
pub(super) fn link(text: &str, shape: Shape, destination: &str, span: &Span) -> PageLink {
    let borrowed = offset_in(text, destination).map(|start| Span::new(start, start + destination.len()));
    let within = |found: &Span| span.start <= found.start && found.end <= span.end;
    let written = || written_in(text, shape, destination, span);
    let destination_span = borrowed.filter(within).or_else(written).filter(|found| !found.is_empty());
    // kramdown hands references to characters on as they are, and browsers read them.
    PageLink { shape, destination: references::resolved(destination).into_owned(), span: *span, destination_span }
}

/// So much of an element is searched for its destination, in bytes: the tag of an element, not what it holds.
const LONGEST: usize = 4096;

/// Where a destination stands in a link as it is: in Markdown the last time, in HTML the first.
fn written_in(text: &str, shape: Shape, destination: &str, span: &Span) -> Option<Span> {
    let source = text.as_bytes().get(span.range())?;
    let start = match shape {
        _ if destination.is_empty() || destination.len() > source.len() => None,
        Shape::Html => memchr::memmem::find(&source[..source.len().min(LONGEST)], destination.as_bytes()),
        _ => {
            let from = source.len().saturating_sub(LONGEST);
            memchr::memmem::rfind(&source[from..], destination.as_bytes()).map(|at| from + at)
        }
    };
    start.map(|start| Span::new(span.start + start, span.start + start + destination.len()))
}
