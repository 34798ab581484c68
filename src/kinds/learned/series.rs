//! How the posts of a kind are numbered, and whether they follow each other.

use jiff::ToSpan;
use regex::Regex;

use super::draft::{DraftSeries, Share};
use super::known::{Known, Source};
use super::masked::{Anchor, NUMBER, pattern_of};

/// The series of some posts in the order of time; `None` where nothing says how they follow each other.
pub(super) fn of(posts: &[&Known], numbers: &[(Source, Anchor)]) -> Option<DraftSeries> {
    let numbered = numbers.iter().filter(|(source, _)| *source != Source::Folder);
    let numbered = numbered.filter_map(|(source, anchor)| numbering(posts, *source, anchor)).next();
    let days: Vec<_> = posts.iter().filter_map(|post| post.range.as_ref()?.days).collect();
    let mut days_in_order = days.clone();
    days_in_order.sort_unstable();
    let follow =
        days_in_order.windows(2).filter(|pair| pair[0].1.checked_add(1.day()).is_ok_and(|next| next == pair[1].0));
    let follows = follow.count() * 5 >= days.len() * 3 && days.len() * 10 >= posts.len() * 9;
    let (number, steps) = numbered.unzip();
    let contiguous = follows || steps.unwrap_or(false);
    (number.is_some() || contiguous).then(|| DraftSeries { number, contiguous, open: Vec::new() })
}

/// The regular expression of the number, and whether it mostly goes up by one.
fn numbering(posts: &[&Known], source: Source, anchor: &Anchor) -> Option<(String, bool)> {
    let found: Vec<(&&Known, Vec<u64>)> =
        posts.iter().filter_map(|post| Some((post, anchor.numbers_in(post.text(source))?))).collect();
    let parts = found.first()?.1.len();
    let ones = |part: usize| {
        let mut values: Vec<u64> = found.iter().map(|(_, numbers)| numbers[part]).collect();
        values.sort_unstable();
        values.dedup();
        values.windows(2).filter(|pair| pair[1] - pair[0] == 1).count()
    };
    // A part of a date or of a version begins anew.
    let is_part = |part: &usize| {
        let masked = anchor.masked();
        let at = masked.match_indices(NUMBER).nth(*part).map_or(0, |(at, _)| at);
        let joins = |sign: char| matches!(sign, '.' | '-' | '/' | '~');
        let (before, behind) = (&masked[..at], &masked[at + 1..]);
        let is_joined = |sign: Option<char>, next: Option<char>| sign.is_some_and(joins) && next == Some(NUMBER);
        let (mut back, mut on) = (before.chars().rev(), behind.chars());
        is_joined(back.next(), back.next()) || is_joined(on.next(), on.next())
    };
    let part = (0..parts).filter(|part| !is_part(part)).max_by_key(|&part| (ones(part), std::cmp::Reverse(part)))?;
    let mut distinct: Vec<u64> = found.iter().map(|(_, numbers)| numbers[part]).collect();
    distinct.sort_unstable();
    distinct.dedup();
    // The number of a week begins anew each year, and that of a version with each major one.
    if distinct.len() * 10 < found.len() * 9 {
        return None;
    }
    let is_right = |pattern: &String| {
        let Ok(pattern) = Regex::new(pattern) else { return false };
        let read = |post: &Known| {
            let places = [post.title.as_deref(), post.heading.as_deref(), Some(post.place.name.as_str())];
            let number = |text: &str| pattern.captures(text)?.get(1)?.as_str().parse::<u64>().ok();
            places.into_iter().flatten().find_map(number)
        };
        Share::count(&found, |(post, numbers)| read(post) == Some(numbers[part])).is_rule()
    };
    let pattern = patterns(anchor, part).into_iter().find(is_right)?;
    Some((pattern, ones(part) * 2 > distinct.len() - 1))
}

/// Patterns for a number of an anchor, the shortest first.
fn patterns(anchor: &Anchor, part: usize) -> Vec<String> {
    let masked = anchor.masked();
    let at = masked.match_indices(NUMBER).nth(part).map_or(0, |(at, _)| at);
    let is_end = |sign: char| sign.is_whitespace() || sign == NUMBER;
    let before = &masked[..at];
    let behind = &masked[at + 1..];
    let word_before =
        before.trim_end_matches(' ').rfind(is_end).map_or(before, |end| before[end..].trim_start_matches(is_end));
    let word_behind = behind.find(is_end).map_or(behind, |end| &behind[..end]);
    let has_word = |text: &str| text.chars().any(char::is_alphabetic);
    let mut patterns = Vec::new();
    let number = NUMBER.to_string();
    for (before, behind) in [("", word_behind), (word_before, ""), (word_before, word_behind)] {
        let text = format!("{before}{number}{behind}");
        if has_word(&text) || before.ends_with('#') {
            patterns.push(pattern_of(&text, Some(0)));
        }
    }
    patterns.push(anchor.pattern(Some(part)));
    patterns
}
