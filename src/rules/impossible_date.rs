//! `rules/impossible-date.md`

use super::Subject;
use crate::blog::Generator;
use crate::finding::Findings;
use crate::post::dates::jekyll::{JekyllDate, Moment, Refusal};
use crate::post::front_matter::Entry;
use crate::text::{Span, after_bom};

/// A day or a time that the calendar and the clock do not have.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let Some((span, message)) = fault(subject) else { return };
    let post = subject.post;
    let at_name = post.front_matter().is_none_or(|front| span.start < front.content.start);
    let help = match &post.file_date {
        Some(_) if at_name => "rename the file: its name begins with the day, as in `2022-10-09-title.md`".to_owned(),
        Some(name) if name.date.is_some() && message.contains("is empty") => {
            "write the day, or take the line out: the name of the file has one".to_owned()
        }
        _ => "write the day as in `2022-10-09`, with a time as in `2022-10-09 21:00:00 +0900`".to_owned(),
    };
    findings.at(span, message).help(help);
}

/// Where it is, and what is wrong with it.
pub(super) fn fault(subject: &Subject) -> Option<(Span, String)> {
    if subject.blog.generator == Generator::Jekyll { of_jekyll(subject) } else { of_others(subject) }
}

/// Ruby takes any day up to 31 and counts on into the next month; at anything else that is no date Jekyll stops.
fn of_jekyll(subject: &Subject) -> Option<(Span, String)> {
    let post = subject.post;
    let entry = date_entry(subject);
    let (span, shown) = match (&entry, &post.file_date) {
        (Some(entry), _) => (place(entry), shown(&post.text[entry.value.span.clone()])),
        (None, Some(name)) => {
            let file = post.path.rsplit('/').next().unwrap_or_default();
            let start = after_bom(post.text);
            (start..post.text.len(), shown(&file[name.span.clone()]))
        }
        (None, None) => return None,
    };
    let what = match post.jekyll_date()? {
        JekyllDate::Moment(moment) => return Some((span, carried(subject, moment)?)),
        JekyllDate::Unsure => return None,
        JekyllDate::Refused(Refusal::Empty) => "`date` is empty".to_owned(),
        JekyllDate::Refused(Refusal::Month(month)) => format!("there is no month `{month}`"),
        JekyllDate::Refused(Refusal::Day(day)) => format!("there is no day `{day}`"),
        JekyllDate::Refused(Refusal::Clock) => format!("`{shown}` is no time of a day"),
        JekyllDate::Refused(Refusal::Shape) => format!("`{shown}` is no date"),
    };
    Some((span, format!("{what}: Jekyll stops the whole build here")))
}

fn carried(subject: &Subject, moment: Moment) -> Option<String> {
    let (lacking, day) = (moment.lacking?, moment.day(subject.blog.zone()?)?);
    // What is carried lands in the month after.
    let month = moment.civil.date().first_of_month().yesterday().ok()?.strftime("%Y-%m");
    Some(format!("{month} has no day `{lacking}`, so Jekyll publishes the post under {day}"))
}

/// A day that no calendar has is meant on no generator, whatever it makes of it.
fn of_others(subject: &Subject) -> Option<(Span, String)> {
    let entry = date_entry(subject)?;
    let span = entry.value.span.clone();
    let text = entry.value.text()?.trim();
    let mut parts = text.split(['T', 't', ' ']).next()?.split('-');
    let numbers = [parts.next()?, parts.next()?, parts.next()?];
    let is_day = parts.next().is_none() && numbers[0].len() >= 4;
    if !is_day || !numbers.iter().all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let (year, month, day): (i16, i8, i8) =
        (numbers[0].parse().ok().filter(|&year| year < 9999).unwrap_or(2000), number(numbers[1]), number(numbers[2]));
    let message = match jiff::civil::Date::new(year, month.clamp(1, 12), 1).ok()?.days_in_month() {
        _ if !(1..=12).contains(&month) => format!("there is no month `{}`", numbers[1]),
        days if !(1..=days).contains(&day) => format!("the month has no day `{}`", numbers[2]),
        _ => return None,
    };
    Some((span, message))
}

fn number(digits: &str) -> i8 {
    digits.parse().unwrap_or(i8::MAX)
}

/// The entry of the day in the front matter.
fn date_entry<'s>(subject: &'s Subject) -> Option<&'s Entry> {
    subject.post.front_matter()?.get("date")
}

/// The value, or the key where none is written.
fn place(entry: &Entry) -> Span {
    let value = &entry.value.span;
    if value.is_empty() { entry.key_span.clone() } else { value.clone() }
}

/// The beginning of a value, which may be of any length.
fn shown(value: &str) -> String {
    const MOST: usize = 40;
    value.trim().trim_matches(['"', '\'']).chars().take_while(|&c| c != '\n').take(MOST).collect()
}
