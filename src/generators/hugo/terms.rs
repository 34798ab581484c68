//! The lists of tags and the like: Hugo 0.168, `hugolib/content_map_page.go` (`assembleTerms`).

use super::keys::{child, get};
use super::pages::is_page;
use super::paths::normalized;
use super::settings::Settings;
use crate::files::is_markdown;
use crate::generators::{Build, config};
use crate::parallel::of_each;
use crate::syntax::front_matter::{Node, Tree};

/// The addresses of all lists of what pages are listed under, from the home page of a language on, with no slash at their
/// ends; `None` where pages may have others: what stands above them hands them some, or they come from elsewhere.
pub(super) fn addresses(settings: &Settings, build: &Build) -> Option<Vec<String>> {
    if settings.is_partial || settings.is_unsure || hands_down(settings, settings.cascade.as_ref()) {
        return None;
    }
    // Pages of a theme may have some as well.
    let themes = settings.statics.iter().filter_map(|mount| mount.folder.strip_suffix("/static"));
    if themes.into_iter().any(|theme| build.files.is_folder(&format!("{theme}/content"))) {
        return None;
    }
    let mut files = Vec::new();
    for mount in &settings.contents {
        let below = build.files.below(&mount.folder, |_| true).into_iter();
        files.extend(below.map(|file| format!("{}/{file}", mount.folder)));
    }
    if files.iter().any(|file| file.contains("_content.")) {
        return None;
    }
    files.retain(|file| is_page(file));
    let of_page = |file: &String| -> Option<Vec<String>> {
        let source = build.source(file)?;
        // In Org and the like it is not read.
        let Some(front) = source.head.front_matter() else { return is_markdown(file).then(Vec::new) };
        let cascade = get(&front.tree, &["cascade"]);
        let is_read = front.tree.faults.is_empty() && !hands_down(settings, cascade);
        is_read.then(|| of_tree(settings, &front.tree))
    };
    let all: Option<Vec<Vec<String>>> = of_each(&files, of_page).into_iter().collect();
    let mut all = all?.concat();
    all.sort_unstable();
    all.dedup();
    Some(all)
}

/// Whether a `cascade` hands down what pages are listed under.
fn hands_down(settings: &Settings, cascade: Option<&Node>) -> bool {
    let Some(cascade) = cascade else { return false };
    let all = if cascade.items().is_empty() { std::slice::from_ref(cascade) } else { cascade.items() };
    all.iter().any(|one| settings.taxonomies.iter().any(|name| child(one, name).is_some()))
}

/// What one page is listed under.
fn of_tree(settings: &Settings, tree: &Tree) -> Vec<String> {
    let mut all = Vec::new();
    for taxonomy in &settings.taxonomies {
        let address = |term: &String| {
            let term = if settings.version.is_before(123) { term.clone() } else { normalized(term) };
            settings.cleaned(&format!("/{taxonomy}/{term}")).trim_end_matches('/').to_owned()
        };
        let terms = [&[taxonomy.as_str()][..], &["params", taxonomy]].map(|path| get(tree, path));
        all.extend(terms.into_iter().flatten().flat_map(config::texts_of).map(|term| address(&term)));
    }
    all
}
