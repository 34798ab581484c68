//! The sections of a post held against those of its kind.
//!
//! Findings are minimal: headings are bound to the list by name, then the longest run of them that is in order stays
//! where it is (the longest common subsequence of post and list), so one swap is one finding and not two.

use super::ordered::longest_in_order;
use super::schema::{Others, SectionSchema, SectionsSchema};
use crate::post::Post;
use crate::post::sections::Section;

/// How the sections of a post fit its kind. Sections are indices of [`Post::sections`], entries of the kind's list.
#[derive(Debug, Default)]
pub struct Alignment {
    /// Sections with the entry each one is, in the order of the post.
    pub bound: Vec<Bound>,
    /// Entries that must be there and are not, each with the section it belongs before.
    pub missing: Vec<Missing>,
    /// Sections out of order.
    pub misplaced: Vec<Misplaced>,
    /// Sections that no entry names.
    pub unknown: Vec<Unknown>,
    /// Sections of an entry that another section before already is.
    pub duplicate: Vec<Duplicate>,
}

/// A section that is an entry of the list.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Bound {
    pub section: usize,
    pub entry: usize,
    /// Whether its heading says so; otherwise it is near the name, and among the unknown.
    pub exact: bool,
}

/// An entry that is not there.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Missing {
    pub entry: usize,
    /// The section it belongs before; `None` at the end.
    pub before: Option<usize>,
}

/// A section out of order.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Misplaced {
    pub section: usize,
    pub entry: usize,
    /// The section in order that it belongs before; `None` after all others.
    pub before: Option<usize>,
    /// The section in order that it belongs after, where it belongs before none.
    pub after: Option<usize>,
}

/// A section that no entry names.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Unknown {
    pub section: usize,
    /// The entry it was probably meant to be.
    pub meant: Option<usize>,
}

/// A section that is there twice.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Duplicate {
    pub section: usize,
    pub first: usize,
    pub entry: usize,
}

/// Beyond so many headings without a name, near misses are not looked for.
const MOST_NEAR_MISSES: usize = 200;

impl SectionsSchema {
    /// The entries.
    pub fn entries(&self) -> &[SectionSchema] {
        self.list.as_deref().unwrap_or_default()
    }

    /// The level of the headings.
    pub fn heading_level(&self) -> u8 {
        self.level.unwrap_or(2)
    }

    /// Binds the sections of a post to the entries and says what is left over on both sides.
    pub fn align(&self, post: &Post) -> Alignment {
        let mut alignment = Alignment::default();
        if self.entries().is_empty() {
            return alignment;
        }
        let mut loose = self.bind_by_name(post, &mut alignment);
        self.bind_wrong_levels(post, &mut alignment);
        self.bind_near_misses(post, &mut loose, &mut alignment);
        alignment.bound.sort_by_key(|bound| bound.section);
        let in_order: Vec<Bound> = longest_in_order(&alignment.bound, |bound| bound.entry).cloned().collect();
        self.find_misplaced(&in_order, &mut alignment);
        self.find_missing(&in_order, &mut alignment);
        self.find_unknown(loose, &mut alignment);
        alignment
    }

    /// Binds headings of the right level that an entry names; gives those that none does.
    fn bind_by_name(&self, post: &Post, alignment: &mut Alignment) -> Vec<usize> {
        let mut loose = Vec::new();
        let mut first: Vec<Option<usize>> = vec![None; self.entries().len()];
        for (section, _) in self.candidates(post) {
            let Some(entry) = self.named(post, section) else {
                loose.push(section);
                continue;
            };
            match first[entry] {
                Some(first) if !self.entries()[entry].repeat => {
                    alignment.duplicate.push(Duplicate { section, first, entry });
                }
                _ => {
                    first[entry].get_or_insert(section);
                    alignment.bound.push(Bound { section, entry, exact: true });
                }
            }
        }
        loose
    }

    fn candidates<'p>(&self, post: &'p Post) -> impl Iterator<Item = (usize, &'p Section)> {
        let level = self.heading_level();
        let title = post.title_heading().filter(|_| level == 1).map(|heading| heading.span.start);
        let sections = post.sections.iter().enumerate();
        sections.filter(move |(_, section)| section.level == level && Some(section.span.start) != title)
    }

    /// Binds headings of another level, where their entry has no heading of the right one.
    fn bind_wrong_levels(&self, post: &Post, alignment: &mut Alignment) {
        let mut taken = self.taken(alignment);
        for (section, found) in post.sections.iter().enumerate() {
            if found.level == self.heading_level() {
                continue;
            }
            if let Some(entry) = self.named(post, section).filter(|&entry| !taken[entry]) {
                taken[entry] = true;
                alignment.bound.push(Bound { section, entry, exact: true });
            }
        }
    }

    fn taken(&self, alignment: &Alignment) -> Vec<bool> {
        let mut taken = vec![false; self.entries().len()];
        alignment.bound.iter().for_each(|bound| taken[bound.entry] = true);
        taken
    }

    /// Binds a heading whose name is nearly that of an entry without one: a rename, not one missing and one unknown.
    fn bind_near_misses(&self, post: &Post, loose: &mut Vec<usize>, alignment: &mut Alignment) {
        if loose.len() > MOST_NEAR_MISSES {
            return;
        }
        let mut taken = self.taken(alignment);
        loose.retain(|&section| {
            let names = self.entries().iter().enumerate().filter(|(entry, _)| !taken[*entry]);
            let names = names.flat_map(|(_, entry)| entry.names());
            let Some(near) = crate::text::nearest(&post.heading_of(section).title, names) else { return true };
            let Some(entry) = self.entries().iter().position(|entry| entry.names().any(|name| name == near)) else {
                return true;
            };
            taken[entry] = true;
            alignment.bound.push(Bound { section, entry, exact: false });
            alignment.unknown.push(Unknown { section, meant: Some(entry) });
            false
        });
    }

    fn find_misplaced(&self, in_order: &[Bound], alignment: &mut Alignment) {
        let kept = |section: usize| in_order.binary_search_by_key(&section, |bound| bound.section).is_ok();
        for bound in &alignment.bound {
            if kept(bound.section) {
                continue;
            }
            let before = in_order.iter().find(|other| other.entry > bound.entry).map(|other| other.section);
            let after = in_order.iter().rev().find(|other| other.entry < bound.entry).map(|other| other.section);
            let (section, entry) = (bound.section, bound.entry);
            alignment.misplaced.push(Misplaced { section, entry, before, after });
        }
    }

    fn find_missing(&self, in_order: &[Bound], alignment: &mut Alignment) {
        let taken = self.taken(alignment);
        for (entry, schema) in self.entries().iter().enumerate() {
            if schema.required && !taken[entry] {
                let before = in_order.iter().find(|bound| bound.entry > entry).map(|bound| bound.section);
                alignment.missing.push(Missing { entry, before });
            }
        }
    }

    /// What is left is unknown; where it stands alone in the place of the one entry that is missing, it is that entry.
    fn find_unknown(&self, loose: Vec<usize>, alignment: &mut Alignment) {
        if self.others != Some(Others::Forbid) {
            return;
        }
        let gap = |section: usize| alignment.bound.partition_point(|bound| bound.section < section);
        let gaps: Vec<usize> = loose.iter().map(|&section| gap(section)).collect();
        for (section, &gap) in loose.into_iter().zip(&gaps) {
            let next = alignment.bound.get(gap).map(|bound| bound.section);
            let alone = gaps.partition_point(|&other| other <= gap) - gaps.partition_point(|&other| other < gap) == 1;
            let mut here = alignment.missing.iter().filter(|missing| missing.before == next);
            let meant = match (here.next(), here.next()) {
                (Some(missing), None) if alone => Some(missing.entry),
                _ => None,
            };
            alignment.missing.retain(|missing| Some(missing.entry) != meant);
            alignment.unknown.push(Unknown { section, meant });
        }
    }

    /// The entry that a heading names.
    fn named(&self, post: &Post, section: usize) -> Option<usize> {
        let title = &post.heading_of(section).title;
        self.entries().iter().position(|entry| entry.is_called(title))
    }
}

impl SectionSchema {
    /// The name and what else is accepted for it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.also.iter().map(String::as_str))
    }

    fn is_called(&self, title: &str) -> bool {
        let whole = |pattern: &super::schema::Pattern| {
            pattern.0.find(title).is_some_and(|found| found.range() == (0..title.len()))
        };
        self.names().any(|name| name == title) || self.pattern.as_ref().is_some_and(whole)
    }
}
