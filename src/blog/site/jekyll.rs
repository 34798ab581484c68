//! Jekyll's `_config.yml`, with the folders and the Gemfile beside it. Facts are those of Jekyll 4.3.1.

mod beside;
mod kramdown;

use super::{Preset, Site, config};
use crate::files::{Files, join};
use crate::post::front_matter::{Entry, Node, Tree};

/// What Jekyll is told.
pub fn read(files: &Files) -> Site {
    config::read(files, &["_config.yml", "_config.yaml", "_config.toml"], |tree| site(files, tree))
}

fn site(files: &Files, tree: &Tree) -> Site {
    let flag = |key: &str| config::flag(tree, &[key]).unwrap_or(false);
    let text = |key: &str| config::text(tree, &[key]).map(str::to_owned);
    let source = text("source").unwrap_or_default();
    let folder = |key: &str, usual: &str| join(&source, config::text(tree, &[key]).unwrap_or(usual));
    let own = beside::plugins(files, &folder("plugins_dir", "_plugins"));
    let mut plugins = [config::texts(tree, &["plugins"]), config::texts(tree, &["gems"]), beside::gems(files)].concat();
    plugins.sort_unstable();
    plugins.dedup();
    Site {
        is_faulty: !tree.faults.is_empty(),
        timezone: text("timezone"),
        future: flag("future"),
        unpublished: flag("unpublished"),
        drafts: flag("show_drafts"),
        strict_front_matter: flag("strict_front_matter"),
        markdown: kramdown::profile(tree).filter(|_| tree.faults.is_empty()),
        permalink: config::text(tree, &["collections", "posts", "permalink"])
            .map(str::to_owned)
            .or_else(|| text("permalink")),
        plugins,
        own_plugins: own.is_some(),
        own_tags: own.unwrap_or_default(),
        theme: text("remote_theme").or_else(|| text("theme")),
        includes: files.below(&folder("includes_dir", "_includes"), |_| true),
        layouts: Some(folder("layouts_dir", "_layouts"))
            .filter(|folder| files.is_folder(folder))
            .map(|folder| layouts(files.below(&folder, |_| true))),
        presets: config::get(tree, &["defaults"])
            .map_or_else(Vec::new, |list| list.items().iter().map(preset).collect()),
        texts: tree.entries.iter().filter_map(text_of).collect(),
        url: text("url").unwrap_or_default().trim_end_matches('/').to_owned(),
        base: super::host_and_path(&text("baseurl").unwrap_or_default()).1,
    }
}

fn text_of(entry: &Entry) -> Option<(String, String)> {
    Some((entry.key.to_string(), config::scalar(&entry.value)?.to_owned()))
}

/// `layout_reader.rb`: the name of a layout is its path without the extension.
fn layouts(files: Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = files.iter().filter_map(|file| Some(file.rsplit_once('.')?.0.to_owned())).collect();
    names.sort_unstable();
    names
}

/// `frontmatter_defaults.rb`: an item without a `path` holds for all paths.
fn preset(item: &Node) -> Preset {
    let scope = |key: &str| item.get("scope")?.get(key).and_then(config::scalar).map(str::to_owned);
    let entries = item.get("values").map_or(&[][..], Node::entries).iter();
    let scalars = entries.filter_map(|entry| Some((entry.key.to_string(), config::scalar(&entry.value)?.to_owned())));
    Preset { path: scope("path").unwrap_or_default(), kind: scope("type"), values: scalars.collect() }
}
