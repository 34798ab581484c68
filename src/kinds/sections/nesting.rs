//! Lists within lists: which headings each of them is asked about.

use std::collections::HashSet;

use super::{Alignment, Bound};
use crate::kinds::schema::{SectionSchema, SectionsSchema};
use crate::post::Post;

/// Beyond so many headings without a name, near misses are not looked for.
const MOST_NEAR_MISSES: usize = 200;

/// Holds a post against a list, then each section of it against the list within that.
pub(super) fn align<'k>(schema: &'k SectionsSchema, post: &Post) -> Vec<Alignment<'k>> {
    let mut near_misses = MOST_NEAR_MISSES;
    let mut all = Vec::new();
    let title = post.title_heading().map(|heading| heading.span.start);
    let whole = Alignment::new(schema, schema.heading_level(), 0..post.sections.len(), title);
    all.extend(whole.bind(post, &mut near_misses));
    let mut at = 0;
    while let Some(above) = all.get(at) {
        for (bound, inner) in above.inner(post) {
            if let Some(inner) = inner.bind(post, &mut near_misses) {
                all[at].bound[bound].inner = Some(all.len());
                all.push(inner);
            }
        }
        at += 1;
    }
    tell_once(&mut all, post);
    all
}

/// A heading that a list within misses is told there, not as one that the list around does not know.
fn tell_once(all: &mut [Alignment], post: &Post) {
    let within = all.iter().filter(|alignment| alignment.within.is_some());
    let mut missing: Vec<&SectionSchema> = Vec::new();
    for alignment in within {
        missing.extend(alignment.missing.iter().map(|missing| &alignment.entries()[missing.entry]));
    }
    missing.sort_by_key(|entry| std::ptr::from_ref(*entry));
    missing.dedup_by_key(|entry| std::ptr::from_ref(*entry));
    for alignment in all {
        alignment.unknown.retain(|unknown| {
            let title = &post.heading_of(unknown.section).title;
            unknown.meant.is_some() || !missing.iter().any(|entry| entry.is_called(title))
        });
    }
}

impl<'k> Alignment<'k> {
    /// The alignments to come of the lists within its sections, with the place of each section among those that are bound.
    fn inner(&self, post: &Post) -> Vec<(usize, Alignment<'k>)> {
        if self.entries().iter().all(|entry| entry.sections.is_none()) {
            return Vec::new();
        }
        let is_bound = |section: usize| self.bound.binary_search_by_key(&section, |bound| bound.section).is_ok();
        let ends = |section: usize| post.sections[section].level <= self.found && !self.leaves(section);
        let parts: HashSet<Option<usize>> =
            self.missing.iter().filter(|missing| missing.has_parts).map(|missing| missing.before).collect();
        let is_end = |&section: &usize| is_bound(section) || ends(section) || parts.contains(&Some(section));
        let ends: Vec<usize> = self.range.clone().filter(is_end).collect();
        let inner = |(at, bound): (usize, &Bound)| {
            let schema = self.entries()[bound.entry].sections.as_ref()?;
            let begin = bound.section + 1;
            let end = ends.get(ends.partition_point(|&end| end < begin)).copied().unwrap_or(self.range.end);
            let level = schema.level_below(self.level);
            let inner = Alignment::new(schema, level, begin..end, self.title);
            // Where the heading above is off, those below may be so with it.
            let found = post.sections[bound.section].level + level - self.level;
            let placeholder = inner.placeholder.or(self.placeholder);
            Some((at, Alignment { found, within: Some(bound.section), placeholder, ..inner }))
        };
        self.bound.iter().enumerate().filter_map(inner).collect()
    }

    /// Whether a heading is left to a list within.
    pub(super) fn leaves(&self, section: usize) -> bool {
        self.left.binary_search(&section).is_ok()
    }

    /// Where a section is missing, the first of those that belong into it: they have a name of its list, and nothing else
    /// that begins where it belongs has them.
    pub(super) fn first_part(
        &self,
        post: &Post,
        entry: usize,
        after: Option<usize>,
        before: Option<usize>,
    ) -> Option<usize> {
        let within = self.entries()[entry].sections.as_ref()?;
        let level = within.level_below(self.level) + self.found - self.level;
        let mut here = after.map_or(self.range.start, |after| after + 1)..before.unwrap_or(self.range.end);
        let is_other = |section: usize| {
            let found = &post.sections[section];
            found.level <= self.found && Some(found.span.start) != self.title
        };
        let part = here.find(|&section| {
            let is_named = || within.named(&post.heading_of(section).title).is_some();
            is_other(section) || post.sections[section].level == level && !self.leaves(section) && is_named()
        });
        part.filter(|&section| !is_other(section))
    }

    /// Leaves headings that have a name in the list within their section to that list: those below, with what stands
    /// between, and right behind them those that stand at the level of this list and must be in that one. Below a heading
    /// that stands too high, that goes for those as well that this list has elsewhere.
    pub(super) fn leave_to_lists_within(&mut self, post: &Post, loose: &mut Vec<usize>) {
        self.left.clear();
        let mut times = vec![0_usize; self.entries().len()];
        self.bound.iter().for_each(|bound| times[bound.entry] += 1);
        let mut bound = std::mem::take(&mut self.bound);
        let mut at = 0;
        while let Some(above) = bound.get(at) {
            at += 1;
            let Some(within) = &self.entries()[above.entry].sections else { continue };
            let own = post.sections[above.section].level;
            let mut seen = vec![false; within.entries().len()];
            let mut between = Vec::new();
            for section in above.section + 1..self.range.end {
                let (level, title) = (post.sections[section].level, &*post.heading_of(section).title);
                let next = bound.get(at).filter(|next| next.section == section).map(|next| next.entry);
                let named = within.named(title).filter(|&entry| !seen[entry]);
                let is_lifted = || level == own && named.is_some_and(|entry| within.entries()[entry].required);
                let is_elsewhere = |entry: usize| own < self.found && times[entry] > 1 && named.is_some();
                if level <= own && !is_lifted() || next.is_some_and(|next| !is_elsewhere(next)) {
                    break;
                }
                if let Some(next) = next {
                    times[next] -= 1;
                    bound.remove(at);
                }
                if let Some(entry) = named {
                    seen[entry] = !within.entries()[entry].repeat;
                }
                if named.is_some() || within.knows_below(title) {
                    self.left.append(&mut between);
                    self.left.push(section);
                } else if loose.binary_search(&section).is_ok() {
                    between.push(section);
                }
            }
        }
        self.bound = bound;
        loose.retain(|section| self.left.binary_search(section).is_err());
    }
}

impl SectionsSchema {
    /// Whether this list or one within has the name.
    pub(super) fn knows(&self, title: &str) -> bool {
        self.named(title).is_some() || self.knows_below(title)
    }

    pub(super) fn knows_below(&self, title: &str) -> bool {
        let mut below = self.entries().iter().filter_map(|entry| entry.sections.as_ref());
        below.any(|list| list.knows(title))
    }
}
