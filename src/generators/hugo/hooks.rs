//! Render hooks, which decide where the links and images of a post lead: Hugo 0.168,
//! `tpl/tplimpl/embedded/templates/_markup` and `markup/goldmark/goldmark_config/config.go`.

mod before;
mod elements;

use std::sync::LazyLock;

use regex::Regex;

pub(super) use self::elements::{makes_ids, may_set_formulas};
use super::keys::{child, get};
use super::settings::Settings;
use super::version::Version;
use crate::files::{Files, join};
use crate::generators::rewrites::{Lookup, Rewrite, ShownKey};
use crate::generators::shown_keys::{self, Syntax};
use crate::generators::{Site, config};
use crate::syntax::front_matter::Tree;

/// What a hook is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Link,
    Image,
    Heading,
}

impl Shape {
    fn name(self) -> &'static str {
        match self {
            Shape::Link => "link",
            Shape::Image => "image",
            Shape::Heading => "heading",
        }
    }
}

/// What the hook of a site makes of a link or an image of a post, if there is one.
pub(super) fn rewrite(site: &Site, settings: &Settings, files: &Files, post: &str, shape: Shape) -> Option<Rewrite> {
    let themes = Themes::of(&site.tree, files);
    let own = hook(files, &themes, post, shape, settings.version);
    let plausible = || places(settings, post, &[Kind::Page, Kind::Own, Kind::Section, Kind::Assets, Kind::Root]);
    match (embedded(&site.tree, settings, shape), own) {
        (Embedded::Always, _) | (Embedded::Fallback, None) => {
            let kinds: &[Kind] =
                if shape == Shape::Link { &[Kind::Page, Kind::Own, Kind::Assets] } else { &[Kind::Own, Kind::Assets] };
            let by = "Hugo's own render hook".to_owned();
            Some(Rewrite { places: places(settings, post, kinds), is_sure: true, keeps: true, is_exact: false, by })
        }
        (_, Some((path, text))) => {
            let by = format!("`{path}`");
            let hook = Hook::read(&text);
            if let Some(before) = before::before(&text) {
                let places = vec![Lookup::Root(before)];
                return Some(Rewrite { places, is_sure: true, keeps: false, is_exact: true, by });
            }
            let is_plain = hook.kinds.is_empty() && hook.keeps;
            (!is_plain).then(|| Rewrite {
                places: places(settings, post, &hook.kinds),
                is_sure: true,
                keeps: hook.keeps,
                is_exact: false,
                by,
            })
        }
        // A theme that is not here may have one; the usual ones look in these places.
        (_, None) => {
            let by = themes.missing?;
            Some(Rewrite { places: plausible(), is_sure: false, keeps: true, is_exact: false, by })
        }
    }
}

/// The parameters of posts that layouts print as addresses.
pub(super) fn shown_keys(tree: &Tree, files: &Files) -> Vec<ShownKey> {
    let themes = Themes::of(tree, files);
    // A layout of the site's own may stand for one of a theme; what the two print together must be known.
    shown_keys::of(files, &layouts(&themes).collect::<Vec<_>>(), &PARAMETERS)
}

static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\b(?:src|href)=["']?\{\{-?\s*\.Params\.([\w.]+)\s*(?:\|\s*safe\w*\s*)?-?\}\}"#).expect("a pattern")
});
static ROOTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\b(?:src|href)=["']?\{\{-?\s*\.Params\.([\w.]+)\s*\|\s*(?:relURL|absURL)\s*-?\}\}"#)
        .expect("a pattern")
});
static ASKED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{\{-?\s*(?:else\s+)?if\s+\.Params\.([\w.]+)\s*-?\}\}").expect("a pattern"));
const PARAMETERS: Syntax = Syntax { mark: ".Params.", plain: &PLAIN, rooted: &ROOTED, asked: &ASKED, above: &[] };

/// The themes of a site.
pub(super) struct Themes {
    /// The folders of those that are here.
    pub folders: Vec<String>,
    /// What is not here, if something is missing.
    pub missing: Option<String>,
}

impl Themes {
    pub(super) fn of(tree: &Tree, files: &Files) -> Themes {
        let folder = get(tree, &["themesDir"]).and_then(config::scalar).unwrap_or("themes");
        let named = get(tree, &["theme"]).map_or_else(Vec::new, config::texts_of);
        let (here, away): (Vec<String>, Vec<String>) =
            named.into_iter().partition(|theme| files.is_folder(&format!("{folder}/{theme}/layouts")));
        let has_modules = || get(tree, &["module", "imports"]).is_some() && !files.is_folder("_vendor");
        let missing = away.first().map(|theme| format!("the theme `{theme}`, which is not in this folder,"));
        Themes {
            folders: here.into_iter().map(|theme| format!("{folder}/{theme}/")).collect(),
            missing: missing.or_else(|| has_modules().then(|| "a module, which is not in this folder,".to_owned())),
        }
    }
}

/// The folders of layouts, the strongest first.
pub(super) fn layouts(themes: &Themes) -> impl Iterator<Item = String> {
    let themes = themes.folders.iter().map(|theme| format!("{theme}layouts"));
    std::iter::once("layouts".to_owned()).chain(themes)
}

/// The hook for a post: that of its section, or of all, by its path.
fn hook(files: &Files, themes: &Themes, post: &str, shape: Shape, version: Version) -> Option<(String, String)> {
    let sections: Vec<&str> = post.split('/').skip(1).collect();
    let sections = (1..sections.len()).rev().map(|depth| sections[..depth].join("/"));
    // That of the layouts themselves counts since 0.146.
    let all = ["_default"].into_iter().chain((!version.is_before(146)).then_some(""));
    let folders: Vec<String> = sections.chain(all.map(str::to_owned)).collect();
    let folder =
        layouts(themes).flat_map(|root| folders.iter().map(move |folder| join(&root, folder)).collect::<Vec<_>>());
    folder.map(|folder| format!("{folder}/_markup")).find_map(|folder| in_folder(files, &folder, shape))
}

/// All hooks of the site.
fn all<'f>(files: &'f Files, themes: &'f Themes, shape: Shape) -> impl Iterator<Item = (String, String)> + 'f {
    layouts(themes).chain(["_vendor".to_owned()]).flat_map(move |root| {
        let hooks = files.below(&root, |_| true).into_iter().filter(move |file| is_hook(file, shape));
        hooks.filter_map(move |file| read(files, &join(&root, &file)))
    })
}

fn is_hook(file: &str, shape: Shape) -> bool {
    let name = file.rsplit_once("_markup/").map_or("", |(_, name)| name);
    let rest = name.strip_prefix("render-").and_then(|rest| rest.strip_prefix(shape.name()));
    rest.is_some_and(|rest| rest.starts_with('.') && rest.ends_with(".html"))
}

fn in_folder(files: &Files, folder: &str, shape: Shape) -> Option<(String, String)> {
    let folder = folder.replace("//", "/");
    if !files.is_folder(&folder) {
        return None;
    }
    let name = files.below(&folder, |_| false).into_iter().find(|name| is_hook(&format!("_markup/{name}"), shape))?;
    read(files, &join(&folder, &name))
}

/// A hook and its path; an empty one stands for another that is put in its place.
fn read(files: &Files, path: &str) -> Option<(String, String)> {
    let text = files.text(path).filter(|text| !text.trim().is_empty())?;
    Some((path.to_owned(), text.to_string()))
}

/// When the hooks that Hugo brings are used.
#[derive(Debug, PartialEq, Eq)]
enum Embedded {
    Always,
    Fallback,
    Never,
}

/// `markup.goldmark.renderHooks.link.useEmbedded`, and `enableDefault` before 0.148.
fn embedded(tree: &Tree, settings: &Settings, shape: Shape) -> Embedded {
    let goldmark = get(tree, &["markup", "goldmark"]);
    let hook = goldmark.and_then(|goldmark| child(child(goldmark, "renderHooks")?, shape.name()));
    let told = |key: &str| hook.and_then(|hook| child(hook, key));
    let copies = goldmark.and_then(|goldmark| child(goldmark, "duplicateResourceFiles")).and_then(config::switch);
    if settings.version.is_before(123) {
        return Embedded::Never;
    }
    let named = told("useEmbedded").filter(|_| !settings.version.is_before(148));
    match named.and_then(config::scalar).map(str::to_lowercase).as_deref() {
        Some("always") => Embedded::Always,
        Some("fallback") => Embedded::Fallback,
        Some("never") => Embedded::Never,
        _ => match told("enableDefault").and_then(config::switch) {
            Some(true) => Embedded::Fallback,
            Some(false) => Embedded::Never,
            None if settings.languages.len() > 1 && copies != Some(true) => Embedded::Fallback,
            None => Embedded::Never,
        },
    }
}

/// Where a hook looks for what an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `.Page.GetPage`
    Page,
    /// `.Page.Resources`
    Own,
    /// `.Page.Parent.Resources`
    Section,
    /// `resources.Get`
    Assets,
    /// `relURL`
    Root,
}

fn places(settings: &Settings, post: &str, kinds: &[Kind]) -> Vec<Lookup> {
    let content = settings.content_of(post).map_or("content", |mount| &mount.folder);
    let (folder, name) = post.rsplit_once('/').unwrap_or(("", post));
    let is_bundle = name.starts_with("index.") || name.starts_with("_index.");
    let above = folder.rsplit_once('/').map_or(content, |(above, _)| above);
    let mut places = Vec::new();
    for kind in kinds {
        match kind {
            Kind::Page => {
                let below = [Some(folder), is_bundle.then_some(above), Some(content)];
                places.extend(below.into_iter().flatten().map(|folder| Lookup::Page(folder.to_owned())));
            }
            Kind::Own => places.extend(is_bundle.then(|| Lookup::Resource(folder.to_owned()))),
            Kind::Section => {
                let folders = [Some(folder).filter(|_| !is_bundle), Some(above)];
                places.extend(folders.into_iter().flatten().map(|folder| Lookup::Resource(folder.to_owned())));
            }
            Kind::Assets => {
                places.push(Lookup::File(settings.assets.clone()));
                places.extend(
                    settings
                        .statics
                        .iter()
                        .filter_map(|mount| mount.folder.strip_suffix("/static"))
                        .map(|theme| Lookup::File(format!("{theme}/assets"))),
                );
            }
            Kind::Root => places.push(Lookup::Root(String::new())),
        }
    }
    places
}

/// A hook, as far as it is understood.
#[derive(Debug, PartialEq, Eq)]
struct Hook {
    kinds: Vec<Kind>,
    /// Whether what is found nowhere is printed as it is written.
    keeps: bool,
}

/// What does nothing to an address, or only asks for something.
const HARMLESS: &[&str] = &[
    "add", "and", "anchorize", "block", "break", "collections", "cond", "continue", "default", "define", "dict", "div",
    "else", "emojify", "end", "eq", "errorf", "false", "findRE", "first", "float", "ge", "gt", "hasPrefix",
    "hasSuffix", "htmlEscape", "htmlUnescape", "hugo", "humanize", "if", "images", "in", "index", "int", "isset",
    "last", "le", "len", "lt", "markdownify", "math", "merge", "mod", "mul", "ne", "nil", "not", "or", "page",
    "plainify", "range", "reflect", "resources", "safe", "safeCSS", "safeHTML", "safeHTMLAttr", "safeJS", "safeURL",
    "site", "slice", "strings", "sub", "template", "title", "transform", "true", "urls", "warnf", "with",
];

/// Functions of the rooms above that make another text of one.
const CHANGING: &[&str] = &[
    "strings.Replace", "strings.ReplaceRE", "strings.TrimSuffix", "strings.TrimRight", "strings.Substr",
    "strings.SliceString", "strings.ToLower", "strings.ToUpper", "urls.JoinPath", "resources.GetMatch",
    "resources.Match", "resources.ByType",
];

pub(super) static ACTION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s)\{\{-?(.*?)-?\}\}").expect("a pattern"));
pub(super) static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)\{\{-?\s*/\*.*?\*/\s*-?\}\}").expect("a pattern"));
pub(super) static STRING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#""(?:[^"\\]|\\.)*"|`[^`]*`"#).expect("a pattern"));
static NAME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[^.$\w])([a-zA-Z]\w*(?:\.[A-Z]\w*)?)").expect("a pattern"));
static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:src|href)\s*=\s*["']?\{\{-?\s*(\$\w+)\s*(?:\|\s*safe[.\w]*\s*)?-?\}\}"#).expect("a pattern")
});

/// An address with something before it or behind it: another one.
static ADDED: LazyLock<Regex> = LazyLock::new(|| {
    let address = r"\{\{-?\s*\$?\.Destination";
    Regex::new(&format!(r#"\b(?:src|href)\s*=\s*["']?(?:[^"'{{}}\s>]+{address}|{address}[^}}]*\}}\}}[^"'\s>?#])"#))
        .expect("a pattern")
});

impl Hook {
    fn read(text: &str) -> Hook {
        let text = COMMENT.replace_all(text, "");
        let actions: Vec<&str> = ACTION.captures_iter(&text).filter_map(|found| Some(found.get(1)?.as_str())).collect();
        let all = actions.join("\n");
        // `printf "%s#%s"` puts a query or a fragment back.
        let is_known_format = |action: &str| {
            let mut formats = action.match_indices("printf").map(|(at, _)| action[at + 6..].trim_start());
            formats.all(|format| {
                ["\"%s#%s\"", "\"%s?%s\"", "\" %s=%q\"", "\"%s=%q\""].iter().any(|known| format.starts_with(known))
            })
        };
        let is_harmless = |action: &&str| {
            let bare = STRING.replace_all(action, "\"\"");
            let harmless = NAME.captures_iter(&bare).all(|found| {
                let name = &found[1];
                let first = name.split('.').next().unwrap_or_default();
                HARMLESS.contains(&first) && !CHANGING.contains(&name)
                    || matches!(name, "printf" | "print" | "relURL" | "absURL" | "ref" | "relref" | "lower")
            });
            harmless
                && is_known_format(action)
                && !bare.contains(".Resources.Match")
                && !bare.contains(".Resources.GetMatch")
        };
        let is_known = actions.iter().all(is_harmless);
        let mut kinds = Vec::new();
        let mut looks = |kind, signs: &[&str]| {
            if signs.iter().any(|sign| all.contains(sign)) {
                kinds.push(kind);
            }
        };
        looks(Kind::Page, &[".GetPage", "ref ", "relref"]);
        looks(Kind::Own, &[".Resources."]);
        looks(Kind::Section, &["Parent.Resources", "CurrentSection.Resources", "FirstSection.Resources"]);
        looks(Kind::Assets, &["resources.Get"]);
        looks(Kind::Root, &["relURL", "absURL"]);
        let assigned = |name: &str| {
            let mut assigns =
                actions.iter().filter_map(|action| action.trim().strip_prefix(name)?.trim_start().strip_prefix(":="));
            assigns.any(|value| value.contains(".Destination") || value.contains(".String") || value.contains(".Path"))
        };
        let is_written = |action: &&str| {
            let printed = action.split('|').next().unwrap_or_default().trim();
            let safe = action.split('|').skip(1).all(|filter| filter.trim().starts_with("safe"));
            matches!(printed, ".Destination" | "$.Destination") && safe
        };
        let prints = actions.iter().any(is_written) || PRINTED.captures_iter(&text).any(|found| assigned(&found[1]));
        Hook { kinds, keeps: is_known && prints && !ADDED.is_match(&text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hooks_do() {
        use Kind::{Assets, Own, Page, Root, Section};
        for (text, kinds, keeps) in [
            (
                r#"<a href="{{ .Destination | safeURL }}"{{ with .Title }} title="{{ . }}"{{ end }}>{{ .Text | safeHTML }}</a>"#,
                vec![],
                true,
            ),
            (
                r#"<a href="{{ .Destination }}"{{ if strings.HasPrefix .Destination "http" }} target="_blank"{{ end }}>"#,
                vec![],
                true,
            ),
            (r#"{{/* resources.Get */}}<img loading="lazy" src="{{ .Destination | safe.URL }}">"#, vec![], true),
            (r#"{{ with resources.Get .Destination }}<img src="{{ .RelPermalink }}">{{ end }}"#, vec![Assets], false),
            (
                r#"{{ $u := urls.Parse .Destination }}{{ $src := $u.String }}{{ with .Page.Resources.Get $u.Path }}{{ $src = .RelPermalink }}{{ end }}<img src="{{ $src }}">"#,
                vec![Own],
                true,
            ),
            (
                r#"{{ with .PageInner.Parent.Resources.Get .Destination }}<img src="{{ .RelPermalink }}">{{ end }}"#,
                vec![Own, Section],
                false,
            ),
            (
                r#"{{ with .Page.GetPage .Destination }}<a href="{{ .RelPermalink }}">{{ else }}<a href="{{ .Destination }}">{{ end }}"#,
                vec![Page],
                true,
            ),
            (r#"<img src="{{ .Destination | relURL }}">"#, vec![Root], false),
            (r#"<img src="https://a.b/{{ .Destination | safeURL }}">"#, vec![], false),
            (r#"<img src="{{ .Destination }}.webp">"#, vec![], false),
            (r#"<img src="{{ .Destination }}?w=300">"#, vec![], true),
            (
                r#"<img src="{{ with resources.Get .Destination }}{{ .RelPermalink }}{{ else }}{{ .Destination }}{{ end }}">"#,
                vec![Assets],
                true,
            ),
            (r#"<img src="{{ replace .Destination "a" "b" }}">"#, vec![], false),
            (r#"<img src="{{ printf "/img/%s" .Destination }}">"#, vec![], false),
            (r#"{{ partial "image.html" . }}"#, vec![], false),
        ] {
            assert_eq!(Hook::read(text), Hook { kinds, keeps }, "{text}");
        }
    }
}
