//! `markdown_it_plus:` of Hexo's config: hexo-renderer-markdown-it-plus 1.0.6, `lib/renderer.js`.

use super::packages::major;
use crate::generators::config;
use crate::markdown::commonmark::{Footnotes, Math, Options};
use crate::syntax::front_matter::{Node, Tree};

/// What it makes of posts; its plugins can be switched off one by one, and others can be put behind them.
pub(super) fn profile(tree: &Tree, version: &str) -> Option<Options> {
    let get = |key: &str| config::get(tree, &["markdown_it_plus", key]);
    // Whatever is not `true` is off.
    let on = |key: &str| get(key).is_none_or(|value| value.is_null() || config::switch(value) == Some(true));
    let is_known = major(version).is_some_and(|major| major == 1) || matches!(version, "" | "*" | "latest");
    let plugins = get("plugins").map_or(&[][..], |plugins| plugins.items());
    let told: Option<Vec<(&str, bool)>> = plugins.iter().map(switched).collect();
    let told = told.filter(|_| is_known && on("html") && get("quotes").is_none())?;
    let usual = Options::markdown_it_plus();
    let is_off = |name: &str| told.contains(&(name, false));
    Some(Options {
        breaks: on("breaks"),
        typographer: on("typographer"),
        bare_urls: usual.bare_urls.filter(|_| on("linkify")),
        footnotes: Some(Footnotes::AtTheEnd).filter(|_| !is_off("markdown-it-footnote")),
        descriptions: !is_off("markdown-it-deflist"),
        math: if is_off(KATEX) { Math::Browser } else { usual.math },
        ids: usual.ids.filter(|_| !is_off("markdown-it-toc-and-anchor")),
        ..usual
    })
}

const KATEX: &str = "@iktakahiro/markdown-it-katex";

/// One of its own plugins, and whether it is on.
fn switched(node: &Node) -> Option<(&str, bool)> {
    const OWN: &[&str] = &[
        "markdown-it-emoji", "markdown-it-sub", "markdown-it-sup", "markdown-it-deflist", "markdown-it-abbr",
        "markdown-it-footnote", "markdown-it-ins", "markdown-it-mark", KATEX, "markdown-it-toc-and-anchor",
    ];
    let plugin = node.get("plugin")?;
    let name = plugin.get("name").and_then(config::scalar)?;
    let on = plugin.get("enable").and_then(config::switch) == Some(true);
    (OWN.contains(&name) || !on).then_some((name, on))
}
