//! Posts as the engines of the blog read them.

use std::sync::Arc;

use super::Blog;
use crate::generators::{Source, Templates};
use crate::post::front_matter;
use crate::post::{Engines, Post};

impl Blog {
    /// A file by its path; `None` where it cannot be read.
    pub fn source(&self, path: &str) -> Option<Arc<Source>> {
        self.sources.of(&self.files, path)
    }

    /// Reads a post as the engines of the blog do; its text may be another than that of its file.
    pub fn post<'a>(&self, path: &'a str, text: &'a str) -> Post<'a> {
        let known = self.source(path).map(|source| (source.found().clone(), source));
        let known = known.filter(|(found, source)| found.holds_for(&source.text, text));
        let found = known.map_or_else(|| Arc::new(front_matter::read(text)), |(found, _)| found);
        let is_on = || self.site().preset(path, "render_with_liquid") != Some("false");
        let liquid = (self.site().features.templates == Templates::Liquid).then(is_on);
        Post::new(path, text, found, &Engines { markdown: self.profile(), liquid })
    }
}
