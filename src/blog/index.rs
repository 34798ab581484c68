//! The index of the files that a site is made of: what stands at the head of each, read once, whoever asks.

use std::sync::{Arc, OnceLock};

use super::{Blog, Generator};
use crate::files::PerPath;
use crate::post::front_matter::{self, Found};
use crate::post::{Engines, Post};

/// The files that somebody asked for.
pub(super) type Index = PerPath<OnceLock<Option<Arc<Source>>>>;

/// A file that a page may come from.
#[derive(Debug)]
pub struct Source {
    /// Its text; perhaps only the beginning, where that is not front matter.
    pub text: Arc<str>,
    found: OnceLock<Arc<Found>>,
}

impl Source {
    /// Where its front matter is.
    pub fn found(&self) -> &Arc<Found> {
        self.found.get_or_init(|| Arc::new(front_matter::read(&self.text)))
    }
}

impl Blog {
    /// A file by its path; `None` where it cannot be read.
    pub fn source(&self, path: &str) -> Option<Arc<Source>> {
        let read = || Some(Arc::new(Source { text: self.files.head(path)?, found: OnceLock::new() }));
        self.index.of(path).get_or_init(read).clone()
    }

    /// Reads a post as the engines of the blog do; its text may be another than that of its file.
    pub fn post<'a>(&self, path: &'a str, text: &'a str) -> Post<'a> {
        let known = self.source(path).map(|source| (source.found().clone(), source));
        let known = known.filter(|(found, source)| found.holds_for(&source.text, text));
        let found = known.map_or_else(|| Arc::new(front_matter::read(text)), |(found, _)| found);
        let is_on = || self.site().preset(path, "render_with_liquid") != Some("false");
        let liquid = (self.generator == Generator::Jekyll).then(is_on);
        Post::new(path, text, found, &Engines { markdown: self.profile(), liquid })
    }
}
