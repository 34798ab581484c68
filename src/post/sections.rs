//! Headings to sections: a heading and all that follows it, up to the next one of its level or above.

use super::Post;
use crate::markdown::document::{BlockKind, Document};
use crate::text::{Span, trimmed};

/// A section of the post.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its heading: an index of [`Document::headings`].
    pub heading: usize,
    /// The level of its heading.
    pub level: u8,
    /// Heading and body, without white space at the end.
    pub span: Span,
    /// Whether a reader finds nothing below the heading: no block but comments, and no section of a lower level.
    pub empty: bool,
}

impl Section {
    /// Whether nothing right above belongs to its heading: a comment, a tag, an attribute list of kramdown's.
    pub(crate) fn stands_apart(&self, post: &Post) -> bool {
        let above = post.text[post.body.span.start..self.span.start].trim_end_matches([' ', '\t', '\r', '\n']);
        !above.ends_with("-->") && !above.ends_with('}')
    }
}

/// The sections of a body, in the order they begin. Headings in lists and quotes make none.
pub(crate) fn read(text: &str, body: &Document) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (index, heading) in body.headings.iter().enumerate().filter(|(_, heading)| heading.top) {
        while let Some(&last) = open.last()
            && sections[last].level >= heading.level
        {
            sections[last].span.end = heading.span.start;
            open.pop();
        }
        open.push(sections.len());
        let span = Span::new(heading.span.start, body.span.end);
        sections.push(Section { heading: index, level: heading.level, span, empty: false });
    }
    for section in &mut sections {
        section.span = trimmed(text, section.span);
        section.empty = !has_content(body, Span::new(body.headings[section.heading].span.end, section.span.end));
    }
    sections
}

fn has_content(body: &Document, span: Span) -> bool {
    // What a template prints is not on the page.
    let first = body.templates.partition_point(|template| template.span.start < span.start);
    let mut tags = body.templates[first..].iter().take_while(|template| template.span.start < span.end);
    if tags.any(|template| body.comment_at(template.span.start).is_none()) {
        return true;
    }
    let first = body.blocks.partition_point(|block| block.span.start < span.start);
    let inside = body.blocks[first..].iter().take_while(|block| block.span.start < span.end);
    inside.into_iter().any(|block| !(block.kind == BlockKind::Html && only_comments(body, &block.span)))
}

fn only_comments(body: &Document, span: &Span) -> bool {
    let first = body.comments.partition_point(|comment| comment.span.start < span.start);
    body.comments.get(first).is_some_and(|comment| comment.span.start == span.start && comment.span.end >= span.end)
}
