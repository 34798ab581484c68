//! What the parser takes without a word, though libyaml refuses it or the author cannot have meant it.

use super::cause::near_key;
use super::line::Line;
use super::wording::{quote_help, subject};
use super::{Data, Entry, Fault, Format, Found, FrontMatter, Node, Style, Tree};
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
/// brackets, and Hugo takes it above the first key.
pub(super) fn tab_in_silent_line(text: &str, range: Span, tree: &Tree) -> Option<Fault> {
    let tabs = memchr::memmem::find_iter(text[range].as_bytes(), "\n\t").map(|at| range.start + at + 1);
    let is_above = |at: usize| tree.entries.first().is_some_and(|first| first.key_span.start < at);
    let mut tabs = tabs.filter(|&at| Line::from(text, at).is_silent() && is_above(at));
    tabs.find(|&at| !tree.entries.iter().any(|entry| is_enclosed(&entry.value, at))).map(tab_in_indent)
}

/// What was read, with what libyaml alone refuses in it.
pub(super) fn as_libyaml_reads(text: &str, mut found: Found) -> Found {
    if let Found::Whole(front) = &mut found {
        let tab = tab_for_libyaml(text, front);
        front.tree.faults.extend(tab.map(|tab| tab_in_indent(tab.start)));
    }
    found
}

/// A tab before a blank line or a comment which libyaml alone refuses (libyaml 0.2.5, `scanner.c`): between quotes and brackets it
/// takes any, behind a text without quotes those to the right of the key, and elsewhere none.
fn tab_for_libyaml(text: &str, front: &FrontMatter) -> Option<Span> {
    let range = front.content;
    let mut start = Some(range.start).filter(|_| front.format == Format::Yaml && front.tree.faults.is_empty());
    while let Some(line) = start.map(|start| Line::from(text, start)) {
        let tab = text[line.indent].find('\t').map(|tab| line.indent.start + tab).filter(|_| line.is_silent());
        if let Some(at) = tab.filter(|&at| at < range.end && is_refused(text, &front.tree.entries, at, 0)) {
            return Some(Span::new(at, at + 1));
        }
        start = line.next(range.end);
    }
    None
}

/// Whether libyaml refuses a tab behind what these entries hold above it, which stand in a column.
fn is_refused(text: &str, entries: &[Entry], at: usize, column: usize) -> bool {
    let above = entries.iter().take_while(|entry| entry.key_span.start < at).last();
    above.is_none_or(|entry| is_refused_behind(text, &entry.value, at, column))
}

fn is_refused_behind(text: &str, node: &Node, at: usize, column: usize) -> bool {
    let column_of = |node: &Node| Line::at(text, node.span.start).indent.len();
    match (node.style, &node.data) {
        (Style::Block, Data::Map(entries)) => {
            let first = entries
                .first()
                .map_or(column, |first| first.key_span.start - Line::at(text, first.key_span.start).span.start);
            node.span.start >= at || is_refused(text, entries, at, first)
        }
        (Style::Block, Data::List(items)) => {
            let above = items.iter().take_while(|item| item.span.start < at).last();
            above.is_none_or(|item| is_refused_behind(text, item, at, column_of(item)))
        }
        (Style::Plain, _) if !node.span.is_empty() => {
            let is_next = text.get(node.span.end..at).is_none_or(|between| between.trim().is_empty());
            !is_next || at - Line::at(text, at).span.start <= column
        }
        (Style::Literal | Style::Folded, _) => false,
        _ => !is_enclosed(node, at),
    }
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
            ("# c\n\t\ntitle: a\n", None),
        ] {
            let tree = yaml(text, Span::new(0, text.len()));
            let told = tree.faults.iter().map(|fault| (fault.span.start, &text[fault.span])).collect::<Vec<_>>();
            assert_eq!(told, at.map(|at| (at, "\t")).into_iter().collect::<Vec<_>>(), "{text:?}");
        }
    }

    /// Asked of Psych 4.
    #[test]
    fn tabs_that_only_libyaml_refuses() {
        for (text, at) in [
            ("\t\ntitle: a\n", Some(0)),
            (" \t# b\ntitle: a\n", Some(1)),
            ("title: a\n \t\ntags: [x]\n", None),
            ("title: a\n\n  \t# b\ntags: [x]\n", None),
            ("title: \"a\"\n \t\ntags: [x]\n", Some(12)),
            ("tags: [x]\n  \t\ntitle: a\n", Some(12)),
            ("title: a\n# c\n \t\ntags: [x]\n", Some(14)),
            ("title:\n \t\ntags: [x]\n", Some(8)),
            ("tags:\n  \t\n  - a\n", Some(8)),
            ("tags:\n  - 'a'\n  \t\n  - b\n", Some(16)),
            ("tags:\n  - a\n   \t\n  - b\n", None),
            ("# c\n\t\ntitle: a\n", Some(4)),
            ("tags: [a,\n \t\n  b]\n", None),
            ("a: b\n  \t\n  c\n", None),
        ] {
            let post = format!("---\n{text}---\n");
            let front = crate::syntax::front_matter::fence::read(&post);
            let front = front.whole().expect("front matter");
            let told = tab_for_libyaml(&post, front).map(|tab| tab.start - 4);
            assert_eq!(told, at, "{text:?}");
        }
    }
}
