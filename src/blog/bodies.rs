//! What the texts of posts are beside each other: the same, or none.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;

use super::Blog;
use super::habits::folder_of;
use crate::generators::{Generator, Role};
use crate::parallel::of_each;
use crate::post::Post;
use crate::syntax::dates::days_between;

/// How the texts of the posts begin and end.
#[derive(Debug, Default)]
pub(crate) struct Bodies {
    /// The posts, by their place in the list, whose texts begin and end alike.
    alike: HashMap<u64, Vec<usize>>,
}

/// So many bytes at the beginning and at the end of a text tell it from nearly all others.
const ENDS: usize = 128;

/// Of a text that so many posts have, each has it on purpose.
const MOST_ALIKE: usize = 3;

/// So many posts are looked at to see whether it is usual that they say nothing.
const SAMPLE: usize = 256;

/// So many posts are read to see whether they keep to their weeks,
const MOST_BESIDE: usize = 40;

/// of so many at least,
const FEW: usize = 3;

/// within so many days.
const NEAR: i32 = 14;

impl Bodies {
    /// Those of a folder alone, or of all posts.
    fn of(blog: &Blog, folder: Option<&str>) -> Bodies {
        let is_beside = |post: &str| folder.is_none_or(|folder| folder_of(post) == folder);
        let read = |post: &String| *blog.ends.of(post).get_or_init(|| blog.with_body(post, ends));
        let ends = |post: &String| is_beside(post).then(|| read(post)).flatten();
        let ends: Vec<Option<u64>> = of_each(blog.posts(), ends);
        let mut alike: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, ends) in ends.into_iter().enumerate() {
            if let Some(ends) = ends {
                alike.entry(ends).or_default().push(at);
            }
        }
        alike.retain(|_, posts| posts.len() > 1);
        Bodies { alike }
    }
}

fn ends(body: &str) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    let first = within_ends(written_lines(body), |line, left| &line[..line.len().min(left)]);
    let last = within_ends(written_lines(body).rev(), |line, left| &line[line.len().saturating_sub(left)..]);
    first.chain(last).for_each(|part| hasher.write(part));
    hasher.finish()
}

/// Lines up to as many bytes as count; `cut` makes one as short as is left.
fn within_ends<'t>(
    lines: impl Iterator<Item = &'t str>,
    cut: fn(&'t [u8], usize) -> &'t [u8],
) -> impl Iterator<Item = &'t [u8]> {
    let parts = lines.scan(ENDS, move |left, line| {
        let part = cut(line.as_bytes(), *left);
        *left -= part.len();
        Some(part)
    });
    parts.take_while(|part| !part.is_empty())
}

/// The lines with something on them, but for what is said to postlint itself.
fn written_lines(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.trim_start().starts_with("<!-- postlint"))
}

impl Blog {
    /// The posts whose text below the front matter is that of a post, letter by letter, in the order of their paths.
    pub(crate) fn posts_like(&self, post: &Post) -> Vec<&str> {
        let folder = self.compared_folder(post.path);
        let bodies = self.bodies.of(folder.unwrap_or_default());
        let bodies = bodies.get_or_init(|| Bodies::of(self, folder));
        let own = &post.text[post.body.span];
        let Some(alike) = bodies.alike.get(&ends(own)) else { return Vec::new() };
        let others = alike.iter().map(|&at| &*self.posts()[at]).filter(|path| *path != post.path);
        let is_own = |body: &str| written_lines(body).eq(written_lines(own));
        let is_same = |path: &&str| self.with_body(path, is_own) == Some(true);
        let same: Vec<&str> = others.filter(is_same).collect();
        if same.len() < MOST_ALIKE { same } else { Vec::new() }
    }

    /// The folder whose posts alone a post is held against. Of folders of texts nobody knows which hold posts, and all of
    /// them would be read for it.
    pub(super) fn compared_folder<'p>(&self, path: &'p str) -> Option<&'p str> {
        (self.generator == Generator::Plain).then(|| folder_of(path))
    }

    /// Finds out how the texts of posts begin and end, and their titles; of folders of texts when the first is asked for.
    pub(super) fn compare_posts(&self) {
        if self.generator != Generator::Plain {
            self.bodies.of("").get_or_init(|| Bodies::of(self, None));
            self.read_titles();
        }
    }

    /// Keeps how the text of a post begins and ends, when the text itself is wanted no more.
    pub(crate) fn keep_ends(&self, post: &Post) {
        self.ends.of(post.path).get_or_init(|| Some(ends(&post.text[post.body.span])));
    }

    /// Reads a post below its front matter.
    fn with_body<T>(&self, path: &str, read: impl FnOnce(&str) -> T) -> Option<T> {
        let text = self.files.head(path)?;
        let source = self.source(path)?;
        text.get(source.head.found.body(&source.text)..).map(read)
    }

    /// Whether posts say nothing so often that it is a custom: one in twenty.
    pub(crate) fn leaves_posts_empty(&self) -> bool {
        *self.empty_is_usual.get_or_init(|| {
            let posts = self.posts();
            let step = posts.len().div_ceil(SAMPLE).max(1);
            let sample: Vec<&String> = posts.iter().step_by(step).collect();
            let is_empty = |post: &&String| self.with_body(post, |body| body.trim().is_empty()) == Some(true);
            let empty = of_each(&sample, is_empty).into_iter().filter(|&is_empty| is_empty).count();
            empty > 1 && empty * 20 > sample.len()
        })
    }

    /// Whether the posts beside one that tell days tell those around their own day; `None` where too few tell any.
    pub(crate) fn keeps_to_its_weeks(&self, post: &Post) -> Option<bool> {
        let is_beside = |path: &&String| **path != post.path && folder_of(path) == folder_of(post.path);
        let beside = self.posts().iter().filter(is_beside).take(MOST_BESIDE);
        let is_near = |path: &String| *self.weeks.of(path).get_or_init(|| self.is_near_its_week(path));
        let told: Vec<bool> = beside.filter_map(is_near).collect();
        let near = told.iter().filter(|&&is_near| is_near).count();
        (told.len() >= FEW).then_some(near * 10 >= told.len() * 9)
    }

    /// Whether a post tells days around its own; `None` where it tells none.
    fn is_near_its_week(&self, path: &str) -> Option<bool> {
        let text = self.files.head(path)?;
        let post = self.post(path, &text);
        let (start, end) = post.date_range.as_ref()?.possible_days()?;
        let date = post.date()?;
        Some(days_between(date, start).max(days_between(end, date)) <= NEAR)
    }

    /// Whether one in five posts has this layout, or there are too few to say.
    pub(crate) fn is_usual_layout(&self, layout: &str) -> bool {
        let habits = self.habits();
        habits.posts < FEW || habits.layouts.get(layout).copied().unwrap_or_default() * 5 >= habits.posts
    }

    /// Whether a file is one of the posts, not a page beside them.
    pub(crate) fn is_dated_post(&self, post: &Post) -> bool {
        let is_post = self.is_post(post.path) && self.site().conventions.role(post.path) == Role::Post;
        is_post && (post.file_date.is_some() || post.written_date().is_some())
    }
}
