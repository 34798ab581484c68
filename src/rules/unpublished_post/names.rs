//! File names that Jekyll makes no post of, and what they were to be.

use super::super::Subject;

/// Words in the names of files that posts are copied from, and of files that are about the folder.
const NO_POSTS: &[&str] = &[
    "about", "draft", "drafts", "example", "format", "home", "index", "memo", "note", "notes", "sample", "skeleton",
    "template", "temp", "test", "tmp", "todo", "양식", "템플릿", "예시", "샘플", "초안", "메모", "模板", "草稿",
];

/// What is wrong with a name without a day, and what to call the file; `None` where it is surely no post.
pub fn fault(subject: &Subject, file: &str) -> Option<(String, String)> {
    let (stem, extension) = file.rsplit_once('.')?;
    if let Some((day, rest)) = odd_day(stem) {
        let title = rest.trim_matches(|c: char| matches!(c, '-' | '_' | '.') || c.is_whitespace());
        let help = match title {
            "" => format!("rename the file to `{day}-title.{extension}`, with a title of your own"),
            title => format!("rename the file to `{day}-{title}.{extension}`"),
        };
        return Some(("Jekyll reads no day from this file name, so it leaves the post out".to_owned(), help));
    }
    let post = subject.post;
    let is_written = post.front_matter().is_some_and(|front| front.text("title").is_some_and(|title| !title.is_empty()))
        && !post.text[post.body.span.clone()].trim().is_empty();
    let mut words = stem.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    if !is_written || words.any(|word| NO_POSTS.contains(&word.as_str())) || subject.blog.habits().leaves_days_out() {
        return None;
    }
    let day = post.written_date().map_or_else(|| "YYYY-MM-DD".to_owned(), |day| day.to_string());
    let message = "the file name has no day, so Jekyll leaves this post out".to_owned();
    Some((message, format!("rename the file to `{day}-{stem}.{extension}`")))
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
