//! `defaults:` of the config, the keys that files get where they do not have them: Jekyll 4.3.1,
//! `frontmatter_defaults.rb`.

use std::path::Path;

use super::keys::Keys;
use crate::files::PathPattern;
use crate::generators::config;
use crate::syntax::front_matter::{Node, Tree};

/// An item of `defaults:`.
#[derive(Debug)]
pub(crate) struct Preset {
    /// The folder or file, from the folder of the collections on; empty: all.
    path: String,
    /// The same, where `*` stands in it.
    pattern: Option<PathPattern>,
    /// `posts`, `pages` or another collection; `None`: all.
    kind: Option<String>,
    /// What an address depends on.
    keys: Keys,
    /// The keys with scalars for values.
    texts: Vec<(String, String)>,
}

/// All of them, in order.
pub(crate) fn read(tree: &Tree, collections_dir: &str) -> Vec<Preset> {
    let items = config::get(tree, &["defaults"]).map_or(&[][..], Node::items);
    items.iter().map(|item| Preset::of(item, collections_dir)).collect()
}

impl Preset {
    fn of(item: &Node, collections_dir: &str) -> Preset {
        let scope = |key: &str| item.get("scope")?.get(key).and_then(config::scalar).map(str::to_owned);
        // `update_deprecated_types`
        let kind = scope("type").map(|kind| match &*kind {
            "post" => "posts".to_owned(),
            "page" => "pages".to_owned(),
            "draft" => "drafts".to_owned(),
            _ => kind,
        });
        let written = scope("path").unwrap_or_default();
        let path = written.strip_prefix('/').unwrap_or(&written);
        let path = path.strip_prefix(collections_dir).unwrap_or(path);
        let pattern = path.contains('*').then(|| PathPattern::new(path.trim_end_matches('/')).ok()).flatten();
        let values = item.get("values").map_or(&[][..], Node::entries);
        let texts =
            values.iter().filter_map(|entry| Some((entry.key.to_string(), config::scalar(&entry.value)?.to_owned())));
        Preset { path: path.to_owned(), pattern, kind, keys: Keys::of(values), texts: texts.collect() }
    }

    /// `applies?`, for a path from the folder of the collections on.
    fn holds_for(&self, path: &str, kind: &str) -> bool {
        let is_kind = self.kind.as_deref().is_none_or(|own| own == kind);
        is_kind
            && match &self.pattern {
                Some(pattern) => Path::new(path).ancestors().any(|folder| pattern.matches(folder)),
                None => !self.path.contains('*') && path.starts_with(&self.path),
            }
    }

    /// The longest path goes first, then the item with a type, then the last: `has_precedence?`.
    fn rank(&self) -> (usize, bool) {
        (self.path.trim_matches('/').len(), self.kind.is_some())
    }
}

/// The keys that a file of a kind gets for its address, the strongest item first.
pub(crate) fn keys<'p>(presets: &'p [Preset], path: &str, kind: &str) -> impl Iterator<Item = &'p Keys> + use<'p> {
    let mut fitting: Vec<&Preset> = presets.iter().filter(|preset| preset.holds_for(path, kind)).collect();
    fitting.sort_by_key(|preset| preset.rank());
    fitting.into_iter().rev().map(|preset| &preset.keys)
}

/// What a file of a kind gets for a key.
pub(crate) fn text<'p>(presets: &'p [Preset], path: &str, kind: &str, key: &str) -> Option<&'p str> {
    let fitting = presets.iter().filter(|preset| preset.holds_for(path, kind));
    let values = fitting.filter_map(|preset| {
        let value = preset.texts.iter().rfind(|(name, _)| name == key)?;
        Some((preset.rank(), value.1.as_str()))
    });
    values.max_by_key(|(rank, _)| *rank).map(|(_, value)| value)
}
