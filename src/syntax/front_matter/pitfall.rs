//! What the parser takes without a word, though libyaml refuses it or the author cannot have meant it.

use super::cause::near_key;
use super::line::Line;
use super::wording::{quote_help, subject};
use super::{Data, Fault, Node, Style, Tree};
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

/// A tab before the first key of a map, which libyaml, js-yaml and Hugo refuse.
pub(super) fn tab_before_key(text: &str, key: &Span) -> Option<Fault> {
    let above = text[..key.start].trim_end_matches([' ', '\t']);
    let tab = above.len() + text[above.len()..key.start].find('\t')?;
    let is_indent = above.is_empty() || above.ends_with('\n');
    is_indent.then(|| tab_in_indent(tab))
}

/// A tab where YAML takes only spaces.
pub(super) fn tab_in_indent(at: usize) -> Fault {
    Fault::new(Span::new(at, at + 1), "a tab indents this line, and YAML takes only spaces").help("indent with spaces")
}

/// A tab at the start of a line that is blank or a comment: libyaml and Hugo refuse it all the same, but between quotes and
/// brackets, and Hugo takes it in the first line.
pub(super) fn tab_in_silent_line(text: &str, range: Span, tree: &Tree) -> Option<Fault> {
    let tabs = memchr::memmem::find_iter(text[range].as_bytes(), "\n\t").map(|at| range.start + at + 1);
    let is_above = |at: usize| !text[range.start..at].trim_matches(['-', '\n', '\r', ' ']).is_empty();
    let mut tabs = tabs.filter(|&at| Line::from(text, at).is_silent() && is_above(at));
    tabs.find(|&at| !tree.entries.iter().any(|entry| is_enclosed(&entry.value, at))).map(tab_in_indent)
}

/// Whether a place lies between quotes or brackets of a value.
fn is_enclosed(node: &Node, at: usize) -> bool {
    let holds = node.span.start <= at && at < node.span.end;
    let encloses = matches!(node.style, Style::SingleQuoted | Style::DoubleQuoted | Style::Flow);
    let mut inner = node.entries().iter().map(|entry| &entry.value).chain(node.items());
    holds && (encloses || inner.any(|node| is_enclosed(node, at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::front_matter::yaml::yaml;

    /// Asked of Psych 4 and Hugo 0.168, each with the byte of the tab at fault.
    #[test]
    fn tabs_where_spaces_belong() {
        for (text, at) in [
            ("\ttitle: a\n", Some(0)),
            ("  \ttitle: a\n", Some(2)),
            ("\ttitle: a\n\tdate: b\n", Some(0)),
            ("title: a\n\tdate: b\n", Some(9)),
            ("title: a\n\t\ndate: b\n", Some(9)),
            ("title: \"a\"\n\t\ndate: b\n", Some(11)),
            ("title: a\n\t# b\n", Some(9)),
            ("title: a\n\t", Some(9)),
            ("tags:\n\t\n  - a\n", Some(6)),
            ("tags:\n\t- a\n", Some(6)),
            ("a:\n  b: c\n  \td: e\n", Some(12)),
            ("title: a\n  \t\ndate: b\n", None),
            ("title: a\n  \tb\n", None),
            ("tags: [\n\t\na]\n", None),
            ("title:\ta\n", None),
            ("\t\ntitle: a\n", None),
        ] {
            let tree = yaml(text, Span::new(0, text.len()));
            let told = tree.faults.iter().map(|fault| (fault.span.start, &text[fault.span])).collect::<Vec<_>>();
            assert_eq!(told, at.map(|at| (at, "\t")).into_iter().collect::<Vec<_>>(), "{text:?}");
        }
    }
}
