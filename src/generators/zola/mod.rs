//! Zola (0.19), with its `config.toml`.

mod head;
mod pages;
mod sections;
mod shortcodes;
mod slugs;

use std::sync::LazyLock;

use jiff::tz::TimeZone;
use regex::Regex;

use self::pages::Settings;
use super::config_faults::{ConfigFault, Told, Twins};
use super::dates::{DateFault, HeadFault};
use super::features::{Features, Templates};
use super::rewrites::ShownKey;
use super::shown_keys::{self, Syntax};
use super::{Absence, Build, Conventions, Plan, Reason, Site, Target, Unclear, Why, config};
use crate::files::{Files, file_name};
use crate::markdown::commonmark::Options;
use crate::markdown::{MarkdownEngine, ids};
use crate::post::Post;
use crate::shortcodes::{Dialect, Known};
use crate::syntax::front_matter::Tree;
use crate::text::opening;

/// What Zola does on every site.
pub(crate) const FEATURES: Features = Features {
    name: "Zola",
    config: "config.toml",
    templates: Templates::Shortcodes,
    layout_folders: &["templates"],
    script_folders: &["static"],
    has_themes: true,
    withheld_by: Some(("draft", true)),
    port: Some("1111"),
    address_keys: &["path", "slug"],
    stops_at_twins: Some("Zola"),
    other_address: "give one of them a `slug` or a `path` of its own",
    // Addresses are compared before anything is written (`Site::load`).
    stops_at_clash: true,
    ..Features::PLAIN
};

static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\b(?:src|href)=["']?\{\{-?\s*page\.extra\.([\w.]+)\s*(?:\|\s*safe\s*)?-?\}\}"#).expect("a pattern")
});
static ROOTED: LazyLock<Regex> = LazyLock::new(|| {
    let url = r"get_url\(\s*path\s*=\s*page\.extra\.([\w.]+)\s*\)";
    Regex::new(&format!(r#"\b(?:src|href)=["']?\{{\{{-?\s*{url}\s*(?:\|\s*safe\s*)?-?\}}\}}"#)).expect("a pattern")
});
static ASKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{%-?\s*(?:el)?if\s+page\.extra\.([\w.]+)\s*(?:is\s+defined\s*)?-?%\}").expect("a pattern")
});
const EXTRA: Syntax = Syntax { mark: "page.extra.", plain: &PLAIN, rooted: &ROOTED, asked: &ASKED, above: &["extra"] };

/// The names of the config.
const CONFIGS: &[&str] = &["zola.toml", "config.toml"];

/// What Zola is told.
pub(crate) fn read(files: &Files) -> Site {
    let tree = config::read(files, CONFIGS);
    let settings = Settings::of(&tree);
    Site {
        is_faulty: !tree.faults.is_empty(),
        url: config::text(&tree, &["base_url"]).unwrap_or_default().trim_end_matches('/').to_owned(),
        markdown: profile(&tree),
        theme: config::text(&tree, &["theme"]).map(str::to_owned),
        features: &FEATURES,
        tree,
        conventions: Box::new(settings),
        ..Site::default()
    }
}

fn profile(tree: &Tree) -> Option<MarkdownEngine> {
    let usual = Options::pulldown_cmark();
    let ids = match config::text(tree, &["slugify", "anchors"]) {
        None | Some("on") => ids::Style::ZolaOn,
        Some(_) => ids::Style::ZolaSafe,
    };
    let typographer = config::flag(tree, &["markdown", "smart_punctuation"]).unwrap_or(usual.typographer);
    let options = Options { typographer, ids: Some(ids), ..usual };
    tree.faults.is_empty().then_some(MarkdownEngine::CommonMark(options))
}

impl Conventions for Settings {
    fn folders(&self) -> Vec<String> {
        vec!["content".to_owned()]
    }

    fn is_post(&self, path: &str) -> bool {
        let name = file_name(path);
        path.starts_with("content/")
            && name.ends_with(".md")
            && !name.starts_with('.')
            && !name.starts_with("_index.")
            && !self.ignores(path)
    }

    /// Zola 0.22, `components/config/src/config/mod.rs` (`make_permalink`).
    fn config_faults(&self, site: &Site, files: &Files) -> Vec<ConfigFault> {
        let mut told = Told::of_first(site, files, CONFIGS, Twins::Stops("Zola"));
        let below = "addresses of pages lead below the page they stand on";
        told.address(|tree| config::get(tree, &["base_url"]), below, |_| false);
        told.into_faults()
    }

    fn date_faults(&self, post: &Post, _zone: Option<&TimeZone>) -> Vec<DateFault> {
        head::date_faults(post)
    }

    fn head_faults(&self, post: &Post) -> Vec<HeadFault> {
        let language = self.unknown_language(post.path).map(|language| head::language(post, language));
        let fences = head::fences(post);
        language.into_iter().chain(fences).chain(head::faults(post, self.taxonomies_of(post.path))).collect()
    }

    fn absence(&self, post: &Post, build: &Build) -> Option<Absence> {
        let front = post.front_matter().filter(|front| front.tree.faults.is_empty())?;
        if config::flag(&front.tree, &["render"]) == Some(false) {
            let why = Why::Said("its `render` says that no page is made of it");
            return Some(Absence { span: opening(post.text), why });
        }
        let why = sections::why_left_out(self, build, post.path, &front.tree)?;
        Some(Absence { span: opening(post.text), why })
    }

    fn refusal(&self, _post: &Post) -> Option<String> {
        // Zola 0.22, `components/content/src/front_matter/split.rs`.
        Some("so Zola stops the build".to_owned())
    }

    fn shown_keys(&self, site: &Site, files: &Files) -> Vec<ShownKey> {
        let theme = site.theme.iter().map(|theme| format!("themes/{theme}/templates"));
        shown_keys::of(files, &std::iter::once("templates".to_owned()).chain(theme).collect::<Vec<_>>(), &EXTRA)
    }

    fn shortcode_dialect(&self) -> Option<Dialect> {
        Some(Dialect::Called)
    }

    fn shortcodes(&self, site: &Site, files: &Files) -> Option<Known> {
        Some(shortcodes::of(site, files))
    }

    fn markdown_reason(&self, site: &Site, _files: &Files) -> Reason {
        Reason::because(if site.is_faulty { "the config cannot be read" } else { "Zola's own; it has no other" })
    }

    fn unclear(&self, site: &Site, files: &Files) -> Vec<Unclear> {
        let mut all = Vec::new();
        if site.is_faulty {
            let file = files.first(CONFIGS).unwrap_or(site.features.config);
            all.push(Unclear::new(format!("`{file}`"), "it cannot be read, so nothing that it says is known"));
        }
        let is_missing = |theme: &&String| !files.has_others(&format!("themes/{theme}"), "");
        if let Some(theme) = site.theme.as_ref().filter(is_missing) {
            let so = "it is not in the repository, so its templates, shortcodes and files are not seen";
            all.push(Unclear::new(format!("theme `{theme}`"), so));
        }
        all
    }

    fn plan(&self, _: &Site, build: &Build) -> Plan {
        pages::plan(self, build)
    }

    fn target_of(&self, _: &Site, build: &Build, post: &Post) -> Option<Target> {
        pages::target_of(self, build, post)
    }
}
