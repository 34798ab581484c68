//! The next post of a kind, written as its last ones are.
//!
//! Whatever the last posts have in a row goes on: titles, names of files, lines, values of front matter. A number that
//! counts them is counted on, a day becomes that of the next post, what is the same stays, and what differs is left for the
//! author.

mod about;
mod body;
mod days;
mod front;
mod opening;
mod pattern;
mod place;
mod shape;
mod stamp;
#[cfg(test)]
mod tests;
mod value;

use jiff::civil::{Date, DateTime};

use self::pattern::{Goes, Told};
use self::shape::Shape;
use super::forms::Pattern;
use super::learned::natural;
use super::sections::Alignment;
use super::series::Sequence;
use super::{Kind, Kinds, Schema};
use crate::blog::Blog;
use crate::generators::Features;
use crate::post::{Head, Post, telling_name};
use crate::syntax::dates;
use crate::text::Refused;

/// What stands where the author has yet to write.
pub(crate) const PLACEHOLDER: &str = "TODO";

/// So many of the last posts are looked at.
const LAST: usize = 10;

/// What somebody asks of the next post.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// The name of the kind.
    pub kind: &'a str,
    /// The words of the title that differ from post to post, or all of it.
    pub title: Option<&'a str>,
    /// Its day.
    pub day: Option<Date>,
    /// What of the last posts goes on.
    pub follows: Follows,
}

/// What of the last posts goes on in the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Follows {
    /// All that they have in a row.
    All,
    /// Not the lines that no kind asks for.
    Kind,
    /// Nor their front matter and the names of their files.
    Nothing,
}

/// The next post.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The path of its file, from the blog's folder on.
    pub path: String,
    /// The text of its file.
    pub text: String,
    /// The day of the post.
    pub day: Option<Date>,
    /// Whether there are lines in it that no kind asks for.
    pub has_common: bool,
}

/// What is known of a post of a row.
#[derive(Debug, Clone, Default)]
struct Known {
    /// Its own day.
    own: Option<Date>,
    /// The first and the last day that it is about.
    days: Option<(Date, Date)>,
    /// Its number, as the kind counts.
    number: Option<u64>,
}

/// The last posts, and what is decided of the next one.
struct Row<'r> {
    /// The name of the kind.
    kind: &'r str,
    schema: &'r Schema,
    features: &'static Features,
    /// The last posts in their order; of other kinds, where the kind has none.
    posts: &'r [Post<'r>],
    /// What is known of each.
    known: &'r [Known],
    /// Whether they are of other kinds.
    is_foreign: bool,
    /// Whether the front matter and the name of its file are to be no more than they must.
    is_bare: bool,
    /// How the sections of each fit the kind.
    alignments: &'r [Vec<Alignment<'r>>],
    next: &'r Known,
    /// The number of the next post, as far as that is known: 1 where the kind has no posts.
    number: u64,
    title: String,
    /// Whether the words of the title are asked for.
    has_words: bool,
    path: &'r str,
    /// The folder of posts, where there are none.
    folder: String,
    /// Whether there is a layout for posts.
    has_post_layout: bool,
    /// What the clock shows.
    now: Option<DateTime>,
}

/// The next post of a kind.
///
/// # Errors
/// When there is no such kind.
pub(crate) fn draft(asked: &Asked, kinds: &Kinds, blog: &Blog) -> Result<Draft, Refused> {
    let (kind, schema) = match (kinds.named(asked.kind), super::built_in(asked.kind)) {
        (Some(kind), _) => (Some(kind), &kind.schema),
        (None, Some(schema)) => (None, schema),
        (None, None) => return Err(super::unknown(asked.kind, kinds.iter().map(|kind| kind.name.as_str()))),
    };
    let held = |head: &Head| schema.since.zip(day_of(head)).is_none_or(|(since, day)| day >= since);
    let is_own = |head: &Head| held(head) && is_of(head, kind, asked.kind, kinds);
    let sequence = kind.filter(|kind| kind.is_drawn()).map(|_| Sequence::of_some(schema, blog, is_own));
    let own = sequence.as_ref().map_or_else(|| last_posts(blog, is_own), last_members);
    let is_foreign = own.is_empty();
    let paths = if is_foreign { last_posts(blog, |_| true) } else { own };
    let texts: Vec<_> = paths.iter().filter_map(|path| Some((path.as_str(), blog.files.read(path).ok()?))).collect();
    let posts: Vec<Post> = texts.iter().map(|(path, text)| blog.post(path, text)).collect();
    let align = |post: &Post| schema.sections.as_ref().map(|sections| sections.align(post)).unwrap_or_default();
    let alignments: Vec<Vec<Alignment>> = posts.iter().map(align).collect();
    let known: Vec<Known> = posts.iter().map(|post| Known::of(post, sequence.as_ref())).collect();
    let zone = blog.zone().cloned().unwrap_or(jiff::tz::TimeZone::UTC);
    let now = blog.now().to_zoned(zone).datetime();
    let mut next = days::next(schema, if is_foreign { &[] } else { &known }, asked.day, now.date());
    next.number = sequence.as_ref().and_then(Sequence::highest).map(|number| number + 1);
    let numbers: Vec<u64> = known.iter().filter_map(|known| known.number).collect();
    let highest = numbers.iter().max().filter(|_| !is_foreign && numbers.len() * 2 > known.len());
    let site = blog.site();
    let mut row = Row {
        kind: asked.kind,
        schema,
        features: site.features,
        posts: &posts,
        known: &known,
        is_foreign,
        is_bare: asked.follows == Follows::Nothing,
        alignments: &alignments,
        next: &next,
        number: next.number.unwrap_or(highest.map_or(1, |highest| highest + 1)),
        title: String::new(),
        has_words: asked.title.is_some(),
        path: "",
        folder: folder(blog),
        has_post_layout: site.all_layouts().is_some_and(|layouts| layouts.iter().any(|layout| layout == "post")),
        now: Some(now),
    };
    let (title, words) = title(&row, asked.title);
    let pattern = schema.series.as_ref().and_then(|series| series.number.as_ref());
    let numbered = Known { number: pattern.and_then(|pattern| number_in(&title, pattern)), ..next.clone() };
    if let Some(number) = numbered.number {
        (row.number, row.next) = (number, &numbered);
    }
    row.title = title;
    let path = place::next(&row, &words);
    row.path = &path;
    let front = front::next(&row);
    let body = body::next(&row, asked.follows);
    let crlf = texts.iter().filter(|(_, text)| text.contains("\r\n")).count() * 2 > texts.len();
    let text = format!("{front}{}{}\n", if front.is_empty() { "" } else { "\n" }, body.blocks.join("\n\n"));
    let text = text.replace("\r\n", "\n");
    let text = if crlf { text.replace('\n', "\r\n") } else { text };
    Ok(Draft { path: path.clone(), text, day: next.own, has_common: !body.common.is_empty() })
}

/// Whether a post is of the kind; of one that comes with postlint and that the blog does not have, by its name.
fn is_of(head: &Head, kind: Option<&Kind>, name: &str, kinds: &Kinds) -> bool {
    if let Some(kind) = kind {
        return kinds.of(head).is_some_and(|of| of.name == kind.name);
    }
    let number = telling_name(&head.path).strip_prefix(name).and_then(|rest| rest.strip_prefix('-'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The day of a post: that of its name, or else that of its front matter, which may stand in the address.
fn day_of(head: &Head) -> Option<Date> {
    let named = head.file_date.as_ref().and_then(|name| name.date);
    let address = || ["path", "permalink", "url"].iter().find_map(|key| day_in(head.front_matter()?.text(key)?));
    named.or_else(|| head.written_date()).or_else(address)
}

/// The day in an address: `2024/12/09/name`.
fn day_in(address: &str) -> Option<Date> {
    let parts: Vec<&str> = address.split('/').collect();
    parts.windows(3).find_map(|parts| format!("{}-{}-{}", parts[0], parts[1], parts[2]).parse().ok())
}

/// The last posts of some, in their order.
fn last_posts(blog: &Blog, is_wanted: impl Fn(&Head) -> bool) -> Vec<String> {
    let wanted = blog.posts().iter().filter_map(|path| {
        let source = blog.source(path).filter(|source| is_wanted(&source.head))?;
        Some((day_of(&source.head), natural(path), path.clone()))
    });
    let mut posts: Vec<_> = wanted.collect();
    posts.sort();
    posts.into_iter().rev().take(LAST).rev().map(|(_, _, path)| path).collect()
}

/// The last posts of a series, in its order.
fn last_members(sequence: &Sequence) -> Vec<String> {
    let first = sequence.members.len().saturating_sub(LAST);
    sequence.members[first..].iter().map(|member| member.facts.path.to_string()).collect()
}

/// The folder for the first post of a blog.
fn folder(blog: &Blog) -> String {
    let site = blog.site();
    let root = site.conventions.folders().into_iter().next().unwrap_or_default();
    if root.ends_with("_posts") {
        return root;
    }
    let names: &[&str] = if site.features.dates_file_names { &["_posts"] } else { &["posts", "post", "blog"] };
    let folders: Vec<String> = names.iter().map(|name| crate::files::join(&root, name)).collect();
    let there = folders.iter().find(|folder| blog.files.is_folder(folder));
    there.or(folders.first()).cloned().unwrap_or(root)
}

/// The title of the next post, and the words of it that are its own.
fn title(row: &Row, asked: Option<&str>) -> (String, String) {
    let asked = asked.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    let asked = asked.map(|title| title.replace(char::is_control, "")).filter(|title| !title.is_empty());
    let words = asked.clone().unwrap_or_else(|| row.kind.to_owned());
    if row.is_foreign {
        let numbered = || numbered(row);
        let title = asked.or_else(numbered).unwrap_or_else(|| PLACEHOLDER.to_owned());
        return (title, words);
    }
    let of = |post: &'_ Post| {
        let own = post.title().and_then(|title| title.text()).map(str::to_owned);
        own.or_else(|| post.title_heading().map(|heading| heading.title.to_string()))
    };
    let titles: Vec<(usize, String)> =
        row.posts.iter().enumerate().filter_map(|(at, post)| Some((at, of(post)?))).collect();
    let told: Vec<Told> = titles.iter().map(|(at, text)| Told { text, known: &row.known[*at] }).collect();
    match (about::next(row, &told), asked) {
        (Goes::On(text), None) => (text.clone(), text),
        // All of it, with the number.
        (Goes::Around(before, behind), Some(own)) => match behind_start(&own, &before) {
            Some(words) => (own.clone(), words.to_owned()),
            None => (format!("{before}{own}{behind}"), own),
        },
        (Goes::On(text), Some(own)) if lacks_number(row, &text, &own) => (format!("{text}: {own}"), own),
        (Goes::Around(before, behind), None) => (format!("{before}({PLACEHOLDER}){behind}"), words),
        (Goes::On(_) | Goes::Free, Some(own)) => (own.clone(), own),
        (Goes::Free, None) => (PLACEHOLDER.to_owned(), words),
    }
}

/// What stands behind another text in a text that begins with it, but for its numbers.
fn behind_start<'t>(text: &'t str, start: &str) -> Option<&'t str> {
    let shape = |text: &str| Shape::of(&text.to_lowercase()).text;
    let wanted = Some(shape(start)).filter(|shape| !shape.is_empty())?;
    let mut ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.find(|&end| shape(&text[..end]) == wanted).map(|end| &text[end..])
}

/// Whether the number of the next post stands in a text, and not in one that is to take its place.
fn lacks_number(row: &Row, text: &str, own: &str) -> bool {
    let pattern = row.schema.series.as_ref().and_then(|series| series.number.as_ref());
    pattern.is_some_and(|pattern| number_in(text, pattern).is_some() && number_in(own, pattern).is_none())
}

/// A title for the first post of a kind that is about days: what its name and its number are.
fn numbered(row: &Row) -> Option<String> {
    row.schema.date_range.as_ref()?;
    let mut name = row.kind.chars();
    let first = name.next()?;
    let title = format!("{}{} {}", first.to_uppercase(), name.as_str(), row.number);
    let is_refused = row.schema.front_matter.get("title").is_some_and(|key| key.refuses(&title).is_some());
    (!is_refused).then_some(title)
}

/// The number of a series in a text.
fn number_in(text: &str, pattern: &Pattern) -> Option<u64> {
    pattern.0.captures(text)?.get(1)?.as_str().trim().parse().ok()
}

impl Known {
    fn of(post: &Post, sequence: Option<&Sequence>) -> Known {
        let member = sequence.and_then(|all| all.members.iter().find(|member| *member.facts.path == *post.path));
        let number = member.and_then(|member| member.numbers.first()).map(|number| number.last);
        let day = day_of(post);
        let days = post.date_range.as_ref().and_then(|range| range.dates()).filter(|(first, last)| first <= last);
        let only = || {
            let heading = || post.title_heading().map(|heading| &*heading.title);
            let title = post.title().and_then(|title| title.text()).or_else(heading)?;
            let title = dates::read_range(title, 0, day)
                .map_or_else(|| title.to_owned(), |range| title.replace(&title[range.span], ""));
            pattern::shared_number(&title, telling_name(post.path))
        };
        Known { own: day, days, number: number.or_else(only) }
    }
}
