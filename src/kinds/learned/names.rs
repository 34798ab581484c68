//! What kinds are called: by the word that tells their posts apart.

use super::choose::Chosen;
use super::draft::Draft;
use super::known::{Known, Source};
use crate::syntax::dates::days_between;

/// Words that say nothing of a kind.
const EMPTY: &[&str] = &[
    "post", "posts", "_posts", "content", "contents", "blog", "source", "src", "article", "articles", "site", "pages",
    "page", "docs", "index", "entries", "md", "en", "ko", "zh", "ja", "of", "at", "in", "on", "to", "the", "an", "and",
    "for", "by", "with", "my",
];

/// Names each kind, no two alike.
pub(super) fn give(drafts: &mut [Draft], posts: &[Known], chosen: &[Chosen]) {
    let mut given: Vec<String> = Vec::new();
    for (draft, chosen) in drafts.iter_mut().zip(chosen) {
        let word = chosen.word.as_deref().map(plain).filter(|word| says_something(word));
        let name = word.or_else(|| of_titles(posts, chosen)).unwrap_or_else(|| of_rhythm(posts, chosen).to_owned());
        let mut unlike = name.clone();
        let mut next = 2;
        while given.contains(&unlike) {
            unlike = format!("{name}-{next}");
            next += 1;
        }
        given.push(unlike.clone());
        draft.name = unlike;
    }
}

/// How often its posts come.
fn of_rhythm(posts: &[Known], chosen: &Chosen) -> &'static str {
    let members = chosen.members.iter().map(|&at| &posts[at]);
    let days: Vec<_> = members.clone().filter_map(Known::day).collect();
    let mut gaps: Vec<i32> = days.windows(2).map(|pair| days_between(pair[0], pair[1])).collect();
    gaps.sort_unstable();
    let weeks =
        members.filter_map(|post| post.range.as_ref()?.days).filter(|(start, end)| days_between(*start, *end) == 6);
    let many_weeks = weeks.count() * 2 > chosen.members.len();
    match gaps.get(gaps.len() / 2) {
        _ if many_weeks => "weekly",
        Some(1) => "daily",
        Some(5..=9) => "weekly",
        Some(26..=33) => "monthly",
        Some(350..=380) => "yearly",
        _ => "series",
    }
}

fn says_something(word: &str) -> bool {
    !word.is_empty() && !EMPTY.contains(&word)
}

/// A name of letters, digits and hyphens.
fn plain(word: &str) -> String {
    let mut name = String::new();
    for sign in word.to_lowercase().chars() {
        match sign {
            _ if sign.is_alphanumeric() => name.push(sign),
            '\'' | '’' => {}
            _ if !name.is_empty() && !name.ends_with('-') => name.push('-'),
            _ => {}
        }
    }
    name.trim_end_matches('-').to_owned()
}

/// The word before the number of the titles, or the last word of most titles' beginning.
fn of_titles(posts: &[Known], chosen: &Chosen) -> Option<String> {
    let by_title = chosen.numbers.iter().find(|(source, _)| *source == Source::Title);
    if let Some((_, anchor)) = by_title {
        let words = anchor.masked().split(|sign: char| !sign.is_alphabetic()).map(plain);
        return words.filter(|word| says_something(word)).max_by_key(|word| word.chars().count());
    }
    // `this-week-in-rust` in all names.
    let first = chosen.members.first().map(|&at| &posts[at].place.name)?;
    let is_shared = |at: &usize| posts[*at].place.name == *first;
    let name = plain(first);
    let shared = chosen.members.iter().filter(|at| is_shared(at)).count();
    (shared * 5 >= chosen.members.len() * 4 && says_something(&name) && name.chars().any(char::is_alphabetic))
        .then_some(name)
}
