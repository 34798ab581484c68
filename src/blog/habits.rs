//! What the posts of a blog have in common, so that a rule can tell a slip from a custom.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{Blog, discovery};
use crate::post::dates;
use crate::post::front_matter::{self, Found};

/// What the posts are used to, counted over an even sample of them.
#[derive(Debug, Default)]
pub struct Habits {
    /// How many posts were looked at.
    pub posts: usize,
    /// How many of them have front matter.
    pub with_front_matter: usize,
    /// In how many of them a top-level key stands.
    pub keys: HashMap<String, usize>,
    /// How many have a date in the file name and one in the front matter.
    pub dated_twice: usize,
    /// In how many of those the two lie more than a day apart.
    pub dates_apart: usize,
}

/// A sample of this size says what most posts do, and costs a few milliseconds on the largest blog. It is the same
/// whether one post is checked or all.
const SAMPLE: usize = 256;

impl Habits {
    pub(super) fn of(blog: &Blog) -> Habits {
        let posts = blog.posts();
        let step = posts.len().div_ceil(SAMPLE).max(1);
        let heads: Vec<Option<Head>> = posts.par_iter().step_by(step).map(|post| head_of(blog, post)).collect();
        let mut habits = Habits { posts: heads.len(), ..Habits::default() };
        for mut head in heads.into_iter().flatten() {
            habits.with_front_matter += 1;
            habits.dated_twice += usize::from(head.days_apart.is_some());
            habits.dates_apart += usize::from(head.days_apart.is_some_and(|days| days > 1));
            head.keys.sort_unstable();
            head.keys.dedup();
            head.keys.into_iter().for_each(|key| *habits.keys.entry(key).or_default() += 1);
        }
        habits
    }

    /// Whether the date of the file name is only that of the first draft: in a tenth of the posts, and in more than
    /// two, the front matter has another one.
    pub fn dates_differ(&self) -> bool {
        self.dates_apart > 2 && self.dates_apart * 10 >= self.dated_twice
    }
}

/// What the head of a file tells.
struct Head {
    keys: Vec<String>,
    days_apart: Option<i32>,
}

fn head_of(blog: &Blog, path: &std::path::Path) -> Option<Head> {
    let text = discovery::read_head(&blog.root.join(path))?;
    let Found::Whole(front) = front_matter::read(&text).0 else { return None };
    let named = dates::read_file_date(path.file_name()?.to_str().unwrap_or_default()).and_then(|name| name.date);
    let written = front.text("date").and_then(dates::read_front_matter_date).and_then(|date| date.date);
    let days_apart = named.zip(written).map(|(named, written)| dates::days_between(named, written).abs());
    let keys = front.tree.entries.into_iter().map(|entry| entry.key.into_owned()).collect();
    Some(Head { keys, days_apart })
}
