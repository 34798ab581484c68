//! What the posts of a blog have in common, so that a rule can tell a slip from a custom.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use rayon::prelude::*;

use super::{Blog, keys};
use crate::post::dates::{self, FileDate};
use crate::post::front_matter::FrontMatter;
use crate::text::is_slip;

/// What the posts are used to, counted over an even sample of them.
#[derive(Debug, Default)]
pub(crate) struct Habits {
    /// How many posts were looked at.
    pub posts: usize,
    /// How many of them have front matter.
    pub with_front_matter: usize,
    /// The same two numbers for each folder.
    pub folders: HashMap<String, (usize, usize)>,
    /// In how many of them a top-level key stands.
    pub keys: HashMap<String, usize>,
    /// How many have a date in the file name and one in the front matter.
    pub dated_twice: usize,
    /// In how many of those the two lie more than a day apart.
    pub dates_apart: usize,
    /// In how many of them the site counts the post to another day than that of the file name.
    pub dates_moved: usize,
    /// How many have no day in the file name.
    pub undated: usize,
    /// The keys that another can be a slip of: several posts have them.
    usual: Vec<String>,
    /// What each of these keys was meant to be, if it is a slip: asked for nearly every key of every post.
    meant: HashMap<String, Option<String>>,
    /// Categories and tags of several words, from where no generator cuts them apart.
    pub names: HashSet<String>,
}

/// A sample of this size says what most posts do, and costs a few milliseconds on the largest blog. It is the same
/// whether one post is checked or all.
const SAMPLE: usize = 256;

/// Of fewer posts nobody can say what they are used to.
const FEW: usize = 5;

/// What only one in so many posts has is no custom, such as a key in another language would be.
const RARE: usize = 20;

/// So many keys of a post are counted; all of them in any post that was written by hand.
const MOST_KEYS: usize = 64;

/// What one post adds.
struct Trace {
    keys: HashSet<String>,
    names: Vec<String>,
    /// How far the dates of file name and front matter lie apart, where it has both.
    days_apart: Option<i32>,
    /// Whether the site counts it to another day than that of the file name.
    is_moved: bool,
}

impl Habits {
    pub(super) fn of(blog: &Blog) -> Habits {
        let posts = blog.posts();
        let step = posts.len().div_ceil(SAMPLE).max(1);
        let posts: Vec<&String> = posts.iter().step_by(step).collect();
        let traces: Vec<Option<Trace>> = posts.par_iter().map(|post| trace_of(blog, post)).collect();
        let mut habits = Habits { posts: posts.len(), ..Habits::default() };
        for (post, trace) in posts.into_iter().zip(traces) {
            let folder = habits.folders.entry(folder_of(post).to_owned()).or_default();
            folder.0 += 1;
            habits.undated += usize::from(date_of_name(post).is_none());
            let Some(trace) = trace else { continue };
            folder.1 += 1;
            habits.with_front_matter += 1;
            habits.dated_twice += usize::from(trace.days_apart.is_some());
            habits.dates_apart += usize::from(trace.days_apart.is_some_and(|days| days > 1));
            habits.dates_moved += usize::from(trace.is_moved);
            trace.keys.into_iter().for_each(|key| *habits.keys.entry(key).or_default() += 1);
            habits.names.extend(trace.names);
        }
        let usual = habits.keys.iter().filter(|&(_, &count)| count >= FEW).map(|(key, _)| key.clone());
        habits.usual = usual.collect();
        let meant = |key: &String| (key.clone(), habits.look_alike(key).map(str::to_owned));
        habits.meant = habits.keys.keys().map(meant).collect();
        habits
    }

    /// Whether the date of the file name is only that of the first draft: in a tenth of the posts, and in more than
    /// two, the front matter has another one.
    pub(crate) fn dates_differ(&self) -> bool {
        self.dates_apart > 2 && self.dates_apart * 10 >= self.dated_twice
    }

    /// The same, of the day that the site counts them to.
    pub(crate) fn dates_move(&self) -> bool {
        self.dates_moved > 2 && self.dates_moved * 10 >= self.dated_twice
    }

    /// Whether files without a day in their names are left among the posts on purpose: a tenth of them, and more than
    /// two. Where they are most of them, the blog does not know the rule.
    pub(crate) fn leaves_days_out(&self) -> bool {
        self.undated > 2 && self.undated * 10 >= self.posts && self.undated * 2 <= self.posts
    }

    /// Whether posts have front matter: four in five do. `None` where there are too few posts to say.
    pub(crate) fn has_front_matter(&self) -> Option<bool> {
        is_usual(self.posts, self.with_front_matter)
    }

    /// The same of the posts beside one.
    pub(crate) fn has_front_matter_beside(&self, post: &str) -> Option<bool> {
        self.folders.get(folder_of(post)).and_then(|&(posts, with)| is_usual(posts, with))
    }

    /// The key that a rare one was meant to be: one that looks like it and that posts have five times as often, or that
    /// every generator knows.
    pub(crate) fn meant_key(&self, rare: &str) -> Option<&str> {
        match self.meant.get(rare) {
            Some(meant) => meant.as_deref(),
            None => self.look_alike(rare),
        }
    }

    fn look_alike(&self, rare: &str) -> Option<&str> {
        let seen = self.keys.get(rare).copied().unwrap_or_default().max(1);
        let is_rare = self.posts >= FEW && (seen == 1 || RARE * seen <= self.posts);
        if !is_rare && FEW * seen > self.posts {
            return None;
        }
        let usual = self.usual.iter().filter_map(|key| self.keys.get_key_value(key));
        let usual = usual.filter(|&(key, &count)| count >= FEW * seen && is_slip(rare, key));
        let usual = usual.max_by_key(|&(key, count)| (count, key)).map(|(key, _)| key.as_str());
        let of_all = || keys::OF_ALL.iter().copied().find(|key| !rare.eq_ignore_ascii_case(key) && is_slip(rare, key));
        usual.or_else(|| is_rare.then(of_all).flatten())
    }
}

fn is_usual(posts: usize, with: usize) -> Option<bool> {
    (posts >= FEW).then_some(5 * with >= 4 * posts)
}

fn folder_of(post: &str) -> &str {
    post.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn trace_of(blog: &Blog, post: &str) -> Option<Trace> {
    let source = blog.source(post)?;
    let front = source.found().whole()?;
    let named = date_of_name(post).and_then(|name| name.date);
    let written = front.text("date").and_then(dates::read_front_matter_date).and_then(|date| date.date);
    let days_apart = named.zip(written).map(|(named, written)| dates::days_between(named, written).abs());
    let is_moved = named.zip(counted_to(blog, front)).is_some_and(|(named, counted)| named != counted);
    let keys = front.tree.entries.iter().take(MOST_KEYS).map(|entry| entry.key.to_string()).collect();
    Some(Trace { keys, names: names_in(front), days_apart, is_moved })
}

fn date_of_name(post: &str) -> Option<FileDate> {
    dates::read_file_date(post.rsplit('/').next().unwrap_or(post))
}

/// The day that the site counts a post to by its front matter, where it counts days in its own way.
fn counted_to(blog: &Blog, front: &FrontMatter) -> Option<Date> {
    blog.site().day_of(&front.get("date")?.value, blog.zone()?)
}

/// Items of lists, and what stands under the keys for a single name.
fn names_in(front: &FrontMatter) -> Vec<String> {
    let items = ["categories", "tags"].into_iter().filter_map(|key| front.get(key)).flat_map(|list| list.value.items());
    let single = ["category", "tag"].into_iter().filter_map(|key| front.get(key)).map(|entry| &entry.value);
    let names = items.chain(single).filter_map(|node| node.text());
    names.filter(|name| name.contains(char::is_whitespace)).map(str::to_lowercase).collect()
}
