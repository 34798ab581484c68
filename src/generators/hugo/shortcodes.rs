//! The shortcodes of a site: its own, its themes' and those that Hugo brings (0.168, `tpl/tplimpl`).

use std::sync::LazyLock;

use regex::Regex;

use super::hooks::{ACTION, COMMENT, STRING, Themes};
use super::keys::{child, get};
use super::layers::{CONFIGS, FOLDERS};
use super::mounts::Mount;
use super::pages::is_page;
use super::{printed, version};
use crate::files::{Files, is_below, join};
use crate::generators::{Site, config};
use crate::shortcodes::{Content, Forms, Known, Pages, Piece, ShownParameter, Template, shown};
use crate::syntax::front_matter::Tree;

/// Those that Hugo brings, and brought before 0.156, each with whether it takes content.
const EMBEDDED: &[(&str, bool)] = &[
    ("comment", true),
    ("details", true),
    ("figure", false),
    ("gist", false),
    ("highlight", true),
    ("instagram", false),
    ("instagram_simple", false),
    ("param", false),
    ("qr", true),
    ("ref", false),
    ("relref", false),
    ("tweet", false),
    ("twitter", false),
    ("twitter_simple", false),
    ("vimeo", false),
    ("vimeo_simple", false),
    ("x", false),
    ("x_simple", false),
    ("youtube", false),
];

/// Those of them that stop Hugo since 0.156.
const REMOVED: &[&str] = &["gist", "tweet", "twitter", "twitter_simple"];

pub(super) fn of(site: &Site, files: &Files, contents: &[Mount]) -> Known {
    let themes = Themes::of(&site.tree, files);
    let mut known = Known { missing: missing(site, files, &themes), ..Known::default() };
    let own = get(&site.tree, &["layoutDir"]).and_then(config::scalar).unwrap_or("layouts").to_owned();
    let of_themes = themes.folders.iter().map(|theme| format!("{theme}layouts"));
    for root in std::iter::once(own).chain(of_themes).chain(["_vendor".to_owned()]) {
        let mut of_root = Known::default();
        for file in files.below(&root, |_| true) {
            if let Some(name) = name(&file) {
                of_root.add(name, files.text(&join(&root, &file)).map(|text| template(&text)).unwrap_or_default());
            }
        }
        known.add_below(of_root);
    }
    known.pages = pages(site, files, &known, contents);
    let is_new = version::asked(files).is_some_and(|minor| minor >= 156);
    for (name, takes_content) in EMBEDDED {
        let is_embedded = get(&site.tree, &["privacy"]).is_none();
        let is_removed = REMOVED.contains(name) && is_new;
        let template = || Template { is_embedded, is_removed, ..embedded(name, *takes_content) };
        known.templates.entry((*name).to_owned()).or_insert_with(template);
    }
    known
}

/// A template of Hugo's own, with what matters to Markdown of that which it prints.
fn embedded(name: &str, takes_content: bool) -> Template {
    let around = |open: &str, inner: &[Piece], close: &str| {
        let [open, close] = [open, close].map(|text| Piece::Text(text.to_owned()));
        Some([&[open], inner, &[close]].concat())
    };
    let (content, pieces) = match name {
        "details" => {
            let inner = [Piece::Unknown, Piece::Text("</summary>\n\t".to_owned()), Piece::Markdown];
            (Content::Markdown, around("<details>\n\t<summary>", &inner, "</details>\n"))
        }
        "highlight" => (Content::Other, around("<div class=\"highlight\"><pre>", &[Piece::Unknown], "</pre></div>")),
        "figure" => (Content::Other, around("<figure><img src=\"", &[Piece::Unknown], "\"></figure>\n")),
        "youtube" => (Content::Other, around("<div><iframe src=\"", &[Piece::Unknown], "\"></iframe></div>\n")),
        "qr" => (Content::Other, around("<img src=\"", &[Piece::Unknown], "\">")),
        _ => (Content::Other, None),
    };
    let is_shown = matches!(name, "figure");
    let shown = ["src", "link"].map(|name| ShownParameter { name: name.to_owned(), is_rooted: false });
    let shows = if is_shown { shown.into() } else { Vec::new() };
    Template { takes_content: Some(takes_content), content, pieces, shows, ..Template::default() }
}

/// What is told by the text of a template.
fn template(text: &str) -> Template {
    let printed = printed::read(text);
    let takes_content = takes_content(text);
    let bare = COMMENT.replace_all(text, "");
    let shows = shown(&bare, &bare, &FORMS);
    let prints_no_ids = !IDS.is_match(&bare);
    Template {
        takes_content,
        content: printed.content,
        pieces: printed.pieces,
        shows,
        prints_no_ids,
        ..Template::default()
    }
}

/// What has an id, or may print HTML that stands elsewhere.
static IDS: LazyLock<Regex> = LazyLock::new(|| {
    const PATTERN: &str = r#"(?i)\b(?:id|name)\s*=|\.Inner|partial|template|block|markdownify|RenderString|ReadFile|safeHTML|safe\.HTML|\.Content|\.Summary|Unmarshal"#;
    Regex::new(PATTERN).expect("a pattern")
});

/// `.Get "src"`, `.Get 0`, as templates write them.
static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let get = r#"\$?\.Get\s+(?:"([\w-]+)"|`([\w-]+)`|(\d+))"#;
    let printed =
        |behind: &str| format!(r#"\b(?:src|href)\s*=\s*["']?\{{\{{-?\s*\(?{get}\)?\s*{behind}-?\}}\}}["'\s>]"#);
    let pattern = |text: &str| Regex::new(text).expect("a pattern");
    Forms {
        mark: pattern(get),
        plain: pattern(&printed(r"(?:\|\s*safe\w*\s*)?")),
        rooted: pattern(&printed(r"\|\s*(?:relURL|absURL)\s*(?:\|\s*safe\w*\s*)?")),
        asked: pattern(&format!(r"\{{\{{-?\s*(?:else\s+)?if\s+{get}\s*-?\}}\}}")),
    }
});

/// The content; `None` where pages come from elsewhere too, where the site has a `ref` of its own, and where
/// it only warns (`refLinksErrorLevel`, `refLinksNotFoundURL`).
fn pages(site: &Site, files: &Files, known: &Known, contents: &[Mount]) -> Option<Pages> {
    let tells = |key: &str| get(&site.tree, &[key]).is_some();
    let is_own = ["ref", "relref"].iter().any(|name| known.templates.contains_key(*name));
    let changes =
        ["refLinksErrorLevel", "refLinksNotFoundURL", "taxonomies", "ignoreFiles"].iter().any(|key| tells(key));
    let is_moved = contents.iter().any(|mount| !mount.below.is_empty());
    if known.missing.is_some() || is_own || changes || is_moved {
        return None;
    }
    let folders: Vec<String> = contents.iter().map(|mount| mount.folder.clone()).collect();
    // A file belongs to the innermost of them.
    let is_inner = |folder: &String, file: &str| {
        !folders.iter().any(|other| other != folder && is_below(other, folder) && is_below(file, other))
    };
    let below = |folder: &String| {
        let files = files.below(folder, |_| true).into_iter();
        // `ref` finds no resource of a page.
        let own = files.filter(|file| is_inner(folder, &join(folder, file)) && is_page(file));
        own.map(|file| (folder.clone(), file)).collect::<Vec<_>>()
    };
    let content: Vec<(String, String)> = folders.iter().flat_map(below).collect();
    let is_made = content.iter().any(|(_, file)| file.contains("_content."));
    let themes_bring =
        files.is_folder("themes") && files.below("themes", |_| true).iter().any(|file| file.contains("/content/"));
    let all = content.iter().map(|(folder, file)| (folder.as_str(), file.as_str()));
    (!is_made && !themes_bring).then(|| Pages::of(folders.clone(), all))
}

/// What may bring others that are not seen.
fn missing(site: &Site, files: &Files, themes: &Themes) -> Option<String> {
    let has = |tree: &Tree, keys: &[&str]| {
        let module = get(tree, &["module"]);
        keys.iter().any(|key| module.is_some_and(|module| child(module, key).is_some()))
    };
    let of_theme = |theme: &&String| {
        let configs: Vec<String> = CONFIGS.iter().map(|name| format!("{theme}{name}")).collect();
        let tree = config::read(files, &configs);
        !tree.faults.is_empty() || get(&tree, &["theme"]).is_some() || has(&tree, &["imports", "mounts"])
    };
    let is_of_parts = || {
        let parts = files.below("config", |_| true);
        // Who builds for another environment says so on the command line.
        parts.iter().any(|part| !FOLDERS.iter().any(|folder| is_below(&format!("config/{part}"), folder)))
    };
    if site.is_faulty || files.first(CONFIGS).is_none() && !files.is_folder(FOLDERS[0]) {
        return Some("what the config does not tell".to_owned());
    }
    if has(&site.tree, &["imports", "mounts"]) || is_of_parts() {
        return Some("a module or another part of the config".to_owned());
    }
    let outer = || Some(themes.folders.iter().find(of_theme)?.trim_end_matches('/').to_owned());
    // A theme can be named on the command line.
    let unnamed = || themes.folders.is_empty() && files.is_folder("themes");
    themes
        .missing
        .clone()
        .map(|missing| missing.trim_end_matches(',').to_owned())
        .or_else(|| outer().map(|theme| format!("what `{theme}` builds on")))
        .or_else(|| unnamed().then(|| "a theme that the command line names".to_owned()))
}

/// The name of a template below a folder of shortcodes: `shortcodes/box/note.html` is `box/note`.
fn name(file: &str) -> Option<&str> {
    let at = file.rfind("shortcodes/").filter(|at| file[..*at].is_empty() || file[..*at].ends_with(['/', '_']))?;
    let name = &file[at + "shortcodes/".len()..];
    let stem = name.rfind('/').map_or(0, |slash| slash + 1);
    let end = name[stem..].find('.').map_or(name.len(), |dot| stem + dot);
    (end > stem).then(|| &name[..end])
}

/// Whether a template prints what stands between its tags: it asks for `.Inner`, or `.InnerDeindent`, anywhere
/// (`templatetransform.go`, `collectInnerInShortcode`); `None` where that is not clear.
fn takes_content(text: &str) -> Option<bool> {
    static INNER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\.Inner(?:Deindent)?(?:[^\w]|$)").expect("a pattern"));
    // An empty one stands for another that is put in its place.
    if text.trim().is_empty() {
        return None;
    }
    let text = COMMENT.replace_all(text, "");
    if !INNER.is_match(&text) {
        return Some(false);
    }
    let asks = ACTION.captures_iter(&text).any(|action| INNER.is_match(&STRING.replace_all(&action[1], "\"\"")));
    // The field of what parentheses make does not count.
    (asks && !text.contains(").Inner")).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_templates_take_content() {
        for (text, takes) in [
            ("<p>{{ .Inner }}</p>", Some(true)),
            ("{{ with .Inner }}{{ . }}{{ end }}", Some(true)),
            ("{{- .InnerDeindent | markdownify -}}", Some(true)),
            ("{{ if eq $.Inner \"\" }}{{ end }}", Some(true)),
            ("{{ .Page.RenderString .Inner }}", Some(true)),
            ("{{ .Parent.Inner }}", Some(true)),
            ("{{ define \"q\" }}{{ .Inner }}{{ end }}{{ template \"q\" . }}", Some(true)),
            ("{{/* .Inner */}}", Some(false)),
            ("{{ .Get 0 }}", Some(false)),
            ("{{ .InnerText }}", Some(false)),
            ("{{ (index (slice .) 0).Inner }}", None),
            ("{{ print \".Inner\" }}", None),
            ("", None),
            ("<hr>", Some(false)),
        ] {
            assert_eq!(takes_content(text), takes, "{text}");
        }
    }

    #[test]
    fn names_of_templates() {
        for (file, expected) in [
            ("shortcodes/note.html", Some("note")),
            ("_shortcodes/note.html", Some("note")),
            ("posts/_shortcodes/note.fr.html", Some("note")),
            ("_default/shortcodes/note.rss.xml", Some("note")),
            ("shortcodes/box/note.html", Some("box/note")),
            ("shortcodes/note", Some("note")),
            ("github.com/a/b/layouts/shortcodes/note.html", Some("note")),
            ("myshortcodes/note.html", None),
            ("shortcodes/.keep", None),
            ("partials/note.html", None),
        ] {
            assert_eq!(name(file), expected, "{file}");
        }
    }

    #[test]
    fn what_is_missing() {
        let is_whole = |more: &[(&str, &str)]| {
            let site = [("hugo.toml", "theme = \"t\"\n"), ("themes/t/layouts/shortcodes/box.html", "{{ .Inner }}")];
            let mut files: std::collections::BTreeMap<&str, &str> = site.into_iter().collect();
            files.extend(more.iter().copied());
            let files = Files::in_memory(files);
            of(&super::super::read(&files), &files, &[]).missing.is_none()
        };
        for (more, expected) in [
            (&[] as &[(&str, &str)], true),
            (&[("hugo.toml", "theme = \"other\"\n")], false),
            (&[("hugo.toml", "title = \"t\"\n")], false),
            (&[("hugo.toml", "theme = \"t\"\n[module.hugoVersion]\nmin = \"0.111\"\n")], true),
            (&[("hugo.toml", "theme = \"t\"\n[[module.imports]]\npath = \"example.org/m\"\n")], false),
            (&[("hugo.toml", "theme = \n")], false),
            (&[("themes/t/theme.toml", "name = \"t\"\n")], true),
            (&[("themes/t/hugo.toml", "theme = \"base\"\n")], false),
            (&[("config/_default/module.toml", "")], true),
            (&[("config/_default/module.toml", "[[imports]]\npath = \"example.org/m\"\n")], false),
            (&[("config/production/hugo.toml", "")], true),
            (&[("config/staging/hugo.toml", "")], false),
        ] {
            assert_eq!(is_whole(more), expected, "{more:?}");
        }
    }
}
