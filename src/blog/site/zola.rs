//! Zola's `config.toml` (0.19).

use super::{Site, config};
use crate::files::Files;
use crate::post::front_matter::Tree;
use crate::render::commonmark::{Flavour, Options};
use crate::render::{Profile, ids};

/// What Zola is told.
pub fn read(files: &Files) -> Site {
    config::read(files, &["config.toml", "zola.toml"], |tree| Site {
        is_faulty: !tree.faults.is_empty(),
        url: config::text(tree, &["base_url"]).unwrap_or_default().trim_end_matches('/').to_owned(),
        markdown: profile(tree),
        theme: config::text(tree, &["theme"]).map(str::to_owned),
        ..Site::default()
    })
}

fn profile(tree: &Tree) -> Option<Profile> {
    let usual = Options::new(Flavour::PulldownCmark);
    let ids = match config::text(tree, &["slugify", "anchors"]) {
        None | Some("on") => ids::Style::ZolaOn,
        Some(_) => ids::Style::ZolaSafe,
    };
    let typographer = config::flag(tree, &["markdown", "smart_punctuation"]).unwrap_or(usual.typographer);
    let options = Options { typographer, ids: Some(ids), ..usual };
    tree.faults.is_empty().then_some(Profile::CommonMark(options))
}
