//! What the parser takes without a word, though libyaml refuses it or the author cannot have meant it.

use super::cause::near_key;
use super::line::Line;
use super::wording::{quote_help, subject};
use super::{Data, Fault, Node, Style};
use crate::text::{Span, first_line};

/// `{{ title }}`, which YAML takes for a map in a map.
pub(super) fn template(text: &str, key: &str, node: &Node) -> Option<Fault> {
    let is_map = matches!(node.data, Data::Map(_)) && node.style == Style::Flow;
    if !is_map || !text[node.span].starts_with("{{") {
        return None;
    }
    let written = &text[node.span];
    let message = format!("the value of `{key}` is a template, which YAML reads as a map");
    let span = first_line(text, node.span);
    Some(Fault::new(span, message).help(quote_help(Some(key), written)))
}

/// `*name` where nothing is named so.
pub(super) fn unresolved_alias(text: &str, span: Span) -> Fault {
    let line = Line::at(text, span.start);
    let written = &text[span];
    let name = written.trim_start_matches('*');
    let message = format!("`{written}` repeats a value named `{name}` in YAML, and no value has that name");
    Fault::new(span, message).help(quote_help(line.key_text(), line.value_text()))
}

/// `!important text`, which YAML takes for a text of the type `important`. R Markdown and Quarto use `!expr` and `!r`.
pub(super) fn dropped_tag(text: &str, tag: Option<&str>, value: &Span) -> Option<Fault> {
    let tag = tag.filter(|tag| tag.starts_with('!') && !matches!(*tag, "!expr" | "!r" | "!str" | "!binary"))?;
    let line = Line::at(text, value.start);
    let start = line.span.start + text[line.span.start..value.start].rfind(tag)?;
    let message = format!("{} starts with `{tag}`, which YAML takes for a type and drops", subject(&line));
    Some(Fault::new(Span::new(start, start + tag.len()), message).help(quote_help(line.key_text(), line.value_text())))
}

/// A document that is a list or a text.
pub(super) fn no_keys(text: &str, node: &Node) -> Fault {
    let line = Line::at(text, node.span.start);
    if let (Data::Scalar(_), Some(fault)) = (&node.data, near_key(&line)) {
        return fault;
    }
    let what = if matches!(node.data, Data::List(_)) { "a list" } else { "a text" };
    let message = format!("this is {what} without keys, so nothing in it counts");
    Fault::new(first_line(text, node.span), message).help("write one `key: value` on each line")
}

/// A colon with nothing before it, which libyaml refuses.
pub(super) fn nameless(text: &str, at: usize) -> Option<Fault> {
    let fault = Fault::new(Span::new(at, at + 1), "a `:` stands without a key before it");
    text[at..].starts_with(':').then(|| fault.help("write the key before it"))
}

/// `&제목 a`: libyaml takes only ASCII letters, digits, `-` and `_` for the name of an anchor.
pub(super) fn anchor(text: &str, name: &str, span: Span) -> Option<Fault> {
    if name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        return None;
    }
    let line = Line::at(text, span.start);
    let message = format!("{} starts with `&`, which YAML keeps for itself", subject(&line));
    Some(
        Fault::new(Span::new(span.start, span.start + 1), message).help(quote_help(line.key_text(), line.value_text())),
    )
}

/// A tab between a dash and its item, which libyaml refuses.
pub(super) fn tab_after_dash(text: &str, gap: Span) -> Option<Fault> {
    let line = text[gap].rfind('\n').map_or(gap.start, |at| gap.start + at + 1);
    let tab = line + text[line..gap.end].find("-\t").or_else(|| text[line..gap.end].find("- \t").map(|at| at + 1))? + 1;
    Some(
        Fault::new(Span::new(tab, tab + 1), "a tab follows the dash, and YAML takes only spaces")
            .help("put a space there"),
    )
}
