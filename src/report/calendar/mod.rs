//! Series as a picture: a row a month, a cell a week, in the terminal, as SVG and as data.

mod json;
mod page;
mod svg;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use crate::kinds::series::calendar::{Calendar, Cell, Slot, Undrawn, Unit};
use crate::report::text;
use crate::text::listed;

pub(crate) use json::json;
pub(crate) use page::page;
pub(crate) use svg::{svg, svg_for_page};

/// A series to draw.
pub(crate) struct Drawn<'a> {
    /// The name of its kind.
    pub kind: &'a str,
    /// Days from one post to the next, where they are known.
    pub period: Option<i32>,
    /// Its cells, or why there are none.
    pub calendar: Result<Calendar, Undrawn>,
    /// Its posts, as cells name them.
    pub posts: Vec<Member<'a>>,
}

/// A post of a series.
#[derive(serde::Serialize)]
pub(crate) struct Member<'a> {
    /// The path from the folder postlint runs in.
    pub path: String,
    /// Its title.
    pub title: Option<&'a str>,
    /// What it lacks: sections, or words in place of placeholders.
    pub lacks: Vec<String>,
}

/// What a cell shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Covered,
    Incomplete,
    Twice,
    Missing,
    Rest,
}

impl State {
    const ALL: [State; 5] = [State::Covered, State::Incomplete, State::Twice, State::Missing, State::Rest];

    /// A sign for who sees no colours: one of ASCII, as wide in every terminal.
    fn sign(self) -> char {
        match self {
            State::Covered => '#',
            State::Incomplete => '~',
            State::Twice => '2',
            State::Missing => '!',
            State::Rest => '-',
        }
    }

    fn name(self) -> &'static str {
        match self {
            State::Covered => "covered",
            State::Incomplete => "incomplete",
            State::Twice => "twice",
            State::Missing => "missing",
            State::Rest => "rest",
        }
    }
}

impl Drawn<'_> {
    fn state(&self, cell: &Cell) -> State {
        match &cell.posts[..] {
            [] if cell.rests => State::Rest,
            [] => State::Missing,
            [one] if self.posts[*one].lacks.is_empty() => State::Covered,
            [_] => State::Incomplete,
            _ => State::Twice,
        }
    }

    /// What is said where there is no picture.
    fn undrawn(&self, why: &Undrawn) -> String {
        match why {
            Undrawn::Empty => "no posts yet".to_owned(),
            Undrawn::Placeless => "not drawn, as no post says which days it is about".to_owned(),
            Undrawn::Rare(days) => format!("not drawn, as {days} days lie from one post to the next"),
            Undrawn::Sparse(cells) => {
                format!("not drawn, as its {} posts are spread over {cells} places", self.posts.len())
            }
        }
    }

    /// How many cells there are of each state, and how many posts are in none: `11 covered, 1 missing`.
    fn counts(&self, calendar: &Calendar) -> String {
        let count = |state: State| calendar.cells.iter().filter(|cell| self.state(cell) == state).count();
        let counts = State::ALL.map(|state| (count(state), state.name()));
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let placed: HashSet<usize> = calendar.cells.iter().flat_map(|cell| cell.posts.iter().copied()).collect();
        let lacks = if calendar.unit == Unit::Number { "number" } else { "day" };
        let others = Some(self.posts.len() - placed.len()).filter(|&others| others > 0);
        let others = others.map(|others| format!("{} without a {lacks}", text::count(others, "post")));
        let counts = counts.map(|(count, name)| format!("{count} {name}")).chain(others);
        counts.collect::<Vec<_>>().join(", ")
    }

    /// What a cell stands for, with its posts: `2022-10-03 to 2022-10-09: incomplete, 3주차 회고`.
    fn told(&self, cell: &Cell) -> String {
        let place = match cell.slot {
            Slot::Days(first, last) if first == last => first.to_string(),
            Slot::Days(first, last) => format!("{first} to {last}"),
            Slot::Number(number) => format!("number {number}"),
        };
        let posts = cell.posts.iter().map(|&post| &self.posts[post]);
        let posts = posts.map(|post| {
            let name = post.title.map_or(post.path.clone(), |title| format!("{title} ({})", post.path));
            [name].iter().chain(&post.lacks).cloned().collect::<Vec<_>>().join(", ")
        });
        let state = self.state(cell).name();
        [format!("{place}: {state}")].into_iter().chain(posts).collect::<Vec<_>>().join(", ")
    }
}

/// A line of the picture.
enum Row<'c> {
    /// A label, and the cells with the columns they stand in.
    Cells(String, Vec<(usize, &'c Cell)>),
    /// So many lines that no post claims anything of.
    Pause(usize),
}

/// So many lines without a post are drawn as one.
const LONG_PAUSE: usize = 3;

/// A row a month of days or weeks, a year of months, ten numbers.
fn rows(calendar: &Calendar) -> Vec<Row<'_>> {
    let mut rows: Vec<(String, Vec<(usize, &Cell)>)> = Vec::new();
    for cell in &calendar.cells {
        let (label, column) = match cell.slot {
            Slot::Number(number) => {
                let column = usize::try_from(number % 10).unwrap_or_default();
                ((number - number % 10).to_string(), column)
            }
            Slot::Days(first, _) if calendar.unit == Unit::Month => {
                (format!("{:04}", first.year()), first.month().unsigned_abs() as usize - 1)
            }
            Slot::Days(first, _) => {
                let day = first.day().unsigned_abs() as usize - 1;
                let column = if calendar.unit == Unit::Day { day } else { day / 7 };
                (format!("{:04}-{:02}", first.year(), first.month()), column)
            }
        };
        match rows.last_mut().filter(|(last, _)| *last == label) {
            Some((_, cells)) => cells.push((column, cell)),
            None => rows.push((label, vec![(column, cell)])),
        }
    }
    let is_empty = |(_, cells): &(String, Vec<(usize, &Cell)>)| cells.iter().all(|(_, cell)| cell.posts.is_empty());
    let mut drawn = Vec::new();
    for part in rows.chunk_by(|one, other| is_empty(one) && is_empty(other)) {
        if part.len() >= LONG_PAUSE {
            drawn.push(Row::Pause(part.len()));
        } else {
            drawn.extend(part.iter().map(|(label, cells)| Row::Cells(label.clone(), cells.clone())));
        }
    }
    drawn
}

/// What is in a row, and what a row is called.
fn words(unit: Unit) -> (&'static str, &'static str) {
    match unit {
        Unit::Day => ("a row a month, a cell a day", "month"),
        Unit::Week => ("a row a month, a cell a week", "month"),
        Unit::Month => ("a row a year, a cell a month", "year"),
        Unit::Number => ("ten numbers a row", "row"),
    }
}

/// The columns of a row.
fn columns_of(unit: Unit) -> usize {
    match unit {
        Unit::Day => 31,
        Unit::Week => 5,
        Unit::Month => 12,
        Unit::Number => 10,
    }
}

/// What is said where no kind of the blog is a series.
pub(crate) fn none(kinds: impl Iterator<Item = String>) -> String {
    let kinds = listed(kinds);
    let known = if kinds.is_empty() { String::new() } else { format!(" (its kinds are {kinds})") };
    format!(
        "no kind of this blog is a series yet{known}: `postlint init` learns kinds from the posts that are there, and \
         `date-range:` or `series:` in postlint.yaml makes one of a kind"
    )
}
