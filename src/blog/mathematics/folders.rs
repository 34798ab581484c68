//! Templates that lie in folders. When a page gets which of them is not asked, only what they hold.

use super::bounds::Bounded;
use super::detection::MathDetection;
use super::switches::{self, Templates};
use super::{Engine, Mathematics};
use crate::files::{Files, file_name, join};
use crate::generators::{self, Site};
use crate::liquid::Condition;

/// Whether a template of Hugo's sets code that is marked as math (0.168, `docs/content/en/render-hooks/code-blocks.md`).
fn sets_code(path: &str, text: &str) -> bool {
    let name = file_name(path);
    name.starts_with("render-codeblock-math") || name.starts_with("render-codeblock.") && text.contains("math")
}

/// What the names of templates end with.
const TEMPLATES: &[&str] = &["html", "htm", "js", "ejs", "njk", "swig", "pug", "jade", "jsx"];

/// Reads the templates of the site and of its themes, if they lie in the repository.
pub(crate) fn read(files: &Files, site: &Site, folders: &[&str]) -> Mathematics {
    let themes: Vec<String> = site.themes().into_iter().map(|theme| join("themes", theme)).collect();
    // What stands in a stronger one takes the place of the same in the others.
    let homes: Vec<String> = themes.iter().rev().cloned().chain([String::new()]).collect();
    let mut bounded = Bounded::new(files);
    let mut detection = MathDetection::default();
    let mut is_whole = true;
    let mut templates = Templates::new();
    for home in &homes {
        let folders = folders.iter().map(|folder| join(home, folder));
        let paths = folders.flat_map(|folder| {
            let paths = bounded.below(&folder, TEMPLATES);
            paths.into_iter().map(move |path| (folder.len() + 1, path))
        });
        for (below, path) in paths.collect::<Vec<_>>() {
            let text = bounded.text(&path).unwrap_or_else(|| "".into());
            // An empty one stands for another that is put in its place.
            is_whole &= !text.trim().is_empty();
            detection.read_file(&path, &text);
            templates.insert(path[below..].to_owned(), text.clone());
            detection.sets_code |= sets_code(&path, &text);
        }
    }
    let is_there = |home: &str| folders.iter().any(|folder| files.is_folder(&join(home, folder)));
    is_whole &= !site.is_faulty
        && !site.own_plugins
        && site.plugins.is_empty()
        && !bounded.is_cut
        && themes.iter().all(|theme| is_there(theme))
        && homes.iter().any(|home| is_there(home));
    for source in std::mem::take(&mut detection.scripts) {
        if source.contains("://") || source.starts_with("//") {
            continue;
        }
        let path = source.trim_start_matches('/');
        let places = homes
            .iter()
            .flat_map(|home| site.features.script_folders.iter().map(|folder| join(&join(home, folder), path)));
        let read = |path: String| bounded.text(&path).map(|text| (path, text));
        match places.filter(|_| !source.contains("{{")).find_map(read) {
            Some((path, script)) if !script.trim().is_empty() => detection.read_file(&path, &script),
            _ => is_whole = false,
        }
    }
    let found = Mathematics::of(detection, is_whole);
    let may_switch = site.features.templates == generators::Templates::Shortcodes && is_whole;
    let has_engine = matches!(found.engine, Some(Engine::Katex | Engine::MathJax(_)));
    if !may_switch || !has_engine {
        return found;
    }
    match switches::loading(&templates, &site.tree) {
        Condition::Switched(switches) if !cascades(&mut bounded, site) => Mathematics { switches, ..found },
        _ => found,
    }
}

/// Whether keys are handed down to posts from elsewhere.
fn cascades(files: &mut Bounded, site: &Site) -> bool {
    let is_section = |path: &&String| file_name(path).starts_with("_index.");
    let sections = files.below("content", &["md", "html", "markdown"]);
    generators::get(&site.tree, &["cascade"]).is_some()
        || sections.iter().filter(is_section).any(|path| files.text(path).is_none_or(|text| text.contains("cascade")))
}
