//! Keys as Hugo reads them, in upper and lower case.

use crate::syntax::front_matter::{Node, Tree};

/// The value at the end of a path of keys, which Hugo reads in upper and lower case.
pub(crate) fn get<'t>(tree: &'t Tree, path: &[&str]) -> Option<&'t Node> {
    let (first, rest) = path.split_first()?;
    let entry = tree.entries.iter().rfind(|entry| entry.key.eq_ignore_ascii_case(first))?;
    rest.iter().try_fold(&entry.value, |node, key| child(node, key))
}

/// The value under a key of a map, in upper or lower case.
pub(crate) fn child<'t>(node: &'t Node, key: &str) -> Option<&'t Node> {
    node.entries().iter().rfind(|entry| entry.key.eq_ignore_ascii_case(key)).map(|entry| &entry.value)
}
