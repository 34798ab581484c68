//! What a config says of something that the blog does not have: told at its place when all posts have been read.

use std::path::Path;

use jiff::tz::TimeZone;

use super::SHOWN;
use super::patterns::{Idle, PATHS, tell_idle};
use crate::blog::Blog;
use crate::engine::Engine;
use crate::files::fitting;
use crate::finding::{Finding, Findings, RuleId};
use crate::kinds::Kind;
use crate::syntax::front_matter::{self, Tree};
use crate::text::{Span, beginning};

/// All that the config of a blog says in vain, if its posts were looked at by this engine, in the order of the text.
pub(crate) fn unmet(text: &str, engine: &Engine, blog: &Blog) -> Vec<Finding> {
    let tree = front_matter::yaml(text, Span::new(0, text.len()));
    let mut told = Told { tree: &tree, findings: Findings::of(RuleId::INVALID_CONFIG, text) };
    tell_idle(&tree, &idle(engine, blog), &mut told.findings);
    // A new blog has nothing yet for its kinds to fit.
    if !blog.posts().is_empty() {
        told.kinds(engine, blog);
    }
    let mut findings = told.findings.into_vec();
    findings.sort_by_key(|finding| finding.span.start);
    findings
}

struct Told<'t> {
    tree: &'t Tree,
    findings: Findings<'t>,
}

impl Told<'_> {
    fn kinds(&mut self, engine: &Engine, blog: &Blog) {
        for kind in engine.kinds.unmet() {
            let message = format!("no post is of the kind `{}`", kind.name);
            let paths = kind.schema.matches.as_ref().map_or(&[][..], |matches| &matches.path.0);
            let fits = |post: &String| fitting(paths, |pattern| pattern.matches(Path::new(post))).is_some();
            match blog.posts().iter().any(fits) || paths.is_empty() {
                true => {
                    let help = "the first kind that fits a post is its kind, and all that stands in `match` must fit";
                    self.at(kind, &["match"], message, help);
                }
                false => self.at(kind, &["match", "path"], format!("{message}: no post has such a path"), PATHS),
            }
        }
        for (kind, pattern) in engine.kinds.unnumbered(blog) {
            let message =
                format!("no post of the kind `{}` has a number by `{}`", kind.name, beginning(pattern, SHOWN));
            let help = "it is looked for in the title, the H1 and the file name";
            self.at(kind, &["series", "number"], message, help);
        }
        let today = blog.now().to_zoned(blog.zone().cloned().unwrap_or(TimeZone::UTC)).date();
        for kind in engine.kinds.iter() {
            let Some(since) = kind.schema.since.filter(|since| *since > today) else { continue };
            let Some(entry) = self.tree.find(&["kinds", &kind.name, "since"]) else { continue };
            let message = format!("{since} is still to come, and earlier posts are not held to `{}`", kind.name);
            self.findings.at(entry.value.span, message).help("write the day of the first post that is held to it");
        }
    }

    /// At the keys within a kind, or as near to them as the config comes: what a kind extends may say the rest.
    fn at(&mut self, kind: &Kind, keys: &[&str], message: String, help: &str) {
        let above = ["kinds", &kind.name];
        let mut entries = (0..=keys.len()).rev().filter_map(|most| self.tree.find(&[&above, &keys[..most]].concat()));
        let span = entries.next().map_or(Span::default(), |entry| entry.key_span);
        self.findings.at(span, message).help(help);
    }
}

/// Patterns that fit no post.
fn idle(engine: &Engine, blog: &Blog) -> Vec<Idle> {
    let posts = blog.idle_patterns().into_iter().map(Idle::Post);
    let exclusions = blog.idle_exclusions().into_iter().map(Idle::Exclusion);
    let overrides = engine.idle_overrides(blog.posts()).into_iter();
    posts.chain(exclusions).chain(overrides.map(|(entry, at)| Idle::Override(entry, at))).collect()
}
