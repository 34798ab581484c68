//! The numbers of a post: where it has them, and which of them count.

use std::collections::HashMap;

use super::Member;
use super::spelled::{Spelled, number_in, only_number};
use crate::kinds::schema::Series;
use crate::post::facts::Facts;
use crate::post::telling_name;

/// A number of a post, or several that it stands for: `54~58일차`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    /// Where it stands.
    pub place: Place,
    /// The first of them.
    pub first: u64,
    /// The last of them, mostly the first.
    pub last: u64,
    /// Whether the post is one of several with this number.
    pub is_part: bool,
    /// What stands before it, as a number.
    pub course: u64,
    /// Whether it stands there by itself, so that it may be anything.
    pub is_loose: bool,
}

impl Number {
    fn spelled(place: Place, Spelled { first, last, is_part, course }: Spelled) -> Number {
        Number { place, first, last, is_part, course, is_loose: false }
    }

    fn loose(place: Place, number: u64) -> Number {
        Number { place, first: number, last: number, is_part: false, course: 0, is_loose: true }
    }

    /// Whether both say the same.
    pub(super) fn is(&self, other: &Number) -> bool {
        (self.first, self.last) == (other.first, other.last)
    }
}

/// Where a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// The numbers of a post: that which counts first, others behind it.
pub(super) fn of(series: &Series, facts: &Facts) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut add = |place: Place, text: &str| {
        let spelled = series.number.as_ref().and_then(|pattern| number_in(&pattern.0, text));
        numbers.extend(spelled.map(|spelled| Number::spelled(place, spelled)));
        spelled.is_some()
    };
    if let Some(title) = &facts.title {
        add(Place::Title, &title.text);
    }
    if let Some(heading) = &facts.heading {
        add(Place::Heading, &heading.text);
    }
    let slug = telling_name(&facts.path);
    let is_in_name = add(Place::Name, slug);
    for side in &facts.beside {
        // Beside the days, a number alone may be anything.
        if side.chars().any(|c| !c.is_ascii_digit()) && add(Place::DateLine, side) {
            break;
        }
    }
    if let Some(number) = only_number(slug).filter(|_| !is_in_name && !numbers.is_empty()) {
        numbers.push(Number::loose(Place::Name, number));
    }
    if let Some((key, number)) = facts.order {
        numbers.push(Number::loose(Place::Key(key), number));
    }
    numbers
}

/// Tells whether the number of another place counts beside the first one: most other posts, if there are any, say the same
/// there. A number that may be anything needs some that do.
pub(super) fn may_count(members: &[Member]) -> impl Fn(&Number, &Number) -> bool {
    let mut seen: HashMap<(Place, bool), (usize, usize)> = HashMap::new();
    for member in members {
        let Some((main, others)) = member.numbers.split_first() else { continue };
        for other in others {
            let (same, different) = seen.entry((other.place, other.is_loose)).or_default();
            *(if other.is(main) { same } else { different }) += 1;
        }
    }
    move |main, other| {
        let &(same, different) = seen.get(&(other.place, other.is_loose)).unwrap_or(&(0, 0));
        other.is(main) || if other.is_loose { same >= 2 && same > different } else { same + 1 >= different }
    }
}
