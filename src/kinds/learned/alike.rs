//! How much some posts have in common that says something: a numbered title, a numbered file, days, headings.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use jiff::civil::Date;

use super::known::{Known, KnownRange, Source};
use super::masked::{Anchor, masked, natural};
use crate::syntax::dates::{RangeForm, days_between};

/// Something that a post may have.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Feature {
    /// A text with numbers.
    Anchor(Source, Anchor),
    /// A heading, by its [`key`].
    Heading(String),
    /// The same of one level.
    HeadingOf(u8, String),
    /// Days that it is about: a week or two, a month.
    Range(Length),
}

/// How many days a post is about, roughly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Length {
    Weeks,
    Month,
    Other,
}

/// What each post has.
pub(super) struct Features {
    all: Vec<Feature>,
    /// The features of each post, each with its numbers.
    of: Vec<Vec<(u32, Vec<u64>)>>,
    /// The posts of each feature.
    posts: Vec<Vec<u32>>,
    /// The place of each post in time; posts without a day come last, as they are called.
    rank: Vec<usize>,
    days: Vec<Option<Date>>,
    /// A number for each place, whatever language the file is in.
    places: Vec<u32>,
}

/// What posts have in common.
#[derive(Debug, Clone, Default)]
pub(super) struct Alike {
    /// How much it is, summed over the posts.
    pub score: f64,
    /// What numbers them.
    pub numbers: Vec<(Source, Anchor)>,
    /// The headings that most of them have.
    pub headings: Vec<usize>,
    /// What each feature in common counts.
    weights: HashMap<u32, f64, FixedState>,
}

impl Alike {
    /// Whether a wider set of posts has enough of this in common.
    pub(super) fn goes_on_in(&self, wider: &Alike) -> bool {
        let title = |alike: &Alike| alike.numbers.iter().find(|(source, _)| *source == Source::Title).cloned();
        let headings = self.headings.iter().filter(|id| wider.headings.contains(id)).count();
        wider.score * 3.0 >= self.score && (headings > 1 || title(self).is_some() && title(wider).is_some())
    }
}

/// Fewer posts are no series.
pub(super) const FEWEST: usize = 4;

/// Of fewer posts, more must be alike, and their titles numbered.
const FEW: usize = 6;
const ENOUGH_OF_FEW: usize = 6;

/// Four in five of the posts must have a feature in common.
const USUAL: f64 = 0.8;

/// So much must be alike; a number, a heading, a steady rhythm or very many posts are one each, a title or days two.
const ENOUGH: usize = 3;

/// So many posts are no chance.
const MANY: usize = 20;
const VERY_MANY: usize = 100;

/// More headings in common say no more.
const MOST_HEADINGS: usize = 8;

/// So many headings of a post are looked at.
const MOST_READ: usize = 100;

/// What a post without most of it takes away.
const UNLIKE: f64 = 2.0;

/// A heading, digits, case and white space aside.
pub(super) fn key(heading: &str) -> String {
    let words: Vec<&str> = heading.split_whitespace().collect();
    masked(&words.join(" ").to_lowercase())
}

impl Features {
    pub(super) fn of(posts: &[Known]) -> Features {
        let mut ids: HashMap<Feature, u32, FixedState> = HashMap::default();
        let (mut all, mut of) = (Vec::new(), Vec::with_capacity(posts.len()));
        for post in posts {
            let mut own: Vec<(u32, Vec<u64>)> = Vec::new();
            let mut add = |feature: Feature, numbers: Vec<u64>| {
                let id = *ids.entry(feature).or_insert_with_key(|feature| {
                    all.push(feature.clone());
                    all.len() as u32 - 1
                });
                if own.iter().all(|(known, _)| *known != id) {
                    own.push((id, numbers));
                }
            };
            for source in [Source::Title, Source::Name, Source::Folder] {
                post.anchors(source)
                    .into_iter()
                    .for_each(|(anchor, found)| add(Feature::Anchor(source, anchor), found));
            }
            for (level, heading) in post.headings.iter().take(MOST_READ) {
                let key = key(heading);
                add(Feature::HeadingOf(*level, key.clone()), Vec::new());
                add(Feature::Heading(key), Vec::new());
            }
            if let Some(range) = post.range.as_ref().filter(|range| range.form != RangeForm::OpenEnd) {
                add(Feature::Range(Length::of(range)), Vec::new());
            }
            of.push(own);
        }
        let mut by_feature = vec![Vec::new(); all.len()];
        for (post, own) in of.iter().enumerate() {
            own.iter().for_each(|(id, _)| by_feature[*id as usize].push(post as u32));
        }
        let days = posts.iter().map(Known::day).collect();
        Features { all, of, posts: by_feature, rank: ranks(posts), days, places: places(posts) }
    }

    /// The place of a post in time.
    pub(super) fn rank(&self, post: usize) -> usize {
        self.rank[post]
    }

    /// Whether each of some posts has a day.
    pub(super) fn has_days(&self, members: &[usize]) -> bool {
        members.iter().all(|&post| self.days[post].is_some())
    }

    /// What some posts have in common; `None` where that says nothing, or too many of them lack it. `is_free`: whether a
    /// post belongs to no other kind yet.
    pub(super) fn alike(&self, members: &[usize], is_free: impl Fn(usize) -> bool) -> Option<Alike> {
        let need = (USUAL * members.len() as f64).ceil() as usize;
        let distinct: HashSet<u32> = members.iter().map(|&post| self.places[post]).collect();
        // Translations of one post are alike, and no series.
        if distinct.len() < FEWEST || distinct.len() * 5 < members.len() * 3 {
            return None;
        }
        let mut counts: HashMap<u32, usize, FixedState> = HashMap::default();
        members.iter().flat_map(|&post| &self.of[post]).for_each(|(id, _)| *counts.entry(*id).or_default() += 1);
        let mut usual: Vec<u32> = counts.iter().filter(|&(_, &count)| count >= need).map(|(&id, _)| id).collect();
        usual.sort_unstable();
        let mut ordered = members.to_vec();
        ordered.sort_by_key(|&post| self.rank[post]);
        let mut numbers = Vec::new();
        for source in [Source::Title, Source::Name, Source::Folder] {
            let mut anchors: Vec<u32> = usual.iter().copied().filter(|&id| self.is_anchor(id, source)).collect();
            anchors.sort_by_key(|&id| std::cmp::Reverse(self.length(id)));
            numbers.extend(anchors.into_iter().find(|&id| self.numbers_posts(id, &ordered)));
        }
        let mut headings: Vec<u32> = usual.iter().copied().filter(|&id| self.is_heading(id)).collect();
        headings.sort_by_key(|id| (std::cmp::Reverse(counts[id]), *id));
        headings.truncate(MOST_HEADINGS);
        // Where most agree on the level, that counts too.
        let levelled =
            headings.iter().map(|&id| usual.iter().copied().find(|&of| self.is_level_of(of, id)).unwrap_or(id));
        let levelled: Vec<u32> = levelled.collect();
        let range = usual.iter().copied().find(|&id| matches!(self.all[id as usize], Feature::Range(_)));
        let by_title = numbers.iter().any(|&id| self.is_anchor(id, Source::Title));
        let by_folder = numbers.iter().any(|&id| self.is_anchor(id, Source::Folder));
        let evidence = numbers.len()
            + usize::from(by_title)
            + usize::from(by_folder)
            + 2 * usize::from(range.is_some())
            + headings.len().min(ENOUGH)
            + usize::from(members.len() >= MANY)
            + usize::from(members.len() >= VERY_MANY)
            + usize::from(self.is_regular(&ordered));
        let strong = !numbers.is_empty() || range.is_some() || headings.len() > 1;
        let enough = match distinct.len() < FEW {
            true if !by_title => return None,
            true => ENOUGH_OF_FEW,
            false => ENOUGH,
        };
        if !strong || evidence < enough || !self.is_whole(members, &numbers, range.is_some(), &headings, is_free) {
            return None;
        }
        let weights: HashMap<u32, f64, FixedState> = numbers
            .iter()
            .chain(&range)
            .map(|&id| {
                (id, if self.is_anchor(id, Source::Name) || self.is_anchor(id, Source::Folder) { 1.0 } else { 2.0 })
            })
            .chain(levelled.iter().map(|&id| (id, 1.0)))
            .collect();
        let total: f64 = weights.values().sum();
        let (mut score, mut have, mut unlike) = (0.0, 0.0, 0);
        for &post in members {
            let own: f64 = self.of[post].iter().filter_map(|(id, _)| weights.get(id)).sum();
            if own * 2.0 < total {
                unlike += 1;
            } else {
                score += own;
            }
            have += own;
        }
        let whole = have / (total * members.len() as f64);
        let may_differ = members.len().div_ceil(10);
        let named = |id: u32| match &self.all[id as usize] {
            Feature::Anchor(source, anchor) => Some((*source, anchor.clone())),
            _ => None,
        };
        (unlike <= may_differ).then(|| Alike {
            score: score * whole.powi(3) - UNLIKE * unlike as f64,
            weights,
            numbers: numbers.into_iter().filter_map(named).collect(),
            headings: headings.into_iter().map(|id| id as usize).collect(),
        })
    }

    /// How much some posts have of what others have in common: 1 for all of it.
    pub(super) fn share(&self, members: &[usize], alike: &Alike) -> f64 {
        let total: f64 = alike.weights.values().sum();
        let own = members.iter().flat_map(|&post| &self.of[post]).filter_map(|(id, _)| alike.weights.get(id));
        own.sum::<f64>() / (total * members.len() as f64)
    }

    /// Whether the posts are not just a part of all that have the same in common, cut out by a word or a tag.
    fn is_whole(
        &self,
        members: &[usize],
        numbers: &[u32],
        ranged: bool,
        headings: &[u32],
        is_free: impl Fn(usize) -> bool,
    ) -> bool {
        let title = numbers.iter().find(|&&id| self.is_anchor(id, Source::Title));
        if ranged || title.is_none() && !numbers.is_empty() {
            return true;
        }
        let most = (headings.len() * 2).div_ceil(3);
        let mut held: HashMap<u32, usize, FixedState> = HashMap::default();
        let features: &[u32] = title.map_or(headings, std::slice::from_ref);
        let most = if title.is_some() { 1 } else { most };
        for &id in features {
            let free = self.posts[id as usize].iter().filter(|&&post| is_free(post as usize));
            free.for_each(|post| *held.entry(*post).or_default() += 1);
        }
        let all = held.values().filter(|&&count| count >= most).count();
        let inside = members.iter().filter(|&&post| held.get(&(post as u32)).is_some_and(|&count| count >= most));
        inside.count() * 5 >= all * 3
    }

    /// Whether the posts come in a steady rhythm: from day to day up to once a month.
    fn is_regular(&self, ordered: &[usize]) -> bool {
        let days: Vec<Date> = ordered.iter().filter_map(|&post| self.days[post]).collect();
        let mut gaps: Vec<i32> = days.windows(2).map(|pair| days_between(pair[0], pair[1])).collect();
        gaps.sort_unstable();
        let Some(&median) = gaps.get(gaps.len() / 2) else { return false };
        let near = gaps.iter().filter(|&&gap| gap * 10 >= median * 7 && gap * 10 <= median * 13).count();
        (1..=31).contains(&median) && near * 5 >= gaps.len() * 3
    }

    fn is_anchor(&self, id: u32, wanted: Source) -> bool {
        matches!(&self.all[id as usize], Feature::Anchor(source, _) if *source == wanted)
    }

    fn is_heading(&self, id: u32) -> bool {
        matches!(&self.all[id as usize], Feature::Heading(name) if name.chars().any(char::is_alphanumeric))
    }

    fn is_level_of(&self, id: u32, heading: u32) -> bool {
        match (&self.all[id as usize], &self.all[heading as usize]) {
            (Feature::HeadingOf(_, own), Feature::Heading(key)) => own == key,
            _ => false,
        }
    }

    fn length(&self, id: u32) -> usize {
        match &self.all[id as usize] {
            Feature::Anchor(_, anchor) => anchor.masked().len(),
            _ => 0,
        }
    }

    /// Whether the numbers of an anchor tell posts in the order of time apart, and rise.
    fn numbers_posts(&self, id: u32, ordered: &[usize]) -> bool {
        let Feature::Anchor(source, anchor) = &self.all[id as usize] else { return false };
        let is_number_alone = *source == Source::Name && matches!(anchor, Anchor::Whole(_));
        if !anchor.has_words() && !is_number_alone {
            return false;
        }
        let of = |post: &usize| {
            let own = self.of[*post].iter().find(|(own, _)| *own == id);
            own.map(|(_, numbers)| (self.days[*post].is_some(), numbers))
        };
        let numbers: Vec<(bool, &Vec<u64>)> = ordered.iter().filter_map(of).collect();
        let mut distinct: Vec<&Vec<u64>> = numbers.iter().map(|(_, numbers)| *numbers).collect();
        distinct.sort();
        distinct.dedup();
        let steps = numbers.windows(2).filter(|pair| pair[0].0 && pair[1].0);
        let (mut all, mut rising) = (0, 0);
        for pair in steps {
            all += 1;
            rising += usize::from(pair[1].1 > pair[0].1);
        }
        // Without days, order says nothing; then the numbers of a series are at least close to each other.
        let parts =
            distinct.last().zip(distinct.first()).map_or(0, |(last, first)| last[0].abs_diff(first[0]) as usize);
        let is_close = all > 0 || parts < 2 * distinct.len();
        distinct.len() * 5 >= numbers.len() * 4 && rising * 10 >= all * 7 && is_close && is_dense(&distinct)
    }
}

/// Whether numbers follow each other closely, as those of a series do, not those of a collection of problems.
fn is_dense(sorted: &[&Vec<u64>]) -> bool {
    let steps = sorted.windows(2).map(|pair| {
        let mut rises = pair[0].iter().zip(pair[1]).map(|(one, other)| other.abs_diff(*one));
        rises.find(|rise| *rise > 0).unwrap_or_default()
    });
    let mut steps: Vec<u64> = steps.collect();
    steps.sort_unstable();
    steps.get(steps.len() / 2).is_none_or(|step| *step <= MOST_APART)
}

/// The numbers of a series mostly lie no farther apart.
const MOST_APART: u64 = 31;

impl Length {
    fn of(range: &KnownRange) -> Length {
        match range.days.map(|(start, end)| days_between(start, end) + 1) {
            Some(5..=8 | 14) => Length::Weeks,
            Some(28..=31) => Length::Month,
            Some(_) => Length::Other,
            None if matches!(range.form, RangeForm::WeekOf | RangeForm::Week | RangeForm::WeekOfMonth(_)) => {
                Length::Weeks
            }
            None => Length::Other,
        }
    }
}

/// A number for each place, the same for files in several languages.
fn places(posts: &[Known]) -> Vec<u32> {
    // `ko`, `pt-BR`, as a folder or before the ending.
    let is_language = |part: &&str| {
        let (language, country) = part.split_once('-').unwrap_or((part, ""));
        let is_lower = language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase());
        is_lower && country.len() <= 4 && country.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let untranslated = |path| str::split(path, ['/', '.']).filter(|part| !is_language(part)).collect::<Vec<&str>>();
    let mut ids: HashMap<_, u32, FixedState> = HashMap::default();
    let mut numbers = Vec::with_capacity(posts.len());
    for post in posts {
        let next = ids.len() as u32;
        numbers.push(*ids.entry(untranslated(post.path())).or_insert(next));
    }
    numbers
}

/// The place of each post in time.
fn ranks(posts: &[Known]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..posts.len()).collect();
    order.sort_by_cached_key(|&at| {
        let post = &posts[at];
        (post.day().is_none(), post.day(), natural(post.path()))
    });
    let mut rank = vec![0; posts.len()];
    order.into_iter().enumerate().for_each(|(place, at)| rank[at] = place);
    rank
}
