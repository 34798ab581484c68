//! Attributes in braces behind a link or an image that are text.

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use crate::blog::links::{Resolved, ResolvedLink};
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::markdown::page::{Page, Tag, What};
use crate::rules::RuleContext;
use crate::text::{Span, lines_in, trimmed};

/// `{width=300}`, `{: .center}`: classes, ids and values of attributes, and nothing else.
static ATTRIBUTES: LazyLock<Regex> = LazyLock::new(|| {
    let one = r#"(?:[.#][A-Za-z][\w-]*|[A-Za-z][\w-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"']+))"#;
    Regex::new(&format!(r"\A\{{:?\s*({one}(?:\s+{one})*)\s*\}}")).expect("a pattern")
});

/// A value without quotes.
static BARE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"([A-Za-z][\w-]*)=([^\s"']+)"#).expect("a pattern"));

/// Braces right behind a link or an image, at the end of a heading, and, where no engine reads them, with a colon on a line
/// of their own.
pub(super) fn check(context: &RuleContext, page: &Page, engine: &MarkdownEngine, findings: &mut Findings) {
    let (post, start) = (context.post, context.post.body.span.start);
    if engine.takes_attributes() {
        return;
    }
    headings(context, page, engine, findings);
    let bytes = &post.text.as_bytes()[post.body.span];
    for at in memmem::find_iter(bytes, "){").map(|at| start + at + 1) {
        let is_behind = post.body.link_at(at - 1).is_some_and(|link| link.span.end == at);
        if is_behind && let Some(span) = attributes(context, at) {
            report(context, engine, span, findings);
        }
    }
    if engine.reads_attribute_lists() || memmem::find(bytes, b"{:").is_none() {
        return;
    }
    for line in post.body.prose().flat_map(|block| lines_in(post.text, block.span)) {
        let line = trimmed(post.text, line);
        if post.text[line].starts_with("{:")
            && let Some(span) = attributes(context, line.start).filter(|span| span.end == line.end)
        {
            report(context, engine, span, findings);
        }
    }
}

/// An id in braces behind a heading, which readers see. A link to it tells the same.
fn headings(context: &RuleContext, page: &Page, engine: &MarkdownEngine, findings: &mut Findings) {
    let post = context.post;
    let is_heading = |what: &What| matches!(what, What::Start(element) if matches!(element.tag, Tag::Heading { .. }));
    for (index, event) in page.events.iter().enumerate().filter(|(_, event)| is_heading(&event.what)) {
        let title = event.source;
        let Some(open) = post.text[title].rfind('{').map(|at| title.start + at) else { continue };
        let Some(span) = attributes(context, open).filter(|span| post.text[span.end..title.end].trim().is_empty())
        else {
            continue;
        };
        let written = &post.text[span];
        let shown = page.events[index + 1..].iter().take_while(|event| !is_heading(&event.what));
        let is_shown = shown
            .take_while(|event| event.source.start < title.end)
            .any(|event| matches!(&event.what, What::Text(text) if text.trim_end().ends_with(written)));
        let id = written.split([' ', '{', '}', ':']).find_map(|part| part.strip_prefix('#'));
        let leads_there =
            |lead: &ResolvedLink| matches!(&lead.resolved, Resolved::MissingAnchor(_, to) if Some(&**to) == id);
        if !is_shown || id.is_none() || context.resolved_links().iter().any(leads_there) {
            continue;
        }
        let message =
            format!("`{written}` stays in the text: {} does not read it as the id of the heading", engine.name());
        let inner = ATTRIBUTES.captures(written).map_or("", |found| found.get(1).map_or("", |inner| inner.as_str()));
        findings.at(span, message).help(match engine.heading_attributes(inner) {
            Some((right, _)) if right == written => "write `#id`, `.class` and `key=value` there".to_owned(),
            Some((right, true)) => format!("write `{right}` on the line below the heading"),
            Some((right, false)) => format!("write `{right}` behind its text, with a space before it"),
            None => "take it out: headings get their ids from their text here".to_owned(),
        });
    }
}

/// The attributes that begin at a byte, if readers see them.
fn attributes(context: &RuleContext, at: usize) -> Option<Span> {
    let found = ATTRIBUTES.find(&context.post.text[at..])?;
    let span = Span::new(at, at + found.end());
    context.is_open(&span).then_some(span)
}

fn report(context: &RuleContext, engine: &MarkdownEngine, span: Span, findings: &mut Findings) {
    let written = &context.post.text[span];
    let inner = ATTRIBUTES.captures(written).map_or("", |found| found.get(1).map_or("", |inner| inner.as_str()));
    let message = format!("`{written}` stays in the text: {} reads no attributes in such braces", engine.name());
    let finding = findings.at(span, message);
    if engine.reads_attribute_lists() {
        let right = format!("{{: {}}}", BARE.replace_all(inner, "$1=\"$2\""));
        finding
            .help(format!("write `{right}`"))
            .unsafe_fix("write it as a list of attributes", vec![Edit::new(span, right)]);
    } else if engine.omits_html() {
        finding.help("take it out: there is no way to give attributes here");
    } else {
        finding.help("write the element as HTML, with its attributes");
    }
}
