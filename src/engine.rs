//! Runs the rules on a post: which of them, how bad, and what the author has answered to.

mod suppressions;

use crate::blog::Blog;
use crate::finding::{Finding, Findings, Severity};
use crate::kinds::Kinds;
use crate::post::Post;
use crate::rules::{Check, RULES, Rule, Subject};

pub use suppressions::UNUSED;

/// The rules that run, with how bad each is: made once, used on every post.
pub struct Engine {
    checks: Vec<(Severity, &'static str, Check)>,
    kinds: Kinds,
    unused: Option<Severity>,
}

/// What the config and the command line say of one rule.
pub struct Setting {
    /// How bad it is; `None`: off.
    pub severity: Option<Severity>,
    /// The check, where it has options of its own.
    pub check: Option<Check>,
}

impl Engine {
    /// An engine for all rules; `setting` is asked for each, the default holds where it says nothing.
    pub fn new(kinds: Kinds, mut setting: impl FnMut(&'static str) -> Option<Setting>) -> Engine {
        let mut checks = Vec::new();
        for rule in RULES {
            let (severity, check) = match setting(rule.id) {
                Some(setting) => (setting.severity, setting.check),
                None => (rule.default, None),
            };
            if let Some(severity) = severity {
                checks.push((severity, rule.id, check.unwrap_or_else(|| rule.check())));
            }
        }
        let unused = match setting(UNUSED) {
            Some(setting) => setting.severity,
            None => Some(Severity::Warn),
        };
        Engine { checks, kinds, unused }
    }

    /// All findings of a post, in the order of its text.
    pub fn check(&self, post: &Post, blog: &Blog) -> Vec<(Severity, Finding)> {
        let kind = self.kinds.of(post).filter(|kind| kind.holds(post));
        let subject = Subject::new(post, kind, blog);
        let mut found = Vec::new();
        for (severity, id, check) in &self.checks {
            let mut findings = Findings::of(id);
            check(&subject, &mut findings);
            found.extend(findings.into_vec().into_iter().map(|finding| (*severity, finding)));
        }
        let ran = |id: &str| self.checks.iter().any(|(_, ran, _)| *ran == id) || Rule::of(id).is_none();
        let unused = suppressions::apply(post, &mut found, ran);
        found.extend(self.unused.into_iter().flat_map(|severity| unused.iter().cloned().map(move |one| (severity, one))));
        found.sort_by(|(_, one), (_, other)| (one.span.start, one.rule).cmp(&(other.span.start, other.rule)));
        found
    }
}
