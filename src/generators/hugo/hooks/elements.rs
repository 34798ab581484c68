//! Hooks that print what is neither a link nor an image.

use std::sync::LazyLock;

use regex::Regex;

use super::{Shape, Themes, all, layouts};
use crate::files::Files;
use crate::syntax::front_matter::Tree;

static ANCHOR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"\bid=["']?\{\{-?\s*\.Anchor\b"#).expect("a pattern"));

/// Whether a hook of the site makes the ids of headings, in its own way.
pub(in super::super) fn makes_ids(tree: &Tree, files: &Files) -> bool {
    let themes = Themes::of(tree, files);
    let prints_own = |text: &str| ANCHOR.is_match(text);
    all(files, &themes, Shape::Heading).any(|(_, text)| !prints_own(&text))
}

/// Whether a hook of the site, or of a theme that is not here, may set the formulas that the passthrough extension finds.
pub(in super::super) fn may_set_formulas(tree: &Tree, files: &Files) -> bool {
    let themes = Themes::of(tree, files);
    let is_one = |file: &String| file.contains("_markup/render-passthrough");
    let mut roots = layouts(&themes).chain(["_vendor".to_owned()]);
    themes.missing.is_some() || roots.any(|root| files.below(&root, |_| true).iter().any(is_one))
}
