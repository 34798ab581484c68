//! Why a file that lies among the sources is not on the site.

use std::fmt;

/// What keeps a file of the sources out of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It lies in a folder of drafts.
    Draft,
    /// Its day is still to come.
    Future,
    /// It says itself that it is not published.
    Unpublished,
    /// It belongs to a collection, of this name, that is not written.
    Collection(String),
    /// The config leaves it out.
    Excluded,
    /// This part of its path begins or ends with a sign that keeps it out.
    Special(String),
    /// A post has to have a day in its name.
    NoDay,
    /// It lies outside of this folder, in which the config looks for posts.
    Outside(String),
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Fate::Draft => write!(f, "is a draft and not built"),
            Fate::Future => write!(f, "is not built before its day has come"),
            Fate::Unpublished => write!(f, "is not published"),
            Fate::Collection(name) => {
                write!(f, "is of the collection `{name}`, which is not written without `output: true`")
            }
            Fate::Excluded => write!(f, "is left out by `exclude` in the config"),
            Fate::Special(name) => write!(f, "is left out, as names such as `{name}` are"),
            Fate::NoDay => write!(f, "has no day in its name and is no post"),
            Fate::Outside(folder) => write!(f, "lies outside of `{folder}`, where the config looks for posts"),
        }
    }
}
