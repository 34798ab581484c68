//! MkDocs (1.6, Python-Markdown 3.11), with its `mkdocs.yml`: no page model.

mod posts;

use self::posts::Settings;
use super::features::Features;
use super::unmodelled::{ANYWHERE, everything};
use super::{Build, Conventions, HeadFault, Plan, Reason, SetsMath, Site, Territory, Unclear, config, math_scripts};
use crate::files::{Files, is_below};
use crate::markdown::MarkdownEngine;
use crate::markdown::commonmark::{HeadingAttributes, Math, Options};
use crate::markdown::ids::Style;
use crate::post::Post;
use crate::syntax::front_matter::{Node, Tree};

/// What MkDocs does on every site.
const FEATURES: Features =
    Features { name: "MkDocs", config: "mkdocs.yml", withheld_by: Some(("draft", true)), ..Features::PLAIN };

/// The names of the config.
const CONFIGS: &[&str] = &["mkdocs.yml", "mkdocs.yaml"];

/// What MkDocs is told.
pub(crate) fn read(files: &Files) -> Site {
    let tree = config::read(files, CONFIGS);
    let markdown = profile(&tree);
    let conventions = Settings::of(files, &tree);
    let sets_math = sets_math(files, &tree, &conventions.docs).filter(|_| markdown.math == Math::Arithmatex);
    Site {
        is_faulty: !tree.faults.is_empty(),
        markdown: Some(MarkdownEngine::CommonMark(markdown)),
        links_sources: true,
        config: files.first(CONFIGS).map(str::to_owned),
        features: &FEATURES,
        sets_math,
        conventions: Box::new(conventions),
        tree,
        ..Site::default()
    }
}

/// Python-Markdown as `markdown_extensions` sets it up: `toc`, `tables` and `fenced_code` are always there.
fn profile(tree: &Tree) -> Options {
    let usual = Options::python_markdown();
    let has = |name: &str| extension(tree, name).is_some();
    let sets_math = has("pymdownx.arithmatex");
    // Another config may stand in its place.
    let ids = if config::text(tree, &["INHERIT"]).is_some() || !tree.faults.is_empty() { None } else { ids(tree) };
    Options {
        footnotes: usual.footnotes.filter(|_| has("footnotes") || has("extra") || has("pymdownx.extra")),
        heading_attributes: (has("attr_list") || has("extra") || has("pymdownx.extra"))
            .then_some(HeadingAttributes::All),
        math: if sets_math { Math::Arithmatex } else { usual.math },
        ids,
        ..usual
    }
}

/// What `extra_javascript` loads for the formulas that `pymdownx.arithmatex` takes out.
fn sets_math(files: &Files, tree: &Tree, docs: &str) -> Option<SetsMath> {
    const KEY: &str = "extra_javascript";
    let listed = config::get(tree, &[KEY])?.items();
    let path =
        |script: &Node| config::scalar(script).or_else(|| config::scalar(script.get("path")?)).map(str::to_owned);
    let scripts: Vec<String> = listed.iter().filter_map(path).collect();
    let theme_is_unseen =
        config::get(tree, &["theme", "custom_dir"]).is_some() || config::text(tree, &["INHERIT"]).is_some();
    let file = files.first(CONFIGS).unwrap_or_default();
    let found = math_scripts::listed(files, (file, KEY), docs, &scripts)?;
    Some(SetsMath { is_whole: found.is_whole && scripts.len() == listed.len(), theme_is_unseen, ..found })
}

/// How `toc` makes ids, if that is a literal that is known.
fn ids(tree: &Tree) -> Option<Style> {
    let options = extension(tree, "toc").flatten();
    let get = |key: &str| options.and_then(|options| options.entries().iter().rev().find(|entry| entry.key == key));
    if get("separator").is_some_and(|entry| entry.value.text() != Some("-")) {
        return None;
    }
    let Some(slugify) = get("slugify").map(|entry| &entry.value) else { return Some(Style::PythonMarkdown) };
    let tag = slugify.tag.as_deref().unwrap_or_default();
    let keywords = slugify.entries().iter().find(|entry| entry.key == "kwds").map(|entry| entry.value.entries());
    let is_lower = |entries: &[_]| matches!(entries, [entry] if is_case_lower(entry));
    match tag.rsplit(':').next().unwrap_or_default() {
        "markdown.extensions.toc.slugify_unicode" => Some(Style::PythonMarkdownUnicode),
        "markdown.extensions.toc.slugify" => Some(Style::PythonMarkdown),
        "pymdownx.slugs.uslugify" => Some(Style::Pymdownx),
        "pymdownx.slugs.slugify" if keywords.is_some_and(is_lower) => Some(Style::Pymdownx),
        _ => None,
    }
}

fn is_case_lower(entry: &crate::syntax::front_matter::Entry) -> bool {
    entry.key == "case" && entry.value.text() == Some("lower")
}

/// The options of an extension that the config names, if it does and has any.
fn extension<'t>(tree: &'t Tree, name: &str) -> Option<Option<&'t Node>> {
    let name_of = |text: &str| text.trim_start_matches("markdown.extensions.") == name;
    let listed = config::get(tree, &["markdown_extensions"])?;
    let entries = listed.items().iter().flat_map(Node::entries).chain(listed.entries());
    let with_options = entries.filter(|entry| name_of(&entry.key)).map(|entry| Some(&entry.value));
    let bare = listed.items().iter().filter(|item| item.text().is_some_and(name_of)).map(|_| None);
    with_options.chain(bare).next()
}

impl Conventions for Settings {
    fn folders(&self) -> Vec<String> {
        vec![self.docs.clone()]
    }

    fn is_post(&self, path: &str) -> bool {
        (&ANYWHERE).is_post(path) && is_below(path, &self.docs)
    }

    fn head_faults(&self, post: &Post) -> Vec<HeadFault> {
        if self.is_of_blog(post.path) { posts::faults(post) } else { Vec::new() }
    }

    fn refusal(&self, post: &Post) -> Option<String> {
        self.is_of_blog(post.path).then(|| "so MkDocs stops the build".to_owned())
    }

    fn markdown_reason(&self, site: &Site, _files: &Files) -> Reason {
        match config::get(&site.tree, &["markdown_extensions"]) {
            Some(_) => Reason::key(site.config_name(), "markdown_extensions"),
            None => Reason::there(&[site.config_name()]),
        }
    }

    fn unclear(&self, site: &Site, _files: &Files) -> Vec<Unclear> {
        Unclear::outline(site)
    }

    fn plan(&self, _: &Site, build: &Build) -> Plan {
        let mut plan = everything(build);
        plan.territories.extend(self.makes_pages.then_some(Territory::Pages));
        plan
    }
}
