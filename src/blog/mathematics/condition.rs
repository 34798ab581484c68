//! On what it depends whether a page gets a part of its layout: `{% if page.mathjax %}`, as far as that can be told
//! without building the site (Liquid 5.4.0, `tags/if.rb`).

use crate::generators;
use crate::post::front_matter::{Tree, Value};

/// When a part of a layout is on a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Condition {
    /// On all pages.
    Always,
    /// On none.
    Never,
    /// Where the front matter switches one of these keys on.
    Switched(Vec<String>),
    /// Only the built site knows.
    #[default]
    Unknown,
}

use Condition::{Always, Never, Switched, Unknown};

impl Condition {
    /// What an `if` or `elsif` asks for, on a site with this config.
    pub(crate) fn of(markup: &str, site: &Tree) -> Condition {
        // Liquid reads from the right, so with both words it is not as it looks.
        if markup.contains(" and ") && markup.contains(" or ") {
            return Unknown;
        }
        match markup.contains(" and ") {
            true => markup.split(" and ").map(|part| atom(part.trim(), site)).fold(Always, Condition::and),
            false => markup.split(" or ").map(|part| atom(part.trim(), site)).fold(Never, Condition::or),
        }
    }

    /// Both.
    pub(crate) fn and(self, other: Condition) -> Condition {
        match (self, other) {
            (Never, _) | (_, Never) => Never,
            (Always, one) | (one, Always) => one,
            (one, other) if one == other => one,
            _ => Unknown,
        }
    }

    /// One of both.
    pub(crate) fn or(self, other: Condition) -> Condition {
        match (self, other) {
            (Always, _) | (_, Always) => Always,
            (Never, one) | (one, Never) => one,
            (Switched(mut keys), Switched(more)) => {
                keys.extend(more);
                keys.sort_unstable();
                keys.dedup();
                Switched(keys)
            }
            _ => Unknown,
        }
    }

    /// The opposite.
    pub(crate) fn opposite(self) -> Condition {
        match self {
            Always => Never,
            Never => Always,
            _ => Unknown,
        }
    }
}

/// One comparison, or a name alone.
fn atom(markup: &str, site: &Tree) -> Condition {
    let words: Vec<&str> = markup.split_whitespace().collect();
    let (name, wanted) = match words[..] {
        [name] => (name, None),
        [name, "==", value] => (name, Some(value.trim_matches(['"', '\'']))),
        [name, "!=", value] => return atom(&format!("{name} == {value}"), site).opposite(),
        _ => return Unknown,
    };
    let held = |holds: bool| if holds { Always } else { Never };
    if let Some(key) = name.strip_prefix("page.") {
        let is_switch = matches!(wanted, None | Some("true")) && !key.is_empty() && !key.contains(['.', '[']);
        return if is_switch && key != "layout" { Switched(vec![key.to_owned()]) } else { Unknown };
    }
    if name == "jekyll.environment" {
        return held(wanted == Some("production"));
    }
    let Some(key) = name.strip_prefix("site.").filter(|key| !key.contains(['[', '?'])) else { return Unknown };
    let path: Vec<&str> = key.split('.').collect();
    // What Jekyll or its plugins put there is not in the config.
    if matches!(path[0], "data" | "posts" | "pages" | "time" | "github" | "tags" | "categories" | "collections") {
        return Unknown;
    }
    let node = generators::get(site, &path);
    let value = node.filter(|node| !node.is_empty());
    match wanted {
        None => held(value.is_some_and(|node| node.value() != Some(Value::Bool(false)))),
        Some("nil" | "null") => held(value.is_none()),
        Some(wanted) => held(value.and_then(|node| node.text()) == Some(wanted)),
    }
}
