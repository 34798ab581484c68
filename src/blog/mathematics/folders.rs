//! The templates of Hugo and Zola. When a page gets which of them is not asked, only what they hold.

use super::Mathematics;
use super::bounds::Bounded;
use super::clues::Clues;
use crate::files::{Files, join};
use crate::generators::Site;

/// Where a generator has what pages are made of.
pub(crate) struct Folders {
    /// The folder of templates, in the site and in a theme.
    pub templates: &'static str,
    /// Folders of scripts, in the site and in a theme.
    pub scripts: &'static [&'static str],
}

/// Hugo 0.111 and later.
pub(crate) const HUGO: Folders = Folders { templates: "layouts", scripts: &["static", "assets"] };

/// Zola 0.19.
pub(crate) const ZOLA: Folders = Folders { templates: "templates", scripts: &["static"] };

/// Reads the templates of the site and of its theme, if that lies in the repository.
pub(crate) fn read(files: &Files, site: &Site, folders: &Folders) -> Mathematics {
    let theme = site.theme.as_ref().map(|theme| join("themes", theme));
    let homes: Vec<String> = theme.clone().into_iter().chain([String::new()]).collect();
    let mut bounded = Bounded::new(files);
    let mut clues = Clues::default();
    let mut is_whole = true;
    for home in &homes {
        for path in bounded.below(&join(home, folders.templates), &["html", "htm", "js"]) {
            let text = bounded.text(&path).unwrap_or_else(|| "".into());
            // An empty one stands for another that is put in its place.
            is_whole &= !text.trim().is_empty();
            clues.read(&text);
        }
    }
    let is_there = |home: &str| files.is_folder(&join(home, folders.templates));
    is_whole &= !site.is_faulty
        && !bounded.is_cut
        && theme.as_deref().is_none_or(is_there)
        && homes.iter().any(|home| is_there(home));
    for source in std::mem::take(&mut clues.scripts) {
        if source.contains("://") || source.starts_with("//") {
            continue;
        }
        let path = source.trim_start_matches('/');
        let places = homes.iter().flat_map(|home| folders.scripts.iter().map(|folder| join(&join(home, folder), path)));
        match places.filter(|_| !source.contains("{{")).find_map(|path| bounded.text(&path)) {
            Some(script) if !script.trim().is_empty() => clues.read(&script),
            _ => is_whole = false,
        }
    }
    Mathematics::of(clues, is_whole)
}
