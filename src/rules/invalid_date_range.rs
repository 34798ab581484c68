//! `rules/invalid-date-range.md`

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::RuleContext;
use crate::finding::Findings;
use crate::syntax::dates::{DateRange, Day, Place};

/// A header line with days that cannot be: not in the calendar, in reverse, of another weekday, more or fewer than said.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(range) = &context.post.date_range else { return };
    let asked_for = context.kind.is_some_and(|kind| kind.schema.date_range.is_some());
    if !asked_for && range.place != Place::Alone {
        return;
    }
    let text = context.post.text;
    let impossible = [Some(&range.start), range.end.as_ref()].into_iter().flatten().find(|day| day.is_impossible());
    if let Some(day) = impossible {
        let message = format!("`{}` is in no calendar: {}", &text[day.span], why_impossible(day));
        findings.at(day.span, message);
    } else if let Some((start, end)) = range.dates().filter(|(start, end)| end < start) {
        let shown = range.end.as_ref().map_or(&range.span, |end| &end.span);
        let message = format!("the last day, `{}`, comes before the first", &text[*shown]);
        let finding = findings.at(*shown, message);
        finding.label(range.start.span, "the first day").help(how_to_turn(start, end));
    } else {
        check_weekdays(range, findings);
        check_length(range, text, findings);
    }
}

fn why_impossible(day: &Day) -> String {
    let first = Date::new(day.year.unwrap_or(2000), day.month as i8, 1);
    match first {
        Err(_) => format!("there is no month {}", day.month),
        Ok(_) if day.day == 0 => "months begin with day 1".to_owned(),
        Ok(first) => format!("{} ends with day {}", first.strftime("%B"), first.days_in_month()),
    }
}

fn how_to_turn(start: Date, end: Date) -> String {
    match end.checked_add(1.year()) {
        Ok(next) if start <= next && next <= start + 31.days() => format!("did it end in {}?", next.year()),
        _ => "write the first day first".to_owned(),
    }
}

/// Weekdays that are both off by the same number of days are one fault: of the dates, or of the year.
fn check_weekdays(range: &DateRange, findings: &mut Findings) {
    let wrong: Vec<_> =
        [Some(&range.start), range.end.as_ref()].into_iter().flatten().filter_map(wrong_weekday).collect();
    let shift = |(date, weekday, _): &(Date, Weekday, _)| date.weekday().since(*weekday);
    let together = wrong.len() == 2 && shift(&wrong[0]) == shift(&wrong[1]);
    for (date, weekday, span) in if together { &wrong[..1] } else { &wrong[..] } {
        let (right, year) = (date.strftime("%-d %B %Y is a %A"), date.year());
        let finding = findings.at(*(*span), format!("{right}, not a {weekday:?}"));
        if together {
            finding.label(*wrong[1].2, "as far off as this");
        }
        let fits = |year: i16| {
            wrong
                .iter()
                .all(|(date, weekday, _)| date.with().year(year).build().is_ok_and(|date| date.weekday() == *weekday))
        };
        if together && let Some(other) = [year - 1, year + 1].into_iter().find(|&year| fits(year)) {
            finding.help(format!("the weekdays are those of {other}"));
        }
    }
}

fn wrong_weekday(day: &Day) -> Option<(Date, Weekday, &crate::text::Span)> {
    let (date, (weekday, span)) = (day.date?, day.weekday.as_ref()?);
    (date.weekday() != *weekday).then_some((date, *weekday, span))
}

/// Three weeks are also three times Monday to Friday, or from a Monday to a Monday.
fn check_length(range: &DateRange, text: &str, findings: &mut Findings) {
    let (Some((stated, span)), Some(days)) = (&range.stated_days, range.days()) else { return };
    let (said, stated) = (&text[*span], *stated as i32);
    let in_weeks = !said.starts_with(&stated.to_string());
    let fits = if in_weeks { (stated - 2..=stated + 1).contains(&days) } else { days == stated };
    if !fits {
        let finding = findings.at(*span, format!("the range has {days} days, but `{said}` are {stated}"));
        finding.label(range.span, format!("{days} days"));
    }
}
