//! The templates of Hugo and Zola. When a page gets which of them is not asked, only what they hold.

use std::path::{Path, PathBuf};

use super::Mathematics;
use super::clues::Clues;
use super::files::Files;
use crate::blog::site::Site;

/// Where a generator has what pages are made of.
pub struct Folders {
    /// The folder of templates, in the site and in a theme.
    pub templates: &'static str,
    /// Folders of scripts, in the site and in a theme.
    pub scripts: &'static [&'static str],
}

/// Hugo 0.111 and later.
pub const HUGO: Folders = Folders { templates: "layouts", scripts: &["static", "assets"] };

/// Zola 0.19.
pub const ZOLA: Folders = Folders { templates: "templates", scripts: &["static"] };

/// Reads the templates of the site and of its theme, if that lies in the repository.
pub fn read(root: &Path, site: &Site, folders: &Folders) -> Mathematics {
    let theme = site.theme.as_ref().map(|theme| root.join("themes").join(theme));
    let homes: Vec<PathBuf> = theme.clone().into_iter().chain([root.to_owned()]).collect();
    let mut files = Files::default();
    let mut clues = Clues::default();
    let mut is_whole = true;
    for home in &homes {
        for path in files.below(&home.join(folders.templates), &["html", "htm", "js"]) {
            let text = files.text(&path).unwrap_or_default();
            // An empty one stands for another that is put in its place.
            is_whole &= !text.trim().is_empty();
            clues.read(&text);
        }
    }
    let is_there = |path: &Path| path.join(folders.templates).is_dir();
    is_whole &= !site.is_faulty
        && !files.is_cut
        && theme.as_deref().is_none_or(is_there)
        && homes.iter().any(|home| is_there(home));
    for source in std::mem::take(&mut clues.scripts) {
        if source.contains("://") || source.starts_with("//") {
            continue;
        }
        let path = source.trim_start_matches('/');
        let places = homes.iter().flat_map(|home| folders.scripts.iter().map(|folder| home.join(folder).join(path)));
        match places.filter(|_| !source.contains("{{")).find_map(|path| files.text(&path)) {
            Some(script) if !script.trim().is_empty() => clues.read(&script),
            _ => is_whole = false,
        }
    }
    Mathematics::of(clues, is_whole)
}
