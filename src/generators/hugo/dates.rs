//! The dates of a page's front matter as Hugo 0.168 reads them: `resources/page/pagemeta/page_frontmatter.go`, and for a
//! text `ToTimeInDefaultLocationE` of spf13/cast with the layouts of Go's `time.Parse`.

use super::keys::child;
use crate::generators::config;
use crate::generators::dates::{DateFault, no_day};
use crate::post::Post;
use crate::syntax::front_matter::{Data, Entry, Format, Node, Style, Value};
use crate::text::{beginning, first_line};

/// The keys that each date of a page is looked for under, in order: the first that says something counts.
#[derive(Debug)]
pub(crate) struct DateKeys(Vec<Vec<String>>);

impl Default for DateKeys {
    fn default() -> Self {
        DateKeys::of(None, false)
    }
}

impl DateKeys {
    /// `frontmatter:` of the config; `has_git`: `enableGitInfo`.
    pub(crate) fn of(told: Option<&Node>, has_git: bool) -> DateKeys {
        const USUAL: &[(&str, &[&str])] = &[
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
        DateKeys(USUAL.iter().map(chain).collect())
    }

    /// Whether the day at the beginning of a file name is taken for the first date, the one of the page, if the keys that go
    /// before it are not set; its slug is then what follows the day (`dateAndSlugFromBaseFilename`).
    pub(crate) fn takes_file_name(&self, is_set: impl Fn(&str) -> bool) -> bool {
        let chain = self.0.first().map_or(&[][..], Vec::as_slice);
        let first = chain.iter().find(|key| key.starts_with(':') || is_set(key));
        first.is_some_and(|key| key == ":filename")
    }

    /// What Hugo cannot read, which stops the build, and what it reads in another way than it is meant.
    pub(crate) fn faults(&self, post: &Post) -> Vec<DateFault> {
        let Some(front) = post.front_matter().filter(|front| front.tree.faults.is_empty()) else { return Vec::new() };
        let entry = |key: &str| front.tree.entries.iter().rfind(|entry| entry.key.eq_ignore_ascii_case(key));
        let mut faults: Vec<DateFault> = Vec::new();
        for chain in &self.0 {
            for key in chain {
                let is_found = match &**key {
                    ":filename" => post.file_date.as_ref().is_some_and(|name| name.date.is_some()),
                    key if key.starts_with(':') => true,
                    key => match entry(key) {
                        Some(entry) if says_something(&entry.value) => {
                            let fault = fault(post, entry, front.format);
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

fn says_something(value: &Node) -> bool {
    !value.is_null() && value.text() != Some("")
}

const HELP: &str = "write the day as in `2022-10-09`, with a time as in `2022-10-09T21:00:00+09:00`";

fn fault(post: &Post, entry: &Entry, format: Format) -> Option<DateFault> {
    let value = &entry.value;
    let span = first_line(post.text, value.span);
    let span = if span.is_empty() { entry.key_span } else { span };
    let shown = beginning(post.text[span].trim(), SHOWN);
    let stops = "so Hugo stops the build here";
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
    if LAYOUTS.iter().any(|layout| fits(layout, text)) {
        return None;
    }
    let day = (entry.key.eq_ignore_ascii_case("date")).then(|| no_day(post)).flatten();
    fault(match day {
        Some(day) => format!("{}, {stops}", day.message),
        None => format!("`{shown}` is no date that Hugo can read, {stops}"),
    })
}

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
    let day = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
    (is_day || is_year).then(|| format!("Hugo takes `{text}` for seconds since 1970, so the day is {day}"))
}

/// `timeFormats` of cast, and those of Go that it names.
const LAYOUTS: &[&str] = &[
    "2006-01-02",
    "2006-01-02T15:04:05Z07:00",
    "2006-01-02T15:04:05",
    "Mon, 02 Jan 2006 15:04:05 -0700",
    "Mon, 02 Jan 2006 15:04:05 MST",
    "02 Jan 06 15:04 -0700",
    "02 Jan 06 15:04 MST",
    "Monday, 02-Jan-06 15:04:05 MST",
    "2006-01-02 15:04:05 -0700 MST",
    "2006-01-02T15:04:05-0700",
    "2006-01-02 15:04:05Z0700",
    "2006-01-02 15:04:05",
    "Mon Jan _2 15:04:05 2006",
    "Mon Jan _2 15:04:05 MST 2006",
    "Mon Jan 02 15:04:05 -0700 2006",
    "2006-01-02 15:04:05Z07:00",
    "02 Jan 2006",
    "2006-01-02 15:04:05 -07:00",
    "2006-01-02 15:04:05 -0700",
    "3:04PM",
    "Jan _2 15:04:05",
];

/// The parts of a layout, the longer ones first.
const PARTS: &[&str] = &[
    "Monday", "Mon", "2006", "Z07:00", "Z0700", "-07:00", "-0700", "MST", "Jan", "15", "01", "02", "03", "04", "05",
    "06", "_2", "PM", "3",
];

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: &[&str] = &["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/// Whether Go's `time.Parse` reads a text by a layout.
fn fits(layout: &str, text: &str) -> bool {
    read(layout, text).is_some_and(|(year, month, day)| jiff::civil::Date::new(year, month, day).is_ok())
}

fn read(mut layout: &str, mut text: &str) -> Option<(i16, i8, i8)> {
    let (mut year, mut month, mut day) = (0, 1, 1);
    while !layout.is_empty() {
        let Some(part) = PARTS.iter().find(|part| layout.starts_with(**part)) else {
            let sign = layout.chars().next()?;
            if sign == ' ' {
                // Any number of spaces is one.
                text = if text.is_empty() { text } else { text.strip_prefix(' ')?.trim_start_matches(' ') };
            } else {
                text = text.strip_prefix(sign)?;
            }
            layout = &layout[sign.len_utf8()..];
            continue;
        };
        layout = &layout[part.len()..];
        match *part {
            "2006" => year = digits(&mut text, 4, 4)?,
            "06" => year = 2000 + digits(&mut text, 2, 2)?,
            "01" => month = i8::try_from(digits(&mut text, 2, 2)?).ok()?,
            "02" => day = i8::try_from(digits(&mut text, 2, 2)?).ok()?,
            "_2" => {
                text = text.strip_prefix(' ').unwrap_or(text);
                day = i8::try_from(digits(&mut text, 1, 2)?).ok()?;
            }
            "15" => drop(Some(digits(&mut text, 1, 2)?).filter(|&hour| hour < 24)?),
            "3" => drop(Some(digits(&mut text, 1, 2)?).filter(|&hour| hour <= 12)?),
            "04" => drop(Some(digits(&mut text, 2, 2)?).filter(|&minute| minute < 60)?),
            "05" => {
                Some(digits(&mut text, 2, 2)?).filter(|&second| second < 60)?;
                let rest =
                    text.strip_prefix(['.', ',']).map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
                text = rest.filter(|rest| text.len() - rest.len() > 1).unwrap_or(text);
            }
            "Jan" => month = i8::try_from(MONTHS.iter().position(|name| begins(&mut text, name))?).ok()? + 1,
            "Mon" => drop(DAYS.iter().position(|name| begins(&mut text, &name[..3]))?),
            "Monday" => drop(DAYS.iter().position(|name| begins(&mut text, name))?),
            "PM" => text = text.strip_prefix("AM").or_else(|| text.strip_prefix("PM"))?,
            "MST" => text = after_zone(text)?,
            "Z0700" | "Z07:00" if text.starts_with('Z') => text = &text[1..],
            part => {
                text = text.strip_prefix(['+', '-'])?;
                Some(digits(&mut text, 2, 2)?).filter(|&hours| hours <= 24)?;
                text = if part.contains(':') { text.strip_prefix(':')? } else { text };
                Some(digits(&mut text, 2, 2)?).filter(|&minutes| minutes <= 60)?;
            }
        }
    }
    text.is_empty().then_some((year, month, day))
}

/// A number of so many digits; as many as there are, up to the most.
fn digits(text: &mut &str, least: usize, most: usize) -> Option<i16> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let number = text[..length].parse().ok().filter(|_| length >= least)?;
    *text = &text[length..];
    Some(number)
}

fn begins(text: &mut &str, name: &str) -> bool {
    let is = text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    *text = if is { &text[name.len()..] } else { text };
    is
}

/// `parseTimeZone`
fn after_zone(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix("ChST").or_else(|| text.strip_prefix("MeST")) {
        return Some(rest);
    }
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let is_zone = match letters {
        3 => true,
        4 => text[..4].ends_with('T') || &text[..4] == "WITA",
        5 => text[..5].ends_with('T'),
        _ => false,
    };
    is_zone.then(|| &text[letters..])
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
        let keys = DateKeys::of(Some(&tree.entries[0].value), false);
        assert_eq!(faults("---\nday: 2022/10/09\n---\n", &keys), ["2022/10/09"]);
    }
}
