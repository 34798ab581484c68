//! Which folders of a blog Hugo takes for which of its own: Hugo 0.168, `config/allconfig`, `modules/collect.go`
//! (`normalizeMounts`) and the `contentDir` of before.

use std::path::Path;

use super::keys::{child, get};
use crate::files::{PathPattern, is_below};
use crate::generators::config;
use crate::syntax::front_matter::{Node, Tree};

/// A folder of the blog that is put somewhere.
#[derive(Debug, Default, Clone)]
pub(crate) struct Mount {
    /// The folder, from the blog's on.
    pub folder: String,
    /// Where it is put below Hugo's own folder: `n` for `content/n`; mostly nowhere.
    pub below: String,
    /// The language of what lies in it, if that is said.
    pub language: Option<String>,
    /// What is left out of it.
    pub excluded: Vec<PathPattern>,
}

impl Mount {
    pub(super) fn at(folder: String) -> Mount {
        Mount { folder, ..Mount::default() }
    }

    /// The path of a file in it, from the folder on.
    pub(super) fn inside<'f>(&self, file: &'f str) -> Option<&'f str> {
        file.strip_prefix(&*self.folder)?.strip_prefix('/')
    }

    /// The path of what lies in a folder of it, from Hugo's own folder on.
    pub(super) fn put(&self, inside: &str) -> String {
        match (&*self.below, inside) {
            ("", inside) => inside.to_owned(),
            (below, "") => below.to_owned(),
            (below, inside) => format!("{below}/{inside}"),
        }
    }

    /// Whether a file of it is left out.
    pub(super) fn excludes(&self, file: &str) -> bool {
        self.inside(file).is_some_and(|inside| self.excluded.iter().any(|pattern| pattern.matches(Path::new(inside))))
    }
}

/// The folders of one kind.
#[derive(Debug, Default)]
pub(crate) struct Mounts {
    pub all: Vec<Mount>,
    /// Whether there are others, which are not understood.
    pub is_unsure: bool,
}

/// `module.mounts` for one of Hugo's folders: `content`, `static`, `assets`; `None` where it names none.
pub(super) fn of(tree: &Tree, component: &str) -> Option<Mounts> {
    let told = get(tree, &["module", "mounts"])?;
    let mut mounts = Mounts::default();
    for mount in told.items() {
        let text = |key: &str| child(mount, key).and_then(config::scalar);
        let Some(target) = text("target").map(in_folder) else { continue };
        if target != component && !is_below(&target, component) {
            continue;
        }
        let files = ["excludeFiles", "files"].map(|key| child(mount, key).map_or_else(Vec::new, config::texts_of));
        let [excluded, files] = files;
        // Of `files`, what begins with `!` is left out.
        let (without, only): (Vec<_>, Vec<_>) = files.into_iter().partition(|pattern| pattern.starts_with('!'));
        let without = without.iter().map(|pattern| pattern.trim_start_matches(['!', ' ']).to_owned());
        let patterns = excluded.into_iter().chain(without);
        mounts.is_unsure |= !only.is_empty()
            || ["includeFiles", "sites"].iter().any(|key| child(mount, key).is_some())
            || text("source").is_none_or(|source| source.starts_with(['/', '.']) && !source.starts_with("./"));
        mounts.all.push(Mount {
            folder: text("source").map(in_folder).unwrap_or_default(),
            below: target[component.len()..].trim_matches('/').to_owned(),
            language: text("lang").map(str::to_lowercase),
            excluded: patterns.filter_map(|pattern| PathPattern::new(pattern.trim_start_matches('/')).ok()).collect(),
        });
    }
    (!mounts.all.is_empty()).then_some(mounts)
}

/// `contentDir`, and those of the languages.
pub(super) fn of_languages(languages: &[(String, &Node)], content: String) -> Vec<Mount> {
    let own = |(name, node): &(String, &Node)| {
        let folder = child(node, "contentDir").and_then(config::scalar)?;
        Some(Mount { folder: in_folder(folder), language: Some(name.clone()), ..Mount::default() })
    };
    let mut all: Vec<Mount> = languages.iter().filter_map(own).collect();
    if !all.iter().any(|mount| mount.folder == content) {
        all.push(Mount::at(content));
    }
    all
}

/// A folder as it is named from the site's on: `./content/ko/` is `content/ko`.
pub(super) fn in_folder(written: &str) -> String {
    written.split('/').filter(|part| !part.is_empty() && *part != ".").collect::<Vec<_>>().join("/")
}
