//! Pelican (4.12, Python-Markdown 3.11), with its `pelicanconf.py`: no page model.

use super::features::{Features, NoFrontMatter};
use super::python::Literal;
use super::unmodelled::{ANYWHERE, everything};
use super::{Build, Conventions, Plan, Reason, Site, Unclear};
use crate::files::Files;
use crate::markdown::MarkdownEngine;
use crate::markdown::commonmark::{HeadingAttributes, Math, Options};
use crate::markdown::ids;

/// What Pelican does on every site.
const FEATURES: Features = Features {
    name: "Pelican",
    config: "pelicanconf.py",
    no_front_matter: NoFrontMatter::Elsewhere,
    ..Features::PLAIN
};

/// The config.
const CONFIG: &str = "pelicanconf.py";

/// What Pelican is told.
pub(crate) fn read(files: &Files) -> Site {
    let program = files.text(CONFIG).unwrap_or_else(|| "".into());
    let told = |name: &str| Literal::assigned(&program, name);
    Site {
        is_faulty: !files.is_file(CONFIG),
        markdown: Some(MarkdownEngine::CommonMark(profile(told("PLUGINS"), told("MARKDOWN")))),
        timezone: told("TIMEZONE").and_then(|zone| zone.text().map(str::to_owned)),
        future: told("WITH_FUTURE_DATES").is_none_or(|future| future.word() != Some("False")),
        config: Some(CONFIG.to_owned()),
        features: &FEATURES,
        conventions: Box::new(Settings),
        ..Site::default()
    }
}

/// Python-Markdown as `MARKDOWN` sets it up (`settings.py`, `DEFAULT_CONFIG`), and `PLUGINS`.
fn profile(plugins: Option<Literal>, markdown: Option<Literal>) -> Options {
    let usual = Options::python_markdown();
    let is_set = |name: &str| markdown.as_ref().is_some_and(|told| told.names(name));
    // Where the config is computed, it may bring the extension that makes ids.
    let is_known = markdown.as_ref().is_none_or(|told| told.get("extension_configs").is_some());
    let makes_ids = is_set("toc") || !is_known;
    let sets_math = plugins.is_some_and(|plugins| plugins.names("render_math") || plugins.names("render-math"));
    Options {
        // The extension `extra`.
        heading_attributes: Some(HeadingAttributes::All),
        math: if sets_math { Math::All } else { usual.math },
        ids: Some(ids::Style::PythonMarkdown).filter(|_| makes_ids && is_known && !is_set("slugify")),
        ..usual
    }
}

/// What the config says of posts.
#[derive(Debug)]
struct Settings;

impl Conventions for Settings {
    fn is_post(&self, path: &str) -> bool {
        (&ANYWHERE).is_post(path)
    }

    fn markdown_reason(&self, _site: &Site, _files: &Files) -> Reason {
        Reason::there(&[CONFIG])
    }

    fn unclear(&self, site: &Site, _files: &Files) -> Vec<Unclear> {
        let page = site.markdown.as_ref().map(Unclear::page);
        page.into_iter().chain([Unclear::addresses(FEATURES.name)]).collect()
    }

    fn plan(&self, _: &Site, build: &Build) -> Plan {
        everything(build)
    }
}
