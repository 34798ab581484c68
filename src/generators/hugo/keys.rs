//! Keys as Hugo reads them, in upper and lower case.

use super::version::Version;
use crate::syntax::front_matter::{Node, Style, Tree, Value};

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

/// What Hugo makes of `draft` (0.168, `cast.ToBool`, as `strconv.ParseBool` reads a text): since 0.152 its YAML is that of
/// 1.2, where `yes` and `on` are texts, and a text other than these is false.
pub(crate) fn is_on(value: &Node, version: Version) -> Option<bool> {
    let text = value.text()?;
    Some(match value.value()? {
        // That of before takes words for what YAML 1.1 takes them for (`gopkg.in/yaml.v2`, `resolve.go`).
        Value::Bool(flag) if version.is_before(152) && value.style == Style::Plain => flag,
        _ if version.is_before(152) && value.style == Style::Plain && matches!(text, "y" | "Y") => true,
        Value::Integer(number) => number != 0,
        Value::Float(number) => number != 0.0,
        Value::Bool(flag) if value.style == Style::Bare => flag,
        _ => matches!(text, "1" | "t" | "T" | "TRUE" | "true" | "True"),
    })
}

/// The same of the newest Hugo, and of any that is not told.
pub(crate) fn is_on_now(value: &Node) -> Option<bool> {
    is_on(value, Version::default())
}

/// The same of those before 0.152.
pub(crate) fn is_on_before(value: &Node) -> Option<bool> {
    is_on(value, Version::told(151))
}
