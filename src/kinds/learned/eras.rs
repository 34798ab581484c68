//! Skeletons that changed at a day and stayed so.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::alike::key;
use super::known::Known;

/// Fewer posts are no era.
const FEWEST: usize = 5;

/// The first post of the last era, of posts in the order of time; 0 where there is only one.
pub(super) fn last(posts: &[&Known]) -> usize {
    let total = posts.len();
    if total < 2 * FEWEST || posts.iter().any(|post| post.day().is_none()) {
        return 0;
    }
    let mut having: HashMap<(u8, String), Vec<usize>, FixedState> = HashMap::default();
    for (at, post) in posts.iter().enumerate() {
        for (level, heading) in &post.headings {
            let posts = having.entry((*level, key(heading))).or_default();
            if posts.last() != Some(&at) {
                posts.push(at);
            }
        }
    }
    let shortest = FEWEST.max(total / 3);
    let changes = having.values().filter(|posts| posts.len() >= FEWEST).filter_map(|having| change(having, total));
    // The day must tell the eras apart.
    let is_day = |at: &usize| posts[*at].day() > posts[*at - 1].day();
    changes.filter(|&at| at >= FEWEST.min(3) && total - at >= shortest).filter(is_day).max().unwrap_or(0)
}

/// The post from which on a heading is there, or is not there any more.
fn change(having: &[usize], total: usize) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    // Only where it appears or ends can the best place be.
    for (seen, &at) in having.iter().enumerate() {
        for (split, seen) in [(at, seen), (at + 1, seen + 1)] {
            if split == 0 || split >= total {
                continue;
            }
            let early = seen as f64 / split as f64;
            let late = (having.len() - seen) as f64 / (total - split) as f64;
            if best.is_none_or(|(most, _)| (late - early).abs() > most) {
                best = Some(((late - early).abs(), split));
            }
        }
    }
    best.filter(|(most, _)| *most >= 0.85).map(|(_, split)| split)
}
