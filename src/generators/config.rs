//! A config file of a generator: its keys, whatever language it is written in.

use crate::files::Files;
use crate::syntax::front_matter::{self, Node, Tree, Value};
use crate::text::Span;

/// The keys of the first of these files that there is; no file has no keys.
pub(crate) fn read(files: &Files, names: &[impl AsRef<str>]) -> Tree {
    let name = names.iter().map(AsRef::as_ref).find(|name| files.is_file(name));
    match name.and_then(|name| Some((name, files.text(name)?))) {
        Some((name, text)) if name.ends_with(".toml") => front_matter::toml(&text, Span::new(0, text.len())),
        // JSON is YAML.
        Some((_, text)) => front_matter::yaml(&text, Span::new(0, end_of_first_document(&text))),
        None => Tree::default(),
    }
}

/// Psych and Hugo read the first document of a file and leave what follows.
fn end_of_first_document(text: &str) -> usize {
    let (mut at, mut has_begun) = (0, false);
    for line in text.split_inclusive('\n') {
        let is_mark = matches!(line.trim_end(), "---" | "...") || line.starts_with("--- ");
        if is_mark && has_begun {
            return at;
        }
        has_begun |= is_mark || !line.trim().is_empty() && !line.starts_with(['#', '%', '\u{feff}']);
        at += line.len();
    }
    text.len()
}

/// The value at the end of a path of keys.
pub(crate) fn get<'t>(tree: &'t Tree, path: &[&str]) -> Option<&'t Node> {
    tree.find(path).map(|entry| &entry.value)
}

/// The text there, unless it is empty or null.
pub(crate) fn text<'t>(tree: &'t Tree, path: &[&str]) -> Option<&'t str> {
    get(tree, path).and_then(scalar)
}

/// A scalar that says something.
pub(crate) fn scalar(node: &Node) -> Option<&str> {
    node.text().filter(|_| !node.is_empty())
}

/// Whether it is switched on there; `None` where nothing is said.
pub(crate) fn flag(tree: &Tree, path: &[&str]) -> Option<bool> {
    get(tree, path).and_then(switch)
}

/// Whether a value switches something on or off.
pub(crate) fn switch(node: &Node) -> Option<bool> {
    match node.value()? {
        Value::Bool(flag) => Some(flag),
        _ => None,
    }
}

/// The texts there: those of a list, or one.
pub(crate) fn texts(tree: &Tree, path: &[&str]) -> Vec<String> {
    get(tree, path).map_or_else(Vec::new, texts_of)
}

/// The texts of a list, or one text.
pub(crate) fn texts_of(node: &Node) -> Vec<String> {
    let nodes = if node.text().is_some() { std::slice::from_ref(node) } else { node.items() };
    nodes.iter().filter_map(scalar).map(str::to_owned).collect()
}

/// The texts that stand under the keys of a map.
pub(crate) fn values(node: &Node) -> Vec<String> {
    node.entries().iter().filter_map(|entry| scalar(&entry.value)).map(str::to_owned).collect()
}

/// The keys of a map.
pub(crate) fn keys(node: &Node) -> Vec<String> {
    node.entries().iter().map(|entry| entry.key.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked of Psych 4 and Hugo 0.168.
    #[test]
    fn one_document_is_read() {
        for (yaml, read) in [
            ("a: 1\n", "a: 1\n"),
            ("---\na: 1\n---\nb: 2\n", "---\na: 1\n"),
            ("# c\n\n--- # d\na: 1\n", "# c\n\n--- # d\na: 1\n"),
            ("a: 1\n---\n", "a: 1\n"),
            ("a: 1\n...\n", "a: 1\n"),
            ("a: |\n  ---\nb: 1\n", "a: |\n  ---\nb: 1\n"),
        ] {
            assert_eq!(&yaml[..end_of_first_document(yaml)], read);
        }
    }
}
