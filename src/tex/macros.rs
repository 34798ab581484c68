//! What the author and the site define.

use std::collections::{HashMap, HashSet};

use super::engines::Packages;
use crate::text::Span;

/// The commands and environments that a page has besides those of its engine.
///
/// They come from the site's config before the first formula; the formulas of a page, validated in their order, add what
/// they define for those that follow.
#[derive(Debug, Clone, Default)]
pub struct Macros {
    commands: HashMap<String, Definition>,
    /// What stands in these is left alone.
    pub(super) environments: HashSet<String>,
    /// What `\require` asked for.
    pub(super) packages: Packages,
    /// A package that is not known was asked for: any command can exist.
    pub(super) anything_goes: bool,
    /// What `\label` named.
    labels: HashSet<String>,
    /// What commands asked for that refer to labels, in the formula that was validated.
    pub(super) references: Vec<Reference>,
    /// What ends with the formula that is validated, and what it stands in the place of.
    local: Vec<(String, Option<Definition>)>,
    /// What ended with a formula before.
    ended: HashSet<String>,
}

/// A command that refers to a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    /// With its backslash.
    pub command: String,
    /// What it asks for.
    pub label: String,
    /// Its bytes in the TeX, the label included.
    pub span: Span,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Definition {
    /// Other TeX.
    Macro {
        /// How many arguments it takes.
        arity: usize,
        /// The first of them may be left out, and stands in brackets where it is not.
        optional: bool,
        /// It opens what it closes: braces, environments, `\left`.
        balanced: bool,
    },
    /// A command of the engine.
    Alias(String),
}

/// Nobody has more arguments: TeX counts them with one digit.
const MOST_ARGUMENTS: usize = 9;

impl Definition {
    /// A macro: how many arguments it takes, whether the first of them is optional, and the TeX it stands for.
    pub(super) fn of(arity: usize, optional: bool, body: &str) -> Definition {
        Definition::Macro { arity: arity.min(MOST_ARGUMENTS), optional, balanced: is_balanced(body) }
    }
}

impl Macros {
    /// Adds a command whose definition is not known: its name without the backslash, and how many arguments it takes.
    pub(crate) fn insert(&mut self, name: &str, arity: usize) {
        self.add(name, Definition::of(arity, false, ""));
    }

    pub(super) fn add(&mut self, name: &str, definition: Definition) {
        self.commands.insert(name.to_owned(), definition);
    }

    /// Adds a command that is forgotten when the formula ends.
    pub(super) fn add_local(&mut self, name: &str, definition: Definition) {
        let before = self.commands.insert(name.to_owned(), definition);
        self.local.push((name.to_owned(), before));
    }

    /// Adds a label; whether it is a new one.
    pub(super) fn add_label(&mut self, label: &str) -> bool {
        self.labels.insert(label.to_owned())
    }

    /// Whether a formula before has a label.
    pub(crate) fn has_label(&self, label: &str) -> bool {
        self.labels.contains(label)
    }

    /// What the formula that was validated last refers to.
    pub(crate) fn take_references(&mut self) -> Vec<Reference> {
        std::mem::take(&mut self.references)
    }

    /// Forgets what belonged to the formula.
    pub(super) fn end_formula(&mut self) {
        while let Some((name, before)) = self.local.pop() {
            match before {
                Some(before) => self.commands.insert(name, before),
                None => {
                    self.ended.insert(name.clone());
                    self.commands.remove(&name)
                }
            };
        }
    }

    /// Whether a formula before defined a command for itself alone.
    pub(super) fn has_ended(&self, name: &str) -> bool {
        self.ended.contains(name)
    }

    pub(super) fn command(&self, name: &str) -> Option<&Definition> {
        if self.commands.is_empty() { None } else { self.commands.get(name) }
    }

    /// The names of all commands, without the backslash.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.commands.keys().map(String::as_str)
    }
}

/// Whether TeX closes all that it opens.
fn is_balanced(body: &str) -> bool {
    let is_whole = |rest: &str| !rest.starts_with(|next: char| next.is_ascii_alphabetic());
    let count = |what: &str| body.split(what).skip(1).filter(|rest| is_whole(rest)).count();
    let braces = body.bytes().try_fold(0usize, |depth, byte| match byte {
        b'{' => Some(depth + 1),
        b'}' => depth.checked_sub(1),
        _ => Some(depth),
    });
    let escaped = count("\\{") != 0 || count("\\}") != 0;
    (escaped || braces == Some(0)) && count("\\begin") == count("\\end") && count("\\left") == count("\\right")
}
