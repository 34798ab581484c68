//! Nikola (8.3, Python-Markdown 3.11), with its `conf.py`: no page model.

use super::features::{Features, NoFrontMatter};
use super::python::Literal;
use super::unmodelled::{ANYWHERE, everything};
use super::{Build, Conventions, Plan, Reason, Site, Unclear};
use crate::files::Files;
use crate::markdown::MarkdownEngine;
use crate::markdown::commonmark::{HeadingAttributes, Options};

/// What Nikola does on every site.
const FEATURES: Features =
    Features { name: "Nikola", config: "conf.py", no_front_matter: NoFrontMatter::Elsewhere, ..Features::PLAIN };

/// The config.
const CONFIG: &str = "conf.py";

/// What Nikola is told.
pub(crate) fn read(files: &Files) -> Site {
    let program = files.text(CONFIG).unwrap_or_else(|| "".into());
    let told = |name: &str| Literal::assigned(&program, name);
    let extensions = told("MARKDOWN_EXTENSIONS");
    let makes_ids = extensions.as_ref().is_some_and(|told| told.items().is_empty() || told.names("toc"));
    // The extension `extra`; `toc` makes ids, and may be told how.
    let attributes = extensions.is_none_or(|told| told.names("extra") || told.names("attr_list"));
    let heading_attributes = attributes.then_some(HeadingAttributes::All);
    let options = Options { heading_attributes, ..Options::python_markdown() };
    Site {
        is_faulty: !files.is_file(CONFIG),
        markdown: Some(MarkdownEngine::CommonMark(options)),
        makes_ids,
        timezone: told("TIMEZONE").and_then(|zone| zone.text().map(str::to_owned)),
        config: Some(CONFIG.to_owned()),
        features: &FEATURES,
        conventions: Box::new(Settings),
        ..Site::default()
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

    fn zone_reason(&self, site: &Site, _files: &Files) -> Option<Reason> {
        site.timezone.as_ref().map(|_| Reason::key(CONFIG, "TIMEZONE"))
    }

    fn unclear(&self, site: &Site, _files: &Files) -> Vec<Unclear> {
        let page = site.markdown.as_ref().map(Unclear::page);
        page.into_iter().chain([Unclear::addresses(FEATURES.name)]).collect()
    }

    fn plan(&self, _: &Site, build: &Build) -> Plan {
        everything(build)
    }
}
