//! `rules/swallowed-liquid.md`

mod element;

use super::RuleContext;
use crate::finding::Findings;
use crate::liquid::{Fault, Part, Role, Value, words};
use crate::post::Post;

pub(super) use element::{Element, elements};

/// Tags that name a file: what they print is not known.
const NAMING_FILES: &[&str] = &["include", "include_cached", "include_relative", "link", "post_url"];

/// Formulas and code that hold what Liquid takes for its own.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some(liquid) = context.blog.liquid(post) else { return };
    let open_to_tags = context.blog.site().has_unknown_tags;
    for element in elements(post, context.before_liquid()) {
        let parts = liquid.parts_in(&element.content);
        if !open_to_tags && parts.iter().any(|part| part.role == Role::Unknown) {
            continue;
        }
        let fault = liquid.fault_in(&element.content);
        let lost = parts.iter().find(|part| is_lost(post, part, &element));
        let lost = lost.or_else(|| parts.first().filter(|_| arrives_empty(post, parts, &element)));
        if fault.is_none()
            && let Some(part) = lost.filter(|part| is_indented_highlight(post, part, &element))
        {
            let written = words::short(&post.text[part.span]);
            let message = format!("readers see the HTML that `{written}` makes: its indentation makes code of it");
            let help =
                "indent the block no further than the text around it; `{% raw %}` before it shows the tag itself";
            findings.at(part.span, message).help(help);
            continue;
        }
        let (span, message) = match (fault, lost) {
            (Some(fault), _) => (fault.span, broken(post, fault)),
            (None, Some(part)) => (part.span, swallowed(post, part, &element)),
            (None, None) => continue,
        };
        let finding = findings.at(span, message).help(element.advice(post));
        if let Some((message, edits)) = element.repair(post) {
            finding.unsafe_fix(message, edits);
        }
    }
}

/// Whether Liquid eats what its author surely wrote for the reader. A block of code can be what Liquid is to fill in.
fn is_lost(post: &Post, part: &Part, element: &Element) -> bool {
    let liquid = post.liquid();
    let name = &post.text[part.name];
    let ends_elsewhere = || {
        let partner = part.partner.map(|partner| liquid.parts[partner].span.start);
        partner.is_some_and(|start| !element.content.contains(&start))
    };
    match part.role {
        Role::Output => element.shows_templates || !liquid.is_meant(post.text, part),
        Role::Opening | Role::Closing if name.ends_with("raw") => false,
        Role::Opening | Role::Closing | Role::Branch | Role::Tag => {
            element.shows_templates && !NAMING_FILES.contains(&name)
                || name == "highlight"
                || ends_elsewhere()
                || liquid.asks_for_unknown(post.text, part)
        }
        Role::Unknown | Role::Ignored | Role::Misplaced => false,
    }
}

/// Whether a whole block of `highlight` stands in code that is one by its indentation. It was one to the author, too.
fn is_indented_highlight(post: &Post, part: &Part, element: &Element) -> bool {
    let ends_here = part.partner.is_some_and(|partner| {
        let end = &post.liquid().parts[partner];
        element.content.contains(&end.span.start) && post.text[post.line_of(&end.span)].trim() == &post.text[end.span]
    });
    let before = &post.text[post.line_start(part.span.start)..part.span.start];
    let is_indented =
        !before.is_empty() && before.trim().is_empty() && !post.text[element.span].starts_with(['`', '~']);
    part.role == Role::Opening
        && &post.text[part.name] == "highlight"
        && element.kind == element::Kind::Code
        && is_indented
        && ends_here
}

/// Whether nothing of what stands there is left for the reader. A file that is included may bring it all.
fn arrives_empty(post: &Post, parts: &[Part], element: &Element) -> bool {
    let brings = |part: &Part| {
        let is_file = NAMING_FILES.contains(&&post.text[part.name]);
        is_file || part.role == Role::Unknown || post.liquid().prints(post.text, part)
    };
    !parts.is_empty()
        && !parts.iter().any(brings)
        && post.liquid().expand(post.text, element.content).text().trim().is_empty()
}

fn broken(post: &Post, fault: &Fault) -> String {
    format!("Liquid reads this, too, and stops the build: {}", words::message(post.text, fault))
}

fn swallowed(post: &Post, part: &Part, element: &Element) -> String {
    let written = words::short(&post.text[part.span]);
    let is_empty = |value: &Value| matches!(value, Value::Nothing) || *value == Value::Text(String::new());
    let taken = match (part.role, post.liquid().printed(post.text, part)) {
        (Role::Output, value) if is_empty(&value) => {
            format!("Liquid takes `{written}` for a variable and prints nothing")
        }
        (Role::Output, Value::Unknown) if !post.liquid().is_meant(post.text, part) => {
            format!("Liquid takes `{written}` for a value of its own")
        }
        (Role::Output, _) => format!("Liquid takes `{written}` for a value and prints it without its braces"),
        _ => format!("Liquid takes `{written}` for a tag of its own"),
    };
    let around = element.around(post, &part.span);
    let arrived = post.liquid().expand(post.text, around);
    let is_known = post.liquid().parts_in(&around).iter().all(|part| match post.liquid().printed(post.text, part) {
        Value::Unknown => part.role != Role::Output,
        _ => true,
    });
    let (source, arrived) = (post.text[around].trim(), arrived.text().trim());
    match arrived {
        _ if !is_known || source.chars().count() > words::MOST => taken,
        "" if source == written => taken,
        "" => format!("{taken}: nothing of `{source}` arrives"),
        arrived => format!("{taken}: `{source}` arrives as `{arrived}`"),
    }
}
