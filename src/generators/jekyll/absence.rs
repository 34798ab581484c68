//! Why Jekyll leaves a post out: Jekyll 4.3.1, `readers/post_reader.rb`, `publisher.rb`.

use jiff::tz::TimeZone;

use super::config::Config;
use super::dates;
use crate::files::file_name;
use crate::generators::dates::Dated;
use crate::generators::features::{Absence, Rename, Role, Why};
use crate::generators::{Build, Conventions};
use crate::post::Post;
use crate::text::{first_line, opening};

/// A file name without a day makes no post, one that ends with the day a page without a name, and a day to come is
/// waited for.
pub(crate) fn of(post: &Post, config: &Config, build: &Build) -> Option<Absence> {
    let start = opening(post.text);
    let entry = |key: &str| post.front_matter().and_then(|front| front.get(key));
    if config.role(post.path) == Role::Post {
        if let Some(why) = misnamed(post, |key| entry(key).is_some()) {
            return Some(Absence { span: start, why });
        }
        if post.path.strip_prefix(&config.source).is_some_and(|path| config.is_left_behind(path)) {
            let folder = format!("{}{}_posts", config.source, config.collections_dir);
            return Some(Absence { span: start, why: Why::Elsewhere(folder) });
        }
    }
    let (Some(Dated::Moment(moment)), Some(zone)) = (dates::of_post(post), build.zone) else { return None };
    let instant = moment.timestamp(zone).filter(|_| moment.lacking.is_none())?;
    let span = entry("date").map_or(start, |entry| first_line(post.text, entry.value.span));
    let own = moment.offset.map_or_else(|| zone.clone(), TimeZone::fixed);
    let why = Why::ToCome { due: instant.to_zoned(own), is_local: moment.offset.is_none() };
    (instant > build.now).then_some(Absence { span, why })
}

/// What is wrong with the name of a post.
fn misnamed(post: &Post, has: impl Fn(&str) -> bool) -> Option<Why> {
    let file = file_name(post.path);
    let Some(name) = &post.file_date else {
        let (stem, extension) = file.rsplit_once('.')?;
        return Some(nameless(post, stem, extension));
    };
    let is_bare = name.slug.is_empty() && !has("slug") && !has("permalink");
    let to = || format!("{}-title.md", &file[..name.span.len()]);
    is_bare.then(|| Why::NoTitle(Rename { to: to(), needs_title: true }))
}

/// What is wrong with a name without a day.
fn nameless(post: &Post, stem: &str, extension: &str) -> Why {
    if let Some((day, rest)) = odd_day(stem) {
        let title = rest.trim_matches(|c: char| matches!(c, '-' | '_' | '.') || c.is_whitespace());
        let needs_title = title.is_empty();
        let title = if needs_title { "title" } else { title };
        return Why::OddDay(Rename { to: format!("{day}-{title}.{extension}"), needs_title });
    }
    let day = post.written_date().map_or_else(|| "YYYY-MM-DD".to_owned(), |day| day.to_string());
    Why::NoDay(Rename { to: format!("{day}-{stem}.{extension}"), needs_title: false })
}

/// A day at the start of a name in another shape than Jekyll's, in Jekyll's: `2022_10_09`, `20221009`; and the rest.
fn odd_day(stem: &str) -> Option<(String, &str)> {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let day = |year: &str, month: &str, day: &str| {
        let date = jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
        (1990..=2100).contains(&date.year()).then(|| date.to_string())
    };
    if digits(stem) == 8 {
        return Some((day(&stem[..4], &stem[4..6], &stem[6..8])?, &stem[8..]));
    }
    let mut parts = [""; 3];
    let mut rest = stem;
    for (index, part) in parts.iter_mut().enumerate() {
        if index > 0 {
            rest = rest.strip_prefix(['-', '_', '.', ' '])?;
        }
        (*part, rest) = rest.split_at(digits(rest));
    }
    let [year, month, day_of_month] = parts;
    let fits = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day_of_month.len());
    Some((fits.then(|| day(year, month, day_of_month))??, rest))
}
