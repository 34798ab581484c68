//! The dates of a page's front matter as Hugo 0.168 reads them: `resources/page/pagemeta/page_frontmatter.go`, and for a
//! text `ToTimeInDefaultLocationE` of spf13/cast with the layouts of Go's `time.Parse`.

mod layouts;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::cascade::switch;
use super::keys::child;
use super::page::dated_name;
use super::version::Version;
use crate::generators::config;
use crate::generators::dates::{DateFault, no_day};
use crate::post::Post;
use crate::syntax::dates::read_front_matter_date;
use crate::syntax::front_matter::{Data, Entry, Format, Node, Style, Tree, Value};
use crate::text::{beginning, first_line};

/// The keys that each date of a page is looked for under, in order: the first that says something counts.
#[derive(Debug)]
pub(crate) struct DateKeys {
    chains: Vec<Vec<String>>,
    version: Version,
}

impl Default for DateKeys {
    fn default() -> Self {
        DateKeys::of(None, false, Version::default())
    }
}

impl DateKeys {
    /// `frontmatter:` of the config; `has_git`: `enableGitInfo`.
    pub(crate) fn of(told: Option<&Node>, has_git: bool, version: Version) -> DateKeys {
        const USUAL: [(&str, &[&str]); 4] = [
            ("date", &["date", "publishdate", "lastmod"]),
            ("lastmod", &[":git", "lastmod", "date", "publishdate"]),
            ("publishdate", &["publishdate", "date"]),
            ("expirydate", &["expirydate"]),
        ];
        let chain = |(name, usual): &(&str, &[&str])| {
            let usual = || usual.iter().map(|&key| key.to_owned()).collect::<Vec<_>>();
            let own = told.and_then(|told| child(told, name)).map(config::texts_of);
            let expanded = own.map_or_else(usual, |own| {
                own.iter().flat_map(|key| if key == ":default" { usual() } else { vec![key.to_lowercase()] }).collect()
            });
            let with_aliases = expanded.into_iter().flat_map(|key| {
                // `dateFieldAliases`
                let aliases: &[&str] = match &*key {
                    "lastmod" => &["modified"],
                    "publishdate" => &["pubdate", "published"],
                    "expirydate" => &["unpublishdate"],
                    _ => &[],
                };
                [key].into_iter().chain(aliases.iter().map(|&alias| alias.to_owned())).collect::<Vec<_>>()
            });
            with_aliases.filter(|key| key != ":git" || has_git).collect()
        };
        DateKeys { chains: USUAL.iter().map(chain).collect(), version }
    }

    /// Whether the day at the beginning of a file name is taken for the first date, the one of the page, if the keys that go
    /// before it are not set; its slug is then what follows the day (`dateAndSlugFromBaseFilename`).
    pub(crate) fn takes_file_name(&self, is_set: impl Fn(&str) -> bool) -> bool {
        let chain = self.chains.first().map_or(&[][..], Vec::as_slice);
        let first = chain.iter().find(|key| key.starts_with(':') || is_set(key));
        first.is_some_and(|key| key == ":filename")
    }

    /// What one of the dates is taken from: the first of its keys that says something. `name` is that of the file.
    pub(crate) fn first<'t>(&self, date: &str, tree: &'t Tree, name: &str) -> Option<First<'t>> {
        let at = ORDER.iter().position(|known| *known == date)?;
        let found = self.chains[at].iter().find_map(|key| match &**key {
            ":filename" => dated_name(name).map(|(day, _)| First::FileName(day)),
            key if key.starts_with(':') => Some(First::Elsewhere),
            key => {
                let entry = tree.entries.iter().rfind(|entry| entry.key.eq_ignore_ascii_case(key));
                entry.filter(|entry| says_something(&entry.value) && !self.skips(&entry.value)).map(First::Key)
            }
        });
        // A page without a day of its own for it is published on its day.
        let is_of_date = date == "publishdate" && !self.version.is_before(123);
        found.or_else(|| if is_of_date { self.first("date", tree, name) } else { None })
    }

    /// Whether Hugo goes on to the next key, as those did that did not stop at what they cannot read.
    fn skips(&self, value: &Node) -> bool {
        let is_read = |text: &str| match value.style {
            Style::Bare => true,
            Style::Plain if is_number(text) => true,
            _ => layouts::day(text).is_some(),
        };
        self.version.is_before(DATES_STOP) && !value.text().is_some_and(is_read)
    }

    /// The day of one of the dates; an error where that is written in a way that is not read, or comes from elsewhere.
    pub(crate) fn day(&self, date: &str, tree: &Tree, name: &str) -> Result<Option<Date>, ()> {
        match self.first(date, tree, name) {
            None => Ok(None),
            Some(First::FileName(day)) => Ok(Some(day)),
            Some(First::Key(entry)) => day_of(&entry.value).map(Some).ok_or(()),
            Some(First::Elsewhere) => Err(()),
        }
    }

    /// What Hugo cannot read, which stops the build, and what it reads in another way than it is meant.
    pub(crate) fn faults(&self, post: &Post) -> Vec<DateFault> {
        let Some(front) = post.front_matter().filter(|front| front.tree.faults.is_empty()) else { return Vec::new() };
        let entry = |key: &str| front.tree.entries.iter().rfind(|entry| entry.key.eq_ignore_ascii_case(key));
        let mut faults: Vec<DateFault> = Vec::new();
        for chain in &self.chains {
            for key in chain {
                let is_found = match &**key {
                    ":filename" => post.file_date.as_ref().is_some_and(|name| name.date.is_some()),
                    key if key.starts_with(':') => true,
                    key => match entry(key) {
                        Some(entry) if says_something(&entry.value) => {
                            let fault = fault(post, entry, front.format, self.version);
                            faults.extend(fault.filter(|fault| faults.iter().all(|known| known.span != fault.span)));
                            true
                        }
                        _ => false,
                    },
                };
                if is_found {
                    break;
                }
            }
        }
        faults
    }
}

/// What a date of a page is taken from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum First<'t> {
    /// A key of the front matter.
    Key(&'t Entry),
    /// The name of the file.
    FileName(Date),
    /// Git, or the file system.
    Elsewhere,
}

/// The dates of a page, in the order that they are kept in.
const ORDER: [&str; 4] = ["date", "lastmod", "publishdate", "expirydate"];

/// The day of a value: a text by one of the layouts, a date of TOML, or seconds since 1970.
pub(super) fn day_of(value: &Node) -> Option<Date> {
    let text = value.text()?;
    let is_text = !matches!(value.style, Style::Plain | Style::Bare);
    if !is_text && is_number(text) {
        return Some(Timestamp::from_second(text.parse().ok()?).ok()?.to_zoned(TimeZone::UTC).date());
    }
    // What Hugo stops at is told, and has a day that people read in it.
    layouts::day(text).or_else(|| read_front_matter_date(text)?.date)
}

fn says_something(value: &Node) -> bool {
    !value.is_null() && value.text() != Some("")
}

const HELP: &str = "write the day as in `2022-10-09`, with a time as in `2022-10-09T21:00:00+09:00`";

fn fault(post: &Post, entry: &Entry, format: Format, version: Version) -> Option<DateFault> {
    let value = &entry.value;
    // It says whether a page is a draft, too.
    let is_switch = entry.key.eq_ignore_ascii_case("published") && version.is_before(DATES_STOP);
    if is_switch && switch(value).is_some() {
        return None;
    }
    let span = first_line(post.text, value.span);
    let span = if span.is_empty() { entry.key_span } else { span };
    let shown = beginning(post.text[span].trim(), SHOWN);
    // Those before it took the first day that there is.
    let stops = match version.is_before(DATES_STOP) {
        true => "so Hugo takes the year 1 for it",
        false => "so Hugo stops the build here",
    };
    let fault = |message: String| Some(DateFault { span, message, is_empty: false, help: Some(HELP) });
    let text = match &value.data {
        Data::Scalar(text) => text,
        Data::List(_) | Data::Map(_) => return fault(format!("`{}` is no date, {stops}", entry.key)),
        Data::Alias(_) | Data::Unread => return None,
    };
    let is_text = match (format, value.style) {
        (Format::Toml, Style::Bare) => match value.value()? {
            Value::Integer(seconds) => return fault(seconds_message(text, seconds)?),
            Value::Bool(_) => return fault(format!("`{shown}` is no date, {stops}")),
            _ => return None,
        },
        (_, Style::Plain) => !is_number(text),
        _ => true,
    };
    if !is_text {
        let seconds = text.parse().ok()?;
        return fault(seconds_message(text, seconds)?);
    }
    if layouts::day(text).is_some() {
        return None;
    }
    let day = (entry.key.eq_ignore_ascii_case("date")).then(|| no_day(post)).flatten();
    fault(match day {
        Some(day) => format!("{}, {stops}", day.message),
        None => format!("`{shown}` is no date that Hugo can read, {stops}"),
    })
}

/// The Hugo that began to stop at dates that it cannot read.
pub(super) const DATES_STOP: u32 = 136;

/// So much of a value is shown, in characters.
const SHOWN: usize = 40;

/// What is a number to YAML 1.2, and not a text.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_' || byte == b'.')
        && digits.matches('.').count() <= 1
}

/// A number is one of seconds since 1970, which nobody means who writes a day as eight digits, or a year.
fn seconds_message(text: &str, seconds: i64) -> Option<String> {
    let is_day = text.len() == 8 && (19_000_101..=21_001_231).contains(&seconds);
    let is_year = text.len() == 4 && (1900..=2100).contains(&seconds);
    let day = Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date();
    (is_day || is_year).then(|| format!("Hugo takes `{text}` for seconds since 1970, so the day is {day}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Engines;
    use crate::text::Span;

    fn faults(head: &str, keys: &DateKeys) -> Vec<String> {
        let post = Post::parse("content/a.md", head, &Engines::default());
        keys.faults(&post).into_iter().map(|fault| post.text[fault.span].to_owned()).collect()
    }

    /// Asked of Hugo 0.168.
    #[test]
    fn values_that_are_read_and_refused() {
        for value in [
            "2022-10-09",
            "2022-10-09 21:00:00",
            "2022-10-09T21:00:00",
            "2022-10-09T21:00:00Z",
            "2022-10-09T21:00:00+09:00",
            "2022-10-09T21:00:00+0900",
            "2022-10-09 21:00:00 +0900",
            "2022-10-09 21:00:00 +09:00",
            "2022-10-09 21:00:00+09:00",
            "2022-10-09 9:00:00",
            "2022-10-09T9:00:00",
            "2022-10-09 21:00:00.5",
            "2022-10-09T21:00:00.123Z",
            "2022-10-09 21:00:00 +0900 KST",
            "09 Oct 2022",
            "02 Jan 2006",
            "Sun, 09 Oct 2022 21:00:00 +0900",
            "Sun, 09 Oct 2022 21:00:00 KST",
            "Sun Oct  9 21:00:00 2022",
            "09 Oct 22 21:00 KST",
            "1665316800",
            "\"\"",
            "~",
            "",
            "2022-10-09  21:00:00",
            "0001-01-01",
        ] {
            let head = format!("---\ntitle: A\ndate: {value}\n---\nx\n");
            assert_eq!(faults(&head, &DateKeys::default()), Vec::<String>::new(), "{value}");
        }
        for value in [
            "2022-10-9", "2022/10/09", "2022.10.09", "20221009", "2022-10-09 21:00", "2022-10-09T21:00",
            "2022-10-09 21:00 +0900", "2022-10-09 21:00:00 KST", "2022-10-09 25:00:00", "2022-02-30", "2022-13-01",
            "2022-10-00", "October 9, 2022", "Oct 9 2022", "9 Oct 2022", "9 October 2022", "2022-10", "2022",
            "\"1665316800\"", "2022-10-09 9pm", "22-10-09", "205-09-29", "2023-02-010T17:46:51-06:00", "yesterday",
            "2022년 10월 9일", "2022-10-09 21:00:00 Asia/Seoul", "\"2022-10-09 \"", "[2022-10-09]", "true",
            "10/09/2022", "2022-10-09T21:00:00+09", "2022-10-09T21:00:00 +09:00", "2022-10-09 21:00:00 Z",
            "2022-10-09t21:00:00z", "2022-10-09 21:0:0", "2022-10-09T21", "0000-00-00", "12345-10-09",
        ] {
            let head = format!("---\ntitle: A\ndate: {value}\n---\nx\n");
            assert_eq!(faults(&head, &DateKeys::default()).len(), 1, "{value}");
        }
        for (value, is_read) in [
            ("2022-10-09", true),
            ("\"2022-10-09\"", true),
            ("2022-10-09T21:00:00", true),
            ("\"2022/10/09\"", false),
            ("2022-10-09 21:00:00", true),
            ("20221009", false),
            ("'9 Oct 2022'", false),
        ] {
            let head = format!("+++\ntitle = \"A\"\ndate = {value}\n+++\nx\n");
            assert_eq!(faults(&head, &DateKeys::default()).is_empty(), is_read, "{value}");
        }
    }

    #[test]
    fn keys_that_are_read() {
        for (key, is_read) in [
            ("Date", true),
            ("publishDate", true),
            ("PublishDate", true),
            ("lastMod", true),
            ("expirydate", true),
            ("pubdate", true),
            ("published", true),
            ("modified", true),
            ("unpublishdate", true),
            ("updated", false),
            ("created", false),
        ] {
            let date = if key == "Date" { "" } else { "date: 2022-10-09\n" };
            let head = format!("---\n{date}{key}: 2022/10/09\ndraft: true\n---\nx\n");
            assert_eq!(!faults(&head, &DateKeys::default()).is_empty(), is_read, "{key}");
        }
        // The first key of a chain that says something is the only one that is read.
        let shadowed = "---\npublishdate: 2022-10-09\npubdate: 2022/10/09\n---\n";
        assert!(faults(shadowed, &DateKeys::default()).is_empty());
        let config = "a: {date: [\"day\", \":default\"]}";
        let tree = crate::syntax::front_matter::yaml(config, Span::new(0, config.len()));
        let keys = DateKeys::of(Some(&tree.entries[0].value), false, Version::default());
        assert_eq!(faults("---\nday: 2022/10/09\n---\n", &keys), ["2022/10/09"]);
    }
}
