//! The files that a site is made of: what stands at the head of each, read once, whoever asks.

use std::sync::{Arc, OnceLock};

use crate::files::{Files, PerPath};
use crate::post::front_matter::{self, Found};

/// The files that somebody asked for.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    read: PerPath<OnceLock<Option<Arc<Source>>>>,
}

/// A file that a page may come from.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its text; perhaps only the beginning, where that is not front matter.
    pub text: Arc<str>,
    found: OnceLock<Arc<Found>>,
}

impl Source {
    /// Where its front matter is.
    pub(crate) fn found(&self) -> &Arc<Found> {
        self.found.get_or_init(|| Arc::new(front_matter::read(&self.text)))
    }
}

impl Sources {
    /// A file by its path; `None` where it cannot be read.
    pub(crate) fn of(&self, files: &Files, path: &str) -> Option<Arc<Source>> {
        let read = || Some(Arc::new(Source { text: files.head(path)?, found: OnceLock::new() }));
        self.read.of(path).get_or_init(read).clone()
    }
}
