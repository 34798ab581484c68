//! Generators that are known by name, and where they have their posts, but not what they write where; and folders of
//! Markdown files without any. Files are where they lie, which is where links by path lead on GitHub and in editors.

use super::features::Features;
use super::{Build, Conventions, Generator, Kind, Plan, Reason, Site, Standing, Target, Territory, Unclear};
use crate::files::{Files, file_name};
use crate::parallel::of_each;

/// Folders that hold no sources.
const PRUNED: &[&str] = &["_site", "build", "dist", "node_modules", "renv", "target", "vendor"];

/// Where such a generator has its posts.
#[derive(Debug)]
pub(super) struct Posts {
    /// The folders with posts; the blog's own when there is no telling.
    pub folders: &'static [&'static str],
    /// What their names end with.
    pub extensions: &'static [&'static str],
    /// Files whose names begin with `_`, and those that speak of the repository, are no posts.
    pub is_selective: bool,
}

pub(super) const ANYWHERE: Posts = Posts { folders: &[""], extensions: &["md", "markdown"], is_selective: false };

/// A site of one of them.
pub(crate) fn site(generator: Generator) -> Site {
    let (features, posts): (&'static Features, &'static Posts) = match generator {
        Generator::JupyterBook => (&Features { name: "Jupyter Book", ..Features::PLAIN }, &ANYWHERE),
        Generator::Lume => (&Features { name: "Lume", ..Features::PLAIN }, &ANYWHERE),
        Generator::MdBook => (&Features { name: "mdBook", ..Features::PLAIN }, &ANYWHERE),
        Generator::VuePress => (&Features { name: "VuePress", ..Features::PLAIN }, &ANYWHERE),
        Generator::Jekyll
        | Generator::Astro
        | Generator::Eleventy
        | Generator::VitePress
        | Generator::Docusaurus
        | Generator::Gatsby
        | Generator::Quartz
        | Generator::Hugo
        | Generator::Zola
        | Generator::Hexo
        | Generator::MkDocs
        | Generator::Nikola
        | Generator::Pelican
        | Generator::Quarto
        | Generator::Plain => {
            // It may be one that reads tabs, as Hexo.
            (&Features { reads_tabs: true, ..Features::PLAIN }, &ANYWHERE)
        }
    };
    Site { features, conventions: Box::new(posts), ..Site::default() }
}

impl Default for Box<dyn Conventions> {
    fn default() -> Self {
        Box::new(&ANYWHERE)
    }
}

impl Conventions for &Posts {
    fn folders(&self) -> Vec<String> {
        self.folders.iter().map(|&folder| folder.to_owned()).collect()
    }

    fn is_post(&self, path: &str) -> bool {
        let Posts { folders, extensions, is_selective } = self;
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let is_text =
            |(_, extension): (&str, &str)| extensions.iter().any(|known| known.eq_ignore_ascii_case(extension));
        let below = |above: &&str| above.is_empty() || folder.strip_prefix(above).is_some_and(is_inside);
        let is_named = || match folders {
            [""] => !about_repository(name) && (*is_selective || !in_templates(folder)),
            _ => true,
        };
        name.rsplit_once('.').is_some_and(is_text)
            && folders.iter().any(below)
            && is_named()
            && !(*is_selective && name.starts_with('_'))
    }

    fn markdown_reason(&self, site: &Site, _files: &Files) -> Reason {
        let words = match site.features.name {
            name if name == Features::PLAIN.name => "no generator is known; posts are read as on GitHub".to_owned(),
            name => format!("{name} is known by name alone; posts are read as on GitHub"),
        };
        Reason::because(words)
    }

    fn zone_reason(&self, site: &Site, _files: &Files) -> Option<Reason> {
        let name = site.features.name;
        let words = || format!("the config of {name} is not read, and servers that build sites have this one");
        (name != Features::PLAIN.name).then(|| Reason::because(words()))
    }

    fn unclear(&self, site: &Site, _files: &Files) -> Vec<Unclear> {
        let name = site.features.name;
        if name == Features::PLAIN.name {
            return Vec::new();
        }
        let so = "its config is not read, so neither its plugins nor the addresses of its pages are known";
        vec![Unclear::new(name, so)]
    }

    fn plan(&self, _: &Site, build: &Build) -> Plan {
        everything(build)
    }
}

/// All files where they lie.
pub(crate) fn everything(build: &Build) -> Plan {
    let enters = |folder: &str| {
        let name = file_name(folder);
        !name.starts_with('.') && !PRUNED.contains(&name)
    };
    let files = build.files.below("", enters);
    let target = |path: &String| {
        let kind = if is_source(path) { Kind::Page } else { Kind::File };
        Target { kind, ..Target::copy(format!("/{path}"), path.clone(), Standing::Written) }
    };
    let targets = of_each(&files, target);
    Plan { targets, territories: vec![Territory::All], is_guessed: true, ..Plan::default() }
}

fn is_inside(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

/// Whether a path is that of a text which becomes a page.
pub(crate) fn is_source(path: &str) -> bool {
    const EXTENSIONS: &[&str] = &["adoc", "ipynb", "markdown", "md", "mdx", "org", "qmd", "rmd", "rst"];
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// Files that speak of the repository, not to readers of the blog.
pub(crate) fn about_repository(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    const NAMES: &[&str] = &[
        "README", "LICENSE", "CHANGELOG", "CONTRIBUTING", "CODE_OF_CONDUCT", "SECURITY", "AGENTS", "CLAUDE", "TEMPLATE",
    ];
    NAMES.iter().any(|known| stem.eq_ignore_ascii_case(known))
}

/// Whether a text that may lie anywhere is meant for readers of the blog.
pub(crate) fn is_usual_post(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    !about_repository(name) && !in_templates(folder)
}

/// What posts are made from is no post.
fn in_templates(folder: &str) -> bool {
    folder.split('/').any(|part| matches!(part, "templates" | "_templates" | "archetypes"))
}
