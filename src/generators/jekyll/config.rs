//! What `_config.yml` says: Jekyll 4.3.1, `configuration.rb`.

use super::presets::{self, Preset};
use crate::files::{Files, join};
use crate::generators::config;
use crate::syntax::front_matter::{Node, Tree};

/// The names of the config.
pub(crate) const CONFIGS: &[&str] = &["_config.yml", "_config.yaml", "_config.toml"];

/// `DEFAULT_EXCLUDES`
const EXCLUDED: &[&str] = &[
    ".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules", "vendor/bundle/",
    "vendor/cache/", "vendor/gems/", "vendor/ruby/",
];

/// The config, as far as it tells what is read and where pages go.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The folder of the sources, from the blog's folder on; empty, or with a slash at its end.
    pub source: String,
    /// That folder is not there: a tool makes it of files that lie elsewhere in the blog's folder.
    pub is_made: bool,
    /// The folder that the site is written to, from the sources on.
    pub destination: String,
    /// The folder of the collections, from the sources on; empty, or with a slash at its end.
    pub collections_dir: String,
    /// `permalink:`, a style or a pattern.
    pub permalink: String,
    /// The collections besides `posts`.
    pub collections: Vec<Collection>,
    /// The pattern for posts.
    pub posts: String,
    /// Names and patterns that are taken whatever they begin with.
    pub include: Vec<String>,
    /// Names and patterns that are left out.
    pub exclude: Vec<String>,
    /// What the names of Markdown files end with, in lower case, without the dot.
    pub markdown: Vec<String>,
    /// Folders and files of the site that the build leaves alone.
    pub kept: Vec<String>,
    /// `defaults:`, in order.
    pub presets: Vec<Preset>,
    /// The folder of the layouts, from the blog's folder on, as those that follow.
    pub layouts: String,
    /// The folder of the includes.
    pub includes: String,
    /// The folder of the blog's own plugins.
    pub plugins: String,
    /// `paginate_path:`, where `paginate:` is set.
    pub paginated: Option<String>,
    /// The patterns of jekyll-archives.
    pub archives: Vec<String>,
    /// The formats that jekyll-imagemagick makes of images, in other widths.
    pub image_formats: Vec<String>,
    /// Whether feeds of other sites are named that posts are made of.
    pub has_feeds: bool,
    /// The paths of jekyll-feed.
    pub feeds: Vec<String>,
}

/// Files of a folder `_label` that become pages.
#[derive(Debug)]
pub(crate) struct Collection {
    /// Its name.
    pub label: String,
    /// Whether its files are written.
    pub is_written: bool,
    /// Its pattern.
    pub permalink: Option<String>,
}

impl Config {
    /// Reads the keys of the config.
    pub(crate) fn of(files: &Files, tree: &Tree) -> Config {
        let text = |path: &[&str]| config::text(tree, path).map(str::to_owned);
        let permalink = text(&["permalink"]).unwrap_or_else(|| "date".to_owned());
        let mut exclude = config::texts(tree, &["exclude"]);
        exclude.extend(EXCLUDED.iter().map(|&name| name.to_owned()));
        let include = match config::get(tree, &["include"]) {
            Some(_) => config::texts(tree, &["include"]),
            None => vec![".htaccess".to_owned()],
        };
        // What is included by name is not excluded by the same name: `entry_filter.rb`.
        exclude.retain(|name| !include.contains(name));
        let markdown = text(&["markdown_ext"]).unwrap_or_else(|| "markdown,mkdown,mkdn,mkd,md".to_owned());
        let told = folder(&text(&["source"]).unwrap_or_default());
        // What a tool makes before Jekyll runs is not there.
        let is_made = !files.is_folder(told.trim_end_matches('/'));
        let source = if is_made { String::new() } else { told };
        let collections_dir = folder(&text(&["collections_dir"]).unwrap_or_default());
        let beside = |key: &str, usual: &str| join(&source, config::text(tree, &[key]).unwrap_or(usual));
        Config {
            layouts: beside("layouts_dir", "_layouts"),
            includes: beside("includes_dir", "_includes"),
            plugins: beside("plugins_dir", "_plugins"),
            destination: folder(&text(&["destination"]).unwrap_or_else(|| "_site".to_owned())),
            posts: text(&["collections", "posts", "permalink"]).unwrap_or_else(|| pattern_of(&permalink).to_owned()),
            collections: collections(tree),
            include,
            exclude,
            markdown: markdown.split(',').map(str::to_lowercase).collect(),
            kept: config::texts(tree, &["keep_files"]),
            presets: presets::read(tree, &collections_dir),
            paginated: paginated(tree),
            archives: config::get(tree, &["jekyll-archives", "permalinks"]).map_or_else(Vec::new, config::values),
            image_formats: config::get(tree, &["imagemagick", "output_formats"]).map_or_else(Vec::new, config::keys),
            has_feeds: config::get(tree, &["external_sources"]).is_some_and(|feeds| !feeds.items().is_empty()),
            feeds: feeds(tree),
            source,
            is_made,
            collections_dir,
            permalink,
        }
    }

    /// What the address of a page or of a document without a pattern of its own ends with: `add_permalink_suffix` in
    /// `utils.rb`.
    pub(crate) fn suffix(&self) -> &'static str {
        match &*self.permalink {
            "pretty" => "/",
            "date" | "ordinal" | "none" => ":output_ext",
            pattern if pattern.ends_with('/') => "/",
            pattern if pattern.ends_with(":output_ext") => ":output_ext",
            _ => "",
        }
    }
}

/// A folder as paths begin with it.
fn folder(written: &str) -> String {
    let parts: Vec<&str> = written.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    parts.iter().map(|part| format!("{part}/")).collect()
}

/// `STYLE_TO_PERMALINK`
fn pattern_of(style: &str) -> &str {
    match style {
        "none" => "/:categories/:title:output_ext",
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        pattern => pattern,
    }
}

fn collections(tree: &Tree) -> Vec<Collection> {
    let Some(node) = config::get(tree, &["collections"]) else { return Vec::new() };
    let label = |name: &str| {
        let is_kept = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        name.chars().filter(is_kept).collect::<String>()
    };
    let unwritten = |name: &str| Collection { label: label(name), is_written: false, permalink: None };
    let named = node.items().iter().filter_map(config::scalar).map(unwritten);
    let told = node.entries().iter().map(|entry| Collection {
        label: label(&entry.key),
        is_written: entry.value.get("output").and_then(config::switch).unwrap_or(false),
        permalink: entry.value.get("permalink").and_then(config::scalar).map(str::to_owned),
    });
    named.chain(told).filter(|collection| !matches!(&*collection.label, "posts" | "data" | "")).collect()
}

fn paginated(tree: &Tree) -> Option<String> {
    config::get(tree, &["paginate"]).filter(|node| !node.is_empty())?;
    Some(config::text(tree, &["paginate_path"]).unwrap_or("/page:num").to_owned())
}

/// jekyll-feed 0.17.0, `generator.rb`.
fn feeds(tree: &Tree) -> Vec<String> {
    let own = config::text(tree, &["feed", "path"]).unwrap_or("/feed.xml").to_owned();
    let tags = config::text(tree, &["feed", "tags", "path"]).map(str::to_owned);
    let more = config::get(tree, &["feed", "collections"]).map_or(&[][..], Node::entries);
    let more = more.iter().filter_map(|entry| entry.value.get("path").and_then(config::scalar)).map(str::to_owned);
    [Some(own), tags].into_iter().flatten().chain(more).collect()
}
