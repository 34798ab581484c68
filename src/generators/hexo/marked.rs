//! `marked:` of Hexo's config: hexo-renderer-marked 7.0.1, `index.js` and `lib/renderer.js`.

use super::packages::major;
use crate::generators::config;
use crate::markdown::commonmark::{Options, Strike};
use crate::markdown::ids::{Case, Style};
use crate::syntax::front_matter::Tree;

/// marked, in a version that reads CommonMark: before hexo-renderer-marked 3 it was its own dialect (marked 0.x).
pub(super) fn profile(tree: &Tree, version: &str) -> Option<Options> {
    let on = |key: &str| config::flag(tree, &["marked", key]);
    let is_changed = ["pedantic", "dompurify", "quotes"].iter().any(|key| {
        config::get(tree, &["marked", key])
            .is_some_and(|value| !value.is_empty() && config::switch(value) != Some(false))
    });
    if !is_modern(version) || is_changed {
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
    Some(Options {
        tables: is_gfm,
        strike: if is_gfm { usual.strike } else { Strike::Nothing },
        bare_urls: usual.bare_urls.filter(|_| is_gfm && on("autolink").unwrap_or(true)),
        breaks: is_gfm && on("breaks").unwrap_or(true),
        typographer: on("smartypants").unwrap_or(true),
        ids: has_ids.then_some(Style::Hexo(case)),
        ..usual
    })
}

/// Whether a range of versions is one of 3 and later; without a number it is the newest.
fn is_modern(version: &str) -> bool {
    major(version).map_or(matches!(version, "" | "*" | "latest"), |major| major >= 3)
}
