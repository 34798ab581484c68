//! How bad the findings of a rule are for one post: what the blog says of the rule, then the overrides that fit the path
//! of the post, then the day that the rule holds since.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::Path;

use jiff::civil::Date;

use crate::files::{PathPattern, fitting, idle};
use crate::finding::{RuleId, Severity};
use crate::rules::Check;

/// What is said of a rule for all posts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Level {
    /// How bad it is; `None`: off.
    pub severity: Option<Severity>,
    /// Whether the config says so, so that no kind can make it worse.
    pub chosen: bool,
    /// Posts before this day are left alone.
    pub since: Option<Date>,
}

/// What else holds for the posts of some paths.
pub(crate) struct Override {
    /// The paths.
    pub files: Vec<PathPattern>,
    /// What differs.
    pub rules: HashMap<RuleId, Change>,
}

/// What an override says of a rule.
pub(crate) struct Change {
    /// How bad it is, if that is said; `Some(None)`: off.
    pub level: Option<Option<Severity>>,
    /// Posts before this day are left alone.
    pub since: Option<Date>,
    /// The check, where it has options of its own.
    pub check: Option<Check>,
    /// Whether the rule is wanted even if it is off by itself: options are given.
    pub wants: bool,
}

impl Change {
    /// Whether it lets a rule run that is off.
    pub(super) fn turns_on(&self) -> bool {
        self.level.map_or(self.wants, |level| level.is_some())
    }
}

/// The levels for one post. Most blogs have nothing to say of single posts.
pub(super) struct Levels<'e, D> {
    overrides: Vec<&'e Override>,
    day: OnceCell<Option<Date>>,
    /// Asked only where a rule has a day.
    date: D,
}

impl<'e, D: Fn() -> Option<Date>> Levels<'e, D> {
    /// Those of a path; `date` is the day of the post.
    pub(super) fn of(overrides: &'e [Override], path: &str, date: D) -> Self {
        let fits = |one: &&Override| fitting(&one.files, |pattern| pattern.holds(Path::new(path))).is_some();
        Levels { overrides: overrides.iter().filter(fits).collect(), day: OnceCell::new(), date }
    }

    /// The level of a rule that has this one for all posts.
    pub(super) fn level(&self, rule: RuleId, usual: Level) -> Level {
        let mut level = usual;
        for change in self.changes(rule) {
            match change.level {
                Some(severity) => (level.severity, level.chosen) = (severity, true),
                None if change.wants && !level.chosen => level.severity = level.severity.or(Some(Severity::Warn)),
                None => {}
            }
            level.since = change.since.or(level.since);
        }
        let day = || *self.day.get_or_init(&self.date);
        if level.since.is_some_and(|since| day().is_some_and(|day| day < since)) {
            level.severity = None;
        }
        level
    }

    /// The check with the options that hold for the post, where they are others than usual.
    pub(super) fn check(&self, rule: RuleId) -> Option<&'e Check> {
        self.changes(rule).filter_map(|change| change.check.as_ref()).last()
    }

    fn changes(&self, rule: RuleId) -> impl Iterator<Item = &'e Change> {
        self.overrides.iter().filter_map(move |one| one.rules.get(&rule))
    }
}

/// The patterns of overrides that fit none of these posts: the place of the override, and that of the pattern in it.
pub(super) fn idle_files(overrides: &[Override], posts: &[String]) -> Vec<(usize, usize)> {
    let idle = |(at, one): (usize, &Override)| idle(&one.files, posts).into_iter().map(move |pattern| (at, pattern));
    overrides.iter().enumerate().flat_map(idle).collect()
}
