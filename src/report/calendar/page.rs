//! The picture in a terminal.

use anstyle::{AnsiColor, Style};

use super::{Calendar, Drawn, Row, Slot, State, Unit, columns_of, rows, words};
use crate::report::columns::{SCREEN, end_within};
use crate::report::text::count;

/// All series, and what the signs mean.
pub(crate) fn page(series: &[Drawn], color: bool) -> String {
    let mut page = String::new();
    for drawn in series {
        page += &one(drawn, color);
        page.push('\n');
    }
    if series.iter().any(|drawn| drawn.calendar.is_ok()) {
        let legend =
            State::ALL.map(|state| format!("{} {}", set(&state.sign().to_string(), state, color), state.name()));
        page += &format!("{}\n", legend.join("   "));
    }
    page
}

/// Columns of the label at the left.
const LABEL: usize = 9;

fn one(drawn: &Drawn, color: bool) -> String {
    let name = end_within(drawn.kind, SCREEN / 2);
    let name = if color { format!("{BOLD}{name}{BOLD:#}") } else { name };
    let calendar = match &drawn.calendar {
        Ok(calendar) => calendar,
        Err(why) => return format!("{name}: {}\n", drawn.undrawn(why)),
    };
    let (caption, row) = words(calendar.unit);
    let posts = count(drawn.posts.len(), "post");
    let mut lines = vec![format!("{name}: {posts}, {caption}"), String::new()];
    lines.extend(head(calendar.unit).map(|head| format!("{:LABEL$}{head}", "")));
    for line in rows(calendar) {
        lines.push(match line {
            Row::Cells(label, cells) => {
                let mut columns = vec![blank(calendar.unit); columns_of(calendar.unit)];
                for (column, cell) in cells {
                    columns[column] = shown(drawn, calendar, cell, color);
                }
                format!("{label:<width$} {}", columns.concat(), width = LABEL - 1)
            }
            Row::Pause(rows) => format!("{:LABEL$}{} without a post", "...", count(rows, row)),
        });
    }
    lines.extend([String::new(), drawn.counts(calendar)]);
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

const BOLD: Style = Style::new().bold();

/// The line above the cells, where they do not say themselves where they are.
fn head(unit: Unit) -> Option<String> {
    match unit {
        Unit::Day => Some(
            (1..=31)
                .map(|day| if day % 5 == 0 { format!("{day:>2}") } else { " ".repeat(usize::from(day % 5 != 4)) })
                .collect(),
        ),
        Unit::Month => Some((1..=12).map(|month| format!("{month:>2}  ")).collect()),
        Unit::Week | Unit::Number => None,
    }
}

fn blank(unit: Unit) -> String {
    let width = match unit {
        Unit::Day => 1,
        Unit::Week => 6,
        Unit::Month => 4,
        Unit::Number => 6,
    };
    " ".repeat(width)
}

fn shown(drawn: &Drawn, calendar: &Calendar, cell: &super::Cell, color: bool) -> String {
    let state = drawn.state(cell);
    let sign = state.sign();
    match (calendar.unit, cell.slot) {
        (Unit::Week, Slot::Days(first, _)) => set(&format!("{:>2} {sign}", first.day()), state, color) + "  ",
        (Unit::Number, Slot::Number(number)) => set(&format!("{:02} {sign}", number % 100), state, color) + "  ",
        (Unit::Month, _) => set(&format!(" {sign}"), state, color) + "  ",
        _ => set(&sign.to_string(), state, color),
    }
}

fn set(text: &str, state: State, color: bool) -> String {
    let background = match state {
        State::Covered => AnsiColor::Green,
        State::Incomplete => AnsiColor::Yellow,
        State::Twice => AnsiColor::Magenta,
        State::Missing => AnsiColor::Red,
        State::Rest => AnsiColor::White,
    };
    let style = AnsiColor::Black.on(background);
    if color { format!("{style}{text}{style:#}") } else { text.to_owned() }
}
