//! What `package.json`, the theme and scripts bring (Hexo 8.1.2, `load_plugins.js`).

use crate::files::{Files, join};
use crate::generators::config;
use crate::syntax::front_matter::Tree;
use crate::text::listed;

/// The parts of a site that can change what becomes of a post.
#[derive(Debug, Default)]
pub(super) struct Packages {
    /// `package.json` cannot be read.
    pub is_faulty: bool,
    /// The version of Hexo, up to its first period.
    pub hexo: Option<u32>,
    /// The plugins by name, each with the version that is asked for.
    versions: Vec<(String, String)>,
    /// Those that do more than write pages of their own.
    pub plugins: Vec<String>,
    /// The theme.
    pub theme: Option<String>,
    /// The scripts of the blog and of its theme.
    pub scripts: Vec<String>,
    /// There are scripts.
    pub own_scripts: bool,
}

/// Beginnings of the names of plugins that only write pages or files of their own, or send them somewhere.
const APART: &[&str] = &["hexo-generator-", "hexo-deployer-", "hexo-theme-", "hexo-server", "hexo-cli"];

/// Renderers of other languages.
const OTHER_LANGUAGES: &[&str] = &[
    "coffeescript", "dartsass", "ejs", "handlebars", "inferno", "jade", "jsx", "less", "njk", "njks", "nunjucks",
    "postcss", "pug", "react", "sass", "scss", "stylus", "swig", "ts", "typescript",
];

/// Plugins that change no text of a post and bring no tags.
const HARMLESS: &[&str] = &[
    "hexo-abbrlink",
    "hexo-abbrlink2",
    "hexo-addlink",
    "hexo-admin",
    "hexo-algolia",
    "hexo-algoliasearch",
    "hexo-all-minifier",
    "hexo-autoprefixer",
    "hexo-autonofollow",
    "hexo-baidu-url-submit",
    "hexo-bing-url-submit",
    "hexo-browsersync",
    "hexo-clean-css",
    "hexo-directory-category",
    "hexo-douban",
    "hexo-filter-cleanup",
    "hexo-filter-nofollow",
    "hexo-filter-optimize",
    "hexo-filter-responsive-images",
    "hexo-fs",
    "hexo-git-backup",
    "hexo-gulp",
    "hexo-helper-live2d",
    "hexo-html-minifier",
    "hexo-i18n",
    "hexo-imagemin",
    "hexo-indexnow",
    "hexo-leancloud-counter-security",
    "hexo-log",
    "hexo-neat",
    "hexo-nofollow",
    "hexo-offline",
    "hexo-pagination",
    "hexo-pwa",
    "hexo-reading-time",
    "hexo-related-popular-posts",
    "hexo-related-posts",
    "hexo-seo-autopush",
    "hexo-service-worker",
    "hexo-sitemap",
    "hexo-submit-urls-to-search-engine",
    "hexo-symbols-count-time",
    "hexo-uglify",
    "hexo-uglifyjs",
    "hexo-util",
    "hexo-word-counter",
    "hexo-wordcount",
    "hexo-yam",
];

/// What in a name tells that a plugin may have a hand in the text of posts.
const MEDDLING: &[&str] = &[
    "abbr", "callout", "diagram", "emoji", "filter", "flow", "footnote", "include", "katex", "kroki", "latex", "link",
    "markdown", "marked", "math", "mermaid", "obsidian", "plantuml", "remark", "ruby", "sequence", "shiki",
    "shortcode", "spoiler", "tex", "toc", "wiki",
];

/// Plugins that look at the page when it is made, change addresses or blocks of code alone, or bring tags and scripts.
const AFTERWARDS: &[&str] = &[
    "hexo-asset-link", "hexo-filter-flowchart", "hexo-filter-mathjax", "hexo-filter-mermaid-diagrams",
    "hexo-filter-plantuml", "hexo-filter-sequence", "hexo-footnote", "hexo-math",
];

/// Generators whose pages are known by their addresses.
const KNOWN_GENERATORS: &[&str] = &[
    "hexo-generator-archive", "hexo-generator-baidu-sitemap", "hexo-generator-category", "hexo-generator-cname",
    "hexo-generator-feed", "hexo-generator-index", "hexo-generator-index-pin-top", "hexo-generator-json-content",
    "hexo-generator-robotstxt", "hexo-generator-search", "hexo-generator-search-zip", "hexo-generator-searchdb",
    "hexo-generator-sitemap", "hexo-generator-tag",
];

/// Parts of the names of plugins that give posts other addresses, or write pages.
const WRITING: &[&str] = &[
    "alias", "bangumi", "douban", "gallery", "hide", "i18n", "lang", "multi", "permalink", "pinyin", "redirect",
    "slug", "translate", "uuid",
];

impl Packages {
    pub(super) fn of(files: &Files, config: &Tree) -> Packages {
        let package = config::read(files, &["package.json"]);
        let hexo = ["dependencies", "devDependencies"]
            .iter()
            .find_map(|group| config::text(&package, &[group, "hexo"]))
            .or_else(|| config::text(&package, &["hexo", "version"]));
        let theme = config::text(config, &["theme"]).filter(|theme| *theme != "false").map(str::to_owned);
        let of_theme = theme.iter().map(|theme| format!("themes/{theme}/package.json")).collect::<Vec<_>>();
        let of_theme = config::read(files, &of_theme);
        let mut versions = Vec::new();
        let groups = [(&package, "dependencies"), (&package, "devDependencies"), (&of_theme, "dependencies")];
        for (package, group) in groups {
            let entries = config::get(package, &[group]).map_or(&[][..], |group| group.entries());
            let is_plugin = |name: &str| {
                let name = if name.starts_with('@') { name.split_once('/').map_or("", |(_, name)| name) } else { name };
                name.starts_with("hexo-")
            };
            let named = entries.iter().filter(|entry| is_plugin(&entry.key));
            for entry in named {
                // What a theme names as well comes from the site's own.
                if !versions.iter().any(|(name, _): &(String, String)| *name == *entry.key) {
                    versions.push((entry.key.to_string(), config::scalar(&entry.value).unwrap_or_default().to_owned()));
                }
            }
        }
        let folders =
            ["scripts".to_owned()].into_iter().chain(theme.iter().map(|theme| format!("themes/{theme}/scripts")));
        let scripts: Vec<String> = folders
            .flat_map(|folder| files.below(&folder, |_| true).into_iter().map(move |path| join(&folder, &path)))
            .filter(|path| path.ends_with(".js") || path.ends_with(".mjs") || path.ends_with(".cjs"))
            .collect();
        let is_apart = |name: &&str| !APART.iter().any(|start| name.starts_with(start)) && !HARMLESS.contains(name);
        let named = versions.iter().map(|(name, _)| &**name);
        let plugins = named.filter(is_apart).filter(|name| !is_renderer(name)).map(str::to_owned).collect();
        Packages {
            is_faulty: !package.faults.is_empty() || versions.is_empty(),
            plugins,
            theme,
            own_scripts: !scripts.is_empty(),
            scripts,
            hexo: hexo.and_then(major),
            versions,
        }
    }

    /// The renderer of Markdown and the version that is asked for, if there is one and nothing else has a hand in the text
    /// of posts.
    pub(super) fn markdown(&self, files: &Files) -> Option<(&str, &str)> {
        let is_other =
            |name: &str| OTHER_LANGUAGES.iter().any(|language| name.strip_suffix(language) == Some(RENDERER));
        let mut renderers = self.versions.iter().filter(|(name, _)| name.contains("renderer") && !is_other(name));
        let (name, version) = renderers.next()?;
        let meddles = |plugin: &String| {
            let is_known = AFTERWARDS.contains(&plugin.as_str()) || plugin.starts_with("hexo-tag-");
            !is_known && MEDDLING.iter().any(|part| plugin.contains(part))
        };
        let is_alone = renderers.next().is_none() && !self.plugins.iter().any(meddles);
        (is_alone && !self.scripts_meddle(files)).then_some((name, version))
    }

    /// Why nothing of them is known, where the config itself can be read.
    pub(super) fn why_faulty(&self, files: &Files) -> &'static str {
        let package = config::read(files, &["package.json"]);
        match files.is_file("package.json") {
            false => "there is no `package.json` that names what reads posts",
            true if !package.faults.is_empty() => "`package.json` cannot be read",
            true if self.versions.is_empty() => "`package.json` names no plugin of Hexo",
            true => "`_config.yml` cannot be read",
        }
    }

    /// Why it is not known what reads posts.
    pub(super) fn why_unread(&self, files: &Files) -> String {
        let is_other =
            |name: &str| OTHER_LANGUAGES.iter().any(|language| name.strip_suffix(language) == Some(RENDERER));
        let renderers =
            self.versions.iter().map(|(name, _)| name).filter(|name| name.contains("renderer") && !is_other(name));
        match &renderers.collect::<Vec<_>>()[..] {
            [] => "`package.json` names no renderer of Markdown".to_owned(),
            [_] if self.scripts_meddle(files) => "a script may change what is read".to_owned(),
            [_] => "a plugin may change what is read".to_owned(),
            several => format!("`package.json` names several renderers: {}", listed(several)),
        }
    }

    /// Plugins of which it is not known that they leave posts alone.
    pub(super) fn unclear_plugins(&self) -> impl Iterator<Item = &String> {
        self.plugins.iter().filter(|plugin| !AFTERWARDS.contains(&plugin.as_str()))
    }

    /// Whether something else than the theme may set formulas: a plugin, what reads posts, or a script.
    pub(super) fn may_set_math(&self, config: &Tree) -> bool {
        let names_math = |name: &str| ["math", "katex", "tex", "plus"].iter().any(|part| name.contains(part));
        let is_set_up = config::get(config, &["markdown"]).is_some_and(|node| node.has_text(&|text| names_math(text)));
        is_set_up
            || self.own_scripts && self.scripts.iter().any(|path| !path.starts_with("themes/"))
            || self.versions.iter().any(|(name, _)| names_math(name))
    }

    /// Whether nothing is known to make other links of those that a post writes.
    pub(super) fn leaves_links(&self, files: &Files) -> bool {
        let may_change = |plugin: &String| {
            let is_known = matches!(&**plugin, "hexo-asset-link" | "hexo-asset-image");
            !is_known && ["link", "relative", "href", "asset"].iter().any(|part| plugin.contains(part))
        };
        let knows_sources = |path: &String| files.text(path).is_none_or(|text| text.contains(".md"));
        !self.plugins.iter().any(may_change) && !self.scripts.iter().any(knows_sources)
    }

    /// Plugins that may give posts other addresses, or write pages that no file tells of.
    pub(super) fn writes_pages(&self) -> bool {
        let is_known = |name: &str| KNOWN_GENERATORS.contains(&name);
        let is_generator = |name: &str| name.starts_with("hexo-generator-") && !is_known(name);
        self.versions.iter().any(|(name, _)| is_generator(name) || WRITING.iter().any(|part| name.contains(part)))
    }

    /// The scripts of the blog that may do so, and those of the theme.
    pub(super) fn scripts_write_pages(&self, files: &Files) -> (bool, bool) {
        const SIGNS: &[&str] = &["generator.register", "post_permalink", "route.set", "after_generate"];
        let writes = |path: &&String| {
            let text = files.text(path).unwrap_or_else(|| "".into());
            text.trim().is_empty() || SIGNS.iter().any(|sign| text.contains(sign))
        };
        let (of_theme, own): (Vec<&String>, Vec<&String>) =
            self.scripts.iter().filter(writes).partition(|path| path.starts_with("themes/"));
        (!own.is_empty(), !of_theme.is_empty())
    }

    /// Whether a plugin, a script or a theme that is not seen may read footnotes, where the renderer reads none.
    pub(super) fn may_read_footnotes(&self, files: &Files) -> bool {
        let is_absent = |theme: &String| !files.is_folder(&format!("themes/{theme}/layout"));
        let names_some = |path: &String| {
            let text = files.text(path).unwrap_or_else(|| "".into());
            text.trim().is_empty() || text.contains("footnote") || text.contains("[^")
        };
        self.versions.iter().any(|(name, _)| name.contains("footnote") || name.contains("reference"))
            || self.theme.iter().any(|theme| theme != "landscape" && is_absent(theme))
            || self.scripts.iter().any(names_some)
    }

    /// A script that may change the addresses of images on pages.
    pub(super) fn changing_script(&self, files: &Files) -> Option<&String> {
        let changes = |path: &&String| {
            let text = files.text(path).unwrap_or_else(|| "".into());
            let is_filter = text.contains("after_post_render") || text.contains("after_render:html");
            text.trim().is_empty() || is_filter && (text.contains("src") || text.contains("img"))
        };
        self.scripts.iter().find(changes)
    }

    /// Whether a script may change the text of posts, or what reads it.
    fn scripts_meddle(&self, files: &Files) -> bool {
        const SIGNS: &[&str] = &["before_post_render", "marked:", "markdown-it:"];
        let is_meddling = |path: &String| {
            let text = files.text(path).unwrap_or_else(|| "".into());
            // Fluid's reads footnotes and nothing else.
            let is_known = path.ends_with("fluid/scripts/events/lib/footnote.js");
            let has_sign = || SIGNS.iter().any(|sign| text.contains(sign)) || may_render_posts(&text);
            text.trim().is_empty() || !is_known && has_sign()
        };
        self.scripts.iter().any(is_meddling)
    }
}

/// Whether a script has to do with renderers, and not only brings one of templates.
fn may_render_posts(script: &str) -> bool {
    let is_of_templates = |rest: &str| {
        let rest = rest.trim_start_matches(".register").strip_prefix('(').unwrap_or_default().trim_start();
        let name = rest.strip_prefix(['\'', '"']).and_then(|rest| rest.split(['\'', '"']).next());
        name.is_some_and(|name| OTHER_LANGUAGES.contains(&name))
    };
    ["extend.renderer", "renderer.register"]
        .iter()
        .any(|sign| script.split(sign).skip(1).any(|rest| !is_of_templates(rest)))
}

/// The first number of a range of versions.
pub(super) fn major(version: &str) -> Option<u32> {
    version.trim_start_matches(['^', '~', '>', '=', 'v', ' ']).split('.').next()?.parse().ok()
}

const RENDERER: &str = "hexo-renderer-";

fn is_renderer(name: &str) -> bool {
    name.starts_with(RENDERER)
}
