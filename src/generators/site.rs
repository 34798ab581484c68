//! A site as its generator sees it: what its config says, read once. What is not written has the generator's default; a
//! config that cannot be read says nothing, and never breaks a run.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::dates::{DateFault, Dated};
use super::features::Absence;
use super::{Build, Conventions, Features, Plan, Target};
use crate::markdown::MarkdownEngine;
use crate::post::Post;
use crate::syntax::front_matter::{Node, Tree};

/// What the generator's own config says, as far as rules ask for it.
#[derive(Debug)]
pub(crate) struct Site {
    /// What builds it.
    pub features: &'static Features,
    /// The config has faults, so what it does not seem to say may stand in it all the same.
    pub is_faulty: bool,
    /// The address of the site as it is written, without a slash at its end: `https://example.com`.
    pub url: String,
    /// The path below that, without a slash at its end: `/blog`.
    pub base: String,
    /// The keys of the config.
    pub tree: Tree,
    /// The time zone of the site, as it is written; it may name none.
    pub timezone: Option<String>,
    /// Posts of a day to come are published.
    pub future: bool,
    /// Posts that say themselves that they are not published are published all the same.
    pub unpublished: bool,
    /// What becomes of a post whose front matter cannot be read.
    pub unreadable_front_matter: Option<&'static str>,
    /// The Markdown engine; `None` for one that postlint does not know.
    pub markdown: Option<MarkdownEngine>,
    /// Plugins by the names of their packages.
    pub plugins: Vec<String>,
    /// Plugins of the blog's own lie beside the config; they can do anything.
    pub own_plugins: bool,
    /// The template tags that plugins are known to register.
    pub plugin_tags: Vec<String>,
    /// Whether a plugin may register tags that are not known.
    pub has_unknown_tags: bool,
    /// Links by the path of a source become links to its page.
    pub links_sources: bool,
    /// The theme. Jekyll's is a gem, or a repository that is fetched, and brings layouts and includes that are not seen;
    /// that of Hugo and Zola may lie in a folder of this name below `themes`.
    pub theme: Option<String>,
    /// The config file, if there is one.
    pub config: Option<String>,
    /// The folder of the sources, from the blog's folder on, as the two that follow.
    pub sources: String,
    /// The folder of the layouts that posts can name.
    pub layout_folder: String,
    /// The folder of the files that `include` can name.
    pub include_folder: String,
    /// The files that `include` can name, with forward slashes, sorted.
    pub includes: Vec<String>,
    /// The layouts that posts can name, sorted; `None` where there is no folder of them.
    pub layouts: Option<Vec<String>>,
    /// Pattern of the addresses of posts, such as `/:year/:title/` or `pretty`.
    pub permalink: Option<String>,
    /// What the generator does with its files.
    pub(super) conventions: Box<dyn Conventions>,
}

impl Site {
    /// A site that nothing is told of.
    pub(super) fn bare(features: &'static Features, tree: Tree, conventions: impl Conventions + 'static) -> Site {
        Site {
            features,
            is_faulty: false,
            url: String::new(),
            base: String::new(),
            tree,
            timezone: None,
            future: false,
            unpublished: false,
            unreadable_front_matter: None,
            markdown: None,
            plugins: Vec::new(),
            own_plugins: false,
            plugin_tags: Vec::new(),
            has_unknown_tags: false,
            links_sources: false,
            theme: None,
            config: None,
            sources: String::new(),
            layout_folder: String::new(),
            include_folder: String::new(),
            includes: Vec::new(),
            layouts: None,
            permalink: None,
            conventions: Box::new(conventions),
        }
    }

    /// The text under a key of the config.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        super::config::text(&self.tree, &[key])
    }

    /// The host of the site, if it is told, and the whole path that the site lies under, without a slash at its end.
    pub(crate) fn host_and_path(&self) -> (Option<String>, String) {
        let (host, path) = host_and_path(&self.url);
        (host, path + &self.base)
    }

    /// All layouts, sorted; `None` where some are not seen.
    pub(crate) fn all_layouts(&self) -> Option<&[String]> {
        // A plugin that makes layouts, or fetches them, is none of the blog's own files.
        let brought = |gem: &String| gem.contains("theme");
        let is_whole = !self.is_faulty && self.theme.is_none() && !self.plugins.iter().any(brought);
        self.layouts.as_deref().filter(|layouts| is_whole && !layouts.is_empty())
    }

    /// The folders that can hold posts.
    pub(crate) fn folders(&self) -> Vec<String> {
        self.conventions.folders()
    }

    /// Whether a file is a post, by its path from the blog's folder on.
    pub(crate) fn is_post(&self, path: &str) -> bool {
        self.conventions.is_post(path)
    }

    /// Where the generator writes what.
    pub(crate) fn plan(&self, build: &Build) -> Plan {
        self.conventions.plan(self, build)
    }

    /// Where a post goes, by its own text, which may not be on disk.
    pub(crate) fn target_of(&self, build: &Build, post: &Post) -> Option<Target> {
        self.conventions.target_of(self, build, post)
    }

    /// What a post gets for a key that it does not have, by its path from the blog's folder on.
    pub(crate) fn preset(&self, post: &str, key: &str) -> Option<&str> {
        self.conventions.preset(post, key)
    }

    /// The date of a post, as far as the generator makes more of it than the day that is written.
    pub(crate) fn dated(&self, post: &Post) -> Option<Dated> {
        self.conventions.dated(post)
    }

    /// The day of a value of `date`, where the site counts days in its own way.
    pub(crate) fn day_of(&self, value: &Node, zone: &TimeZone) -> Option<Date> {
        self.conventions.day_of(value, zone)
    }

    /// What is wrong with the date of a post.
    pub(crate) fn date_fault(&self, post: &Post, zone: Option<&TimeZone>) -> Option<DateFault> {
        self.conventions.date_fault(post, zone)
    }

    /// Why a post that does not say so itself is left out of the site, or will be.
    pub(crate) fn absence(&self, post: &Post, build: &Build) -> Option<Absence> {
        self.conventions.absence(post, build)
    }

    /// Whether the day of a post is part of its address, as far as the config says.
    pub(crate) fn tells_day(&self, post: &str) -> bool {
        let pattern = self.preset(post, "permalink").or(self.permalink.as_deref()).unwrap_or("date");
        match pattern {
            _ if self.is_faulty => false,
            "date" | "pretty" | "ordinal" | "weekdate" => true,
            pattern => {
                [":day", ":i_day", ":y_day", ":short_day", ":long_day"].iter().any(|part| pattern.contains(part))
            }
        }
    }
}

/// The host in an address, and the path without a slash at its end; without a scheme it is a path.
pub(super) fn host_and_path(address: &str) -> (Option<String>, String) {
    let after_scheme = address.split_once("://").map(|(_, rest)| rest).or_else(|| address.strip_prefix("//"));
    let (host, path) = match after_scheme {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", address),
    };
    let path = path.trim_matches('/');
    let path = if path.is_empty() { String::new() } else { format!("/{path}") };
    (Some(host.to_lowercase()).filter(|host| !host.is_empty()), path)
}
