//! Which of the sets of posts that `match` can name are kinds: the widest and purest first.

use std::collections::HashSet;
use std::path::Path;

use super::alike::{Alike, Features};
use super::candidates::{self, Candidate};
use super::known::{Known, Source};
use super::masked::Anchor;
use crate::files::PathPattern;

/// Posts that are a kind, and how `match` names them.
#[derive(Debug, Clone)]
pub(crate) struct Chosen {
    /// Patterns of paths.
    pub paths: Vec<String>,
    /// A key of the front matter and its value.
    pub front: Option<(String, String)>,
    /// What it may be called after.
    pub word: Option<String>,
    /// The posts in the order of time.
    pub members: Vec<usize>,
    /// What numbers them.
    pub numbers: Vec<(Source, Anchor)>,
    /// The first of them that is alike: an old series may have been anything before.
    pub from: usize,
}

/// A blog has few series; what comes after so many is noise.
const MOST_KINDS: usize = 20;

/// The kinds among some posts, in the order in which they are to be written.
pub(crate) fn choose(posts: &[Known]) -> Vec<Chosen> {
    let features = Features::of(posts);
    let mut taken = vec![false; posts.len()];
    let mut open: Vec<(Candidate, Option<Alike>)> = candidates::all(posts).into_iter().map(|set| (set, None)).collect();
    let judged = crate::parallel::of_each(&open, |(set, _)| features.alike(&set.members, |_| true));
    open.iter_mut().zip(judged).for_each(|((_, alike), judged)| *alike = judged);
    let mut chosen = Vec::new();
    let folders: Vec<Candidate> =
        open.iter().map(|(set, _)| set).filter(|set| set.front.is_none() && set.cost <= 5).cloned().collect();
    while chosen.len() < MOST_KINDS {
        open.retain(|(_, alike)| alike.is_some());
        let value = |(set, alike): &(Candidate, Option<Alike>)| {
            alike.as_ref().map_or(0.0, |alike| alike.score - set.cost as f64 / 2.0)
        };
        let best = (0..open.len())
            .max_by(|&one, &other| value(&open[one]).total_cmp(&value(&open[other])).then(other.cmp(&one)));
        let Some(best) = best else { break };
        let best = wider(&features, &open, best);
        let (mut set, _) = open.swap_remove(best);
        // What the written pattern really fits.
        set.members = matching(&set, posts).into_iter().filter(|&at| !taken[at]).collect();
        let Some(alike) = features.alike(&set.members, |at| !taken[at]) else { continue };
        set.members.iter().for_each(|&at| taken[at] = true);
        set.members.sort_by_key(|&at| features.rank(at));
        let Candidate { paths, front, members, word, .. } = set;
        chosen.push(Chosen { paths, front, word, members, numbers: alike.numbers, from: 0 });
        for (set, alike) in &mut open {
            let before = set.members.len();
            set.members.retain(|&at| !taken[at]);
            if set.members.len() < before {
                *alike = features.alike(&set.members, |at| !taken[at]);
            }
        }
        open.sort_by_cached_key(|(set, _)| set.rank());
    }
    let old = folders.into_iter().filter_map(|set| grown(&features, set, &taken)).max_by_key(|set| set.members.len());
    chosen.extend(old.filter(|_| chosen.is_empty()));
    chosen
}

/// A folder of a series that is old: its last third is alike in many headings.
fn grown(features: &Features, set: Candidate, taken: &[bool]) -> Option<Chosen> {
    const MANY: usize = 40;
    const HEADINGS: usize = 5;
    let Candidate { paths, front, mut members, word, .. } = set;
    members.sort_by_key(|&at| features.rank(at));
    let from = members.len() * 2 / 3;
    // The earlier ones may have much of it too.
    let earlier: HashSet<usize> = members[..from].iter().copied().collect();
    let alike = features.alike(&members[from..], |at| !taken[at] && !earlier.contains(&at))?;
    let is_series = members.len() >= MANY && alike.headings.len() >= HEADINGS && features.has_days(&members);
    is_series.then_some(Chosen { paths, front, word, members, numbers: alike.numbers, from })
}

/// Posts that are taken in beside others have so much of what all have in common.
const ALIKE: f64 = 0.7;

/// The widest set around one that is still the same kind: a series whose skeleton grew is alike in less.
fn wider(features: &Features, open: &[(Candidate, Option<Alike>)], best: usize) -> usize {
    let (inner, Some(own)) = &open[best] else { return best };
    let is_around = |set: &Candidate| {
        set.members.len() > inner.members.len()
            && inner.members.iter().all(|post| set.members.binary_search(post).is_ok())
    };
    let around = (0..open.len()).filter(|&at| {
        let (set, alike) = &open[at];
        let Some(alike) = alike.as_ref().filter(|alike| own.goes_on_in(alike) && is_around(set)) else { return false };
        let is_new = |post: &&usize| inner.members.binary_search(post).is_err();
        let more: Vec<usize> = set.members.iter().filter(is_new).copied().collect();
        features.share(&more, alike) >= ALIKE
    });
    around.max_by_key(|&at| (open[at].0.members.len(), std::cmp::Reverse(at))).unwrap_or(best)
}

/// The posts that a set names.
fn matching(set: &Candidate, posts: &[Known]) -> Vec<usize> {
    if set.front.is_some() {
        return set.members.clone();
    }
    let patterns: Vec<PathPattern> = set.paths.iter().filter_map(|path| PathPattern::new(path).ok()).collect();
    let fits = |post: &Known| patterns.iter().any(|pattern| pattern.matches(Path::new(post.path())));
    (0..posts.len()).filter(|&at| fits(&posts[at])).collect()
}
