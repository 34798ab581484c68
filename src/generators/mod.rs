//! What builds a blog, one folder a generator: how it is told, what it is told, what it takes for a post, and where it
//! writes what. All else asks what a generator does, never which one it is.

pub mod address;
mod astro;
mod config;
mod config_faults;
pub(crate) mod dates;
mod detect;
mod docusaurus;
mod eleventy;
mod fate;
mod features;
mod gatsby;
mod hexo;
mod hugo;
pub(crate) mod javascript;
mod jekyll;
mod markdown_it;
mod math_scripts;
mod mkdocs;
mod nikola;
pub(crate) mod npm;
mod pelican;
mod publishing;
mod python;
mod quarto;
mod quartz;
mod reason;
pub(crate) mod rewrites;
mod shown_keys;
mod site;
mod sources;
mod target;
mod unified;
mod unmodelled;
mod vitepress;
mod zola;
pub(crate) mod zones;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use self::dates::{DateFault, Dated};
use self::rewrites::{Rewrite, ShownKey, TexRewriter};
use crate::files::Files;
use crate::nunjucks;
use crate::post::{Head, Post};
use crate::shortcodes::{Dialect, Known};
use crate::syntax::front_matter::Node;

pub(crate) use self::config::{flag, get, read, text};
pub(crate) use self::config_faults::ConfigFault;
pub(crate) use self::dates::HeadFault;
pub(crate) use self::detect::Generator;
pub(crate) use self::fate::Fate;
pub(crate) use self::features::{Absence, Features, NoFrontMatter, Rename, Role, Templates, Templating, Why};
pub(crate) use self::publishing::Withheld;
pub(crate) use self::reason::{Reason, Unclear};
pub(crate) use self::site::Site;
pub(crate) use self::sources::{Source, Sources};
pub(crate) use self::target::Marked;
pub(crate) use self::target::copied;
pub use self::target::{Kind, Plan, Standing, Target, Territory, relative};
pub(crate) use self::unified::SetsMath;
pub(crate) use self::unmodelled::is_source;

/// What a build depends on besides the config of the site.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Build<'b> {
    /// All that lies in the blog's folder.
    pub files: &'b Files,
    /// The heads of those that were asked for.
    pub sources: &'b Sources,
    /// The moment that counts as now.
    pub now: Timestamp,
    /// The time zone that the site is built in; `None` where it is not known.
    pub zone: Option<&'b TimeZone>,
}

impl Build<'_> {
    /// A file by its path; `None` where it cannot be read.
    fn source(&self, path: &str) -> Option<Source> {
        self.sources.of(self.files, path)
    }
}

/// What a generator does with the files of one site, by its config.
pub(crate) trait Conventions: fmt::Debug + Send + Sync {
    /// The folders that can hold posts.
    fn folders(&self) -> Vec<String> {
        vec![String::new()]
    }

    /// Whether a file is a post, by its path from the blog's folder on.
    fn is_post(&self, path: &str) -> bool;

    /// Whether a file lies among those that are not published yet, by its path from the blog's folder on. It is no post,
    /// and becomes one when it is moved to them.
    fn is_draft(&self, _path: &str) -> bool {
        false
    }

    /// Whether a link to another folder of the blog, by its path, is one that posts are read from.
    fn follows(&self, _link: &str) -> bool {
        false
    }

    /// What a file is to it that is a post by its path.
    fn role(&self, _path: &str) -> Role {
        Role::Post
    }

    /// What of its own config cannot be meant so.
    fn config_faults(&self, _site: &Site, _files: &Files) -> Vec<ConfigFault> {
        Vec::new()
    }

    /// Why posts are read with the Markdown engine of the site, or why that is not known.
    fn markdown_reason(&self, site: &Site, _files: &Files) -> Reason {
        Reason::because(format!("which engine {} has is not known to postlint", site.features.name))
    }

    /// The key that names the time zone of the site, with its config.
    fn zone_reason(&self, _site: &Site, _files: &Files) -> Option<Reason> {
        None
    }

    /// What of the site is not understood.
    fn unclear(&self, _site: &Site, _files: &Files) -> Vec<Unclear> {
        Vec::new()
    }

    /// Where it writes what.
    fn plan(&self, site: &Site, build: &Build) -> Plan;

    /// Where a post goes, by its own text: it may not be on disk.
    fn target_of(&self, _site: &Site, _build: &Build, _post: &Post) -> Option<Target> {
        None
    }

    /// What a post gets for a key that it does not have.
    fn preset(&self, _path: &str, _key: &str) -> Option<&str> {
        None
    }

    /// The date of a post, as far as it is more than the day that is written.
    fn dated(&self, _post: &Post) -> Option<Dated> {
        None
    }

    /// The day of a value of `date`, where the site counts days in its own way.
    fn day_of(&self, _value: &Node, _zone: &TimeZone) -> Option<Date> {
        None
    }

    /// What is wrong with the dates of a post.
    fn date_faults(&self, post: &Post, _zone: Option<&TimeZone>) -> Vec<DateFault> {
        dates::no_day(post).into_iter().collect()
    }

    /// What of the front matter the generator refuses, though the language it is written in does not.
    fn head_faults(&self, _post: &Post) -> Vec<HeadFault> {
        Vec::new()
    }

    /// Why a post without front matter, or with one that nothing closes, stops the build, if it does: a clause.
    fn refusal(&self, _post: &Post) -> Option<String> {
        None
    }

    /// The layouts that make a page of a post, from the innermost on, with all that they include.
    fn layouts(&self, _files: &Files, _layout: &str) -> Vec<(String, Arc<str>)> {
        Vec::new()
    }

    /// The keys of posts that templates print as addresses, in a way that is wholly known.
    fn shown_keys(&self, _site: &Site, _files: &Files) -> Vec<ShownKey> {
        Vec::new()
    }

    /// What becomes of the addresses of images, or of links, that a post writes, where it is not what is written.
    fn rewrite(&self, _site: &Site, _files: &Files, _post: &Post, _of_image: bool) -> Option<Rewrite> {
        None
    }

    /// What changes the formulas of pages on their way, if something does.
    fn tex_rewriter(&self, _site: &Site, _files: &Files) -> Option<TexRewriter> {
        None
    }

    /// Why a file that lies among the sources is not on the site, by its path from the blog's folder on; `None` where that
    /// is not known.
    fn fate(&self, _site: &Site, _path: &str) -> Option<Fate> {
        None
    }

    /// What a destination names that is no address but a mark of the generator's own, given the post that it stands in.
    fn marked(&self, _destination: &str, _post: &str) -> Option<Marked> {
        None
    }

    /// How shortcodes are written in posts, where it has such.
    fn shortcode_dialect(&self) -> Option<Dialect> {
        None
    }

    /// The shortcodes that posts can use, where it has such.
    fn shortcodes(&self, _site: &Site, _files: &Files) -> Option<Known> {
        None
    }

    /// The tags of Nunjucks that posts can use, where it reads them.
    fn tags(&self, _site: &Site, _files: &Files) -> Option<nunjucks::Known> {
        None
    }

    /// What reads a post before the Markdown engine does, by its path and its head, where that is [`Templates::ByPost`].
    fn templating(&self, _build: &Build, _path: &str, _head: &Head) -> Templating {
        Templating::None
    }

    /// Why a post that does not say so itself is left out of the site, or will be.
    fn absence(&self, _post: &Post, _build: &Build) -> Option<Absence> {
        None
    }
}
