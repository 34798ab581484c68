//! Repairs posts as findings say, and proves what it does.
//!
//! No rule is known here: a fix is a list of edits, safe or not. Fixes that do not overlap are made together, and the
//! text that comes of it is checked again, until nothing is left to do. What does not pass the [`proof`] is left out.

mod data;
mod patch;
mod proof;
pub mod suppress;

use self::patch::{NonOverlapping, Patch};
use self::proof::Reading;
use crate::blog::Blog;
use crate::engine::{Engine, Verdict};
use crate::finding::{Finding, RuleId, Safety, Severity};
use crate::post::Post;
use crate::text::Span;

/// So many times a post is checked and fixed: a fix can make room for another.
const MOST_ROUNDS: usize = 10;

/// So many times a round is tried, to tell the fixes that pass the proof from those that do not.
const MOST_TRIALS: usize = 32;

/// What came of a post.
#[derive(Debug, Default)]
pub struct Fixed {
    /// The text as it should be.
    pub text: String,
    /// The findings in the text as it was that have a fix of the kind that is asked for, but those that are refused.
    pub found: Vec<(Severity, Finding)>,
    /// The rule of each finding that was repaired; some are found only when others are gone.
    pub repaired: Vec<RuleId>,
    /// What was left out, as it would not do what it should.
    pub refused: Vec<Refused>,
    /// Why something could not be looked at.
    pub not_checked: Option<String>,
    /// How many findings are left that have a fix of another kind than is asked for.
    pub more: usize,
}

/// A fix that does not pass the proof. Of a safe one that is a fault of postlint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The rule.
    pub rule: RuleId,
    /// Whether it was to leave the page as it is.
    pub safety: Safety,
    /// What it speaks of: bytes of [`Fixed::text`].
    pub span: Span,
}

/// The text with the fixes of some findings; one that overlaps another before it is left out whole. Nothing is proven.
pub fn apply<'f>(text: &str, findings: impl IntoIterator<Item = &'f Finding>) -> String {
    let mut taken = NonOverlapping::default();
    let fixes: Vec<_> = findings.into_iter().filter(|finding| taken.take(text, finding)).collect();
    Patch::of(text, &fixes).apply(text)
}

/// Whether a fix of some findings passes the proof, each kind of fix its own.
pub fn is_proven(path: &str, text: &str, blog: &Blog, findings: &[&Finding]) -> bool {
    let round = Round::new(blog.post(path, text), blog);
    [Safety::Safe, Safety::Unsafe].into_iter().all(|safety| {
        let fixes: Vec<_> = findings.iter().copied().filter(|finding| safety_of(finding) == Some(safety)).collect();
        fixes.is_empty() || round.holds(&fixes, safety)
    })
}

/// Formats a post of a blog and repairs it. With [`Safety::Unsafe`] what is found is repaired too, after all that is safe.
pub fn fix(path: &str, text: &str, engine: &Engine, blog: &Blog, asked: Safety) -> Fixed {
    fix_what(|_| true, path, text, engine, blog, asked)
}

/// Repairs it alone. Its format stays, but for what the config asks for.
pub fn repair(path: &str, text: &str, engine: &Engine, blog: &Blog, asked: Safety) -> Fixed {
    fix_what(|rule| !engine.formats_unasked(rule), path, text, engine, blog, asked)
}

fn fix_what(
    is_wanted: impl Fn(RuleId) -> bool,
    path: &str,
    text: &str,
    engine: &Engine,
    blog: &Blog,
    asked: Safety,
) -> Fixed {
    let mut fixed = Fixed { text: text.to_owned(), ..Fixed::default() };
    for round in 0..MOST_ROUNDS {
        let text = fixed.text.clone();
        let post = blog.post(path, &text);
        let mut wanted = fixed.wanted(&post, engine, blog, asked);
        wanted.retain(|(_, finding)| is_wanted(finding.rule));
        if round == 0 {
            fixed.found.clone_from(&wanted);
        }
        if wanted.is_empty() {
            break;
        }
        let wanted = wanted.iter().map(|(_, finding)| finding).collect();
        let Made { patch, repaired, refused } = Round::new(post, blog).run(wanted);
        if repaired.is_empty() && refused.is_empty() {
            break;
        }
        fixed.keep(&patch, &repaired, &refused);
    }
    fixed
}

fn safety_of(finding: &Finding) -> Option<Safety> {
    finding.fix.as_ref().map(|fix| fix.safety)
}

impl Fixed {
    /// The findings that are to be repaired next, in the order of the text.
    fn wanted(&mut self, post: &Post, engine: &Engine, blog: &Blog, asked: Safety) -> Vec<(Severity, Finding)> {
        let Verdict { mut findings, not_checked, .. } = engine.verdict(post, blog);
        self.not_checked = not_checked.into_iter().next().map(|open| open.why);
        findings.retain(|(_, finding)| finding.fix.is_some());
        self.more = findings.iter().filter(|(_, finding)| safety_of(finding) > Some(asked)).count();
        // What a generator does with front matter that it cannot read is not known, so that nothing is safe.
        let loads = findings.is_empty() || post.loads();
        findings.retain(|(_, finding)| {
            let safety = safety_of(finding);
            safety <= Some(asked) && (loads || safety == Some(Safety::Unsafe)) && !self.is_refused(finding)
        });
        findings
    }

    fn is_refused(&self, finding: &Finding) -> bool {
        self.refused.iter().any(|refused| refused.rule == finding.rule && refused.span == finding.span)
    }

    fn keep(&mut self, patch: &Patch, repaired: &[&Finding], refused: &[&Finding]) {
        self.text = patch.apply(&self.text);
        self.repaired.extend(repaired.iter().map(|finding| finding.rule));
        self.refused.extend(refused.iter().filter_map(|finding| {
            Some(Refused { rule: finding.rule, safety: safety_of(finding)?, span: finding.span })
        }));
        for refused in &mut self.refused {
            refused.span = patch.moved(&refused.span);
        }
        self.found.retain(|(_, found)| !refused.contains(&found));
    }
}

/// The fixes of one text that are made together.
struct Round<'t> {
    path: &'t str,
    text: &'t str,
    blog: &'t Blog,
    before: Reading<'t>,
}

/// What came of a round.
struct Made<'f> {
    patch: Patch,
    repaired: Vec<&'f Finding>,
    refused: Vec<&'f Finding>,
}

impl<'t> Round<'t> {
    fn new(post: Post<'t>, blog: &'t Blog) -> Self {
        Round { path: post.path, text: post.text, blog, before: Reading::new(post, blog) }
    }

    /// Makes the safe fixes, or where none is left the others; those that overlap wait for the next round.
    fn run<'f>(&self, wanted: Vec<&'f Finding>) -> Made<'f> {
        let is_safe = |finding: &&Finding| safety_of(finding) == Some(Safety::Safe);
        let safety = if wanted.iter().any(is_safe) { Safety::Safe } else { Safety::Unsafe };
        let mut taken = NonOverlapping::default();
        let own = wanted.into_iter().filter(|finding| safety_of(finding) == Some(safety));
        self.proven(own.filter(|finding| taken.take(self.text, finding)).collect(), safety)
    }

    /// Tells the fixes that hold from those that do not, by halves.
    fn proven<'f>(&self, fixes: Vec<&'f Finding>, safety: Safety) -> Made<'f> {
        let (mut repaired, mut refused) = (Vec::new(), Vec::new());
        let mut groups = vec![fixes];
        for _ in 0..MOST_TRIALS {
            let Some(mut group) = groups.pop() else { break };
            let tried = [&*repaired, &*group].concat();
            if self.holds(&tried, safety) {
                repaired = tried;
            } else if group.len() == 1 {
                refused.append(&mut group);
            } else {
                let rest = group.split_off(group.len() / 2);
                groups.extend([rest, group]);
            }
        }
        Made { patch: Patch::of(self.text, &repaired), repaired, refused }
    }

    fn holds(&self, fixes: &[&Finding], safety: Safety) -> bool {
        let patch = Patch::of(self.text, fixes);
        let text = patch.apply(self.text);
        let after = Reading::new(self.blog.post(self.path, &text), self.blog);
        match safety {
            Safety::Safe => proof::same(&self.before, &after),
            Safety::Unsafe => proof::repairs(&self.before, &after, &patch, fixes),
        }
    }
}

#[cfg(test)]
mod tests;
