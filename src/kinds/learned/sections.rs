//! The sections that posts have in common: names, order, levels, variants.

use std::collections::{BTreeMap, HashSet};

use super::alike::key;
use super::draft::{DraftSection, DraftSections, Share};
use super::masked::{NUMBER, masked, pattern_of};
use crate::text::{is_east_asian, is_slip};

/// The headings of one post, or of one section of it.
pub(super) struct Body<'a> {
    /// Which post it is.
    pub post: usize,
    pub headings: Vec<(u8, &'a str)>,
}

/// Headings of one level that are one section, whatever they are called.
struct Group<'a> {
    keys: Vec<String>,
    /// Each way it is written, with how often.
    forms: BTreeMap<&'a str, usize>,
    /// The last one of the most usual form.
    name: &'a str,
    /// The bodies that have it, each with the place of the first one and how many there are.
    places: BTreeMap<usize, (usize, usize)>,
    posts: HashSet<usize>,
}

/// In fewer bodies there is nothing to see.
const FEWEST: usize = 4;

/// Sections, and sections within them.
const DEEPEST: usize = 2;

/// Of so many bodies, that no one ever adds a section is no chance.
const CLOSED: usize = 12;

/// More headings of one level are a text of their own, not a skeleton.
const MOST_GROUPS: usize = 400;

/// The sections of some bodies; `None` where they have none in common.
pub(super) fn learn(bodies: &[Body], below: u8) -> Option<DraftSections> {
    learn_to(bodies, below, DEEPEST, &everywhere(bodies))
}

/// Headings that four in five posts have, in whatever section.
fn everywhere(bodies: &[Body]) -> HashSet<String> {
    let mut posts: BTreeMap<String, HashSet<usize>> = BTreeMap::new();
    for body in bodies {
        for (_, heading) in &body.headings {
            posts.entry(key(heading)).or_default().insert(body.post);
        }
    }
    posts.retain(|_, having| having.len() * 5 >= bodies.len() * 4);
    posts.into_keys().collect()
}

fn learn_to(bodies: &[Body], below: u8, depth: usize, everywhere: &HashSet<String>) -> Option<DraftSections> {
    if bodies.len() < FEWEST || below >= 6 || depth == 0 {
        return None;
    }
    let mut best: Option<(usize, DraftSections)> = None;
    for level in below + 1..=6 {
        let Some(sections) = of_level(bodies, level, depth, everywhere) else { continue };
        let covered = covered(&sections);
        // The sections on top are the skeleton, unless they hold little of it.
        let is_better = best.as_ref().is_none_or(|(most, _)| *most * 10 < covered * 7);
        if is_better {
            best = Some((covered, sections));
        }
    }
    best.map(|(_, sections)| sections)
}

/// How many headings of the posts a list speaks of.
fn covered(sections: &DraftSections) -> usize {
    let own = |section: &DraftSection| section.seen.of + section.sections.as_ref().map_or(0, covered);
    sections.list.iter().map(own).sum()
}

fn of_level(bodies: &[Body], level: u8, depth: usize, everywhere: &HashSet<String>) -> Option<DraftSections> {
    let mut groups = groups(bodies, level);
    let posts: HashSet<usize> = bodies.iter().map(|body| body.post).collect();
    merge_variants(&mut groups);
    let total = groups.len();
    // Within a section, half of the posts is little.
    let is_usual = |count: usize, all: usize| if depth == DEEPEST { count * 2 >= all } else { count * 20 >= all * 11 };
    let last: HashSet<usize> = latest(&posts);
    groups.retain(|group| {
        let recent = group.posts.intersection(&last).count();
        let says = group.name.chars().any(char::is_alphanumeric);
        let is_spread = group.keys.iter().any(|key| everywhere.contains(key)) && group.posts.len() * 4 >= posts.len();
        says && (is_usual(group.posts.len(), posts.len())
            || is_spread
            || depth == DEEPEST && recent > 0 && recent * 5 >= last.len() * 4)
    });
    in_order(&mut groups);
    drop_wanderers(&mut groups);
    if groups.is_empty() {
        return None;
    }
    let forbids_others = groups.len() == total && posts.len() >= CLOSED;
    let mut list: Vec<DraftSection> =
        groups.iter().map(|group| section(group, bodies, level, depth, everywhere)).collect();
    // What is a section of its own now was perhaps a part of another one before.
    let own: HashSet<&String> = groups.iter().flat_map(|group| &group.keys).collect();
    for section in &mut list {
        if let Some(inner) = &mut section.sections {
            inner.list.retain(|part| !own.contains(&key(&part.name)));
        }
        section.sections.take_if(|inner| inner.list.is_empty());
    }
    Some(DraftSections { level, forbids_others, list })
}

/// The last of many posts: what is in most of them now is a section, though it is new.
fn latest(posts: &HashSet<usize>) -> HashSet<usize> {
    const MANY: usize = 20;
    const LATEST: usize = 10;
    let mut sorted: Vec<usize> = posts.iter().copied().collect();
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    let count = if sorted.len() < MANY { 0 } else { LATEST };
    sorted.into_iter().take(count).collect()
}

fn groups<'a>(bodies: &[Body<'a>], level: u8) -> Vec<Group<'a>> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (at, body) in bodies.iter().enumerate() {
        let own = body.headings.iter().filter(|(own, _)| *own == level);
        for (place, (_, heading)) in own.enumerate() {
            let key = key(heading);
            let group = groups.entry(key.clone()).or_insert_with(|| Group {
                keys: vec![key],
                forms: BTreeMap::new(),
                name: heading,
                places: BTreeMap::new(),
                posts: HashSet::new(),
            });
            *group.forms.entry(heading).or_default() += 1;
            group.places.entry(at).or_insert((place, 0)).1 += 1;
            group.posts.insert(body.post);
            group.name = heading;
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.posts.len()));
    groups.truncate(MOST_GROUPS);
    groups
}

/// Joins what is one section by two names: they never stand beside each other and are nearly the same.
fn merge_variants(groups: &mut Vec<Group>) {
    let mut at = 0;
    while at < groups.len() {
        let mut other = at + 1;
        while other < groups.len() {
            let (one, two) = (&groups[at], &groups[other]);
            let apart = two.places.keys().all(|body| !one.places.contains_key(body));
            // What is written so once is a slip, and stays one.
            let is_usual = two.posts.len() > 1;
            if apart && is_usual && one.keys.iter().any(|key| two.keys.iter().any(|other| are_near(key, other))) {
                let two = groups.remove(other);
                let one = &mut groups[at];
                one.keys.extend(two.keys);
                two.forms.into_iter().for_each(|(form, count)| *one.forms.entry(form).or_default() += count);
                one.places.extend(two.places);
                one.posts.extend(two.posts);
            } else {
                other += 1;
            }
        }
        at += 1;
    }
}

/// Whether two keys are variants of one name.
fn are_near(one: &str, other: &str) -> bool {
    let letters = |key: &str| key.chars().filter(|sign| sign.is_alphabetic()).collect::<String>();
    let numbered = |key: &str| key.contains(NUMBER);
    let (first, second) = (letters(one), letters(other));
    if first.is_empty() || second.is_empty() {
        return first == second && numbered(one) && numbered(other);
    }
    // One sign of these is a word: `上周` is not `下周`.
    let has_wide = |letters: &str| letters.chars().any(is_east_asian);
    let (short, long) = if first.len() < second.len() { (&first, &second) } else { (&second, &first) };
    let is_plural = long.strip_suffix('s') == Some(short) && short.chars().count() > 2;
    // `seen, read` grew to `seen, read, played`.
    let grew = long.starts_with(short.as_str()) && short.chars().count() * 5 >= long.chars().count() * 3;
    let lengths = [&first, &second].map(|letters| letters.chars().count());
    first == second
        || is_plural
        || grew && lengths[0].min(lengths[1]) >= 8
        || !has_wide(&first) && numbered(one) == numbered(other) && is_slip(&first, &second)
}

/// Puts groups in the order in which most bodies have them.
fn in_order(groups: &mut Vec<Group>) {
    let wins = |group: &Group| groups.iter().filter(|other| precedes(group, other) > precedes(other, group)).count();
    let mut order: Vec<(usize, usize)> = groups.iter().enumerate().map(|(at, group)| (wins(group), at)).collect();
    order.sort_by_key(|&(wins, at)| (std::cmp::Reverse(wins), at));
    let mut sorted: Vec<Option<Group>> = std::mem::take(groups).into_iter().map(Some).collect();
    groups.extend(order.into_iter().filter_map(|(_, at)| sorted[at].take()));
}

/// In how many bodies one section goes before another.
fn precedes(one: &Group, other: &Group) -> usize {
    let before =
        |(body, (place, _)): &(&usize, &(usize, usize))| other.places.get(body).is_some_and(|(at, _)| place < at);
    one.places.iter().filter(before).count()
}

/// Leaves out sections that stand now here, now there: of two that disagree, the rarer one.
fn drop_wanderers(groups: &mut Vec<Group>) {
    loop {
        let mut worst: Option<(usize, usize)> = None;
        for at in 0..groups.len() {
            for later in at + 1..groups.len() {
                let (right, wrong) = (precedes(&groups[at], &groups[later]), precedes(&groups[later], &groups[at]));
                if wrong * 10 > right + wrong && worst.is_none_or(|(most, _)| wrong > most) {
                    let rarer = if groups[later].posts.len() <= groups[at].posts.len() { later } else { at };
                    worst = Some((wrong, rarer));
                }
            }
        }
        let Some((_, rarer)) = worst else { break };
        groups.remove(rarer);
    }
}

fn section(group: &Group, bodies: &[Body], level: u8, depth: usize, everywhere: &HashSet<String>) -> DraftSection {
    let mut forms: Vec<(&str, usize)> = group.forms.iter().map(|(form, count)| (*form, *count)).collect();
    forms.sort_by_key(|&(form, count)| (std::cmp::Reverse(count), form));
    let is_numbered = group.keys.iter().any(|key| key.contains(NUMBER)) && forms.len() > 1;
    let (name, also, pattern) = if is_numbered {
        let mut masks: BTreeMap<String, usize> = BTreeMap::new();
        forms.iter().for_each(|(form, count)| *masks.entry(masked(form)).or_default() += count);
        let mut masks: Vec<(String, usize)> = masks.into_iter().collect();
        masks.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let usual = &masks[0].0;
        let name = if masked(group.name) == *usual {
            group.name
        } else {
            forms.iter().map(|(form, _)| *form).filter(|form| masked(form) == *usual).max().unwrap_or(group.name)
        };
        let patterns: Vec<String> = masks.iter().map(|(mask, _)| pattern_of(mask, None)).collect();
        let pattern = if patterns.len() == 1 { patterns.concat() } else { format!("({})", patterns.join("|")) };
        (name.to_owned(), Vec::new(), Some(format!("^{pattern}$")))
    } else {
        // What is written so once is a slip, unless there are few posts.
        let others = forms[1..].iter().filter(|(_, count)| *count > 1).map(|(form, _)| (*form).to_owned());
        (forms[0].0.to_owned(), others.collect(), None)
    };
    let all = bodies.len();
    let posts = bodies.iter().map(|body| body.post).collect::<HashSet<_>>().len();
    let several = group.places.values().filter(|(_, count)| *count > 1).count();
    let has = Share { of: group.places.len(), all };
    let inner = inner(group, bodies, level);
    DraftSection {
        name,
        also,
        pattern,
        required: has.is_rule(),
        repeat: several * 10 > group.places.len(),
        seen: Share { of: group.posts.len(), all: posts },
        sections: learn_to(&inner, level, depth - 1, everywhere),
    }
}

/// What stands within the sections of a group.
fn inner<'a>(group: &Group, bodies: &[Body<'a>], level: u8) -> Vec<Body<'a>> {
    let mut inner = Vec::new();
    for &at in group.places.keys() {
        let body = &bodies[at];
        let mut headings = body.headings.iter();
        let mut own: Option<Vec<(u8, &str)>> = None;
        loop {
            let next = headings.next();
            let ends = next.is_none_or(|(of, _)| *of <= level);
            if ends && let Some(headings) = own.take() {
                inner.push(Body { post: body.post, headings });
            }
            let Some(&(of, heading)) = next else { break };
            if of == level && group.keys.contains(&key(heading)) {
                own = Some(Vec::new());
            } else if let Some(own) = &mut own {
                own.push((of, heading));
            }
        }
    }
    inner
}
