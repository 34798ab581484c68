//! Lists within lists: which headings each of them is asked about.

use std::collections::HashSet;

use super::{Alignment, Bound};
use crate::kinds::schema::SectionsSchema;
use crate::post::Post;

/// Beyond so many headings without a name, near misses are not looked for.
const MOST_NEAR_MISSES: usize = 200;

/// Holds a post against a list, then each section of it against the list within that.
pub(super) fn align<'k>(schema: &'k SectionsSchema, post: &Post) -> Vec<Alignment<'k>> {
    let mut near_misses = MOST_NEAR_MISSES;
    let mut all = Vec::new();
    let title = post.title_heading().map(|heading| heading.span.start);
    let whole = Alignment::new(schema, schema.heading_level(), None, 0..post.sections.len(), title);
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
    all
}

impl<'k> Alignment<'k> {
    /// The alignments to come of the lists within its sections, with the place of each section among those that are bound.
    fn inner(&self, post: &Post) -> Vec<(usize, Alignment<'k>)> {
        if self.entries().iter().all(|entry| entry.sections.is_none()) {
            return Vec::new();
        }
        let is_bound = |section: usize| self.bound.binary_search_by_key(&section, |bound| bound.section).is_ok();
        let ends = |section: usize| post.sections[section].level <= self.level && !self.leaves(section);
        let parts: HashSet<Option<usize>> =
            self.missing.iter().filter(|missing| missing.has_parts).map(|missing| missing.before).collect();
        let is_end = |&section: &usize| is_bound(section) || ends(section) || parts.contains(&Some(section));
        let ends: Vec<usize> = self.range.clone().filter(is_end).collect();
        let inner = |(at, bound): (usize, &Bound)| {
            let schema = self.entries()[bound.entry].sections.as_ref()?;
            let begin = bound.section + 1;
            let end = ends.get(ends.partition_point(|&end| end < begin)).copied().unwrap_or(self.range.end);
            let level = schema.level_below(self.level);
            Some((at, Alignment::new(schema, level, Some(bound.section), begin..end, self.title)))
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
        let level = within.level_below(self.level);
        let mut here = after.map_or(self.range.start, |after| after + 1)..before.unwrap_or(self.range.end);
        let is_other = |section: usize| {
            let found = &post.sections[section];
            found.level <= self.level && Some(found.span.start) != self.title
        };
        let part = here.find(|&section| {
            let is_named = || within.named(&post.heading_of(section).title).is_some();
            is_other(section) || post.sections[section].level == level && !self.leaves(section) && is_named()
        });
        part.filter(|&section| !is_other(section))
    }

    /// Leaves headings that have a name in the list within their section to that list: those below, and right behind them
    /// those that stand at the level of this list and must be in that one.
    pub(super) fn leave_to_lists_within(&mut self, post: &Post, loose: &mut Vec<usize>) {
        let nexts = self.bound.iter().skip(1).map(|next| next.section).chain([self.range.end]);
        for (bound, next) in self.bound.iter().zip(nexts) {
            let Some(within) = &self.entries()[bound.entry].sections else { continue };
            let mut seen = vec![false; within.entries().len()];
            for section in bound.section + 1..next {
                let (level, title) = (post.sections[section].level, &*post.heading_of(section).title);
                let named = within.named(title).filter(|&entry| !seen[entry]);
                let is_lifted = || level == self.level && named.is_some_and(|entry| within.entries()[entry].required);
                if level <= self.level && !is_lifted() {
                    break;
                }
                if let Some(entry) = named {
                    seen[entry] = !within.entries()[entry].repeat;
                }
                if named.is_some() || within.names_below(title) {
                    self.left.push(section);
                }
            }
        }
        loose.retain(|section| self.left.binary_search(section).is_err());
    }
}

impl SectionsSchema {
    fn names_below(&self, title: &str) -> bool {
        let mut below = self.entries().iter().filter_map(|entry| entry.sections.as_ref());
        below.any(|list| list.named(title).is_some() || list.names_below(title))
    }
}
