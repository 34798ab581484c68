//! What Hugo refuses of its own config (0.168: `langs/language.go`, `common/urls/baseURL.go`).

use super::keys::{child, get};
use super::layers;
use crate::files::Files;
use crate::generators::config_faults::{ConfigFault, Told, Twins, Wrong, is_zone};
use crate::generators::{Site, config};
use crate::syntax::front_matter::{Node, Tree};

/// What is wrong with the config of a site.
pub(super) fn faults(site: &Site, files: &Files) -> Vec<ConfigFault> {
    let mut told = Told::of(site, layers::files(files), Twins::Stops("Hugo from 0.152 on"));
    // `Local` is the zone of the computer.
    let is_known = |name: &str| name == "Local" || is_zone(name);
    let below = "addresses of pages lead below the page they stand on";
    // `url.Parse` takes no space.
    let is_fatal = |wrong: &Wrong| *wrong == Wrong::Space;
    let languages = languages(&site.tree);
    for (key, is_address) in [("timeZone", false), ("baseURL", true)] {
        let mut paths: Vec<Vec<&str>> = languages.iter().map(|name| vec!["languages", name, key]).collect();
        // What every language says for itself is not asked for.
        if languages.is_empty() || paths.iter().any(|path| get(&site.tree, path).is_none()) {
            paths.insert(0, vec![key]);
        }
        for path in paths {
            match is_address {
                true => told.address(|tree| get(tree, &path), below, is_fatal),
                false => told.zone(|tree| get(tree, &path), is_known, "Hugo stops the build", true),
            }
        }
    }
    told.into_faults()
}

/// The languages that are built.
fn languages(tree: &Tree) -> Vec<&str> {
    let disabled = get(tree, &["disableLanguages"]).map_or_else(Vec::new, config::texts_of);
    let languages = get(tree, &["languages"]).map_or(&[][..], Node::entries).iter();
    let is_built = |node: &Node| child(node, "disabled").and_then(config::switch) != Some(true);
    let built = languages.filter(|entry| is_built(&entry.value) && !disabled.contains(&entry.key));
    built.map(|entry| &*entry.key).collect()
}
