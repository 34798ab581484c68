//! Markdown in HTML that the engine does not read.

use std::cell::LazyCell;
use std::sync::LazyLock;

use regex::Regex;

use crate::finding::Findings;
use crate::html;
use crate::markdown::MarkdownEngine;
use crate::markdown::page::{Element, Page, Tag, What};
use crate::post::Post;
use crate::rules::RuleContext;
use crate::rules::lost_text::is_known;
use crate::rules::swallowed_heading;
use crate::text::{Span, beginning, holding, line_start, lines_in};

/// What is surely meant as Markdown, wherever it stands on a line.
static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern =
        r"\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*|!?\[[^\]\n]*\]\([^()\s]+\)|(?:^|[^`\\])`[^`\s](?:[^`\n]*[^`\s])?`(?:[^`]|$)";
    Regex::new(pattern).expect("a pattern")
});
/// The same at its beginning.
static BLOCK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\A(?:```|~~~|#{2,6} \S|[-*+] +[\p{Alphabetic}\d\[`*]|\d{1,2}\. +[\p{Alphabetic}\[`*])")
        .expect("a pattern")
});

/// Elements of which the text is shown as it is, or not at all.
const CLOSED_OFF: &[&str] =
    &["pre", "code", "script", "style", "textarea", "svg", "math", "template", "kbd", "samp", "tt"];

/// The first line of Markdown in each block of HTML.
pub(super) fn check(context: &RuleContext, page: &Page, engine: &MarkdownEngine, findings: &mut Findings) {
    let is_known = engine.knows_running_text() && !engine.reads_markdown_in_html();
    if !is_known || context.post.text.contains("parse_block_html") {
        return;
    }
    match engine.reads_markdown_in_marked_html() {
        true => elements(context, page, engine, findings),
        false if page.html_blocks.is_empty() => {}
        false => blocks(context, page, engine, findings),
    }
}

/// How the text of an element is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// As Markdown.
    Markdown,
    /// Not at all: it is handed on.
    Raw,
    /// As code, or in a way that is not known.
    Other,
}

/// HTML in pieces, each element with its text.
fn elements(context: &RuleContext, page: &Page, engine: &MarkdownEngine, findings: &mut Findings) {
    let post = context.post;
    // With the name of an element of HTML.
    let mut open: Vec<(Reading, &str)> = Vec::new();
    // The outermost element that nobody reads.
    let mut block: Option<Span> = None;
    let mut told = 0;
    for event in &page.events {
        match &event.what {
            What::Start(element) => {
                let around = open.last().map_or(Reading::Markdown, |(reading, _)| *reading);
                let begins = || page.html_blocks.binary_search_by_key(&event.source.start, |block| block.start).is_ok();
                let reading = match &element.tag {
                    Tag::Html { name } => match around {
                        Reading::Other => Reading::Other,
                        _ if is_closed_off(post, name, element, &event.source) => Reading::Other,
                        Reading::Raw => Reading::Raw,
                        Reading::Markdown if begins() || !engine.reads_markdown_in_running_html(name) => {
                            block = Some(event.source);
                            Reading::Raw
                        }
                        Reading::Markdown => Reading::Markdown,
                    },
                    _ => Reading::Markdown,
                };
                let name = if let Tag::Html { name } = &element.tag { name } else { "" };
                open.push((reading, name));
            }
            What::End => {
                open.pop();
            }
            What::Text(_) if event.source.start >= told => {
                let Some((Reading::Raw, name)) = open.last() else { continue };
                let Some(line) = markdown_in(context, event.source) else { continue };
                told = block.map_or(line.end, |block| block.end);
                report(context, engine, Place::In(name), line, findings);
            }
            _ => {}
        }
    }
}

fn is_closed_off(post: &Post, name: &str, element: &Element, source: &Span) -> bool {
    let is_diagram = element.attributes().iter().any(|(name, value)| name == "class" && value.contains("mermaid"));
    let tag = html::tag_at(post.text, source.start);
    let is_read = tag.is_some_and(|tag| tag.attributes().any(|attribute| attribute.name == "markdown"));
    is_diagram || is_read || CLOSED_OFF.contains(&&*name.to_ascii_lowercase())
}

/// HTML in blocks, which end at blank lines.
fn blocks(context: &RuleContext, page: &Page, engine: &MarkdownEngine, findings: &mut Findings) {
    let post = context.post;
    // One that follows another with nothing but blank lines between them is one with it.
    let (mut end, mut is_told) = (0, false);
    let is_read = |block: &&Span| page.printed.binary_search_by_key(&block.start, |printed| printed.start).is_err();
    for block in page.html_blocks.iter().filter(is_read) {
        let goes_on = post.text.get(end..block.start).is_some_and(|between| between.trim().is_empty());
        (end, is_told) = (block.end, is_told && goes_on);
        if is_told {
            continue;
        }
        let html = &post.text[*block];
        let mut tags = html::tags(html);
        let place = match html::closing(html) {
            Some(name) if CLOSED_OFF.iter().any(|closed| name.eq_ignore_ascii_case(closed)) => continue,
            Some(name) => Place::Below(name),
            None => match tags.next() {
                Some(first) if is_closed_off_tag(&first) => continue,
                Some(first) => Place::In(first.name),
                None => continue,
            },
        };
        if tags.any(|tag| is_closed_off_tag(&tag)) {
            continue;
        }
        // A blank line above a heading lets what follows be read as well.
        let end = swallowed_heading::in_html(post, *block).map_or(block.end, |heading| heading.start);
        if let Some(line) = markdown_in(context, Span::new(block.start, end)) {
            report(context, engine, place, line, findings);
            is_told = true;
        }
    }
}

fn is_closed_off_tag(tag: &html::Tag) -> bool {
    let is_diagram = || tag.attributes().any(|attribute| attribute.value.contains("mermaid"));
    CLOSED_OFF.iter().any(|closed| tag.is(closed)) || is_diagram()
}

/// The first line of a stretch that is Markdown.
fn markdown_in(context: &RuleContext, stretch: Span) -> Option<Span> {
    let post = context.post;
    let tags = LazyCell::new(|| {
        let tags = html::tags(&post.text[stretch]);
        tags.map(|tag| Span::new(stretch.start + tag.start, stretch.start + tag.end())).collect::<Vec<_>>()
    });
    let in_tag = |at: usize| holding(&tags, at, |tag| tag).is_some();
    lines_in(post.text, stretch).find_map(|line| {
        let whole = &post.text[line];
        let begins_line = line.start == 0 || post.text[..line.start].ends_with('\n');
        let text = whole.trim_start();
        let start = line.end - text.len();
        let at = match begins_line && BLOCK.is_match(text) {
            true => Some(start),
            false => INLINE.find(whole).map(|found| line.start + found.start()),
        }?;
        let is_free = post.body.formula_at(at).is_none()
            && holding(&post.body.comments, at, |comment| &comment.span).is_none()
            && !context.blog.has_template(post, &Span::new(start, line.end))
            && !in_tag(at);
        is_free.then_some(Span::new(start, line.end))
    })
}

/// Where Markdown stands that is not read.
#[derive(Clone, Copy)]
enum Place<'t> {
    /// In an element of this name.
    In(&'t str),
    /// On a line right below the end of one.
    Below(&'t str),
}

fn report(context: &RuleContext, engine: &MarkdownEngine, place: Place, line: Span, findings: &mut Findings) {
    const MOST: usize = 40;
    let shown = beginning(&context.post.text[line], MOST);
    let of_place = match place {
        Place::In(name) => format!("in this `<{name}>`"),
        Place::Below(name) => format!("right below `</{name}>`"),
    };
    let message = format!("`{shown}` stays as it is: {} reads no Markdown {of_place}", engine.name());
    let help = match place {
        // A word between `<` and `>` is no element to its author.
        Place::In(name) if !is_known(name) && !name.contains('-') => {
            format!("write `<{name}>` as code, or `&lt;{name}>`")
        }
        Place::In(name) if engine.reads_markdown_in_marked_html() => {
            format!("write `<{name} markdown=\"{}\">`", way(context, name, &line))
        }
        _ => "put a blank line between the HTML and the Markdown".to_owned(),
    };
    findings.at(line, message).help(help);
}

/// How the text of an element is to be read (kramdown 2.4.0, `parser/html.rb`): what stands on the line of its tag is
/// running text, and of elements that it does not know it must be told what they hold.
fn way(context: &RuleContext, name: &str, line: &Span) -> &'static str {
    let text = context.post.text;
    let start = line_start(text, line.start);
    match text[start..line.start].contains('<') {
        true => "span",
        false if matches!(name, "center" | "font") => "block",
        false => "1",
    }
}
