//! What the names of files say of posts: `new_post_name` (Hexo 8.1.2, `processor/post.ts`; hexo-util 4, `permalink.js`).

use std::sync::LazyLock;

use regex::Regex;

use crate::files::file_name;
use crate::markdown::ids::{Case, hexo_slug};

/// `/:(\w*[^_\W])/g`
pub(super) static PARAMETER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r":([0-9A-Za-z_]*[0-9A-Za-z])").expect("a pattern"));

/// The pattern of `new_post_name` (hexo-util 4, `permalink.js`).
#[derive(Debug)]
pub(super) struct NamePattern {
    pattern: Option<Regex>,
    parameters: Vec<String>,
}

impl NamePattern {
    pub(super) fn of(name: &str) -> NamePattern {
        let stem = without_extension(name);
        let (mut pattern, mut parameters, mut from) = ("^".to_owned(), Vec::new(), 0);
        for found in PARAMETER.captures_iter(stem) {
            let (whole, name) = (found.get(0).map_or(0..0, |whole| whole.range()), &found[1]);
            pattern += &regex::escape(&stem[from..whole.start]);
            pattern += match name {
                "year" => r"(\d{4})",
                "month" | "day" => r"(\d{2})",
                "i_month" | "i_day" => r"(\d{1,2})",
                "hash" => "([0-9a-f]{12})",
                _ => "(.+?)",
            };
            parameters.push(name.to_owned());
            from = whole.end;
        }
        pattern += &regex::escape(&stem[from..]);
        NamePattern { pattern: Regex::new(&(pattern + "$")).ok(), parameters }
    }

    /// What the path of a post below `_posts` says: its title and the rest.
    pub(super) fn read(&self, path: &str) -> Vec<(&str, String)> {
        let stem = without_extension(path);
        let found = self.pattern.as_ref().and_then(|pattern| pattern.captures(stem));
        let groups = found.iter().flat_map(|found| found.iter().skip(1));
        let mut said: Vec<(&str, String)> = self
            .parameters
            .iter()
            .zip(groups)
            .filter_map(|(name, group)| Some((&**name, group?.as_str().to_owned())))
            .collect();
        if said.iter().all(|(name, _)| *name != "title") {
            said.push(("title", hexo_slug(stem, Case::Kept)));
        }
        said
    }
}

/// Without what stands behind the last period of the name (`path.extname`).
pub(super) fn without_extension(path: &str) -> &str {
    let name = file_name(path);
    match name.rfind('.') {
        Some(dot) if dot > 0 => &path[..path.len() - (name.len() - dot)],
        _ => path,
    }
}
