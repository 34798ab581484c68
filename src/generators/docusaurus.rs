//! Docusaurus 3, by its `docusaurus.config`: MDX for `.md` and `.mdx` alike, unless the config says otherwise
//! (`@docusaurus/mdx-loader` 3.10, `processor.js`).

use super::features::Features;
use super::javascript::{Script, Value};
use super::npm::{Packages, numbers};
use super::unified::{Modelled, Plugins, SetsMath, UnifiedSite};
use super::{Reason, Site, Unclear};
use crate::files::Files;
use crate::markdown::commonmark::{HeadingAttributes, Mdx, Options};
use crate::markdown::ids::Style;

const FEATURES: Features =
    Features { name: "Docusaurus", port: Some("3000"), withheld_by: Some(("draft", true)), ..Features::PLAIN };

/// The names of its config.
pub(super) const CONFIGS: &[&str] = &["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"];

/// What the classic theme brings for every post (`theme/MDXComponents`).
const COMPONENTS: &[&str] = &["Details", "Head"];

/// Reads the site.
pub(super) fn read(files: &Files) -> Site {
    let Some((name, script)) = Script::first(files, CONFIGS) else {
        return unread(files, None, "there is no `docusaurus.config.js` that says how posts are read".to_owned());
    };
    let exported = script.exported();
    if !matches!(exported, Value::Object(_)) {
        return unread(files, Some(name), format!("what `{name}` says is made when it runs"));
    }
    let contents = contents(&script, &exported);
    let mut plugins = Plugins::default();
    let mut why = None;
    for content in &contents {
        let get = |key: &str| content.get(&[key]);
        plugins.join(Plugins::read((name, &script), files, get("beforeDefaultRemarkPlugins"), None));
        plugins.join(Plugins::read((name, &script), files, get("remarkPlugins"), get("rehypePlugins")));
        if get("remarkPlugins").is_some() || get("rehypePlugins").is_some() {
            why = Some(Reason::key(name, "remarkPlugins"));
        }
    }
    let markdown = exported.get(&["markdown"]).map(|value| script.unwrapped(value.clone()));
    let get = |path: &[&str]| markdown.as_ref().and_then(|markdown| markdown.get(path));
    let flag = |path: &[&str]| get(path).and_then(Value::flag);
    // What the next version leaves out, and 3.10 where it is told to (`future.v4`, `configValidation.js`).
    let v4 = exported.get(&["future", "v4"]);
    let version = Packages::of(files).version(files, "@docusaurus/core").and_then(|version| numbers(&version));
    let is_strict = version.is_some_and(|version| version >= (3, 10))
        && v4.is_some_and(|v4| {
            v4.flag() == Some(true) || v4.get(&["mdx1CompatDisabledByDefault"]).and_then(Value::flag) == Some(true)
        });
    let lenient = |key: &str| flag(&["mdx1Compat", key]).unwrap_or(!is_strict);
    let mdx = Mdx { comments: lenient("comments"), heading_ids: lenient("headingIds"), directives: true };
    let format = get(&["format"]).map(|format| format.text().unwrap_or("?"));
    let rewrites = get(&["preprocessor"]).is_some();
    let usual = Options {
        mdx: Some(mdx),
        ids: Some(Style::GithubOfAll),
        heading_attributes: mdx.heading_ids.then_some(HeadingAttributes::All),
        ..Options::mdx()
    };
    let modelled = match format {
        _ if rewrites => Err("`markdown.preprocessor` may change what is read".to_owned()),
        None | Some("mdx") => plugins.engine(usual).map(|mdx| (mdx, None)).ok_or_else(|| meddled(&plugins)),
        // Plain Markdown, with directives, for which there is no word in the config.
        Some("detect" | "md") => {
            let plain = Options { mdx: None, indented_code: true, name: "remark", ..usual.clone() };
            let engines = plugins.engine(plain).zip(plugins.engine(usual));
            engines
                .map(|(plain, mdx)| (plain, (format == Some("detect")).then_some(mdx)))
                .ok_or_else(|| meddled(&plugins))
        }
        Some(_) => Err("`markdown.format` is made when the config runs".to_owned()),
    };
    let folders = folders(&script, &contents, &exported);
    match modelled {
        Err(why) => unread_with(files, Some(name), why, folders, plugins.unclear()),
        Ok((engine, mdx)) => {
            // They are made before any other plugin is asked.
            let engine = Options { ids_after_katex: false, ..engine };
            let mdx = mdx.map(|mdx| Options { ids_after_katex: false, ..mdx });
            let sets_math: Option<SetsMath> = plugins.sets_math(name);
            let usual = || Reason::because(format!("`{name}` sets up no other one"));
            let site = UnifiedSite {
                folders,
                extensions: &["md", "mdx"],
                hides_underscores: true,
                why: why.unwrap_or_else(usual),
                unclear: plugins.unclear(),
            };
            let modelled = Modelled {
                features: &FEATURES,
                config: Some(name.to_owned()),
                markdown: Some(engine),
                sets_math,
                changes_ids: plugins.changes_ids() || flag(&["anchors", "maintainCase"]).is_some(),
                site,
            };
            let mut site = Site::from(modelled);
            site.markdown_of = mdx.map(|mdx| (".mdx", Some(crate::markdown::MarkdownEngine::CommonMark(mdx))));
            let brings_own = ["src/theme/MDXComponents", "src/theme/MDXComponents.js", "src/theme/MDXComponents.tsx"];
            let is_whole = !brings_own.iter().any(|path| files.has(path)) && brings_none(&exported);
            site.components = is_whole.then_some(COMPONENTS);
            site.links_sources = true;
            // `onBrokenMarkdownImages: 'throw'` (`remark/transformImage`)
            site.stops_at_lost_image = get(&["hooks"]).is_none();
            site
        }
    }
}

fn meddled(plugins: &Plugins) -> String {
    format!("{} may change what is read", plugins.meddling().unwrap_or("a plugin"))
}

/// Whether no other theme than the classic one may bring components.
fn brings_none(config: &Value) -> bool {
    let themes = config.get(&["themes"]).map_or(&[][..], Value::items);
    let names = themes.iter().map(|theme| theme.text().or_else(|| theme.items().first().and_then(Value::text)));
    const KNOWN: &[&str] =
        &["@docusaurus/theme-mermaid", "@docusaurus/theme-search-algolia", "@docusaurus/theme-classic"];
    names.into_iter().all(|name| name.is_some_and(|name| KNOWN.contains(&name) || name.contains("search")))
}

/// The options of what reads posts: those of the classic preset, and of plugins by themselves.
fn contents(script: &Script, config: &Value) -> Vec<Value> {
    let list = |key: &str| config.get(&[key]).map(|list| script.unwrapped(list.clone()));
    let mut contents = Vec::new();
    for preset in list("presets").as_ref().map_or(&[][..], Value::items) {
        let Some(options) = preset.items().get(1).map(|options| script.unwrapped(options.clone())) else { continue };
        for key in ["blog", "docs", "pages"] {
            contents.extend(options.get(&[key]).map(|content| script.unwrapped(content.clone())));
        }
    }
    for plugin in list("plugins").as_ref().map_or(&[][..], Value::items) {
        let is_content = script.plugin(plugin).is_some_and(|name| name.contains("content-"));
        contents.extend(plugin.items().get(1).filter(|_| is_content).map(|options| script.unwrapped(options.clone())));
    }
    contents
}

/// The folders with posts.
fn folders(script: &Script, contents: &[Value], _: &Value) -> Vec<String> {
    let paths = contents.iter().filter_map(|content| content.get(&["path"]));
    let named = paths.filter_map(|path| match script.unwrapped(path.clone()) {
        Value::Text(path) => Some(path.trim_start_matches("./").trim_matches('/').to_owned()),
        _ => None,
    });
    let mut folders: Vec<String> =
        ["blog", "docs", "i18n", "src/pages", "versioned_docs"].map(str::to_owned).into_iter().chain(named).collect();
    folders.retain(|folder| !folder.is_empty() && !folder.starts_with('.'));
    folders.sort_unstable();
    folders.dedup_by(|inner, outer| *inner == *outer || inner.starts_with(&format!("{outer}/")));
    folders
}

fn unread(files: &Files, config: Option<&str>, why: String) -> Site {
    let folders = ["blog", "docs", "i18n", "src/pages", "versioned_docs"].map(str::to_owned).into();
    unread_with(files, config, why, folders, Vec::new())
}

fn unread_with(_: &Files, config: Option<&str>, why: String, folders: Vec<String>, unclear: Vec<Unclear>) -> Site {
    let site = UnifiedSite {
        folders,
        extensions: &["md", "mdx"],
        hides_underscores: true,
        why: Reason::because(why),
        unclear,
    };
    let config = config.map(str::to_owned);
    Modelled { features: &FEATURES, config, markdown: None, sets_math: None, changes_ids: false, site }.into()
}
