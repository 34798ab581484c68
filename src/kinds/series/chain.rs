//! Which numbers of a series fit together: the posts that keep theirs, so that as few as possible have to change.

use jiff::civil::Date;

use super::numbers::Number;
use crate::syntax::dates::days_between;

/// What a change costs. A wrong number is cheaper than the two jumps around it, and a jump alone cheaper than a wrong one.
/// That a series begins anew costs more than one post, and less than two; nearly nothing where something tells that it does.
const LEFT_OUT: u32 = 20;
const JUMP: u32 = 10;
const BEGINS_ANEW: u32 = 25;
const BEGINS_ANEW_AS_TOLD: u32 = 5;
/// Another place than the first has the right number.
const OTHER_PLACE: u32 = 1;

/// So many posts before one are looked at.
const WINDOW: usize = 40;

/// After a pause of so many periods a series may begin anew.
const PAUSE: i32 = 4;

/// A post with numbers: its place among the members, and what it may be.
pub(super) struct Entry<'s> {
    pub member: usize,
    pub position: Option<Date>,
    pub choices: Vec<&'s Number>,
}

/// The posts with numbers, and those of them that keep theirs.
pub(super) struct Chain<'s> {
    pub entries: Vec<Entry<'s>>,
    chosen: Vec<Option<usize>>,
    period: Option<i32>,
}

impl<'s> Chain<'s> {
    /// The chain of some posts in order; so many days lie from one to the next.
    pub(super) fn of(entries: Vec<Entry<'s>>, period: Option<i32>) -> Chain<'s> {
        let chosen = cheapest(&entries, period);
        Chain { entries, chosen, period }
    }

    /// The number that a post keeps.
    pub(super) fn kept(&self, at: usize) -> Option<&'s Number> {
        self.chosen[at].map(|choice| self.entries[at].choices[choice])
    }

    /// From each post that keeps its number to the next one.
    pub(super) fn steps(&self) -> Vec<Step<'_, 's>> {
        let kept: Vec<usize> = (0..self.entries.len()).filter(|&at| self.chosen[at].is_some()).collect();
        let step = |pair: &[usize]| {
            let end = |at: usize| Some((&self.entries[at], self.kept(at)?));
            Some(Step { from: end(pair[0])?, to: end(pair[1])?, count: pair[1] - pair[0], period: self.period })
        };
        kept.windows(2).filter_map(step).collect()
    }

    /// Whether all posts keep their numbers.
    pub(super) fn is_whole(&self) -> bool {
        self.chosen.iter().all(Option::is_some)
    }

    /// Whether more posts keep their numbers.
    pub(super) fn is_better(&self, other: &Chain) -> bool {
        let kept = |chain: &Chain| chain.chosen.iter().flatten().count();
        kept(self) > kept(other)
    }

    /// Whether the numbers are those of a series: most posts keep theirs, and most steps are what one expects.
    pub(super) fn is_series(&self) -> bool {
        let kept = self.chosen.iter().flatten().count();
        let steps = self.steps();
        let fitting = steps.iter().filter(|step| step.fits()).count();
        self.entries.len() >= 3 && kept * 5 >= self.entries.len() * 3 && fitting * 2 >= steps.len()
    }

    /// The number of a post: the one that it keeps, or else one by those around it that is not what it says.
    pub(super) fn right(&self, at: usize) -> Option<u64> {
        let said = self.entries[at].choices[0].first;
        match self.kept(at) {
            Some(number) => Some(number.first),
            None => self.between(at).filter(|number| *number > 0 && *number != said),
        }
    }

    fn between(&self, at: usize) -> Option<u64> {
        let number = |at: usize| Some((at, self.kept(at)?));
        let before = (0..at).rev().find_map(number);
        let after = (at + 1..self.entries.len()).find_map(number);
        let counted = before.map(|(last, number)| number.last + (at - last) as u64);
        let back = after.and_then(|(next, number)| number.first.checked_sub((next - at) as u64));
        match (counted, after) {
            (Some(counted), Some((_, next))) => (counted < next.first).then_some(counted),
            (Some(counted), None) => Some(counted),
            (None, _) => back,
        }
    }
}

/// From one post of the chain to the next.
pub(super) struct Step<'c, 's> {
    pub from: (&'c Entry<'s>, &'s Number),
    pub to: (&'c Entry<'s>, &'s Number),
    /// How many posts later it is.
    pub count: usize,
    period: Option<i32>,
}

impl Step<'_, '_> {
    /// By how much the number rises.
    pub(super) fn rise(&self) -> i64 {
        self.to.1.first as i64 - self.from.1.last as i64
    }

    fn days(&self) -> Option<i32> {
        Some(days_between(self.from.0.position?, self.to.0.position?))
    }

    /// Whether the number rises as the posts do, or as the weeks do.
    pub(super) fn fits(&self) -> bool {
        self.rise() == self.count as i64 || self.rise() == self.apart() || self.fits_days()
    }

    /// How many posts later it is, those without a number counted.
    pub(super) fn apart(&self) -> i64 {
        self.to.0.member.saturating_sub(self.from.0.member).max(self.count) as i64
    }

    fn fits_days(&self) -> bool {
        let Some((days, period)) = self.days().zip(self.period) else { return false };
        let several = (self.from.1.last - self.from.1.first) as i64;
        (i64::from(days) - (self.rise() + several) * i64::from(period)).abs() * 2 <= i64::from(period)
    }

    fn cost(&self) -> Option<u32> {
        let (from, to) = (self.from.1, self.to.1);
        if self.rise() >= 1 || self.rise() == 0 && (from.is_part || to.is_part) {
            return Some(if self.rise() == 0 || self.fits() { 0 } else { JUMP });
        }
        let is_anew = to.first <= 1 && from.last > to.first;
        is_anew.then(|| if self.is_another_course() { BEGINS_ANEW_AS_TOLD } else { BEGINS_ANEW })
    }

    /// Whether something tells that the numbers begin anew: another year, other words, a pause.
    fn is_another_course(&self) -> bool {
        let year = |entry: &Entry| entry.position.map(|position| position.year());
        let (from, to) = (self.from.1, self.to.1);
        let is_pause = self.days().zip(self.period).is_some_and(|(days, period)| days > PAUSE * period);
        year(self.from.0) != year(self.to.0) || from.place == to.place && from.course != to.course || is_pause
    }
}

/// The choice of each post that stays; `None` for one whose number has to change. The cheapest of all chains.
fn cheapest(entries: &[Entry], period: Option<i32>) -> Vec<Option<usize>> {
    /// The cost up to a post with one of its numbers, and the post before it.
    #[derive(Clone, Copy)]
    struct Best {
        cost: u32,
        before: Option<(usize, usize)>,
    }
    let left_out = |count: usize| LEFT_OUT * count as u32;
    let mut best: Vec<Vec<Best>> = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        let of_choice = |(choice, number): (usize, &&Number)| {
            let own = if choice == 0 { 0 } else { OTHER_PLACE };
            let mut cheapest = Best { cost: left_out(at) + own, before: None };
            for last in (at.saturating_sub(WINDOW)..at).rev() {
                for (other, before) in entries[last].choices.iter().enumerate() {
                    let step = Step { from: (&entries[last], before), to: (entry, number), count: at - last, period };
                    let Some(cost) = step.cost() else { continue };
                    let cost = best[last][other].cost + left_out(at - last - 1) + cost + own;
                    // Of two that are as cheap the earlier post keeps its number.
                    if cost <= cheapest.cost {
                        cheapest = Best { cost, before: Some((last, other)) };
                    }
                }
            }
            cheapest
        };
        let choices = entry.choices.iter().enumerate().map(of_choice).collect();
        best.push(choices);
    }
    let ends = best.iter().enumerate().flat_map(|(at, choices)| {
        let rest = left_out(entries.len() - 1 - at);
        choices.iter().enumerate().map(move |(choice, best)| (best.cost + rest, (at, choice)))
    });
    let mut chosen = vec![None; entries.len()];
    let mut last = ends.min_by_key(|(cost, (at, _))| (*cost, entries.len() - at)).map(|(_, end)| end);
    while let Some((at, choice)) = last {
        chosen[at] = Some(choice);
        last = best[at][choice].before;
    }
    chosen
}
