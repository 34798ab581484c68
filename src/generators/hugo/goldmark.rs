//! `markup:` of Hugo's config: Hugo 0.111 and, for the passthrough extension, its documentation of 0.122 and later.

use jiff::civil::{Date, date};

use super::keys::{child, get};
use super::version::Version;
use super::{hooks, layers, version};
use crate::files::Files;
use crate::generators::{Reason, Site, config};
use crate::markdown::commonmark::{Delimiter, Options, Strike};
use crate::markdown::ids::{HugoSource, HugoType};
use crate::markdown::{MarkdownEngine, ids};
use crate::syntax::front_matter::{Node, Tree};
use crate::text::beginning;

/// goldmark, unless another engine is asked for, or may be: `blackfriday` was the engine before Hugo 0.60.
pub(crate) fn profile(tree: &Tree, files: &Files) -> Option<MarkdownEngine> {
    let markup = |path: &[&str]| {
        let whole: Vec<&str> = ["markup"].iter().chain(path).copied().collect();
        get(tree, &whole)
    };
    // `markup` came with Hugo 0.60, which took goldmark for it.
    let has_markup = get(tree, &["markup"]).is_some();
    let is_old = !has_markup && (get(tree, &["blackfriday"]).is_some() || version::is_before_goldmark(files));
    let engine = markup(&["defaultMarkdownHandler"]).and_then(config::scalar).unwrap_or("goldmark");
    if is_old || engine != "goldmark" || !tree.faults.is_empty() {
        return None;
    }
    let on = |path: &[&str]| markup(path).and_then(config::switch);
    let usual = Options::goldmark();
    // The name of it changed in Hugo 0.144, and the old one goes first (0.168, `goldmark_config`, `Config.Init`).
    let named = |key: &str| markup(&["goldmark", "parser", key]).and_then(config::scalar);
    let kind = match named("autoHeadingIDType").or_else(|| named("autoIDType")) {
        None | Some("github") => HugoType::Github,
        Some("github-ascii") => HugoType::GithubAscii,
        Some(_) => HugoType::Blackfriday,
    };
    let version = Version::of(files);
    let has_emoji = get(tree, &["enableEmoji"]).and_then(config::switch) == Some(true);
    // Without any config it is no site of Hugo's, and goldmark (1.7, `parser/atx_heading.go`) reads the source by itself.
    let is_bare =
        files.first(layers::CONFIGS).is_none() && !layers::FOLDERS.iter().any(|folder| files.is_folder(folder));
    let source = match version.is_before(144) || is_bare {
        true if has_emoji && version.is_before(120) => HugoSource::MarkdownWithoutEmoji,
        true => HugoSource::Markdown,
        false => HugoSource::Text,
    };
    let ids = ids::Style::Hugo(kind, source);
    let extension = |name: &str| on(&["goldmark", "extensions", name]);
    let typographer =
        extension("typographer").or_else(|| on(&["goldmark", "extensions", "typographer", "disable"]).map(|off| !off));
    let has_ids = on(&["goldmark", "parser", "autoHeadingID"]).unwrap_or(true);
    Some(MarkdownEngine::CommonMark(Options {
        typographer: typographer.unwrap_or(usual.typographer),
        // It came with Hugo 0.122.
        passthrough: match markup(&["goldmark", "extensions", "passthrough"]) {
            Some(told) if !version.is_before(122) => passthrough(told),
            _ => Vec::new(),
        },
        passes_html: !hooks::may_set_formulas(tree, files),
        raw_html: on(&["goldmark", "renderer", "unsafe"]).unwrap_or(usual.raw_html),
        ids: (has_ids && !hooks::makes_ids(tree, files)).then_some(ids),
        // goldmark 1.7.2 takes one tilde as well (`extension/strikethrough.go`), and came with Hugo 0.128.
        strike: if version.is_before(128) { Strike::Two } else { usual.strike },
        // Those before 0.112 passed over what they could not read (`markup/goldmark/codeblocks/render.go`).
        fence_attributes: on(&["highlight", "codeFences"]).unwrap_or(true) && !version.is_before(112),
        ..usual
    }))
}

/// Why posts are read with goldmark, or why that is not known.
pub(super) fn reason(site: &Site, files: &Files) -> Reason {
    let named = get(&site.tree, &["markup", "defaultMarkdownHandler"]).and_then(config::scalar);
    match named {
        _ if site.is_faulty => Reason::because("the config cannot be read"),
        Some(name) if site.markdown.is_none() && name != "goldmark" => {
            Reason::because(format!("`defaultMarkdownHandler` is `{}`, which is not modelled", beginning(name, 40)))
        }
        Some(_) => layers::reason(files, &["markup", "defaultMarkdownHandler"]),
        None if site.markdown.is_none() => {
            Reason::because("the site is built with a Hugo before 0.60, whose engine is not modelled")
        }
        None => Reason::because("Hugo's own, as the config names no other"),
    }
}

/// The day of Hugo 0.60, which took goldmark for Blackfriday, if nothing tells that the site is built with a later one: no
/// `markup`, no `hugo.toml` (Hugo 0.110), no number.
pub(super) fn since(tree: &Tree, files: &Files) -> Option<Date> {
    let is_later = get(tree, &["markup"]).is_some()
        || ["hugo.toml", "hugo.yaml", "hugo.json"].iter().any(|name| files.is_file(name))
        || version::asked(files).is_some_and(|minor| minor >= 60);
    (!is_later).then_some(date(2019, 11, 27))
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
