//! What the posts of a blog have in common, so that a rule can tell a slip from a custom.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{Blog, discovery};
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
}

/// A sample of this size says what most posts do, and costs a few milliseconds on the largest blog. It is the same
/// whether one post is checked or all.
const SAMPLE: usize = 256;

impl Habits {
    pub(super) fn of(blog: &Blog) -> Habits {
        let posts = blog.posts();
        let step = posts.len().div_ceil(SAMPLE).max(1);
        let keys: Vec<Option<Vec<String>>> = posts.par_iter().step_by(step).map(|post| keys_of(blog, post)).collect();
        let mut habits = Habits { posts: keys.len(), ..Habits::default() };
        for mut keys in keys.into_iter().flatten() {
            habits.with_front_matter += 1;
            keys.sort_unstable();
            keys.dedup();
            keys.into_iter().for_each(|key| *habits.keys.entry(key).or_default() += 1);
        }
        habits
    }
}

fn keys_of(blog: &Blog, post: &std::path::Path) -> Option<Vec<String>> {
    let head = discovery::read_head(&blog.root.join(post))?;
    match front_matter::read(&head).0 {
        Found::Whole(front) => Some(front.tree.entries.into_iter().map(|entry| entry.key.into_owned()).collect()),
        _ => None,
    }
}
