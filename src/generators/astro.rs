//! Astro (6 and 7, and what of earlier versions reads posts in the same way), by its `astro.config`: the plugins of remark
//! and rehype, or Sätteri, its own engine of Astro 7 (`@astrojs/markdown-remark` 7, `@astrojs/markdown-satteri` 0.4).

use super::features::Features;
use super::javascript::{Script, Value};
use super::npm::{Packages, numbers};
use super::unified::{Modelled, Plugins, UnifiedSite};
use super::{Reason, Site, Unclear};
use crate::files::Files;
use crate::markdown::MarkdownEngine;
use crate::markdown::commonmark::{Math, Options};

const FEATURES: Features = Features { name: "Astro", port: Some("4321"), ..Features::PLAIN };

/// The names of its config.
pub(super) const CONFIGS: &[&str] =
    &["astro.config.mjs", "astro.config.ts", "astro.config.js", "astro.config.cjs", "astro.config.mts"];

/// Where collections are told (Astro 5, `content/utils.ts`).
const COLLECTIONS: &[&str] = &[
    "src/content.config.ts", "src/content.config.mjs", "src/content.config.js", "src/content/config.ts",
    "src/content/config.js",
];

/// What in the name of an integration tells that it may have a hand in what is read.
const MEDDLING: &[&str] = &[
    "admonition", "callout", "directive", "katex", "markdown", "math", "obsidian", "remark", "starlight", "tex", "wiki",
];

/// Reads the site.
pub(super) fn read(files: &Files) -> Site {
    let packages = Packages::of(files);
    let version = packages.version(files, "astro").and_then(|version| numbers(&version)).map(|(major, _)| major);
    let found = Script::first(files, CONFIGS);
    let config = found.as_ref().map(|(name, _)| (*name).to_owned());
    let mut unclear = Vec::new();
    let mut changes_ids = false;
    let mut reads_mdx = false;
    let (engine, sets_math, why) = match &found {
        Some((name, script)) => {
            let exported = script.exported();
            let reading = Reading::of((name, script), files, &exported, version);
            unclear.extend(reading.plugins.unclear());
            unclear.extend(
                reading
                    .integrations
                    .iter()
                    .map(|name| Unclear::new(format!("integration `{name}`"), "it may change what is read of posts")),
            );
            let so = "it may change what is read of posts in MDX, so these are not looked at as Markdown";
            unclear.extend(
                reading.mdx_told.then(|| Unclear::new(format!("what `{name}` tells the integration of MDX"), so)),
            );
            changes_ids = reading.plugins.changes_ids();
            reads_mdx = reading.reads_mdx;
            let sets_math = reading.plugins.sets_math(name);
            match reading.engine() {
                Ok((options, why)) => (Some(options), sets_math, why),
                Err(why) => (None, None, Reason::because(why)),
            }
        }
        None if packages.is_faulty() => (None, None, Reason::because("`package.json` cannot be read")),
        None => (Some(usual(version, true, true)), None, Reason::because("nothing sets up another one")),
    };
    let leaves_links = engine.is_some() && unclear.is_empty() && leaves_links(&packages, files);
    let bases = collections(files);
    let folders = ["src/content", "src/pages"].map(str::to_owned).into_iter().chain(bases).collect();
    let extensions = &["md", "mdx", "markdown"];
    let site = UnifiedSite { folders, extensions, hides_underscores: true, why, unclear };
    let mut site: Site =
        Modelled { features: &FEATURES, config, markdown: engine.clone(), sets_math, changes_ids, site }.into();
    site.markdown_of =
        Some((".mdx", engine.filter(|_| reads_mdx).map(|engine| MarkdownEngine::CommonMark(mdx(engine)))));
    // Images are modules of the build (`@astrojs/markdown-remark`, `remark-collect-images.js`).
    site.stops_at_lost_image = true;
    site.components = Some(&[]);
    site.gives_components = Some(gives_components);
    // Which page a collection has is told by components alone.
    site.link_to_post = leaves_links.then_some(|_| String::new());
    site
}

/// The engine without plugins.
fn usual(version: Option<u32>, gfm: bool, smart: bool) -> Options {
    let name = if version.is_none_or(|version| version >= 7) { "Sätteri" } else { "remark" };
    let remark = Options { name, typographer: smart, ..Options::remark() };
    match gfm {
        true => remark,
        false => Options {
            ids: remark.ids,
            name,
            typographer: smart,
            typography: remark.typography,
            ..Options::commonmark()
        },
    }
}

/// What the config says of Markdown.
struct Reading<'s> {
    file: &'s str,
    plugins: Plugins,
    /// MDX is read, with the same plugins.
    reads_mdx: bool,
    /// MDX is read in a way of its own.
    mdx_told: bool,
    /// Integrations that may have a hand in it.
    integrations: Vec<String>,
    options: Result<Options, String>,
    key: &'static str,
}

impl<'s> Reading<'s> {
    fn of((file, script): (&'s str, &Script), files: &Files, config: &Value, version: Option<u32>) -> Reading<'s> {
        let markdown = config.get(&["markdown"]).map(|value| script.unwrapped(value.clone()));
        let integrations = config.get(&["integrations"]).map(|value| script.unwrapped(value.clone()));
        let items = integrations.as_ref().map_or(&[][..], Value::items);
        let named = items.iter().filter_map(|item| script.plugin(item));
        let meddles = |name: &&str| MEDDLING.iter().any(|part| name.contains(part));
        let integrations = named.filter(meddles).map(str::to_owned).collect();
        let of_mdx = items.iter().find(|item| script.plugin(item) == Some("@astrojs/mdx"));
        // Its own options go before those of the config.
        let is_plain = |item: &Value| matches!(item, Value::Call(_, arguments) if arguments.iter().all(is_known));
        let mut reading = Reading {
            file,
            plugins: Plugins::default(),
            reads_mdx: of_mdx.is_some_and(is_plain),
            mdx_told: of_mdx.is_some_and(|item| !is_plain(item)),
            integrations,
            options: Err(String::new()),
            key: "markdown",
        };
        let is_readable = matches!(config, Value::Object(_))
            && markdown.as_ref().map_or(config.is_whole() || !script.has_word("markdown"), |markdown| {
                matches!(markdown, Value::Object(_))
            });
        if !is_readable {
            reading.options = Err(format!("what `{file}` says of Markdown is made when it runs"));
            return reading;
        }
        let get = |key: &str| markdown.as_ref().and_then(|markdown| markdown.get(&[key]));
        let processor = get("processor").map(|value| script.unwrapped(value.clone()));
        let (mut remark, mut rehype) = (get("remarkPlugins").cloned(), get("rehypePlugins").cloned());
        let is_set = |list: &Option<Value>| list.as_ref().is_some_and(|list| *list != Value::List(Vec::new()));
        let mut is_satteri = version.is_none_or(|version| version >= 7) && !is_set(&remark) && !is_set(&rehype);
        let mut features = None;
        if let Some(processor) = &processor {
            reading.key = "markdown.processor";
            let (name, options) = match processor {
                Value::Call(name, arguments) => (script.module_of(name), arguments.first()),
                _ => (None, None),
            };
            match name {
                Some("@astrojs/markdown-satteri") => {
                    is_satteri = true;
                    (remark, rehype) = (None, None);
                    features = options.and_then(|options| options.get(&["features"])).cloned();
                    let has_plugins = |key: &&str| options.is_some_and(|options| is_set(&options.get(&[key]).cloned()));
                    if let Some(key) = ["mdastPlugins", "hastPlugins", "plugins"].iter().find(|key| has_plugins(key)) {
                        reading.options = Err(format!("`{key}` of Sätteri may change what is read"));
                        return reading;
                    }
                }
                Some("@astrojs/markdown-remark") => {
                    is_satteri = false;
                    let own = |key: &str| options.and_then(|options| options.get(&[key])).cloned();
                    (remark, rehype) = (own("remarkPlugins").or(remark), own("rehypePlugins").or(rehype));
                }
                _ => {
                    reading.options = Err(format!("`markdown.processor` of `{file}` is none that postlint knows"));
                    return reading;
                }
            }
        }
        if version.is_some_and(|version| version < 2) && is_set(&remark) {
            reading.options = Err("Astro before 2 reads posts in a way of its own where plugins are named".to_owned());
            return reading;
        }
        reading.plugins = Plugins::read((file, script), files, remark.as_ref(), rehype.as_ref());
        let flag = |key: &str| {
            let of_features = features.as_ref().and_then(|features| features.get(&[key]));
            of_features.or_else(|| get(key)).and_then(Value::flag)
        };
        let smart = flag("smartypants").or(flag("smartPunctuation")).unwrap_or(true);
        let mut options = usual(Some(if is_satteri { 7 } else { 6 }), flag("gfm").unwrap_or(true), smart);
        if is_satteri && flag("math") == Some(true) {
            options.math = Math::Remark { single: true };
            options.unescapes_pipes_in_math = true;
        }
        if processor.is_none() && markdown.is_none() {
            reading.key = "";
        }
        reading.options = Ok(options);
        reading
    }

    fn engine(&self) -> Result<(Options, Reason), String> {
        let options = self.options.clone()?;
        if let Some(integration) = self.integrations.first() {
            return Err(format!("integration `{integration}` may change what is read"));
        }
        let math = options.math;
        let Some(engine) = self.plugins.engine(options) else {
            let plugin = self.plugins.meddling().unwrap_or("a plugin");
            return Err(format!("{plugin} may change what is read"));
        };
        let math = if engine.math == Math::Browser { math } else { engine.math };
        let why = match self.key {
            "" => {
                let but = if self.mdx_told { ", but for posts in MDX" } else { "" };
                Reason::because(format!("`{}` sets up no other one{but}", self.file))
            }
            key => Reason::key(self.file, key),
        };
        Ok((Options { math, ..engine }, why))
    }
}

/// Whether options of the integration for MDX leave alone what is read.
fn is_known(options: &Value) -> bool {
    const HARMLESS: &[&str] = &["optimize", "syntaxHighlight", "shikiConfig"];
    match options {
        Value::Object(object) => {
            options.is_whole() && object.entries().iter().all(|(key, _)| HARMLESS.contains(&&**key))
        }
        _ => false,
    }
}

/// What MDX makes of posts with the same plugins (`@astrojs/mdx` 5, `plugins.js`).
fn mdx(options: Options) -> Options {
    let usual = Options::mdx();
    Options { name: usual.name, indented_code: false, mdx: usual.mdx, ..options }
}

/// Whether a page gives components to the posts that it shows: `<Content components={…} />`.
fn gives_components(files: &Files) -> bool {
    let is_page =
        |path: &str| [".astro", ".tsx", ".jsx", ".vue", ".svelte"].iter().any(|ending| path.ends_with(ending));
    let pages = files.below("src", |_| true).into_iter().filter(|path| is_page(path));
    let gives = |path: String| files.text(&format!("src/{path}")).is_none_or(|text| text.contains("components="));
    pages.into_iter().any(gives)
}

/// Whether a link by the path of a post stays as it is: nothing that may rewrite links is there, and no page is written
/// under the name of a source, `src/pages/[slug].md.ts`.
fn leaves_links(packages: &Packages, files: &Files) -> bool {
    const HARMLESS: &[&str] = &["external-link", "autolink-headings", "broken-link", "links-validator", "link-checker"];
    let rewrites = |name: &str| {
        let is_harmless = HARMLESS.iter().any(|part| name.contains(part));
        !is_harmless && ["link", "rewrite", "wiki"].iter().any(|part| name.contains(part))
    };
    let is_written = |path: &String| path.contains(".md.") || path.contains(".mdx.");
    !packages.named().any(|(name, _)| rewrites(name)) && !files.below("src/pages", |_| true).iter().any(is_written)
}

/// The folders of collections elsewhere: `glob({ base: './posts' })`.
fn collections(files: &Files) -> Vec<String> {
    let Some((_, script)) = Script::first(files, COLLECTIONS) else { return Vec::new() };
    let base = |arguments: &Vec<Value>| {
        let base = arguments.first()?.get(&["base"])?;
        let text = match script.unwrapped(base.clone()) {
            Value::Text(text) => text,
            Value::Template(text) => script.filled(&text)?,
            _ => return None,
        };
        let path = text.trim_start_matches("./").trim_matches('/');
        (!path.is_empty() && !path.starts_with('.')).then(|| path.to_owned())
    };
    script.calls("glob").iter().filter_map(base).collect()
}
