//! What of a Jekyll site is not understood.

use super::config::Config;
use super::{plugins, tags};
use crate::generators::{Site, Unclear};

/// Plugins that may do more than is known, the blog's own, and what a theme brings.
pub(super) fn of(site: &Site, config: &Config) -> Vec<Unclear> {
    let mut all = Vec::new();
    if site.is_faulty {
        all.push(Unclear::new(
            format!("`{}`", site.config_name()),
            "it cannot be read, so nothing that it says is known",
        ));
    }
    if config.is_made {
        let what = "the folder that `source` names";
        all.push(Unclear::new(what, "it is not there, so what a tool puts into it is not seen"));
    }
    // What its own config says of them is known.
    let is_set_up = |gem: &str| gem == "jekyll-archives" && !config.archives.is_empty();
    for gem in site.plugins.iter().filter(|gem| !is_set_up(gem)) {
        let so = match (plugins::reach(gem), tags::are_known(gem)) {
            (plugins::Reach::Nothing, true) => continue,
            (plugins::Reach::Everything, _) if gem.contains("theme") => "it brings layouts and files that are not seen",
            (plugins::Reach::Nothing, false) => "it may bring tags for Liquid",
            (plugins::Reach::Pages, true) => "it writes pages that are not seen",
            (plugins::Reach::Pages, false) => "it writes pages that are not seen, and may bring tags for Liquid",
            (plugins::Reach::Everything, _) => "it may write pages and files, and bring tags for Liquid",
        };
        all.push(Unclear::new(format!("plugin `{gem}`"), so));
    }
    if site.own_plugins {
        let what = format!("plugins of the blog's own in `{}`", config.plugins);
        all.push(Unclear::new(what, "they can do anything, as far as a look at them does not tell"));
    }
    let has_layouts = site.layouts.as_ref().is_some_and(|layouts| !layouts.is_empty());
    match &site.theme {
        Some(theme) => {
            let so = "it is not in the repository, so its layouts, includes and files are not seen";
            all.push(Unclear::new(format!("theme `{theme}`"), so));
        }
        None if !has_layouts => {
            let so = format!("there are none in `{}`, and the config names no theme", site.layout_folder);
            all.push(Unclear::new("layouts", so));
        }
        None => {}
    }
    all
}
