//! Patterns of paths, as users write them in the config.

use std::path::Path;

use glob::{MatchOptions, Pattern};
use serde::de::{Deserialize, Deserializer, Error};

use crate::text::{Refused, beginning};

/// How paths are matched: `*` stays in one folder, `**` crosses them, as in `.gitignore`.
pub(crate) const PATHS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

/// A pattern of paths below the blog's folder.
#[derive(Debug, Clone)]
pub struct PathPattern {
    /// The pattern as it is written.
    pub source: String,
    /// Whether it takes back what patterns before it in its list name: `!_posts/keep/*`, as in `.gitignore`.
    pub is_exception: bool,
    form: Form,
}

#[derive(Debug, Clone)]
enum Form {
    /// Of `**/*.md`: how the name of a file ends.
    Ending(String),
    /// Of another `**/` and no folder: what the name of a file is held against.
    Name(Pattern),
    /// What a whole path is held against.
    Path(Pattern),
}

/// Matching tries every way to split a path at each `**`; a handful is plenty, thousands never end.
const MOST_DOUBLE_STARS: usize = 4;

/// So much of a pattern is shown in a message, in characters.
const SHOWN: usize = 60;

impl PathPattern {
    /// Reads a pattern; the error says what cannot be done with it.
    pub(crate) fn new(source: &str) -> Result<Self, Refused> {
        let wrong = |why: &str| Refused::new(format!("`{}` {why}", beginning(source, SHOWN)));
        if source.contains(['{', '}']) {
            return Err(wrong("lists names in braces, which patterns cannot").help("write one pattern for each name"));
        }
        if source.starts_with('/') || source.split('/').any(|part| part == "..") {
            return Err(wrong("leads out of the folder of `postlint.yaml`"));
        }
        if source.matches("**").count() > MOST_DOUBLE_STARS {
            return Err(wrong("has `**` too often"));
        }
        let path = source.strip_prefix("./").unwrap_or(source);
        let names = path.strip_prefix("**/").filter(|names| !names.contains(['/', '\\']) && !names.contains("**"));
        let ending = names.and_then(|names| names.strip_prefix('*'));
        let written = |form| PathPattern { source: source.to_owned(), is_exception: false, form };
        if let Some(ending) = ending.filter(|ending| !ending.contains(['*', '?', '[', ']'])) {
            return Ok(written(Form::Ending(ending.to_owned())));
        }
        let form = if names.is_some() { Form::Name } else { Form::Path };
        Pattern::new(names.unwrap_or(path))
            .map(|pattern| written(form(pattern)))
            .map_err(|error| wrong(&format!("is not a pattern of paths: {}", error.msg)))
    }

    /// Reads a pattern of a list, in which `!` begins an exception.
    fn of_list(source: &str) -> Result<Self, Refused> {
        let Some(rest) = source.strip_prefix('!') else { return PathPattern::new(source) };
        let pattern = PathPattern::new(rest)?;
        Ok(PathPattern { source: source.to_owned(), is_exception: true, ..pattern })
    }

    /// Whether a path from the blog's folder on fits.
    pub(crate) fn matches(&self, path: &Path) -> bool {
        let (pattern, held) = match &self.form {
            Form::Ending(ending) => return path.to_str().is_some_and(|path| path.ends_with(ending.as_str())),
            Form::Name(pattern) => (pattern, path.file_name().and_then(|name| name.to_str())),
            Form::Path(pattern) => (pattern, path.to_str()),
        };
        held.is_some_and(|held| pattern.matches_with(held, PATHS))
    }

    /// Whether a path fits, or lies in the folder that is written in the place of a pattern.
    pub(crate) fn holds(&self, path: &Path) -> bool {
        let is_in = |pattern: &Pattern| {
            let folder = pattern.as_str().trim_end_matches('/');
            !folder.contains(['*', '?', '[']) && (matches!(folder, "" | ".") || path.starts_with(folder))
        };
        self.matches(path) || matches!(&self.form, Form::Path(pattern) if is_in(pattern))
    }
}

impl<'de> Deserialize<'de> for PathPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        PathPattern::of_list(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The pattern of a list by which a path is meant: the last that fits a path decides, and an exception says no.
pub(crate) fn fitting(patterns: &[PathPattern], fits: impl Fn(&PathPattern) -> bool) -> Option<&PathPattern> {
    let is_meant = patterns.iter().rev().find(|pattern| fits(pattern)).is_some_and(|last| !last.is_exception);
    patterns.iter().find(|pattern| is_meant && !pattern.is_exception && fits(pattern))
}

/// The patterns of a list that do nothing, by their places in it: they fit none of these paths.
pub(crate) fn idle(patterns: &[PathPattern], paths: &[String]) -> Vec<usize> {
    let does_something = |at: usize| {
        let (before, pattern) = (&patterns[..at], &patterns[at]);
        paths.iter().map(Path::new).any(|path| {
            pattern.holds(path) && (!pattern.is_exception || fitting(before, |other| other.holds(path)).is_some())
        })
    };
    (0..patterns.len()).filter(|&at| !does_something(at)).collect()
}

#[cfg(test)]
impl schemars::JsonSchema for PathPattern {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PathPattern".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_below_the_blog() {
        for (pattern, path, fits) in [
            ("_posts/**/*.md", "_posts/a.md", true),
            ("_posts/**/*.md", "_posts/회고/a.md", true),
            ("_posts/*.md", "_posts/회고/a.md", false),
            ("./_posts/*-boostcamp*.md", "_posts/2022-10-09-boostcamp3.md", true),
            ("**/[가-힣]*.md", "글/나.md", true),
            ("**/*.md", "글/나.md", true),
            ("**/*.md", "a.MD", false),
        ] {
            assert_eq!(PathPattern::new(pattern).unwrap().matches(Path::new(path)), fits, "{pattern} {path}");
        }
        for (folder, path, fits) in [
            ("_posts", "_posts/til/a.md", true),
            ("_posts/", "_posts/a.md", true),
            ("./_posts", "_posts/a.md", true),
            (".", "a/b.md", true),
            ("_posts", "_posts2/a.md", false),
            ("_posts", "a/_posts/a.md", false),
            ("_posts/*", "_posts/til/a.md", false),
        ] {
            assert_eq!(PathPattern::new(folder).unwrap().holds(Path::new(path)), fits, "{folder} {path}");
        }
        let list = |patterns: &[&str]| -> Vec<PathPattern> {
            patterns.iter().map(|pattern| PathPattern::of_list(pattern).unwrap()).collect()
        };
        for (patterns, path, fit) in [
            (&["_posts/**", "!_posts/old/**"][..], "_posts/a.md", Some("_posts/**")),
            (&["_posts/**", "!_posts/old/**"], "_posts/old/a.md", None),
            (&["_posts/**", "!_posts/old/**", "_posts/old/b*"], "_posts/old/b.md", Some("_posts/**")),
            (&["!_posts/old/**", "_posts/**"], "_posts/old/a.md", Some("_posts/**")),
            (&["!_posts/old/**"], "_posts/a.md", None),
        ] {
            let list = list(patterns);
            let found = fitting(&list, |pattern| pattern.holds(Path::new(path)));
            assert_eq!(found.map(|pattern| &*pattern.source), fit, "{patterns:?} {path}");
        }
        let posts = ["_posts/a.md".to_owned(), "_posts/old/b.md".to_owned()];
        assert_eq!(idle(&list(&["_posts", "!_posts/old", "!_posts/new", "til"]), &posts), [2, 3]);
        for wrong in ["*.{md,mdx}", "../a.md", "/etc/*", "a/[", "**/**/**/**/**/a"] {
            assert!(PathPattern::new(wrong).is_err(), "{wrong}");
        }
    }
}
