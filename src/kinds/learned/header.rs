//! Front matter, title and days: what the heads of posts have in common.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::draft::{DraftKey, DraftRange, Share};
use super::known::{Known, KnownRange, Source};
use super::masked::Anchor;
use crate::kinds::schema::{FileDatePlace, TitleHeading, Weekday};
use crate::syntax::dates::{RangeForm, days_between};

/// Keys whose values are one of a few on any blog.
const ENUMERATIONS: &[&str] = &["layout", "type", "template", "lang", "language", "locale"];

/// So many posts show which values a key has.
const ENOUGH: usize = 10;

/// The keys that all posts have, in the order of most.
pub(super) fn keys(posts: &[&Known], title: Option<&Anchor>) -> Vec<DraftKey> {
    let mut seen: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for post in posts {
        let Some(front) = post.head.front_matter() else { continue };
        for (place, entry) in front.tree.entries.iter().enumerate().filter(|(_, entry)| !entry.value.is_empty()) {
            let first = front.get(&entry.key).is_some_and(|kept| kept.key_span == entry.key_span);
            let (count, places) = seen.entry(entry.key.as_str()).or_default();
            *count += usize::from(first);
            *places += if first { place } else { 0 };
        }
    }
    let mut keys: Vec<(f64, DraftKey)> = Vec::new();
    for (name, (count, places)) in seen {
        let share = Share { of: count, all: posts.len() };
        if !share.is_rule() || name == "postlint" {
            continue;
        }
        let one_of = if ENUMERATIONS.contains(&name) { values(posts, name) } else { Vec::new() };
        let pattern = title.filter(|_| name == "title").map(|anchor| anchor.pattern(None));
        let key = DraftKey { name: name.to_owned(), required: true, one_of, pattern, seen: share };
        keys.push((places as f64 / count as f64, key));
    }
    keys.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    keys.into_iter().map(|(_, key)| key).collect()
}

/// The values of a key, where there are few and each is usual.
fn values(posts: &[&Known], key: &str) -> Vec<String> {
    let mut values: BTreeMap<&str, usize> = BTreeMap::new();
    for post in posts {
        let Some(node) = post.head.front_matter().and_then(|front| front.get(key)).map(|entry| &entry.value) else {
            continue;
        };
        let Some(text) = node.text().filter(|text| !text.is_empty()) else { return Vec::new() };
        *values.entry(text).or_default() += 1;
    }
    let total: usize = values.values().sum();
    // One value that another author wrote once is a slip or an exception.
    values.retain(|_, count| *count * 20 > total);
    let is_few = values.len() <= 3 && total >= ENOUGH;
    if is_few { values.into_keys().map(str::to_owned).collect() } else { Vec::new() }
}

/// What all titles begin or end with, with a number.
pub(super) fn title(posts: &[&Known]) -> Option<Anchor> {
    let mut counts: BTreeMap<Anchor, usize> = BTreeMap::new();
    for post in posts {
        let mut own: Vec<Anchor> = post.anchors(Source::Title).into_iter().map(|(anchor, _)| anchor).collect();
        own.sort();
        own.dedup();
        own.into_iter().for_each(|anchor| *counts.entry(anchor).or_default() += 1);
    }
    let is_rule = |(anchor, count): &(Anchor, usize)| anchor.has_words() && *count * 10 >= posts.len() * 9;
    let rules = counts.into_iter().filter(is_rule);
    rules.max_by_key(|(anchor, count)| (anchor.masked().chars().count(), *count)).map(|(anchor, _)| anchor)
}

/// What the H1 is beside the title.
pub(super) fn title_heading(posts: &[&Known], level: Option<u8>) -> Option<TitleHeading> {
    let titled: Vec<&&Known> = posts.iter().filter(|post| post.title.is_some()).collect();
    if titled.len() * 10 < posts.len() * 9 || level == Some(1) {
        return None;
    }
    let same = Share::count(&titled, |post| post.heading.is_some() && post.heading == post.title);
    let has_h1 = |post: &Known| post.heading.is_some() || post.headings.iter().any(|(level, _)| *level == 1);
    let absent = Share::count(&titled, |post| !has_h1(post));
    match (same.is_rule(), absent.is_rule()) {
        (true, _) => Some(TitleHeading::Same),
        (_, true) => Some(TitleHeading::Absent),
        _ => None,
    }
}

/// The line with the days.
pub(super) fn range(posts: &[&Known]) -> Option<DraftRange> {
    let has = |post: &&Known| post.range.as_ref().is_some_and(|range| range.form != RangeForm::OpenEnd);
    let seen = Share::count(posts, has);
    if !seen.is_rule() {
        return None;
    }
    let ranges: Vec<&KnownRange> = posts.iter().filter_map(|post| post.range.as_ref()).collect();
    let days: Vec<(Date, Date)> = ranges.iter().filter_map(|range| range.days).collect();
    Some(DraftRange {
        format: super::formats::usual(&ranges),
        starts_on: starts_on(&days),
        days: lengths(&days),
        file_date: file_date(posts),
        seen,
    })
}

fn starts_on(days: &[(Date, Date)]) -> Option<Weekday> {
    let weekdays = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
    weekdays.into_iter().find(|weekday| {
        let starts = Share::count(days, |(start, _)| start.weekday() == weekday.in_calendar());
        starts.of * 10 >= starts.all * 9 && starts.all > 2
    })
}

/// How many days the ranges have: the usual number first, then those that are twice as many.
fn lengths(days: &[(Date, Date)]) -> Vec<u16> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    days.iter().for_each(|(start, end)| *counts.entry(days_between(*start, *end) + 1).or_default() += 1);
    let Some((&usual, &count)) = counts.iter().max_by_key(|(_, count)| **count) else { return Vec::new() };
    let twice: Vec<i32> = counts.keys().copied().filter(|days| *days == 2 * usual).collect();
    let covered = count + twice.iter().map(|days| counts[days]).sum::<usize>();
    if usual < 2 || count * 5 < days.len() * 4 || covered * 10 < days.len() * 9 {
        return Vec::new();
    }
    std::iter::once(usual).chain(twice).filter_map(|days| u16::try_from(days).ok()).collect()
}

fn file_date(posts: &[&Known]) -> Option<FileDatePlace> {
    let dated = posts.iter().filter_map(|post| {
        let day = post.head.file_date.as_ref().and_then(|name| name.date).or_else(|| post.head.written_date())?;
        Some((day, post.range.as_ref()?.days?))
    });
    let dated: Vec<(Date, (Date, Date))> = dated.collect();
    let holds = |place: FileDatePlace| {
        let fits = Share::count(&dated, |(day, (start, end))| match place {
            FileDatePlace::Start => day == start,
            FileDatePlace::End => day == end,
            _ => start <= day && day <= end,
        });
        fits.is_rule() && fits.all * 2 >= posts.len()
    };
    [FileDatePlace::Start, FileDatePlace::End, FileDatePlace::Inside].into_iter().find(|place| holds(*place))
}
