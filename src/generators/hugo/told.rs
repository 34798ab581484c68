//! What Hugo refuses of its own config (0.168: `langs/language.go`, `common/urls/baseURL.go`).

use super::keys::{child, get};
use super::layers;
use super::permalinks::{self, Refused};
use super::version::Version;
use crate::files::Files;
use crate::generators::config_faults::{ConfigFault, Told, Twins, Wrong, is_zone};
use crate::generators::{Site, config};
use crate::syntax::front_matter::{Node, Tree};
use crate::text::{beginning, nearest};

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
    let version = Version::of(files);
    for path in patterns(&site.tree, &languages) {
        told.tell(|tree| get(tree, &path), |pattern| refused(pattern, version), true);
    }
    told.into_faults()
}

/// The paths of the patterns of addresses.
fn patterns<'t>(tree: &'t Tree, languages: &[&'t str]) -> Vec<Vec<&'t str>> {
    let of_languages = languages.iter().map(|name| vec!["languages", name, "permalinks"]);
    let mut all = Vec::new();
    for path in std::iter::once(vec!["permalinks"]).chain(of_languages) {
        let below = |key: &'t str| [&path[..], &[key]].concat();
        for entry in get(tree, &path).map_or(&[][..], Node::entries) {
            match entry.value.entries() {
                [] => all.push(below(&entry.key)),
                sections => {
                    all.extend(sections.iter().map(|section| [below(&entry.key), vec![&*section.key]].concat()))
                }
            }
        }
    }
    all
}

/// Why a pattern stops the build, and what to do.
fn refused(pattern: &str, version: Version) -> Option<(String, String)> {
    let shown = beginning(pattern, 60);
    Some(match permalinks::refused(pattern, version)? {
        Refused::Name(name) => {
            let bare = name.trim_start_matches(':').to_lowercase();
            let near = nearest(&bare, permalinks::KNOWN.iter().map(|(known, _)| *known));
            let help =
                near.map_or_else(|| "write one such as `:slug`".to_owned(), |near| format!("did you mean `:{near}`?"));
            (format!("Hugo puts nothing in the place of `{}`, and stops the build", beginning(&name, 40)), help)
        }
        Refused::Later(name, since) => (
            format!("`:{name}` came with Hugo 0.{since}, and the Hugo that this site asks for stops the build"),
            "ask for a newer one, or write `:filename`, `:slug` or `:section`".to_owned(),
        ),
        Refused::Slashes => (
            format!("`{shown}` does not begin with a slash, or two stand side by side, so Hugo stops the build"),
            "begin it with one slash, and write one between its parts".to_owned(),
        ),
    })
}

/// The languages that are built.
fn languages(tree: &Tree) -> Vec<&str> {
    let disabled = get(tree, &["disableLanguages"]).map_or_else(Vec::new, config::texts_of);
    let languages = get(tree, &["languages"]).map_or(&[][..], Node::entries).iter();
    let is_built = |node: &Node| child(node, "disabled").and_then(config::switch) != Some(true);
    let built = languages.filter(|entry| is_built(&entry.value) && !disabled.contains(&entry.key));
    built.map(|entry| &*entry.key).collect()
}
