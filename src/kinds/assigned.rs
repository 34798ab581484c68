//! The kind that a post got, and why.

use super::{Kind, Ordered};
use crate::files::PathPattern;

/// What kind a post is of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Assigned<'k, 'p> {
    /// Of this one.
    To(&'k Kind, Why<'k>),
    /// It names a kind that is not there.
    Unknown {
        /// What it calls the kind.
        name: &'p str,
        /// The kind that may be meant.
        near: Option<&'k str>,
    },
    /// Of none: no `match` fits.
    ToNone,
}

/// Why a post is of its kind.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Why<'k> {
    /// It says so itself: `postlint: {kind: note}`.
    OwnWord,
    /// The kind is the first whose `match` fits.
    Match {
        /// The pattern that its path fits, where the kind has such.
        path: Option<&'k PathPattern>,
        /// The values that its front matter has, all that the kind asks for.
        front_matter: &'k Ordered<String>,
    },
    /// The kind has no `match`, so every post fits that is of no kind before it.
    EveryPost,
}

impl<'k> Assigned<'k, '_> {
    /// The kind, if the post got one.
    pub(crate) fn kind(self) -> Option<&'k Kind> {
        match self {
            Assigned::To(kind, _) => Some(kind),
            Assigned::Unknown { .. } | Assigned::ToNone => None,
        }
    }
}
