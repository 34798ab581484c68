//! `markdown:` of Hexo's config: hexo-renderer-markdown-it 7.1.1, `index.js` and `lib/renderer.js`.

use super::packages::major;
use crate::generators::config;
use crate::markdown::commonmark::markdown_it::QUOTES;
use crate::markdown::commonmark::{Footnotes, Math, Options, Typography};
use crate::markdown::ids::{Case, Style};
use crate::syntax::front_matter::{Node, Tree};

/// Plugins that leave alone what links and emphasis are made of. `^` and `~` of the last two are not looked for.
const HARMLESS: &[&str] = &[
    "markdown-it-abbr", "markdown-it-cjk-breaks", "markdown-it-container", "markdown-it-emoji", "markdown-it-ins",
    "markdown-it-mark", "markdown-it-sub", "markdown-it-sup",
];
/// The one that makes boxes.
const TASKS: &str = "markdown-it-task-lists";

/// Those that read footnotes.
const FOOTNOTES: &str = "markdown-it-footnote";

/// markdown-it as the config sets it up; 4 is the first version that brings no plugins unasked.
pub(super) fn profile(tree: &Tree, version: &str) -> Option<Options> {
    let get = |path: &[&str]| config::get(tree, &[&["markdown"], path].concat());
    let on = |key: &str| get(&["render", key]).and_then(config::switch);
    let is_modern = major(version).is_some_and(|major| major >= 4) || matches!(version, "" | "*" | "latest");
    let is_other = config::text(tree, &["markdown"]).is_some()
        || get(&["preset"]).and_then(config::scalar).is_some_and(|preset| preset != "default")
        || ["enable_rules", "disable_rules"].iter().any(|key| get(&[key]).is_some_and(|rules| !rules.is_empty()))
        || on("html") == Some(false);
    let plugins = get(&["plugins"]).map_or(&[][..], |plugins| plugins.items());
    let named: Option<Vec<&str>> = plugins.iter().map(plugin).collect();
    let named = named.filter(|_| is_modern && !is_other)?;
    let math = named.iter().find_map(|name| native_math(name));
    let is_known =
        |name: &&str| HARMLESS.contains(name) || matches!(*name, FOOTNOTES | TASKS) || native_math(name).is_some();
    if !named.iter().all(is_known) {
        return None;
    }
    let usual = Options::hexo_markdown_it();
    let quotes = match get(&["render", "quotes"]) {
        Some(told) if !told.is_empty() => four(&config::texts_of(told).concat())?,
        _ => QUOTES,
    };
    let told = get(&["anchors"]).filter(|anchors| !anchors.entries().is_empty());
    let (ids, ids_from) = match told {
        Some(anchors) => anchored(anchors).map_or((None, 1), |(style, level)| (Some(style), level)),
        None => (usual.ids, usual.ids_from),
    };
    Some(Options {
        breaks: on("breaks").unwrap_or(true),
        typographer: on("typographer").unwrap_or(true),
        typography: Typography::MarkdownIt(quotes),
        footnotes: named.contains(&FOOTNOTES).then_some(Footnotes::AtTheEnd),
        tasks: named.contains(&TASKS),
        math: math.unwrap_or(Math::Browser),
        bare_urls: usual.bare_urls.filter(|_| on("linkify").unwrap_or(true)),
        ids,
        ids_from,
        ..usual
    })
}

/// Whether the config tells of ids in a way that is not modelled.
pub(super) fn has_other_ids(tree: &Tree) -> bool {
    config::get(tree, &["markdown", "anchors"])
        .is_some_and(|anchors| !anchors.entries().is_empty() && anchored(anchors).is_none())
}

/// A plugin that is named by itself, or with options that no plugin below reads.
fn plugin(node: &Node) -> Option<&str> {
    config::scalar(node).or_else(|| config::scalar(node.get("name")?).filter(|_| node.get("options").is_none()))
}

/// What takes formulas out.
fn native_math(name: &str) -> Option<Math> {
    match name {
        "markdown-it-katex" | "@iktakahiro/markdown-it-katex" | "markdown-it-mathjax3" => Some(Math::MarkdownItSpaces),
        "@vscode/markdown-it-katex" => Some(Math::MarkdownItLetters),
        _ => None,
    }
}

/// The plugin that takes formulas out, if one is named.
pub(super) fn math_plugin(tree: &Tree) -> Option<&str> {
    let plugins = config::get(tree, &["markdown", "plugins"]).map_or(&[][..], |plugins| plugins.items());
    plugins.iter().filter_map(plugin).find(|name| native_math(name).is_some())
}

fn four(signs: &str) -> Option<[char; 4]> {
    signs.chars().collect::<Vec<_>>().try_into().ok()
}

/// `anchors:` as `lib/anchors.js` reads it, with the level that ids begin at.
fn anchored(anchors: &Node) -> Option<(Style, u8)> {
    let text = |key: &str| anchors.get(key).and_then(config::scalar);
    let one = |text: Option<&str>, usual: Option<char>| match text {
        None => Some(usual),
        Some(text) => {
            let mut signs = text.chars();
            signs.next().map(Some).filter(|_| signs.next().is_none())
        }
    };
    let case = match text("case") {
        None | Some("0") => Case::Kept,
        Some("1") => Case::Lower,
        Some("2") => Case::Upper,
        Some(_) => return None,
    };
    let level = text("level").map_or(Some(2), |level| level.parse().ok())?;
    let separator = one(text("separator"), Some('-'))??;
    let suffix = one(text("collisionSuffix"), None)?;
    Some((Style::HexoAnchors { case, separator, suffix }, level))
}
