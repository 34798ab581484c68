//! The posts of a kind one after another: what is missing between them, what two of them claim, which number is wrong.
//!
//! One slip is one fault. A post with the week of the one before it leaves its own week open, and a wrong number fits
//! neither the one before nor the one behind: the fault is the smallest set of posts whose change makes the series whole.

pub(crate) mod calendar;
mod chain;
mod numbers;
mod order;
mod ranges;
mod spelled;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::schema::{Schema, TitleHeading};
use super::{Kind, Kinds};
use crate::blog::{Blog, untranslated};
use crate::parallel;
use crate::post::Head;
use crate::post::facts::Facts;

pub(crate) use numbers::{Number, Place};
pub(crate) use spelled::only_number;

/// The posts of a kind in their order.
#[derive(Debug, Default)]
pub(crate) struct Sequence {
    /// By the days that they are about, or else by their own day.
    pub members: Vec<Member>,
    /// How many days lie from the first day of one to that of the next, where they have days.
    pub period: Option<i32>,
    /// How many days after its first day of a post's days the day of the post mostly lies.
    pub delay: Option<i32>,
    faults: HashMap<Box<str>, Vec<Fault>>,
}

/// A post of a series.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// What is known of it.
    pub facts: Arc<Facts>,
    /// The first and the last day that it is about, as it says itself.
    pub days: Option<(Date, Date)>,
    /// Where it stands in the series: the first of its days, those that it was meant to have; or else its own day.
    pub position: Option<Date>,
    /// Its numbers, that of the title first.
    pub numbers: Vec<Number>,
}

/// What is wrong with a series at one of its posts. Other posts are given by their place among the members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing covers some days before this post.
    Gap { from: Date, to: Date, before: usize },
    /// Nothing covers some days, and those of this post are these in another month or year, or lie far in its future.
    Misdated { from: Date, to: Date },
    /// So many days lie between this post and the one before it, where so many are usual.
    Pause { days: i32, usual: i32, before: usize },
    /// Numbers before that of this post are missing; a day between it and the post before it.
    Missing { numbers: Vec<u64>, before: usize, between: Option<Date> },
    /// It has days that another post has; perhaps others are free.
    Overlap { other: usize, free: Option<(Date, Date)> },
    /// Other places give it another number than the first; the right one, if that can be told, and of a wrong one the post
    /// that has it.
    Disagreement { number: Number, others: Vec<Number>, right: Option<u64>, owner: Option<(u64, usize)> },
    /// Its number does not fit between those around it; the right one, if that can be told, and the post that has its
    /// number, if one has.
    WrongNumber { number: Number, right: Option<u64>, owner: Option<usize> },
    /// Its number is more than one above the last one of a post before it, though the days follow each other.
    Jump { number: Number, last: u64, before: usize },
    /// It has the title of another post, where all others have titles of their own; its number, if it can be told.
    Title { other: usize, number: Option<u64> },
}

impl Sequence {
    /// Those of a kind in a blog.
    pub(crate) fn of(kind: &Kind, kinds: &Kinds, blog: &Blog) -> Sequence {
        let features = blog.site().features;
        let is_out = |head: &Head| head.front_matter().is_some_and(|front| features.keeps_out(front));
        Sequence::of_some(&kind.schema, blog, |head| kinds.is_of(kind, head) && !is_out(head))
    }

    /// Those of some posts of a blog.
    pub(crate) fn of_some(schema: &Schema, blog: &Blog, is_wanted: impl Fn(&Head) -> bool) -> Sequence {
        let is_of = |path: &&String| blog.source(path).is_some_and(|source| is_wanted(&source.head));
        let mut known = HashSet::new();
        let posts: Vec<&String> = blog.posts().iter().filter(is_of).collect();
        let facts = parallel::of_each(&posts, |path| blog.facts(path));
        // What is said again in another language is no other part of the series.
        let firsts: Vec<bool> = posts.iter().map(|path| known.insert(untranslated(path))).collect();
        let facts = facts.into_iter().zip(firsts).filter_map(|(facts, is_first)| facts.filter(|_| is_first));
        Sequence::read(schema, of_one_language(facts.collect()))
    }

    /// Puts posts in their order, and finds what is wrong with it.
    fn read(schema: &Schema, facts: Vec<Arc<Facts>>) -> Sequence {
        let members = facts.into_iter().map(|facts| Member::read(schema, facts)).collect();
        let mut sequence = Sequence { members, ..Sequence::default() };
        let Some(series) = &schema.series else {
            ranges::arrange(schema, &mut sequence);
            return sequence;
        };
        let mut found = ranges::settle(schema, series, &mut sequence);
        let told: Vec<(usize, Fault)> = order::faults(schema, series, &sequence, &mut found);
        let mut faults: Vec<(usize, Fault)> = found.faults.into_iter().chain(told).collect();
        titles(schema, &sequence.members, &mut faults);
        for (member, fault) in faults {
            let path = sequence.members[member].facts.path.clone();
            sequence.faults.entry(path).or_default().push(fault);
        }
        sequence
    }

    /// The highest number of the last posts that have theirs in order; another course begins anew.
    pub(crate) fn highest(&self) -> Option<u64> {
        let is_wrong = |fault: &Fault| matches!(fault, Fault::WrongNumber { .. } | Fault::Disagreement { .. });
        let is_right = |member: &&Member| !self.faults_of(&member.facts.path).iter().any(is_wrong);
        let mut numbers = self.members.iter().rev().filter(is_right).filter_map(|member| member.numbers.first());
        let last = numbers.next()?;
        // What comes long after it stands before a new beginning.
        let is_near = |number: &u64| (last.last..=last.last + FEW).contains(number);
        let others = numbers.take(SEVERAL).filter(|number| number.course == last.course).map(|number| number.last);
        Some(others.filter(is_near).fold(last.last, u64::max))
    }

    /// What no post covers, in order: the first and the last day.
    pub(crate) fn gaps(&self) -> Vec<(Date, Date)> {
        let faults = self.members.iter().flat_map(|member| self.faults_of(&member.facts.path));
        let gap = |fault: &Fault| match fault {
            Fault::Gap { from, to, .. } => Some((*from, *to)),
            _ => None,
        };
        faults.filter_map(gap).collect()
    }

    /// What is wrong at a post.
    pub(crate) fn faults_of(&self, path: &str) -> &[Fault] {
        self.faults.get(path).map_or(&[], Vec::as_slice)
    }
}

impl Member {
    fn read(schema: &Schema, facts: Arc<Facts>) -> Member {
        let days = facts.range.as_ref().and_then(|range| range.dates()).filter(|(start, end)| start <= end);
        let numbers = schema.series.as_ref().map(|series| numbers::of(series, &facts)).unwrap_or_default();
        Member { days, position: days.map(|days| days.0).or(facts.day), numbers, facts }
    }
}

/// The posts in the language that most are in, where they say so.
fn of_one_language(mut facts: Vec<Arc<Facts>>) -> Vec<Arc<Facts>> {
    let mut counts: BTreeMap<Option<Box<str>>, usize> = BTreeMap::new();
    facts.iter().for_each(|facts| *counts.entry(facts.language.clone()).or_default() += 1);
    if counts.len() > 1 {
        let most = counts.into_iter().max_by_key(|(_, count)| *count).and_then(|(language, _)| language);
        facts.retain(|facts| facts.language == most || facts.language.is_none());
    }
    facts
}

/// A title that two posts have, where all others have one of their own: that of the post whose number is wrong, or else
/// of the later one. What is wrong with its number follows from it.
fn titles(schema: &Schema, members: &[Member], faults: &mut Vec<(usize, Fault)>) {
    let mut owners: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, member) in members.iter().enumerate() {
        if let Some(title) = &member.facts.title {
            owners.entry(title.text.trim()).or_default().push(at);
        }
    }
    let mut alike = owners.into_values().filter(|owners| owners.len() > 1);
    let (Some(pair), None) = (alike.next(), alike.next()) else { return };
    let &[first, second] = &pair[..] else { return };
    let has = |at: usize, wanted: fn(&Fault) -> bool| faults.iter().any(|(of, fault)| *of == at && wanted(fault));
    let is_of_number = |fault: &Fault| {
        matches!(
            fault,
            Fault::WrongNumber { .. } | Fault::Disagreement { .. } | Fault::Missing { .. } | Fault::Jump { .. }
        )
    };
    // A header that is copied whole is one slip.
    let is_overlap = |fault: &Fault| matches!(fault, Fault::Overlap { .. });
    if let Some(copy) = pair.iter().find(|&&at| has(at, is_overlap)) {
        faults.retain(|(at, fault)| at != copy || !is_of_number(fault));
        return;
    }
    if members.len() < SEVERAL {
        return;
    }
    // Where H1 and title must be the same, that they are not is told.
    let is_told = |at: usize| {
        let Facts { title, heading, .. } = &*members[at].facts;
        let both = heading.as_ref().zip(title.as_ref()).filter(|_| schema.title_heading == Some(TitleHeading::Same));
        both.is_some_and(|(heading, title)| heading.text.trim() != title.text.trim())
    };
    let is_off = |at: usize| has(at, is_of_number) || is_told(at);
    let (copy, other) = if is_off(first) && !is_off(second) { (first, second) } else { (second, first) };
    let number = faults.iter().filter(|(at, _)| *at == copy).find_map(|(_, fault)| match fault {
        Fault::WrongNumber { right, .. } | Fault::Disagreement { right, .. } => *right,
        _ => None,
    });
    faults.retain(|(at, fault)| *at != copy || !is_of_number(fault));
    if is_told(copy) {
        return;
    }
    faults.push((copy, Fault::Title { other, number }));
}

/// A post that is written late comes so many numbers after its own.
const FEW: u64 = 3;

/// Of fewer posts nobody knows what they are used to.
const SEVERAL: usize = 4;
