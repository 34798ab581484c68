//! The length that a range states itself: `(7일)`, `(3 weeks)`.

use super::scan::Scan;
use crate::text::Span;

const DAY: [&str; 12] = ["일간", "일", "日間", "日", "天", "days", "day", "jours", "días", "dias", "tage", "d"];
const WEEK: [&str; 12] =
    ["주간", "주", "週間", "週", "周", "weeks", "week", "semaines", "semanas", "wochen", "woche", "w"];

/// Reads a length in brackets; gives its days, its bytes without the brackets, and where the text goes on.
pub(super) fn read(rest: Scan) -> (Option<(u32, Span)>, usize) {
    match bracketed(rest) {
        Some((days, span, after)) => (Some((days, span)), after),
        None => (None, rest.at),
    }
}

fn bracketed(mut scan: Scan) -> Option<(u32, Span, usize)> {
    scan.gap();
    scan.eat_any(&["(", "（", "["])?;
    scan.eat_any(&["총 ", "총", "共 ", "共", "全"]);
    let start = scan.at;
    let number = scan.number(3)?;
    scan.spaces();
    let days = u32::from(number.value) * unit(&mut scan)?;
    let span = Span::new(start, scan.at);
    scan.eat_any(&[")", "）", "]"])?;
    Some((days, span, scan.at))
}

/// The days of a unit.
fn unit(scan: &mut Scan) -> Option<u32> {
    let unit = scan.eat_while(char::is_alphabetic).to_lowercase();
    let has = |names: &[&str]| names.contains(&unit.as_str());
    if has(&DAY) {
        Some(1)
    } else if has(&WEEK) {
        Some(7)
    } else {
        None
    }
}
