//! What is wrong with the numbers of a series.

use std::collections::{HashMap, HashSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::chain::{Chain, Entry, Step};
use super::numbers::{Number, Place, may_count};
use super::ranges::{Found, rested};
use super::spelled::{has_number, only_number};
use super::{Fault, Member, Sequence};
use crate::kinds::schema::{Schema, Series, TitleHeading};
use crate::post::telling_name;
use crate::syntax::dates::days_between;

/// What is wrong with the numbers of a series. Of posts with the same days it says again which one is too many.
pub(super) fn faults(schema: &Schema, series: &Series, sequence: &Sequence, found: &mut Found) -> Vec<(usize, Fault)> {
    let mut chain = chain(sequence);
    if !found.surplus.is_empty() {
        swap_surplus(&chain, found);
        let surplus: HashSet<usize> = found.surplus.iter().copied().collect();
        chain.entries.retain(|entry| !surplus.contains(&entry.member));
        chain = Chain::of(chain.entries, sequence.period);
    }
    let is_series = chain.is_series();
    let is_same_heading = schema.title_heading == Some(TitleHeading::Same);
    let owners = Owners::of(&chain.entries, &sequence.members);
    let mut faults = Vec::new();
    for (at, entry) in chain.entries.iter().enumerate() {
        let right = chain.right(at).filter(|_| is_series);
        let number = *entry.choices[0];
        let owner = |number: u64| owners.other(number, at).map(|owner| chain.entries[owner].member);
        // Where H1 and title must be the same, that they are not is told.
        let is_told = |number: &Number| is_same_heading && number.place == Place::Heading;
        let others: Vec<Number> =
            entry.choices[1..].iter().map(|other| **other).filter(|other| !is_told(other)).collect();
        if !others.is_empty() {
            let mut all = entry.choices.iter().map(|number| number.first);
            let wrong = all.find(|number| right.is_some_and(|right| right != *number));
            let owner = wrong.and_then(|wrong| Some((wrong, owner(wrong)?)));
            faults.push((entry.member, Fault::Disagreement { number, others, right, owner }));
        } else if is_series && entry.choices.len() == 1 && chain.kept(at).is_none() && !is_late(&chain, &owners, at) {
            faults.push(wrong_number(&chain, &owners, at, right));
        }
    }
    if is_series {
        let gaps = found.faults.iter().filter(|(_, fault)| matches!(fault, Fault::Gap { .. }));
        let behind_gaps: HashSet<usize> = gaps.map(|(at, _)| *at).collect();
        let steps = chain.steps().into_iter().filter(|step| !behind_gaps.contains(&step.to.0.member));
        let told = |step: Step| Some((step.to.0.member, skipped(&step, series, sequence, (&owners, found.by_days))?));
        faults.extend(steps.filter_map(told));
    }
    faults
}

/// The posts in the order of their days, or in that of their own days where more numbers fit so: then their days are wrong.
fn chain(sequence: &Sequence) -> Chain<'_> {
    let by_days = Chain::of(entries(&sequence.members, |member| member.position), sequence.period);
    if by_days.is_whole() {
        return by_days;
    }
    let mut own = entries(&sequence.members, |member| member.facts.day);
    own.sort_by_key(|entry| (entry.position, entry.member));
    let by_own = Chain::of(own, sequence.period);
    if by_own.is_better(&by_days) { by_own } else { by_days }
}

/// The posts that have numbers, with those of other places that count. Where most have a place in time, others are left out.
fn entries<'s>(members: &'s [Member], position: impl Fn(&Member) -> Option<Date>) -> Vec<Entry<'s>> {
    let may_count = may_count(members);
    let entry = |(member, of): (usize, &'s Member)| {
        let (main, others) = of.numbers.split_first()?;
        let is_other = |other: &&Number| !other.is(main) && may_count(main, other);
        let choices = std::iter::once(main).chain(others.iter().filter(is_other)).collect();
        Some(Entry { member, position: position(of), choices })
    };
    let mut entries: Vec<Entry> = members.iter().enumerate().filter_map(entry).collect();
    let placed = entries.iter().filter(|entry| entry.position.is_some()).count();
    if placed * 2 > entries.len() {
        entries.retain(|entry| entry.position.is_some());
    }
    entries
}

/// Whether a post out of order has the number that is left open before it: it was only written late.
fn is_late(chain: &Chain, owners: &Owners, at: usize) -> bool {
    let number = chain.entries[at].choices[0];
    let is_open = owners.other(number.first, at).is_none();
    let before = (0..at).rev().find_map(|at| chain.kept(at));
    is_open && before.is_some_and(|before| before.first > number.last)
}

/// A number that does not fit. Of the two that open a series with one number, the second is told.
fn wrong_number(chain: &Chain, owners: &Owners, at: usize, right: Option<u64>) -> (usize, Fault) {
    let entry = |at: usize| (chain.entries[at].member, *chain.entries[at].choices[0]);
    let (member, number) = entry(at);
    let owner = owners.other(number.first, at);
    let is_first = (0..at).all(|before| chain.kept(before).is_none());
    match owner.filter(|owner| *owner > at && is_first).map(entry) {
        Some((later, number)) => (later, Fault::WrongNumber { number, right: None, owner: Some(member) }),
        None => (member, Fault::WrongNumber { number, right, owner: owner.map(|owner| chain.entries[owner].member) }),
    }
}

/// What to say of numbers that are left out from one post to the next.
fn skipped(step: &Step, series: &Series, sequence: &Sequence, (owners, by_days): (&Owners, bool)) -> Option<Fault> {
    let (from, to) = (step.from.0, step.to.0);
    let days = from.position.zip(to.position);
    let rested = days.map_or(0, |days| rested(series, days, sequence.period));
    let missing = u64::try_from(step.rise() - step.apart() - rested).ok().filter(|missing| *missing > 0)?;
    let mut open = (step.to.1.first - missing..step.to.1.first).take(MOST_NAMED).filter(|&number| !owners.has(number));
    if !series.is_contiguous() || by_days {
        open.next()?;
        let jump = Fault::Jump { number: *step.to.1, last: step.from.1.last, before: from.member };
        return (!step.fits()).then_some(jump);
    }
    let is_named = |number: u64| {
        let facts = [from, to].map(|entry| &sequence.members[entry.member].facts);
        facts.iter().any(|facts| {
            let texts = [&facts.title, &facts.heading].into_iter().flatten().map(|words| &*words.text);
            texts.chain([telling_name(&facts.path)]).any(|text| has_number(text, number))
        })
    };
    let numbers: Vec<u64> = open.filter(|&number| !is_named(number)).collect();
    let half = |(from, to)| i64::from(days_between(from, to) / 2);
    let between = days.filter(|days| half(*days) > 0).and_then(|days| days.0.checked_add(half(days).days()).ok());
    (!numbers.is_empty()).then_some(Fault::Missing { numbers, before: from.member, between })
}

/// Of more numbers that are left out, not all are looked for.
const MOST_NAMED: usize = 100;

/// Who has which number.
struct Owners {
    /// The posts with a number, by their place among all that have one.
    by_number: HashMap<u64, Vec<usize>>,
    /// All numbers that some post has, wherever, and those in the names of posts that say none.
    said: HashSet<u64>,
}

impl Owners {
    fn of(entries: &[Entry], members: &[Member]) -> Owners {
        let mut by_number: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            let Number { first, last, .. } = *entry.choices[0];
            (first..=last).for_each(|number| by_number.entry(number).or_default().push(at));
        }
        let mut said: HashSet<u64> = HashSet::new();
        for member in members {
            said.extend(
                member.numbers.iter().filter(|number| !number.is_loose).flat_map(|number| number.first..=number.last),
            );
            if member.numbers.is_empty() {
                said.extend(only_number(telling_name(&member.facts.path)));
            }
        }
        Owners { by_number, said }
    }

    fn has(&self, number: u64) -> bool {
        self.said.contains(&number)
    }

    /// The last other post before one, or else the next one, that has a number.
    fn other(&self, number: u64, than: usize) -> Option<usize> {
        let owners = self.by_number.get(&number)?;
        let at = owners.partition_point(|&owner| owner < than);
        let before = at.checked_sub(1).map(|at| owners[at]);
        before.or_else(|| owners[at..].iter().copied().find(|&owner| owner != than))
    }
}

/// Of two posts with the same days, the one whose number fits stays.
fn swap_surplus(chain: &Chain, found: &mut Found) {
    let entries = &chain.entries;
    let places: HashMap<usize, usize> = entries.iter().enumerate().map(|(at, entry)| (entry.member, at)).collect();
    let place = |member: usize| places.get(&member).copied();
    let mut overlaps: HashMap<usize, &mut (usize, Fault)> = found
        .faults
        .iter_mut()
        .filter(|(_, fault)| matches!(fault, Fault::Overlap { .. }))
        .map(|fault| (fault.0, fault))
        .collect();
    for surplus in &mut found.surplus {
        let Some((at, Fault::Overlap { other, .. })) = overlaps.get_mut(surplus) else { continue };
        let (Some(copy), Some(owner)) = (place(*at), place(*other)) else { continue };
        let differ = !entries[copy].choices[0].is(entries[owner].choices[0]);
        if differ && chain.kept(copy).is_some() && chain.kept(owner).is_none() {
            std::mem::swap(at, other);
            *surplus = *at;
        }
    }
}
