//! Quarto (pandoc 3.9), with its `_quarto.yml`: no page model.

mod metadata;

use super::features::{Features, NoFrontMatter, Templates};
use super::unmodelled::{Posts, everything};
use super::{Build, Conventions, HeadFault, Plan, Reason, Site, Unclear, config};
use crate::files::Files;
use crate::markdown::commonmark::Options;
use crate::markdown::{MarkdownEngine, ids};
use crate::post::Post;
use crate::syntax::front_matter::Tree;

/// What Quarto does on every site.
const FEATURES: Features = Features {
    name: "Quarto",
    config: "_quarto.yml",
    templates: Templates::Shortcodes,
    no_front_matter: NoFrontMatter::Elsewhere,
    withheld_by: Some(("draft", true)),
    ..Features::PLAIN
};

/// The names of the config.
const CONFIGS: &[&str] = &["_quarto.yml", "_quarto.yaml"];

const POSTS: Posts = Posts { folders: &[""], extensions: &["qmd", "md"], is_selective: true };

/// What Quarto is told.
pub(crate) fn read(files: &Files) -> Site {
    let tree = config::read(files, CONFIGS);
    Site {
        is_faulty: !tree.faults.is_empty(),
        markdown: Some(MarkdownEngine::CommonMark(profile(&tree))),
        links_sources: true,
        config: files.first(CONFIGS).map(str::to_owned),
        features: &FEATURES,
        conventions: Box::new(Settings),
        tree,
        ..Site::default()
    }
}

/// pandoc as the project sets it up; other readers than its own Markdown make other ids.
fn profile(tree: &Tree) -> Options {
    let usual = Options::pandoc();
    let from = ["from", "reader"].iter().find_map(|key| config::text(tree, &[key]));
    match from.map(|from| from.split(['+', '-']).next().unwrap_or(from)) {
        None | Some("markdown") => usual,
        Some("gfm" | "commonmark" | "commonmark_x") => Options { ids: Some(ids::Style::Github), ..usual },
        Some(_) => Options { ids: None, ..usual },
    }
}

/// What the config says of posts.
#[derive(Debug)]
struct Settings;

impl Conventions for Settings {
    fn is_post(&self, path: &str) -> bool {
        let is_hidden = |part: &str| part.starts_with(['_', '.']);
        (&POSTS).is_post(path) && !path.split('/').any(is_hidden)
    }

    fn head_faults(&self, post: &Post) -> Vec<HeadFault> {
        metadata::faults(post)
    }

    fn markdown_reason(&self, site: &Site, _files: &Files) -> Reason {
        match ["from", "reader"].into_iter().find(|key| config::text(&site.tree, &[key]).is_some()) {
            Some(key) => Reason::key(site.config_name(), key),
            None => Reason::there(&[CONFIGS[0]]),
        }
    }

    fn unclear(&self, site: &Site, _files: &Files) -> Vec<Unclear> {
        Unclear::outline(site)
    }

    fn plan(&self, _: &Site, build: &Build) -> Plan {
        everything(build)
    }
}
