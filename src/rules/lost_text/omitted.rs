//! HTML that the engine leaves out of the page.

use std::collections::HashMap;

use crate::finding::Findings;
use crate::html::{self, Tag};
use crate::markdown::MarkdownEngine;
use crate::markdown::page::{Event, OMITTED, Page, What};
use crate::rules::{RuleContext, swallowed_heading};
use crate::shortcodes::{Content, Expansion, Kind, Piece};
use crate::text::Span;

/// So often the same element is told in a post.
const MOST: usize = 3;

/// Elements that are seen without any text.
const SEEN: &[&str] = &["audio", "embed", "hr", "iframe", "img", "input", "object", "script", "svg", "video"];

/// HTML that is left out and means something to readers, once a line.
pub(super) fn check(context: &RuleContext, page: &Page, findings: &mut Findings) {
    let post = context.post;
    let engine = context.engine().map_or("the engine", MarkdownEngine::name);
    let mut line = Span::default();
    let mut told: HashMap<String, usize> = HashMap::new();
    // What shortcodes print is not left out.
    for event in page.events.iter().filter(|event| is_left_out(event)) {
        let heading = swallowed_heading::in_html(post, event.source).map(|heading| heading.start);
        let html = &post.text[event.source.start..heading.unwrap_or(event.source.end)];
        let Some(tag) = html::tags(html).find(is_seen).filter(|_| event.source.start >= line.end) else { continue };
        let is_block =
            html.trim_end().contains('\n') || page.html_blocks.iter().any(|block| block.start == event.source.start);
        let start = event.source.start + tag.start;
        let name = tag.name.to_ascii_lowercase();
        if is_block && !shows(html) || context.blog.has_template(post, &event.source) {
            continue;
        }
        let count = told.entry(name.clone()).or_default();
        *count += 1;
        if *count > MOST {
            continue;
        }
        let span = Span::new(start, start + (tag.end() - tag.start));
        let message = match is_block && has_text(html) {
            true => format!("{engine} leaves this HTML out of the page, and the text in it: `<{name}>`"),
            false => format!("{engine} leaves this HTML out of the page: `<{name}>`"),
        };
        findings.at(span, message).help("write it as Markdown or as a shortcode, or let the config hand HTML on");
        line = post.line_of(&span);
        line.end = line.end.max(event.source.end * usize::from(is_block));
    }
}

/// Shortcodes of which the engine reads what they print, and leaves it out.
pub(super) fn printed(context: &RuleContext, page: &Page, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    let Some(known) = blog.shortcodes().filter(|_| post.text.contains("{{%")) else { return };
    let Some(expansion) = Expansion::of(post.text, post.body.span.start, known) else { return };
    let engine = context.engine().map_or("the engine", MarkdownEngine::name);
    let mut told: HashMap<&str, usize> = HashMap::new();
    for call in expansion.calls().iter().filter(|call| call.kind == Kind::Read) {
        let pieces = call.template.and_then(|template| template.pieces.as_deref()).unwrap_or_default();
        let html: String =
            pieces.iter().map(|piece| if let Piece::Text(text) = piece { &**text } else { "x" }).collect();
        let words = call.content.filter(|content| !post.text[*content].trim().is_empty());
        // Of what it prints around Markdown only a part is left out.
        let takes_all = |event: &&Event| {
            let is_apart = call.template.is_some_and(|template| template.content == Content::Other);
            let end = words.filter(|_| !is_apart).map_or(call.span.start + 1, |content| content.end);
            is_left_out(event) && event.source.start <= call.span.start && end <= event.source.end
        };
        let is_seen = words.is_some() || html::tags(&html).any(|tag| SEEN.iter().any(|seen| tag.is(seen)));
        if !is_seen || !page.events.iter().any(|event| takes_all(&event)) {
            continue;
        }
        let name = &post.text[call.name];
        let count = told.entry(name).or_default();
        *count += 1;
        if *count <= MOST {
            let what = if words.is_some() { ", and the text in it" } else { "" };
            let tag = Span::new(call.span.start, call.content.map_or(call.span.end, |content| content.start));
            findings
                .at(tag, format!("{engine} leaves what `{name}` prints out of the page{what}: it is HTML"))
                .help(format!("`{{{{< {name} >}}}}` puts it there behind {engine}; or let the config hand HTML on"));
        }
    }
}

fn is_left_out(event: &Event) -> bool {
    matches!(&event.what, What::Html(html) if html == OMITTED)
}

/// Whether readers miss something without a tag. An anchor that leads nowhere is missed by links to it, which say so.
fn is_seen(tag: &Tag) -> bool {
    let has = |name: &str| tag.attributes().any(|attribute| attribute.name.eq_ignore_ascii_case(name));
    match &*tag.name.to_ascii_lowercase() {
        "a" => has("href"),
        "span" | "font" | "div" | "p" => tag.attributes().next().is_some() && !has("id"),
        "abbr" | "audio" | "b" | "big" | "blockquote" | "br" | "button" | "center" | "cite" | "code" | "dd" | "del"
        | "details" | "dl" | "dt" | "em" | "embed" | "figcaption" | "figure" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "hr" | "i" | "iframe" | "img" | "input" | "ins" | "kbd" | "li" | "mark" | "object" | "ol"
        | "picture" | "pre" | "q" | "rt" | "ruby" | "s" | "samp" | "script" | "small" | "strike" | "strong" | "sub"
        | "summary" | "sup" | "svg" | "table" | "td" | "th" | "tr" | "tt" | "u" | "ul" | "var" | "video" => true,
        _ => false,
    }
}

/// Whether a block shows something: text, or what is seen without any. What stands around Markdown is a matter of style.
fn shows(html: &str) -> bool {
    has_text(html) || html::tags(html).any(|tag| SEEN.iter().any(|seen| tag.is(seen)))
}

/// Whether words stand between the tags of a block.
fn has_text(html: &str) -> bool {
    let comments: Vec<Span> = html::comments(html).collect();
    let mut depth = false;
    html.char_indices().any(|(at, c)| {
        depth = c == '<' || depth && c != '>';
        !depth && c.is_alphanumeric() && !comments.iter().any(|comment| comment.contains(&at))
    })
}
