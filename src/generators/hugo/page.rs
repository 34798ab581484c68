//! The address of a page of Hugo's: Hugo 0.111, `resources/page/page_paths.go`, `resources/page/permalinks.go`,
//! `helpers/path.go`.

use jiff::civil::Date;

use super::keys;
use super::settings::Settings;
use crate::generators::{config, relative};
use crate::syntax::dates;
use crate::syntax::front_matter::{Found, Node, Tree};

/// What the front matter of a page says of its address.
#[derive(Debug, Default)]
pub(crate) struct Front {
    pub url: Option<String>,
    pub slug: Option<String>,
    pub title: Option<String>,
    pub date: Option<Date>,
    pub aliases: Vec<String>,
    /// It is not published.
    pub is_hidden: bool,
    /// The day before which it is not published.
    pub from: Option<Date>,
    /// Something that decides is not understood.
    pub is_unsure: bool,
}

impl Front {
    /// What was found at the head of a text.
    pub(crate) fn of(text: &str, found: &Found) -> Front {
        match found {
            Found::Whole(front) => Front::of_tree(&front.tree),
            Found::Unclosed { .. } => Front { is_unsure: true, ..Front::default() },
            // It may be JSON with a fault.
            _ => Front { is_unsure: text.trim_start_matches('\u{feff}').starts_with('{'), ..Front::default() },
        }
    }

    fn of_tree(tree: &Tree) -> Front {
        let get = |key: &str| keys::get(tree, &[key]);
        let text = |key: &str| get(key).and_then(config::scalar).map(str::to_owned);
        let day = |key: &str| dates::read_front_matter_date(get(key)?.text()?)?.date;
        let is_set = |key: &str| get(key).is_some_and(|node| !node.is_empty());
        let date = day("date").or_else(|| day("publishDate"));
        Front {
            url: text("url"),
            slug: text("slug"),
            title: text("title"),
            date,
            aliases: get("aliases")
                .map_or(&[][..], Node::items)
                .iter()
                .filter_map(config::scalar)
                .map(str::to_owned)
                .collect(),
            is_hidden: get("draft").and_then(keys::is_on) == Some(true),
            from: day("publishDate").or(date),
            is_unsure: !tree.faults.is_empty()
                || is_set("date") && date.is_none()
                || ["build", "_build", "headless", "expiryDate", "cascade"].iter().any(|key| is_set(key)),
        }
    }
}

/// The day that a file name begins with, and what follows it.
pub(crate) fn dated_name(name: &str) -> Option<(Date, &str)> {
    let (day, rest) = name.split_at_checked(10)?;
    Some((day.parse().ok()?, rest.trim_matches([' ', '-', '_'])))
}

/// What a page is called in its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name<'p> {
    /// `_index.md`: the list of its folder.
    Section,
    /// `index.md`, by the name of its folder.
    Bundle(&'p str),
    /// Another one, without extension and language.
    Single(&'p str),
}

impl Settings {
    /// The address of a page in a folder of the content, without the language; `None` where it is not known.
    pub(crate) fn address(&self, folder: &str, name: Name, front: &Front) -> Option<String> {
        if let Some(url) = &front.url {
            return Some(format!("/{}", url.trim_start_matches('/')));
        }
        let (Name::Bundle(own) | Name::Single(own)) = name else { return Some(self.cleaned(&format!("/{folder}/"))) };
        let section = folder.split('/').next().unwrap_or_default().to_lowercase();
        let pattern = self.permalinks.iter().find(|(name, _)| *name == section).filter(|_| !section.is_empty());
        if let Some((_, pattern)) = pattern {
            let address = expanded(pattern, folder, own, front)?;
            let address = address.trim_start_matches('/');
            return Some(match self.is_ugly {
                true => self.cleaned(&format!("/{}.html", address.trim_end_matches('/'))),
                // Of a name with an ending Hugo writes a file as well.
                false if address.ends_with(".html") => self.cleaned(&format!("/{address}")),
                false => self.cleaned(&format!("/{}/", address.trim_end_matches('/'))),
            });
        }
        let last = front.slug.as_deref().unwrap_or(own);
        let end = if self.is_ugly { ".html" } else { "/" };
        Some(self.cleaned(&format!("/{folder}/{last}{end}")))
    }

    /// A path as Hugo writes it: `MakePathSanitized`.
    pub(crate) fn cleaned(&self, path: &str) -> String {
        let path = sanitized(path);
        let path = if self.keeps_case { path } else { path.to_lowercase() };
        let ends_open = path.ends_with('/');
        let path = format!("/{}", relative(&path));
        if ends_open && path != "/" { path + "/" } else { path }
    }
}

/// `UnicodeSanitize`: white space becomes a hyphen, other signs go.
fn sanitized(path: &str) -> String {
    let mut clean = String::with_capacity(path.len());
    let (mut was_hyphen, mut has_space) = (false, false);
    for sign in path.chars() {
        let is_mark =
            |sign: char| matches!(sign as u32, 0x300..=0x36f | 0x3099..=0x309a | 0x900..=0xdff if !sign.is_numeric());
        if sign.is_alphanumeric() || "./\\_#+~-@".contains(sign) || is_mark(sign) {
            was_hyphen = sign == '-';
            if has_space && !was_hyphen {
                clean.push('-');
            }
            has_space = false;
            clean.push(sign);
        } else if !clean.is_empty() && !was_hyphen && sign.is_whitespace() {
            has_space = true;
        }
    }
    clean
}

/// `permalinks.go`; `None` for a placeholder that is not known, or has no value.
fn expanded(pattern: &str, folder: &str, name: &str, front: &Front) -> Option<String> {
    let mut address = String::new();
    let mut rest = pattern;
    // That of the author may have slashes.
    let slug = front.slug.as_deref();
    while let Some(colon) = rest.find(':') {
        address.push_str(&rest[..colon]);
        let after = &rest[colon + 1..];
        let end = after.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(after.len());
        let date = |format: &str| Some(front.date?.strftime(format).to_string());
        address += &match &after[..end] {
            _ if after[end..].starts_with('[') => return None,
            "year" => date("%Y")?,
            "month" => date("%m")?,
            "monthname" => date("%B")?,
            "day" => date("%d")?,
            "weekday" => front.date?.weekday().to_sunday_zero_offset().to_string(),
            "weekdayname" => date("%A")?,
            "yearday" => date("%-j")?,
            "section" => folder.split('/').next()?.to_owned(),
            "sections" => folder.to_owned(),
            "title" => word(front.title.as_deref()?),
            "slug" => slug.map_or_else(|| front.title.as_deref().map(word), |slug| Some(sanitized(slug)))?,
            "filename" | "contentbasename" => word(name),
            "slugorfilename" | "slugorcontentbasename" => slug.map_or_else(|| word(name), sanitized),
            _ => return None,
        };
        rest = &after[end..];
    }
    Some(address + rest)
}

/// A text as one part of a path: `URLize` leaves no slash of it.
pub(crate) fn word(text: &str) -> String {
    sanitized(&text.replace('/', "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::front_matter;

    #[test]
    fn days_in_names() {
        let day = |name| dated_name(name).map(|(day, rest)| (day.to_string(), rest));
        assert_eq!(day("2022-10-09-a-b"), Some(("2022-10-09".to_owned(), "a-b")));
        assert_eq!(day("2022-10-09_week"), Some(("2022-10-09".to_owned(), "week")));
        assert_eq!((day("2022-13-09-a"), day("week"), day("주차 회고")), (None, None, None));
    }

    #[test]
    fn addresses() {
        let front = |text: &str| {
            let text = format!("---\n{text}\n---\n");
            Front::of(&text, &front_matter::read(&text))
        };
        // Run with Hugo 0.168.
        let permalinks = [("post", "/:year/:month/:slug/"), ("notes", "n/:slug")];
        let permalinks = permalinks.map(|(section, pattern)| (section.to_owned(), pattern.to_owned())).into();
        let settings = Settings { permalinks, ..Settings::default() };
        let dated = "title: A Long  Title!\ndate: 2022-10-09";
        for (folder, name, text, address) in [
            ("", Name::Section, "", Some("/")),
            ("Posts/Old ones", Name::Section, "", Some("/posts/old-ones/")),
            ("posts", Name::Single("First Post"), "", Some("/posts/first-post/")),
            ("posts", Name::Bundle("a"), "slug: b", Some("/posts/b/")),
            ("posts", Name::Single("a"), "url: /c.html", Some("/c.html")),
            ("post", Name::Single("a"), dated, Some("/2022/10/a-long-title/")),
            ("post", Name::Single("a"), "title: b", None),
            ("notes", Name::Single("a"), "title: A/B c", Some("/n/a-b-c/")),
            ("notes", Name::Single("a"), "slug: /d/e", Some("/n/d/e/")),
            ("", Name::Single("회고"), "", Some("/회고/")),
        ] {
            assert_eq!(settings.address(folder, name, &front(text)).as_deref(), address, "{folder} {name:?} {text}");
        }
        let ugly = Settings { is_ugly: true, keeps_case: true, ..Settings::default() };
        assert_eq!(ugly.address("Posts", Name::Single("A"), &Front::default()).as_deref(), Some("/Posts/A.html"));
    }
}
