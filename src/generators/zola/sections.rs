//! What becomes of a page by the sections that it lies in: Zola 0.22, `components/site/src/lib.rs` (`Site::load`) and
//! `components/content/src/library.rs` (`populate_sections`, `sort_section_pages`).

use super::pages::Settings;
use super::slugs::behind_date;
use crate::files::file_name;
use crate::generators::{Build, Why, config};
use crate::syntax::front_matter::Tree;

/// Why a page is in no section that shows it, though it does not say so itself: `content/…`, and its keys.
pub(super) fn why_left_out(settings: &Settings, build: &Build, path: &str, tree: &Tree) -> Option<Why> {
    let (folder, name) = path.rsplit_once('/')?;
    let stem = name.strip_suffix(".md").unwrap_or(name);
    let (stem, language) = settings.language_of(stem);
    let index = language.map_or_else(|| "_index.md".to_owned(), |language| format!("_index.{language}.md"));
    // A draft keeps out all that lies below, in every language.
    let drafted = above(folder).find_map(|folder| {
        let mut indices = settings.index_names().map(|name| format!("{folder}/{name}"));
        indices.find(|index| section(build, index, |tree| config::flag(tree, &["draft"]) == Some(true)) == Some(true))
    });
    if let Some(index) = drafted {
        return Some(Why::OfSection { index, key: "draft" });
    }
    let parent = if stem == "index" { folder.rsplit_once('/').map_or(folder, |(above, _)| above) } else { folder };
    let mut unsorted = None;
    for folder in above(parent) {
        let index = format!("{folder}/{index}");
        let said = section(build, &index, |tree| {
            let sort = config::text(tree, &["sort_by"]).unwrap_or("none").to_owned();
            (sort, config::flag(tree, &["transparent"]) == Some(true))
        });
        // Pages above which no section is are shown by themselves.
        let Some((sort, is_transparent)) = said else { break };
        let key = lacking(&sort, tree, path)?;
        unsorted.get_or_insert(Why::OfSection { index, key });
        if !is_transparent {
            break;
        }
    }
    unsorted
}

/// The key that a page would be sorted by and does not have.
fn lacking(sort: &str, tree: &Tree, path: &str) -> Option<&'static str> {
    let has = |key: &str| tree.get(key).is_some();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = if name.starts_with("index.") { file_name(folder) } else { name };
    let is_dated = || has("date") || behind_date(name).is_some();
    match sort {
        "date" if !is_dated() => Some("date"),
        "update_date" if !is_dated() && !has("updated") => Some("updated"),
        "title" | "title_bytes" if !has("title") => Some("title"),
        "weight" if !has("weight") => Some("weight"),
        _ => None,
    }
}

/// What a file says of its section, if there is one that can be read.
fn section<T>(build: &Build, index: &str, says: impl Fn(&Tree) -> T) -> Option<T> {
    let source = build.files.is_file(index).then(|| build.source(index))??;
    let front = source.head.front_matter().filter(|front| front.tree.faults.is_empty())?;
    Some(says(&front.tree))
}

/// A folder of the content and those above it, from the innermost on.
fn above(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| Some(folder.rsplit_once('/')?.0))
}
