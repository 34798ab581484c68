//! Patterns of addresses: Hugo 0.168, `resources/page/permalinks.go`.

use std::borrow::Cow;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::page::Front;
use super::paths::{lower, sanitized, unescaped};
use super::version::Version;
use crate::generators::{config, relative};
use crate::syntax::front_matter::Node;

/// What the config says of the addresses of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Permalink {
    /// The language that it is for, if it is for one.
    pub language: Option<String>,
    /// The kind of pages that it is for.
    pub kind: String,
    /// The folder of the content, in lower case, without slashes around it.
    pub section: String,
    /// The pattern.
    pub pattern: String,
}

/// Those of the config, of the languages first, and whether there are others that are not understood: a list names pages
/// by patterns.
pub(crate) fn of<'t>(told: impl Iterator<Item = (Option<&'t String>, Option<&'t Node>)>) -> (Vec<Permalink>, bool) {
    let (mut all, mut are_odd) = (Vec::new(), false);
    for (language, told) in told {
        let Some(told) = told else { continue };
        are_odd |= !told.items().is_empty();
        let permalink = |kind: &str, section: &str, pattern: &str| Permalink {
            language: language.cloned(),
            kind: kind.to_owned(),
            section: section.trim_matches([' ', '/']).to_lowercase(),
            pattern: pattern.to_owned(),
        };
        for entry in told.entries() {
            match config::scalar(&entry.value) {
                // What names no kind is for pages, and for what is listed under a word.
                Some(pattern) => all.extend(["page", "term"].map(|kind| permalink(kind, &entry.key, pattern))),
                None => all.extend(entry.value.entries().iter().filter_map(|section| {
                    Some(permalink(&entry.key.to_lowercase(), &section.key, config::scalar(&section.value)?))
                })),
            }
        }
    }
    (all, are_odd)
}

/// A section above a page.
#[derive(Debug)]
pub(crate) struct Section {
    /// Its folder.
    pub folder: String,
    /// What it says itself to be called: its `slug`, or its title.
    pub word: Option<String>,
}

/// The page that an address is made for.
pub(crate) struct Of<'p> {
    pub front: &'p Front,
    /// Whether addresses keep upper case.
    pub keeps_case: bool,
    /// What it is called in its folder.
    pub name: &'p str,
    /// Its folder.
    pub folder: &'p str,
    /// The sections that it lies in, from the outermost on: folders with a page of their own, and those right below the
    /// content.
    pub sections: &'p dyn Fn() -> Vec<Section>,
}

/// The address by a pattern, without a slash at its ends; `None` for one that is not known.
pub(crate) fn expanded(pattern: &str, of: &Of) -> Option<String> {
    let mut address = String::new();
    let mut rest = pattern;
    while let Some(colon) = rest.find(':') {
        if rest[..colon].ends_with('\\') {
            return None;
        }
        address.push_str(&rest[..colon]);
        let after = &rest[colon + 1..];
        let end = after.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_').unwrap_or(after.len());
        if end == 0 {
            address.push(':');
            rest = after;
            continue;
        }
        let (name, mut tail) = after.split_at(end);
        let cut = tail.strip_prefix('[').and_then(|inner| inner.split_once(']'));
        if let Some((_, behind)) = cut {
            tail = behind;
        }
        address += &value(name, cut.map(|(cut, _)| cut), of)?;
        rest = tail;
    }
    Some(relative(&unescaped(&(address + rest))))
}

fn value(name: &str, cut: Option<&str>, of: &Of) -> Option<String> {
    let Of { front, name: own, folder, keeps_case, .. } = of;
    let word = |text: &str| if *keeps_case { word(text) } else { lower(&word(text)) };
    let sanitized = |text: &str| if *keeps_case { sanitized(text) } else { lower(&sanitized(text)) };
    let title = || word(front.title.as_deref().unwrap_or_default());
    // That of the author may have slashes.
    let slug = |otherwise: &dyn Fn() -> String| front.slug.as_deref().map_or_else(otherwise, &sanitized);
    let date = |format: &str| Some(day(front)?.strftime(format).to_string());
    let sections = || match (of.sections)().pop() {
        Some(last) => last.folder.split('/').map(str::to_owned).collect::<Vec<_>>(),
        None => Vec::new(),
    };
    let words = || (of.sections)().iter().map(|section| section.word.as_deref().map(word)).collect::<Option<Vec<_>>>();
    Some(match (name, cut) {
        ("sections", Some(cut)) => slice(&sections(), cut)?.join("/"),
        ("sectionslugs", Some(cut)) => slice(&words()?, cut)?.join("/"),
        (_, Some(_)) => return None,
        ("year", _) => day(front)?.year().to_string(),
        ("month", _) => date("%m")?,
        ("monthname", _) => date("%B")?,
        ("day", _) => date("%d")?,
        ("weekday", _) => day(front)?.weekday().to_sunday_zero_offset().to_string(),
        ("weekdayname", _) => date("%A")?,
        ("yearday", _) => date("%-j")?,
        ("section", _) => folder.split('/').next()?.to_owned(),
        ("sections", _) => sections().join("/"),
        ("sectionslug", _) => words()?.into_iter().next().unwrap_or_default(),
        ("sectionslugs", _) => words()?.join("/"),
        ("title", _) => title(),
        ("slug", _) => slug(&title),
        ("filename" | "contentbasename", _) => word(own),
        ("slugorfilename" | "slugorcontentbasename", _) => slug(&|| word(own)),
        (layout, _) => by_layout(layout, day(front)?)?,
    })
}

/// What of a pattern Hugo puts nothing in the place of, which stops the build; `None` where it takes all of it.
pub(super) fn refused(pattern: &str, version: Version) -> Option<Refused> {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r":([0-9A-Za-z_]+)(\[.+?\])?").expect("a pattern"));
    let pattern = if version.is_before(137) { Cow::Borrowed(pattern) } else { pattern.replace("\\:", "").into() };
    let name = NAMES.captures_iter(&pattern).find_map(|found| {
        let (name, is_cut) = (&found[1], found.get(2).is_some());
        let since = KNOWN.iter().find(|(known, _)| *known == name).map(|(_, since)| *since);
        match since {
            Some(since) if !is_cut || name.starts_with("sections") => {
                version.is_before(since).then(|| Refused::Later(name.to_owned(), since))
            }
            _ if is_layout(name) => None,
            _ => Some(Refused::Name(found[0].to_owned())),
        }
    });
    // Its first sign was taken for a slash.
    let mut signs = pattern.chars();
    signs.next();
    let parts = signs.as_str().rsplit_once('/').map_or("x", |(parts, _)| parts);
    let is_odd = version.is_before(137) && parts.split('/').any(str::is_empty);
    name.or(is_odd.then_some(Refused::Slashes))
}

/// Why Hugo refuses a pattern.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It knows no such name.
    Name(String),
    /// It knows the name since a version.
    Later(String, u32),
    /// It begins with none, or two stand side by side (before 0.137).
    Slashes,
}

/// What patterns may name, with the version that it came with, if that is not older than 0.111.
pub(super) const KNOWN: &[(&str, u32)] = &[
    ("year", 0),
    ("month", 0),
    ("monthname", 0),
    ("day", 0),
    ("weekday", 0),
    ("weekdayname", 0),
    ("yearday", 0),
    ("section", 0),
    ("sections", 0),
    ("title", 0),
    ("slug", 0),
    ("filename", 0),
    ("slugorfilename", 0),
    ("contentbasename", 144),
    ("slugorcontentbasename", 144),
    ("sectionslug", 149),
    ("sectionslugs", 149),
];

/// Whether Go's `time` may find a part of a day in a name, which is a layout then.
fn is_layout(name: &str) -> bool {
    let begins = |word: &str| {
        let mut found = name.match_indices(word);
        found.any(|(at, _)| !name[at + word.len()..].starts_with(|next: char| next.is_ascii_lowercase()))
    };
    name.contains(|sign: char| sign.is_ascii_digit())
        || ["January", "Monday", "MST", "PM", "pm"].iter().any(|word| name.contains(word))
        || begins("Jan")
        || begins("Mon")
}

/// The day of a page; that of none is the first that Go knows.
fn day(front: &Front) -> Option<Date> {
    if front.has_odd_date { None } else { Some(front.date.unwrap_or(Date::constant(1, 1, 1))) }
}

/// A day by a layout of Go's `time`; `None` where it is none.
fn by_layout(layout: &str, day: Date) -> Option<String> {
    const PARTS: &[(&str, &str)] = &[
        ("January", "%B"),
        ("Monday", "%A"),
        ("2006", "%Y"),
        ("Jan", "%b"),
        ("Mon", "%a"),
        ("01", "%m"),
        ("02", "%d"),
        ("06", "%y"),
        ("1", "%-m"),
        ("2", "%-d"),
    ];
    let (mut text, mut rest, mut has_part) = (String::new(), layout, false);
    while let Some(sign) = rest.chars().next() {
        // The time of day is not known here.
        if ["15", "03", "04", "05", "3", "4", "5", "PM", "MST"].iter().any(|time| rest.starts_with(time)) {
            return None;
        }
        let length = match PARTS.iter().find(|(part, _)| rest.starts_with(part)) {
            Some((part, format)) => {
                text += &day.strftime(format).to_string();
                has_part = true;
                part.len()
            }
            None => {
                text.push(sign);
                sign.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    has_part.then_some(text)
}

/// `toSliceFunc`: `[1]`, `[last]`, `[1:]`, `[:last]`.
fn slice<'l>(list: &'l [String], cut: &str) -> Option<&'l [String]> {
    let cut = cut.trim().to_lowercase();
    let at = |text: &str, is_low: bool| {
        let most = if is_low { None } else { Some(list.len()) };
        match text {
            "" => Some(if is_low { 0 } else { list.len() }),
            "last" => list.len().checked_sub(1),
            number => match number.parse::<usize>().unwrap_or(0) {
                number if number >= list.len() => most,
                number => Some(number),
            },
        }
    };
    let range = match cut.split_once(':') {
        Some((low, high)) => at(low, true).zip(at(high, false)).map(|(low, high)| low..high),
        None => at(&cut, true).map(|index| index..index + 1),
    };
    match range {
        None => Some(&[]),
        Some(range) => list.get(range),
    }
}

/// A text as one part of a path: `URLize` leaves no slash of it.
pub(crate) fn word(text: &str) -> String {
    sanitized(&text.replace('/', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked of Hugo 0.111, 0.147 and 0.168.
    #[test]
    fn patterns_that_are_refused() {
        let name = |name: &str| Some(Refused::Name(name.to_owned()));
        for (pattern, version, expected) in [
            ("/:year/:month/:slug/", 111, None),
            ("/:sections[1:]/:2006/:01/x", 111, None),
            ("/:unknown/", 168, name(":unknown")),
            ("/:Year/:slug/", 111, name(":Year")),
            ("/:Month/", 168, name(":Month")),
            ("/:title[1]/", 168, name(":title[1]")),
            ("/a\\:b/", 168, None),
            ("/:contentbasename/", 111, Some(Refused::Later("contentbasename".to_owned(), 144))),
            ("/:sectionslug/", 147, Some(Refused::Later("sectionslug".to_owned(), 149))),
            ("/:sectionslugs[last]/", 168, None),
            ("x/:slug", 111, Some(Refused::Slashes)),
            ("x/:slug", 168, None),
            ("posts/:slug", 111, None),
            ("x//:slug", 111, Some(Refused::Slashes)),
            ("x//:slug", 168, None),
        ] {
            assert_eq!(refused(pattern, Version::told(version)), expected, "{pattern}");
        }
    }

    /// Asked of Hugo 0.168.
    #[test]
    fn patterns() {
        let front = Front {
            title: Some("A Long  Title: Really!".to_owned()),
            date: Some(Date::constant(2020, 3, 4)),
            ..Front::default()
        };
        let sections = || {
            let section =
                |folder: &str, word: Option<&str>| Section { folder: folder.to_owned(), word: word.map(str::to_owned) };
            vec![section("posts", Some("The Posts")), section("posts/2020/deep", Some("x"))]
        };
        let of =
            Of { front: &front, keeps_case: true, name: "C++ b", folder: "posts/2020/deep/er", sections: &sections };
        for (pattern, address) in [
            ("/:year/:month/:day/:slug/", Some("2020/03/04/A-Long-Title-Really")),
            ("/:section/:filename", Some("posts/C  -b")),
            ("/:sections/:contentbasename/", Some("posts/2020/deep/C  -b")),
            ("/:sections[1:]/x", Some("2020/deep/x")),
            ("/:sections[last]/x", Some("deep/x")),
            ("/:sections[7]/x", Some("x")),
            ("/:sectionslugs/:sectionslug", Some("The-Posts/x/The-Posts")),
            ("/:2006/:01/:Jan/x", Some("2020/03/Mar/x")),
            ("/:yearday/:weekday/:weekdayname/:monthname", Some("64/3/Wednesday/March")),
            ("/:year-:month.html", Some("2020-03.html")),
            ("/:Year/x", None),
            ("/:unknown/", None),
            ("/:15/", None),
        ] {
            assert_eq!(expanded(pattern, &of).as_deref(), address, "{pattern}");
        }
    }
}
