//! Posts to [`Blog`]: which files are posts, and what the whole of them is used to.
//!
//! Besides the command line, the only part that reads files.

mod discovery;
mod generator;
mod habits;
mod keys;
mod names;
mod pattern;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use self::discovery::Listing;

pub use discovery::{Unreadable, read_file};
pub use generator::Generator;
pub use habits::Habits;
pub use keys::is_known_key;
pub use pattern::{PATHS, PathPattern};

/// The blog that posts belong to.
#[derive(Debug)]
pub struct Blog {
    /// The folder of the blog: that of `postlint.yaml`, or the one postlint runs in.
    pub root: PathBuf,
    /// What builds it.
    pub generator: Generator,
    /// Which files are posts, if the config says so.
    patterns: Option<Vec<PathPattern>>,
    listing: OnceLock<Listing>,
    habits: OnceLock<Habits>,
}

impl Blog {
    /// The blog in a folder. `generator` and `patterns` are what the config says; the rest is looked at when needed.
    pub fn new(root: impl Into<PathBuf>, generator: Option<Generator>, patterns: Option<Vec<PathPattern>>) -> Self {
        let root = root.into();
        let generator = generator.unwrap_or_else(|| Generator::of(&root));
        Blog { root, generator, patterns, listing: OnceLock::new(), habits: OnceLock::new() }
    }

    /// The posts of the blog: paths from its folder on, sorted.
    pub fn posts(&self) -> &[PathBuf] {
        &self.listing().posts
    }

    /// Why some of its folders could not be listed.
    pub fn unlisted(&self) -> &[String] {
        &self.listing().unlisted
    }

    fn listing(&self) -> &Listing {
        self.listing.get_or_init(|| discovery::list(self))
    }

    /// Whether a file is one of the posts, by its path from the blog's folder on.
    pub fn is_post(&self, path: &Path) -> bool {
        match &self.patterns {
            Some(patterns) => patterns.iter().any(|pattern| pattern.matches(path)),
            None => self.generator.is_post(path),
        }
    }

    /// What the posts have in common.
    pub fn habits(&self) -> &Habits {
        self.habits.get_or_init(|| Habits::of(self))
    }
}
