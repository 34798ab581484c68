//! Jekyll (4.3.1): its `_config.yml`, with the folders and the Gemfile beside it.

mod absence;
mod beside;
mod config;
mod dates;
mod document;
mod entries;
mod fate;
mod keys;
mod kramdown;
mod pages;
mod permalink;
mod plugins;
mod presets;
mod rewrites;
mod tags;
mod unclear;

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use self::config::Config;
use self::entries::Place;
use super::config_faults::{ConfigFault, Told, Twins};
use super::dates::{DateFault, Dated};
use super::features::{Features, NoFrontMatter, Templates};
use super::rewrites::Rewrite;
use super::unmodelled::about_repository;
use super::{Absence, Build, Conventions, Fate, Plan, Reason, Role, Site, Target, Unclear};
use crate::files::{Files, file_name};
use crate::post::Post;
use crate::syntax::front_matter::Node;
use crate::text::beginning;

pub(crate) use self::config::CONFIGS;

/// What Jekyll does on every site.
pub(crate) const FEATURES: Features = Features {
    name: "Jekyll",
    config: "_config.yml",
    templates: Templates::Liquid,
    layout_folders: &["_layouts", "_includes"],
    names_layouts: true,
    splits: &["categories", "tags"],
    names_whole: &["category", "tag"],
    last_key_counts: true,
    skips_other_encodings: true,
    no_front_matter: NoFrontMatter::Lacking,
    withheld_by: Some(("published", false)),
    reads_switch: keys::is_published,
    foreign_switches: &[("draft", true), ("publish", false)],
    publishes_future: "future: true",
    port: Some("4000"),
    dates_file_names: true,
    ..Features::PLAIN
};

/// What Jekyll is told.
pub(crate) fn read(files: &Files) -> Site {
    let tree = super::config::read(files, CONFIGS);
    let flag = |key: &str| super::config::flag(&tree, &[key]).unwrap_or(false);
    let text = |key: &str| super::config::text(&tree, &[key]).map(str::to_owned);
    let texts = |key: &str| super::config::texts(&tree, &[key]);
    let config = Config::of(files, &tree);
    let own = beside::plugins(files, &config.plugins);
    let mut plugins = [texts("plugins"), texts("gems"), beside::gems(files)].concat();
    plugins.sort_unstable();
    plugins.dedup();
    let (mut plugin_tags, has_unknown_tags) = tags::of(&plugins);
    let own_plugins = own.is_some();
    plugin_tags.extend(own.unwrap_or_default());
    let layouts = files.is_folder(&config.layouts).then(|| layouts(files.below(&config.layouts, |_| true)));
    let strict = "Jekyll stops the build at it";
    let lenient = "Jekyll drops all keys and publishes the post under the day of the build";
    Site {
        is_faulty: !tree.faults.is_empty(),
        timezone: text("timezone"),
        future: flag("future"),
        unpublished: flag("unpublished"),
        // `Document#handle_read_error`
        unreadable_front_matter: Some(if flag("strict_front_matter") { strict } else { lenient }),
        markdown: kramdown::profile(&tree).filter(|_| tree.faults.is_empty()),
        permalink: super::config::text(&tree, &["collections", "posts", "permalink"])
            .map(str::to_owned)
            .or_else(|| text("permalink")),
        // jekyll-relative-links, which GitHub Pages switches on.
        links_sources: plugins.iter().any(|gem| matches!(&**gem, "jekyll-relative-links" | "github-pages")),
        stops_at_lost_image: false,
        markdown_of: None,
        components: None,
        gives_components: None,
        sets_math: None,
        makes_ids: false,
        lacks_footnotes: false,
        link_to_post: None,
        math_switch: None,
        roots_links: false,
        engine_since: None,
        version_is_untold: false,
        may_lack_base: beside::may_be_of_jekyll_3(
            files,
            &text("url").unwrap_or_default(),
            text("remote_theme").is_some(),
        ),
        plugins,
        own_plugins,
        plugin_tags,
        has_unknown_tags: has_unknown_tags || own_plugins,
        theme: text("remote_theme").or_else(|| text("theme")),
        config: files.first(CONFIGS).map(str::to_owned),
        sources: config.source.clone(),
        layout_folder: config.layouts.clone(),
        include_folder: config.includes.clone(),
        includes: files.below(&config.includes, |_| true),
        layouts,
        url: text("url").unwrap_or_default().trim_end_matches('/').to_owned(),
        // Browsers take a lone dot out of an address.
        base: super::site::host_and_path(&text("baseurl").filter(|base| base != ".").unwrap_or_default()).1,
        features: &FEATURES,
        tree,
        conventions: Box::new(config),
    }
}

/// `layout_reader.rb`: the name of a layout is its path without the extension.
fn layouts(files: Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = files.iter().filter_map(|file| Some(file.rsplit_once('.')?.0.to_owned())).collect();
    names.sort_unstable();
    names
}

impl Config {
    /// Whether a file is a text for readers, by its name.
    fn is_text(&self, path: &str) -> bool {
        let name = file_name(path);
        let extension = name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase());
        self.markdown.contains(&extension) && !about_repository(name)
    }
}

impl Conventions for Config {
    fn folders(&self) -> Vec<String> {
        vec![self.source.trim_end_matches('/').to_owned()]
    }

    fn is_post(&self, path: &str) -> bool {
        let source = path.strip_prefix(&self.source).filter(|path| self.is_text(path));
        source.is_some_and(|path| self.place_of_post(path).is_some() || self.is_left_behind(path))
    }

    /// `jekyll build --drafts` makes posts of them, front matter or not, of the day that their files were changed
    /// (`drafts_reader.rb`, `Document#date`).
    fn is_draft(&self, path: &str) -> bool {
        let source = path.strip_prefix(&self.source).filter(|path| path.contains("_drafts/") && self.is_text(path));
        source.is_some_and(|path| self.places(path).first() == Some(&Place::Draft))
    }

    /// `Reader#get_entries` lists what a folder of posts leads to, but follows no link in that.
    fn follows(&self, link: &str) -> bool {
        let Some((above, name)) =
            link.strip_prefix(&self.source).map(|path| path.rsplit_once('/').unwrap_or(("", path)))
        else {
            return false;
        };
        let is_collection = || {
            let is_at = format!("{above}/").trim_start_matches('/') == self.collections_dir;
            let label = name.strip_prefix('_').filter(|_| is_at);
            label.is_some_and(|label| self.collections.iter().any(|one| one.is_written && one.label == label))
        };
        !above.split('/').any(|folder| folder.starts_with('_')) && (name == "_posts" || is_collection())
    }

    fn role(&self, path: &str) -> Role {
        match path.strip_prefix(&self.source).and_then(|path| self.place_of_post(path)) {
            Some(Place::Document(_)) => Role::Document,
            _ => Role::Post,
        }
    }

    /// Psych takes the last of two keys. `Jekyll.set_timezone` puts the zone into `TZ`, where libc looks for it, and
    /// `absolute_url` puts the address as it is before paths.
    fn config_faults(&self, site: &Site, files: &Files) -> Vec<ConfigFault> {
        let mut told = Told::of_first(site, files, CONFIGS, Twins::LastCounts);
        let utc = "the site counts its days in UTC";
        told.zone(|tree| super::config::get(tree, &["timezone"]), |_| site.zone().is_ok(), utc, false);
        let below = "addresses that templates make of it lead below the page they stand on";
        told.address(|tree| super::config::get(tree, &["url"]), below, |_| false);
        let path = |base: &str| {
            let help = "write the host under `url`, and here the path of the site, such as `/blog`";
            let message = format!("`{}` is an address, and `baseurl` is put behind that of `url`", beginning(base, 60));
            base.contains("://").then(|| (message, help.to_owned()))
        };
        told.tell(|tree| super::config::get(tree, &["baseurl"]), path, false);
        told.into_faults()
    }

    fn markdown_reason(&self, site: &Site, _files: &Files) -> Reason {
        kramdown::reason(site)
    }

    fn zone_reason(&self, site: &Site, _files: &Files) -> Option<Reason> {
        site.timezone.as_ref().map(|_| Reason::key(site.config_name(), "timezone"))
    }

    fn unclear(&self, site: &Site, _files: &Files) -> Vec<Unclear> {
        unclear::of(site, self)
    }

    fn plan(&self, site: &Site, build: &Build) -> Plan {
        pages::plan(site, self, build)
    }

    fn target_of(&self, site: &Site, build: &Build, post: &Post) -> Option<Target> {
        pages::target_of(site, self, build, post)
    }

    fn preset(&self, path: &str, key: &str) -> Option<&str> {
        let path = path.strip_prefix(&self.source)?;
        let kind = match self.places(path).first() {
            Some(Place::Draft) => "drafts",
            Some(Place::Document(index)) => self.collections[*index].label.as_str(),
            Some(Place::Page) => "pages",
            Some(Place::Post { .. }) | None => "posts",
        };
        presets::text(&self.presets, path.strip_prefix(&self.collections_dir).unwrap_or(path), kind, key)
    }

    fn dated(&self, post: &Post) -> Option<Dated> {
        dates::of_post(post)
    }

    fn day_of(&self, value: &Node, zone: &TimeZone) -> Option<Date> {
        match dates::read_value(value) {
            Dated::Moment(moment) => moment.day(zone),
            _ => None,
        }
    }

    fn date_faults(&self, post: &Post, zone: Option<&TimeZone>) -> Vec<DateFault> {
        dates::fault(post, zone).into_iter().collect()
    }

    fn layouts(&self, files: &Files, layout: &str) -> Vec<(String, Arc<str>)> {
        rewrites::chain(self, files, layout)
    }

    fn rewrite(&self, site: &Site, files: &Files, post: &Post, of_image: bool) -> Option<Rewrite> {
        rewrites::rewrite(site, self, files, post, of_image)
    }

    fn fate(&self, site: &Site, path: &str) -> Option<Fate> {
        let shows_drafts = super::config::flag(&site.tree, &["show_drafts"]).unwrap_or(false);
        fate::of(self, shows_drafts, path.strip_prefix(&self.source)?)
    }

    fn absence(&self, post: &Post, build: &Build) -> Option<Absence> {
        absence::of(post, self, build)
    }
}
