//! Writes suppressions for what is found in a post, each in a form that leaves the page as it is.
//!
//! A comment above the block comes first, with blank lines around it where the engine needs them, then one at the end of
//! its text, then one above what the block lies in. Where no comment does, the front matter has it, or a comment at the
//! end of the file. Each is tried: the page stays, the finding is gone, and nothing else is found.

mod front;

use super::proof::{self, Reading};
use crate::blog::Blog;
use crate::engine::Engine;
use crate::finding::{Edit, Finding, RuleId, edited};
use crate::markdown::document::{Block, BlockKind};
use crate::post::Post;
use crate::rules::Rule;
use crate::text::{Span, line_start};

/// What came of a post.
#[derive(Debug, Default)]
pub struct Suppressed {
    /// The text as it should be.
    pub text: String,
    /// The rule of each finding that is suppressed now.
    pub rules: Vec<RuleId>,
    /// What is left as it was.
    pub left: Vec<Left>,
}

/// A finding that no suppression was written for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The rule.
    pub rule: RuleId,
    /// What it speaks of: bytes of [`Suppressed::text`].
    pub span: Span,
    /// Why.
    pub why: Why,
}

/// Why no suppression was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It is about several posts, so that no comment in one of them answers it.
    SeveralPosts,
    /// It is about a suppression.
    Suppression,
    /// Each form would change the page, or the findings that are left.
    NoForm,
}

/// Rules that look at several posts at once, beside those of series.
const OF_SEVERAL: [&str; 2] = ["copied-post", "url-conflict"];

fn why_left(rule: RuleId) -> Why {
    let is_of_series = Rule::of(&rule).is_some_and(|rule| rule.group.id == "series");
    match rule {
        RuleId::UNUSED_SUPPRESSION => Why::Suppression,
        _ if is_of_series || OF_SEVERAL.contains(&rule.name()) => Why::SeveralPosts,
        _ => Why::NoForm,
    }
}

/// Suppresses what is found in a post by the rules that are asked for; `reason` is for people who read the suppression.
pub fn suppress(
    path: &str,
    text: &str,
    engine: &Engine,
    blog: &Blog,
    asks: impl Fn(RuleId) -> bool,
    reason: Option<&str>,
) -> Suppressed {
    let post = blog.post(path, text);
    let found = found(engine, &post, blog);
    let wanted: Vec<&Finding> =
        found.iter().filter(|finding| asks(finding.rule) && why_left(finding.rule) == Why::NoForm).collect();
    let mut work = Work { path, engine, blog, reason, text: text.to_owned(), rules: Vec::new(), found: Vec::new() };
    let units = units(&post, &wanted);
    drop(post);
    work.found.clone_from(&found);
    // From the last to the first, so that what is before stays where it is.
    if work.takes_comments() {
        units.iter().rev().for_each(|unit| work.above(unit));
    }
    let is_wanted = |finding: &&Finding| asks(finding.rule) && why_left(finding.rule) == Why::NoForm;
    work.whole_file(is_wanted);
    let asked = work.found.iter().filter(|finding| asks(finding.rule));
    let left = asked.map(|Finding { rule, span, .. }| Left { rule: *rule, span: *span, why: why_left(*rule) });
    Suppressed { left: left.collect(), text: work.text, rules: work.rules }
}

fn found(engine: &Engine, post: &Post, blog: &Blog) -> Vec<Finding> {
    engine.verdict(post, blog).findings.into_iter().map(|(_, finding)| finding).collect()
}

/// What one comment answers: the findings of a block.
struct Unit {
    /// Where the first of them is.
    at: usize,
    /// Each with the place of its finding.
    gone: Vec<(RuleId, usize)>,
}

/// The findings of the body by the innermost blocks that they are in.
fn units(post: &Post, wanted: &[&Finding]) -> Vec<Unit> {
    let mut units: Vec<(usize, Unit)> = Vec::new();
    for finding in wanted {
        let at = finding.span.start;
        let Some(block) = around(post, at).next() else { continue };
        let key = (finding.rule, at);
        match units.iter_mut().find(|(start, _)| *start == block.span.start) {
            Some((_, unit)) => unit.gone.push(key),
            None => units.push((block.span.start, Unit { at, gone: vec![key] })),
        }
    }
    units.sort_by_key(|(start, _)| *start);
    units.into_iter().map(|(_, unit)| unit).collect()
}

/// The blocks that hold a byte of the body, from the innermost to the outermost.
fn around<'p>(post: &'p Post, at: usize) -> impl Iterator<Item = &'p Block> {
    let blocks = &post.body.blocks;
    let before = blocks.partition_point(|block| block.span.start <= at);
    blocks[..before].iter().rev().filter(move |block| at <= block.span.end && post.body.span.start <= at)
}

/// A post while suppressions are written into it.
struct Work<'b> {
    path: &'b str,
    engine: &'b Engine,
    blog: &'b Blog,
    reason: Option<&'b str>,
    text: String,
    /// What is found in it.
    found: Vec<Finding>,
    rules: Vec<RuleId>,
}

/// A way to write a suppression.
struct Draft {
    edits: Vec<Edit>,
    /// Whether it is a comment of the page.
    is_comment: bool,
}

impl Draft {
    fn comment(at: usize, text: String) -> Draft {
        Draft { edits: vec![Edit::insert(at, text)], is_comment: true }
    }
}

impl Work<'_> {
    /// Whether what a comment does to the page is known, and there are such.
    fn takes_comments(&self) -> bool {
        self.blog.profile_of(self.path).is_some()
    }

    /// MDX has no comments of HTML: they stop its build.
    fn is_mdx(&self) -> bool {
        self.blog.engine_of(self.path).is_some_and(|engine| engine.mdx().is_some())
    }

    /// Answers the findings of a block with a comment.
    fn above(&mut self, unit: &Unit) {
        let mut rules: Vec<&str> = unit.gone.iter().map(|(rule, _)| rule.name()).collect();
        rules.sort_unstable();
        rules.dedup();
        let text = self.text.clone();
        let post = self.blog.post(self.path, &text);
        let drafts = drafts(&post, unit.at, &self.comment("postlint-ignore", &rules));
        self.first_that_holds(post, drafts, &unit.gone);
    }

    /// Answers what is left for the whole file: all rules at once, or else one by one.
    fn whole_file(&mut self, is_wanted: impl Fn(&&Finding) -> bool) {
        let rules = |work: &Self| {
            let mut rules: Vec<RuleId> = work.found.iter().filter(&is_wanted).map(|finding| finding.rule).collect();
            rules.sort_unstable();
            rules.dedup();
            rules
        };
        let all = rules(self);
        let each: Vec<Vec<RuleId>> = all.iter().map(|&rule| vec![rule]).collect();
        for wanted in std::iter::once(all).chain(each) {
            let left = rules(self);
            let names: Vec<&str> = wanted.iter().filter(|rule| left.contains(rule)).map(|rule| rule.name()).collect();
            if names.is_empty() {
                continue;
            }
            let text = self.text.clone();
            let post = self.blog.post(self.path, &text);
            let is_gone = |finding: &&Finding| names.contains(&finding.rule.name());
            let gone: Vec<_> = self.found.iter().filter(is_gone).map(key).collect();
            let mut drafts: Vec<Draft> = front::edits(&post, &names, self.reason)
                .map(|edits| Draft { edits, is_comment: false })
                .into_iter()
                .collect();
            if self.is_mdx() || !self.path.to_lowercase().ends_with(".mdx") {
                let line = line_break(&text);
                let before = if text.ends_with('\n') || text.is_empty() { line.to_owned() } else { line.repeat(2) };
                let comment = self.comment("postlint-ignore-file", &names);
                drafts.push(Draft::comment(text.len(), format!("{before}{comment}{line}")));
            }
            self.first_that_holds(post, drafts, &gone);
        }
    }

    fn comment(&self, word: &str, rules: &[&str]) -> String {
        let reason = self.reason.map_or(String::new(), |reason| format!(": {reason}"));
        let (open, close) = if self.is_mdx() { ("{/*", "*/}") } else { ("<!--", "-->") };
        format!("{open} {word} {}{reason} {close}", rules.join(", "))
    }

    /// Takes the first of some ways that leaves the page as it is, takes the findings away and makes no others.
    fn first_that_holds(&mut self, post: Post, drafts: Vec<Draft>, gone: &[(RuleId, usize)]) {
        let text = post.text;
        let before = Reading::new(post, self.blog);
        for draft in drafts {
            let tried = edited(text, &draft.edits);
            let bytes = |edit: &Edit| Span::new(edit.span.start, edit.span.start + edit.text.len());
            let own: Vec<Span> = draft.edits.iter().filter(|_| draft.is_comment).map(bytes).collect();
            let after = Reading::without(self.blog.post(self.path, &tried), self.blog, &own);
            if !proof::suppresses(&before, &after) {
                continue;
            }
            let found = found(self.engine, after.post(), self.blog);
            let moved = |(rule, at): (RuleId, usize)| (rule, moved(at, &draft.edits));
            let mut expected: Vec<_> =
                self.found.iter().map(key).filter(|key| !gone.contains(key)).map(moved).collect();
            let is_expected = |finding: &Finding| {
                let place = expected.iter().position(|expected| *expected == key(finding));
                place.map(|place| expected.swap_remove(place)).is_some()
            };
            if found.iter().all(is_expected) {
                let had = self.found.iter().map(|finding| finding.rule).collect::<Vec<_>>();
                self.rules.extend(taken(had, &found));
                drop(after);
                (self.text, self.found) = (tried, found);
                return;
            }
        }
    }
}

/// The rules of findings that are no longer there.
fn taken(mut had: Vec<RuleId>, found: &[Finding]) -> Vec<RuleId> {
    for finding in found {
        if let Some(place) = had.iter().position(|rule| *rule == finding.rule) {
            had.swap_remove(place);
        }
    }
    had
}

fn key(finding: &Finding) -> (RuleId, usize) {
    (finding.rule, finding.span.start)
}

/// Where a byte stands after some edits.
fn moved(at: usize, edits: &[Edit]) -> usize {
    let before = edits.iter().filter(|edit| edit.span.end <= at);
    before.fold(at, |moved, edit| moved + edit.text.len() - edit.span.len())
}

/// The line break of a text.
fn line_break(text: &str) -> &'static str {
    let first = text.find('\n').unwrap_or_default();
    if text[..first].ends_with('\r') { "\r\n" } else { "\n" }
}

/// The ways to put a comment to a block that holds a byte, and to those around it.
fn drafts(post: &Post, at: usize, comment: &str) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (place, block) in around(post, at).enumerate() {
        drafts.extend(above(post, block, comment));
        if place == 0 && block.kind == BlockKind::Paragraph {
            drafts.push(Draft::comment(block.span.end, format!(" {comment}")));
        }
    }
    drafts
}

/// A comment on a line of its own above a block, which begins on one: right above it, with a blank line before, with one
/// behind, and with both.
fn above(post: &Post, block: &Block, comment: &str) -> Vec<Draft> {
    let text = post.text;
    let start = line_start(text, block.span.start);
    let prefix = &text[start..block.span.start];
    if start < post.body.span.start || !prefix.chars().all(|sign| matches!(sign, ' ' | '\t' | '>')) {
        return Vec::new();
    }
    let line = line_break(text);
    let blank = format!("{}{line}", prefix.trim_end());
    let last = text[post.body.span.start..start].lines().last().unwrap_or_default();
    let stands_free = last.trim_matches([' ', '\t', '>', '\r']).is_empty();
    let written = |before: &str, behind: &str| format!("{before}{prefix}{comment}{line}{behind}");
    let mut ways = vec![written("", "")];
    if !stands_free {
        ways.push(written(&blank, ""));
    }
    ways.push(written("", &blank));
    if !stands_free {
        ways.push(written(&blank, &blank));
    }
    ways.into_iter().map(|way| Draft::comment(start, way)).collect()
}
