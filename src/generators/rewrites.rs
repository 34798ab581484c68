//! What templates and plugins make of the addresses that posts write, before these reach the page.

/// What becomes of an address that leads nowhere as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rewrite {
    /// Where is looked for what it names, in this order.
    pub places: Vec<Lookup>,
    /// Whether what is found there is surely led to; else nobody can tell.
    pub is_sure: bool,
    /// Whether what is found nowhere stays as it is written; else nobody can tell.
    pub keeps: bool,
    /// Whether what is not there is nowhere.
    pub is_exact: bool,
    /// What does it, for people.
    pub by: String,
}

/// A template that changes formulas of a page before it prints them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TexRewriter {
    /// Where it lies.
    pub path: String,
    /// Whether it may make text of tags, too.
    pub changes_tags: bool,
}

/// What a template prints of a key of a post, as an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShownKey {
    /// The path of the key in the front matter.
    pub path: Vec<String>,
    /// It is read from the root of the site on, whatever it begins with.
    pub is_rooted: bool,
}

/// A place where an address is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lookup {
    /// A file below this folder, which lies in the blog's.
    File(String),
    /// The same, in upper or lower case.
    Resource(String),
    /// The source of a page below this folder, with or without its extension.
    Page(String),
    /// What lies at the address from the root of the site on, with this before it.
    Root(String),
}
