//! Where a site of Hugo's may have more than its sources tell: lists, parts of lists, what templates make (0.168).

use std::collections::HashSet;

use super::made::{self, Made};
use super::mounts::Mount;
use super::page::{Front, Name, dated_name};
use super::pages::is_page;
use super::paths::lower;
use super::permalinks::word;
use super::settings::Settings;
use super::terms;
use crate::files::is_below;
use crate::generators::{Build, Kind, Site, Target, Territory};

/// Where pages may lie of which the address is not known, by what they are called.
pub(super) fn unknown_pages(settings: &Settings, build: &Build, targets: &[Target]) -> Vec<Territory> {
    if settings.permalinks.is_empty() {
        return Vec::new();
    }
    let known: HashSet<&str> = targets.iter().map(|target| &*target.source).collect();
    let split = known.iter().filter_map(|source| source.rsplit_once('/'));
    let leaves: Vec<&str> = split.filter(|(_, name)| name.starts_with("index.")).map(|(folder, _)| folder).collect();
    let is_resource = |file: &str| leaves.iter().any(|leaf| is_below(file, leaf));
    let mut all = Vec::new();
    for Mount { folder: content, .. } in &settings.contents {
        let files = build.files.below(content, |_| true).into_iter().filter(|file| is_page(file));
        let files = files.map(|file| format!("{content}/{file}"));
        for file in files.filter(|file| !known.contains(&**file) && !settings.ignores(file) && !is_resource(file)) {
            let own = file.strip_suffix("/index.md").unwrap_or(&file).rsplit('/').next().unwrap_or_default();
            let own = own.split('.').next().unwrap_or_default();
            let front = build
                .source(&file)
                .map(|source| Front::of(&source.text, &source.head.found, Name::Bundle(own), settings));
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

/// Pages and files that have no source, or none that says where they go.
pub(super) fn territories(site: &Site, settings: &Settings, build: &Build, targets: &[Target]) -> Vec<Territory> {
    // The home page, and the lists of the sections, which need no source.
    let languages = settings.languages.iter().map(|language| format!("/{language}/"));
    let homes = languages.chain(["/".to_owned()]);
    let mut lists: Vec<String> = if settings.makes_no("home") { Vec::new() } else { homes.collect() };
    // A folder right below that of the content is a section, wherever its pages go.
    let pages = targets.iter().filter(|target| matches!(target.kind, Kind::Post | Kind::Page));
    let folders = pages.filter_map(|target| {
        let mount = settings.content_of(&target.source)?;
        let inside = mount.inside(&target.source)?;
        let path = mount.put(inside);
        let (section, _) = path.split_once('/')?;
        let has_pattern =
            settings.permalinks.iter().any(|rule| rule.kind == "section" && rule.section == lower(section));
        (!has_pattern).then_some(())?;
        let (_, named) = settings.stem(inside);
        let below = settings.folder_of_language(named.or(mount.language.as_ref()).map(String::as_str));
        let list = settings.cleaned(&format!("{below}/{section}/"));
        // Those before 0.148 made a file of a list as well.
        let is_file = settings.ugly.has(&lower(section)) && settings.version.is_before(148);
        Some(if is_file { format!("{}.html", list.trim_end_matches('/')) } else { list })
    });
    let folders: HashSet<String> = folders.filter(|_| !settings.makes_no("section")).collect();
    lists.extend(folders);
    let made = Made::of(site, build.files, settings.is_partial);
    let (mut listed, open) = settings.listed(build);
    lists.append(&mut listed);
    let mut all = open;
    if made.parts {
        // Lists that have a source of their own are known by it.
        let own = targets.iter().filter(|target| target.kind == Kind::Page).map(|target| &target.url);
        let part = |list: &String| {
            Territory::Below(format!("{}/{}/", list.trim_end_matches(".html").trim_end_matches('/'), settings.pager))
        };
        all.extend(lists.iter().chain(own).map(part));
    }
    let indexes = lists.iter().filter(|list| list.ends_with('/')).map(|list| format!("{list}index.html"));
    let indexes: Vec<String> = indexes.collect();
    all.extend(lists.into_iter().chain(indexes).map(Territory::At));
    // Lists whose addresses have a pattern lie below what that begins with.
    let of_lists = settings.permalinks.iter().filter(|rule| match &*rule.kind {
        "page" => false,
        "term" => settings.taxonomies.contains(&rule.section),
        _ => true,
    });
    let patterns =
        of_lists.map(|rule| match rule.pattern.split(':').next().unwrap_or_default().trim_start_matches('/') {
            "" => Territory::Pages,
            start => Territory::Below(format!("/{start}")),
        });
    all.extend(patterns);
    // What a template in the content makes of data lies below its folder (since 0.126).
    for Mount { folder, below, .. } in settings.contents.iter().filter(|_| !settings.version.is_before(126)) {
        let adapters = build.files.below(folder, |_| true).into_iter().filter(|file| file.contains("_content."));
        all.extend(adapters.map(|file| {
            let above = file.rsplit_once('/').map_or("", |(above, _)| above);
            Territory::Below(settings.cleaned(&format!("/{below}/{above}/")))
        }));
    }
    let has_feeds = !["rss", "sitemap"].iter().all(|kind| settings.makes_no(kind));
    let brings = settings.formats.as_ref().is_none_or(|formats| !formats.is_empty());
    all.extend(made::files_of(made, brings, has_feeds, settings.has_robots));
    if settings.is_partial {
        all.push(Territory::Theme("/".into()));
    }
    if settings.is_unsure {
        all.push(Territory::All);
    }
    all
}

impl Settings {
    /// The addresses of the lists of tags and the like, and where others of them may lie.
    fn listed(&self, build: &Build) -> (Vec<String>, Vec<Territory>) {
        let (mut lists, mut open) = (Vec::new(), Vec::new());
        let terms = if self.makes_no("term") { Some(Vec::new()) } else { terms::addresses(self, build) };
        let languages = self.languages.iter().map(|language| self.folder_of_language(Some(language)));
        let mut homes: Vec<String> = languages.chain([self.folder_of_language(None)]).collect();
        homes.sort_unstable();
        homes.dedup();
        for name in &self.taxonomies {
            let list = format!("/{}", self.cleaned(name).trim_matches('/'));
            let has_pattern = self.permalinks.iter().any(|rule| rule.kind == "term" && rule.section == lower(name));
            let is_ugly = self.ugly.has(&lower(name));
            let (of_list, of_term) = match is_ugly {
                // Those before 0.148 made a file of a list as well.
                true if self.version.is_before(148) => (".html", ".html"),
                true => ("/", ".html"),
                false => ("/", "/"),
            };
            for home in homes.iter().filter(|_| !self.makes_no("taxonomy")) {
                lists.push(format!("{home}{list}{of_list}"));
            }
            match &terms {
                _ if has_pattern => {}
                None => open.push(Territory::Inside(format!("{list}/"))),
                Some(terms) => {
                    let start = format!("{list}/");
                    let own = terms.iter().filter(|term| term.starts_with(&start));
                    let of_homes = own.flat_map(|term| homes.iter().map(move |home| format!("{home}{term}{of_term}")));
                    lists.extend(of_homes);
                }
            }
        }
        (lists, open)
    }
}
