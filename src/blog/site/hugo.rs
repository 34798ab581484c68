//! Hugo's config under all its names. Facts are those of Hugo 0.111 and, for the passthrough extension, of its
//! documentation of 0.122 and later.

use super::{Site, config};
use crate::files::Files;
use crate::post::front_matter::{Node, Tree};
use crate::render::commonmark::{Delimiter, Flavour, Options};
use crate::render::{Profile, ids};

/// The names of the config.
pub const CONFIGS: &[&str] = &[
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "config.toml",
    "config.yaml",
    "config.yml",
    "config.json",
    "config/_default/hugo.toml",
    "config/_default/hugo.yaml",
    "config/_default/hugo.yml",
    "config/_default/config.toml",
    "config/_default/config.yaml",
    "config/_default/config.yml",
];

/// A part of the config that has a file of its own.
const MARKUPS: &[&str] = &["config/_default/markup.toml", "config/_default/markup.yaml", "config/_default/markup.yml"];

/// What Hugo is told.
pub fn read(files: &Files) -> Site {
    config::read(files, CONFIGS, |tree| {
        config::read(files, MARKUPS, |markup| Site {
            is_faulty: !tree.faults.is_empty() || !markup.faults.is_empty(),
            timezone: get(tree, &["timeZone"]).and_then(config::scalar).map(str::to_owned),
            future: flag(tree, &["buildFuture"]).unwrap_or(false),
            url: get(tree, &["baseURL"]).and_then(config::scalar).unwrap_or_default().trim_end_matches('/').to_owned(),
            drafts: flag(tree, &["buildDrafts"]).unwrap_or(false),
            markdown: profile(tree, markup),
            theme: theme(files, tree),
            ..Site::default()
        })
    })
}

/// A theme in `themes`, or modules, which are fetched.
fn theme(files: &Files, tree: &Tree) -> Option<String> {
    let named = get(tree, &["theme"]);
    let first = named.and_then(|theme| config::scalar(theme).or_else(|| config::scalar(theme.items().first()?)));
    let is_module = get(tree, &["module", "imports"]).is_some() || files.is_file("go.mod");
    first.or(is_module.then_some("module")).map(str::to_owned)
}

/// goldmark, unless another engine is asked for, or may be: `blackfriday` was the engine before Hugo 0.60.
fn profile(tree: &Tree, own: &Tree) -> Option<Profile> {
    let markup = |path: &[&str]| {
        let whole: Vec<&str> = ["markup"].iter().chain(path).copied().collect();
        get(tree, &whole).or_else(|| get(own, path))
    };
    let is_old = get(tree, &["blackfriday"]).is_some() && markup(&["goldmark"]).is_none();
    let engine = markup(&["defaultMarkdownHandler"]).and_then(config::scalar).unwrap_or("goldmark");
    if is_old || engine != "goldmark" || !tree.faults.is_empty() || !own.faults.is_empty() {
        return None;
    }
    let on = |path: &[&str]| markup(path).and_then(config::switch);
    let usual = Options::new(Flavour::Goldmark);
    let ids = match markup(&["goldmark", "parser", "autoHeadingIDType"]).and_then(config::scalar) {
        None | Some("github") => ids::Style::HugoGithub,
        Some("github-ascii") => ids::Style::HugoGithubAscii,
        Some(_) => ids::Style::HugoBlackfriday,
    };
    let extension = |name: &str| on(&["goldmark", "extensions", name]);
    let typographer =
        extension("typographer").or_else(|| on(&["goldmark", "extensions", "typographer", "disable"]).map(|off| !off));
    let has_ids = on(&["goldmark", "parser", "autoHeadingID"]).unwrap_or(true);
    Some(Profile::CommonMark(Options {
        typographer: typographer.unwrap_or(usual.typographer),
        passthrough: markup(&["goldmark", "extensions", "passthrough"]).map_or_else(Vec::new, passthrough),
        raw_html: on(&["goldmark", "renderer", "unsafe"]).unwrap_or(usual.raw_html),
        ids: has_ids.then_some(ids),
        ..usual
    }))
}

/// `{enable = true, delimiters = {block = [['\[', '\]'], ['$$', '$$']], inline = [['\(', '\)']]}}`
fn passthrough(node: &Node) -> Vec<Delimiter> {
    if child(node, "enable").and_then(config::switch) != Some(true) {
        return Vec::new();
    }
    let pairs = |name: &str, display: bool| {
        let pairs = child(node, "delimiters").and_then(|all| child(all, name)).map_or(&[][..], Node::items);
        let pair = move |pair: &Node| match pair.items() {
            [open, close] => {
                Some(Delimiter { open: open.text()?.to_owned(), close: close.text()?.to_owned(), display })
            }
            _ => None,
        };
        pairs.iter().filter_map(pair).collect::<Vec<_>>()
    };
    [pairs("block", true), pairs("inline", false)].concat()
}

fn flag(tree: &Tree, path: &[&str]) -> Option<bool> {
    get(tree, path).and_then(config::switch)
}

/// The value at the end of a path of keys, which Hugo reads in upper and lower case.
pub fn get<'t>(tree: &'t Tree, path: &[&str]) -> Option<&'t Node> {
    let (first, rest) = path.split_first()?;
    let entry = tree.entries.iter().rfind(|entry| entry.key.eq_ignore_ascii_case(first))?;
    rest.iter().try_fold(&entry.value, |node, key| child(node, key))
}

/// The value under a key of a map, in upper or lower case.
pub fn child<'t>(node: &'t Node, key: &str) -> Option<&'t Node> {
    node.entries().iter().rfind(|entry| entry.key.eq_ignore_ascii_case(key)).map(|entry| &entry.value)
}
