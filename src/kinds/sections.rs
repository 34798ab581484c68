//! The sections of a post held against those of its kind.
//!
//! Findings are minimal: headings are bound to the list by name, then the longest run of them that is in order stays
//! where it is (the longest common subsequence of post and list), so that one section moved is one finding. Sections
//! that only have changed places in pairs are told as pairs.

use super::ordered::longest_in_order;
use super::schema::{Others, SectionSchema, SectionsSchema};
use crate::post::Post;
use crate::post::sections::Section;

/// How the sections of a post fit its kind. Sections are indices of [`Post::sections`], entries of the kind's list.
#[derive(Debug, Default)]
pub(crate) struct Alignment {
    /// Sections with the entry each one is, in the order of the post.
    pub bound: Vec<Bound>,
    /// Entries that must be there and are not, each with the section it belongs before.
    pub missing: Vec<Missing>,
    /// Sections out of order.
    pub misplaced: Vec<Misplaced>,
    /// Sections that no entry names.
    pub unknown: Vec<Unknown>,
    /// Sections of an entry that another section is already.
    pub duplicate: Vec<Duplicate>,
}

/// A section that is an entry of the list.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub section: usize,
    pub entry: usize,
}

/// An entry that is not there.
#[derive(Debug)]
pub(crate) struct Missing {
    pub entry: usize,
    /// The section it belongs before; `None` at the end.
    pub before: Option<usize>,
}

/// A section out of order.
#[derive(Debug)]
pub(crate) struct Misplaced {
    pub section: usize,
    /// The section in order that it belongs before; `None` after all others.
    pub before: Option<usize>,
    /// The section in order that it belongs after, where it belongs before none.
    pub after: Option<usize>,
    /// The section that stands where this one belongs, and belongs here.
    pub swapped_with: Option<usize>,
}

/// A section that no entry names.
#[derive(Debug)]
pub(crate) struct Unknown {
    pub section: usize,
    /// The entry it was probably meant to be.
    pub meant: Option<usize>,
}

/// A section that is there twice.
#[derive(Debug)]
pub(crate) struct Duplicate {
    pub section: usize,
    /// The one in the right place, or the first.
    pub kept: usize,
}

/// Beyond so many headings without a name, near misses are not looked for.
const MOST_NEAR_MISSES: usize = 200;

impl SectionsSchema {
    /// The entries.
    pub(crate) fn entries(&self) -> &[SectionSchema] {
        self.list.as_deref().unwrap_or_default()
    }

    /// The names, as a message lists them.
    pub(crate) fn names(&self) -> String {
        crate::text::listed(self.entries().iter().map(|entry| &entry.name))
    }

    /// The level of the headings.
    pub(crate) fn heading_level(&self) -> u8 {
        self.level.unwrap_or(2)
    }

    /// Binds the sections of a post to the entries and says what is left over on both sides.
    pub(crate) fn align(&self, post: &Post) -> Alignment {
        let mut alignment = Alignment::default();
        if self.entries().is_empty() {
            return alignment;
        }
        let mut loose = self.bind_by_name(post, &mut alignment);
        self.bind_wrong_levels(post, &mut alignment);
        self.bind_near_misses(post, &mut loose, &mut alignment);
        alignment.bound.sort_by_key(|bound| bound.section);
        let repeats = |bound: &Bound| self.entries()[bound.entry].repeat;
        let in_order: Vec<Bound> = longest_in_order(&alignment.bound, |bound| bound.entry, repeats).cloned().collect();
        self.find_duplicates(&in_order, &mut alignment);
        self.find_misplaced(&in_order, &mut alignment);
        self.find_missing(&in_order, &mut alignment);
        self.find_unknown(loose, &in_order, &mut alignment);
        alignment
    }

    /// Binds headings of the right level that an entry names; gives those that none does.
    fn bind_by_name(&self, post: &Post, alignment: &mut Alignment) -> Vec<usize> {
        let mut loose = Vec::new();
        for (section, _) in self.candidates(post) {
            match self.named(post, section) {
                Some(entry) => alignment.bound.push(Bound { section, entry }),
                None => loose.push(section),
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
        let title = post.title_heading().map(|heading| heading.span.start);
        let mut taken = self.taken(alignment);
        let mut levels = Vec::new();
        for required in [true, false] {
            for (section, found) in post.sections.iter().enumerate() {
                if found.level == self.heading_level() || Some(found.span.start) == title {
                    continue;
                }
                let Some(entry) = self.named(post, section).filter(|&entry| !taken[entry]) else { continue };
                let meant = required || levels.contains(&found.level) || is_lone(post, section);
                if self.entries()[entry].required == required && meant {
                    taken[entry] = true;
                    levels.push(found.level);
                    alignment.bound.push(Bound { section, entry });
                }
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
            alignment.bound.push(Bound { section, entry });
            alignment.unknown.push(Unknown { section, meant: Some(entry) });
            false
        });
    }

    /// Of several sections of one entry, the one in order stays, or the first.
    fn find_duplicates(&self, in_order: &[Bound], alignment: &mut Alignment) {
        let mut kept: Vec<Option<usize>> = vec![None; self.entries().len()];
        for bound in in_order.iter().chain(&alignment.bound) {
            kept[bound.entry].get_or_insert(bound.section);
        }
        alignment.bound.retain(|&Bound { section, entry, .. }| {
            let stays = self.entries()[entry].repeat || kept[entry] == Some(section);
            if !stays {
                alignment.duplicate.push(Duplicate { section, kept: kept[entry].unwrap_or(section) });
            }
            stays
        });
    }

    fn find_misplaced(&self, in_order: &[Bound], alignment: &mut Alignment) {
        let moved = alignment.bound.len() - in_order.len();
        if let Some(pairs) = swapped_pairs(&alignment.bound).filter(|pairs| pairs.len() <= moved) {
            alignment.misplaced.extend(pairs.into_iter().map(|(first, second)| Misplaced {
                section: first.section,
                before: None,
                after: Some(second.section),
                swapped_with: Some(second.section),
            }));
            return;
        }
        let kept = |section: usize| in_order.binary_search_by_key(&section, |bound| bound.section).is_ok();
        for &Bound { section, entry, .. } in alignment.bound.iter().filter(|bound| !kept(bound.section)) {
            let at = |place: usize| in_order.get(place).map(|other| other.section);
            let before = at(in_order.partition_point(|other| other.entry <= entry));
            let after = in_order.partition_point(|other| other.entry < entry).checked_sub(1).and_then(at);
            alignment.misplaced.push(Misplaced { section, before, after, swapped_with: None });
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

    /// What is left is unknown; where as many stand in a gap as are missing there, they are those, by another name.
    fn find_unknown(&self, loose: Vec<usize>, in_order: &[Bound], alignment: &mut Alignment) {
        let of_another_kind = in_order.is_empty() && alignment.missing.len() > 1;
        if self.others != Some(Others::Forbid) || of_another_kind {
            return;
        }
        let next = |section: usize| {
            let place = in_order.partition_point(|bound| bound.section < section);
            in_order.get(place).map(|bound| bound.section)
        };
        for gap in loose.chunk_by(|&one, &other| next(one) == next(other)) {
            let here = |missing: &Missing| missing.before == next(gap[0]);
            let mut meant = alignment.missing.iter().filter(|missing| here(missing)).map(|missing| Some(missing.entry));
            let renamed = meant.clone().count() == gap.len();
            let unknown = gap.iter().map(|&section| {
                let meant = if renamed { meant.next().flatten() } else { None };
                Unknown { section, meant }
            });
            alignment.unknown.extend(unknown.collect::<Vec<_>>());
            alignment.missing.retain(|missing| !(renamed && here(missing)));
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
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.also.iter().map(String::as_str))
    }

    fn is_called(&self, title: &str) -> bool {
        self.names().any(|name| name == title) || self.pattern.as_ref().is_some_and(|pattern| pattern.0.is_match(title))
    }
}

/// A lone subheading at the end of its section; of several, one that is called `links` is a topic among others.
fn is_lone(post: &Post, section: usize) -> bool {
    let level = post.sections[section].level;
    let around = [section.checked_sub(1), Some(section + 1)];
    around.into_iter().flatten().filter_map(|next| post.sections.get(next)).all(|next| next.level < level)
}

/// The pairs that have changed places, if all that is out of order are such pairs.
fn swapped_pairs(bound: &[Bound]) -> Option<Vec<(&Bound, &Bound)>> {
    let mut sorted: Vec<usize> = (0..bound.len()).collect();
    sorted.sort_by_key(|&index| bound[index].entry);
    let in_pairs = sorted.iter().enumerate().all(|(place, &index)| sorted[index] == place);
    let pairs = sorted.iter().enumerate().filter(|&(place, &index)| place < index);
    in_pairs.then(|| pairs.map(|(place, &index)| (&bound[place], &bound[index])).collect())
}
