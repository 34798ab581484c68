//! Where Hugo writes what (0.111).

use std::collections::HashMap;

use jiff::tz::TimeZone;

use super::cascade::{Said, To, handed};
use super::keys;
use super::mounts::Mount;
use super::page::{Front, Name};
use super::paths::lower;
use super::permalinks::Section;
use super::settings::Settings;
use super::territories::{territories, unknown_pages};
use crate::files::{file_name, is_below};
use crate::generators::address::{decoded, joined};
use crate::generators::{Build, Kind, Plan, Site, Standing, Target, copied, relative};
use crate::parallel::of_each;
use crate::post::Post;
use crate::syntax::front_matter::Found;

/// Files that become pages.
const PAGES: &[&str] = &["md", "markdown", "mdown", "html", "htm", "org", "adoc", "rst", "pandoc", "pdc"];

/// Where Hugo writes what.
pub(crate) fn plan(site: &Site, settings: &Settings, build: &Build) -> Plan {
    let mut targets = Vec::new();
    for Mount { folder: content, .. } in &settings.contents {
        let files = build.files.below(content, |_| true).into_iter().map(|file| format!("{content}/{file}"));
        let is_own = |file: &String| settings.content_of(file).is_some_and(|mount| mount.folder == *content);
        let own = files.filter(|file| !settings.ignores(file) && is_own(file));
        targets.extend(content_targets(site, settings, build, own.collect()));
    }
    let mut territories_of_pages = unknown_pages(settings, build, &targets);
    targets.extend(settings.statics.iter().flat_map(|mount| {
        copied(build.files, &mount.folder).map(|target| match &*mount.below {
            "" => target,
            below => {
                Target { url: format!("/{below}{}", target.url), file: format!("{below}/{}", target.file), ..target }
            }
        })
    }));
    let mut all = territories(site, settings, build, &targets);
    all.append(&mut territories_of_pages);
    Plan { targets, territories: all, ..Plan::default() }
}

/// Where a post goes.
pub(crate) fn target_of(site: &Site, settings: &Settings, build: &Build, post: &Post) -> Option<Target> {
    if settings.is_below_leaf(build, post.path) {
        return None;
    }
    settings.pages(site, build, post.path, post.text, &post.found).into_iter().next()
}

/// What a post says of being rendered, and what is above it.
pub(super) fn said_of(settings: &Settings, build: &Build, post: &Post) -> Option<Said> {
    let mount = settings.content_of(post.path)?;
    let (stem, _) = settings.stem(mount.inside(post.path)?);
    let name = if stem == "index" || stem.ends_with("/index") { Name::Bundle("") } else { Name::Single("") };
    let front = Front::of(post.text, &post.found, name, settings);
    Some(front.said.or(settings.handed(build, mount, stem, Name::Single(stem), &front)))
}

/// The name of a page, without its ending: of an `index.md` that of its folder.
pub(super) fn own_name(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let own = if name.starts_with("index.") { file_name(folder) } else { name };
    own.split('.').next().unwrap_or_default()
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

impl Settings {
    /// The folder of the content that a file lies in, and its language.
    pub(crate) fn content_of(&self, file: &str) -> Option<&Mount> {
        self.contents.iter().find(|mount| is_below(file, &mount.folder))
    }

    /// Where a file goes that belongs to no page: each language may have it.
    fn copies(&self, file: &str) -> Vec<(String, Standing)> {
        let Some(mount) = self.content_of(file) else { return Vec::new() };
        let (language, path) = (&mount.language, mount.put(mount.inside(file).unwrap_or_default()));
        let own = self.folder_of_language(language.as_deref());
        let others =
            self.languages.iter().filter(|_| language.is_none()).map(|other| self.folder_of_language(Some(other)));
        let copy = |folder: String, standing| (format!("{folder}/{path}"), standing);
        let others: Vec<_> =
            others.filter(|other| *other != own).map(|other| copy(other, Standing::Doubtful)).collect();
        std::iter::once(copy(own, Standing::Written)).chain(others).collect()
    }

    /// The folder of the site that a language has: nothing, or `/ko`.
    pub(super) fn folder_of_language(&self, language: Option<&str>) -> String {
        let language = language.unwrap_or(&self.usual);
        let is_known = self.languages.iter().any(|known| known == language);
        let is_rootless = self.rootless.as_deref() == Some(language);
        if is_rootless || !is_known { String::new() } else { format!("/{language}") }
    }

    /// The path of a file of the content without its ending, and the language that its name says.
    pub(super) fn stem<'p>(&self, path: &'p str) -> (&'p str, Option<&String>) {
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let says = |name: &&String| {
            let end = stem.rsplit_once('.').map_or("", |(_, end)| end);
            end == *name || end.eq_ignore_ascii_case(name) && !self.version.is_before(123)
        };
        let named = self.languages.iter().chain([&self.usual]).find(says);
        (named.map_or(stem, |name| &stem[..stem.len() - name.len() - 1]), named)
    }

    /// The sections that a page of a folder lies in.
    fn sections(&self, build: &Build, mount: &Mount, folder: &str) -> Vec<Section> {
        let ends = folder.match_indices('/').map(|(slash, _)| slash).chain([folder.len()]);
        let folders = ends.map(|end| &folder[..end]).filter(|folder| !folder.is_empty());
        let section = |folder: &str| {
            let index = self.index(build, &format!("{}/{folder}", mount.folder));
            if index.is_none() && folder.contains('/') {
                return None;
            }
            let source = index.and_then(|index| build.source(&index));
            let front = source.map(|source| Front::of(&source.text, &source.head.found, Name::Section, self));
            let word = front.and_then(|front| front.slug.or(front.title));
            Some(Section { folder: mount.put(folder), word })
        };
        folders.filter_map(section).collect()
    }

    /// The page of a folder: `_index.md`.
    fn index(&self, build: &Build, folder: &str) -> Option<String> {
        let entries = build.files.folder(folder);
        let is_index = |name: &str| name.starts_with("_index.") && is_page(name);
        let index = entries.entries().iter().map(|entry| &*entry.name).find(|name| is_index(name))?;
        Some(format!("{folder}/{index}"))
    }

    /// What a page gets of the pages above it, the nearest first, and of the config.
    fn handed(&self, build: &Build, mount: &Mount, stem: &str, name: Name, front: &Front) -> Said {
        let path = match name {
            Name::Single(_) if !stem.ends_with("/index") => stem,
            _ => stem.rsplit_once('/').map_or("", |(folder, _)| folder),
        };
        let path = lower(&format!("/{}", mount.put(path)));
        let content = &mount.folder;
        let to = To { path: &path, is_section: name == Name::Section, version: self.version };
        let mut said = handed(front.cascade.as_ref(), &to);
        let mut folder = stem.rsplit_once('/').map_or("", |(folder, _)| folder);
        loop {
            let above = if folder.is_empty() { content.to_owned() } else { format!("{content}/{folder}") };
            if let Some(source) = self.index(build, &above).and_then(|index| build.source(&index)) {
                let tree = source.head.front_matter().map(|front| &front.tree);
                let cascade = tree.and_then(|tree| keys::get(tree, &["cascade"]));
                said = said.or(handed(cascade, &to));
                // A list took all below it away with itself (0.111, `content_map_page.go`, `assembleSections`).
                if self.version.is_before(123) && name != Name::Section {
                    let own = tree.map(|tree| Said::of(tree, self.version)).unwrap_or_default();
                    let of_list = To { path: &lower(&format!("/{}", mount.put(folder))), is_section: true, ..to };
                    said.is_below_draft |= own.or(handed(cascade, &of_list)).draft == Some(true);
                }
            }
            if folder.is_empty() {
                break;
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        said.or(handed(self.cascade.as_ref(), &to))
    }

    /// Whether a file lies below an `index.md`, and is part of its page.
    fn is_below_leaf(&self, build: &Build, file: &str) -> bool {
        let Some(Mount { folder: content, .. }) = self.content_of(file) else { return false };
        let has_leaf = |folder: &str| {
            let entries = build.files.folder(folder);
            entries.entries().iter().any(|entry| entry.name.starts_with("index.") && is_page(&entry.name))
        };
        let ends = file.match_indices('/').map(|(slash, _)| slash).filter(|slash| *slash >= content.len());
        let (own, name) = file.rsplit_once('/').unwrap_or(("", file));
        let mut folders = ends.map(|end| &file[..end]).filter(|folder| !(*folder == own && name.starts_with("index.")));
        folders.any(has_leaf)
    }

    /// Whether pages of its kind are not made.
    fn leaves_out(&self, name: Name) -> bool {
        self.makes_no(if name == Name::Section { "section" } else { "page" })
    }

    /// Whether pages of a kind are not made.
    pub(super) fn makes_no(&self, kind: &str) -> bool {
        self.left_out.iter().any(|out| out == kind)
    }

    /// The page of a file of the content, with its aliases.
    fn pages(&self, site: &Site, build: &Build, source: &str, text: &str, found: &Found) -> Vec<Target> {
        let Some(mount) = self.content_of(source) else { return Vec::new() };
        let (stem, named) = self.stem(mount.inside(source).unwrap_or_default());
        let language = named.or(mount.language.as_ref()).map(String::as_str);
        // The usual one could be none of them before 0.112.
        let is_built = |name: &str| self.languages.is_empty() || self.languages.iter().any(|known| known == name);
        let is_lost = self.version.is_before(112) && !is_built(language.unwrap_or(&self.usual));
        if is_lost || self.disabled.iter().any(|off| Some(&**off) == language) {
            return Vec::new();
        }
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let (folder, name) = match name {
            "_index" => (folder, Name::Section),
            "index" if folder.is_empty() => (folder, Name::Section),
            name if name == "index" || name.starts_with("index.") && self.version.is_before(123) => {
                let (above, own) = folder.rsplit_once('/').unwrap_or(("", folder));
                (above, Name::Bundle(own))
            }
            name => (folder, Name::Single(name)),
        };
        let mut front = Front::of(text, found, name, self);
        let said = front.said.or(self.handed(build, mount, stem, name, &front));
        (front.date, front.from) = (front.date.or(said.day), front.from.or(said.day));
        let sections = || self.sections(build, mount, folder);
        let put = mount.put(folder);
        let Some(address) = self.address(language.or(Some(&self.usual)), (&put, name), &front, &sections) else {
            return Vec::new();
        };
        let below = self.folder_of_language(language);
        // An address of the author's own that begins with a slash has no language before it.
        let below = if front.url.as_ref().is_some_and(|url| url.starts_with('/')) { String::new() } else { below };
        let below = below.as_str();
        let is_told =
            |prefix: &str| !prefix.is_empty() && front.url.is_some() && address.starts_with(&format!("{prefix}/"));
        let below = if is_told(below) { "" } else { below };
        let url = format!("{below}{}", decoded(&address));
        let today = |zone: &TimeZone| build.now.to_zoned(zone.clone()).date();
        let is_over = || front.until.zip(build.zone).is_some_and(|(day, zone)| day < today(zone));
        let is_future = || front.from.zip(build.zone).is_some_and(|(day, zone)| day > today(zone));
        let standing = match &front {
            _ if (said.draft == Some(true) || said.is_below_draft) && !site.unpublished => Standing::Unpublished,
            _ if said.renders == Some(false) || self.leaves_out(name) => Standing::Unpublished,
            front if front.is_unsure || said.is_unsure => Standing::Doubtful,
            _ if !self.keeps_expired && is_over() => Standing::Unpublished,
            _ if !site.future && is_future() => Standing::Future,
            _ => Standing::Written,
        };
        let kind = if name == Name::Section { Kind::Page } else { Kind::Post };
        let target = |url: String, kind| Target { file: file_of(&url), url, source: source.to_owned(), kind, standing };
        let redirect = |alias: &String| {
            // Those from the root on lie below the folder of the language since 0.155.
            let below = if self.version.is_before(155) { String::new() } else { self.folder_of_language(language) };
            let alias = match alias.starts_with('/') {
                true => format!("{below}{alias}"),
                false => joined(url.trim_end_matches('/'), alias),
            };
            let is_file = self.ugly.has(&lower(put.split('/').next().unwrap_or_default())) && !alias.ends_with(".html");
            target(if is_file { format!("{}.html", alias.trim_end_matches('/')) } else { alias }, Kind::Redirect)
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
