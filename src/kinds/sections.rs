//! The sections of a post held against those of its kind.
//!
//! Findings are minimal: headings are bound to the list by name, then the longest run of them that is in order stays
//! where it is (the longest common subsequence of post and list), so that one section moved is one finding. Sections
//! that only have changed places in pairs are told as pairs.
//!
//! A list of sections within a section is held against what stands from its heading up to the next one that the list
//! above binds, or that is of its level. So each heading is asked of one list only ([`nesting`]).
//!
//! A post whose headings are all one level off is well but for that: it is held against the list at the level that its
//! headings have ([`binding`]), and what is off together is told, and moved, together ([`levels`]).

mod binding;
mod levels;
mod nesting;

use std::ops::Range;

use super::ordered::longest_in_order;
use super::schema::{Others, SectionSchema, SectionsSchema};
use crate::post::Post;
use crate::text::Span;

pub(crate) use levels::{OffLevel, off_levels};

/// How the sections of a post, or those within one of them, fit a list of its kind. Sections are indices of
/// [`Post::sections`], entries those of the list.
#[derive(Debug)]
pub(crate) struct Alignment<'k> {
    /// The list.
    pub schema: &'k SectionsSchema,
    /// The level of its headings.
    pub level: u8,
    /// The level that they have in this post, where all of them are off together.
    pub found: u8,
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
    /// The entry that each section of the range is called as.
    named: Vec<Option<usize>>,
    /// What stands below a heading that is put there, where the list does not say.
    placeholder: Option<&'k str>,
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

    /// A section as it is before anyone writes it: its heading, then the sections that must be in it, else the placeholder,
    /// which is that of the list around where this one has none.
    fn draft(&self, entry: &SectionSchema, level: u8, around: Option<&str>) -> String {
        let placeholder = self.placeholder.as_deref().or(around);
        let within = entry.sections.as_ref();
        let parts = within.into_iter().flat_map(|list| {
            let required = list.entries().iter().filter(|part| part.required);
            required.map(|part| list.draft(part, list.level_below(level), placeholder))
        });
        let mut below: Vec<String> = parts.collect();
        if below.is_empty() {
            below.extend(placeholder.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()));
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
    fn new(schema: &'k SectionsSchema, level: u8, range: Range<usize>, title: Option<usize>) -> Self {
        let (bound, missing, misplaced) = (Vec::new(), Vec::new(), Vec::new());
        let (unknown, duplicate, left, named) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let placeholder = schema.placeholder.as_deref();
        let (within, found) = (None, level);
        Alignment {
            schema,
            level,
            found,
            within,
            range,
            bound,
            missing,
            misplaced,
            unknown,
            duplicate,
            left,
            named,
            placeholder,
            title,
        }
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
        self.named = self.range.clone().map(|section| self.schema.named(&post.heading_of(section).title)).collect();
        self.found = self.level_in(post);
        self.title = self.title.or_else(|| self.raised_title(post));
        let mut loose = self.bind_by_name(post);
        self.leave_to_lists_within(post, &mut loose);
        if self.bind_wrong_levels(post) {
            self.leave_to_lists_within(post, &mut loose);
        }
        // What a list within names is no other word for a section of this one.
        let strays =
            loose.extract_if(.., |section| self.schema.knows_below(&post.heading_of(*section).title)).collect();
        self.bind_near_misses(post, &mut loose, near_misses);
        self.bound.sort_by_key(|bound| bound.section);
        let repeats = |bound: &Bound| self.entries()[bound.entry].repeat;
        let in_order: Vec<Bound> = longest_in_order(&self.bound, |bound| bound.entry, repeats).cloned().collect();
        self.find_duplicates(&in_order);
        self.find_misplaced(&in_order);
        self.find_missing(post, &in_order);
        self.find_unknown(loose, strays, &in_order);
        Some(self)
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
    fn find_unknown(&mut self, loose: Vec<usize>, strays: Vec<usize>, in_order: &[Bound]) {
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
        self.unknown.extend(strays.into_iter().map(|section| Unknown { section, meant: None }));
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
        self.schema.draft(&self.entries()[entry], self.level, self.placeholder)
    }

    /// Whether its headings are all off: what is put between them would not be.
    pub(crate) fn is_off(&self) -> bool {
        self.found != self.level
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

/// The pairs that have changed places, if all that is out of order are such pairs.
fn swapped_pairs(bound: &[Bound]) -> Option<Vec<(&Bound, &Bound)>> {
    let mut sorted: Vec<usize> = (0..bound.len()).collect();
    sorted.sort_by_key(|&index| bound[index].entry);
    let in_pairs = sorted.iter().enumerate().all(|(place, &index)| sorted[index] == place);
    let pairs = sorted.iter().enumerate().filter(|&(place, &index)| place < index);
    in_pairs.then(|| pairs.map(|(place, &index)| (&bound[place], &bound[index])).collect())
}
