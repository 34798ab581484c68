//! Liquid, which Jekyll runs over all that stands below the front matter before it reads any Markdown: code blocks and
//! formulas included. [`javascript`] is the one of Eleventy.
//!
//! Read as Liquid 5.4.0 does, with the tags of Jekyll 4.3.1. Liquid stops at the first fault; this reads on, so that
//! all of them can be told.

mod blocks;
mod condition;
mod dialect;
mod evaluate;
mod expand;
mod expression;
pub(crate) mod javascript;
mod names;
mod syntax;
mod tokens;
pub(crate) mod words;

use std::collections::HashSet;

use crate::text::Span;

use self::dialect::Dialect;
use self::javascript::Given;

pub(crate) use blocks::{BLOCKS, BRANCHES, TAGS};
pub(crate) use condition::Condition;
pub(crate) use evaluate::{Environment, Value, output};
pub(crate) use syntax::included_file;

/// What Liquid sees in a post.
#[derive(Debug, Default)]
pub struct Liquid {
    /// Tags and outputs, in order; what stands in `raw` is neither.
    pub parts: Vec<Part>,
    /// What is wrong, in order.
    pub faults: Vec<Fault>,
    /// The names that tags of the post itself give a value.
    own: HashSet<String>,
    /// What liquidjs is given, where that reads the post.
    given: Option<Given>,
}

/// A tag, or an output.
#[derive(Debug, Clone)]
pub struct Part {
    /// Delimiters included.
    pub span: Span,
    /// The name of a tag; nothing for an output.
    pub name: Span,
    /// What follows the name, or stands between the braces; `-` at the delimiters is not part of it.
    pub markup: Span,
    /// What it is to Liquid.
    pub role: Role,
    /// The other end of its block: an index of [`Liquid::parts`].
    pub partner: Option<usize>,
}

/// What a part is to Liquid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `{{ … }}`
    Output,
    /// A tag that stands alone.
    Tag,
    /// The first tag of a block.
    Opening,
    /// `else`, `elsif` or `when`.
    Branch,
    /// The last tag of a block.
    Closing,
    /// A tag that Liquid and Jekyll do not know; with a partner where an `end…` of its name follows.
    Unknown,
    /// A tag in a comment that nobody asks whether it is known.
    Ignored,
    /// An end or a branch where there is no block for it; see [`Liquid::faults`].
    Misplaced,
}

/// What Liquid stumbles over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The bytes at fault.
    pub span: Span,
    /// What is wrong with them.
    pub what: What,
    /// Where Liquid notices, so that its line is the one Liquid names: the start of the output, what follows the name
    /// of the tag, or the end of the file.
    pub noticed: usize,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// `{{` without `}}`; the first `}` behind it stands alone, or there is none.
    UnclosedOutput,
    /// `{{` whose `}}` stands behind a quote that nothing closes.
    OpenQuote,
    /// `{%` without `%}`.
    UnclosedTag,
    /// A tag that does not begin with a name.
    Nameless,
    /// A block without its end.
    NeverClosed,
    /// An end that is not that of the innermost block, whose first tag is the opener.
    WrongEnd {
        /// That tag.
        opener: Span,
    },
    /// An end or a branch outside of all blocks.
    Stray,
    /// A branch that the innermost block does not take.
    UnexpectedBranch {
        /// The first tag of that block.
        opener: Span,
    },
    /// More than 100 blocks within each other.
    TooDeep,
    /// The words behind the name of a tag are not what it demands.
    Syntax,
    /// A comparison by a sign that Liquid does not know.
    Operator,
    /// The name of a file that Jekyll does not include.
    FileName,
    /// The parameters of an include are not pairs of name and value.
    Parameters,
    /// There is no filter of this name.
    NoFilter,
    /// A sign that cannot stand in the arguments of a shortcode of Eleventy.
    Arguments,
    /// What Liquid does not understand and skips: it warns, and builds the page.
    Skipped,
}

impl What {
    /// Whether there will be no page.
    pub fn stops_the_build(&self) -> bool {
        *self != What::Skipped
    }
}

impl Liquid {
    /// Reads a stretch of a text as Jekyll does. There is nothing to read without `{{` and `{%`.
    pub fn read(text: &str, within: Span) -> Liquid {
        Liquid::read_as(text, within, None)
    }

    /// The same, or as liquidjs does with what it is given.
    pub(crate) fn read_as(text: &str, within: Span, given: Option<&Given>) -> Liquid {
        let dialect = given.map_or(Dialect::Jekyll, |given| Dialect::JavaScript(&given.known));
        let tokens = dialect.tokens(text, within);
        if tokens.is_empty() {
            return Liquid::default();
        }
        let mut liquid = blocks::read(text, &tokens, dialect);
        liquid.faults.sort_by_key(|fault| fault.span.start);
        liquid.own = names::own_names(text, &liquid.parts);
        liquid.given = given.cloned();
        liquid
    }

    /// What liquidjs is given, where that reads the post.
    pub(crate) fn given(&self) -> Option<&Given> {
        self.given.as_ref()
    }

    /// The tags that it has by itself, and those that the config of a site adds.
    pub(crate) fn standard_tags(&self) -> impl Iterator<Item = &str> {
        let (own, added) = match &self.given {
            None => ([TAGS, BLOCKS], None),
            Some(given) => ([javascript::TAGS, javascript::BLOCKS], Some(given.known.tags.keys())),
        };
        own.into_iter().flatten().copied().chain(added.into_iter().flatten().map(String::as_str))
    }

    /// Whether a tag is one of which no more is known than its name.
    pub(crate) fn has_opaque(&self, name: &str) -> bool {
        self.given.as_ref().is_some_and(|given| given.known.opaque.contains(name))
    }

    /// Whether a tag prints what only the built site knows, where liquidjs reads the post.
    pub(crate) fn prints(&self, text: &str, part: &Part) -> bool {
        self.given.is_some() && javascript::prints(&text[part.name], part.role)
    }

    /// What may bring tags that are not known, for people.
    pub(crate) fn lacks(&self) -> Option<&str> {
        self.given.as_ref()?.known.missing.as_deref()
    }

    /// Whether nothing in the post is for Liquid.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.faults.is_empty()
    }

    /// The first fault in a stretch of the text that stops the build.
    pub(crate) fn fault_in(&self, span: &Span) -> Option<&Fault> {
        let first = self.faults.partition_point(|fault| fault.span.start < span.start);
        let within = self.faults[first..].iter().take_while(|fault| fault.span.start < span.end);
        within.into_iter().find(|fault| fault.what.stops_the_build())
    }

    /// The parts that begin in a stretch of the text.
    pub(crate) fn parts_in(&self, span: &Span) -> &[Part] {
        let first = self.parts.partition_point(|part| part.span.start < span.start);
        let rest = &self.parts[first..];
        &rest[..rest.partition_point(|part| part.span.start < span.end)]
    }
}

impl Part {
    /// Whether white space before it goes: `{{-`, `{%-`.
    pub(crate) fn trims_before(&self, text: &str) -> bool {
        text.as_bytes().get(self.span.start + 2) == Some(&b'-')
    }

    /// Whether white space behind it goes: `-}}`, `-%}`.
    pub(crate) fn trims_after(&self, text: &str) -> bool {
        self.span.len() > 4 && text.as_bytes().get(self.span.end - 3) == Some(&b'-')
    }
}
