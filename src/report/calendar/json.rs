//! The data of the picture.

use serde::Serialize;

use super::{Drawn, Slot, State, Unit};
use crate::report::json::items;

/// A series; the key of its cells says what they are.
#[derive(Serialize)]
struct Series<'a> {
    kind: &'a str,
    /// Days from one post to the next.
    period: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<Vec<Cell<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weeks: Option<Vec<Cell<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<Vec<Cell<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    numbers: Option<Vec<Cell<'a>>>,
    /// Why there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

#[derive(Serialize)]
struct Cell<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u64>,
    state: State,
    posts: Vec<&'a super::Member<'a>>,
}

/// One document, a series to a line.
pub(crate) fn json(series: &[Drawn]) -> String {
    let close = if series.is_empty() { "" } else { "\n" };
    format!("{{\"version\":1,\"series\":[{}{close}]}}\n", items(series.iter().map(one)))
}

fn one<'a>(drawn: &'a Drawn) -> Series<'a> {
    let cells = |unit: Unit| {
        let calendar = drawn.calendar.as_ref().ok().filter(|calendar| calendar.unit == unit)?;
        Some(calendar.cells.iter().map(|cell| self::cell(drawn, cell)).collect())
    };
    Series {
        kind: drawn.kind,
        period: drawn.period,
        days: cells(Unit::Day),
        weeks: cells(Unit::Week),
        months: cells(Unit::Month),
        numbers: cells(Unit::Number),
        why: drawn.calendar.as_ref().err().map(|why| drawn.undrawn(why)),
    }
}

fn cell<'a>(drawn: &'a Drawn, cell: &super::Cell) -> Cell<'a> {
    let (start, end, number) = match cell.slot {
        Slot::Days(start, end) => (Some(start.to_string()), Some(end.to_string()), None),
        Slot::Number(number) => (None, None, Some(number)),
    };
    let posts = cell.posts.iter().map(|&post| &drawn.posts[post]).collect();
    Cell { start, end, number, state: drawn.state(cell), posts }
}
