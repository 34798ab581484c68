//! The pages that `ref` and `relref` can lead to (Hugo 0.168, `hugolib/pagecollections.go`).

use std::collections::BTreeMap;

/// The files and folders of the content.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    /// By their paths below the content, as [`called`] has each part: the files; of a folder without its own, none.
    by_path: BTreeMap<String, Vec<String>>,
    /// The folders of the content.
    folders: Vec<String>,
}

/// What a reference leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Referred {
    /// Nothing.
    Missing,
    /// The page of one of these files.
    Files(Vec<String>),
    /// A page that is always there, or nobody knows.
    Open,
}

impl Pages {
    /// Of the files below the folders of the content.
    pub(crate) fn of<'f>(folders: Vec<String>, files: impl Iterator<Item = (&'f str, &'f str)>) -> Self {
        let mut by_path: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (folder, file) in files {
            let parts = parts(file);
            for end in 1..parts.len() {
                by_path.entry(parts[..end].join("/")).or_default();
            }
            let whole = if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") };
            by_path.entry(without_index(parts).join("/")).or_default().push(whole);
        }
        Pages { by_path, folders }
    }

    /// What a path in a post leads to.
    pub(crate) fn find(&self, path: &str, post: &str) -> Referred {
        let path = path.split(['#', '?']).next().unwrap_or_default();
        let parts = parts(path);
        let Some(last) = parts.last() else { return Referred::Open };
        let is_clear = !path.contains([':', '%', '\\']) && !path.starts_with("//");
        let is_made = matches!(parts[0].as_str(), "tags" | "categories" | "home");
        if !is_clear || is_made || last.is_empty() || parts.len() == 1 && is_index(last) {
            return Referred::Open;
        }
        let is_name = parts.len() == 1 && !path.starts_with(['/', '.']);
        let found: Vec<&Vec<String>> = match is_name {
            true => {
                let is_it = |key: &&String| key.rsplit('/').next() == Some(last);
                self.by_path.keys().filter(is_it).map(|key| &self.by_path[key]).collect()
            }
            false => {
                let candidates = self.candidates(path, &parts, post);
                // The page of the site itself.
                if candidates.iter().any(String::is_empty) {
                    return Referred::Open;
                }
                candidates.iter().filter_map(|candidate| self.by_path.get(candidate)).collect()
            }
        };
        match found.iter().any(|files| files.is_empty()) {
            _ if found.is_empty() => Referred::Missing,
            true => Referred::Open,
            false => Referred::Files(found.into_iter().flatten().cloned().collect()),
        }
    }

    /// The paths that may be meant: from the folder of the post or the one around it, or from the root.
    fn candidates(&self, path: &str, parts: &[String], post: &str) -> Vec<String> {
        let below = |folder: &String| post.strip_prefix(folder.as_str()).map(|rest| rest.trim_start_matches('/'));
        let post = self.folders.iter().filter_map(below).min_by_key(|rest| rest.len()).unwrap_or(post);
        let mut around = self::parts(post);
        around.pop();
        let mut bases = vec![Vec::new()];
        if !path.starts_with('/') {
            bases.extend([around.clone(), around[..around.len().saturating_sub(1)].to_vec()]);
        }
        let join = |base: Vec<String>| {
            let mut whole = base;
            for part in parts {
                match part.as_str() {
                    ".." => drop(whole.pop()),
                    "." => {}
                    _ => whole.push(part.clone()),
                }
            }
            without_index(whole).join("/")
        };
        bases.into_iter().map(join).collect()
    }
}

fn is_index(name: &str) -> bool {
    matches!(name, "index" | "_index")
}

fn without_index(mut parts: Vec<String>) -> Vec<String> {
    if parts.last().is_some_and(|last| is_index(last)) {
        parts.pop();
    }
    parts
}

fn parts(path: &str) -> Vec<String> {
    path.split('/').filter(|part| !part.is_empty()).map(called).collect()
}

/// What a file, a folder or a reference is called, up to its first period: Hugo compares in lower case, a hyphen for a space.
fn called(name: &str) -> String {
    if matches!(name, "." | "..") {
        return name.to_owned();
    }
    name.split('.').next().unwrap_or_default().to_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Hugo 0.168 said of each in `posts/a.md`.
    #[test]
    fn what_is_referred_to() {
        let files = [
            "posts/a.md", "posts/week-1.md", "posts/Week 2.md", "posts/bun/index.md", "posts/sub/deep.md",
            "notes/week-3.md", "notes/dup.md", "posts/dup.md", "about.md", "notes/_index.md", "posts/week-4.en.md",
            "posts/v1.2.md", "posts/한글.md",
        ];
        let pages = Pages::of(vec!["content".to_owned()], files.iter().map(|file| ("content", *file)));
        for path in [
            "week-1.md", "week-1", "/posts/week-1.md", "posts/week-1.md", "./week-1.md", "../posts/week-1.md",
            "../notes/week-3.md", "notes/week-3.md", "week-3", "dup", "notes/dup.md", "bun", "bun/", "bun/index.md",
            "/posts/bun/index.md", "sub/deep.md", "deep.md", "posts/sub/deep", "WEEK-1", "Week 2.md", "week-2",
            "week%202.md", "/about", "../about.md", "notes", "/notes/_index.md", "_index.md", "/", "", "week-4.md",
            "week-4.en.md", "v1.2", "한글.md", "tags/go", "/tags/go", "week-1.md#x", "#x", "week-1.html", "../", ".",
            "mailto:a@b.c", "/posts/week-1/", "index.md", "posts",
        ] {
            assert_ne!(pages.find(path, "content/posts/a.md"), Referred::Missing, "{path}");
        }
        for path in [
            "/week-1.md", "/week-3.md", "/sub/deep.md", "x/week-3.md", "nope/week-1.md", "other", "/x/y/", "inner.md",
            "bun/inner.md", "content/posts/week-1.md", "posts/posts/week-1.md", "img.png",
        ] {
            assert_eq!(pages.find(path, "content/posts/a.md"), Referred::Missing, "{path}");
        }
        let files = Referred::Files(vec!["content/posts/week-1.md".to_owned()]);
        assert_eq!(pages.find("week-1", "content/posts/a.md"), files);
    }
}
