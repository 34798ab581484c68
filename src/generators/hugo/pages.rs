//! Where Hugo writes what (0.111).

use std::collections::{HashMap, HashSet};

use super::is_below;
use super::keys;
use super::page::{Front, Name, dated_name, word};
use super::settings::Settings;
use crate::files::file_name;
use crate::generators::address::{decoded, joined};
use crate::generators::{Build, Kind, Plan, Site, Standing, Target, Territory, copied, relative};
use crate::parallel::of_each;
use crate::post::Post;
use crate::syntax::front_matter::Found;

/// Files that become pages.
const PAGES: &[&str] = &["md", "markdown", "mdown", "html", "htm", "org", "adoc", "rst", "pandoc", "pdc"];

/// Where Hugo writes what.
pub(crate) fn plan(site: &Site, settings: &Settings, build: &Build) -> Plan {
    let mut targets = Vec::new();
    for (content, _) in &settings.contents {
        let files = build.files.below(content, |_| true).into_iter().map(|file| format!("{content}/{file}"));
        let is_own = |file: &String| settings.content_of(file).is_some_and(|(folder, _)| folder == content);
        let own = files.filter(|file| !settings.ignores(file) && is_own(file));
        targets.extend(content_targets(site, settings, build, own.collect()));
    }
    let mut territories_of_pages = unknown_pages(settings, build, &targets);
    targets.extend(settings.statics.iter().flat_map(|folder| copied(build.files, folder)));
    let mut territories = territories(settings, &targets);
    territories.append(&mut territories_of_pages);
    Plan { targets, territories, ..Plan::default() }
}

/// Where pages may lie of which the address is not known, by what they are called.
fn unknown_pages(settings: &Settings, build: &Build, targets: &[Target]) -> Vec<Territory> {
    if settings.permalinks.is_empty() {
        return Vec::new();
    }
    let known: HashSet<&str> = targets.iter().map(|target| &*target.source).collect();
    let split = known.iter().filter_map(|source| source.rsplit_once('/'));
    let leaves: Vec<&str> = split.filter(|(_, name)| name.starts_with("index.")).map(|(folder, _)| folder).collect();
    let is_resource = |file: &str| leaves.iter().any(|leaf| is_below(file, leaf));
    let mut all = Vec::new();
    for (content, _) in &settings.contents {
        let files = build.files.below(content, |_| true).into_iter().filter(|file| is_page(file));
        let files = files.map(|file| format!("{content}/{file}"));
        for file in files.filter(|file| !known.contains(&**file) && !settings.ignores(file) && !is_resource(file)) {
            let front = build.source(&file).map(|source| Front::of(&source.text, &source.head.found));
            let own = file.strip_suffix("/index.md").unwrap_or(&file).rsplit('/').next().unwrap_or_default();
            let own = own.split('.').next().unwrap_or_default();
            let slug = dated_name(own).map_or(own, |(_, slug)| slug);
            let front = front.unwrap_or_default();
            let names = [Some(own), Some(slug), front.slug.as_deref(), front.title.as_deref()];
            let words = names.into_iter().flatten().map(|name| settings.cleaned(&format!("/{}", word(name))));
            all.extend(words.filter(|word| word.len() > 1));
        }
    }
    all.sort_unstable();
    all.dedup();
    if all.len() > MOST_UNKNOWN { vec![Territory::All] } else { all.into_iter().map(Territory::Inside).collect() }
}

/// Of so many names that pages may lie under each is kept.
const MOST_UNKNOWN: usize = 200;

/// Where a post goes.
pub(crate) fn target_of(site: &Site, settings: &Settings, build: &Build, post: &Post) -> Option<Target> {
    settings.pages(site, build, post.path, post.text, &post.found).into_iter().next()
}

fn content_targets(site: &Site, settings: &Settings, build: &Build, files: Vec<String>) -> Vec<Target> {
    let (pages, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| is_page(file));
    // What stands in the folder of an `index.md` is its own, pages included.
    let folder_of = |file: &str| file.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let is_leaf = |file: &str| file_name(file).starts_with("index.");
    let leaves: HashMap<String, &String> =
        pages.iter().filter(|file| is_leaf(file)).map(|file| (folder_of(file), file)).collect();
    let leaf_above = |file: &str| {
        file.match_indices('/')
            .map(|(slash, _)| &file[..=slash])
            .find(|folder| leaves.contains_key(*folder))
            .map(str::to_owned)
    };
    let is_own = |file: &&String| leaf_above(file).is_none_or(|folder| is_leaf(file) && folder_of(file) == folder);
    let own: Vec<&String> = pages.iter().filter(is_own).collect();
    let read = |file: &&String| match build.source(file) {
        Some(source) => settings.pages(site, build, file, &source.text, &source.head.found),
        None => settings.pages(site, build, file, "", &Found::None),
    };
    let mut targets: Vec<Target> = of_each(&own, read).into_iter().flatten().collect();
    let mut bundles: HashMap<String, Vec<(String, Standing)>> = HashMap::new();
    for page in targets.iter().filter(|target| target.kind == Kind::Post && is_leaf(&target.source)) {
        // A page that is a file of its own has a folder of the same name.
        let folder = page.url.strip_suffix(".html").unwrap_or(&page.url).trim_end_matches('/').to_owned();
        bundles.entry(folder_of(&page.source)).or_default().push((folder, page.standing));
    }
    for file in others {
        let copies = match leaf_above(&file) {
            Some(folder) => {
                let pages = bundles.get(&folder).into_iter().flatten();
                pages.map(|(page, standing)| (format!("{page}/{}", &file[folder.len()..]), *standing)).collect()
            }
            None => settings.copies(&file),
        };
        targets.extend(copies.into_iter().map(|(url, standing)| Target::copy(url, file.clone(), standing)));
    }
    targets
}

pub(super) fn is_page(file: &str) -> bool {
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
    PAGES.contains(&extension.as_str())
}

fn territories(settings: &Settings, targets: &[Target]) -> Vec<Territory> {
    // The home page, and the lists of the sections, which need no source.
    let homes = settings.languages.iter().map(|language| format!("/{language}/")).chain(["/".to_owned()]);
    let mut lists: Vec<String> = homes.collect();
    for home in lists.clone() {
        let below = targets.iter().filter_map(|target| target.url.strip_prefix(&home)?.split_once('/'));
        let mut sections: Vec<String> = below.map(|(section, _)| format!("{home}{section}/")).collect();
        sections.sort_unstable();
        sections.dedup();
        lists.append(&mut sections);
    }
    // A folder right below that of the content is a section, wherever its pages go.
    let folders = targets.iter().filter(|target| target.kind == Kind::Post).filter_map(|target| {
        let (content, language) = settings.content_of(&target.source)?;
        let (section, _) = target.source.get(content.len() + 1..)?.split_once('/')?;
        Some(settings.cleaned(&format!("{}/{section}/", settings.folder_of_language(language.as_deref()))))
    });
    let folders: HashSet<String> = folders.collect();
    lists.extend(folders);
    let indexes = lists.iter().map(|list| format!("{list}index.html")).collect::<Vec<_>>();
    let mut all: Vec<Territory> = lists.into_iter().chain(indexes).map(Territory::At).collect();
    all.extend(
        settings
            .taxonomies
            .iter()
            .map(|name| Territory::Inside(format!("/{}/", settings.cleaned(name).trim_matches('/')))),
    );
    all.extend(settings.taxonomies.iter().map(|name| Territory::At(format!("/{name}"))));
    all.push(Territory::Inside("/page/".into()));
    all.extend(
        [".xml", ".json", ".css", ".js", ".txt", ".webmanifest", "/404.html"].map(|end| Territory::Ending(end.into())),
    );
    if settings.is_partial {
        all.push(Territory::Theme("/".into()));
    }
    if settings.is_unsure {
        all.push(Territory::All);
    }
    all
}

impl Settings {
    /// The folder of the content that a file lies in, and its language.
    pub(crate) fn content_of(&self, file: &str) -> Option<&(String, Option<String>)> {
        self.contents.iter().find(|(folder, _)| is_below(file, folder))
    }

    /// Where a file goes that belongs to no page: each language may have it.
    fn copies(&self, file: &str) -> Vec<(String, Standing)> {
        let Some((content, language)) = self.content_of(file) else { return Vec::new() };
        let own = self.folder_of_language(language.as_deref());
        let others =
            self.languages.iter().filter(|_| language.is_none()).map(|other| self.folder_of_language(Some(other)));
        let copy = |folder: String, standing| (format!("{folder}{}", &file[content.len()..]), standing);
        let others: Vec<_> =
            others.filter(|other| *other != own).map(|other| copy(other, Standing::Doubtful)).collect();
        std::iter::once(copy(own, Standing::Written)).chain(others).collect()
    }

    /// The folder of the site that a language has: nothing, or `/ko`.
    fn folder_of_language(&self, language: Option<&str>) -> String {
        let language = language.unwrap_or(&self.usual);
        let is_known = self.languages.iter().any(|known| known == language);
        let is_rootless = self.rootless.as_deref() == Some(language);
        if is_rootless || !is_known { String::new() } else { format!("/{language}") }
    }

    /// The page of a file of the content, with its aliases.
    fn pages(&self, site: &Site, build: &Build, source: &str, text: &str, found: &Found) -> Vec<Target> {
        let Some((content, language)) = self.content_of(source) else { return Vec::new() };
        let path = &source[content.len() + 1..];
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let named = self.languages.iter().find(|name| stem.to_lowercase().ends_with(&format!(".{name}")));
        let stem = named.map_or(stem, |name| &stem[..stem.len() - name.len() - 1]);
        let mut front = Front::of(text, found);
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let (folder, name) = match name {
            "_index" => (folder, Name::Section),
            "index" if folder.is_empty() => (folder, Name::Section),
            "index" => {
                let (above, own) = folder.rsplit_once('/').unwrap_or(("", folder));
                (above, Name::Bundle(own))
            }
            name => (folder, Name::Single(name)),
        };
        if let Name::Bundle(own) | Name::Single(own) = name
            && let Some((day, slug)) = dated_name(own)
            && self
                .dates
                .takes_file_name(|key| found.whole().is_some_and(|front| keys::get(&front.tree, &[key]).is_some()))
        {
            front.date = Some(day);
            front.from = front.from.or(Some(day));
            front.slug = front.slug.or_else(|| Some(slug.to_owned()));
        }
        let Some(address) = self.address(folder, name, &front) else { return Vec::new() };
        let below = self.folder_of_language(named.or(language.as_ref()).map(String::as_str));
        // An address of the author's own that begins with a slash has no language before it.
        let below = if front.url.as_ref().is_some_and(|url| url.starts_with('/')) { String::new() } else { below };
        let url = format!("{below}{}", decoded(&address));
        let is_future =
            || front.from.zip(build.zone).is_some_and(|(day, zone)| day > build.now.to_zoned(zone.clone()).date());
        let standing = match &front {
            front if front.is_hidden && !site.unpublished => Standing::Unpublished,
            front if front.is_unsure => Standing::Doubtful,
            _ if !site.future && is_future() => Standing::Future,
            _ => Standing::Written,
        };
        let kind = if name == Name::Section { Kind::Page } else { Kind::Post };
        let target = |url: String, kind| Target { file: file_of(&url), url, source: source.to_owned(), kind, standing };
        let redirect = |alias: &String| {
            let rooted = alias.starts_with('/');
            let alias = if rooted { alias.clone() } else { joined(url.trim_end_matches('/'), alias) };
            target(alias, Kind::Redirect)
        };
        let redirects: Vec<Target> = front.aliases.iter().map(redirect).collect();
        std::iter::once(target(url, kind)).chain(redirects).collect()
    }
}

/// The file behind an address.
fn file_of(url: &str) -> String {
    let path = relative(url);
    let name = file_name(&path);
    match name {
        "" => "index.html".to_owned(),
        name if !url.ends_with('/') && name.contains('.') => path,
        _ => format!("{path}/index.html"),
    }
}
