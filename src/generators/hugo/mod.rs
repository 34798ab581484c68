//! Hugo (0.111 and later), with its config under all its names.

mod absence;
mod cascade;
mod dates;
mod goldmark;
mod head;
mod hooks;
mod keys;
mod layers;
mod made;
mod mounts;
mod page;
mod pages;
mod paths;
mod permalinks;
mod printed;
mod settings;
mod shortcodes;
mod terms;
mod territories;
mod texts;
mod told;
mod version;

use jiff::tz::TimeZone;

use self::keys::get;
use self::settings::Settings;
use super::config_faults::ConfigFault;
use super::dates::DateFault;
use super::features::{Features, Templates};
use super::rewrites::{Rewrite, ShownKey, TexRewriter};
use super::{Absence, Build, Conventions, HeadFault, Plan, Reason, Site, Target, Unclear, config};
use crate::files::{Files, file_name, is_below};
use crate::post::Post;
use crate::shortcodes::{Dialect, Known};
use crate::syntax::front_matter::Tree;

/// What Hugo does on every site.
pub(crate) const FEATURES: Features = Features {
    name: "Hugo",
    config: "hugo.toml",
    templates: Templates::Shortcodes,
    layout_folders: &["layouts"],
    script_folders: &["static", "assets"],
    has_themes: true,
    names_whole: &["categories", "tags"],
    ignores_case: true,
    withheld_by: Some(("draft", true)),
    reads_switch: keys::is_on_now,
    reads_words: Some("Hugo up to 0.151"),
    foreign_switches: &[("publish", false)],
    publishes_future: "buildFuture = true",
    port: Some("1313"),
    address_keys: &["url", "slug"],
    stops_at_twins: Some("Hugo from 0.152 on"),
    other_address: "give one of them a `slug` or a `url` of its own",
    ..Features::PLAIN
};

/// What it does on one that asks for a Hugo before 0.152, which took `yes` and `on` for `true`, and of two keys the last.
const FEATURES_BEFORE_152: Features =
    Features { reads_switch: keys::is_on_before, reads_words: None, stops_at_twins: None, ..FEATURES };

/// What Hugo is told.
pub(crate) fn read(files: &Files) -> Site {
    let tree = layers::read(files);
    let settings = Settings::of(files, &tree);
    let flag = |key: &str| get(&tree, &[key]).and_then(config::switch).unwrap_or(false);
    let text = |key: &str| get(&tree, &[key]).and_then(config::scalar);
    Site {
        is_faulty: !tree.faults.is_empty(),
        timezone: text("timeZone").map(str::to_owned),
        future: flag("buildFuture"),
        url: text("baseURL").unwrap_or_default().trim_end_matches('/').to_owned(),
        unpublished: flag("buildDrafts"),
        markdown: goldmark::profile(&tree, files),
        version_is_untold: version::asked(files).is_none(),
        engine_since: goldmark::since(&tree, files),
        link_to_post: Some(post_link),
        roots_links: flag("canonifyURLs") || flag("relativeURLs"),
        makes_ids: hooks::makes_ids(&tree, files),
        theme: theme(files, &tree),
        features: if settings.version.is_before(152) { &FEATURES_BEFORE_152 } else { &FEATURES },
        tree,
        conventions: Box::new(settings),
        ..Site::default()
    }
}

/// A link to a post by its source without the ending, as Hugo makes one of the address of its page.
fn post_link(source: &str) -> String {
    let path = source.strip_prefix("content").unwrap_or(source);
    format!("{{{{< relref \"{}\" >}}}}", path.strip_suffix("/index").unwrap_or(path))
}

/// A theme in `themes`, or modules, which are fetched.
fn theme(files: &Files, tree: &Tree) -> Option<String> {
    let named = get(tree, &["theme"]);
    let first = named.and_then(|theme| config::scalar(theme).or_else(|| config::scalar(theme.items().first()?)));
    let is_module = get(tree, &["module", "imports"]).is_some() || files.is_file("go.mod");
    first.or(is_module.then_some("module")).map(str::to_owned)
}

impl Conventions for Settings {
    fn folders(&self) -> Vec<String> {
        let folders = self.contents.iter().map(|mount| &mount.folder);
        // What lies in another of them is found with that.
        let is_outer = |folder: &&String| !folders.clone().any(|other| is_below(folder, other));
        folders.clone().filter(is_outer).cloned().collect()
    }

    fn is_post(&self, path: &str) -> bool {
        let name = file_name(path);
        let extension = name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase());
        matches!(&*extension, "md" | "markdown")
            && !name.starts_with("_index.")
            && self.content_of(path).is_some()
            && !self.ignores(path)
    }

    fn config_faults(&self, site: &Site, files: &Files) -> Vec<ConfigFault> {
        told::faults(site, files)
    }

    fn markdown_reason(&self, site: &Site, files: &Files) -> Reason {
        goldmark::reason(site, files)
    }

    fn zone_reason(&self, site: &Site, files: &Files) -> Option<Reason> {
        site.timezone.as_ref().map(|_| layers::reason(files, &["timeZone"]))
    }

    fn unclear(&self, site: &Site, files: &Files) -> Vec<Unclear> {
        unclear(self, site, files)
    }

    fn plan(&self, site: &Site, build: &Build) -> Plan {
        pages::plan(site, self, build)
    }

    fn target_of(&self, site: &Site, build: &Build, post: &Post) -> Option<Target> {
        pages::target_of(site, self, build, post)
    }

    fn shown_keys(&self, site: &Site, files: &Files) -> Vec<ShownKey> {
        hooks::shown_keys(&site.tree, files)
    }

    fn rewrite(&self, site: &Site, files: &Files, post: &Post, of_image: bool) -> Option<Rewrite> {
        let shape = if of_image { hooks::Shape::Image } else { hooks::Shape::Link };
        hooks::rewrite(site, self, files, post.path, shape)
    }

    fn tex_rewriter(&self, site: &Site, files: &Files) -> Option<TexRewriter> {
        texts::tex_rewriter(site, files)
    }

    fn date_faults(&self, post: &Post, _zone: Option<&TimeZone>) -> Vec<DateFault> {
        self.dates.faults(post)
    }

    fn head_faults(&self, post: &Post) -> Vec<HeadFault> {
        head::faults(self, post)
    }

    fn refusal(&self, post: &Post) -> Option<String> {
        head::refusal(self.version, post)
    }

    fn shortcode_dialect(&self) -> Option<Dialect> {
        Some(Dialect::Angled)
    }

    fn shortcodes(&self, site: &Site, files: &Files) -> Option<Known> {
        Some(shortcodes::of(site, files, &self.contents))
    }

    fn absence(&self, post: &Post, build: &Build) -> Option<Absence> {
        absence::of(post, self, build)
    }
}

/// What lies outside of the repository, or is set up in a way that is not modelled.
fn unclear(settings: &Settings, site: &Site, files: &Files) -> Vec<Unclear> {
    let mut all = Vec::new();
    for (file, tree) in layers::files(files) {
        if !tree.faults.is_empty() {
            all.push(Unclear::new(format!("`{file}`"), "it cannot be read, so nothing that it says is known"));
        }
    }
    let unseen = "so its templates, shortcodes and files are not seen";
    for theme in settings.missing_themes(&site.tree, files) {
        all.push(Unclear::new(format!("theme `{theme}`"), format!("it is not in the repository, {unseen}")));
    }
    let imports = get(&site.tree, &["module", "imports"]).map_or(&[][..], |imports| imports.items());
    for path in imports.iter().filter_map(|import| config::scalar(keys::child(import, "path")?)) {
        all.push(Unclear::new(format!("module `{path}`"), format!("it is fetched when the site is built, {unseen}")));
    }
    if settings.is_unsure && get(&site.tree, &["module", "mounts"]).is_some() {
        all.push(Unclear::new("`module.mounts`", "where all files of the blog are put by it is not modelled"));
    }
    all
}
