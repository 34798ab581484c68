//! The titles of posts beside each other.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::{Arc, OnceLock};

use foldhash::fast::FixedState;

use super::Blog;
use super::habits::folder_of;
use crate::files::file_name;
use crate::post::{Head, is_index, telling_name};
use crate::syntax::dates;

/// The titles of all posts.
#[derive(Debug, Default)]
pub(crate) struct Titles {
    /// The posts, by their place in the list, with the same title.
    same: HashMap<u64, Vec<usize>>,
    /// The numbers of titles that have one, by the rest of the title.
    numbered: HashMap<u64, Vec<u32>>,
}

/// A title that so many posts have is a custom.
const MOST: usize = 3;

/// So many titles that differ in their numbers are a series.
const SERIES: usize = 3;

impl Titles {
    /// Those of a folder alone, or of all posts.
    fn of(blog: &Blog, folder: Option<&str>) -> Titles {
        let mut titles = Titles::default();
        let is_beside = |path: &str| folder.is_none_or(|folder| folder_of(path) == folder);
        for (at, path) in blog.posts().iter().enumerate().filter(|(_, path)| is_beside(path)) {
            let Some(source) = blog.source(path) else { continue };
            let Some(title) = title(&source.head) else { continue };
            titles.same.entry(hash(title)).or_default().push(at);
            if let Some((rest, number)) = numbered(title) {
                titles.numbered.entry(hash(&rest)).or_default().push(number);
            }
        }
        titles.same.retain(|_, posts| posts.len() > 1);
        titles.numbered.retain(|_, numbers| numbers.len() >= SERIES);
        titles
    }

    /// Whether a title is one of a series that goes on with the next number, which no post has: then the second of two
    /// was meant to have it.
    fn lacks_next(&self, title: &str) -> bool {
        let Some((rest, number)) = numbered(title) else { return false };
        let Some(numbers) = self.numbered.get(&hash(&rest)) else { return false };
        let mut others = numbers.clone();
        others.sort_unstable();
        others.dedup();
        // Nearly every number once: a series of one part each.
        let is_series = others.len() >= SERIES && numbers.len() - others.len() <= others.len() / SERIES;
        let has = |number: u32| others.binary_search(&number).is_ok();
        is_series && has(number - 1) && !has(number + 1)
    }
}

fn hash(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}

/// The title of the front matter, where it says something.
fn title(head: &Head) -> Option<&str> {
    head.title()?.text().map(str::trim).filter(|title| !title.is_empty())
}

/// The only number of a title, from 1 on, and the title with a gap for it.
pub(crate) fn numbered(title: &str) -> Option<(String, u32)> {
    let start = title.find(|c: char| c.is_ascii_digit())?;
    let end = title[start..].find(|c: char| !c.is_ascii_digit()).map_or(title.len(), |length| start + length);
    let number = title[start..end].parse().ok().filter(|number| (1..1000).contains(number))?;
    let is_only = !title[end..].contains(|c: char| c.is_ascii_digit());
    is_only.then(|| (format!("{}\0{}", &title[..start], &title[end..]), number))
}

impl Blog {
    /// The other posts with the title of one, where they are few, in the order of their paths.
    pub(crate) fn titled_alike(&self, post: &Head) -> Vec<&str> {
        let Some(title) = title(post) else { return Vec::new() };
        let titles = self.titles(post);
        let same = titles.get().and_then(|titles| titles.same.get(&hash(title)));
        let Some(alike) = same else { return Vec::new() };
        let others = alike.iter().map(|&at| &*self.posts()[at]).filter(|path| **path != *post.path);
        let others: Vec<&str> = others.collect();
        if others.len() < MOST { others } else { Vec::new() }
    }

    /// Whether the title of a post has the number of the post before it: it follows that in the list, and a series of
    /// titles lacks the next number.
    pub(crate) fn keeps_last_number(&self, post: &Head) -> bool {
        let (titles, Some(title)) = (self.titles(post), title(post)) else { return false };
        // `day-12b` is called after the number on purpose.
        let number = numbered(title).map(|(_, number)| number.to_string());
        let is_named_so = number.is_some_and(|number| has_word(telling_name(&post.path), &number));
        !is_named_so && titles.get().is_some_and(|titles| titles.lacks_next(title))
    }

    /// Whether the title of two posts belongs to the other one: its name has words or numbers of the title that the
    /// name of the post lacks, and that has some that neither has.
    pub(crate) fn is_title_of(&self, other: &str, post: &Head) -> bool {
        let Some(title) = title(post) else { return false };
        let [title, named, own] = [title, telling_name(other), telling_name(&post.path)].map(str::to_lowercase);
        let is_elsewhere = |word: &&str| has_word(&named, word) && !has_word(&own, word);
        let is_own = |word: &&str| !has_word(&title, word) && !has_word(&named, word);
        // Elsewhere it may be about the same from another side, or link there.
        let are_beside =
            place_of(other) == place_of(&post.path) || [other, &post.path].iter().all(|path| is_dated(path));
        are_beside && words(&title).iter().any(is_elsewhere) && words(&own).iter().any(is_own)
    }

    /// The titles that count beside that of a post.
    fn titles(&self, post: &Head) -> Arc<OnceLock<Titles>> {
        let folder = self.compared_folder(&post.path);
        let titles = self.titles.of(folder.unwrap_or_default());
        titles.get_or_init(|| Titles::of(self, folder));
        titles
    }

    /// Reads the titles of all posts.
    pub(super) fn read_titles(&self) {
        self.titles.of("").get_or_init(|| Titles::of(self, None));
    }
}

/// The folder of a post, or that of its own folder.
fn place_of(path: &str) -> &str {
    let folder = folder_of(path);
    if is_index(file_name(path)) { folder_of(folder) } else { folder }
}

fn is_dated(path: &str) -> bool {
    dates::read_file_date(path).is_some()
}

/// The words and the numbers of a text; a letter alone is none.
fn words(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        '0'..='9' => 1,
        'a'..='z' | 'A'..='Z' => 2,
        _ => 3 * usize::from(c.is_alphanumeric()),
    };
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let is_word = matches!(kind(first), 1 | 3) || kind(first) == 2 && word.len() > 1;
        words.extend(is_word.then_some(word));
        rest = behind;
    }
    words
}

/// Whether a text has a word, or a number whatever zeros stand before it.
fn has_word(text: &str, word: &str) -> bool {
    let value = |number: &str| number.trim_start_matches('0').to_owned();
    match word.starts_with(|c: char| c.is_ascii_digit()) {
        true => words(text).into_iter().any(|other| other.parse::<u128>().is_ok() && value(other) == value(word)),
        false => text.contains(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blog::Settings;
    use crate::files::Files;

    #[test]
    fn titles_of_another() {
        let blog = |files: &[(&str, &str)]| Blog::new(Files::in_memory(files.iter().copied()), Settings::default());
        let is_of = |title: &str, other: &str, own: &str| {
            let (other, own) = (format!("_posts/2022-10-02-{other}.md"), format!("_posts/2022-10-09-{own}.md"));
            let text = format!("---\ntitle: \"{title}\"\n---\na\n");
            let blog = blog(&[("_config.yml", ""), (&other, &text), (&own, &text)]);
            blog.is_title_of(&other, &blog.post(&own, &text).head)
        };
        for (title, other, own, is) in [
            ("3주차 회고", "week3", "week4", true),
            ("Day 2 TIL", "bc-d002-til", "bc-d004-til", true),
            ("백준 11279", "baekjoon11279", "baekjoon1927", true),
            ("Proxy와 데코레이터", "proxy", "빈후처리기", true),
            ("Bag of words", "bag-of-words", "naive-bayes", true),
            ("Bag of words", "naive-bayes", "bag-of-words", false),
            ("Pod", "pod", "pod2", false),
            ("What is a pod", "what-is-a-pod", "what-is-a-pod-part-two", false),
            ("April update", "apr-update", "april-update", false),
            ("선형대수", "선형대수", "선형대수-기초", false),
            ("Reflections", "2020", "2021", false),
        ] {
            assert_eq!(is_of(title, other, own), is, "{title} {other} {own}");
        }
    }

    #[test]
    fn numbers_of_a_series() {
        for (titles, title, lacks) in [
            (&["Week 1", "Week 2", "Week 3", "Week 3"][..], "Week 3", true),
            (&["Week 1", "Week 2", "Week 3", "Week 3", "Week 5"], "Week 3", true),
            (&["Week 1", "Week 2", "Week 3", "Week 3", "Week 4"], "Week 3", false),
            (&["Week 1", "Week 1", "Week 2", "Week 2", "Week 3", "Week 3"], "Week 3", false),
            (&["Problem 7", "Problem 90", "Problem 311", "Problem 311"], "Problem 311", false),
            (&["Week 1", "Week 1"], "Week 1", false),
        ] {
            let mut series = Titles::default();
            for (rest, number) in titles.iter().filter_map(|title| numbered(title)) {
                series.numbered.entry(hash(&rest)).or_default().push(number);
            }
            assert_eq!(series.lacks_next(title), lacks, "{titles:?}");
        }
    }
}
