//! VitePress (1), by `markdown:` of its config (`createMarkdownRenderer`).

use super::features::{Features, Templates};
use super::javascript::{Script, Value};
use super::markdown_it::{Config, OPTIONS, options_shown, setter_by_name, told};
use super::unified::{Modelled, UnifiedSite};
use super::{Reason, Site, Unclear};
use crate::files::Files;
use crate::markdown::commonmark::{Math, Options};

const FEATURES: Features = Features {
    name: "VitePress",
    config: ".vitepress/config.js",
    // `{{ }}` of Vue.
    templates: Templates::Unread,
    port: Some("5173"),
    ..Features::PLAIN
};

/// Reads the site.
pub(super) fn read(files: &Files) -> Site {
    let root = if files.has(".vitepress") { "" } else { "docs/" };
    let ends = ["ts", "mts", "js", "mjs", "cts", "cjs"];
    let names: Vec<String> = ends
        .iter()
        .map(|end| format!("{root}.vitepress/config.{end}"))
        .chain(ends.iter().map(|end| format!("{root}.vitepress/config/index.{end}")))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let Some(config) = Config::first(files, &names) else {
        let why = Reason::because("there is no config in `.vitepress`, or it is of a kind that is not read");
        return site(None, None, None, false, why, Vec::new(), root);
    };
    let (name, script) = config.main();
    let exported = bare(script, script.exported());
    let markdown = exported.get(&["markdown"]).map(|markdown| script.unwrapped(markdown.clone()));
    let uses = config.uses();
    let mut meddling = uses.meddling.clone();
    meddling.extend(config.missing.as_ref().map(|path| format!("`{path}`, which is not there,")));
    let usual = Options::vitepress();
    let get = |key: &str| markdown.as_ref().and_then(|markdown| markdown.get(&[key]));
    let engine = match (&exported, &markdown) {
        (Value::Object(_), None) if exported.is_whole() => Some(usual),
        (Value::Object(_), Some(options @ Value::Object(_))) => own(usual, options),
        _ => None,
    };
    if engine.is_none() {
        meddling.push(format!("what `{name}` says of `markdown`"));
    }
    let sets_math = match get("math") {
        Some(Value::Flag(true) | Value::Object(_)) => setter_by_name(name, "markdown-it-mathjax3"),
        _ => uses.sets_math.clone(),
    };
    let has_own_ids = get("anchor").is_some_and(|anchor| !anchor.is_whole() || anchor.get(&["slugify"]).is_some());
    let changes_ids = uses.changes_ids || has_own_ids;
    let engine = engine.filter(|_| meddling.is_empty()).map(|engine| {
        let engine = uses.engine(engine);
        Options { ids: engine.ids.filter(|_| !changes_ids), ..engine }
    });
    let why = match meddling.first() {
        Some(what) => Reason::because(format!("{what} may change what is read")),
        None => {
            let read: Vec<&str> = OPTIONS.iter().copied().chain(["math", "attrs", "anchor"]).collect();
            let shown = markdown.as_ref().map(|markdown| options_shown(markdown, &read)).unwrap_or_default();
            uses.reason(name, &shown, get("config").is_some())
        }
    };
    let unclear = meddling.iter().map(|what| Unclear::new(what.clone(), "it may change what is read of posts"));
    let unclear = unclear.collect();
    let sources = exported.get(&["srcDir"]).and_then(Value::text).unwrap_or_default();
    let folder = super::relative(&format!("{root}{sources}"));
    let folder = if files.is_folder(&folder) { folder } else { root.trim_end_matches('/').to_owned() };
    site(Some(name), engine, sets_math, changes_ids, why, unclear, &folder)
}

/// The config behind what plugins put around it: `withMermaid(defineConfig(…))`.
fn bare(script: &Script, mut value: Value) -> Value {
    for _ in 0..4 {
        value = match script.unwrapped(value) {
            Value::Call(name, mut arguments) if name.starts_with("with") && !arguments.is_empty() => {
                arguments.swap_remove(0)
            }
            other => return other,
        };
    }
    value
}

/// The engine with the options of `markdown:`, some of which are markdown-it's.
fn own(usual: Options, options: &Value) -> Option<Options> {
    let Value::Object(object) = options else { return None };
    // They do not touch what is read; a function is read as what it calls.
    const OTHERS: &[&str] = &[
        "anchor", "attrs", "codeCopyButtonTitle", "codeTransformers", "component", "config", "container",
        "defaultHighlightLang", "emoji", "externalLinks", "frontmatter", "gfmAlerts", "headers", "highlight", "image",
        "languageAlias", "languages", "lineNumbers", "math", "sfc", "shikiSetup", "theme", "toc",
    ];
    const READ: &[&str] = &["html", "breaks", "linkify", "typographer", "quotes"];
    let is_known = |key: &String| OTHERS.contains(&&**key) || READ.contains(&&**key);
    if !options.is_whole() || !object.entries().iter().all(|(key, _)| is_known(key)) {
        return None;
    }
    let has_attributes = options.get(&["attrs", "disable"]).and_then(Value::flag) != Some(true);
    let math = match options.get(&["math"]) {
        Some(Value::Flag(true) | Value::Object(_)) => Math::MarkdownItSpaces,
        None | Some(Value::Flag(false)) => usual.math,
        Some(_) => return None,
    };
    let heading_attributes = usual.heading_attributes.filter(|_| has_attributes);
    told(Options { math, heading_attributes, attributes: has_attributes, ..usual }, options)
}

fn site(
    config: Option<&str>,
    markdown: Option<Options>,
    sets_math: Option<super::SetsMath>,
    changes_ids: bool,
    why: Reason,
    unclear: Vec<Unclear>,
    folder: &str,
) -> Site {
    let folders = vec![folder.trim_end_matches('/').to_owned()];
    let sets_math = sets_math.filter(|_| markdown.is_some());
    let site = UnifiedSite { folders, extensions: &["md"], hides_underscores: false, why, unclear };
    Modelled { features: &FEATURES, config: config.map(str::to_owned), markdown, sets_math, changes_ids, site }.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::MarkdownEngine;
    use crate::markdown::ids::Style;

    /// Asked of VitePress 1.6.4.
    #[test]
    fn what_reads_posts() {
        let site = |config: &str| read(&Files::in_memory([(".vitepress/config.mts", config)]));
        let options = |config: &str| match site(config).markdown {
            Some(MarkdownEngine::CommonMark(options)) => Some(options),
            _ => None,
        };
        let usual = options("import { defineConfig } from 'vitepress'\nexport default defineConfig({ title: 'x' })");
        let usual = usual.expect("an engine");
        assert!(usual.bare_urls.is_some() && usual.attributes && usual.math == Math::Browser && !usual.tasks);
        assert_eq!(usual.ids, Some(Style::MditVue));
        let math = "export default { markdown: { math: true, breaks: true, attrs: { disable: true } } }";
        let told = options(math).expect("an engine");
        assert!(told.breaks && !told.attributes && told.math == Math::MarkdownItSpaces);
        assert_eq!(site(math).sets_math.map(|sets| sets.package), Some("markdown-it-mathjax3".to_owned()));
        let using = |plugin: &str| {
            format!("export default {{ markdown: {{ config: (md) => {{ md.use(require('{plugin}')) }} }} }}")
        };
        assert_eq!(options(&using("markdown-it-footnote")).map(|options| options.footnotes.is_some()), Some(true));
        assert_eq!(options(&using("markdown-it-odd")), None);
        assert_eq!(options("export default { markdown: { html: false } }"), None);
        assert_eq!(options("export default { ...rest }"), None);
        let slug = options("export default { markdown: { anchor: { slugify: (s) => s } } }").expect("an engine");
        assert_eq!(slug.ids, None);
        assert!(options("export default withMermaid({ markdown: { math: true } })").is_some());
    }
}
