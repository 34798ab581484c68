//! The files that a site is made of: what stands at the head of each, read once, whoever asks.

use std::sync::{Arc, OnceLock};

use crate::files::{Files, PerPath};
use crate::post::Head;
use crate::syntax::front_matter::Heads;

/// The files that somebody asked for.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// How posts of the site begin.
    pub(crate) heads: Heads,
    read: PerPath<OnceLock<Option<Source>>>,
}

/// A file that a page may come from.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// How its text begins: with its front matter, or else as far as it shows that there is none.
    pub text: Arc<str>,
    /// Its head.
    pub head: Arc<Head>,
}

impl Sources {
    /// Those of a site whose posts begin in such a way.
    pub(crate) fn beginning(heads: Heads) -> Sources {
        Sources { heads, ..Sources::default() }
    }

    /// A file by its path; `None` where it cannot be read.
    pub(crate) fn of(&self, files: &Files, path: &str) -> Option<Source> {
        let read = || {
            let text = files.head(path)?;
            let head = Head::read(path, &text, self.heads);
            let end = head.found.end(&text);
            let text = if end < text.len() { text[..end].into() } else { text };
            Some(Source { head: Arc::new(head), text })
        };
        self.read.of(path).get_or_init(read).clone()
    }
}
