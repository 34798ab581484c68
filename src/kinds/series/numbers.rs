//! The numbers of a series: where a post has them, and which of them do not fit those around them.

use jiff::civil::Date;

use super::ranges::{Found, rests_between};
use super::{Fault, Member, Sequence};
use crate::files::file_name;
use crate::kinds::schema::{Schema, Series, TitleHeading};
use crate::post::facts::Facts;
use crate::post::slug_of;
use crate::syntax::dates::days_between;

/// A number of a post, or several that it stands for: `54~58일차`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    /// Where it stands.
    pub place: Place,
    /// The first of them.
    pub first: u64,
    /// The last of them, mostly the first.
    pub last: u64,
}

impl Number {
    /// Whether both say the same.
    fn is(&self, other: &Number) -> bool {
        (self.first, self.last) == (other.first, other.last)
    }
}

/// Where a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the title of the front matter.
    Title,
    /// In the H1.
    Heading,
    /// Beside the days.
    DateLine,
    /// In the name of the file.
    Name,
    /// In the front matter, as the value of a key.
    Key(&'static str),
}

/// What a change costs. A post that is left out costs more than a jump, as one with a wrong number does not fit twice.
const LEFT_OUT: u32 = 20;
const JUMP: u32 = 10;
const BEGINS_ANEW: u32 = 25;
const BEGINS_ANEW_IN_ANOTHER_YEAR: u32 = 5;
/// Another place than the first has the right number.
const OTHER_PLACE: u32 = 1;

/// So many posts before one are looked at.
const WINDOW: usize = 40;

/// The numbers of a post: that which counts first, others behind it.
pub(super) fn of(series: &Series, facts: &Facts) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut add = |place: Place, text: &str| {
        let number = number_in(series, text).map(|(first, last)| Number { place, first, last });
        numbers.extend(number);
        number.is_some()
    };
    if let Some(title) = &facts.title {
        add(Place::Title, &title.text);
    }
    if let Some(heading) = &facts.heading {
        add(Place::Heading, &heading.text);
    }
    let slug = slug_of(telling_name(&facts.path));
    let is_in_name = add(Place::Name, slug);
    for side in &facts.beside {
        // Beside the days, a number alone may be anything.
        if side.chars().any(|c| !c.is_ascii_digit()) && add(Place::DateLine, side) {
            break;
        }
    }
    if let Some(number) = only_number(slug).filter(|_| !is_in_name && !numbers.is_empty()) {
        numbers.push(Number { place: Place::Name, first: number, last: number });
    }
    if let Some((key, number)) = facts.order {
        numbers.push(Number { place: Place::Key(key), first: number, last: number });
    }
    numbers
}

/// The name of the file, or of the folder that is the post.
fn telling_name(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if matches!(slug_of(name), "index" | "_index") { file_name(folder) } else { name }
}

/// The number of a text, and the last one where it has several: `54~58일차`, `Weeks 42–47`.
fn number_in(series: &Series, text: &str) -> Option<(u64, u64)> {
    let found = series.number.as_ref()?.0.captures(text)?;
    let group = found.get(1)?;
    let first = group.as_str().trim().parse().ok()?;
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = &text[group.end()..];
    let rest = behind.trim_start().strip_prefix(['~', '–', '-', '〜', '～', '&']).map(str::trim_start);
    let last =
        rest.and_then(|rest| rest[..digits(rest)].parse().ok()).filter(|last| *last > first && *last < first + 60);
    // `54~58일차`: the pattern finds the last of them.
    let before = text[..group.start()].trim_end().strip_suffix(['~', '–', '-', '〜', '～', '&']).map(str::trim_end);
    let start = |before: &str| before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
    let earlier = before.and_then(|before| before[start(before)..].parse().ok());
    match earlier.filter(|earlier| *earlier < first && *earlier + 60 > first) {
        Some(earlier) => Some((earlier, first)),
        None => Some((first, last.unwrap_or(first))),
    }
}

/// The number of a name that has no other; a year is none.
pub(crate) fn only_number(slug: &str) -> Option<u64> {
    let mut numbers = slug.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let number = numbers.next().filter(|digits| digits.len() < 4)?;
    numbers.next().is_none().then(|| number.parse().ok()).flatten()
}

/// A post with numbers: its place among the members, and what it may be.
struct Entry<'s> {
    member: usize,
    position: Option<Date>,
    choices: Vec<&'s Number>,
}

/// What is wrong with the numbers of a series.
pub(super) fn faults(schema: &Schema, series: &Series, sequence: &Sequence, found: &mut Found) -> Vec<(usize, Fault)> {
    let members = &sequence.members;
    let counts = habits(members);
    let mut entries = Vec::new();
    for (member, of) in members.iter().enumerate() {
        let Some((main, others)) = of.numbers.split_first() else { continue };
        let is_other = |other: &&Number| !other.is(main) && counts(other.place, main, other);
        let choices = std::iter::once(main).chain(others.iter().filter(is_other)).collect();
        entries.push(Entry { member, position: of.position, choices });
    }
    if !found.surplus.is_empty() {
        swap_surplus(&entries, &chain(&entries, sequence.period), found);
        entries.retain(|entry| !found.surplus.contains(&entry.member));
    }
    let chain = chain(&entries, sequence.period);
    let kept = chain.iter().flatten().count();
    let is_series = entries.len() >= 3 && kept * 5 >= entries.len() * 3;
    let is_same_heading = schema.title_heading == Some(TitleHeading::Same);
    let mut faults = Vec::new();
    let chosen = |at: usize| chain[at].map(|choice| entries[at].choices[choice]);
    let mut before: Option<usize> = None;
    for (at, entry) in entries.iter().enumerate() {
        let right = if is_series {
            chosen(at).map(|number| number.first).or_else(|| between(&entries, &chain, at))
        } else {
            None
        };
        // Where H1 and title must be the same, that they are not is told.
        let is_told = |number: &&Number| is_same_heading && number.place == Place::Heading;
        if entry.choices.len() > 1 {
            let others = entry.choices.iter().skip(1).filter(|number| !is_told(number)).map(|number| **number);
            let others: Vec<Number> = others.collect();
            if !others.is_empty() {
                faults.push((entry.member, Fault::Disagreement { number: *entry.choices[0], others, right }));
            }
        } else if is_series && chain[at].is_none() {
            let number = *entry.choices[0];
            let is_owner = |&other: &usize| other != at && entries[other].choices[0].first == number.first;
            let owner = (0..entries.len()).filter(is_owner).min_by_key(|other| other.abs_diff(at));
            let owner = owner.map(|owner| entries[owner].member);
            faults.push((entry.member, Fault::WrongNumber { number, right, owner }));
        }
        let Some(number) = chosen(at) else { continue };
        if let Some(last) = before.filter(|_| is_series)
            && let Some(last_number) = chosen(last)
        {
            let step = Step {
                from: (&entries[last], last_number),
                to: (entry, number),
                count: at - last,
                period: sequence.period,
            };
            let is_told =
                found.faults.iter().any(|(of, fault)| *of == entry.member && matches!(fault, Fault::Gap { .. }));
            faults.extend(step.fault(series, found.by_days).filter(|_| !is_told).map(|fault| (entry.member, fault)));
        }
        before = Some(at);
    }
    faults
}

/// Of two posts with the same days, the one whose number fits stays.
fn swap_surplus(entries: &[Entry], chain: &[Option<usize>], found: &mut Found) {
    let place = |member: usize| entries.iter().position(|entry| entry.member == member);
    for surplus in &mut found.surplus {
        let fault = found.faults.iter_mut().find(|(at, fault)| at == surplus && matches!(fault, Fault::Overlap { .. }));
        let Some((at, Fault::Overlap { other, .. })) = fault else { continue };
        let (Some(copy), Some(owner)) = (place(*at), place(*other)) else { continue };
        let differ = !entries[copy].choices[0].is(entries[owner].choices[0]);
        if differ && chain[copy].is_some() && chain[owner].is_none() {
            std::mem::swap(at, other);
            *surplus = *at;
        }
    }
}

/// Whether a place has the number of its post: most other posts, if there are any, say the same there.
fn habits(members: &[Member]) -> impl Fn(Place, &Number, &Number) -> bool {
    let kinds = [Place::Heading, Place::DateLine, Place::Name];
    let of = |member: &Member, is: &dyn Fn(Place) -> bool| {
        let main = member.numbers.first()?;
        let other = member.numbers.iter().skip(1).find(|number| is(number.place))?;
        Some(main.is(other))
    };
    let count = |is: &dyn Fn(Place) -> bool| {
        let seen: Vec<bool> = members.iter().filter_map(|member| of(member, is)).collect();
        (seen.iter().filter(|same| **same).count(), seen.iter().filter(|same| !**same).count())
    };
    let mut counted: Vec<(Option<Place>, (usize, usize))> =
        kinds.into_iter().map(|kind| (Some(kind), count(&|place| place == kind))).collect();
    counted.push((None, count(&|place| matches!(place, Place::Key(_)))));
    move |place, main, other| {
        let kind = (!matches!(place, Place::Key(_))).then_some(place);
        let (same, different) = counted.iter().find(|(of, _)| *of == kind).map_or((0, 0), |(_, counts)| *counts);
        main.is(other) || same + 1 >= different
    }
}

/// From one post of the chain to the next.
struct Step<'e> {
    from: (&'e Entry<'e>, &'e Number),
    to: (&'e Entry<'e>, &'e Number),
    /// How many posts later it is.
    count: usize,
    period: Option<i32>,
}

impl Step<'_> {
    /// By how much the number rises.
    fn rise(&self) -> i64 {
        self.to.1.first as i64 - self.from.1.last as i64
    }

    fn days(&self) -> Option<i32> {
        Some(days_between(self.from.0.position?, self.to.0.position?))
    }

    /// Whether the number rises as the posts do, or as the weeks do.
    fn fits(&self) -> bool {
        self.rise() == self.count as i64 || self.fits_days()
    }

    fn fits_days(&self) -> bool {
        let Some((days, period)) = self.days().zip(self.period) else { return false };
        let several = (self.from.1.last - self.from.1.first) as i64;
        (i64::from(days) - (self.rise() + several) * i64::from(period)).abs() * 2 <= i64::from(period)
    }

    fn cost(&self) -> Option<u32> {
        if self.rise() >= 1 {
            return Some(if self.fits() { 0 } else { JUMP });
        }
        let year = |entry: &Entry| entry.position.map(|position| position.year());
        let is_anew = self.to.1.first <= 1 && self.from.1.last > 1;
        let is_other_year = year(self.from.0) != year(self.to.0);
        is_anew.then_some(if is_other_year { BEGINS_ANEW_IN_ANOTHER_YEAR } else { BEGINS_ANEW })
    }

    /// What to say of it.
    fn fault(&self, series: &Series, by_days: bool) -> Option<Fault> {
        let missing = self.rise() - self.count as i64;
        let rests =
            || self.from.0.position.zip(self.to.0.position).is_some_and(|(from, to)| rests_between(series, from, to));
        if missing < 1 || rests() {
            return None;
        }
        let before = self.from.0.member;
        if series.contiguous && !by_days {
            let last = self.to.1.first - 1;
            return Some(Fault::Missing { first: last + 1 - missing as u64, last, before });
        }
        (!self.fits()).then_some(Fault::Jump { number: *self.to.1, before })
    }
}

/// The choice of each post that stays; `None` for one whose number has to change. The cheapest of all chains.
fn chain(entries: &[Entry], period: Option<i32>) -> Vec<Option<usize>> {
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
                    if cost < cheapest.cost {
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

/// The number of a post by those around it that stay.
fn between(entries: &[Entry], chain: &[Option<usize>], at: usize) -> Option<u64> {
    let number = |at: usize| chain[at].map(|choice| (at, entries[at].choices[choice]));
    let before = (0..at).rev().find_map(number);
    let after = (at + 1..entries.len()).find_map(number);
    let counted = before.map(|(last, number)| number.last + (at - last) as u64);
    let back = after.and_then(|(next, number)| number.first.checked_sub((next - at) as u64));
    match (counted, after) {
        (Some(counted), Some((_, next))) => (counted < next.first).then_some(counted),
        (Some(counted), None) => Some(counted),
        (None, _) => back,
    }
}
