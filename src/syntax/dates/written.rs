//! One date as written, before it is known which year it belongs to.

use jiff::civil::Weekday;

use super::scan::{Number, Scan, is_letter};
use super::words;
use crate::text::Span;

/// A date as written: its numbers and where they stand.
#[derive(Debug, Clone)]
pub(super) struct Written {
    /// Bytes of the line, the weekday included.
    pub span: Span,
    pub form: Form,
    pub weekday: Option<(Weekday, Span)>,
    /// The day ends with a unit, an ordinal suffix or a weekday: whatever follows, it was a day.
    pub closed: bool,
    /// A dot stands behind the last number: `2022. 10. 9.`
    pub dotted: bool,
}

impl Written {
    /// True for `1. 10`, which may be the number of a list item and the beginning of a date.
    pub(crate) fn may_be_marker(&self) -> bool {
        matches!(self.form, Form::Numbers { spaced: true, .. })
    }
}

/// The families of dates; both sides of a range are of one family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// `2022.10.03`, `10/3`: two or three numbers with one sign between them.
    Numbers { sign: char, spaced: bool, numbers: Vec<Number> },
    /// `2022년 10월 3일`, `10月3日`, `27日` with its month elided.
    Units { year: Option<Number>, month: Option<Number>, day: Number },
    /// `Oct 3, 2022`, `3 de octubre`.
    Named { year: Option<Number>, month: u16, day: Number, day_first: bool },
    /// `9`, `18th`: month and perhaps year stand at the other side.
    Day { year: Option<Number>, day: Number },
}

/// All ways to read a date here, the most telling first.
pub(super) fn read(scan: Scan) -> Vec<(Written, Scan)> {
    let mut body = scan;
    let before = words::weekday_before(&mut body);
    let forms: [fn(&mut Scan) -> Option<Body>; 4] = [named, units, numbers, day];
    let start = scan.at;
    forms.iter().filter_map(|form| written(body, start, before, form)).collect()
}

/// What a form reads: itself, and the two flags of [`Written`].
struct Body {
    form: Form,
    closed: bool,
    dotted: bool,
}

fn written<'a>(
    mut scan: Scan<'a>,
    start: usize,
    before: Option<(Weekday, Span)>,
    form: &fn(&mut Scan) -> Option<Body>,
) -> Option<(Written, Scan<'a>)> {
    let body = form(&mut scan)?;
    let weekday = before.or_else(|| words::weekday_after(&mut scan));
    let closed = body.closed || weekday.is_some();
    let dotted = body.dotted && weekday.is_none();
    Some((Written { span: Span::new(start, scan.at), form: body.form, weekday, closed, dotted }, scan))
}

/// `October 3rd, 2022` and `3rd of October 2022`.
fn named(scan: &mut Scan) -> Option<Body> {
    let mut ahead = *scan;
    let body = if ahead.peek().is_some_and(is_letter) { month_first(&mut ahead) } else { day_first(&mut ahead) }?;
    *scan = ahead;
    Some(body)
}

fn month_first(scan: &mut Scan) -> Option<Body> {
    let month = words::month(&scan.word())?;
    let dot = scan.eat(".");
    if scan.spaces() == 0 && !dot {
        return None;
    }
    let day = scan.number(2)?;
    let closed = ordinal(scan);
    let year = year_behind(scan);
    Some(Body { form: Form::Named { year, month, day, day_first: false }, closed, dotted: false })
}

fn day_first(scan: &mut Scan) -> Option<Body> {
    let day = scan.number(2)?;
    if !ordinal(scan) {
        scan.eat(".");
    }
    scan.spaces();
    scan.eat_any(&["of ", "de "]);
    let month = words::month(&scan.word())?;
    let year = year_behind(scan);
    Some(Body { form: Form::Named { year, month, day, day_first: true }, closed: true, dotted: false })
}

/// The year behind a day or a month: ` 2022`, `, 2022`, `. 2022`, ` de 2022`, and of two digits `,22`.
pub(super) fn year_behind(scan: &mut Scan) -> Option<Number> {
    let mut ahead = *scan;
    let has_comma = ahead.eat_any(&[",", "."]) == Some(",");
    if has_comma && let Some(year) = ahead.number(2).filter(|year| year.digits == 2) {
        let ends =
            ahead.rest().trim_start().starts_with(['-', '–', '—', '~', ')', ']']) || ahead.rest().trim().is_empty();
        return ends.then(|| {
            *scan = ahead;
            year
        });
    }
    if ahead.spaces() == 0 {
        return None;
    }
    ahead.eat_any(&["de ", "del ", "of "]);
    let year = ahead.number(4).filter(|year| year.digits == 4)?;
    *scan = ahead;
    Some(year)
}

/// Steps over `st`, `nd`, `rd`, `th`, `er`, `º`.
fn ordinal(scan: &mut Scan) -> bool {
    let mut ahead = *scan;
    let suffix = ahead.eat_while(|c| is_letter(c) || c == 'º').to_lowercase();
    let found = matches!(suffix.as_str(), "st" | "nd" | "rd" | "th" | "er" | "º" | "ª");
    if found {
        *scan = ahead;
    }
    found
}

/// `2022년 10월 3일`, with or without spaces; the last unit may be elided.
fn units(scan: &mut Scan) -> Option<Body> {
    let mut ahead = *scan;
    let year = with_unit(&mut ahead, 4, &["年", "년"]);
    let month = with_unit(&mut ahead, 2, &["月", "월"]);
    if year.is_some() && month.is_none() {
        return None;
    }
    let day = ahead.number(2)?;
    let closed = day_unit(&mut ahead);
    if month.is_none() && !closed {
        return None;
    }
    *scan = ahead;
    Some(Body { form: Form::Units { year, month, day }, closed, dotted: false })
}

/// A number with one of some units behind it, spaces left aside.
pub(super) fn with_unit(scan: &mut Scan, digits: usize, units: &[&str]) -> Option<Number> {
    let mut ahead = *scan;
    let number = ahead.number(digits)?;
    ahead.spaces();
    ahead.eat_any(units)?;
    ahead.spaces();
    *scan = ahead;
    Some(number)
}

/// `日`, but not the `日` of a length such as `7日間`.
fn day_unit(scan: &mut Scan) -> bool {
    let mut ahead = *scan;
    ahead.spaces();
    let found =
        ahead.eat_any(&["日", "일", "号", "號"]).is_some() && !matches!(ahead.peek(), Some('間' | '간' | '目' | '차'));
    if found {
        *scan = ahead;
    }
    found
}

/// Two or three numbers with the same sign, and the same space, between them.
fn numbers(scan: &mut Scan) -> Option<Body> {
    let mut ahead = *scan;
    let mut numbers = vec![ahead.number(4)?];
    let sign = ahead.peek().filter(|c| matches!(c, '.' | '/' | '-'))?;
    let mut spaced = false;
    while numbers.len() < 3 {
        let mut next = ahead;
        let follows = next.eat_any(&[".", "/", "-"]).is_some_and(|token| token.starts_with(sign));
        let space = sign == '.' && next.eat(" ");
        if !follows || (numbers.len() > 1 && space != spaced) {
            break;
        }
        let Some(number) = next.number(4) else { break };
        spaced = space;
        numbers.push(number);
        ahead = next;
    }
    if numbers.len() < 2 || goes_on(ahead, sign, numbers.len()) {
        return None;
    }
    let dotted = sign == '.' && ahead.eat(".");
    *scan = ahead;
    Some(Body { form: Form::Numbers { sign, spaced, numbers }, closed: false, dotted })
}

/// True if yet another number follows, as in `1. 10.03` or `10.0.0.1`; only a hyphen may begin the end of a range, and a
/// slash behind a whole date with hyphens.
fn goes_on(mut scan: Scan, sign: char, count: usize) -> bool {
    let next = scan.eat_any(&[".", "/", "-"]);
    let separates = match next {
        Some("-") => sign != '-' || count == 3,
        Some("/") => sign == '-' && count == 3,
        _ => false,
    };
    next.is_some() && !separates && scan.peek().is_some_and(|c| c.is_ascii_digit())
}

fn day(scan: &mut Scan) -> Option<Body> {
    let day = scan.number(2)?;
    let closed = ordinal(scan);
    let dotted = !closed && scan.eat(".");
    Some(Body { form: Form::Day { year: None, day }, closed, dotted })
}
