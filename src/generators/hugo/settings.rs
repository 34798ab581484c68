//! What Hugo's config says of addresses (0.111).

use regex::Regex;

use super::dates::DateKeys;
use super::keys::{child, get as find};
use crate::files::{Files, file_name, join};
use crate::generators::config;
use crate::syntax::front_matter::{Node, Tree};

/// The config, as far as it tells where pages go.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// The folders of the content, each with the language it is in, the longest first.
    pub contents: Vec<(String, Option<String>)>,
    /// The folder of what templates ask for by `resources.Get`.
    pub assets: String,
    /// The folders that are copied.
    pub statics: Vec<String>,
    /// The languages.
    pub languages: Vec<String>,
    /// The language whose pages have no folder of their own, if one has none.
    pub rootless: Option<String>,
    /// The language of pages that name none.
    pub usual: String,
    /// Patterns of addresses by section.
    pub permalinks: Vec<(String, String)>,
    /// Pages are files, not folders.
    pub is_ugly: bool,
    /// Addresses keep upper case.
    pub keeps_case: bool,
    /// Folders of the lists of tags and the like.
    pub taxonomies: Vec<String>,
    /// Where the dates of pages are looked for.
    pub dates: DateKeys,
    /// `ignoreFiles`
    pub ignored: Vec<Regex>,
    /// Files come from themes or modules that are not there.
    pub is_partial: bool,
    /// Something in the config moves pages in a way that is not known.
    pub is_unsure: bool,
}

impl Settings {
    /// Whether Hugo leaves a file of the content out.
    pub(crate) fn ignores(&self, file: &str) -> bool {
        let name = file_name(file);
        name.starts_with(['.', '#']) || name.ends_with('~') || self.ignored.iter().any(|pattern| pattern.is_match(file))
    }

    /// The themes that the config names and that are not there.
    pub(crate) fn missing_themes(&self, tree: &Tree, files: &Files) -> Vec<String> {
        let themes = find(tree, &["theme"]).map_or_else(Vec::new, config::texts_of);
        let folder = find(tree, &["themesDir"]).and_then(config::scalar).map_or_else(|| "themes".to_owned(), in_folder);
        // A submodule that was not fetched is an empty folder.
        themes.into_iter().filter(|theme| !files.has_others(&join(&folder, theme), "")).collect()
    }

    /// Reads the keys of the config.
    pub(crate) fn of(files: &Files, tree: &Tree) -> Settings {
        let get = |key: &str| find(tree, &[key]);
        let text = |key: &str| get(key).and_then(config::scalar).map(str::to_owned);
        let flag = |key: &str| get(key).and_then(config::switch).unwrap_or(false);
        let texts = |key: &str| get(key).map_or_else(Vec::new, config::texts_of);
        let languages = pairs(get("languages"));
        let usual = text("defaultContentLanguage").unwrap_or_else(|| "en".to_owned());
        let content = text("contentDir").map_or_else(|| "content".to_owned(), |folder| in_folder(&folder));
        let own_folder = |(name, node): &(String, &Node)| {
            let folder = child(node, "contentDir").and_then(config::scalar)?;
            Some((in_folder(folder), Some(name.clone())))
        };
        let mut contents: Vec<(String, Option<String>)> = languages.iter().filter_map(own_folder).collect();
        if !contents.iter().any(|(folder, _)| *folder == content) {
            contents.push((content, None));
        }
        contents.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
        let themes = texts("theme");
        let theme_dir = text("themesDir").map_or_else(|| "themes".to_owned(), |folder| in_folder(&folder));
        let mut statics: Vec<String> = texts("staticDir").iter().map(|folder| in_folder(folder)).collect();
        if statics.is_empty() {
            statics.push("static".to_owned());
        }
        statics.extend(themes.iter().map(|theme| format!("{theme_dir}/{theme}/static")));
        let is_missing = |theme: &String| !files.is_folder(&join(&theme_dir, theme));
        let permalinks = pairs(get("permalinks"));
        let patterns = permalinks.iter().filter_map(|(section, node)| Some((section.clone(), node.text()?.to_owned())));
        let nested = permalinks.iter().filter(|(kind, _)| kind == "page").flat_map(|(_, node)| node.entries());
        let nested = nested.filter_map(|entry| Some((entry.key.to_lowercase(), entry.value.text()?.to_owned())));
        Settings {
            contents,
            assets: text("assetDir").map_or_else(|| "assets".to_owned(), |folder| in_folder(&folder)),
            statics,
            rootless: (!flag("defaultContentLanguageInSubdir")).then(|| usual.clone()),
            usual,
            languages: languages.into_iter().map(|(name, _)| name).collect(),
            permalinks: patterns.chain(nested).collect(),
            is_ugly: flag("uglyURLs"),
            ignored: texts("ignoreFiles").iter().filter_map(|pattern| Regex::new(pattern).ok()).collect(),
            dates: DateKeys::of(get("frontmatter"), flag("enableGitInfo")),
            keeps_case: flag("disablePathToLower"),
            taxonomies: match get("taxonomies") {
                Some(node) => config::values(node),
                None => vec!["tags".to_owned(), "categories".to_owned()],
            },
            is_partial: themes.iter().any(is_missing) || get("module").is_some(),
            is_unsure: get("module").is_some_and(|module| child(module, "mounts").is_some())
                || flag("removePathAccents"),
        }
    }
}

/// A folder as it is named from the site's on: `./content/ko/` is `content/ko`.
fn in_folder(written: &str) -> String {
    written.split('/').filter(|part| !part.is_empty() && *part != ".").collect::<Vec<_>>().join("/")
}

/// The entries of a map, their keys in lower case.
fn pairs(map: Option<&Node>) -> Vec<(String, &Node)> {
    let entries = map.map_or(&[][..], Node::entries);
    entries.iter().map(|entry| (entry.key.to_lowercase(), &entry.value)).collect()
}
