//! Where Zola writes what: Zola 0.19, `components/content/src/page.rs`, `section.rs`, `file_info.rs`.

use std::collections::HashSet;

use super::sections;
use super::slugs::{Slugs, behind_date};
use crate::files::{Files, file_name};
use crate::generators::address::decoded;
use crate::generators::{Build, Kind, Plan, Standing, Target, Territory, config, copied, relative};
use crate::parallel::of_each;
use crate::post::Post;
use crate::syntax::front_matter::{Entry, Found, Node, Tree};

/// What `config.toml` says of addresses.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    /// `slugify.paths`
    slugs: Slugs,
    keeps_dates: bool,
    /// The default language.
    language: String,
    /// Languages besides that.
    languages: Vec<String>,
    taxonomies: Vec<String>,
    /// Where the pages of taxonomies are.
    taxonomy_folders: Vec<String>,
    /// Those of each other language.
    foreign_taxonomies: Vec<(String, Vec<String>)>,
    /// What the config says may be incomplete.
    is_unsure: bool,
    themes: Vec<String>,
    /// `ignored_content`
    ignored: Vec<glob::Pattern>,
}

impl Settings {
    /// Reads the keys of the config.
    pub(crate) fn of(tree: &Tree) -> Settings {
        let languages = config::get(tree, &["languages"]).map_or(&[][..], |node| node.entries());
        let taxonomies = config::get(tree, &["taxonomies"]).map_or(&[][..], |node| node.items());
        let names = |items: &[Node]| {
            let names = items.iter().filter_map(|item| item.get("name").and_then(config::scalar));
            names.map(str::to_owned).collect::<Vec<_>>()
        };
        let root = config::text(tree, &["taxonomy_root"]).map_or(String::new(), |root| format!("/{root}"));
        let slugs = Slugs::named(config::text(tree, &["slugify", "taxonomies"]));
        let is_rendered = |item: &&Node| item.get("render").and_then(config::switch) != Some(false);
        let folder = |item: &Node| Some(format!("{root}/{}/", slugs.of(item.get("name").and_then(config::scalar)?)));
        // Those of another language lie below its folder (`components/content/src/taxonomies.rs`).
        let of_language = |entry: &Entry| {
            let items = entry.value.get("taxonomies").map_or(&[][..], Node::items).iter();
            let folders = items.filter(is_rendered).filter_map(folder);
            folders.map(|folder| format!("/{}{folder}", entry.key)).collect::<Vec<_>>()
        };
        let own = taxonomies.iter().filter(is_rendered).filter_map(folder);
        let taxonomy_folders = own.chain(languages.iter().flat_map(of_language)).collect();
        let foreign = languages
            .iter()
            .map(|entry| (entry.key.to_string(), names(entry.value.get("taxonomies").map_or(&[][..], Node::items))));
        Settings {
            slugs: Slugs::named(config::text(tree, &["slugify", "paths"])),
            keeps_dates: config::flag(tree, &["slugify", "paths_keep_dates"]).unwrap_or(false),
            language: config::text(tree, &["default_language"]).unwrap_or("en").to_owned(),
            languages: languages.iter().map(|entry| entry.key.to_string()).collect(),
            taxonomies: names(taxonomies),
            taxonomy_folders,
            foreign_taxonomies: foreign.collect(),
            is_unsure: !tree.faults.is_empty() || tree.entries.is_empty(),
            themes: config::texts(tree, &["theme"]),
            ignored: config::texts(tree, &["ignored_content"])
                .iter()
                .filter_map(|pattern| glob::Pattern::new(pattern).ok())
                .collect(),
        }
    }

    /// Whether a file of the content is none to Zola: it holds patterns against whole paths, and a `*` goes over slashes
    /// (`components/site/src/lib.rs`).
    pub(super) fn ignores(&self, path: &str) -> bool {
        !self.ignored.is_empty() && {
            let path = format!("/{path}");
            self.ignored.iter().any(|pattern| pattern.matches(&path))
        }
    }

    /// The taxonomies that are declared for the language of a page: `Config::has_taxonomy`; `None` where the config
    /// cannot be read.
    pub(super) fn taxonomies_of(&self, path: &str) -> Option<&[String]> {
        let stem = path.strip_suffix(".md").unwrap_or(path);
        let own = self.foreign_taxonomies.iter().find(|(language, _)| stem.ends_with(&format!(".{language}")));
        (!self.is_unsure).then(|| own.map_or(&*self.taxonomies, |(_, names)| names))
    }

    fn slug(&self, name: &str) -> String {
        self.slugs.of(name)
    }

    /// A name without the date before it: `2022-10-09-a`, `2022-10-09_a`.
    fn undated<'n>(&self, name: &'n str) -> &'n str {
        behind_date(name).flatten().filter(|_| !self.keeps_dates).unwrap_or(name)
    }

    /// The name of a page without its language, and that, if it is not the default one.
    pub(super) fn language_of<'n>(&self, stem: &'n str) -> (&'n str, Option<&'n str>) {
        match stem.split_once('.') {
            Some((name, language)) if self.languages.iter().any(|known| known == language) => (name, Some(language)),
            _ => (stem, None),
        }
    }

    /// What stands behind the first period in the name of a page where the config has languages, and is none of them, which
    /// stops the build (`file_info.rs`, `find_language`).
    pub(super) fn unknown_language<'p>(&self, path: &'p str) -> Option<&'p str> {
        let (_, language) = file_name(path).strip_suffix(".md")?.split_once('.')?;
        let is_known = language == self.language || self.languages.iter().any(|known| known == language);
        (!self.is_unsure && !self.languages.is_empty() && !is_known).then_some(language)
    }

    /// What the page of a section is called, in each language.
    pub(super) fn index_names(&self) -> impl Iterator<Item = String> {
        let others = self.languages.iter().map(|language| format!("_index.{language}.md"));
        std::iter::once("_index.md".to_owned()).chain(others)
    }
}

/// Where Zola writes what.
pub(crate) fn plan(settings: &Settings, build: &Build) -> Plan {
    let content = build.files.below("content", |_| true);
    let is_page = |file: &&String| file.ends_with(".md") && !settings.ignores(&format!("content/{file}"));
    let pages: Vec<&String> = content.iter().filter(is_page).collect();
    let read = |file: &&String| match build.source(&format!("content/{file}")) {
        Some(source) => page(settings, build, file, &source.head.found),
        None => page(settings, build, file, &Found::None),
    };
    let mut targets: Vec<Target> = of_each(&pages, read).into_iter().flatten().collect();
    targets.extend(assets(&targets, &content));
    targets.extend(copied(build.files, "static"));
    for name in &settings.themes {
        targets.extend(copied(build.files, &format!("themes/{name}/static")));
    }
    let territories = territories(settings, build.files);
    Plan { targets, territories, internal: Some(("@/", "content/")), ..Plan::default() }
}

/// Where a post goes.
pub(crate) fn target_of(settings: &Settings, build: &Build, post: &Post) -> Option<Target> {
    page(settings, build, post.path.strip_prefix("content/")?, &post.found).into_iter().next()
}

fn territories(settings: &Settings, files: &Files) -> Vec<Territory> {
    let mut all: Vec<Territory> =
        settings.taxonomy_folders.iter().map(|folder| Territory::Below(folder.clone())).collect();
    // The section of the root needs no `_index.md`, in no language (`Library`, `components/site/src/lib.rs`).
    let homes = settings.languages.iter().map(|language| format!("/{language}/")).chain(["/".to_owned()]);
    all.extend(homes.flat_map(|home| [home.clone(), home + "index.html"]).map(Territory::At));
    all.extend(
        ["/sitemap.xml", "/robots.txt", "/404.html", "/atom.xml", "/rss.xml"].map(|path| Territory::At(path.into())),
    );
    all.push(Territory::Inside("/page/".into()));
    all.extend(["atom.xml", "rss.xml", "feed.xml", ".css", ".json"].map(|end| Territory::Ending(end.into())));
    if settings.themes.iter().any(|name| !files.is_file(&format!("themes/{name}/theme.toml"))) {
        all.push(Territory::Theme("/".into()));
    }
    all
}

/// The page of a file of `content/`, with its aliases.
fn page(settings: &Settings, build: &Build, path: &str, found: &Found) -> Vec<Target> {
    let nothing = Tree::default();
    let tree = found.whole().map_or(&nothing, |front| &front.tree);
    let is_unsure = found.whole().is_none() || !tree.faults.is_empty();
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let (name, language) = settings.language_of(name);
    let prefix = language.map(|language| format!("/{language}")).unwrap_or_default();
    let own = |key: &str| config::text(tree, &[key]);
    let (above, slug) = match name {
        "_index" => (folder, None),
        "index" if !folder.is_empty() => {
            let (above, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            (above, Some(own("slug").unwrap_or_else(|| settings.undated(name))))
        }
        // `index.x` is in the folder above as well (`FileInfo::new_page`).
        name if name.starts_with("index.") && !folder.is_empty() => {
            let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
            (above, Some(own("slug").unwrap_or(name)))
        }
        name => (folder, Some(own("slug").unwrap_or_else(|| settings.undated(name)))),
    };
    let slug = slug.map(|slug| settings.slug(slug));
    let below = |above: String| match &slug {
        Some(slug) => format!("{prefix}/{above}/{slug}/"),
        None => format!("{prefix}/{above}/"),
    };
    let is_hidden = config::flag(tree, &["draft"]) == Some(true);
    let is_rendered = config::flag(tree, &["render"]) != Some(false);
    let is_section = slug.is_none();
    let is_left_out = || sections::why_left_out(settings, build, &format!("content/{path}"), tree).is_some();
    let standing = match is_hidden || !is_rendered {
        true => Standing::Unpublished,
        false if is_unsure => Standing::Doubtful,
        false if !is_section && is_left_out() => Standing::Unpublished,
        false => Standing::Written,
    };
    let kind = if slug.is_some() { Kind::Post } else { Kind::Page };
    let target = |url: &str, kind: Kind, standing: Standing| {
        let url = format!("/{}", relative(url));
        let url = if url == "/" { url } else { url + "/" };
        let file = format!("{}index.html", &url[1..]);
        Target { url, file, source: format!("content/{path}"), kind, standing }
    };
    let mut targets = match own("path").filter(|_| slug.is_some()) {
        Some(path) => vec![target(&decoded(path), kind, standing)],
        None => {
            let parts: Vec<String> = above.split('/').map(|part| settings.slug(part)).collect();
            let (raw, slugged) = (above.to_owned(), parts.join("/"));
            let doubtful = (raw != slugged).then(|| target(&below(slugged), kind, Standing::Doubtful));
            [target(&below(raw), kind, standing)].into_iter().chain(doubtful).collect()
        }
    };
    targets.extend(config::texts(tree, &["aliases"]).iter().map(|alias| match alias.ends_with(".html") {
        // An alias can name the file itself (0.19, `Site::render_alias`).
        true => {
            let file = relative(alias);
            let (url, source) = (format!("/{file}"), format!("content/{path}"));
            Target { url, file, source, kind: Kind::Redirect, standing }
        }
        false => target(alias, Kind::Redirect, standing),
    }));
    targets
}

/// The files beside an `index.md`, in all folders below, and beside an `_index.md`.
fn assets(pages: &[Target], content: &[String]) -> Vec<Target> {
    let folder_of = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut bundles: Vec<(String, bool, &Target)> = Vec::new();
    for page in pages.iter().filter(|page| page.kind != Kind::Redirect) {
        let path = page.source.strip_prefix("content/").unwrap_or(&page.source);
        let name = file_name(path);
        if name.starts_with("index.") || name.starts_with("_index.") {
            bundles.push((folder_of(path), name.starts_with("index."), page));
        }
    }
    bundles.sort_by(|one, other| one.0.cmp(&other.0));
    let folders: HashSet<&str> = bundles.iter().map(|(folder, ..)| folder.as_str()).collect();
    let mut assets = Vec::new();
    for file in content.iter().filter(|file| !file.ends_with(".md")) {
        let own = folder_of(file);
        let above = own.match_indices('/').map(|(slash, _)| &own[..=slash]).chain([""]);
        let Some(nearest) = above.filter(|folder| folders.contains(folder)).max_by_key(|folder| folder.len()) else {
            continue;
        };
        let first = bundles.partition_point(|(folder, ..)| folder.as_str() < nearest);
        for (folder, is_deep, page) in bundles[first..].iter().take_while(|(folder, ..)| folder == nearest) {
            if *is_deep || *folder == own {
                let url = format!("{}{}", page.url, &file[folder.len()..]);
                assets.push(Target::copy(url, format!("content/{file}"), page.standing));
            }
        }
    }
    assets
}
