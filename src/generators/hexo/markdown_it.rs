//! `markdown:` of Hexo's config: hexo-renderer-markdown-it 7.1.1, `index.js` and `lib/renderer.js`.

use super::packages::major;
use crate::generators::config;
use crate::markdown::commonmark::{Footnotes, Math, Options};
use crate::syntax::front_matter::Tree;

/// Plugins that leave alone what links and emphasis are made of. `^` and `~` of the last two are not looked for.
const HARMLESS: &[&str] = &[
    "markdown-it-abbr", "markdown-it-cjk-breaks", "markdown-it-container", "markdown-it-emoji", "markdown-it-ins",
    "markdown-it-mark", "markdown-it-task-lists", "markdown-it-sub", "markdown-it-sup",
];

/// Those that read footnotes.
const FOOTNOTES: &str = "markdown-it-footnote";

/// markdown-it as it is by itself; 4 is the first version that brings no plugins unasked.
pub(super) fn profile(tree: &Tree, version: &str) -> Option<Options> {
    let get = |key: &str| config::get(tree, &["markdown", key]);
    let on = |key: &str| config::flag(tree, &["markdown", "render", key]);
    let is_modern = major(version).is_some_and(|major| major >= 4);
    let is_other = config::text(tree, &["markdown"]).is_some()
        || get("preset").and_then(config::scalar).is_some_and(|preset| preset != "default")
        || ["enable_rules", "disable_rules"].iter().any(|key| get(key).is_some_and(|rules| !rules.is_empty()))
        || on("html") == Some(false);
    let plugins = get("plugins").map_or(&[][..], |plugins| plugins.items());
    let named: Option<Vec<&str>> = plugins.iter().map(config::scalar).collect();
    let named = named.filter(|_| is_modern && !is_other)?;
    // They take formulas out, as pulldown-cmark does.
    let sets_math = |name: &&str| name.ends_with("markdown-it-katex");
    let is_known = |name: &&str| HARMLESS.contains(name) || *name == FOOTNOTES || sets_math(name);
    if !named.iter().all(is_known) {
        return None;
    }
    let usual = Options::markdown_it();
    Some(Options {
        breaks: on("breaks").unwrap_or(true),
        footnotes: named.contains(&FOOTNOTES).then_some(Footnotes::AtTheEnd),
        math: if named.iter().any(sets_math) { Math::PulldownCmark } else { Math::Browser },
        bare_urls: usual.bare_urls.filter(|_| on("linkify").unwrap_or(true)),
        ..usual
    })
}
