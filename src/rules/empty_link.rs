//! `rules/empty-link.md`

use super::RuleContext;
use crate::blog::links::{ResolvedLink, Shape};
use crate::finding::{Edit, Findings};
use crate::generators::address::Reference;
use crate::html;
use crate::markdown::page::{Element, Event, Tag, What};
use crate::text::{Span, beginning, first_line};

/// Links without a destination or without anything to see, and images without a source.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    // All engines read such links alike.
    for (index, element, span) in context.post.markup() {
        if matches!(element.tag, Tag::Link { .. } | Tag::Image { .. }) {
            self::element(context, element, &span, findings);
            link(context, element, &context.post.page.events[index..], findings);
        }
    }
    if !context.is_in_work() {
        elements(context, findings);
    }
}

/// `<a href="">text</a>`, `<img src="">`: elements of HTML with nothing but blanks where the address belongs.
fn elements(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let is_blank = |lead: &&ResolvedLink| lead.link.shape == Shape::Html && lead.link.destination.trim().is_empty();
    for lead in context.resolved_links().iter().filter(is_blank) {
        let source = &post.text[lead.link.span];
        let Some(tag) = html::tags(source).next() else { continue };
        let end = source.find('>').map_or(source.len(), |end| end + 1);
        // What a template prints ends the span of the link.
        let whole = html::tag_at(post.text, lead.link.span.start).map_or(end, |tag| tag.end() - tag.start);
        let span = first_line(post.text, Span::new(lead.link.span.start, lead.link.span.start + end.max(whole)));
        // With more than this, a script or a style sheet makes something of it.
        let is_plain = |name: &str| ["alt", "class", "href", "rel", "src", "style", "target", "title"].contains(&name);
        let mut attributes = tag.attributes().map(|found| found.name.to_ascii_lowercase());
        let (why, help) = match &*tag.name.to_ascii_lowercase() {
            "a" if !source[end..].starts_with("</") => ("leads nowhere", "write the address between the quotes"),
            "img" => ("shows no image", "write the path of the image between the quotes"),
            _ => continue,
        };
        if attributes.all(|name| is_plain(&name)) && !context.blog.has_template(post, &span) {
            findings.at(span, format!("`{}` {why}", beginning(&post.text[span], 60))).help(help);
        }
    }
}

fn element(context: &RuleContext, element: &Element, span: &Span, findings: &mut Findings) {
    let address = match &element.tag {
        Tag::Link { destination, .. } => destination,
        Tag::Image(image) => &image.source,
        _ => return,
    };
    if !address.bytes().all(|sign| sign == b'?') {
        return;
    }
    let written = first_line(context.post.text, *span);
    let shown = &context.post.text[written];
    let in_formula = || context.post.body.formula_at(span.start).is_some();
    if matches!(element.tag, Tag::Link { .. }) && is_brackets(context.post.text, written) && !in_formula() {
        findings
            .at(written, format!("`{shown}` is read as a link, so readers do not see its brackets"))
            .help("write it as code, or with a `\\` before it")
            .unsafe_fix("escape it", vec![Edit::insert(written.start, "\\")]);
        return;
    }
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

/// Whether a link without an address is a row of brackets: one with brackets in it, or in the middle of others or quotes.
fn is_brackets(text: &str, span: Span) -> bool {
    const SIGNS: [char; 12] = ['(', ')', '[', ']', '{', '}', '"', '\'', '“', '”', '‘', '’'];
    let written = &text[span];
    let inner = written.strip_prefix('[').and_then(|rest| rest.strip_suffix("]()"));
    inner.is_some_and(|inner| match inner.is_empty() {
        true => text[..span.start].ends_with(SIGNS) || text[span.end..].starts_with(SIGNS),
        false => inner.chars().all(|sign| SIGNS.contains(&sign) || sign == ' '),
    })
}

/// The mark beside a heading that leads to itself, and comes along where a text is copied from a page: nobody misses it.
fn is_pasted(destination: &str) -> bool {
    matches!(destination.split_once('#'), Some((_, id)) if !id.is_empty())
}

/// A link that holds nothing, or white space. One with attributes is a button or an anchor that a style sheet draws.
fn link(context: &RuleContext, element: &Element, from: &[Event], findings: &mut Findings) {
    let is_blank = |what: &What| matches!(what, What::Text(text) if text.trim().is_empty());
    let first = || from[1..].iter().map(|event| &event.what).find(|what| !is_blank(what));
    // Where the engine is not known, it may write a title there, as MyST does for links to its own pages.
    let may_be_filled = |destination: &str| {
        context.blog.profile_of(context.post.path).is_none()
            && !matches!(Reference::read(destination), Reference::Host { .. })
    };
    match &element.tag {
        Tag::Link { destination, .. }
            if !destination.is_empty()
                && first() == Some(&What::End)
                && !may_be_filled(destination)
                && !is_pasted(destination) => {}
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
