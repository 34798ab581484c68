//! `rules/duplicate-key.md`

use std::collections::HashMap;

use super::RuleContext;
use crate::finding::Findings;
use crate::text::Span;

/// One finding for each key that stands there more than once, at the first of them: in Jekyll the one that is lost.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(front) = context.post.front_matter() else { return };
    let mut keys: Vec<&str> = front.tree.entries.iter().map(|entry| &*entry.key).collect();
    keys.sort_unstable();
    if keys.windows(2).all(|pair| pair[0] != pair[1]) {
        return;
    }
    let mut places: HashMap<&str, Vec<&Span>> = HashMap::new();
    for entry in &front.tree.entries {
        places.entry(&entry.key).or_default().push(&entry.key_span);
    }
    let features = context.blog.site().features;
    let outcome = features.stops_at_twins.map_or_else(String::new, |who| format!(", so {who} stops the build"));
    for entry in &front.tree.entries {
        let here = places.remove(&*entry.key).unwrap_or_default();
        let [first, again @ .., last] = here.as_slice() else { continue };
        let times = match again.len() {
            0 => "twice".to_owned(),
            more => format!("{} times", more + 2),
        };
        let finding = findings.at(*(*first), format!("`{}` stands here {times}{outcome}", entry.key));
        again.iter().take(SHOWN).for_each(|span| {
            finding.label(*(*span), "again");
        });
        let last_label = if features.last_key_counts { "only this one counts" } else { "again" };
        finding.label(*(*last), last_label).help("keep one of them");
    }
}

/// So many of the places between the first and the last are shown.
const SHOWN: usize = 3;
