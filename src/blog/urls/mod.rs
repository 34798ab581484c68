//! Every address of the site, from what its generator writes.

mod lookup;
mod redirects;

use std::sync::{Arc, OnceLock};

use foldhash::{HashMap, HashSet};

use self::redirects::Redirects;
use super::Blog;
use super::links::Places;
use crate::generators::{Plan, Standing, Target, Territory};

pub(crate) use lookup::{Lookup, Near};

/// Every address of a site.
#[derive(Debug, Default)]
pub struct SiteMap {
    /// In the order of their sources.
    targets: Vec<Arc<Target>>,
    by_file: HashMap<String, Vec<usize>>,
    by_source: HashMap<String, Vec<usize>>,
    /// The folders of the files that are written, each with a slash at its end.
    folders: HashSet<String>,
    /// What else the generator says; the targets are taken out of it.
    pub plan: Plan,
    /// Territories of one address, without slashes at their ends, and folders with one.
    places_apart: HashSet<String>,
    /// The length of the longest of them.
    longest_apart: usize,
    redirects: Redirects,
    /// The site's own host, if the config names one.
    pub host: Option<String>,
    /// The path that the site lies under, without a slash at its end.
    pub base: String,
    /// Whether its server takes upper for lower case.
    pub folds_case: bool,
    fuzzy_index: OnceLock<lookup::FuzzyIndex>,
    /// The places on the page of each target.
    places: Vec<Places>,
}

/// What may lie behind a link that is not followed. One at the top can stand for a folder whose name is in no address.
fn beyond(link: &str) -> Territory {
    match link.rsplit_once('/') {
        Some((_, name)) => Territory::Inside(format!("/{name}/")),
        None => Territory::Files,
    }
}

impl SiteMap {
    /// Asks the generator.
    pub(super) fn read(blog: &Blog) -> SiteMap {
        let mut plan = blog.site().conventions.plan(blog.site(), &blog.build());
        plan.territories.extend(blog.files.outside().iter().map(|link| beyond(link)));
        let mut targets = std::mem::take(&mut plan.targets);
        targets.sort_by(|one, other| {
            (&one.source, one.standing, &one.url).cmp(&(&other.source, other.standing, &other.url))
        });
        let (host, base) = blog.site().host_and_path();
        let places = targets.iter().map(|_| Places::default()).collect();
        let mut map = SiteMap { plan, base, host, places, ..SiteMap::default() };
        for (index, target) in targets.iter().enumerate() {
            map.by_file.entry(target.file.clone()).or_default().push(index);
            map.by_source.entry(target.source.clone()).or_default().push(index);
            let folders = target.file.match_indices('/').map(|(slash, _)| &target.file[..=slash]).rev();
            for folder in folders.take_while(|_| target.standing != Standing::Doubtful) {
                if !map.folders.insert(folder.to_owned()) {
                    break;
                }
            }
        }
        map.take_places_apart();
        map.targets = targets.into_iter().map(Arc::new).collect();
        let published = map.of_file("_redirects").next().map(|target| target.source.clone());
        map.redirects = Redirects::read(&blog.files, &map.base, published.as_deref());
        map.folds_case = redirects::folds_case(&blog.files);
        map
    }

    /// All targets, in the order of their sources.
    pub fn targets(&self) -> &[Arc<Target>] {
        &self.targets
    }

    /// What a file becomes: the page itself first. A file can become two things, and a page can have redirects.
    pub(crate) fn of_source(&self, source: &str) -> impl Iterator<Item = &Arc<Target>> {
        self.by_source.get(source).into_iter().flatten().map(|&index| &self.targets[index])
    }

    /// The places on the page of a target of this map.
    pub(super) fn places_of(&self, target: &Target) -> Option<&Places> {
        let same = |&&index: &&usize| std::ptr::eq(&*self.targets[index], target) || *self.targets[index] == *target;
        // A source can have as many addresses as a file has sources.
        let (of_source, of_file) = (self.by_source.get(&target.source)?, self.by_file.get(&target.file)?);
        let fewer = if of_file.len() < of_source.len() { of_file } else { of_source };
        let index = fewer.iter().find(same)?;
        Some(&self.places[*index])
    }

    /// Whether pages may be anywhere, also those whose sources are known.
    pub(crate) fn has_foreign_pages(&self) -> bool {
        self.plan.territories.iter().any(|territory| matches!(territory, Territory::Pages | Territory::All))
    }

    /// The source that a link names instead of an address; `None` for other links.
    pub(in crate::blog) fn internal(&self, path: &str) -> Option<String> {
        let (mark, folder) = self.plan.internal?;
        Some(format!("{folder}{}", path.strip_prefix(mark)?))
    }

    /// The source that a link names together with a query, which is part of the name then and of no file (Zola 0.22,
    /// `components/markdown/src/markdown.rs`, `fix_link`).
    pub(in crate::blog) fn internal_with_query(&self, destination: &str) -> Option<String> {
        let path = destination.split('#').next().filter(|path| path.contains('?'))?;
        self.internal(path)
    }

    /// A path of a source from the folder of the collections on.
    pub(super) fn in_collections<'s>(&self, source: &'s str) -> &'s str {
        let path = source.strip_prefix(&self.plan.sources).unwrap_or(source);
        path.strip_prefix(&self.plan.collections).unwrap_or(path)
    }

    /// What is written to a file of the site; more than one source is a conflict.
    pub(crate) fn of_file(&self, file: &str) -> impl Iterator<Item = &Arc<Target>> {
        self.by_file.get(file).into_iter().flatten().map(|&index| &self.targets[index])
    }
}
