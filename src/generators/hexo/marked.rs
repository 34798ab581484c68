//! `marked:` of Hexo's config: hexo-renderer-marked 7.0.1, `index.js` and `lib/renderer.js`, and the versions before it
//! by the marked that they bring: 0.2 and 0.3 marked 0.3, 1 and 2 marked 0.6 and 0.7, 3 to 6 marked 1, 2 and 4.

use super::packages::major;
use crate::generators::config;
use crate::markdown::commonmark::{Options, Strike};
use crate::markdown::ids::{Case, Style};
use crate::syntax::front_matter::Tree;

/// What becomes of posts. Before hexo-renderer-marked 3 marked was a dialect of its own, of which a part is modelled.
pub(super) fn profile(tree: &Tree, version: &str) -> Option<Options> {
    let on = |key: &str| config::flag(tree, &["marked", key]);
    let is_changed = ["pedantic", "dompurify", "quotes"].iter().any(|key| {
        config::get(tree, &["marked", key])
            .is_some_and(|value| !value.is_empty() && config::switch(value) != Some(false))
    });
    let version = number(version)?;
    if is_changed {
        return None;
    }
    let case = match config::text(tree, &["marked", "modifyAnchors"]) {
        Some("1") => Case::Lower,
        Some("2") => Case::Upper,
        _ => Case::Kept,
    };
    let usual = Options::marked();
    let has_ids = on("headerIds").unwrap_or(true);
    let is_gfm = on("gfm").unwrap_or(true);
    let is_rough = version < 3;
    // Without `gfm`, marked 0.3 wants no space behind the signs of a heading.
    if is_rough && !is_gfm {
        return None;
    }
    Some(Options {
        tables: is_gfm,
        strike: match is_gfm {
            true if version == 0 => Strike::Two,
            true => usual.strike,
            false => Strike::Nothing,
        },
        wide_spaces: !is_rough,
        ascii_punctuation: version < 7,
        is_rough,
        bare_urls: usual.bare_urls.filter(|_| is_gfm && on("autolink").unwrap_or(true)),
        breaks: is_gfm && on("breaks").unwrap_or(true),
        typographer: on("smartypants").unwrap_or(true),
        ids: has_ids.then_some(Style::Hexo(case)),
        ..usual
    })
}

/// The first number of a range of versions; without a number it is the newest.
fn number(version: &str) -> Option<u32> {
    major(version).or_else(|| matches!(version, "" | "*" | "latest").then_some(7))
}
