//! The address of a page of Hugo's: Hugo 0.168, `hugolib/page__paths.go`, `resources/page/page_paths.go`.

use jiff::civil::Date;

use super::cascade::Said;
use super::dates::DateKeys;
use super::keys;
use super::paths::{lower, normalized, sanitized, without_accents};
use super::permalinks::{self, Of, Section};
use super::settings::Settings;
use super::version::Version;
use crate::generators::{config, relative};
use crate::syntax::front_matter::{Found, Node, Tree};

/// What the front matter of a page says of its address.
#[derive(Debug, Default)]
pub(crate) struct Front {
    pub url: Option<String>,
    pub slug: Option<String>,
    pub title: Option<String>,
    pub date: Option<Date>,
    /// Its date is written in a way that is not understood.
    pub has_odd_date: bool,
    pub aliases: Vec<String>,
    /// What it says of being rendered.
    pub said: Said,
    /// Its `cascade`, which counts for itself, too.
    pub cascade: Option<Node>,
    /// The day from which on it is not published any more.
    pub until: Option<Date>,
    /// The day before which it is not published.
    pub from: Option<Date>,
    /// Something that decides is not understood.
    pub is_unsure: bool,
}

impl Front {
    /// What was found at the head of a text.
    pub(crate) fn of(text: &str, found: &Found, name: Name, settings: &Settings) -> Front {
        match found {
            Found::Whole(front) => Front::of_tree(&front.tree, name, &settings.dates, settings.version),
            Found::Unclosed { .. } => Front { is_unsure: true, ..Front::default() },
            // It may be JSON with a fault.
            _ => Front {
                is_unsure: text.trim_start_matches('\u{feff}').starts_with('{'),
                ..Front::of_tree(&Tree::default(), name, &settings.dates, settings.version)
            },
        }
    }

    fn of_tree(tree: &Tree, of: Name, dates: &DateKeys, version: Version) -> Front {
        let name = of.own();
        let get = |key: &str| keys::get(tree, &[key]);
        let text = |key: &str| get(key).and_then(config::scalar).map(str::to_owned);
        let mut slug = text("slug").map(|slug| slug.trim_matches('-').to_owned()).filter(|slug| !slug.is_empty());
        let day = dates.day("date", tree, name);
        if let Some((_, rest)) = dated_name(name).filter(|_| dates.takes_file_name(|key| get(key).is_some())) {
            slug = slug.or_else(|| Some(rest.to_owned()).filter(|rest| !rest.is_empty()));
        }
        let (from, until) = (dates.day("publishdate", tree, name), dates.day("expirydate", tree, name));
        Front {
            url: text("url"),
            slug,
            title: text("title"),
            date: day.ok().flatten(),
            has_odd_date: day.is_err(),
            aliases: get("aliases").map_or_else(Vec::new, config::texts_of),
            said: match of {
                Name::Single(_) => Said::of_single(tree, version),
                _ => Said::of(tree, version),
            },
            cascade: get("cascade").cloned(),
            from: from.ok().flatten(),
            until: until.ok().flatten(),
            is_unsure: !tree.faults.is_empty() || from.is_err() || until.is_err(),
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

impl<'p> Name<'p> {
    /// What it is called, if it is no list.
    pub(crate) fn own(self) -> &'p str {
        match self {
            Name::Section => "",
            Name::Bundle(own) | Name::Single(own) => own,
        }
    }
}

/// The sections that a page lies in, found when an address asks for them.
pub(crate) type Sections<'s> = dyn Fn() -> Vec<Section> + 's;

impl Settings {
    /// The address of a page in a folder of the content, without the language; `None` where it is not known.
    pub(crate) fn address(
        &self,
        language: Option<&str>,
        (folder, name): (&str, Name),
        front: &Front,
        sections: &Sections,
    ) -> Option<String> {
        let of = Of { front, keeps_case: self.keeps_case, name: name.own(), folder, sections };
        if let Some(url) = &front.url {
            return self.own_address(url, &of);
        }
        let section = folder.split('/').next().unwrap_or_default();
        let end = if self.ugly.has(&lower(section)) { ".html" } else { "/" };
        let (kind, of_kind) = if name == Name::Section { ("section", folder) } else { ("page", section) };
        // Before 0.123 a folder in upper case was none of those that the config names, whose keys are in lower case.
        let of_kind = if self.version.is_before(123) { of_kind.to_owned() } else { lower(of_kind) };
        let fits = |rule: &&permalinks::Permalink| {
            let is_spoken = rule.language.is_none() || rule.language.as_deref() == language;
            is_spoken && rule.kind == kind && self.reaches(&rule.section, &of_kind, folder)
        };
        let mut rules = self.permalinks.iter().filter(fits);
        if let Some(rule) = rules.next().filter(|_| !(kind == "section" && folder.is_empty())) {
            // Hugo takes any of those that fit.
            if rules.any(|other| other.language == rule.language && other.pattern != rule.pattern) {
                return None;
            }
            let address = permalinks::expanded(&rule.pattern, &of)?;
            if !address.is_empty() {
                return Some(self.joined(&[&address], end));
            }
        }
        if name == Name::Section {
            let end = match end {
                ".html" if !self.version.is_before(148) => "/index.html",
                _ if folder.is_empty() => "/",
                end => end,
            };
            return Some(self.joined(&[folder], end));
        }
        let last = front.slug.as_deref().unwrap_or(name.own());
        // Since 0.123 a file is known by a name that is cleaned already.
        let is_raw = self.keeps_case || self.version.is_before(123);
        match is_raw {
            true if self.version.is_before(123) => Some(self.joined(&[&format!("{folder}/{last}")], end)),
            true => Some(self.joined(&[folder, last], end)),
            false if front.slug.is_some() => Some(self.joined(&[&normalized(folder), last], end)),
            false => Some(self.joined(&[&normalized(folder), &normalized(last)], end)),
        }
    }

    /// Whether a pattern for a section is one for a page of this: of nested ones Hugo reads any since 0.161
    /// (`resources/page/permalinks.go`, `PermalinksConfig`).
    fn reaches(&self, rule: &str, section: &str, folder: &str) -> bool {
        let is_nested = || {
            let folder = lower(folder);
            !self.version.is_before(161)
                && rule.contains('/')
                && (folder == *rule || folder.starts_with(&format!("{rule}/")))
        };
        rule == section || is_nested()
    }

    /// The address that the author gives: a file, if it has a dot and ends with no slash.
    fn own_address(&self, url: &str, of: &Of) -> Option<String> {
        let expanded = match url.contains(':') && !self.version.is_before(131) {
            true => {
                let slash = if url.ends_with('/') { "/" } else { "" };
                permalinks::expanded(url, of)? + slash
            }
            false => url.to_owned(),
        };
        let path = relative(&expanded);
        let whole = if expanded.contains("..") { &path } else { &expanded };
        let is_file = whole.contains('.') && !whole.ends_with('/');
        let path = if is_file { path.strip_suffix("index.html").unwrap_or(&path) } else { &path };
        let end = if is_file || path.is_empty() || path.ends_with('/') { "" } else { "/" };
        Some(format!("/{path}{end}"))
    }

    /// The address of the elements of a path.
    fn joined(&self, elements: &[&str], end: &str) -> String {
        let path: Vec<String> = elements.iter().map(|element| self.cleaned(element)).collect();
        let path = path.iter().map(|element| element.trim_matches('/')).filter(|element| !element.is_empty());
        let path = path.collect::<Vec<_>>().join("/");
        if path.is_empty() { "/".to_owned() } else { format!("/{path}{end}") }
    }

    /// A path as Hugo writes it: `MakePathSanitized`.
    pub(crate) fn cleaned(&self, path: &str) -> String {
        let path = sanitized(path);
        let path = match self.removes_accents {
            true => without_accents(&path).unwrap_or(path),
            false => path,
        };
        let path = if self.keeps_case { path } else { lower(&path) };
        let ends_open = path.ends_with('/');
        let path = format!("/{}", relative(&path));
        if ends_open && path != "/" { path + "/" } else { path }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generators::hugo::settings::Ugly;
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
            Front::of(&text, &front_matter::read(&text), Name::Single(""), &Settings::default())
        };
        // Run with Hugo 0.168.
        let permalink = |(kind, section, pattern): (&str, &str, &str)| permalinks::Permalink {
            language: None,
            kind: kind.to_owned(),
            section: section.to_owned(),
            pattern: pattern.to_owned(),
        };
        let permalinks = [
            ("page", "post", "/:year/:month/:slug/"),
            ("page", "notes", "n/:slug"),
            ("page", "", "/p/:slug.html"),
            ("section", "notes", "/all/"),
        ];
        let permalinks = permalinks.map(permalink).into();
        let settings = Settings { permalinks, ..Settings::default() };
        let dated = "title: A Long  Title!\ndate: 2022-10-09";
        for (folder, name, text, address) in [
            ("", Name::Section, "", Some("/")),
            ("Posts/Old ones", Name::Section, "", Some("/posts/old-ones/")),
            ("posts", Name::Single("First Post"), "", Some("/posts/first-post/")),
            ("posts", Name::Bundle("a"), "slug: b", Some("/posts/b/")),
            ("posts", Name::Single("a"), "url: /c.html", Some("/c.html")),
            ("post", Name::Single("a"), dated, Some("/2022/10/a-long-title/")),
            ("post", Name::Single("a"), "title: b", Some("/1/01/b/")),
            ("post", Name::Single("a"), "title: b\ndate: today", None),
            ("notes", Name::Section, "", Some("/all/")),
            ("posts", Name::Single("a"), "url: /c", Some("/c/")),
            ("posts", Name::Single("a"), "url: x/c d/../e", Some("/x/e/")),
            ("posts", Name::Single("a"), "url: \"/x/:slug/:year\"\ntitle: b\ndate: 2022-10-09", Some("/x/b/2022/")),
            ("posts", Name::Single("a"), "url: x/index.html", Some("/x/")),
            ("posts", Name::Single("a  b \"c"), "", Some("/posts/a--b-c/")),
            ("posts", Name::Single("a"), "slug: -A  b-", Some("/posts/a-b/")),
            ("posts", Name::Single("\u{3000}İ Ⅳ"), "", Some("/posts/i-/")),
            ("notes", Name::Single("a"), "title: A/B c", Some("/n/a-b-c/")),
            ("notes", Name::Single("a"), "slug: /d/e", Some("/n/d/e/")),
            ("", Name::Single("a"), "slug: 회고", Some("/p/회고.html/")),
        ] {
            assert_eq!(
                settings.address(None, (folder, name), &front(text), &Vec::new).as_deref(),
                address,
                "{folder} {name:?} {text}"
            );
        }
        let ugly = Settings { ugly: Ugly::All, keeps_case: true, ..Settings::default() };
        let address = |name| ugly.address(None, ("Posts", name), &Front::default(), &Vec::new);
        assert_eq!(address(Name::Single("A")).as_deref(), Some("/Posts/A.html"));
        assert_eq!(address(Name::Section).as_deref(), Some("/Posts/index.html"));
    }
}
