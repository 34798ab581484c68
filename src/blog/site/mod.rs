//! What the generator's own config says of a blog, read once. What is not written has the generator's default; a config
//! that cannot be read says nothing, and never breaks a run.

pub(super) mod config;
pub(super) mod hugo;
mod jekyll;
mod zola;

use std::path::Path;

use super::Generator;
use crate::files::{Files, PathPattern};
use crate::render::Profile;

/// What the generator's own config says, as far as rules ask for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Site {
    /// The config has faults, so what it does not seem to say may stand in it all the same.
    pub is_faulty: bool,
    /// The address of the site as it is written, without a slash at its end: `https://example.com`.
    pub url: String,
    /// The path below that, without a slash at its end: `/blog`.
    pub base: String,
    /// The keys of the config with texts for values: what `site.key` prints.
    pub texts: Vec<(String, String)>,
    /// The time zone of the site, as it is written; it may name none.
    pub timezone: Option<String>,
    /// Posts of a day to come are published.
    pub future: bool,
    /// Posts with `published: false` are published.
    pub unpublished: bool,
    /// Drafts are published.
    pub drafts: bool,
    /// Front matter that cannot be read stops the build.
    pub strict_front_matter: bool,
    /// The Markdown engine; `None` for one that postlint does not know.
    pub markdown: Option<Profile>,
    /// The pattern of the addresses of posts, such as `/:year/:title/` or `pretty`.
    pub permalink: Option<String>,
    /// Jekyll's plugins, by the names of their gems.
    pub plugins: Vec<String>,
    /// Jekyll plugins of the blog's own lie in its `_plugins`; they can do anything.
    pub own_plugins: bool,
    /// The Liquid tags and blocks that those plugins register.
    pub own_tags: Vec<String>,
    /// The theme. Jekyll's is a gem, or a repository that is fetched, and brings layouts and includes that are not seen;
    /// that of Hugo and Zola may lie in a folder of this name below `themes`.
    pub theme: Option<String>,
    /// The files that `include` can name, with forward slashes, sorted.
    pub includes: Vec<String>,
    /// The layouts that posts can name, sorted; `None` where there is no folder of them.
    pub layouts: Option<Vec<String>>,
    /// Keys that posts get where they do not have them, in the order of the config.
    pub presets: Vec<Preset>,
}

/// Keys that the posts below a path get: an item of Jekyll's `defaults:`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// The folder or file, from the blog's folder on; may hold `*`. Empty: all.
    pub path: String,
    /// The collection, such as `posts`; `None`: all.
    pub kind: Option<String>,
    /// The keys with scalars for values.
    pub values: Vec<(String, String)>,
}

impl Site {
    /// Reads what the generator of a blog is told in the blog's folder.
    pub(super) fn read(files: &Files, generator: Generator) -> Site {
        match generator {
            Generator::Jekyll => jekyll::read(files),
            Generator::Hugo => hugo::read(files),
            Generator::Zola => zola::read(files),
            _ => Site::default(),
        }
    }

    /// The text under a key of the config.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.texts.iter().rfind(|(name, _)| name == key).map(|(_, text)| text.as_str())
    }

    /// The host of the site, if it is told, and the whole path that the site lies under, without a slash at its end.
    pub fn host_and_path(&self) -> (Option<String>, String) {
        let (host, path) = host_and_path(&self.url);
        (host, path + &self.base)
    }

    /// All layouts, sorted; `None` where some are not seen.
    pub fn all_layouts(&self) -> Option<&[String]> {
        // A plugin that makes layouts, or fetches them, is none of the blog's own files.
        let brought = |gem: &String| gem.contains("theme");
        let is_whole = !self.is_faulty && self.theme.is_none() && !self.plugins.iter().any(brought);
        self.layouts.as_deref().filter(|layouts| is_whole && !layouts.is_empty())
    }

    /// What a post gets for a key that it does not have, by its path from the blog's folder on: Jekyll 4.3.1,
    /// `frontmatter_defaults.rb`. The longest path wins, then the item with a type, then the last.
    pub fn preset(&self, post: &str, key: &str) -> Option<&str> {
        let values = self.presets.iter().filter(|preset| preset.holds_for(post)).filter_map(|preset| {
            let value = preset.values.iter().rfind(|(name, _)| name == key)?;
            Some(((preset.path.len(), preset.kind.is_some()), value.1.as_str()))
        });
        values.max_by_key(|(rank, _)| *rank).map(|(_, value)| value)
    }

    /// Whether the day of a post is part of its address, as far as the config says.
    pub fn tells_day(&self, post: &str) -> bool {
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
fn host_and_path(address: &str) -> (Option<String>, String) {
    let after_scheme = address.split_once("://").map(|(_, rest)| rest).or_else(|| address.strip_prefix("//"));
    let (host, path) = match after_scheme {
        Some(rest) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", address),
    };
    let path = path.trim_matches('/');
    let path = if path.is_empty() { String::new() } else { format!("/{path}") };
    (Some(host.to_lowercase()).filter(|host| !host.is_empty()), path)
}

impl Preset {
    fn holds_for(&self, post: &str) -> bool {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        let fits = if path.contains('*') {
            let pattern = PathPattern::new(path.trim_end_matches('/'));
            pattern.is_ok_and(|pattern| Path::new(post).ancestors().any(|folder| pattern.matches(folder)))
        } else {
            post.starts_with(path)
        };
        fits && self.kind.as_deref().is_none_or(|kind| matches!(kind, "posts" | "post"))
    }
}

#[cfg(test)]
mod tests;
