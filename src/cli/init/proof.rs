//! The proof of a config: the text that is to be written is read and held against the posts, and what too many of them
//! do not keep to is taken back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::blog::Blog;
use crate::config::draft::{self, Frame};
use crate::config::{Config, Selection};
use crate::engine::Engine;
use crate::finding::{Finding, RuleId};
use crate::kinds::Rest;
use crate::kinds::learned::draft::Draft;
use crate::kinds::series::Sequence;
use crate::parallel;
use crate::post::Post;
use crate::rules::Rule;

/// A config and how the posts keep to it.
pub(super) struct Proven {
    /// The text of it.
    pub text: String,
    /// Its kinds, each with what the posts that differ lack.
    pub kinds: Vec<(Draft, Vec<(String, String)>)>,
}

/// The rules that speak of what a kind asks for.
const DEMANDS: &[&str] = &[
    "missing-key", "unknown-key", "invalid-value", "title-mismatch", "missing-date-range", "irregular-date-range",
    "date-mismatch", "missing-section", "misplaced-section", "unknown-section", "duplicate-section",
    "wrong-section-level",
];

/// Taking back ends: each time one demand less is made.
const MOST_ROUNDS: usize = 60;

/// The rules that look at the posts beside each other: a gap is news, and no fault of the kind.
const OF_SERIES: &[&str] = &["series-gap", "series-overlap", "series-number"];

/// What a post owes.
#[derive(Debug)]
struct Debt {
    rule: RuleId,
    message: String,
}

/// The debts of each post.
type Owed = BTreeMap<String, Vec<Debt>>;

/// Makes drafts such that nine in ten of the posts of each keep to it, or leaves them out.
pub(super) fn prove(blog: &Blog, frame: &Frame, mut drafts: Vec<Draft>) -> Proven {
    drafts.retain(|one| Draft::asks(one) && is_read(frame, one));
    let paths: Vec<String> = drafts.iter().flat_map(|one| one.posts.iter().cloned()).collect();
    let texts = parallel::of_each(&paths, |path| blog.files.read(path).ok());
    let texts: Vec<(&String, _)> = paths.iter().zip(texts).filter_map(|(path, text)| Some((path, text?))).collect();
    let sources: Vec<&(&String, _)> = texts.iter().collect();
    let posts = parallel::of_each(&sources, |&(path, text)| Mutex::new(blog.post(path, text)));
    for _ in 0..MOST_ROUNDS {
        let text = draft::text(frame, &drafts);
        let Some(engine) = engine(&text) else { break };
        let owed = owed(blog, &engine, &posts);
        let before = drafts.len();
        let mut is_done = true;
        drafts.retain_mut(|one| {
            let debts: Vec<&Debt> = one.posts.iter().filter_map(|path| owed.get(path)).flatten().collect();
            let count = |rule: &str| debts.iter().filter(|debt| debt.rule.name() == rule).count();
            let failing: Vec<&Vec<Debt>> = one.posts.iter().filter_map(|path| owed.get(path)).filter(fails).collect();
            // Earlier posts are not held to it, so they do not count.
            let held = one.since.map_or(one.posts.len(), |(_, held)| held);
            let stays = failing.len() * 10 <= held;
            let open = open(blog, &engine, &one.name);
            if stays && !one.relax_series(count("series-gap"), count("series-number")) {
                let told =
                    one.series.as_mut().is_none_or(|series| std::mem::replace(&mut series.open, open.clone()) == open);
                is_done &= told;
                return one.asks();
            }
            is_done = false;
            (stays || relax(one, &failing)) && one.asks()
        });
        if is_done && drafts.len() == before {
            let differ = |one: &Draft| {
                let first = |path: &String| Some((path.clone(), owed.get(path)?.first()?.message.clone()));
                one.posts.iter().filter_map(first).collect()
            };
            let kinds = drafts.iter().map(|one| (one.clone(), differ(one))).collect();
            return Proven { text, kinds };
        }
    }
    Proven { text: draft::text(frame, &[]), kinds: Vec::new() }
}

/// Whether a post owes something that is not for the series alone.
fn fails(debts: &&Vec<Debt>) -> bool {
    debts.iter().any(|debt| !OF_SERIES.contains(&debt.rule.name()))
}

/// The days that no post of a kind covers, as `skips` could name them.
fn open(blog: &Blog, engine: &Engine, kind: &str) -> Vec<String> {
    let kind = engine.kinds.named(kind).filter(|kind| kind.schema.series.is_some());
    let sequence = kind.map(|kind| engine.kinds.sequence(kind, blog));
    sequence.into_iter().flat_map(Sequence::gaps).map(|(from, to)| Rest::over(from, to).to_string()).collect()
}

/// Whether the config can be read with a kind.
fn is_read(frame: &Frame, one: &Draft) -> bool {
    let (_, _, faults) = Config::read(&draft::text(frame, std::slice::from_ref(one))).engine(&Selection::default());
    faults.is_empty()
}

/// The rules of kinds and series under a config; `None` where that cannot be read.
fn engine(text: &str) -> Option<Engine> {
    let select = DEMANDS.iter().chain(OF_SERIES).filter_map(|name| Rule::of(name)).map(|rule| rule.id).collect();
    let (engine, _, faults) = Config::read(text).engine(&Selection { select, ..Selection::default() });
    faults.is_empty().then_some(engine)
}

/// What each post owes its kind.
fn owed(blog: &Blog, engine: &Engine, posts: &[Mutex<Post>]) -> Owed {
    // What a post finds out of itself when it is asked is for one thread.
    let owed = parallel::of_each(posts, |post| {
        let post = post.lock().unwrap_or_else(PoisonError::into_inner);
        let owed = engine.owed(&post, blog);
        (
            post.path.to_owned(),
            owed.into_iter().map(|Finding { rule, message, .. }| Debt { rule, message }).collect::<Vec<_>>(),
        )
    });
    owed.into_iter().filter(|(_, owed)| !owed.is_empty()).collect()
}

/// Takes back what most of the posts that fail owe; false where nothing can be taken back.
fn relax(one: &mut Draft, failing: &[&Vec<Debt>]) -> bool {
    let mut counts: BTreeMap<(&str, &str), (usize, &str)> = BTreeMap::new();
    for debts in failing {
        let mut seen = BTreeSet::new();
        for debt in debts.iter().filter(|debt| !OF_SERIES.contains(&debt.rule.name())) {
            let about = (debt.rule.name(), about(&debt.message));
            if seen.insert(about) {
                counts.entry(about).or_insert((0, &debt.message)).0 += 1;
            }
        }
    }
    let mut demands: Vec<_> = counts.into_iter().collect();
    demands.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    demands.into_iter().any(|((rule, _), (_, message))| one.relax(rule, message))
}

/// What a message is about: the name in it, or its first words.
fn about(message: &str) -> &str {
    let name = message.split('`').nth(1).filter(|_| !message.starts_with("none of "));
    name.unwrap_or_else(|| message.get(..15).unwrap_or(message))
}
