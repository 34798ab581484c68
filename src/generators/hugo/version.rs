//! Which Hugo builds a site, as what publishes it asks for one by its number.

use std::sync::LazyLock;

use regex::Regex;

use crate::files::{Files, join};

/// Where hosts and scripts are told it.
const FILES: &[&str] = &[
    ".gitlab-ci.yml", ".tool-versions", ".travis.yml", "Dockerfile", "Makefile", "amplify.yml", "build.sh",
    "deploy.sh", "now.json", "package.json", "netlify.toml", "render.yaml", "vercel-build.sh", "vercel.json",
    "wercker.yml",
];

/// `HUGO_VERSION = "0.54.0"`, `hugo-version: '0.54'`, `hugo_extended_0.54.0_Linux-64bit.tar.gz`, `klakegg/hugo:0.54.0`.
static ASKED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)hugo[^\d\n&;|]{0,30}(?:\b|_|v)(?:0\.(\d{2,3})\b|latest\b)").expect("a pattern"));

/// The Hugo that builds a site, as far as it is told.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Version(Option<u32>);

impl Version {
    /// The newest that one of the files asks for.
    pub(super) fn of(files: &Files) -> Version {
        Version(asked(files))
    }

    /// One that is told by its second part.
    pub(super) fn told(minor: u32) -> Version {
        Version(Some(minor))
    }

    /// Whether one before 0.123, say, is asked for. What nothing is told of is the newest.
    pub(crate) fn is_before(self, minor: u32) -> bool {
        self.0.is_some_and(|asked| asked < minor)
    }
}

/// Whether all of them ask for a Hugo before 0.60, whose Markdown engine was Blackfriday.
pub(super) fn is_before_goldmark(files: &Files) -> bool {
    asked(files).is_some_and(|minor| minor < 60)
}

/// The second part of the newest number that one of them asks for, if any does; the newest Hugo there is has the highest.
pub(super) fn asked(files: &Files) -> Option<u32> {
    let flows = files.below(".github/workflows", |_| false);
    let flows = flows.iter().map(|flow| join(".github/workflows", flow));
    let texts = FILES.iter().map(|&file| file.to_owned()).chain(flows).filter(|file| files.is_file(file));
    newest(texts.filter_map(|file| files.text(&file)))
}

/// The second part of the newest number that texts ask for.
fn newest(texts: impl Iterator<Item = impl AsRef<str>>) -> Option<u32> {
    let minor = |text: &str| {
        let asked =
            ASKED.captures_iter(text).map(|asked| asked.get(1).map_or(u32::MAX, |minor| number(minor.as_str())));
        asked.max()
    };
    texts.filter_map(|text| minor(text.as_ref())).max()
}

fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for() {
        for (text, expected) in [
            ("[build.environment]\nHUGO_VERSION = \"0.54.0\"\n", Some(54)),
            ("[context.production.environment]\n  HUGO_VERSION = \"0.54.0\"\n  HUGO_ENV = \"production\"\n", Some(54)),
            ("        uses: peaceiris/actions-hugo@v2\n        with:\n          hugo-version: '0.111.3'\n", Some(111)),
            ("          hugo-version: 'latest'\n  # hugo 0.54\n", Some(u32::MAX)),
            ("wget https://github.com/gohugoio/hugo/releases/download/v0.54.0/hugo_0.54.0_Linux.tar.gz", Some(54)),
            ("hugo_extended_0.58.3_Linux-64bit.deb", Some(58)),
            ("FROM klakegg/hugo:0.55.6-ext", Some(55)),
            ("image: registry.gitlab.com/pages/hugo:latest", Some(u32::MAX)),
            ("hugo extended_0.125.0\n", Some(125)),
            ("\"hugo-bin\": \"^0.59.1\"", Some(59)),
            ("{\"build\": {\"env\": {\"HUGO_VERSION\": \"0.54.0\"}}}", Some(54)),
            ("hugo && cp 0.54 x\n", None),
            ("{\"hugo\": {\"version\": \"1.20.54\"}}", None),
            ("hugo --minify\n", None),
        ] {
            assert_eq!(newest([text].into_iter()), expected, "{text}");
        }
        assert_eq!(newest(["hugo:0.54", "HUGO_VERSION=0.60.0"].into_iter()), Some(60));
    }
}
