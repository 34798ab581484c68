//! Which heading is which entry of a list: by its name, at the level of the list, at the one that the post has instead, or
//! at another.

use std::collections::BTreeMap;

use super::{Alignment, Bound, Unknown};
use crate::post::Post;
use crate::text::is_east_asian;

impl Alignment<'_> {
    /// The level that the headings of the list have in this post, where none stands at the one that is expected and all
    /// else fits: some level that the sections around allow, or one at which several stand that must be there.
    pub(super) fn level_in(&self, post: &Post) -> u8 {
        let mut at: BTreeMap<u8, Vec<usize>> = BTreeMap::new();
        for section in self.range.clone().filter(|&section| !self.is_title(post, section)) {
            if self.name_of(section).is_some() {
                at.entry(post.sections[section].level).or_default().push(section);
            }
        }
        let required = self.entries().iter().filter(|entry| entry.required).count();
        let count = |sections: &[usize]| {
            let mut entries: Vec<usize> = sections.iter().filter_map(|&section| self.name_of(section)).collect();
            entries.retain(|&entry| self.entries()[entry].required);
            entries.sort_unstable();
            entries.dedup();
            entries.len()
        };
        let here = at.remove(&self.found).unwrap_or_default();
        let as_listed = at.get(&self.level).map(|sections| count(sections));
        if as_listed.is_some_and(|as_listed| here.is_empty() || as_listed > count(&here)) {
            return self.level;
        }
        let most = count(&here).max(required.clamp(1, 2) - 1);
        let others = at.iter().map(|(&level, sections)| (level, count(sections))).filter(|&(_, count)| count > most);
        let best = others.min_by_key(|&(level, count)| (std::cmp::Reverse(count), level.abs_diff(self.found)));
        let best = best.map(|(level, _)| level).filter(|&level| self.are_parts(post, &here, level));
        best.unwrap_or(self.found)
    }

    /// Whether some headings belong into sections of a level above, so that nothing speaks for their own.
    fn are_parts(&self, post: &Post, here: &[usize], level: u8) -> bool {
        let mut here = here.iter().peekable();
        let mut around = None;
        for section in self.range.clone() {
            let own = post.sections[section].level;
            if here.next_if_eq(&&section).is_some() {
                let within = around.and_then(|entry: usize| self.entries()[entry].sections.as_ref());
                let title = &post.heading_of(section).title;
                if !within.is_some_and(|list| list.knows(title)) {
                    return false;
                }
            } else if own <= level {
                around = self.name_of(section).filter(|_| own == level);
            }
        }
        true
    }

    /// The heading that is the title although other H1 follow, for these are sections that are off.
    pub(super) fn raised_title(&self, post: &Post) -> Option<usize> {
        let first = post.sections.first().filter(|first| first.level == 1 && self.found == 1 && self.is_off())?;
        (self.within.is_none() && self.name_of(0).is_none()).then_some(first.span.start)
    }

    pub(super) fn is_title(&self, post: &Post, section: usize) -> bool {
        Some(post.sections[section].span.start) == self.title
    }

    /// The entry that a heading names.
    fn name_of(&self, section: usize) -> Option<usize> {
        self.named[section - self.range.start]
    }

    /// Binds headings of the level that an entry names; gives those that none does.
    pub(super) fn bind_by_name(&mut self, post: &Post) -> Vec<usize> {
        let mut loose = Vec::new();
        for section in self.range.clone() {
            let (level, name) = (post.sections[section].level, self.name_of(section));
            // A list of H1 that speaks of the title of the text means it, where no front matter has another.
            if self.is_title(post, section) && (post.title().is_some() || name.is_none()) {
                continue;
            }
            match name {
                Some(entry) if level == self.found => self.bound.push(Bound::new(section, entry)),
                None if level == self.found || (self.level..self.found).contains(&level) => loose.push(section),
                _ => {}
            }
        }
        loose
    }

    /// Binds headings of another level, where their entry has no heading of the right one; whether there are any. Of an
    /// entry that repeats, all that are of the level of the first.
    pub(super) fn bind_wrong_levels(&mut self, post: &Post) -> bool {
        let before = self.bound.len();
        let mut taken: Vec<Option<u8>> = vec![None; self.entries().len()];
        self.bound.iter().for_each(|bound| taken[bound.entry] = Some(self.found));
        let mut levels = Vec::new();
        for required in [true, false] {
            for section in self.range.clone() {
                let level = post.sections[section].level;
                let Some(entry) = self.name_of(section).filter(|&entry| self.entries()[entry].required == required)
                else {
                    continue;
                };
                if level == self.found || self.is_title(post, section) || self.leaves(section) {
                    continue;
                }
                let is_next = self.entries()[entry].repeat && taken[entry] == Some(level);
                let is_first =
                    || taken[entry].is_none() && (required || levels.contains(&level) || is_lone(post, section));
                if is_next || is_first() {
                    taken[entry] = Some(level);
                    levels.push(level);
                    self.bound.push(Bound::new(section, entry));
                }
            }
        }
        self.bound.sort_by_key(|bound| bound.section);
        self.bound.len() > before
    }

    pub(super) fn taken(&self) -> Vec<bool> {
        let mut taken = vec![false; self.entries().len()];
        self.bound.iter().for_each(|bound| taken[bound.entry] = true);
        taken
    }

    /// Binds a heading whose name is nearly that of an entry without one: a rename, not one missing and one unknown.
    pub(super) fn bind_near_misses(&mut self, post: &Post, loose: &mut Vec<usize>, near_misses: &mut usize) {
        let Some(left) = near_misses.checked_sub(loose.len()) else { return };
        *near_misses = left;
        let mut taken = self.taken();
        let entries = self.entries();
        loose.retain(|&section| {
            let names = entries.iter().enumerate().filter(|(entry, _)| !taken[*entry]);
            let names = names.flat_map(|(_, entry)| entry.names());
            let title = &post.heading_of(section).title;
            let names = names.filter(|name| !is_another_word(title, name));
            let Some(near) = crate::text::nearest(title, names) else { return true };
            let Some(entry) = entries.iter().position(|entry| entry.names().any(|name| name == near)) else {
                return true;
            };
            taken[entry] = true;
            self.bound.push(Bound::new(section, entry));
            self.unknown.push(Unknown { section, meant: Some(entry) });
            false
        });
    }
}

/// Whether one sign makes another word of a short name, as in `上周` and `下周`; spaces and punctuation make none.
fn is_another_word(one: &str, other: &str) -> bool {
    const LONG: usize = 6;
    let signs = |name: &str| -> Vec<char> {
        name.chars().filter(|&sign| sign.is_alphanumeric() && is_east_asian(sign)).collect()
    };
    let (one, other) = (signs(one), signs(other));
    (1..LONG).contains(&one.len().min(other.len())) && one != other
}

/// A lone subheading at the end of its section; of several, one that is called `links` is a topic among others.
fn is_lone(post: &Post, section: usize) -> bool {
    let level = post.sections[section].level;
    let around = [section.checked_sub(1), Some(section + 1)];
    around.into_iter().flatten().filter_map(|next| post.sections.get(next)).all(|next| next.level < level)
}
