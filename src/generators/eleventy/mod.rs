//! Eleventy (2 and 3), by its config: markdown-it with the plugins that it is given, behind Liquid or Nunjucks
//! (`src/Engines/Markdown.js`).

mod data;
mod ignored;
mod site;
mod templates;

use self::data::Data;
use self::ignored::Ignored;
use self::site::EleventySite;
use self::templates::{Language, Templates};
use super::features::{self, Features, NoFrontMatter};
use super::javascript::{Script, Value};
use super::markdown_it::{Config, OPTIONS, options_shown, told};
use super::npm::{Packages, numbers};
use super::unified::{Modelled, UnifiedSite};
use super::{Reason, Site, Unclear};
use crate::files::{Files, join};
use crate::markdown::commonmark::Options;
use crate::markdown::ids::Style;

const FEATURES: Features = Features {
    name: "Eleventy",
    config: "eleventy.config.js",
    templates: features::Templates::ByPost,
    skips_blank_tabs: true,
    no_front_matter: NoFrontMatter::Elsewhere,
    port: Some("8080"),
    ..Features::PLAIN
};

/// The names of its config.
pub(super) const CONFIGS: &[&str] = &[
    ".eleventy.js", ".eleventy.cjs", ".eleventy.mjs", "eleventy.config.js", "eleventy.config.mjs",
    "eleventy.config.cjs", "eleventy.config.ts",
];

/// Parts of the names of plugins that may have a hand in what Markdown makes.
const MEDDLING: &[&str] = &[
    "anchor", "callout", "emoji", "footnote", "interlink", "katex", "latex", "markdown", "math", "mdx", "obsidian",
    "remark", "typeset", "unified", "wiki",
];

/// Reads the site.
pub(super) fn read(files: &Files) -> Site {
    let version = Packages::of(files).version(files, "@11ty/eleventy").unwrap_or_default();
    // Its liquidjs is another one, and passes over filters that are not there.
    let is_old = numbers(&version).is_some_and(|(major, _)| major == 0);
    let Some(config) = Config::first(files, CONFIGS) else {
        let why = Reason::because("there is no config, so markdown-it is as Eleventy sets it up");
        let markdown = Some(Options::eleventy());
        let place = place(files, None, None, None, None);
        return Read { config: None, markdown, sets_math: None, changes_ids: false, why, unclear: Vec::new() }.site(
            Templates { language: if is_old { Language::Unread } else { Language::Liquid }, ..Templates::usual() },
            place,
            Ignored::of(files, None),
        );
    };
    let (name, script) = config.main();
    let uses = config.uses();
    let mut meddling = uses.meddling.clone();
    meddling.extend(config.missing.as_ref().map(|path| format!("`{path}`, which is not there,")));
    let plugins = config.calls("addPlugin");
    for (script, call) in &plugins {
        let module = call.first().and_then(|plugin| script.plugin(plugin)).unwrap_or_default();
        let is_local = module.starts_with('.');
        if !is_local && MEDDLING.iter().any(|part| module.contains(part)) {
            meddling.push(format!("plugin `{module}`"));
        }
    }
    for (_, call) in config.calls("addPreprocessor") {
        let reads_md = |told: &Value| {
            let names = |told: &Value| {
                told.text().is_none_or(|name| name.split(',').any(|name| matches!(name.trim(), "md" | "*")))
            };
            if told.items().is_empty() { names(told) } else { told.items().iter().any(names) }
        };
        // One that only takes drafts out hands no text back.
        let keeps =
            |made: &Value| matches!(made, Value::Function(made) if matches!(**made, Value::Flag(_) | Value::Null));
        let name = call.first().and_then(Value::text).unwrap_or_default();
        if call.get(1).is_none_or(reads_md) && !name.contains("draft") && !call.get(2).is_some_and(keeps) {
            meddling.push(format!("preprocessor `{name}`"));
        }
    }
    let is_md = |call: &[Value]| call.first().and_then(Value::text) == Some("md");
    let is_set = config.calls("setLibrary").iter().any(|(_, call)| is_md(call));
    let is_amended = config.calls("amendLibrary").iter().any(|(_, call)| is_md(call));
    let mut shown = Vec::new();
    let base = match is_set {
        false => Some(Options::eleventy()),
        true => match &config.made()[..] {
            [Some(options @ Value::Object(_))] => {
                // By itself markdown-it lets no HTML through.
                let html = options.get(&["html"]).and_then(Value::flag) == Some(true);
                shown.extend(options_shown(options, OPTIONS));
                told(Options::eleventy(), options).filter(|_| html)
            }
            _ => None,
        },
    };
    let base = base.map(|options| switched(&config, options, is_set || is_amended));
    if base.is_none() {
        meddling.push(format!("what `{name}` tells markdown-it"));
    }
    let ids = plugins.iter().find(|(script, call)| is_id_plugin(script, call));
    shown.extend(ids.map(|_| "IdAttributePlugin".to_owned()));
    let tells =
        |(_, call): &(&Script, Vec<Value>)| call.get(1).is_some_and(|told| told.get(&["checkDuplicates"]).is_none());
    let changes_ids = uses.changes_ids || ids.is_some_and(tells);
    let engine = base.filter(|_| meddling.is_empty()).map(|base| {
        let engine = uses.engine(base);
        let own = engine.ids.or(ids.map(|_| Style::Eleventy));
        Options { ids: own.filter(|_| !changes_ids), ..engine }
    });
    let why = match meddling.first() {
        Some(what) => Reason::because(format!("{what} may change what is read")),
        None => uses.reason(name, &shown, is_set || is_amended),
    };
    let unclear = meddling.iter().map(|what| Unclear::new(what.clone(), "it may change what is read of posts"));
    let exported = script.exported();
    let own = script.unwrapped(Value::Name("config".to_owned()));
    let told = |path: &[&str]| exported.get(path).or_else(|| own.get(path)).cloned();
    let engine_told = told(&["markdownTemplateEngine"]);
    let mut templates = Templates::of(&config, engine_told.as_ref());
    if is_old {
        templates.language = Language::Unread;
    }
    let set = |method: &str| config.calls(method).into_iter().find_map(|(_, call)| call.into_iter().next());
    let dir = |key: &str, method: &str| told(&["dir", key]).or_else(|| set(method));
    let place = place(
        files,
        dir("input", "setInputDirectory"),
        dir("includes", "setIncludesDirectory"),
        dir("layouts", "setLayoutsDirectory"),
        dir("data", "setDataDirectory"),
    );
    let is_moved = ["setDataFileBaseName", "setDataFileSuffixes"].iter().any(|word| config.has_word(word));
    if is_moved || config.has_word("dataFileSuffixes") || config.has_word("addLayoutAlias") {
        templates.data = None;
    }
    let sets_math = uses.sets_math.filter(|_| engine.is_some());
    let unclear = unclear.collect();
    Read { config: Some(name), markdown: engine, sets_math, changes_ids, why, unclear }.site(
        templates,
        place,
        Ignored::of(files, Some(&config)),
    )
}

/// Where the sources lie, and what of data is known by that (`src/Util/ProjectDirectories.js`).
fn place(
    files: &Files,
    input: Option<Value>,
    includes: Option<Value>,
    layouts: Option<Value>,
    data: Option<Value>,
) -> Data {
    let text = |value: &Option<Value>| value.as_ref().and_then(Value::text).map(str::to_owned);
    let input = super::relative(&text(&input).unwrap_or_default());
    let input = if files.is_folder(&input) { input } else { String::new() };
    let below = |name: String| super::relative(&join(&input, &name));
    let folders = [text(&layouts), Some(text(&includes).unwrap_or_else(|| "_includes".to_owned()))];
    Data {
        layouts: folders.into_iter().flatten().map(below).collect(),
        folder: below(text(&data).unwrap_or_else(|| "_data".to_owned())),
        input: input.clone(),
        ..Data::default()
    }
}

/// Rules and options that the config switches on or off one by one.
fn switched(config: &Config, options: Options, is_changed: bool) -> Options {
    let names_code = |value: &Value| {
        let is_it = |value: &Value| value.text() == Some("code");
        is_it(value) || value.items().iter().any(is_it)
    };
    let enables = config.calls("enable").iter().any(|(_, call)| call.first().is_some_and(names_code));
    Options { indented_code: options.indented_code || is_changed && enables, ..options }
}

fn is_id_plugin(script: &Script, call: &[Value]) -> bool {
    let is_named = |name: &str| name.ends_with("IdAttributePlugin");
    match call.first() {
        Some(Value::Name(name)) => {
            is_named(name) && script.module_of(name).is_none_or(|module| module == "@11ty/eleventy")
        }
        _ => false,
    }
}

/// What was read of Markdown.
struct Read<'c> {
    config: Option<&'c str>,
    markdown: Option<Options>,
    sets_math: Option<super::SetsMath>,
    changes_ids: bool,
    why: Reason,
    unclear: Vec<Unclear>,
}

impl Read<'_> {
    fn site(self, templates: Templates, place: Data, ignored: Ignored) -> Site {
        let Read { config, markdown, sets_math, changes_ids, why, unclear } = self;
        let folders = vec![place.input.clone()];
        let site = UnifiedSite { folders, extensions: &["md", "markdown"], hides_underscores: false, why, unclear };
        let config = config.map(str::to_owned);
        let modelled = Modelled { features: &FEATURES, config, markdown, sets_math, changes_ids, site };
        modelled.with(|site| Box::new(EleventySite::new(site, templates, place, ignored)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::MarkdownEngine;
    use crate::markdown::commonmark::Math;

    fn options(config: &str, more: &[(&str, &str)]) -> Option<Options> {
        let files = Files::in_memory([("eleventy.config.js", config)].iter().chain(more).copied());
        match read(&files).markdown {
            Some(MarkdownEngine::CommonMark(options)) => Some(options),
            _ => None,
        }
    }

    /// Asked of Eleventy 3.1.8.
    #[test]
    fn what_reads_posts() {
        let usual = options("export default function (c) {}", &[]).expect("an engine");
        assert!(!usual.indented_code && usual.ids.is_none() && usual.bare_urls.is_none() && !usual.typographer);
        let with = |text: &str| {
            let import = "import md from 'markdown-it';\nimport a from 'markdown-it-anchor';\n\
                import k from '@vscode/markdown-it-katex';\nimport o from 'markdown-it-odd';\n\
                import { IdAttributePlugin } from '@11ty/eleventy';\n";
            options(&format!("{import}export default function (c) {{\n  {text}\n}}"), &[])
        };
        let ids = |text: &str| with(text).and_then(|options| options.ids);
        assert_eq!(ids("c.addPlugin(IdAttributePlugin)"), Some(Style::Eleventy));
        assert_eq!(ids("c.amendLibrary('md', (m) => m.use(a))"), Some(Style::MarkdownItAnchor));
        assert_eq!(ids("c.amendLibrary('md', (m) => m.use(a, { slugify: (s) => s }))"), None);
        let filter = "c.amendLibrary('md', (m) => m.use(a, { slugify: c.getFilter('slugify'), level: [2, 3] }))";
        assert_eq!(ids(filter), Some(Style::EleventyAnchor));
        assert_eq!(with(filter).map(|options| options.ids_from), Some(2));
        let math = with("c.amendLibrary('md', (m) => m.use(k))").map(|options| options.math);
        assert_eq!(math, Some(Math::MarkdownItLetters));
        assert_eq!(with("c.amendLibrary('md', (m) => m.use(o))"), None);
        assert_eq!(with("c.amendLibrary('md', (m) => m.core.ruler.push('x', f))"), None);
        let code = with("c.amendLibrary('md', (m) => m.enable('code'))").map(|options| options.indented_code);
        assert_eq!(code, Some(true));
        let set = with("c.setLibrary('md', md({ html: true, typographer: true, linkify: true }))").expect("an engine");
        assert!(set.typographer && set.bare_urls.is_some() && !set.breaks);
        assert_eq!(with("c.setLibrary('md', md({ typographer: true }))"), None);
        assert_eq!(with("c.setLibrary('md', md(told))"), None);
        assert_eq!(with("c.addPlugin(require('eleventy-plugin-markdown-x'))"), None);
    }

    /// Asked of Eleventy 3.1.8.
    #[test]
    fn what_templates_get() {
        let tags = |text: &str| {
            let import = "import { EleventyRenderPlugin } from '@11ty/eleventy';\n\
                import odd from 'eleventy-plugin-odd';\nimport rss from '@11ty/eleventy-plugin-rss';\n";
            let config = format!("{import}export default function (eleventyConfig) {{\n  {text}\n}}");
            let files = Files::in_memory([("eleventy.config.js", &*config)]);
            let site = read(&files);
            site.conventions.tags(&site, &files).expect("tags")
        };
        let own = tags("eleventyConfig.addFilter('shout', f); eleventyConfig.addPairedShortcode('note', f)");
        assert!(own.filters.contains("shout") && own.filters.contains("slugify") && own.missing.is_none());
        assert_eq!(own.tags.get("note"), Some(&Some(true)));
        assert!(!tags("eleventyConfig.addLiquidFilter('shout', f)").filters.contains("shout"));
        let plugins = tags("eleventyConfig.addPlugin(rss); eleventyConfig.addPlugin(EleventyRenderPlugin)");
        assert!(plugins.filters.contains("dateToRfc3339") && plugins.tags.contains_key("renderTemplate"));
        assert!(plugins.missing.is_none());
        for open in [
            "eleventyConfig.addPlugin(odd)",
            "for (const [n, f] of all) eleventyConfig.addFilter(n, f)",
            "require(path)(eleventyConfig)",
            "odd(eleventyConfig)",
            "const late = (await import('eleventy-plugin-odd')).default; eleventyConfig.addPlugin(late)",
            "for (const plugin of all) eleventyConfig.addPlugin(plugin)",
            "all.forEach(eleventyConfig.addPlugin)",
        ] {
            assert!(tags(open).missing.is_some(), "{open}");
        }
    }

    #[test]
    fn what_other_files_say() {
        let config =
            "const md = require('./lib/md.js');\nmodule.exports = (c) => { md(c); return { dir: { input: 'src' } } }";
        let own =
            ("lib/md.js", "module.exports = (c) => c.amendLibrary('md', (m) => m.use(require('markdown-it-anchor')))");
        assert_eq!(options(config, &[own]).and_then(|options| options.ids), Some(Style::MarkdownItAnchor));
        assert_eq!(options(config, &[]), None);
        let files = Files::in_memory([("eleventy.config.js", config), own, ("src/a.md", "")]);
        assert_eq!(read(&files).conventions.folders(), ["src"]);
    }
}
