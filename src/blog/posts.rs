//! Which files are the posts of a blog.

use std::collections::HashMap;
use std::path::Path;

use super::Blog;
use crate::files::{Kept, PathPattern, file_name, fitting, idle, is_below, is_markdown};
use crate::generators::Role;
use crate::post::{Post, slug_of};

/// Folders that no generator takes posts from.
const PRUNED: &[&str] = &["node_modules", "vendor", "_site", "public", "target", "renv"];

/// The texts of a blog.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Its posts.
    posts: Vec<String>,
    /// What is not published yet.
    drafts: Vec<String>,
    /// Why some folder could not be listed.
    faults: Vec<String>,
    /// Why something with the name of a post is none.
    left: Vec<String>,
}

/// How a post is not published yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Draft {
    /// It lies in a folder of such.
    Apart,
    /// Its front matter keeps it out.
    Withheld,
}

impl Blog {
    /// The posts of the blog: paths from its folder on, sorted.
    pub fn posts(&self) -> &[String] {
        &self.listing().posts
    }

    /// What lies beside the posts and is not published yet: paths from its folder on, sorted.
    pub(crate) fn drafts(&self) -> &[String] {
        &self.listing().drafts
    }

    /// Both.
    pub(crate) fn posts_and_drafts(&self) -> impl Iterator<Item = &String> {
        self.posts().iter().chain(self.drafts())
    }

    /// Whether a post is a draft, and how.
    pub(crate) fn draft(&self, post: &Post) -> Option<Draft> {
        if self.site().conventions.is_draft(post.path) {
            return Some(Draft::Apart);
        }
        let is_out = post.front_matter().is_some_and(|front| self.site().features.keeps_out(front));
        (is_out && !self.site().unpublished).then_some(Draft::Withheld)
    }

    /// The posts whose files have this name, but for the day before it and the ending.
    pub(crate) fn posts_named(&self, slug: &str) -> impl Iterator<Item = &String> {
        let named = self.named.get_or_init(|| {
            let mut named: HashMap<String, Vec<usize>> = HashMap::new();
            for (at, path) in self.posts().iter().enumerate() {
                named.entry(slug_of(file_name(path)).to_owned()).or_default().push(at);
            }
            named
        });
        named.get(slug).into_iter().flatten().map(|&at| &self.posts()[at])
    }

    /// Why some of its folders could not be listed.
    pub(crate) fn unlisted(&self) -> &[String] {
        &self.listing().faults
    }

    /// Why something with the name of a post is not read.
    pub(crate) fn left_alone(&self) -> &[String] {
        &self.listing().left
    }

    /// Links are followed only where the generator reads posts from them, and what Git ignores is left out.
    fn listing(&self) -> &Listing {
        self.listing.get_or_init(|| {
            let mut listing = Listing::default();
            for folder in &self.folders_of_posts() {
                let Kept { files, faults, left } = self.kept(folder, |path| self.is_post(path));
                let is_draft = |path: &String| self.site().conventions.is_draft(path);
                let (drafts, posts): (Vec<String>, _) = files.into_iter().partition(is_draft);
                listing.posts.extend(posts);
                listing.drafts.extend(drafts);
                listing.faults.extend(faults);
                listing.left.extend(left);
            }
            listing.posts.sort_unstable();
            listing.drafts.sort_unstable();
            listing
        })
    }

    /// The folders that posts lie below, none of them in another.
    fn folders_of_posts(&self) -> Vec<String> {
        if self.settings.posts.is_some() { vec![String::new()] } else { self.usual_folders() }
    }

    /// The folders that the generator takes posts from, but for those in others of them: what lies there is found with
    /// these.
    pub(crate) fn usual_folders(&self) -> Vec<String> {
        let mut folders = self.site().conventions.folders();
        folders.sort_unstable_by_key(String::len);
        let mut outer: Vec<String> = Vec::new();
        for folder in folders {
            let is_in = |other: &String| other.is_empty() || folder == *other || is_below(&folder, other);
            if !outer.iter().any(is_in) {
                outer.push(folder);
            }
        }
        outer.sort_unstable();
        outer
    }

    /// The files below a folder that are wanted.
    fn kept(&self, folder: &str, wants: impl Fn(&str) -> bool + Sync) -> Kept {
        let follows = |link: &str| self.settings.posts.is_none() && self.site().conventions.follows(link);
        self.files.kept_by_git(folder, |name| !PRUNED.contains(&name), wants, follows)
    }

    /// Whether a file is one of the posts, or will be one, by its path from the blog's folder on.
    pub(crate) fn is_post(&self, path: &str) -> bool {
        !self.is_excluded(path) && self.is_included(path)
    }

    /// Whether `exclude:` leaves a file out.
    pub(crate) fn is_excluded(&self, path: &str) -> bool {
        let exclude = &self.settings.exclude;
        !exclude.is_empty() && fitting(exclude, |pattern| pattern.holds(Path::new(path))).is_some()
    }

    /// Whether a file is one of the posts, left out or not.
    fn is_included(&self, path: &str) -> bool {
        match &self.settings.posts {
            Some(patterns) => {
                let holds = |pattern: &PathPattern| {
                    pattern.matches(Path::new(path)) || is_markdown(path) && pattern.holds(Path::new(path))
                };
                fitting(patterns, holds).is_some()
            }
            None => self.is_usual_post(path) || self.site().conventions.is_draft(path),
        }
    }

    /// Whether the generator takes a file for a post.
    fn is_usual_post(&self, path: &str) -> bool {
        let conventions = &self.site().conventions;
        let has_front_matter = || self.source(path).is_some_and(|source| source.head.may_have_front_matter());
        conventions.is_post(path) && (conventions.role(path) == Role::Post || has_front_matter())
    }

    /// Which of the patterns of `postlint.yaml` fit no post, by their place in its list; none where there are no posts to
    /// fit, as in a new blog.
    pub(crate) fn idle_patterns(&self) -> Vec<usize> {
        let patterns = self.settings.posts.as_deref().unwrap_or_default();
        let takes_all = self.settings.exclude.is_empty() && !patterns.iter().any(|pattern| pattern.is_exception);
        let idle = match takes_all {
            true => idle(patterns, &self.posts_and_drafts().cloned().collect::<Vec<_>>()),
            false => idle(patterns, &self.kept("", |path| self.fits_a_pattern(path)).files),
        };
        let is_new = || {
            let folders = self.usual_folders();
            let posts = |folder: &String| self.kept(folder, |path| self.is_usual_post(path)).files;
            folders.iter().all(|folder| posts(folder).is_empty())
        };
        if idle.is_empty() || is_new() { Vec::new() } else { idle }
    }

    /// Whether a path fits one of the patterns of posts, exceptions or not.
    fn fits_a_pattern(&self, path: &str) -> bool {
        let patterns = self.settings.posts.as_deref().unwrap_or_default();
        patterns.iter().any(|pattern| pattern.holds(Path::new(path)))
    }

    /// Which of the patterns of `exclude:` leave no post out; none where there are no posts.
    pub(crate) fn idle_exclusions(&self) -> Vec<usize> {
        let exclude = &self.settings.exclude;
        if exclude.is_empty() {
            return Vec::new();
        }
        let included = self.included();
        if included.is_empty() { Vec::new() } else { idle(exclude, &included) }
    }

    /// All posts, with those that are left out.
    fn included(&self) -> Vec<String> {
        let folders = self.folders_of_posts();
        folders.iter().flat_map(|folder| self.kept(folder, |path| self.is_included(path)).files).collect()
    }

    /// Whether `exclude:` leaves out posts below a folder.
    pub(crate) fn excludes_below(&self, folder: &str) -> bool {
        let holds = |post: &String| folder.is_empty() || is_below(post, folder);
        !self.settings.exclude.is_empty() && self.included().iter().any(holds)
    }
}
