//! Templates that lie in folders. When a page gets which of them is not asked, only what they hold.

use super::Mathematics;
use super::bounds::Bounded;
use super::detection::MathDetection;
use crate::files::{Files, join};
use crate::generators::Site;

/// Whether a template of Hugo's sets code that is marked as math (0.168, `docs/content/en/render-hooks/code-blocks.md`).
fn sets_code(path: &str, text: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.starts_with("render-codeblock-math") || name.starts_with("render-codeblock.") && text.contains("math")
}

/// What the names of templates end with.
const TEMPLATES: &[&str] = &["html", "htm", "js", "ejs", "njk", "swig", "pug", "jade", "jsx"];

/// Reads the templates of the site and of its theme, if that lies in the repository.
pub(crate) fn read(files: &Files, site: &Site, folders: &[&str]) -> Mathematics {
    let theme = site.theme.as_ref().map(|theme| join("themes", theme));
    let homes: Vec<String> = theme.clone().into_iter().chain([String::new()]).collect();
    let mut bounded = Bounded::new(files);
    let mut detection = MathDetection::default();
    let mut is_whole = true;
    for home in &homes {
        let paths = folders.iter().flat_map(|folder| bounded.below(&join(home, folder), TEMPLATES));
        for path in paths.collect::<Vec<_>>() {
            let text = bounded.text(&path).unwrap_or_else(|| "".into());
            // An empty one stands for another that is put in its place.
            is_whole &= !text.trim().is_empty();
            detection.read(&text);
            detection.sets_code |= sets_code(&path, &text);
        }
    }
    let is_there = |home: &str| folders.iter().any(|folder| files.is_folder(&join(home, folder)));
    is_whole &= !site.is_faulty
        && !site.own_plugins
        && site.plugins.is_empty()
        && !bounded.is_cut
        && theme.as_deref().is_none_or(is_there)
        && homes.iter().any(|home| is_there(home));
    for source in std::mem::take(&mut detection.scripts) {
        if source.contains("://") || source.starts_with("//") {
            continue;
        }
        let path = source.trim_start_matches('/');
        let places = homes
            .iter()
            .flat_map(|home| site.features.script_folders.iter().map(|folder| join(&join(home, folder), path)));
        match places.filter(|_| !source.contains("{{")).find_map(|path| bounded.text(&path)) {
            Some(script) if !script.trim().is_empty() => detection.read(&script),
            _ => is_whole = false,
        }
    }
    Mathematics::of(detection, is_whole)
}
