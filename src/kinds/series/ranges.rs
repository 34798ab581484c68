//! The days of a series: which of its posts follow each other, which of them have the same days, and what none has.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Fault, Member, Sequence};
use crate::kinds::learned::natural;
use crate::kinds::schema::{FileDatePlace, Schema, Series};
use crate::syntax::dates::days_between;

/// What the days of a series say.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub faults: Vec<(usize, Fault)>,
    /// Posts that tell nothing new: their days are those of another one, and no others are free for them.
    pub surplus: Vec<usize>,
    /// Whether most posts say which days they are about.
    pub by_days: bool,
}

/// What lies open between posts that follow each other.
#[derive(Debug, Default)]
struct Open {
    /// The first day of each period without a post, in order, and whether a post was meant for it.
    starts: Vec<(Date, bool)>,
    /// Between which two posts which of them lie.
    holes: Vec<(usize, usize, Range<usize>)>,
}

/// A series that pauses for more periods begins anew.
const LONGEST: i32 = 500;

/// So many posts to come may be there already, under other days.
const NEXT: i32 = 8;

/// The posts with days that another one has, each with that one.
type Copies = BTreeMap<usize, usize>;

/// Puts the posts in their order, by their days or else by their own; says whether most of them have days.
pub(super) fn arrange(schema: &Schema, sequence: &mut Sequence) -> bool {
    let told = sequence.members.iter().filter(|member| member.days.is_some()).count();
    let by_days = told > 0 && told * 2 >= sequence.members.len();
    if !by_days {
        sequence.members.iter_mut().for_each(|member| member.position = member.facts.day.or(member.position));
    }
    // Of two names the longer one is that of the copy.
    let stem = |path: &str| natural(path.rsplit_once('.').map_or(path, |(stem, _)| stem));
    let order = |member: &Member| {
        let days = (member.position, member.days.map(|days| days.1), member.facts.day);
        (days, stem(&member.facts.path))
    };
    sequence.delay = middle(sequence.members.iter().filter_map(delay));
    if let Some(delay) = sequence.delay.filter(|_| by_days) {
        // Posts that say no days have those that would fit their own day.
        for member in sequence.members.iter_mut().filter(|member| member.days.is_none()) {
            member.position = member.position.and_then(|day| day.checked_sub(delay.days()).ok());
        }
    }
    sequence.members.sort_by_cached_key(order);
    sequence.period = period(schema, &sequence.members);
    by_days
}

/// Puts the posts in their order: by their days, or by those that they were meant to have.
pub(super) fn settle(schema: &Schema, series: &Series, sequence: &mut Sequence) -> Found {
    let by_days = arrange(schema, sequence);
    let mut found = Found { by_days, ..Found::default() };
    let Some(period) = sequence.period else { return found };
    if by_days {
        let overlaps = overlaps(schema, sequence, period);
        let misdated = misdated(sequence, &overlaps, period);
        settle_days(schema, series, sequence, (overlaps, misdated), &mut found);
        sort(sequence, &mut found);
    } else if series.is_contiguous() && sequence.members.iter().all(|member| member.numbers.is_empty()) {
        pauses(series, sequence, period, &mut found);
    }
    found
}

/// How many days lie from one post to the next: as many as it has itself, where five or six are those of a week; or else as
/// it mostly is.
fn period(schema: &Schema, members: &[Member]) -> Option<i32> {
    let lengths = members.iter().filter_map(|member| member.days).map(|(start, end)| days_between(start, end) + 1);
    let asked = schema.date_range.as_ref().and_then(|range| range.days.as_ref()).map(|days| i32::from(days.usual()));
    match asked.or_else(|| most(lengths.collect()).map(|(length, _)| length)) {
        Some(5..=7) => return Some(7),
        Some(days) if days == 1 || days % 7 == 0 => return Some(days),
        _ => {}
    }
    let steps = members.windows(2).filter_map(|pair| Some(days_between(pair[0].position?, pair[1].position?)));
    let steps: Vec<i32> = steps.filter(|&days| days > 0).collect();
    // Where no step is usual, that in the middle is.
    match most(steps.clone())? {
        (step, times) if times * 3 >= steps.len() => Some(step),
        _ => middle(steps.into_iter()),
    }
}

/// The value that is there most often, and how often.
fn most(mut values: Vec<i32>) -> Option<(i32, usize)> {
    values.sort_unstable();
    let same = values.chunk_by(|one, other| one == other);
    same.map(|same| (same[0], same.len())).max_by_key(|&(value, times)| (times, -value))
}

fn delay(member: &Member) -> Option<i32> {
    Some(days_between(member.days?.0, member.facts.day?))
}

/// The value in the middle.
fn middle(values: impl Iterator<Item = i32>) -> Option<i32> {
    let mut values: Vec<i32> = values.collect();
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

/// How far the day of a post lies from where it is usual.
fn deviation(sequence: &Sequence, at: usize) -> i32 {
    delay(&sequence.members[at]).zip(sequence.delay).map_or(0, |(own, usual)| (own - usual).abs())
}

/// The first of the days that a post was meant to have, by its own day.
fn expected(sequence: &Sequence, at: usize) -> Option<Date> {
    sequence.members[at].facts.day?.checked_sub(sequence.delay?.days()).ok()
}

/// Posts with days that another one has, each with that one: the one whose own day fits less, or the later one.
fn overlaps(schema: &Schema, sequence: &Sequence, period: i32) -> Copies {
    let mut overlaps = Copies::new();
    let mut last: Option<usize> = None;
    for (at, member) in sequence.members.iter().enumerate() {
        let Some(days) = member.days else { continue };
        let before = last.map(|last| (last, sequence.members[last].days.unwrap_or(days)));
        let Some((other, others)) = before.filter(|(_, others)| days.0 <= others.1) else {
            last = Some(at);
            continue;
        };
        // A day that both count is the border, and a range with a wrong length is told as such.
        let is_border = days.0 == others.1 && days.0 < days.1;
        let is_told = days != others && (is_irregular(schema, days) || is_irregular(schema, others));
        if is_border || is_told {
            last = Some(at);
            continue;
        }
        let is_first_off = deviation(sequence, other) > deviation(sequence, at) + period / 2;
        let (copy, owner) = if is_first_off { (other, at) } else { (at, other) };
        overlaps.insert(copy, owner);
        last = Some(owner);
    }
    overlaps
}

/// Whether so many posts share their days that they do on purpose: a series for work beside one for play.
fn is_habit(sequence: &Sequence, overlaps: &Copies) -> bool {
    let told = sequence.members.iter().filter(|member| member.days.is_some()).count();
    overlaps.len() > 2 && overlaps.len() * 3 >= told
}

/// Whether the kind wants ranges of another length, or with another first day.
fn is_irregular(schema: &Schema, (start, end): (Date, Date)) -> bool {
    let Some(range) = &schema.date_range else { return false };
    let takes = range.days.as_ref().is_none_or(|days| days.takes(days_between(start, end) + 1));
    let begins = range.starts_on.is_none_or(|weekday| start.weekday() == weekday.in_calendar());
    !takes || !begins
}

/// Posts whose days are those of another month or year than would fit their own day, or far in their future, each with the
/// first of those that fit. A look back may be written late.
fn misdated(sequence: &Sequence, overlaps: &Copies, period: i32) -> Vec<(usize, Date)> {
    let of = |at: usize| {
        let (days, own) = (sequence.members[at].days?, sequence.members[at].facts.day?);
        let expected = expected(sequence, at)?;
        let with = |year: i16, month: i8| Date::new(year, month, days.0.day()).ok();
        let fits = |day: Option<Date>| day.is_some_and(|day| days_between(day, expected).abs() * 2 <= period);
        let is_slip = fits(with(expected.year(), days.0.month())) || fits(with(days.0.year(), expected.month()));
        let is_ahead = days_between(own, days.0) > 2 * period;
        (deviation(sequence, at) > period + period / 2 && (is_slip || is_ahead)).then_some((at, expected))
    };
    (0..sequence.members.len()).filter(|at| !overlaps.contains_key(at)).filter_map(of).collect()
}

/// Gives each post its place, and tells what is left open.
fn settle_days(
    schema: &Schema,
    series: &Series,
    sequence: &mut Sequence,
    (overlaps, misdated): (Copies, Vec<(usize, Date)>),
    found: &mut Found,
) {
    let period = sequence.period.unwrap_or(1);
    let is_misdated: HashSet<usize> = misdated.iter().map(|(at, _)| *at).collect();
    let is_kept = |at: &usize| sequence.members[*at].days.is_some() && !overlaps.contains_key(at);
    let mut kept: Vec<usize> = (0..sequence.members.len()).filter(is_kept).collect();
    let others = kept.iter().copied().filter(|at| !is_misdated.contains(at));
    let mut open = Open::between(schema, sequence, others, period);
    let mut moved = BTreeMap::new();
    for (at, day) in misdated {
        moved.extend(open.take(day, period).map(|start| (at, start)));
    }
    // A post that was meant for no open period stands where it says.
    kept.retain(|at| !moved.contains_key(at));
    open = Open::between(schema, sequence, kept.into_iter(), period);
    for start in moved.values() {
        open.take(*start, 1);
    }
    // That a post says no days, or none that can be read, is told; its period is no gap.
    for member in sequence.members.iter().filter(|member| member.days.is_none()) {
        member.position.and_then(|day| open.take(day, period));
    }
    let is_habit = is_habit(sequence, &overlaps);
    for (&copy, &other) in &overlaps {
        let start = expected(sequence, copy).and_then(|day| open.take(day, period)).filter(|_| !is_habit);
        match start {
            Some(start) => _ = moved.insert(copy, start),
            None => found.surplus.push(copy),
        }
        if !is_habit {
            let free = start.and_then(|start| whole(schema, start, period));
            found.faults.push((copy, Fault::Overlap { other, free }));
        }
    }
    // What the day of the file has to be is told where the kind says it.
    let file_date = schema.date_range.as_ref().and_then(|range| range.file_date);
    let is_told = file_date.is_some_and(|place| place != FileDatePlace::Any);
    for (&at, &start) in &moved {
        sequence.members[at].position = Some(start);
        if series.is_contiguous()
            && !is_told
            && !overlaps.contains_key(&at)
            && let Some((from, to)) = whole(schema, start, period)
        {
            found.faults.push((at, Fault::Misdated { from, to }));
        }
    }
    if series.is_contiguous() {
        gaps(schema, series, sequence, &open, found);
    }
}

/// The days from a first one on, as many as are usual.
fn whole(schema: &Schema, start: Date, period: i32) -> Option<(Date, Date)> {
    let length =
        schema.date_range.as_ref().and_then(|range| range.days.as_ref()).map_or(period, |days| days.usual().into());
    Some((start, start.checked_add((length - 1).days()).ok()?))
}

impl Open {
    /// What lies between some posts.
    fn between(schema: &Schema, sequence: &Sequence, kept: impl Iterator<Item = usize>, period: i32) -> Open {
        let mut open = Open::default();
        let rounded = |days: i32| (days + period / 2).div_euclid(period);
        let mut last: Option<(usize, (Date, Date))> = None;
        for (at, days) in kept.filter_map(|at| Some((at, sequence.members[at].days?))) {
            if let Some((before, (start, end))) = last.replace((at, days)) {
                let covered = rounded(days_between(start, end) + 1).max(1);
                let missing = rounded(days_between(start, days.0)) - covered;
                let first = open.starts.len();
                // Counted from the one of them that begins where the kind wants it.
                let (origin, offset) = match is_irregular(schema, (start, end)) {
                    true => (days.0, -missing),
                    false => (start, covered),
                };
                let start = |more: i32| origin.checked_add(((more + offset) * period).days()).ok();
                let starts = (0..missing).filter(|_| missing <= LONGEST).filter_map(start);
                open.starts.extend(starts.map(|start| (start, false)));
                if open.starts.len() > first {
                    open.holes.push((before, at, first..open.starts.len()));
                }
            }
        }
        // The next posts are still to be written.
        let next = last.and_then(|(_, (_, end))| end.tomorrow().ok());
        let later = |next: Date| (0..NEXT).filter_map(move |more| next.checked_add((more * period).days()).ok());
        open.starts.extend(next.into_iter().flat_map(later).map(|start| (start, false)));
        open
    }

    /// Takes the open period that a day is the first of, or nearly so.
    fn take(&mut self, day: Date, period: i32) -> Option<Date> {
        let at = self.starts.partition_point(|(start, _)| days_between(*start, day) * 2 > period);
        let (start, is_taken) = self.starts.get_mut(at)?;
        if *is_taken || days_between(*start, day).abs() * 2 > period {
            return None;
        }
        *is_taken = true;
        Some(*start)
    }
}

/// Tells what no post covers and no rest excuses, at the post behind it.
fn gaps(schema: &Schema, series: &Series, sequence: &Sequence, open: &Open, found: &mut Found) {
    let period = sequence.period.unwrap_or(1);
    for (before, after, starts) in &open.holes {
        let rests = |start: Date| series.rests(start, start.saturating_add((period - 1).days()));
        let is_open = |(start, is_taken): &&(Date, bool)| !is_taken && !rests(*start);
        let mut starts = open.starts[starts.clone()].iter().filter(is_open).map(|(start, _)| *start);
        let Some(first) = starts.next() else { continue };
        let last = starts.next_back().unwrap_or(first);
        let Some((_, to)) = whole(schema, last, period) else { continue };
        let (mut from, mut to) = (first, to);
        // Months have no fixed length.
        if period % 7 != 0
            && let Some((before, after)) = sequence.members[*before].days.zip(sequence.members[*after].days)
        {
            from = before.1.tomorrow().map_or(from, |day| day.max(from.saturating_sub(period.days())));
            to = after.0.yesterday().unwrap_or(to);
        }
        found.faults.push((*after, Fault::Gap { from, to, before: *before }));
    }
}

/// In how many periods it rests between two days.
pub(super) fn rested(series: &Series, (from, to): (Date, Date), period: Option<i32>) -> i64 {
    let period = period.unwrap_or(1).max(1);
    let between = series.skips.iter().filter(|rest| rest.first < to && from < rest.last);
    between.map(|rest| i64::from((days_between(rest.first, rest.last) + period) / period)).sum()
}

/// Tells long pauses of a series whose posts have nothing but a day.
fn pauses(series: &Series, sequence: &Sequence, period: i32, found: &mut Found) {
    for (at, pair) in sequence.members.windows(2).enumerate() {
        let (Some(from), Some(to)) = (pair[0].position, pair[1].position) else { continue };
        let days = days_between(from, to);
        if days * 2 > period * 3 && period > 1 && rested(series, (from, to), Some(period)) == 0 {
            found.faults.push((at + 1, Fault::Pause { days, usual: period, before: at }));
        }
    }
}

/// Puts the members in the order of their places, and with them all that is said of them.
fn sort(sequence: &mut Sequence, found: &mut Found) {
    let mut order: Vec<usize> = (0..sequence.members.len()).collect();
    order.sort_by_key(|&at| (sequence.members[at].position, at));
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(new, &old)| place[old] = new);
    let mut members: Vec<Option<Member>> = std::mem::take(&mut sequence.members).into_iter().map(Some).collect();
    sequence.members = order.iter().filter_map(|&old| members[old].take()).collect();
    found.surplus.iter_mut().for_each(|at| *at = place[*at]);
    for (at, fault) in &mut found.faults {
        *at = place[*at];
        match fault {
            Fault::Gap { before: other, .. } | Fault::Overlap { other, .. } => *other = place[*other],
            _ => {}
        }
    }
}
