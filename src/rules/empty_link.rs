//! `rules/empty-link.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::generators::address::Reference;
use crate::markdown::page::{Element, Event, Tag, What};
use crate::text::{Span, first_line};

/// Links without a destination or without anything to see, and images without a source.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    // All engines read such links alike.
    for (index, element, span) in context.post.markup() {
        if matches!(element.tag, Tag::Link { .. } | Tag::Image { .. }) {
            self::element(context, element, &span, findings);
            link(context, element, &context.post.page.events[index..], findings);
        }
    }
}

fn element(context: &RuleContext, element: &Element, span: &Span, findings: &mut Findings) {
    let address = match &element.tag {
        Tag::Link { destination, .. } => destination,
        Tag::Image(image) => &image.source,
        _ => return,
    };
    if !address.is_empty() {
        return;
    }
    let written = first_line(context.post.text, *span);
    let shown = &context.post.text[written];
    let in_formula = || context.post.body.formula_at(span.start).is_some();
    let (message, help) = match &element.tag {
        Tag::Link { .. } if shown.starts_with('[') && shown.ends_with(')') => {
            (format!("`{shown}` leads nowhere"), "write the address between the parentheses")
        }
        Tag::Image(_) if shown.starts_with('!') => {
            (format!("`{shown}` shows no image"), "write the path of the image between the parentheses")
        }
        _ => return,
    };
    // `{: href="…"}` behind a link can say where it leads.
    if !context.is_in_work() && !in_formula() && !context.post.text[written.end..].starts_with('{') {
        findings.at(written, message).help(help);
    }
}

/// A link that holds nothing, or white space. One with attributes is a button or an anchor that a style sheet draws.
fn link(context: &RuleContext, element: &Element, from: &[Event], findings: &mut Findings) {
    let is_blank = |what: &What| matches!(what, What::Text(text) if text.trim().is_empty());
    let first = || from[1..].iter().map(|event| &event.what).find(|what| !is_blank(what));
    // Where the engine is not known, it may write a title there, as MyST does for links to its own pages.
    let may_be_filled = |destination: &str| {
        context.blog.profile().is_none() && !matches!(Reference::read(destination), Reference::Host { .. })
    };
    match &element.tag {
        Tag::Link { destination, .. }
            if !destination.is_empty() && first() == Some(&What::End) && !may_be_filled(destination) => {}
        _ => return,
    }
    let (post, source) = (context.post, &from[0].source);
    let span = first_line(post.text, *source);
    let shown = &post.text[span];
    if source.len() > span.len() || context.blog.has_template(post, source) {
        return;
    }
    let is_button = !element.attributes().is_empty() || post.text[span.end..].starts_with('{');
    if shown.starts_with('[') && !is_button {
        let message = format!("`{shown}` has no text, so no reader sees it");
        findings.at(span, message).help("write the text of the link between the brackets");
    }
}
