//! Hexo (8.1.2), with its `_config.yml` and the plugins that `package.json` names.

mod addresses;
mod besides;
mod images;
mod markdown_it;
mod markdown_it_plus;
mod marked;
mod moments;
mod names;
mod next;
mod packages;
mod tags;

#[cfg(test)]
mod tests;

use self::addresses::Addresses;
use self::packages::Packages;
use super::config_faults::{ConfigFault, Told, Twins, Wrong};
use super::features::{Features, NoFrontMatter, Templates};
use super::markdown_it::setter_by_name;
use super::rewrites::Rewrite;
use super::unmodelled::everything;
use super::{Build, Conventions, HeadFault, Plan, Reason, SetsMath, Site, Target, Unclear, config};
use crate::files::Files;
use crate::markdown::MarkdownEngine;
use crate::markdown::commonmark::{Math, Options};
use crate::nunjucks::Known;
use crate::post::Post;
use crate::syntax::front_matter::{Format, Node, Tree};
use crate::text::{Span, beginning, first_line};

/// What Hexo does on every site.
pub(crate) const FEATURES: Features = Features {
    name: "Hexo",
    config: "_config.yml",
    templates: Templates::Shortcodes,
    layout_folders: &["layout"],
    script_folders: &["source"],
    has_themes: true,
    names_whole: &["categories", "tags"],
    reads_tabs: true,
    no_front_matter: NoFrontMatter::Elsewhere,
    withheld_by: Some(("published", false)),
    reads_switch: is_published,
    foreign_switches: &[("draft", true), ("publish", false)],
    port: Some("4000"),
    address_keys: &["permalink"],
    ..Features::PLAIN
};

/// The names of the config (`find_pkg.js`, `load_config.js`).
pub(crate) const CONFIGS: &[&str] = &["_config.yml", "_config.yaml", "_config.json"];

/// What Hexo is told.
pub(crate) fn read(files: &Files) -> Site {
    let tree = config::read(files, CONFIGS);
    let text = |key: &str| config::text(&tree, &[key]).map(str::to_owned);
    let packages = Packages::of(files, &tree);
    // The command line can name another config.
    let is_faulty = !tree.faults.is_empty() || packages.is_faulty || files.first(CONFIGS).is_none();
    let engine = packages.markdown(files).filter(|_| !is_faulty);
    let markdown = engine.and_then(|engine| profile(&tree, engine));
    let source = text("source_dir").unwrap_or_else(|| "source".to_owned());
    let source = source.trim_start_matches("./").trim_end_matches('/').to_owned();
    let (url, base) = place(text("url").as_deref().unwrap_or_default(), text("root").as_deref());
    Site {
        is_faulty,
        future: config::flag(&tree, &["future"]).unwrap_or(true),
        unpublished: config::flag(&tree, &["render_drafts"]).unwrap_or(false),
        link_to_post: engine.filter(|_| packages.leaves_links(files)).map(|_| post_link as fn(&str) -> String),
        math_switch: next::switch(files, &tree, &packages).filter(|_| !is_faulty),
        sets_math: engine.and_then(|(name, _)| sets_math(&tree, name)),
        makes_ids: engine.is_some_and(|(name, _)| name == MARKDOWN_IT) && markdown_it::has_other_ids(&tree),
        lacks_footnotes: markdown.as_ref().is_some_and(|options| options.footnotes.is_none())
            && !packages.may_read_footnotes(files),
        markdown: markdown.map(MarkdownEngine::CommonMark),
        theme: packages.theme.clone(),
        own_plugins: packages.own_scripts,
        plugins: packages.plugins.clone(),
        config: files.first(CONFIGS).map(str::to_owned),
        features: &FEATURES,
        url,
        base,
        conventions: Box::new(Settings {
            source,
            extension: only_extension(&tree),
            addresses: Addresses::of(&tree),
            packages,
        }),
        tree,
        ..Site::default()
    }
}

/// The host of the site with its scheme, and the path that it lies under: `root`, or that of `url` (`load_config.js`).
fn place(url: &str, root: Option<&str>) -> (String, String) {
    let start = url.find("://").map_or(0, |at| at + 3);
    let (host, path) = url.split_at(url[start..].find('/').map_or(url.len(), |slash| start + slash));
    let path = root.unwrap_or(path).trim_matches('/');
    (host.to_owned(), if path.is_empty() { String::new() } else { format!("/{path}") })
}

/// The tag that links to a post, by its path below `_posts` without the ending.
fn post_link(path: &str) -> String {
    let slug = path.split_once("_posts/").map_or(path, |(_, slug)| slug);
    if slug.contains(' ') { format!("{{% post_link \"{slug}\" %}}") } else { format!("{{% post_link {slug} %}}") }
}

const MARKDOWN_IT: &str = "hexo-renderer-markdown-it";

/// What a renderer makes of posts, by its name and the version that is asked for.
fn profile(tree: &Tree, (name, version): (&str, &str)) -> Option<Options> {
    match name {
        "hexo-renderer-marked" => marked::profile(tree, version),
        MARKDOWN_IT => markdown_it::profile(tree, version),
        "hexo-renderer-kramed" => Some(Options::kramed()),
        "hexo-renderer-pandoc" => Some(Options::pandoc()),
        "hexo-renderer-markdown-it-plus" => markdown_it_plus::profile(tree, version),
        _ => None,
    }
}

/// What sets the formulas that the plugins of a renderer take out.
fn sets_math(tree: &Tree, renderer: &str) -> Option<SetsMath> {
    match renderer {
        MARKDOWN_IT => markdown_it::math_plugin(tree).and_then(|plugin| setter_by_name("_config.yml", plugin)),
        "hexo-renderer-markdown-it-plus" => {
            let takes = |options: &Options| options.math != Math::Browser;
            let takes = markdown_it_plus::profile(tree, "").is_some_and(|options| takes(&options));
            takes.then(|| setter_by_name("package.json", "@iktakahiro/markdown-it-katex")).flatten()
        }
        _ => None,
    }
}

/// With folders of assets, a file beside a post is one unless it is named as new posts are (`processor/post.js`).
fn only_extension(tree: &Tree) -> Option<String> {
    let name = config::text(tree, &["new_post_name"]).unwrap_or(":title.md");
    let has_assets = config::flag(tree, &["post_asset_folder"]) == Some(true);
    has_assets.then(|| name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_owned()))
}

/// How `published` is read: as JavaScript takes a value for true (js-yaml 4 knows no `no`; warehouse 6, `types/boolean.js`).
fn is_published(value: &Node) -> Option<bool> {
    let text = value.text().unwrap_or_default();
    let is_no = matches!(text, "false" | "False" | "FALSE" | "0");
    (!value.is_null()).then_some(!(is_no || value.is_empty() && value.text().is_some()))
}

/// What the config says of posts.
#[derive(Debug)]
struct Settings {
    /// The folder of the sources.
    source: String,
    /// What the names of posts end with, where others are files beside one.
    extension: Option<String>,
    addresses: Addresses,
    packages: Packages,
}

impl Settings {
    /// Whether a file is a text in a folder of the sources.
    fn is_in(&self, path: &str, name: &str) -> bool {
        // hexo-renderer-marked 7.0.1, `index.js`
        const EXTENSIONS: &[&str] = &["md", "markdown", "mkd", "mkdn", "mdwn", "mdtxt", "mdtext"];
        let folder = crate::files::join(&self.source, name);
        let below = path.strip_prefix(&*folder).and_then(|rest| rest.strip_prefix('/'));
        let Some((_, extension)) = path.rsplit_once('.') else { return false };
        let is_hidden = |path: &str| path.split('/').any(|part| part.starts_with(['.', '_']));
        below.is_some_and(|path| !is_hidden(path))
            && EXTENSIONS.contains(&extension)
            && self.extension.as_ref().is_none_or(|only| only == extension)
    }
}

impl Conventions for Settings {
    fn folders(&self) -> Vec<String> {
        ["_posts", "_drafts"].map(|name| crate::files::join(&self.source, name)).into()
    }

    fn is_post(&self, path: &str) -> bool {
        self.is_in(path, "_posts")
    }

    /// `hexo publish` moves them to the posts.
    fn is_draft(&self, path: &str) -> bool {
        self.is_in(path, "_drafts")
    }

    /// Hexo 8.1.2: js-yaml refuses twins, `validate_config.ts` the address; `adjustDateForTimezone` of `processor/common.ts`
    /// fails at each post with a date. moment-timezone reads names in any case, and `_` for `/`.
    fn config_faults(&self, site: &Site, files: &Files) -> Vec<ConfigFault> {
        // Before js-yaml reads it, Hexo puts spaces in the place of tabs.
        let has_tabs = files.first(CONFIGS).and_then(|name| files.text(name)).is_some_and(|text| text.contains("\n\t"));
        if has_tabs {
            return Vec::new();
        }
        let mut told = Told::of_first(site, files, CONFIGS, Twins::Stops("Hexo"));
        let is_known =
            |name: &str| jiff::tz::TimeZone::get(&name.replacen('_', "/", usize::from(!name.contains('/')))).is_ok();
        told.zone(|tree| config::get(tree, &["timezone"]), is_known, "Hexo leaves out every post with a date", true);
        told.address(|tree| config::get(tree, &["url"]), "Hexo stops the build", |_| true);
        let refused = |url: &str| {
            let is_taken = url.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"));
            let is_known = is_taken || Wrong::of(url).is_some();
            let message = format!("`{}` is no address of a site, so Hexo stops the build", beginning(url, 60));
            (!is_known).then(|| (message, "write it like `https://example.com`".to_owned()))
        };
        told.tell(|tree| config::get(tree, &["url"]), refused, true);
        told.into_faults()
    }

    /// hexo-front-matter 4.2, `rFrontMatter`: the line break stands right behind the dashes.
    fn head_faults(&self, post: &Post) -> Vec<HeadFault> {
        let Some(front) = post.front_matter().filter(|front| front.format == Format::Yaml) else { return Vec::new() };
        let first = first_line(post.text, front.span);
        let behind = Span::new(first.start + 3, first.end);
        let message = "white space follows the `---`, so Hexo prints the keys as text".to_owned();
        let help = "let the line end behind the `---`".to_owned();
        if behind.is_empty() { Vec::new() } else { vec![HeadFault { span: first, message, help }] }
    }

    fn markdown_reason(&self, site: &Site, files: &Files) -> Reason {
        match self.packages.markdown(files) {
            _ if files.first(CONFIGS).is_none() => {
                Reason::because("there is no `_config.yml`, so another config is named when Hexo runs")
            }
            _ if site.is_faulty => Reason::because(self.packages.why_faulty(files)),
            Some((name, _)) if site.markdown.is_some() => Reason::key("package.json", name),
            Some((name, version)) => {
                let version = if version.is_empty() { String::new() } else { format!(" {version}") };
                Reason::because(format!("`{name}`{version}, as the config sets it up, is not modelled"))
            }
            None => Reason::because(self.packages.why_unread(files)),
        }
    }

    /// Hexo counts days by it, or by the zone of the computer; postlint does not ask for it.
    fn zone_reason(&self, site: &Site, _files: &Files) -> Option<Reason> {
        let named = config::text(&site.tree, &["timezone"])?;
        let written = format!("`timezone: {}` in `{}`", beginning(named, 40), site.config_name());
        Some(Reason::because(format!("{written} is not asked for; that of postlint.yaml is")))
    }

    fn unclear(&self, site: &Site, files: &Files) -> Vec<Unclear> {
        let mut all = Vec::new();
        let configs = [site.config_name(), "package.json"].map(|file| (file, config::read(files, &[file])));
        for (file, _) in configs.iter().filter(|(_, tree)| !tree.faults.is_empty()) {
            all.push(Unclear::new(format!("`{file}`"), "it cannot be read, so nothing that it says is known"));
        }
        for plugin in self.packages.unclear_plugins() {
            all.push(Unclear::new(format!("plugin `{plugin}`"), "it may change posts, or bring tags"));
        }
        if !self.packages.scripts.is_empty() {
            let what = format!("scripts such as `{}`", self.packages.scripts[0]);
            all.push(Unclear::new(what, "they can do anything, as far as a look at them does not tell"));
        }
        let is_missing = |theme: &&String| !files.has_others(&format!("themes/{theme}"), "");
        if let Some(theme) = self.packages.theme.as_ref().filter(is_missing) {
            all.push(Unclear::new(format!("theme `{theme}`"), "it is not in `themes`, so its templates are not seen"));
        }
        all
    }

    fn tags(&self, site: &Site, files: &Files) -> Option<Known> {
        tags::of(&site.tree, &self.source, &self.packages, files)
    }

    fn plan(&self, site: &Site, build: &Build) -> Plan {
        if site.is_faulty { everything(build) } else { addresses::plan(self, site, build) }
    }

    fn target_of(&self, site: &Site, build: &Build, post: &Post) -> Option<Target> {
        if site.is_faulty { None } else { addresses::target_of(self, site, build, post.path, &post.head) }
    }

    fn rewrite(&self, site: &Site, files: &Files, post: &Post, of_image: bool) -> Option<Rewrite> {
        images::rewrite(self, site, files, post.path).filter(|_| of_image)
    }
}
