//! Headings that are of another level than their list says, and how they are moved without taking the tree apart.

use std::collections::HashMap;
use std::ops::Range;

use super::{Alignment, Bound};
use crate::post::Post;

/// The deepest level of a heading.
const DEEPEST: isize = 6;

/// Headings at wrong levels that belong together: those of a list, and those of the lists within, which go with them.
#[derive(Debug)]
pub(crate) struct OffLevel {
    /// The place of the list.
    pub alignment: usize,
    /// Its sections that are off, in order.
    pub sections: Vec<usize>,
    /// Whether all sections of the list are off alike.
    pub whole: bool,
    /// Those of the lists within, each with the level that it should be, in order.
    pub within: Vec<(usize, u8)>,
    /// The level that each heading gets, if all can be moved and each stays part of what it is part of; in order.
    pub moves: Option<Vec<(usize, u8)>>,
}

/// All headings of a post that are off, those first that stand in the outermost list.
pub(crate) fn off_levels(all: &[Alignment], post: &Post) -> Vec<OffLevel> {
    let mut groups: Vec<OffLevel> = Vec::new();
    let mut joined: HashMap<usize, usize> = HashMap::new();
    for (at, alignment) in all.iter().enumerate() {
        let level_of = |bound: &Bound| post.sections[bound.section].level;
        let off = alignment.bound.iter().filter(|bound| level_of(bound) != alignment.level);
        let off: Vec<&Bound> = off.collect();
        let Some(&first) = off.first() else { continue };
        let is_alike = off.iter().all(|bound| level_of(bound) == level_of(first));
        let whole = is_alike && off.len() > 1 && off.len() == alignment.bound.len();
        let own = groups.len();
        for bound in off {
            let group = joined.get(&at).copied().unwrap_or_else(|| {
                let like = |group: &OffLevel| {
                    let last = group.sections.last().copied().unwrap_or_default();
                    let same = alignment.bound.binary_search_by_key(&last, |bound| bound.section);
                    same.is_ok_and(|same| alignment.bound[same].entry == bound.entry)
                };
                let of_entry = groups[own..].iter().position(|group| whole || like(group)).map(|group| own + group);
                of_entry.unwrap_or_else(|| {
                    let (sections, within) = (Vec::new(), Vec::new());
                    groups.push(OffLevel { alignment: at, sections, whole, within, moves: None });
                    groups.len() - 1
                })
            });
            match groups[group].alignment == at {
                true => groups[group].sections.push(bound.section),
                false => groups[group].within.push((bound.section, alignment.level)),
            }
            joined.extend(bound.inner.map(|inner| (inner, group)));
        }
    }
    for group in &mut groups {
        group.within.sort_unstable();
        group.moves = Moving::new(all, post, group).moves(group);
    }
    groups
}

/// What is known of a range of sections when some of them are to be moved.
struct Moving<'a, 'p> {
    post: &'a Post<'p>,
    alignment: &'a Alignment<'a>,
    range: Range<usize>,
    /// The level that bound sections get.
    wanted: HashMap<usize, u8>,
    /// How far each list within a section that is moved goes, after that section.
    inner: Vec<(usize, usize)>,
}

impl<'a, 'p> Moving<'a, 'p> {
    fn new(all: &'a [Alignment], post: &'a Post<'p>, group: &OffLevel) -> Self {
        let alignment = &all[group.alignment];
        let mut wanted: HashMap<usize, u8> = HashMap::new();
        let mut inner = Vec::new();
        // What is not of the group stays as it is, and so do the headings below it.
        let mut lists = vec![group.alignment];
        while let Some(list) = lists.pop() {
            for bound in &all[list].bound {
                wanted.insert(bound.section, post.sections[bound.section].level);
                let last = |inner: usize| all[inner].bound.last().map_or(bound.section, |last| last.section);
                inner.extend(bound.inner.map(|inner| (bound.section, last(inner))));
                lists.extend(bound.inner);
            }
        }
        wanted.extend(group.sections.iter().map(|&section| (section, alignment.level)));
        wanted.extend(group.within.iter().copied());
        // What comes behind may become part of them as well, down to the next heading that stands above all.
        let moved = wanted.iter().map(|(&section, &wanted)| wanted.min(post.sections[section].level));
        let highest = moved.min().unwrap_or(alignment.level);
        let behind = post.sections[alignment.range.end..].iter().take_while(|section| section.level > highest);
        let range = alignment.range.start..alignment.range.end + behind.count();
        inner.retain(|(section, _)| wanted[section] != post.sections[*section].level);
        Moving { post, alignment, range, wanted, inner }
    }

    fn moves(&self, group: &OffLevel) -> Option<Vec<(usize, u8)>> {
        let level = |section: usize| isize::from(self.post.sections[section].level);
        let own = |section: usize| {
            let wanted = self.wanted.get(&section)?;
            Some(isize::from(*wanted) - level(section))
        };
        // Where all of the list are off, others between them are so as well.
        let others = group.sections.first().filter(|_| group.whole).and_then(|&first| own(first));
        let above = self.parents(level);
        let mut by: Vec<isize> = Vec::with_capacity(above.len());
        for (section, above) in self.range.clone().zip(&above) {
            let beside = || others.filter(|_| level(section) >= isize::from(self.alignment.found));
            let along = || match above {
                Some(above) => by[above - self.range.start],
                None if self.is_title(section) => 0,
                None => beside().unwrap_or(0),
            };
            let stays = section >= self.alignment.range.end;
            by.push(own(section).unwrap_or_else(|| if stays { 0 } else { along() }));
        }
        let moved = |section: usize| level(section) + by[section - self.range.start];
        let is_bound = |section: usize| self.wanted.contains_key(&section);
        let kept = self.range.clone().zip(above.iter().zip(self.parents(moved)));
        let keeps_parts = kept.into_iter().all(|(section, (before, after))| is_bound(section) || *before == after)
            && self.inner.iter().all(|&(section, last)| (section + 1..=last).all(|part| moved(part) > moved(section)));
        let changed: Vec<usize> = self.range.clone().filter(|&section| moved(section) != level(section)).collect();
        let is_free = |&section: &usize| {
            let marker = self.post.heading_of(section).marker;
            self.post.text[marker].starts_with('#') && (1..=DEEPEST).contains(&moved(section))
        };
        let moves = || changed.iter().map(|&section| Some((section, u8::try_from(moved(section)).ok()?))).collect();
        (keeps_parts && changed.iter().all(is_free)).then(moves).flatten()
    }

    /// The section that each one is part of, when each has a level; all are part of the title.
    fn parents(&self, level: impl Fn(usize) -> isize) -> Vec<Option<usize>> {
        let mut open: Vec<usize> = Vec::new();
        let parent = |section: usize| {
            open.truncate(open.partition_point(|&open| level(open) < level(section)));
            let parent = open.last().copied();
            open.extend(Some(section).filter(|&section| !self.is_title(section)));
            parent
        };
        self.range.clone().map(parent).collect()
    }

    fn is_title(&self, section: usize) -> bool {
        self.alignment.is_title(self.post, section) && !self.wanted.contains_key(&section)
    }
}
