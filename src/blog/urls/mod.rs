//! Where the generator writes what: every page and file of the site, from file names and front matter, without
//! building it.

mod files;
mod form;
mod host;
mod hugo;
mod jekyll;
mod lookup;
mod zola;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::links::Places;
use super::{Blog, Generator};
use crate::post::Post;

pub(super) use files::is_source;
pub use host::Redirects;
pub use lookup::{Lookup, Near};

/// A page or a file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its address from the site's root on, with a slash at its start and escapes undone, without `baseurl`.
    pub url: String,
    /// The file that is written, from the site's folder on: `2022/10/09/a.html`.
    pub file: String,
    /// The file it is made of, from the blog's folder on, with forward slashes.
    pub source: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it is written.
    pub standing: Standing,
}

/// What a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A post.
    Post,
    /// A page of another collection.
    Document,
    /// A page that stands alone.
    Page,
    /// A file that is copied.
    File,
    /// A page that leads on to its source's own.
    Redirect,
}

impl Kind {
    /// Whether it is a page that is made of a source, not a copy.
    pub fn is_page(self) -> bool {
        matches!(self, Kind::Post | Kind::Document | Kind::Page)
    }
}

/// Whether a target is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It is.
    Written,
    /// When its day has come.
    Future,
    /// It may be: something that decides is not known.
    Doubtful,
    /// The front matter says that it is not published.
    Unpublished,
}

impl Target {
    /// Whether it is written, today or when its day has come.
    pub fn is_expected(&self) -> bool {
        matches!(self.standing, Standing::Written | Standing::Future)
    }
}

/// Pages that stand in no source of the blog; what is missing there may well exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Territory {
    /// This address.
    At(String),
    /// All addresses that begin so.
    Below(String),
    /// All with this in them.
    Inside(String),
    /// All that end so.
    Ending(String),
    /// All that begin so and go on with a digit.
    Numbered(String),
    /// All that redirects lead on from.
    Redirected(Redirects),
    /// Pages anywhere: a plugin may write any.
    Pages,
    /// Files of a theme, in folders that the blog itself does not have.
    Theme(String),
    /// Everything: what the generator makes of its sources is not known.
    All,
}

/// Every address of a site.
#[derive(Debug, Default)]
pub struct LinkMap {
    /// In the order of their sources.
    targets: Vec<Target>,
    by_file: HashMap<String, Vec<usize>>,
    by_source: HashMap<String, Vec<usize>>,
    /// The folders of the files that are written, each with a slash at its end.
    folders: HashSet<String>,
    territories: Vec<Territory>,
    /// The site's own host, if the config names one.
    pub host: Option<String>,
    /// The path that the site lies under, without a slash at its end.
    pub base: String,
    /// Whether its server takes upper for lower case.
    pub folds_case: bool,
    /// The folder of the sources, from the blog's folder on; empty, or with a slash at its end.
    pub sources: String,
    scheme: Scheme,
    second_look: OnceLock<lookup::SecondLook>,
    /// The places on the page of each target.
    places: Vec<Places>,
}

/// How the generator makes addresses.
#[derive(Debug, Default)]
enum Scheme {
    Jekyll(Box<jekyll::Settings>),
    Hugo(Box<hugo::Settings>),
    Zola(zola::Settings),
    /// Not at all: files are where they lie.
    #[default]
    Files,
}

impl LinkMap {
    pub(super) fn read(blog: &Blog) -> LinkMap {
        match blog.generator {
            Generator::Jekyll => jekyll::map(blog),
            Generator::Hugo => hugo::map(blog),
            Generator::Zola => zola::map(blog),
            _ => files::map(blog),
        }
    }

    fn new(blog: &Blog, scheme: Scheme, mut targets: Vec<Target>, territories: Vec<Territory>) -> LinkMap {
        targets.sort_by(|one, other| {
            (&one.source, one.standing, &one.url).cmp(&(&other.source, other.standing, &other.url))
        });
        let (host, base) = blog.site().host_and_path();
        let places = targets.iter().map(|_| Places::default()).collect();
        let sources = match &scheme {
            Scheme::Jekyll(settings) => settings.source.clone(),
            _ => String::new(),
        };
        let mut map = LinkMap { scheme, sources, territories, base, host, places, ..LinkMap::default() };
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
        map.targets = targets;
        let published = map.of_file("_redirects").next().map(|target| target.source.clone());
        map.territories.push(Territory::Redirected(Redirects::read(blog, &map.base, published.as_deref())));
        map.folds_case = host::folds_case(blog);
        map
    }

    /// All targets, in the order of their sources.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// What a file becomes: the page itself first. A file can become two things, and a page can have redirects.
    pub fn of_source(&self, source: &str) -> impl Iterator<Item = &Target> {
        self.by_source.get(source).into_iter().flatten().map(|&index| &self.targets[index])
    }

    /// The places on the page of a target of this map.
    pub(super) fn places_of(&self, target: &Target) -> Option<&Places> {
        let same = |&&index: &&usize| self.targets[index] == *target;
        let index = self.by_source.get(&target.source)?.iter().find(same)?;
        Some(&self.places[*index])
    }

    /// Whether nothing is known of what the generator makes of its sources.
    pub fn is_guessed(&self) -> bool {
        matches!(self.scheme, Scheme::Files)
    }

    /// Whether pages may be anywhere, also those whose sources are known.
    pub fn has_foreign_pages(&self) -> bool {
        self.territories.iter().any(|territory| matches!(territory, Territory::Pages | Territory::All))
    }

    /// The source that a link of Zola's, `@/posts/a.md`, names; `None` for other links.
    pub(super) fn internal(&self, path: &str) -> Option<String> {
        let inside = path.strip_prefix("@/").filter(|_| matches!(self.scheme, Scheme::Zola(_)))?;
        Some(format!("content/{inside}"))
    }

    /// A path of a source from the folder of the collections on.
    pub(super) fn in_collections<'s>(&self, source: &'s str) -> &'s str {
        let path = source.strip_prefix(&self.sources).unwrap_or(source);
        match &self.scheme {
            Scheme::Jekyll(settings) => path.strip_prefix(&settings.collections_dir).unwrap_or(path),
            _ => path,
        }
    }

    /// What is written to a file of the site; more than one source is a conflict.
    pub fn of_file(&self, file: &str) -> impl Iterator<Item = &Target> {
        self.by_file.get(file).into_iter().flatten().map(|&index| &self.targets[index])
    }
}

/// Where a post goes, by its own text, which may not be on disk.
pub(super) fn target_of(blog: &Blog, post: &Post) -> Option<Target> {
    match &blog.map().scheme {
        Scheme::Jekyll(settings) => jekyll::target_of(blog, settings, post),
        Scheme::Hugo(settings) => hugo::target_of(blog, settings, post),
        Scheme::Zola(settings) => zola::target_of(settings, post),
        Scheme::Files => None,
    }
}

/// The file behind an address: no slash at its start, no dot segments.
fn relative(file: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
