//! What the posts of a blog have in common, so that a rule can tell a slip from a custom.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::{Blog, keys};
use crate::generators::{ConfigFault, Role, Source, zones};
use crate::parallel::of_each;
use crate::post::Head;
use crate::syntax::dates;
use crate::syntax::front_matter::FrontMatter;
use crate::text::{Span, is_slip};

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
    /// How often posts name a layout.
    pub layouts: HashMap<String, usize>,
    /// How many have a date in the file name and one in the front matter.
    pub dated_twice: usize,
    /// In how many of those the two lie more than a day apart.
    pub dates_apart: usize,
    /// How many have the same day in both, and an address with another one, to which the site counts the post.
    pub dates_moved: usize,
    /// The offset from UTC, in seconds, that the last of these is written with.
    moved_offset: Option<i32>,
    /// How many have no day in the file name.
    pub undated: usize,
    /// How many are named after a day of a year to come.
    pub parked: usize,
    /// The last day of all.
    pub last_day: Option<Date>,
    /// The keys that another can be a slip of: several posts have them.
    usual: Vec<String>,
    /// What each of these keys was meant to be, if it is a slip: asked for nearly every key of every post.
    meant: HashMap<String, Option<String>>,
    /// Categories and tags in lower case, from where no generator cuts them apart.
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

impl Habits {
    pub(super) fn of(blog: &Blog) -> Habits {
        let posts = blog.posts();
        let step = posts.len().div_ceil(SAMPLE).max(1);
        let posts: Vec<&String> = posts.iter().step_by(step).collect();
        let heads: Vec<Option<Source>> = of_each(&posts, |post| blog.source(post));
        let mut habits = Habits { posts: posts.len(), ..Habits::default() };
        heads.iter().flatten().for_each(|source| habits.count(blog, &source.head));
        let usual = habits.keys.iter().filter(|&(_, &count)| count >= FEW).map(|(key, _)| key.clone());
        habits.usual = usual.collect();
        let meant = |key: &String| (key.clone(), habits.look_alike(key).map(str::to_owned));
        habits.meant = habits.keys.keys().map(meant).collect();
        habits
    }

    /// Adds what one post does.
    fn count(&mut self, blog: &Blog, head: &Head) {
        let folder = self.folders.entry(folder_of(&head.path).to_owned()).or_default();
        folder.0 += 1;
        let is_post = blog.site().conventions.role(&head.path) == Role::Post;
        self.undated += usize::from(is_post && head.file_date.is_none());
        let Some(front) = head.front_matter() else { return };
        folder.1 += 1;
        self.with_front_matter += 1;
        let (named, written) = (head.file_date.as_ref().and_then(|name| name.date), head.written_date());
        self.last_day = self.last_day.max(written.or(named));
        if let Some(named) = named {
            let later = written.map(|written| dates::days_between(named, written));
            self.dated_twice += usize::from(later.is_some());
            self.dates_apart += usize::from(later.is_some_and(|days| days.abs() > 1));
            self.parked += usize::from(blog.is_years_ahead(named));
            let is_moved = || counted_to(blog, front).is_some_and(|counted| counted != named);
            if later == Some(0) && is_moved() && blog.site().tells_day(&head.path) {
                self.dates_moved += 1;
                let date = front.text("date").and_then(dates::read_front_matter_date);
                self.moved_offset = date.and_then(|date| date.offset).map(|offset| offset.seconds());
            }
        }
        if let Some(layout) = front.text("layout") {
            *self.layouts.entry(layout.to_owned()).or_default() += 1;
        }
        let keys: HashSet<&String> = front.tree.entries.iter().take(MOST_KEYS).map(|entry| &entry.key).collect();
        keys.into_iter().for_each(|key| *self.keys.entry(key.clone()).or_default() += 1);
        self.names.extend(names_in(front));
    }

    /// Whether the date of the file name is only that of the first draft: in a twentieth of the posts, and in more than
    /// two, the front matter has another one.
    pub(crate) fn dates_differ(&self) -> bool {
        self.dates_apart > 2 && self.dates_apart * 20 >= self.dated_twice
    }

    /// Whether drafts wait under days of years to come.
    pub(crate) fn parks_drafts(&self) -> bool {
        self.parked > 2
    }

    /// Whether so many posts lie under another day than they say that it is told once, in the config that names no time
    /// zone, or else that it is a custom: a tenth of them.
    pub(crate) fn dates_move(&self, blog: &Blog) -> bool {
        self.dates_moved > 2 && (blog.lacks_zone() || self.dates_moved * 10 >= self.dated_twice)
    }

    /// What is told of them there, where the config names no time zone.
    pub(super) fn lacking_zone(&self, blog: &Blog) -> Option<ConfigFault> {
        let site = blog.site();
        let file = site.config.as_deref().filter(|_| blog.lacks_zone() && self.dates_move(blog))?;
        let message = format!(
            "no `timezone` stands here, so days are counted in UTC, and of {} posts that were looked at {} lie under \
             another day than they say",
            self.dated_twice, self.dates_moved
        );
        let zone = self.moved_offset.and_then(zones::of_offset).unwrap_or("Asia/Seoul");
        let first = site.tree.entries.first().map_or(Span::empty(0), |entry| entry.key_span);
        let help = Some(format!("write `timezone: {zone}`, or the name of another one"));
        Some(ConfigFault { help, ..ConfigFault::new(file, first, message) })
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

/// Whether a date that is so many days later than the file name may be that of the day when the post was done.
pub(crate) fn is_finishing(later: i32) -> bool {
    (2..=45).contains(&later)
}

fn is_usual(posts: usize, with: usize) -> Option<bool> {
    (posts >= FEW).then_some(5 * with >= 4 * posts)
}

pub(super) fn folder_of(post: &str) -> &str {
    post.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The day that the site counts a post to by its front matter, where it counts days in its own way.
fn counted_to(blog: &Blog, front: &FrontMatter) -> Option<Date> {
    blog.site().conventions.day_of(&front.get("date")?.value, blog.zone()?)
}

/// Items of lists, and what stands under the keys for a single name.
fn names_in(front: &FrontMatter) -> Vec<String> {
    let items = ["categories", "tags"].into_iter().filter_map(|key| front.get(key)).flat_map(|list| list.value.items());
    let single = ["category", "tag"].into_iter().filter_map(|key| front.get(key)).map(|entry| &entry.value);
    let names = items.chain(single).filter_map(|node| node.text());
    names.map(str::to_lowercase).collect()
}
