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
    pattern: Pattern,
    /// Of `**/*.md`, the pattern is what stands behind the `**/`, and only the name of a file is held against it.
    of_names: bool,
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
        let pattern = Pattern::new(names.unwrap_or(path));
        pattern
            .map(|pattern| PathPattern { pattern, of_names: names.is_some() })
            .map_err(|error| wrong(&format!("is not a pattern of paths: {}", error.msg)))
    }

    /// Whether a path from the blog's folder on fits.
    pub(crate) fn matches(&self, path: &Path) -> bool {
        let path = if self.of_names { path.file_name().and_then(|name| name.to_str()) } else { path.to_str() };
        path.is_some_and(|path| self.pattern.matches_with(path, PATHS))
    }
}

impl<'de> Deserialize<'de> for PathPattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        PathPattern::new(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
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
        ] {
            assert_eq!(PathPattern::new(pattern).unwrap().matches(Path::new(path)), fits, "{pattern} {path}");
        }
        for wrong in ["*.{md,mdx}", "../a.md", "/etc/*", "a/[", "**/**/**/**/**/a"] {
            assert!(PathPattern::new(wrong).is_err(), "{wrong}");
        }
    }
}
