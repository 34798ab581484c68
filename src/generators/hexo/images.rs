//! What renderers and plugins of Hexo make of the addresses of images.

use super::Settings;
use super::packages::major;
use crate::files::{Files, join};
use crate::generators::rewrites::{Lookup, Rewrite};
use crate::generators::{Site, config};

/// Parts of the names of plugins that may change them.
const CHANGING: &[&str] = &["asset", "image", "img", "pic", "cdn", "lazyload", "relative", "typora", "photo"];

/// What becomes of the address of an image in a post.
pub(super) fn rewrite(settings: &Settings, site: &Site, files: &Files, post: &str) -> Option<Rewrite> {
    let packages = &settings.packages;
    let is_changing = |plugin: &&String| CHANGING.iter().any(|part| plugin.contains(part));
    if let Some(plugin) = packages.plugins.iter().find(is_changing) {
        return Some(Rewrite { by: format!("`{plugin}`"), ..Rewrite::default() });
    }
    if let Some(script) = packages.changing_script(files) {
        return Some(Rewrite { by: format!("`{script}`"), ..Rewrite::default() });
    }
    let Some((name, version)) = packages.markdown(files) else {
        return Some(Rewrite { by: "what reads posts".to_owned(), ..Rewrite::default() });
    };
    let flag = |path: &[&str]| config::flag(&site.tree, path);
    let beside = |is_on: bool| is_on.then(|| Lookup::File(without_extension(post).to_owned()));
    let (roots, own) = match name {
        // hexo-renderer-marked 7.0.1, `lib/renderer.js`: from 5 on unless it is told otherwise.
        "hexo-renderer-marked" => {
            let usual = major(version).is_none_or(|major| major >= 5);
            (flag(&["marked", "prependRoot"]).unwrap_or(usual), flag(&["marked", "postAsset"]) == Some(true))
        }
        // hexo-renderer-markdown-it 7.1.1, `lib/images.js`.
        _ => {
            let on = |key: &str| flag(&["markdown", "images", key]) == Some(true);
            (on("prepend_root") || on("post_asset"), on("post_asset"))
        }
    };
    let is_relative = flag(&["relative_link"]) == Some(true);
    let own = beside(own && flag(&["post_asset_folder"]) == Some(true));
    roots.then_some(()).filter(|()| !is_relative)?;
    let places = own.into_iter().chain([Lookup::Root(String::new())]).collect();
    Some(Rewrite { places, is_sure: true, keeps: false, is_exact: true, by: format!("`{name}`") })
}

fn without_extension(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    join(folder, name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}
