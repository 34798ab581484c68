//! The numbers of a post: where it has them, and which of them count.

use super::Member;
use crate::files::file_name;
use crate::kinds::schema::Series;
use crate::post::facts::Facts;
use crate::post::slug_of;

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
    pub(super) fn is(&self, other: &Number) -> bool {
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

/// Whether a place has the number of its post: most other posts, if there are any, say the same there.
pub(super) fn habits(members: &[Member]) -> impl Fn(Place, &Number, &Number) -> bool {
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
