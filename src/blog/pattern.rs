//! Patterns of paths, as users write them in the config.

use std::path::Path;

use glob::{MatchOptions, Pattern};
use serde::de::{Deserialize, Deserializer, Error};

/// How paths are matched: `*` stays in one folder, `**` crosses them, as in `.gitignore`.
pub const PATHS: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: false };

/// A pattern of paths below the blog's folder.
#[derive(Debug, Clone)]
pub struct PathPattern(Pattern);

/// Matching tries every way to split a path at each `**`; a handful is plenty, thousands never end.
const MOST_DOUBLE_STARS: usize = 4;

impl PathPattern {
    /// Reads a pattern; the error says what cannot be done with it.
    pub fn new(source: &str) -> Result<Self, String> {
        let source = source.strip_prefix("./").unwrap_or(source);
        if source.contains(['{', '}']) {
            return Err("`{a,b}` is no part of a pattern: write one pattern for each".to_owned());
        }
        if source.starts_with('/') || source.split('/').any(|part| part == "..") {
            return Err("a pattern starts in the folder of `postlint.yaml` and cannot leave it".to_owned());
        }
        if source.matches("**").count() > MOST_DOUBLE_STARS {
            return Err(format!("`**` stands in the pattern more than {MOST_DOUBLE_STARS} times"));
        }
        Pattern::new(source).map(PathPattern).map_err(|error| format!("not a pattern of paths: {}", error.msg))
    }

    /// Whether a path from the blog's folder on fits.
    pub fn matches(&self, path: &Path) -> bool {
        path.to_str().is_some_and(|path| self.0.matches_with(path, PATHS))
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
