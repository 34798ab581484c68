//! Pelican (4.12, Python-Markdown 3.11), with its `pelicanconf.py`: no page model.

mod posts;

use super::features::{Features, NoFrontMatter};
use super::python::Literal;
use super::unmodelled::everything;
use super::{Absence, Build, Conventions, Marked, Plan, Reason, Role, SetsMath, Site, Unclear, math_scripts};
use crate::files::{Files, is_markdown, join};
use crate::generators::address::joined;
use crate::generators::dates::{self, DateFault};
use crate::markdown::MarkdownEngine;
use crate::markdown::commonmark::{HeadingAttributes, Math, Options};
use crate::markdown::ids;
use crate::post::Post;
use crate::tex::Engine;

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
        sets_math: sets_math(files, told),
        timezone: told("TIMEZONE").and_then(|zone| zone.text().map(str::to_owned)),
        future: told("WITH_FUTURE_DATES").is_none_or(|future| future.word() != Some("False")),
        config: Some(CONFIG.to_owned()),
        features: &FEATURES,
        conventions: Box::new(posts::Settings::of(files, told)),
        ..Site::default()
    }
}

/// Whether pelican-render-math takes formulas out.
fn takes_math(plugins: Option<Literal>) -> bool {
    plugins.is_some_and(|plugins| plugins.names("render_math") || plugins.names("render-math"))
}

/// pelican-render-math (1.0.5, `math.py`): MathJax 2.7, or what `MATH_JAX` names as its source. A theme may tell it of
/// macros.
fn sets_math(files: &Files, told: impl Fn(&str) -> Option<Literal>) -> Option<SetsMath> {
    let own = takes_math(told("PLUGINS")).then(|| told("MATH_JAX"))?;
    let get = |key: &str| own.as_ref().and_then(|own| own.get(key));
    let engine = match get("source") {
        Some(source) => math_scripts::engine_of(source.text()?)?,
        None => Engine::MathJax2,
    };
    let is_read = own.as_ref().is_none_or(|own| !own.entries().is_empty());
    let theme = told("THEME").map(|theme| theme.text().map(super::relative).unwrap_or_default());
    let templates =
        theme.iter().flat_map(|theme| files.below(theme, |_| true).into_iter().map(|path| join(theme, &path)));
    let templates: Vec<String> = templates.filter(|path| path.ends_with(".html") || path.ends_with(".js")).collect();
    let tells_none = |path: &String| {
        files.text(path).is_some_and(|text| !text.contains("MathJax") || math_scripts::tells_none(&text))
    };
    let is_whole = is_read && get("tex_extensions").is_none() && templates.iter().all(tells_none);
    let theme_is_unseen = theme.is_some() && templates.is_empty() || told("THEME_TEMPLATES_OVERRIDES").is_some();
    Some(SetsMath { theme_is_unseen, ..math_scripts::asked(CONFIG, "PLUGINS", engine, is_whole) })
}

/// Python-Markdown as `MARKDOWN` sets it up (`settings.py`, `DEFAULT_CONFIG`), and `PLUGINS`.
fn profile(plugins: Option<Literal>, markdown: Option<Literal>) -> Options {
    let usual = Options::python_markdown();
    let is_set = |name: &str| markdown.as_ref().is_some_and(|told| told.names(name));
    // Where the config is computed, it may bring the extension that makes ids.
    let is_known = markdown.as_ref().is_none_or(|told| told.get("extension_configs").is_some());
    let makes_ids = is_set("toc") || !is_known;
    Options {
        // The extension `extra`.
        heading_attributes: Some(HeadingAttributes::All),
        math: if takes_math(plugins) { Math::Pelican } else { usual.math },
        ids: Some(ids::Style::PythonMarkdown).filter(|_| makes_ids && is_known && !is_set("slugify")),
        ..usual
    }
}

impl Conventions for posts::Settings {
    fn folders(&self) -> Vec<String> {
        vec![self.content.clone()]
    }

    fn is_post(&self, path: &str) -> bool {
        self.inside(path)
            .is_some_and(|inside| is_markdown(path) && !inside.split('/').any(|part| part.starts_with('.')))
    }

    fn role(&self, path: &str) -> Role {
        if self.is_article(path) { Role::Post } else { Role::Document }
    }

    fn markdown_reason(&self, _site: &Site, _files: &Files) -> Reason {
        Reason::there(&[CONFIG])
    }

    fn zone_reason(&self, site: &Site, _files: &Files) -> Option<Reason> {
        site.timezone.as_ref().map(|_| Reason::key(CONFIG, "TIMEZONE"))
    }

    fn unclear(&self, site: &Site, _files: &Files) -> Vec<Unclear> {
        Unclear::outline(site)
    }

    fn date_faults(&self, post: &Post, _zone: Option<&jiff::tz::TimeZone>) -> Vec<DateFault> {
        let fault = dates::no_day(post).map(|fault| DateFault { help: Some(posts::LEFT_OUT), ..fault });
        fault.into_iter().collect()
    }

    fn absence(&self, post: &Post, _build: &Build) -> Option<Absence> {
        self.is_article(post.path).then(|| self.lacking(post)).flatten()
    }

    fn marked(&self, destination: &str, post: &str) -> Option<Marked> {
        let (mark, path) = posts::mark_of(destination)?;
        let length = destination.len() - path.len();
        Some(match mark {
            "filename" | "static" | "attach" => {
                let from = self.inside(post).unwrap_or(post);
                let path = joined(&format!("/{from}"), path);
                Marked::Source { path: join(&self.content, &path[1..]), mark: length }
            }
            _ => Marked::Made,
        })
    }

    fn plan(&self, _: &Site, build: &Build) -> Plan {
        everything(build)
    }
}
