//! The sections of a post held against those of its kind.
//!
//! Findings are minimal: headings are bound to the list by name, then the longest run of them that is in order stays
//! where it is (the longest common subsequence of post and list), so that one section moved is one finding. Sections
//! that only have changed places in pairs are told as pairs.
//!
//! A list of sections within a section is held against what stands from its heading up to the next one that the list
//! above binds, or that is of its level. So each heading is asked of one list only ([`nesting`]).

mod nesting;

use std::ops::Range;

use super::ordered::longest_in_order;
use super::schema::{Others, SectionSchema, SectionsSchema};
use crate::post::Post;
use crate::text::{Span, is_east_asian};

/// How the sections of a post, or those within one of them, fit a list of its kind. Sections are indices of
/// [`Post::sections`], entries those of the list.
#[derive(Debug)]
pub(crate) struct Alignment<'k> {
    /// The list.
    pub schema: &'k SectionsSchema,
    /// The level of its headings.
    pub level: u8,
    /// The section that the list is for; the whole post without one.
    pub within: Option<usize>,
    /// The sections that are held against it.
    pub range: Range<usize>,
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
    /// Sections that are left to the lists within, in order.
    left: Vec<usize>,
    /// Where the heading begins that is the post's title.
    title: Option<usize>,
}

/// A section that is an entry of the list.
#[derive(Debug, Clone)]
pub(crate) struct Bound {
    pub section: usize,
    pub entry: usize,
    /// The alignment of the list within it.
    pub inner: Option<usize>,
}

/// An entry that is not there.
#[derive(Debug)]
pub(crate) struct Missing {
    pub entry: usize,
    /// The section it belongs before; `None` at the end.
    pub before: Option<usize>,
    /// Whether that is one of those that belong into it.
    pub has_parts: bool,
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

impl SectionsSchema {
    /// The entries.
    pub(crate) fn entries(&self) -> &[SectionSchema] {
        self.list.as_deref().unwrap_or_default()
    }

    /// The names, as a message lists them.
    pub(crate) fn names(&self) -> String {
        crate::text::listed(self.entries().iter().map(|entry| &entry.name))
    }

    /// Binds the sections of a post to the entries and says what is left over on both sides: of this list, then of those
    /// within its sections.
    pub(crate) fn align(&self, post: &Post) -> Vec<Alignment<'_>> {
        nesting::align(self, post)
    }

    /// A section as it is before anyone writes it: its heading, then the sections that must be in it, else the placeholder.
    pub(crate) fn draft(&self, entry: &SectionSchema, level: u8) -> String {
        let within = entry.sections.as_ref();
        let parts = within.into_iter().flat_map(|list| {
            let required = list.entries().iter().filter(|part| part.required);
            required.map(|part| list.draft(part, list.level_below(level)))
        });
        let mut below: Vec<String> = parts.collect();
        if below.is_empty() {
            below
                .extend(self.placeholder.as_deref().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()));
        }
        let heading = format!("{} {}", "#".repeat(level.into()), entry.name);
        std::iter::once(heading).chain(below).collect::<Vec<_>>().join("\n\n")
    }

    /// The entry that a heading names.
    fn named(&self, title: &str) -> Option<usize> {
        self.entries().iter().position(|entry| entry.is_called(title))
    }
}

impl<'k> Alignment<'k> {
    fn new(
        schema: &'k SectionsSchema,
        level: u8,
        within: Option<usize>,
        range: Range<usize>,
        title: Option<usize>,
    ) -> Self {
        let (bound, missing, misplaced) = (Vec::new(), Vec::new(), Vec::new());
        let (unknown, duplicate, left) = (Vec::new(), Vec::new(), Vec::new());
        Alignment { schema, level, within, range, bound, missing, misplaced, unknown, duplicate, left, title }
    }

    /// The entries of the list.
    fn entries(&self) -> &'k [SectionSchema] {
        self.schema.entries()
    }

    /// Binds what it can, if anything is listed; `near_misses` is how many headings without a name may still be looked at.
    fn bind(mut self, post: &Post, near_misses: &mut usize) -> Option<Self> {
        if self.entries().is_empty() {
            return None;
        }
        let mut loose = self.bind_by_name(post);
        self.leave_to_lists_within(post, &mut loose);
        self.bind_wrong_levels(post);
        self.bind_near_misses(post, &mut loose, near_misses);
        self.bound.sort_by_key(|bound| bound.section);
        let repeats = |bound: &Bound| self.entries()[bound.entry].repeat;
        let in_order: Vec<Bound> = longest_in_order(&self.bound, |bound| bound.entry, repeats).cloned().collect();
        self.find_duplicates(&in_order);
        self.find_misplaced(&in_order);
        self.find_missing(post, &in_order);
        self.find_unknown(loose, &in_order);
        Some(self)
    }

    /// Binds headings of the right level that an entry names; gives those that none does.
    fn bind_by_name(&mut self, post: &Post) -> Vec<usize> {
        // A list of H1 that speaks of the title of the text means it, where no front matter has another.
        let is_listed = |title: &str| post.title().is_none() && self.schema.named(title).is_some();
        let is_title = |section: usize| {
            Some(post.sections[section].span.start) == self.title && !is_listed(&post.heading_of(section).title)
        };
        let mut loose = Vec::new();
        for section in self.range.clone() {
            if post.sections[section].level == self.level && !is_title(section) {
                match self.schema.named(&post.heading_of(section).title) {
                    Some(entry) => self.bound.push(Bound::new(section, entry)),
                    None => loose.push(section),
                }
            }
        }
        loose
    }

    /// Binds headings of another level, where their entry has no heading of the right one.
    fn bind_wrong_levels(&mut self, post: &Post) {
        let mut taken = self.taken();
        let mut levels = Vec::new();
        for required in [true, false] {
            for section in self.range.clone() {
                let found = &post.sections[section];
                if found.level == self.level || Some(found.span.start) == self.title || self.leaves(section) {
                    continue;
                }
                let named = self.schema.named(&post.heading_of(section).title);
                let Some(entry) = named.filter(|&entry| !taken[entry]) else { continue };
                let meant = required || levels.contains(&found.level) || is_lone(post, section);
                if self.entries()[entry].required == required && meant {
                    taken[entry] = true;
                    levels.push(found.level);
                    self.bound.push(Bound::new(section, entry));
                }
            }
        }
    }

    fn taken(&self) -> Vec<bool> {
        let mut taken = vec![false; self.entries().len()];
        self.bound.iter().for_each(|bound| taken[bound.entry] = true);
        taken
    }

    /// Binds a heading whose name is nearly that of an entry without one: a rename, not one missing and one unknown.
    fn bind_near_misses(&mut self, post: &Post, loose: &mut Vec<usize>, near_misses: &mut usize) {
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

    /// Of several sections of one entry, the one in order stays, or the first.
    fn find_duplicates(&mut self, in_order: &[Bound]) {
        let entries = self.entries();
        let mut kept: Vec<Option<usize>> = vec![None; entries.len()];
        for bound in in_order.iter().chain(&self.bound) {
            kept[bound.entry].get_or_insert(bound.section);
        }
        self.bound.retain(|&Bound { section, entry, .. }| {
            let stays = entries[entry].repeat || kept[entry] == Some(section);
            if !stays {
                self.duplicate.push(Duplicate { section, kept: kept[entry].unwrap_or(section) });
            }
            stays
        });
    }

    fn find_misplaced(&mut self, in_order: &[Bound]) {
        let moved = self.bound.len() - in_order.len();
        if let Some(pairs) = swapped_pairs(&self.bound).filter(|pairs| pairs.len() <= moved) {
            self.misplaced.extend(pairs.into_iter().map(|(first, second)| Misplaced {
                section: first.section,
                before: None,
                after: Some(second.section),
                swapped_with: Some(second.section),
            }));
            return;
        }
        let kept = |section: usize| in_order.binary_search_by_key(&section, |bound| bound.section).is_ok();
        for &Bound { section, entry, .. } in self.bound.iter().filter(|bound| !kept(bound.section)) {
            let at = |place: usize| in_order.get(place).map(|other| other.section);
            let before = at(in_order.partition_point(|other| other.entry <= entry));
            let after = in_order.partition_point(|other| other.entry < entry).checked_sub(1).and_then(at);
            self.misplaced.push(Misplaced { section, before, after, swapped_with: None });
        }
    }

    fn find_missing(&mut self, post: &Post, in_order: &[Bound]) {
        let taken = self.taken();
        for (entry, schema) in self.entries().iter().enumerate() {
            if schema.required && !taken[entry] {
                let place = in_order.partition_point(|bound| bound.entry < entry);
                let before = in_order.get(place).map(|bound| bound.section);
                let after = place.checked_sub(1).map(|place| in_order[place].section);
                let part = self.first_part(post, entry, after, before);
                self.missing.push(Missing { entry, before: part.or(before), has_parts: part.is_some() });
            }
        }
    }

    /// What is left is unknown; where as many stand in a gap as are missing there, they are those, by another name.
    fn find_unknown(&mut self, loose: Vec<usize>, in_order: &[Bound]) {
        let of_another_kind = in_order.is_empty() && self.missing.len() > 1;
        if self.schema.others != Some(Others::Forbid) || of_another_kind {
            return;
        }
        let next = |section: usize| {
            let place = in_order.partition_point(|bound| bound.section < section);
            in_order.get(place).map(|bound| bound.section)
        };
        for gap in loose.chunk_by(|&one, &other| next(one) == next(other)) {
            let here = |missing: &Missing| missing.before == next(gap[0]);
            let mut meant = self.missing.iter().filter(|missing| here(missing)).map(|missing| Some(missing.entry));
            let renamed = meant.clone().count() == gap.len();
            let unknown = gap.iter().map(|&section| {
                let meant = if renamed { meant.next().flatten() } else { None };
                Unknown { section, meant }
            });
            self.unknown.extend(unknown.collect::<Vec<_>>());
            self.missing.retain(|missing| !(renamed && here(missing)));
        }
    }

    /// Where a section that is missing at the end belongs: below the last line of the post, or of the section around it.
    pub(crate) fn last_line(&self, post: &Post) -> Span {
        let Some(within) = self.within else { return post.last_line() };
        let end = post.sections.get(self.range.end).map_or(post.text.len(), |next| next.span.start);
        post.last_line_of(Span::new(post.sections[within].span.start, end))
    }

    /// What an entry is called.
    pub(crate) fn name(&self, entry: usize) -> &'k str {
        &self.entries()[entry].name
    }

    /// The heading of an entry.
    pub(crate) fn heading(&self, entry: usize) -> String {
        format!("{} {}", self.marker(), self.name(entry))
    }

    /// The section of an entry as it is before anyone writes it.
    pub(crate) fn draft(&self, entry: usize) -> String {
        self.schema.draft(&self.entries()[entry], self.level)
    }

    /// What is before its headings.
    pub(crate) fn marker(&self) -> String {
        "#".repeat(self.level.into())
    }

    /// What has the sections: the kind, or the section around them.
    pub(crate) fn owner(&self, post: &Post, kind: &str) -> String {
        match self.within {
            Some(within) => format!("`{}`", post.heading_of(within).title),
            None => format!("the kind `{kind}`"),
        }
    }
}

impl Bound {
    fn new(section: usize, entry: usize) -> Self {
        Bound { section, entry, inner: None }
    }
}

impl SectionSchema {
    /// The name and what else is accepted for it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.also.iter().map(String::as_str))
    }

    pub(crate) fn is_called(&self, title: &str) -> bool {
        self.names().any(|name| name == title) || self.pattern.as_ref().is_some_and(|pattern| pattern.0.is_match(title))
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

/// The pairs that have changed places, if all that is out of order are such pairs.
fn swapped_pairs(bound: &[Bound]) -> Option<Vec<(&Bound, &Bound)>> {
    let mut sorted: Vec<usize> = (0..bound.len()).collect();
    sorted.sort_by_key(|&index| bound[index].entry);
    let in_pairs = sorted.iter().enumerate().all(|(place, &index)| sorted[index] == place);
    let pairs = sorted.iter().enumerate().filter(|&(place, &index)| place < index);
    in_pairs.then(|| pairs.map(|(place, &index)| (&bound[place], &bound[index])).collect())
}
