//! HTML as kramdown reads it (kramdown 2.4.0, `parser/html.rb`). All texts begin at the tag.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::char_classes::{is_letter, is_letter_or_digit, is_word, spaces};
use super::tree::ContentModel;

/// An opening tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'t> {
    /// Its name as it is written.
    pub name: &'t str,
    /// Its attributes as they are written.
    pub attributes: &'t str,
    /// It ends with `/>`.
    pub closed: bool,
    /// Its length in bytes.
    pub len: usize,
}

/// The opening tag that a text begins with, `HTML_TAG_RE`. It may go over several lines.
pub(crate) fn open(text: &str) -> Option<Tag<'_>> {
    let name = name(text.strip_prefix('<')?)?;
    let from = 1 + name.len();
    let mut at = from;
    while let Some(attribute) = attribute(&text[at..]) {
        at += attribute.len;
    }
    let attributes = &text[from..at];
    at += spaces(&text[at..]);
    let closed = text[at..].starts_with('/');
    at += usize::from(closed);
    text[at..].starts_with('>').then_some(Tag { name, attributes, closed, len: at + 1 })
}

/// The name and the length of the closing tag that a text begins with, `HTML_TAG_CLOSE_RE`.
pub(crate) fn close(text: &str) -> Option<(&str, usize)> {
    let name = name(text.strip_prefix("</")?)?;
    let at = 2 + name.len();
    let at = at + spaces(&text[at..]);
    text[at..].starts_with('>').then_some((name, at + 1))
}

/// The length of the closing tag of an element, if a text begins with it.
pub(crate) fn closes(text: &str, name: &str, any_case: bool) -> Option<usize> {
    let rest = text.strip_prefix("</")?;
    let found = rest.get(..name.len())?;
    let same = if any_case { found.eq_ignore_ascii_case(name) } else { found == name };
    let len = 2 + name.len() + spaces(&rest[name.len()..]);
    (same && text[len..].starts_with('>')).then_some(len + 1)
}

/// The length of the comment that a text begins with, `HTML_COMMENT_RE`.
pub(crate) fn comment(text: &str) -> Option<usize> {
    enclosed(text, "<!--", "-->")
}

/// The length of the processing instruction that a text begins with, `HTML_INSTRUCTION_RE`.
pub(crate) fn instruction(text: &str) -> Option<usize> {
    enclosed(text, "<?", "?>")
}

fn enclosed(text: &str, open: &str, close: &str) -> Option<usize> {
    let inside = text.strip_prefix(open)?;
    memchr::memmem::find(inside.as_bytes(), close.as_bytes()).map(|at| open.len() + at + close.len())
}

/// What stands in attributes as they are written: names and values, each name once with its last value. With
/// `lower_case`, as for elements that HTML knows, names are put in lower case.
pub(crate) fn attributes(source: &str, lower_case: bool) -> Vec<(String, String)> {
    let mut list: Vec<(String, String)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut rest = source;
    while let Some(found) = attribute(rest) {
        rest = &rest[found.len..];
        let name = if lower_case { found.name.to_lowercase() } else { found.name.to_owned() };
        match places.entry(name) {
            Entry::Occupied(place) => list[*place.get()].1 = found.value.to_owned(),
            Entry::Vacant(place) => {
                list.push((place.key().clone(), found.value.to_owned()));
                place.insert(list.len() - 1);
            }
        }
    }
    list
}

struct Attribute<'t> {
    name: &'t str,
    value: &'t str,
    /// With the space before it.
    len: usize,
}

/// ` name`, ` name=word` or ` name="any text"`.
fn attribute(text: &str) -> Option<Attribute<'_>> {
    let from = spaces(text);
    if from == 0 {
        return None;
    }
    let name = name(&text[from..])?;
    let end = from + name.len();
    let (value, len) = value(&text[end..]).unwrap_or(("", 0));
    Some(Attribute { name, value, len: end + len })
}

/// The value that follows the name of an attribute, and the length with the `=` before it.
fn value(text: &str) -> Option<(&str, usize)> {
    let equals = spaces(text);
    let from = equals + 1 + spaces(text[equals..].strip_prefix('=')?);
    let rest = &text[from..];
    match rest.bytes().next()? {
        quote @ (b'"' | b'\'') => {
            let len = memchr::memchr(quote, &rest.as_bytes()[1..])?;
            Some((&rest[1..1 + len], from + len + 2))
        }
        _ => {
            let len = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            (len > 0).then(|| (&rest[..len], from + len))
        }
    }
}

/// The name that a text begins with, perhaps with a namespace: `UNAME_STR` of REXML's base parser.
pub(crate) fn name(text: &str) -> Option<&str> {
    let first = local_name(text)?;
    let second = text[first..].strip_prefix(':').and_then(local_name);
    Some(&text[..second.map_or(first, |second| first + 1 + second)])
}

fn local_name(text: &str) -> Option<usize> {
    text.starts_with(|c| is_letter(c) || c == '_').then_some(())?;
    Some(text.find(|c| !(is_letter_or_digit(c) || matches!(c, '-' | '.' | '_'))).unwrap_or(text.len()))
}

/// How the text in an element is read, unless its attributes or the site say otherwise.
pub(crate) fn content_model(name: &str) -> ContentModel {
    match name {
        "address" | "applet" | "article" | "aside" | "blockquote" | "body" | "dd" | "details" | "div" | "dl"
        | "fieldset" | "figure" | "figcaption" | "footer" | "form" | "header" | "hgroup" | "iframe" | "li" | "main"
        | "map" | "menu" | "nav" | "noscript" | "object" | "section" | "summary" | "td" => ContentModel::Block,
        "a" | "abbr" | "acronym" | "b" | "bdo" | "big" | "button" | "cite" | "caption" | "del" | "dfn" | "dt"
        | "em" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "i" | "ins" | "label" | "legend" | "optgroup" | "p"
        | "q" | "rb" | "rbc" | "rp" | "rt" | "rtc" | "ruby" | "select" | "small" | "span" | "strong" | "sub"
        | "sup" | "th" | "tt" => ContentModel::Span,
        _ => ContentModel::Raw,
    }
}

/// Whether an element never begins a block.
pub(crate) fn is_span(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "a", "abbr", "acronym", "b", "big", "bdo", "br", "button", "cite", "code", "del", "dfn", "em", "i", "img",
        "input", "ins", "kbd", "label", "mark", "option", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "samp",
        "select", "small", "span", "strong", "sub", "sup", "tt", "u", "var",
    ];
    NAMES.contains(&name)
}

/// Whether an element stands as text where it is met in running text.
pub(crate) fn is_block(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "address", "article", "aside", "applet", "body", "blockquote", "caption", "col", "colgroup", "dd", "div", "dl",
        "dt", "fieldset", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
        "html", "head", "iframe", "legend", "menu", "li", "main", "map", "nav", "ol", "optgroup", "p", "pre",
        "section", "summary", "table", "tbody", "td", "th", "thead", "tfoot", "tr", "ul",
    ];
    NAMES.contains(&name)
}

/// Whether an element has no closing tag.
pub(crate) fn has_no_body(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link", "meta", "param",
        "source", "track", "wbr",
    ];
    NAMES.contains(&name)
}

/// Whether kramdown knows an element of this name, in lower case: only then letter case does not matter.
pub(crate) fn is_html_element(name: &str) -> bool {
    is_span(name)
        || is_block(name)
        || has_no_body(name)
        || content_model(name) != ContentModel::Raw
        || matches!(name, "script" | "style" | "math" | "textarea")
}

/// The name of an element as kramdown keeps it: in lower case where it knows the element.
pub(crate) fn normalised(name: &str) -> String {
    let lower = name.to_lowercase();
    if is_html_element(&lower) { lower } else { name.to_owned() }
}
