//! What the server of a site is told besides its files: redirects, in Netlify's `_redirects` and `netlify.toml`.
//! Cloudflare Pages reads `_redirects` as well.

use std::collections::HashSet;

use crate::files::Files;
use crate::generators::address::decoded;
use crate::generators::{self, get};
use crate::syntax::front_matter::{Node, Tree};

/// The config of Netlify, in the folder of the blog.
const NETLIFY: &[&str] = &["netlify.toml"];

/// Whether the server takes upper for lower case: Netlify does, whatever the files are called.
pub(crate) fn folds_case(files: &Files) -> bool {
    NETLIFY.iter().any(|name| files.is_file(name))
}

/// Where redirects begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Redirects {
    /// Addresses, without a slash at the end.
    plain: HashSet<String>,
    /// Those with `:name` or `*` in them.
    patterns: Vec<String>,
}

/// So many patterns are held against an address.
const MOST: usize = 1000;

impl Redirects {
    /// Those of `netlify.toml`, and those of the file that the site has as `_redirects`.
    pub(crate) fn read(files: &Files, base: &str, published: Option<&str>) -> Redirects {
        let rules = published.and_then(|source| files.text(source));
        let lines = rules.iter().flat_map(|rules| rules.lines());
        let mut from: Vec<String> = lines.filter_map(rule).map(str::to_owned).collect();
        from.extend(tables(&generators::read(files, NETLIFY)));
        let mut redirects = Redirects::default();
        for path in from.iter().filter_map(|path| path.strip_prefix(base)).filter(|path| path.starts_with('/')) {
            let path = decoded(path.trim_end_matches('/')).into_owned();
            if !path.contains("/:") && !path.contains('*') {
                redirects.plain.insert(path);
            } else if redirects.patterns.len() < MOST {
                redirects.patterns.push(path);
            }
        }
        redirects
    }

    /// Whether one of them begins at an address.
    pub(crate) fn answer(&self, address: &str) -> bool {
        self.plain.contains(address.trim_end_matches('/'))
            || self.patterns.iter().any(|pattern| is_like(pattern, address))
    }
}

/// `/from /to 301!`; what ends as not found answers nothing.
fn rule(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace().take_while(|word| !word.starts_with('#'));
    let from = words.next()?;
    let mut options = words.skip_while(|word| word.contains('=')).skip(1);
    (!options.any(is_refusal)).then_some(from)
}

fn is_refusal(status: &str) -> bool {
    status.len() == 3 && status.starts_with(['4', '5']) && status.bytes().all(|byte| byte.is_ascii_digit())
}

/// The `[[redirects]]`.
fn tables(tree: &Tree) -> Vec<String> {
    let tables = get(tree, &["redirects"]).map_or(&[][..], Node::items);
    let answers = tables.iter().filter(|table| !table.get("status").and_then(Node::text).is_some_and(is_refusal));
    answers.filter_map(|table| table.get("from")?.text().map(str::to_owned)).collect()
}

/// Whether an address fits the pattern of a redirect: `:name` stands for a part, `*` for all that follows, and a slash at
/// the end for nothing.
fn is_like(pattern: &str, address: &str) -> bool {
    let mut parts = address.trim_matches('/').split('/');
    for part in pattern.trim_matches('/').split('/') {
        match (part, parts.next()) {
            ("*", _) => return true,
            (name, Some(part)) if name == part || name.starts_with(':') && !part.is_empty() => {}
            _ => return false,
        }
    }
    parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_redirects() {
        for (line, expected) in [
            ("/a /b", Some("/a")),
            ("  /a/*  https://example.com/:splat  301!", Some("/a/*")),
            ("/store id=:id  /blog/:id  301", Some("/store")),
            ("/* /404.html 404", None),
            ("/a /b 404 # gone", None),
            ("/a /b # 404", Some("/a")),
            ("# /a /b", None),
            ("", None),
        ] {
            assert_eq!(rule(line), expected, "{line}");
        }
    }

    #[test]
    fn patterns_of_redirects() {
        for (pattern, address, expected) in [
            ("/a/", "/a", true),
            ("/a", "/a/", true),
            ("/a", "/a/b", false),
            ("/a/b", "/a", false),
            ("/tags/*", "/tags/", true),
            ("/tags/*", "/tags/a/b.html", true),
            ("/:year/:month/", "/2022/10/", true),
            ("/:year/:month/", "/2022/10/9/", false),
            ("/:year/", "/", false),
            ("/", "/", true),
            ("/*", "/a", true),
        ] {
            assert_eq!(is_like(pattern, address), expected, "{pattern} {address}");
        }
    }
}
