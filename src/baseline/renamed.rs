//! Posts that have another name than when their findings became known.

use std::collections::BTreeMap;

use super::{Baseline, Entry, matched};

/// The old path of posts that were renamed, by their new one. `gone`: paths of the baseline where no file is any more;
/// `others`: the findings of posts of which nothing is known.
///
/// A post counts as the same if most of what was known is found in it, each in its own words.
pub(crate) fn renamed<'p>(
    baseline: &Baseline,
    gone: &[&'p str],
    others: &[(&'p str, &[Entry])],
) -> BTreeMap<&'p str, &'p str> {
    let mut pairs = Vec::new();
    for &old in gone {
        let known = baseline.of(old);
        let all: usize = known.iter().map(|entry| entry.count).sum();
        for (new, found) in others {
            let surely = matched(known, found).surely;
            if surely * 2 > all {
                pairs.push((surely, old, *new));
            }
        }
    }
    // Who has most in common goes first; a name that stays much the same decides between equals.
    pairs.sort_by_key(|&(surely, old, new)| (std::cmp::Reverse((surely, alike(old, new))), old, new));
    let mut renamed = BTreeMap::new();
    for (_, old, new) in pairs {
        if !renamed.contains_key(new) && renamed.values().all(|taken| *taken != old) {
            renamed.insert(new, old);
        }
    }
    renamed
}

/// How many signs two paths have in common at their beginning and at their end.
fn alike(one: &str, other: &str) -> usize {
    let begin = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let end = one.bytes().rev().zip(other.bytes().rev()).take_while(|(one, other)| one == other).count();
    begin + end
}
