//! Gatsby (5, and what of earlier versions reads posts in the same way), by its `gatsby-config`: gatsby-transformer-remark
//! from 4 on, which is the first with the remark of today, and its plugins.

use super::features::Features;
use super::javascript::{Script, Value};
use super::npm::{Packages, numbers};
use super::unified::{GatsbyPlugins, Modelled, UnifiedSite};
use super::{Reason, Site, Unclear};
use crate::files::Files;
use crate::markdown::commonmark::{Footnotes, Math, Options};
use crate::markdown::ids::Style;

const FEATURES: Features = Features { name: "Gatsby", port: Some("8000"), ..Features::PLAIN };

/// The names of its config.
pub(super) const CONFIGS: &[&str] = &["gatsby-config.js", "gatsby-config.ts", "gatsby-config.mjs"];

const TRANSFORMER: &str = "gatsby-transformer-remark";

/// Reads the site.
pub(super) fn read(files: &Files) -> Site {
    let Some((name, script)) = Script::first(files, CONFIGS) else {
        return unread(None, "there is no `gatsby-config.js` that names what reads posts", vec![String::new()]);
    };
    let exported = script.exported();
    let plugins = exported.get(&["plugins"]).map(|plugins| script.unwrapped(plugins.clone()));
    let items = plugins.as_ref().map_or(&[][..], Value::items);
    let folders = folders(&script, items);
    let Some(transformer) = items.iter().find(|item| script.plugin(item) == Some(TRANSFORMER)) else {
        let is_mdx = items.iter().any(|item| script.plugin(item) == Some("gatsby-plugin-mdx"));
        let why = match is_mdx {
            true => "`gatsby-plugin-mdx` reads posts, which is not modelled".to_owned(),
            false => format!("`{name}` does not name `{TRANSFORMER}` in so many words"),
        };
        return unread(Some(name), &why, folders);
    };
    let packages = Packages::of(files);
    let version = packages.version(files, TRANSFORMER).and_then(|version| numbers(&version));
    if version.is_some_and(|(major, _)| major < 4) {
        return unread(
            Some(name),
            "`gatsby-transformer-remark` before 4 has an older remark, which is not modelled",
            folders,
        );
    }
    let options = transformer.get(&["options"]).map(|options| script.unwrapped(options.clone()));
    let get = |key: &str| options.as_ref().and_then(|options| options.get(&[key]));
    let flag = |key: &str| get(key).and_then(Value::flag);
    let own = GatsbyPlugins::read((name, &script), files, get("plugins"));
    let usual = match flag("gfm") {
        Some(false) => Options::commonmark(),
        _ => Options::gfm(),
    };
    let engine = Options {
        name: "remark",
        typography: crate::markdown::commonmark::Typography::Retext,
        typographer: own.is_smart,
        footnotes: (flag("footnotes") != Some(false)).then_some(Footnotes::AtTheEnd),
        math: if own.sets_math.is_some() { Math::Remark { single: true } } else { Math::Browser },
        sets_code: false,
        lazy_lines: flag("gfm") == Some(false),
        white_lines: true,
        ids: own.makes_ids.then_some(Style::GithubOfAll),
        ..usual
    };
    let is_known = own.meddling.is_empty();
    let why = match own.meddling.first() {
        Some(plugin) => Reason::because(format!("{plugin} may change what is read")),
        None => Reason::key(name, TRANSFORMER),
    };
    let unclear = own.meddling.iter().map(|what| Unclear::new(what.clone(), "it may change what is read of posts"));
    let site = UnifiedSite {
        folders,
        extensions: &["md", "markdown", "mdx"],
        hides_underscores: false,
        why,
        unclear: unclear.collect(),
    };
    Modelled {
        features: &FEATURES,
        config: Some(name.to_owned()),
        markdown: is_known.then_some(engine),
        sets_math: own.sets_math.filter(|_| is_known),
        changes_ids: own.changes_ids,
        site,
    }
    .into()
}

/// A site of which the engine is not known.
fn unread(config: Option<&str>, why: &str, folders: Vec<String>) -> Site {
    let site = UnifiedSite {
        folders,
        extensions: &["md", "markdown", "mdx"],
        hides_underscores: false,
        why: Reason::because(why),
        unclear: Vec::new(),
    };
    Modelled {
        features: &FEATURES,
        config: config.map(str::to_owned),
        markdown: None,
        sets_math: None,
        changes_ids: false,
        site,
    }
    .into()
}

/// The folders that files are read from; all of the blog where one is not told.
fn folders(script: &Script, plugins: &[Value]) -> Vec<String> {
    let sources: Vec<&Value> =
        plugins.iter().filter(|plugin| script.plugin(plugin) == Some("gatsby-source-filesystem")).collect();
    let path = |source: &&Value| match source.get(&["options", "path"])? {
        Value::Text(text) => Some(text.trim_start_matches("./").trim_matches('/').to_owned()),
        Value::Template(text) => Some(text.strip_prefix("${__dirname}/")?.trim_matches('/').to_owned()),
        Value::Call(name, arguments) if matches!(&**name, "path.join" | "path.resolve" | "join" | "resolve") => {
            let parts: Option<Vec<&str>> = arguments.get(1..)?.iter().map(Value::text).collect();
            Some(parts?.join("/").trim_start_matches("./").trim_matches('/').to_owned())
        }
        _ => None,
    };
    let paths: Option<Vec<String>> = sources.iter().map(path).collect();
    let is_plain = |path: &String| !path.is_empty() && !path.starts_with(['.', '$']) && !path.contains("${");
    match paths.filter(|paths| !paths.is_empty() && paths.iter().all(is_plain)) {
        Some(mut paths) => {
            // What lies in a folder that is read as well is read once.
            paths.sort_unstable();
            paths.dedup_by(|inner, outer| *inner == *outer || inner.starts_with(&format!("{outer}/")));
            paths
        }
        None => vec![String::new()],
    }
}
