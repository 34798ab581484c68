//! Why a blog is taken for what it is: what tells it.

use std::fmt::{self, Display};

use super::Site;
use crate::markdown::MarkdownEngine;
use crate::text::listed;

/// What tells something of a blog. Paths are from the blog's folder on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    /// These lie in its folder.
    There(Vec<String>),
    /// A key of a config says so: its path, with periods.
    Key {
        /// The config.
        file: String,
        /// The key.
        key: String,
    },
    /// This file loads it.
    Loaded(String),
    /// This, in a clause.
    Because(String),
}

impl Reason {
    /// That some files or folders are there.
    pub(crate) fn there(names: &[&str]) -> Reason {
        Reason::There(names.iter().map(|&name| name.to_owned()).collect())
    }

    /// That a key says so.
    pub(crate) fn key(file: impl Into<String>, key: impl Into<String>) -> Reason {
        Reason::Key { file: file.into(), key: key.into() }
    }

    /// In a clause.
    pub(crate) fn because(words: impl Into<String>) -> Reason {
        Reason::Because(words.into())
    }

    /// The file that tells, if one does.
    pub(crate) fn file(&self) -> Option<&str> {
        match self {
            Reason::There(names) => names.first().map(String::as_str),
            Reason::Key { file, .. } | Reason::Loaded(file) => Some(file),
            Reason::Because(_) => None,
        }
    }
}

impl Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Reason::There(names) if names.len() == 1 => write!(f, "`{}` is there", names[0]),
            Reason::There(names) => {
                let [before @ .., last] = &names[..] else { return Ok(()) };
                write!(f, "{} and `{last}` are there", listed(before))
            }
            Reason::Key { file, key } => write!(f, "`{key}` in `{file}`"),
            Reason::Loaded(file) => write!(f, "`{file}` loads it"),
            Reason::Because(words) => f.write_str(words),
        }
    }
}

/// Something of a site that is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unclear {
    /// What it is.
    pub what: String,
    /// What is not known for it, in a clause.
    pub so: String,
}

impl Unclear {
    /// Something, and what it leaves open.
    pub(crate) fn new(what: impl Into<String>, so: impl Into<String>) -> Unclear {
        Unclear { what: what.into(), so: so.into() }
    }

    /// The page of a post, under an engine of which no more is known than its headings and formulas.
    fn page(engine: &MarkdownEngine) -> Unclear {
        let so = "no rule says what readers see; headings, links and formulas are looked at";
        Unclear::new(format!("the pages that {} makes", engine.name()), so)
    }

    /// Both of a site whose generator is known by them alone.
    pub(crate) fn outline(site: &Site) -> Vec<Unclear> {
        let page = site.markdown.as_ref().map(Unclear::page);
        page.into_iter().chain([Unclear::addresses(site.features.name)]).collect()
    }

    /// The addresses of a site.
    pub(crate) fn addresses(generator: &str) -> Unclear {
        let so = "links are followed from file to file, and what leads from the root of the site on is left open";
        Unclear::new(format!("the addresses that {generator} gives its pages"), so)
    }
}
