//! Groups of rules: one name that stands for all of them, wherever a rule's name does.

use super::{GROUPS, RULES, Rule};
use crate::text::nearest;

/// Rules about the same. Each rule belongs to one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Group {
    /// Its name, which no rule has.
    pub id: &'static str,
    /// What its rules are about.
    pub about: &'static str,
}

impl Group {
    /// The group of a name.
    pub fn of(id: &str) -> Option<Group> {
        GROUPS.iter().copied().find(|group| group.id == id)
    }

    /// Its rules, in the order of the documentation.
    pub fn rules(self) -> impl Iterator<Item = &'static Rule> {
        RULES.iter().filter(move |rule| rule.group == self)
    }
}

/// What a name on the command line, in the config or in a suppression stands for.
#[derive(Clone, Copy)]
pub enum Named {
    /// One rule.
    Rule(&'static Rule),
    /// All rules of a group.
    Group(Group),
}

impl Named {
    /// What is called so.
    pub fn of(name: &str) -> Option<Named> {
        Rule::of(name).map(Named::Rule).or_else(|| Group::of(name).map(Named::Group))
    }

    /// What to say to somebody who wrote a name that neither a rule nor a group has.
    pub(crate) fn suggestion(wrong: &str) -> String {
        let groups = GROUPS.iter().map(|group| group.id);
        match nearest(wrong, RULES.iter().map(|rule| rule.id.name()).chain(groups)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`postlint explain` lists the rules".to_owned(),
        }
    }

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Named::Rule(rule) => rule.id.name(),
            Named::Group(group) => group.id,
        }
    }

    /// The rules that it stands for.
    pub fn rules(self) -> impl Iterator<Item = &'static Rule> {
        RULES.iter().filter(move |rule| self.has(rule))
    }

    /// Whether it stands for a rule, alone or with others.
    pub fn has(self, rule: &Rule) -> bool {
        match self {
            Named::Rule(own) => own.id == rule.id,
            Named::Group(group) => group == rule.group,
        }
    }
}
