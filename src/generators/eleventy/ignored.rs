//! The files that Eleventy (3.1.8, `src/EleventyFiles.js`) leaves alone: `.eleventyignore`, and what the config adds to
//! `ignores`.

use std::path::Path;

use crate::files::{Files, PathPattern};
use crate::generators::javascript::Value;
use crate::generators::markdown_it::Config;

/// The patterns of paths.
#[derive(Debug, Default)]
pub(super) struct Ignored(Vec<PathPattern>);

impl Ignored {
    /// What is read of them.
    pub(super) fn of(files: &Files, config: Option<&Config>) -> Ignored {
        let text = files.text(".eleventyignore").unwrap_or_default();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', '!']));
        let mut patterns: Vec<String> = lines.map(str::to_owned).collect();
        for (_, script) in config.into_iter().flat_map(|config| &config.scripts) {
            let added = script.calls_of("ignores", "add").into_iter();
            let added = added.filter_map(|call| call.first().and_then(Value::text).map(str::to_owned));
            patterns.extend(added);
        }
        // What is no folder is one file.
        let both = |pattern: &String| {
            let path = pattern.trim_start_matches("./").trim_start_matches('/').trim_end_matches('/').to_owned();
            [path.clone(), format!("{path}/**")]
        };
        let patterns = patterns.iter().flat_map(both);
        Ignored(patterns.filter_map(|pattern| PathPattern::new(&pattern).ok()).collect())
    }

    /// Whether a file is one of them.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.0.iter().any(|pattern| pattern.matches(Path::new(path)))
    }
}
