//! Nikola (8.3, Python-Markdown 3.11), with its `conf.py`: no page model.

use super::features::{Features, NoFrontMatter};
use super::python::Literal;
use super::unmodelled::{ANYWHERE, everything};
use super::{Build, Conventions, Plan, Reason, SetsMath, Site, Unclear, math_scripts};
use crate::files::Files;
use crate::markdown::MarkdownEngine;
use crate::markdown::commonmark::{HeadingAttributes, Options};
use crate::tex::Engine;

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
        sets_math: sets_math(told),
        timezone: told("TIMEZONE").and_then(|zone| zone.text().map(str::to_owned)),
        config: Some(CONFIG.to_owned()),
        features: &FEATURES,
        conventions: Box::new(Settings),
        ..Site::default()
    }
}

/// KaTeX, where `USE_KATEX` asks for it (8.3, `math_helper.tmpl`): posts that say so with `has_math` get it. Without it they
/// get MathJax, in the way that their theme has it. Which formulas it looks for is no part of the model, so no command is
/// told for its name alone.
fn sets_math(told: impl Fn(&str) -> Option<Literal>) -> Option<SetsMath> {
    told("USE_KATEX").filter(|asked| asked.word() == Some("True"))?;
    let own = told("KATEX_AUTO_RENDER");
    let is_read = own.is_none_or(|own| own.text().is_some_and(math_scripts::tells_none));
    Some(SetsMath { theme_is_unseen: true, ..math_scripts::asked(CONFIG, "USE_KATEX", Engine::Katex, is_read) })
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
        Unclear::outline(site)
    }

    fn plan(&self, _: &Site, build: &Build) -> Plan {
        everything(build)
    }
}
