//! Patterns of addresses: Jekyll 4.3.1, `url.rb`, `drops/url_drop.rb`, `slugify` in `utils.rb`.

use std::sync::LazyLock;

use crate::files::file_name;
use regex::{Captures, Regex};

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| pattern(":([a-z_]+)"));
/// What `slugify` makes a hyphen, mode `default`.
static PLAIN: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^\p{M}\p{L}\p{Nd}]+"));
/// The same, mode `pretty`.
static PRETTY: LazyLock<Regex> = LazyLock::new(|| pattern(r"[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+"));
static SLASHES: LazyLock<Regex> = LazyLock::new(|| pattern("/{2,}"));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern")
}

/// Which signs a slug keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slug {
    /// Letters and digits, in lower case.
    Plain,
    /// Also the signs that addresses may hold, in upper and lower case.
    Pretty,
}

/// A name as part of an address.
pub(crate) fn slugify(name: &str, slug: Slug) -> String {
    let hyphenated = match slug {
        Slug::Plain => PLAIN.replace_all(name, "-"),
        Slug::Pretty => PRETTY.replace_all(name, "-"),
    };
    let start = hyphenated.strip_prefix('-').unwrap_or(&hyphenated);
    let bare = start.strip_suffix('-').unwrap_or(start);
    if slug == Slug::Plain { bare.to_lowercase() } else { bare.to_owned() }
}

/// The address that a pattern makes of a document. `None` where a placeholder has no value: the build stops.
pub(crate) fn of_document(pattern: &str, mut value: impl FnMut(&str) -> Option<String>) -> Option<String> {
    let mut is_whole = true;
    let address = PLACEHOLDER.replace_all(pattern, |found: &Captures| {
        let name = &found[1];
        let (value, rest) = match (value(name), name.strip_suffix('_')) {
            (Some(value), _) => (Some(value), ""),
            (None, Some(shorter)) => (value(shorter), "_"),
            (None, None) => (None, ""),
        };
        is_whole &= value.is_some();
        escaped(&value.unwrap_or_default()) + rest
    });
    is_whole.then(|| clean(&address))
}

/// The address that a pattern makes of a page or a file, whose placeholders are replaced one after the other.
pub(crate) fn of_page(pattern: &str, values: &[(&str, &str)]) -> String {
    let address =
        values.iter().fold(pattern.to_owned(), |address, (name, value)| address.replace(name, &escaped(value)));
    clean(&address)
}

/// A value in which nothing is taken for an escape.
fn escaped(value: &str) -> String {
    value.replace('%', "%25")
}

/// `sanitize_url`, escapes undone.
fn clean(address: &str) -> String {
    let address = format!("/{address}").replace("..", "/").replace("./", "");
    crate::generators::address::decoded(&SLASHES.replace_all(&address, "/")).into_owned()
}

/// `File.extname` of Ruby, of the last part of a path.
pub(crate) fn extension(path: &str) -> &str {
    let name = file_name(path);
    let bare = name.trim_start_matches('.');
    bare.rfind('.').filter(|&dot| dot > 0).map_or("", |dot| &bare[dot..])
}

/// A name or a path without its extension and the dots before it.
pub(crate) fn stem(path: &str) -> &str {
    path[..path.len() - extension(path).len()].trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        for (name, plain, pretty) in [
            ("3주차 회고", "3주차-회고", "3주차-회고"),
            ("Three Word Title", "three-word-title", "Three-Word-Title"),
            ("a_b", "a-b", "a_b"),
            ("C++ & C#", "c-c", "C++-&-C"),
            ("-a-", "a", "a"),
            ("¡!", "", "!"),
        ] {
            assert_eq!((&*slugify(name, Slug::Plain), &*slugify(name, Slug::Pretty)), (plain, pretty), "{name}");
        }
    }

    #[test]
    fn patterns() {
        let value = |name: &str| match name {
            "title" => Some("회고 3%25".to_owned()),
            "categories" => Some(String::new()),
            "year" => Some("2022".to_owned()),
            _ => None,
        };
        for (pattern, address) in [
            ("/:categories/:year/:title.html", Some("/2022/회고 3%25.html")),
            (":year/:title/", Some("/2022/회고 3%25/")),
            ("/:year_:title", Some("/2022_회고 3%25")),
            ("/%ED%9A%8C/../a", Some("/회/a")),
            ("/:nope/", None),
        ] {
            assert_eq!(of_document(pattern, value).as_deref(), address, "{pattern}");
        }
        let values = [(":path", "/a"), (":basename", "b.c"), (":output_ext", ".html")];
        assert_eq!(of_page("/:path/:basename:output_ext", &values), "/a/b.c.html");
        assert_eq!(of_page("/:title/", &values), "/:title/");
    }

    #[test]
    fn extensions() {
        for (path, stem_, extension_) in [
            ("a/b.c.md", "a/b.c", ".md"),
            ("a.b/c", "a.b/c", ""),
            (".htaccess", ".htaccess", ""),
            ("a..png", "a", ".png"),
        ] {
            assert_eq!((stem(path), extension(path)), (stem_, extension_), "{path}");
        }
    }
}
