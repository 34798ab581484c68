//! A site as its generator sees it: what its config says, read once. What is not written has the generator's default; a
//! config that cannot be read says nothing, and never breaks a run.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::unified::SetsMath;
use super::{Conventions, Features, Role, config};
use crate::files::Files;
use crate::markdown::MarkdownEngine;
use crate::syntax::front_matter::{Node, Tree};

/// What the generator's own config says, as far as rules ask for it.
#[derive(Debug, Default)]
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
    /// That of posts whose names end so, where it is another.
    pub markdown_of: Option<(&'static str, Option<MarkdownEngine>)>,
    /// The components that posts of MDX can use without a word; `None` where others may be given to them.
    pub components: Option<&'static [&'static str]>,
    /// Whether pages give others to the posts that they show, for which all of them are read.
    pub gives_components: Option<fn(&Files) -> bool>,
    /// Plugins by the names of their packages.
    pub plugins: Vec<String>,
    /// Plugins of the blog's own lie beside the config; they can do anything.
    pub own_plugins: bool,
    /// The template tags that plugins are known to register.
    pub plugin_tags: Vec<String>,
    /// Whether a plugin may register tags that are not known.
    pub has_unknown_tags: bool,
    /// An image that lies beside the post by its path, and does not, stops the build.
    pub stops_at_lost_image: bool,
    /// Links by the path of a source become links to its page.
    pub links_sources: bool,
    /// Links by the path of a post's source stay as they are, though its page lies elsewhere: how to write such a link,
    /// given the path without the ending; empty where that depends on what is not known.
    pub link_to_post: Option<fn(&str) -> String>,
    /// The build puts the path that the site lies under before addresses that begin at the root.
    pub roots_links: bool,
    /// The day on which its Markdown engine came, where an older version of the generator may build the site.
    pub engine_since: Option<Date>,
    /// Nothing tells which version of the generator builds the site, and versions differ in the ids of headings.
    pub version_is_untold: bool,
    /// The key of the front matter that a post has on to get a math engine, where the theme is known to ask for one.
    pub math_switch: Option<&'static str>,
    /// What sets the formulas that the Markdown engine takes out of posts, where it takes some.
    pub sets_math: Option<SetsMath>,
    /// Surely nothing of the site reads footnotes.
    pub lacks_footnotes: bool,
    /// A template makes the ids of headings, in a way that is not known.
    pub makes_ids: bool,
    /// Tags for links leave the path that the site lies under away, or may do so: Jekyll 3.
    pub may_lack_base: bool,
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
    pub conventions: Box<dyn Conventions>,
}

impl Site {
    /// The time zone of the site, if its config names one or none; an error has the name that nobody knows.
    pub(crate) fn zone(&self) -> Result<TimeZone, &str> {
        let Some(name) = &self.timezone else { return Ok(TimeZone::UTC) };
        // The names are letter by letter those of the files that libc looks for.
        match TimeZone::get(name) {
            Ok(zone) if zone.iana_name() == Some(name) => Ok(zone),
            _ => TimeZone::posix(name).map_err(|_| &**name),
        }
    }

    /// The host of the site, if it is told, and the whole path that the site lies under, without a slash at its end.
    pub(crate) fn host_and_path(&self) -> (Option<String>, String) {
        let (host, path) = host_and_path(&self.url);
        (host, path + &self.base)
    }

    /// The config as messages call it.
    pub(crate) fn config_name(&self) -> &str {
        self.config.as_deref().unwrap_or(self.features.config)
    }

    /// All layouts, sorted; `None` where some are not seen.
    pub(crate) fn all_layouts(&self) -> Option<&[String]> {
        // A plugin that makes layouts, or fetches them, is none of the blog's own files.
        let brought = |gem: &String| gem.contains("theme");
        let is_whole = !self.is_faulty && self.theme.is_none() && !self.plugins.iter().any(brought);
        self.layouts.as_deref().filter(|layouts| is_whole && !layouts.is_empty())
    }

    /// The names of all themes, the strongest first: Hugo takes a list.
    pub(crate) fn themes(&self) -> Vec<&str> {
        let listed = config::get(&self.tree, &["theme"]).map_or(&[][..], Node::items);
        let listed: Vec<&str> = listed.iter().filter_map(Node::text).collect();
        if listed.is_empty() { self.theme.as_deref().into_iter().collect() } else { listed }
    }

    /// Whether the day of a post is part of its address, as far as the config says.
    pub(crate) fn tells_day(&self, post: &str) -> bool {
        let usual = match self.conventions.role(post) {
            Role::Post => self.permalink.as_deref().unwrap_or("date"),
            // A collection has a pattern of its own, by path where it says nothing.
            Role::Document => "",
        };
        let pattern = self.conventions.preset(post, "permalink").unwrap_or(usual);
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
