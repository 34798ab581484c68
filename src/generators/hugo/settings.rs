//! What Hugo's config says of addresses (0.111).

use regex::Regex;

use super::dates::DateKeys;
use super::keys::{child, get as find};
use super::layers;
use super::mounts::{self, Mount, in_folder};
use super::permalinks::{self, Permalink};
use super::version::Version;
use crate::files::{Files, file_name, join};
use crate::generators::config;
use crate::syntax::front_matter::{Node, Tree};

/// The config, as far as it tells where pages go.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// The folders of the content, the longest first.
    pub contents: Vec<Mount>,
    /// The folder of what templates ask for by `resources.Get`.
    pub assets: String,
    /// The folders that are copied.
    pub statics: Vec<Mount>,
    /// The languages.
    pub languages: Vec<String>,
    /// Those that are not built.
    pub disabled: Vec<String>,
    /// Kinds of pages that are not made, in lower case.
    pub left_out: Vec<String>,
    /// The language whose pages have no folder of their own, if one has none.
    pub rootless: Option<String>,
    /// The language of pages that name none.
    pub usual: String,
    /// Patterns of addresses.
    pub permalinks: Vec<Permalink>,
    /// Pages that are files, not folders.
    pub ugly: Ugly,
    /// Which Hugo builds the site.
    pub version: Version,
    /// Addresses lose their accents.
    pub removes_accents: bool,
    /// Addresses keep upper case.
    pub keeps_case: bool,
    /// Folders of the lists of tags and the like.
    pub taxonomies: Vec<String>,
    /// Where the dates of pages are looked for.
    pub dates: DateKeys,
    /// Drafts are published.
    pub keeps_drafts: bool,
    /// Whether the config makes media types of its own.
    pub has_media_types: bool,
    /// `enableRobotsTXT`
    pub has_robots: bool,
    /// What the folder of the parts of a list is called.
    pub pager: String,
    /// Pages whose time is over are published.
    pub keeps_expired: bool,
    /// `cascade`
    pub cascade: Option<Node>,
    /// The formats that the config makes, in lower case; `None` where a theme may make others.
    pub formats: Option<Vec<String>>,
    /// `ignoreFiles`
    pub ignored: Vec<Regex>,
    /// Files come from themes or modules that are not there.
    pub is_partial: bool,
    /// Something in the config moves pages in a way that is not known.
    pub is_unsure: bool,
}

/// `uglyURLs`
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) enum Ugly {
    /// All pages are folders.
    #[default]
    None,
    /// All are files.
    All,
    /// Those of these sections are files.
    Sections(Vec<String>),
}

impl Ugly {
    fn of(told: Option<&Node>) -> Ugly {
        let is_on = |node: &Node| config::switch(node) == Some(true);
        match told {
            Some(node) if is_on(node) => Ugly::All,
            Some(node) => {
                let sections = node.entries().iter().filter(|entry| is_on(&entry.value));
                Ugly::Sections(sections.map(|entry| entry.key.to_lowercase()).collect())
            }
            None => Ugly::None,
        }
    }

    /// Whether the pages of a section are files.
    pub(crate) fn has(&self, section: &str) -> bool {
        match self {
            Ugly::None => false,
            Ugly::All => true,
            Ugly::Sections(sections) => sections.iter().any(|ugly| ugly == section),
        }
    }
}

impl Settings {
    /// Whether Hugo leaves a file of the content out.
    pub(crate) fn ignores(&self, file: &str) -> bool {
        let name = file_name(file);
        name.starts_with(['.', '#'])
            || name.ends_with('~')
            || self.ignored.iter().any(|pattern| pattern.is_match(file))
            || self.contents.iter().any(|mount| mount.excludes(file))
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
        let off: Vec<String> = texts("disableLanguages").iter().map(|name| name.to_lowercase()).collect();
        let is_disabled = |(name, node): &&(String, &Node)| {
            off.contains(name) || child(node, "disabled").and_then(config::switch) == Some(true)
        };
        let version = Version::of(files);
        // Before 0.112 it was the name of none in upper case, as keys are in lower case (`langs/config.go`).
        let named = |name: String| if version.is_before(112) { name } else { name.to_lowercase() };
        let usual = text("defaultContentLanguage").map_or_else(|| "en".to_owned(), named);
        let content = text("contentDir").map_or_else(|| "content".to_owned(), |folder| in_folder(&folder));
        let mounted = |component: &str| mounts::of(tree, component);
        let contents = mounted("content");
        let mut is_unsure = contents.as_ref().is_some_and(|mounts| mounts.is_unsure);
        let mut contents = contents.map_or_else(|| mounts::of_languages(&languages, content), |mounts| mounts.all);
        contents.sort_by_key(|mount| std::cmp::Reverse(mount.folder.len()));
        let themes = texts("theme");
        let theme_dir = text("themesDir").map_or_else(|| "themes".to_owned(), |folder| in_folder(&folder));
        let mut statics = mounted("static").map_or_else(
            || texts("staticDir").iter().map(|folder| Mount::at(in_folder(folder))).collect::<Vec<_>>(),
            |mounts| {
                is_unsure |= mounts.is_unsure;
                mounts.all
            },
        );
        if statics.is_empty() {
            statics.push(Mount::at("static".to_owned()));
        }
        statics.extend(themes.iter().map(|theme| Mount::at(format!("{theme_dir}/{theme}/static"))));
        let assets = text("assetDir").map_or_else(|| "assets".to_owned(), |folder| in_folder(&folder));
        let is_missing = |theme: &String| !files.is_folder(&join(&theme_dir, theme));
        let taxonomies_of_languages: Vec<String> =
            languages.iter().filter_map(|(_, node)| child(node, "taxonomies")).flat_map(config::values).collect();
        let of_languages = languages.iter().map(|(name, node)| (Some(name), child(node, "permalinks")));
        let (permalinks, are_odd) = permalinks::of(of_languages.chain([(None, get("permalinks"))]));
        Settings {
            contents,
            assets,
            statics,
            rootless: (!flag("defaultContentLanguageInSubdir")).then(|| usual.clone()),
            usual,
            disabled: languages.iter().filter(is_disabled).map(|(name, _)| name.clone()).collect(),
            languages: languages.into_iter().map(|(name, _)| name).collect(),
            left_out: texts("disableKinds").iter().map(|kind| kind.to_lowercase()).collect(),
            permalinks,
            ugly: Ugly::of(get("uglyURLs")),
            version,
            removes_accents: flag("removePathAccents"),
            ignored: texts("ignoreFiles").iter().filter_map(|pattern| Regex::new(pattern).ok()).collect(),
            dates: DateKeys::of(get("frontmatter"), flag("enableGitInfo"), version),
            formats: formats(files, tree, &themes, &theme_dir),
            keeps_drafts: flag("buildDrafts"),
            has_media_types: get("mediaTypes").is_some(),
            has_robots: flag("enableRobotsTXT"),
            pager: text("paginatePath")
                .or_else(|| find(tree, &["pagination", "path"]).and_then(config::scalar).map(str::to_owned))
                .unwrap_or_else(|| "page".to_owned()),
            keeps_expired: flag("buildExpired"),
            cascade: get("cascade").cloned(),
            keeps_case: flag("disablePathToLower"),
            taxonomies: match get("taxonomies") {
                Some(node) => config::values(node),
                None => vec!["tags".to_owned(), "categories".to_owned()],
            }
            .into_iter()
            .chain(taxonomies_of_languages)
            .collect(),
            is_partial: themes.iter().any(is_missing)
                || get("module").is_some_and(|module| child(module, "imports").is_some()),
            is_unsure: is_unsure || are_odd,
        }
    }
}

/// The formats that the config makes, and those of themes that are here; `None` where others may make some.
fn formats(files: &Files, tree: &Tree, themes: &[String], folder: &str) -> Option<Vec<String>> {
    let of = |tree: &Tree| -> Option<Vec<String>> {
        let names = pairs(find(tree, &["outputFormats"])).into_iter().map(|(name, _)| name);
        find(tree, &["module"]).is_none_or(|module| child(module, "imports").is_none()).then(|| names.collect())
    };
    let mut all = of(tree)?;
    for theme in themes {
        let root = join(folder, theme);
        let has_parts = files.is_folder(&join(&root, "config"));
        if has_parts || !files.is_folder(&root) {
            return None;
        }
        let configs: Vec<String> = layers::CONFIGS.iter().map(|name| join(&root, name)).collect();
        let tree = config::read(files, &configs);
        if !tree.faults.is_empty() || find(&tree, &["theme"]).is_some() {
            return None;
        }
        all.extend(of(&tree)?);
    }
    Some(all)
}

/// The entries of a map, their keys in lower case.
fn pairs(map: Option<&Node>) -> Vec<(String, &Node)> {
    let entries = map.map_or(&[][..], Node::entries);
    entries.iter().map(|entry| (entry.key.to_lowercase(), &entry.value)).collect()
}
