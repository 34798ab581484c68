//! Hugo's config, which may lie in many files: 0.168, `config/configLoader.go` (`LoadConfigFromDir`) and
//! `config/allconfig/load.go` (`loadConfigMain`).

use super::keys::get;
use crate::files::{Files, file_name, join};
use crate::generators::{Reason, config};
use crate::syntax::front_matter::{Data, Entry, Node, Style, Tree};
use crate::text::Span;

/// The config at the top of a site or of a theme, under all its names.
pub(super) const CONFIGS: &[&str] =
    &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"];

/// Folders with more of it, the weakest first: that for all builds, and that for those which are published.
pub(super) const FOLDERS: &[&str] = &["config/_default", "config/production"];

/// What all files of the config say together: the later ones overwrite single keys of the earlier.
pub(super) fn read(files: &Files) -> Tree {
    let mut tree = config::read(files, CONFIGS);
    for (_, mut part) in parts(files) {
        tree.faults.append(&mut part.faults);
        set(&mut tree.entries, part.entries);
    }
    tree
}

/// Each file of the config with its keys where they belong, the weakest first.
pub(super) fn files(files: &Files) -> Vec<(String, Tree)> {
    let first =
        CONFIGS.iter().find(|name| files.is_file(name)).map(|name| ((*name).to_owned(), config::read(files, &[name])));
    first.into_iter().chain(parts(files)).collect()
}

/// The strongest file of the config that says something under a key.
pub(super) fn reason(files: &Files, path: &[&str]) -> Reason {
    let says = self::files(files).into_iter().rfind(|(_, tree)| get(tree, path).is_some());
    Reason::key(says.map_or_else(|| "hugo.toml".to_owned(), |(file, _)| file), path.join("."))
}

/// The files in the folders.
fn parts(files: &Files) -> Vec<(String, Tree)> {
    let mut parts = Vec::new();
    for folder in FOLDERS {
        for file in files.below(folder, |_| true) {
            let name = file_name(&file);
            let Some((stem, "toml" | "yaml" | "yml" | "json")) = name.rsplit_once('.') else { continue };
            let path = join(folder, &file);
            let mut part = config::read(files, &[&path]);
            part.entries = placed(stem, part.entries);
            parts.push((path, part));
        }
    }
    parts
}

/// The entries of a file under the keys that its name stands for: `params.ko` is `languages.ko.params`.
fn placed(stem: &str, entries: Vec<Entry>) -> Vec<Entry> {
    if matches!(stem, "hugo" | "config") {
        return entries;
    }
    let (name, language) = stem.split_once('.').map_or((stem, None), |(name, language)| (name, Some(language)));
    let inner = match &entries[..] {
        // A file may say once more what it is.
        [Entry { key, value: Node { data: Data::Map(inner), .. }, .. }] if key == name => inner.clone(),
        _ => entries,
    };
    let path = match (name, language) {
        (name, None) => vec![name],
        ("menu" | "menus", Some(language)) => vec!["languages", language, "menus"],
        ("params", Some(language)) => vec!["languages", language, "params"],
        (_, Some(language)) => vec!["languages", language],
    };
    let within = |inner: Vec<Entry>, key: &&str| {
        let nowhere = Span::new(0, 0);
        let value = Node { span: nowhere, style: Style::Block, tag: None, anchor: 0, data: Data::Map(inner) };
        vec![Entry { key: (*key).to_owned(), key_span: nowhere, value }]
    };
    path.iter().rev().fold(inner, within)
}

/// Sets keys, and those of maps within.
fn set(entries: &mut Vec<Entry>, more: Vec<Entry>) {
    for entry in more {
        match entries.iter_mut().rfind(|old| old.key.eq_ignore_ascii_case(&entry.key)) {
            Some(old) => match (&mut old.value.data, entry.value.data) {
                (Data::Map(inner), Data::Map(more)) => set(inner, more),
                (_, data) => old.value = Node { data, ..entry.value },
            },
            None => entries.push(entry),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_together() {
        let all = [
            ("hugo.toml", "title = 'a'\n[params]\nx = 1\n[markup.goldmark.renderer]\nunsafe = false\n"),
            ("config.toml", "title = 'never'\n"),
            ("config/_default/config.toml", "title = 'b'\n"),
            ("config/_default/markup.toml", "[goldmark.renderer]\nunsafe = true\n"),
            ("config/_default/params.yaml", "params:\n  y: 2\n"),
            ("config/_default/params.ko.toml", "z = 3\n"),
            ("config/_default/languages.ko.toml", "weight = 1\n"),
            ("config/_default/more/menus.toml", "[[main]]\nname = 'm'\n"),
            ("config/_default/notes.md", "title: no\n"),
            ("config/production/Hugo.json", r#"{"weight": 7}"#),
            ("config/production/hugo.json", r#"{"Title": "c"}"#),
            ("config/staging/hugo.toml", "title = 'd'\n"),
        ];
        let tree = read(&Files::in_memory(all));
        for (path, value) in [
            (&["title"] as &[&str], Some("c")),
            (&["params", "x"], Some("1")),
            (&["params", "y"], Some("2")),
            (&["languages", "ko", "params", "z"], Some("3")),
            (&["languages", "ko", "weight"], Some("1")),
            (&["markup", "goldmark", "renderer", "unsafe"], Some("true")),
            (&["Hugo", "weight"], Some("7")),
        ] {
            assert_eq!(config::text(&tree, path), value, "{path:?}");
        }
        assert!(config::get(&tree, &["menus", "main"]).is_some_and(|menu| menu.items().len() == 1));
        assert!(tree.faults.is_empty());
    }
}
