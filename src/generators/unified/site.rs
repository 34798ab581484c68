//! A site of such a generator: what it takes for posts, and why it is read as it is.

use crate::files::{Files, file_name, is_below};
use crate::generators::features::Features;
use crate::generators::unified::SetsMath;
use crate::generators::unmodelled::{everything, is_usual_post};
use crate::generators::{Build, Conventions, Plan, Reason, Site, Unclear};
use crate::markdown::MarkdownEngine;
use crate::markdown::commonmark::Options;

/// What is known of one.
#[derive(Debug)]
pub(crate) struct UnifiedSite {
    /// The folders that hold posts; all of the blog where that is not known.
    pub folders: Vec<String>,
    /// What the names of posts end with.
    pub extensions: &'static [&'static str],
    /// What begins with `_` is no post.
    pub hides_underscores: bool,
    /// Why posts are read with their engine, or why it is not known.
    pub why: Reason,
    /// What is not understood.
    pub unclear: Vec<Unclear>,
}

/// What its config comes to.
pub(crate) struct Modelled {
    pub features: &'static Features,
    /// The config file.
    pub config: Option<String>,
    pub markdown: Option<Options>,
    pub sets_math: Option<SetsMath>,
    pub changes_ids: bool,
    pub site: UnifiedSite,
}

impl From<Modelled> for Site {
    fn from(modelled: Modelled) -> Site {
        modelled.with(|site| Box::new(site))
    }
}

impl Modelled {
    /// The site, with conventions made of what is known.
    pub(crate) fn with(self, conventions: impl FnOnce(UnifiedSite) -> Box<dyn Conventions>) -> Site {
        let Modelled { features, config, markdown, sets_math, changes_ids, site } = self;
        Site {
            features,
            config,
            lacks_footnotes: markdown.as_ref().is_some_and(|options| options.footnotes.is_none()),
            markdown: markdown.map(MarkdownEngine::CommonMark),
            sets_math,
            makes_ids: changes_ids,
            conventions: conventions(site),
            ..Site::default()
        }
    }
}

impl Conventions for UnifiedSite {
    fn folders(&self) -> Vec<String> {
        self.folders.clone()
    }

    fn is_post(&self, path: &str) -> bool {
        let holds = |folder: &String| folder.is_empty() || is_below(path, folder);
        let is_hidden = || path.split('/').any(|part| part.starts_with('_'));
        let has_ending = file_name(path).rsplit_once('.').is_some_and(|(_, ending)| self.extensions.contains(&ending));
        has_ending
            && self.folders.iter().any(holds)
            && !(self.hides_underscores && is_hidden())
            && (self.folders.iter().any(|folder| !folder.is_empty()) || is_usual_post(path))
    }

    fn markdown_reason(&self, _: &Site, _: &Files) -> Reason {
        self.why.clone()
    }

    fn zone_reason(&self, site: &Site, _: &Files) -> Option<Reason> {
        let name = site.features.name;
        Some(Reason::because(format!("{name} has no time zone of its own, and servers that build sites have this one")))
    }

    fn unclear(&self, site: &Site, _: &Files) -> Vec<Unclear> {
        let name = site.features.name;
        let addresses = format!("they are not modelled for {name}: links by address are not looked for");
        let mut all = self.unclear.clone();
        all.push(Unclear::new("addresses of pages", addresses));
        all
    }

    fn plan(&self, _: &Site, build: &Build) -> Plan {
        everything(build)
    }
}
