//! What a generator writes, and where.

use crate::files::Files;

/// A page or a file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its address from the site's root on, with a slash at its start and escapes undone, without `baseurl`.
    pub url: String,
    /// The file that is written, from the site's folder on: `2022/10/09/a.html`.
    pub file: String,
    /// The file it is made of, from the blog's folder on, with forward slashes.
    pub source: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it is written.
    pub standing: Standing,
}

/// What a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A post.
    Post,
    /// A page of another collection.
    Document,
    /// A page that stands alone.
    Page,
    /// A file that is copied.
    File,
    /// A page that leads on to its source's own.
    Redirect,
}

impl Kind {
    /// Whether it is a page that is made of a source, not a copy.
    pub(crate) fn is_page(self) -> bool {
        matches!(self, Kind::Post | Kind::Document | Kind::Page)
    }
}

/// Whether a target is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It is.
    Written,
    /// When its day has come.
    Future,
    /// It may be: something that decides is not known.
    Doubtful,
    /// The front matter says that it is not published.
    Unpublished,
}

impl Target {
    /// A file that is copied to an address.
    pub(crate) fn copy(url: String, source: String, standing: Standing) -> Target {
        Target { file: url[1..].to_owned(), url, source, kind: Kind::File, standing }
    }

    /// Whether it is written, today or when its day has come.
    pub(crate) fn is_expected(&self) -> bool {
        matches!(self.standing, Standing::Written | Standing::Future)
    }
}

/// What a destination names by a mark of the generator's own, such as `{filename}` of Pelican.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Marked {
    /// A source or a file of the blog.
    Source {
        /// Its path from the blog's folder on.
        path: String,
        /// How many bytes of the destination are the mark.
        mark: usize,
    },
    /// A page that stands in no source.
    Made,
}

/// Pages that stand in no source of the blog; what is missing there may well exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Territory {
    /// This address.
    At(String),
    /// All addresses that begin so.
    Below(String),
    /// All with this in them.
    Inside(String),
    /// All that end so.
    Ending(String),
    /// All that begin so and go on with a digit.
    Numbered(String),
    /// Pages anywhere: a plugin may write any.
    Pages,
    /// Files that are no pages, anywhere: a plugin may copy or make any.
    Files,
    /// Files of a theme, in folders that the blog itself does not have.
    Theme(String),
    /// Everything: what the generator makes of its sources is not known.
    All,
}

/// All that a generator writes, as far as it is known without building the site.
#[derive(Debug, Default)]
pub struct Plan {
    /// Pages and files.
    pub targets: Vec<Target>,
    /// Pages that stand in no source of the blog.
    pub territories: Vec<Territory>,
    /// The folder of the sources, from the blog's folder on; empty, or with a slash at its end.
    pub sources: String,
    /// The folder of the collections, from the sources on; empty, or with a slash at its end.
    pub collections: String,
    /// How a link names a source rather than an address, and the folder that such paths start from.
    pub internal: Option<(&'static str, &'static str)>,
    /// Nothing is known of what becomes of the sources: files are where they lie.
    pub is_guessed: bool,
}

/// The files of a folder that is copied to the root of the site.
pub(crate) fn copied(files: &Files, folder: &str) -> impl Iterator<Item = Target> {
    let target = move |file| Target::copy(format!("/{file}"), format!("{folder}/{file}"), Standing::Written);
    files.below(folder, |_| true).into_iter().map(target)
}

/// The file behind an address: no slash at its start, no dot segments.
pub fn relative(file: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
