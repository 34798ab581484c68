//! `rules/misplaced-section.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::kinds::sections::{Alignment, Bound};
use crate::post::Post;
use crate::post::sections::Section;
use crate::text::Span;

/// One finding for each section that has to move; two that have changed places are one.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, all) = (context.post, context.alignments());
    all.iter().for_each(|alignment| check_list(post, &Moving { post, alignment, all }, findings));
}

fn check_list(post: &Post, moving: &Moving, findings: &mut Findings) {
    let mut swaps = moving.swaps();
    for misplaced in &moving.alignment.misplaced {
        let heading = post.heading_of(misplaced.section);
        let name = format!("`{}`", heading.title);
        if let Some(other) = misplaced.swapped_with {
            let other = post.heading_of(other);
            let message = format!("{name} and `{}` have changed places", other.title);
            let finding = findings.at(heading.span, message);
            finding.label(other.span, "this one comes first").help("change them back, each with all below it");
            if let Some(edits) = swaps.take() {
                finding.unsafe_fix("put the sections in order", edits);
            }
            continue;
        }
        let (side, next) = match (misplaced.before, misplaced.after) {
            (Some(next), _) => ("before", next),
            (None, Some(previous)) => ("after", previous),
            (None, None) => continue,
        };
        let edits = moving.shift(misplaced.section, next, side == "before");
        let next = post.heading_of(next);
        let finding = findings.at(heading.span, format!("{name} belongs {side} `{}`", next.title));
        finding.label(next.span, format!("{side} this")).help("move it, with all below it");
        if let Some(edits) = edits {
            finding.unsafe_fix(format!("move it {side} `{}`", next.title), edits);
        }
    }
}

/// Moves sections of a post; they are told by their indices.
struct Moving<'p> {
    post: &'p Post<'p>,
    alignment: &'p Alignment<'p>,
    /// Those of the lists within as well.
    all: &'p [Alignment<'p>],
}

impl<'p> Moving<'p> {
    /// The edits that change all pairs back, if all can be moved.
    fn swaps(&self) -> Option<Vec<Edit>> {
        let put = |here: &Section, that: &Section| Edit::new(here.span, &self.post.text[that.span]);
        let mut edits = Vec::new();
        for misplaced in &self.alignment.misplaced {
            let (one, other) = self.apart(misplaced.section, misplaced.swapped_with?)?;
            edits.extend([put(one, other), put(other, one)]);
        }
        edits.sort_by_key(|edit| edit.span.start);
        Some(edits)
    }

    /// Takes a section out, with the blank lines on one side of it, and puts it before or after another.
    fn shift(&self, section: usize, other: usize, before: bool) -> Option<Vec<Edit>> {
        let (section, other) = self.apart(section, other)?;
        let text = &self.post.text[section.span];
        let put = match before {
            true => Edit::insert(other.span.start, format!("{text}\n\n")),
            false => Edit::insert(other.span.end, format!("\n\n{text}")),
        };
        let mut edits = vec![Edit::new(with_gap(self.post.text, &section.span), ""), put];
        edits.sort_by_key(|edit| edit.span.start);
        Some(edits)
    }

    /// Two sections, if they can be moved around each other: neither is part of the other, no section of the list is part
    /// of them, and all sections within them are.
    fn apart(&self, one: usize, other: usize) -> Option<(&'p Section, &'p Section)> {
        let [one, other] = [one, other].map(|index| (index, &self.post.sections[index]));
        let is_whole = |(index, section): (usize, &Section)| {
            let after = self.alignment.bound.partition_point(|bound| bound.section <= index);
            let start = |bound: &Bound| self.post.sections[bound.section].span.start;
            let next = self.alignment.bound.get(after).map(start);
            let inner = after.checked_sub(1).and_then(|own| self.alignment.bound[own].inner);
            let last = inner.and_then(|inner| self.all[inner].bound.last().map(start));
            let end = section.span.end;
            section.stands_apart(self.post) && next.is_none_or(|next| end <= next) && last.is_none_or(|last| last < end)
        };
        let disjoint = one.1.span.end <= other.1.span.start || other.1.span.end <= one.1.span.start;
        (disjoint && one.1.level == other.1.level && is_whole(one) && is_whole(other)).then_some((one.1, other.1))
    }
}

/// A section with the blank lines below it; at the end of the file, with those above it.
fn with_gap(text: &str, section: &Span) -> Span {
    match text[section.end..].trim_start() {
        "" => Span::new(text[..section.start].trim_end().len(), section.end),
        next => Span::new(section.start, text.len() - next.len()),
    }
}
