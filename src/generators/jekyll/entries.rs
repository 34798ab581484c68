//! Which files Jekyll reads, and as what: Jekyll 4.3.1, `reader.rb`, `entry_filter.rb`, `collection.rb`,
//! `readers/post_reader.rb`.

use super::config::Config;
use crate::files::{file_name, is_below};
use crate::syntax::dates::read_file_date;

/// What a file is to Jekyll. Paths run from the sources on, with forward slashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place<'p> {
    /// Below a folder `_posts`, and the folders above that.
    Post { above: &'p str },
    /// Below a folder `_drafts`.
    Draft,
    /// A file of a collection, and which.
    Document(usize),
    /// A page or a file of its own.
    Page,
}

impl Config {
    /// What a file is; one that is included by name can be two things.
    pub(crate) fn places<'p>(&self, path: &'p str) -> Vec<Place<'p>> {
        let mut places = Vec::new();
        let mut at = 0;
        for (slash, _) in path.match_indices('/') {
            let (above, name, rest) = (&path[..at], &path[at..slash], &path[slash + 1..]);
            if let Some(place) = self.special(above, name).filter(|_| self.takes(&path[..=slash], rest)) {
                places.push(place);
            }
            if !self.takes(above, name) || path[..=slash] == self.destination {
                // `read_included_excludes`
                places.extend(self.include.iter().any(|name| name == path).then_some(Place::Page));
                return places;
            }
            at = slash + 1;
        }
        if self.takes(&path[..at], &path[at..]) || self.include.iter().any(|name| name == path) {
            places.push(Place::Page);
        }
        places
    }

    /// What a file is that is a post, or a file of a collection that is written.
    pub(crate) fn place_of_post<'p>(&self, path: &'p str) -> Option<Place<'p>> {
        let is_page_of_its_own = |place: &Place| match place {
            Place::Post { .. } => true,
            Place::Document(index) => self.collections[*index].is_written,
            Place::Draft | Place::Page => false,
        };
        self.places(path).into_iter().find(is_page_of_its_own)
    }

    /// Whether a file is called like a post and lies in a folder `_posts`, but not where the collections are, which is
    /// the only place that Jekyll looks at.
    pub(crate) fn is_left_behind(&self, path: &str) -> bool {
        let Some(slash) = path.rfind("_posts/").filter(|&at| at == 0 || path[..at].ends_with('/')) else {
            return false;
        };
        let above = &path[..slash];
        let dir = self.collections_dir.trim_end_matches('/');
        let mut at = 0;
        let is_read = above.match_indices('/').all(|(slash, _)| {
            let taken = self.takes(&above[..at], &above[at..slash]) && above[..=slash] != self.destination;
            at = slash + 1;
            taken
        });
        let is_told = |pattern: &String| path.starts_with(pattern.trim_start_matches('/'));
        !above.starts_with(dir) && is_read && !self.exclude.iter().any(is_told) && read_file_date(path).is_some()
    }

    /// Whether there may be something for Jekyll in a folder.
    pub(crate) fn enters(&self, folder: &str) -> bool {
        let mut at = 0;
        for slash in folder.match_indices('/').map(|(slash, _)| slash).chain([folder.len()]) {
            let (above, name) = (&folder[..at], &folder[at..slash]);
            if self.special(above, name).is_some() {
                return true;
            }
            let is_destination = self.destination.strip_suffix('/') == Some(&folder[..slash]);
            if !self.takes(above, name) || is_destination {
                return self.include.iter().any(|path| is_below(path, folder));
            }
            at = slash + 1;
        }
        true
    }

    /// What the files of a folder are, if it is one with a meaning.
    pub(super) fn special<'p>(&self, above: &'p str, name: &str) -> Option<Place<'p>> {
        // `outside_configured_directory?` asks for no slash.
        let has_posts = above.starts_with(self.collections_dir.trim_end_matches('/'));
        match name {
            "_posts" if has_posts => return Some(Place::Post { above }),
            "_drafts" if has_posts => return Some(Place::Draft),
            _ => {}
        }
        let label = name.strip_prefix('_').filter(|_| above == self.collections_dir)?;
        self.collections.iter().position(|collection| collection.label == label).map(Place::Document)
    }

    /// Whether an entry of a folder gets through: `EntryFilter#filter`. The folder is empty or ends with a slash.
    pub(super) fn takes(&self, folder: &str, entry: &str) -> bool {
        let base = file_name(entry);
        if entry.ends_with('.') {
            return false;
        }
        let matches = |pattern: &String, path: &str| {
            let pattern = pattern.strip_prefix('/').unwrap_or(pattern);
            let is_glob = || pattern.contains(['*', '?', '[', '\\']);
            path.starts_with(pattern) || pattern.strip_suffix('/') == Some(path) || is_glob() && is_match(pattern, path)
        };
        if self.include.iter().any(|pattern| matches(pattern, entry) || matches(pattern, base)) {
            return true;
        }
        let whole = format!("{folder}{entry}");
        let is_special = entry.starts_with(['.', '_', '#', '~']) || base.starts_with(['.', '_', '#', '~']);
        !is_special && !entry.ends_with('~') && !self.exclude.iter().any(|pattern| matches(pattern, &whole))
    }
}

/// `File.fnmatch?` without flags: `*` and `?` cross folders, and braces are braces.
fn is_match(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<char>, Vec<char>) = (pattern.chars().collect(), path.chars().collect());
    let (mut at, mut in_path) = (0, 0);
    // The last star, and how much of the path it takes.
    let mut star: Option<(usize, usize)> = None;
    while in_path < path.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, in_path));
                at += 1;
                continue;
            }
            Some(_) => {
                if let Some(next) = one(&pattern, at, path[in_path]) {
                    at = next;
                    in_path += 1;
                    continue;
                }
            }
            None => {}
        }
        let Some((place, taken)) = star else { return false };
        star = Some((place, taken + 1));
        (at, in_path) = (place + 1, taken + 1);
    }
    pattern[at..].iter().all(|&sign| sign == '*')
}

/// Where the pattern goes on if what stands there takes a character.
fn one(pattern: &[char], at: usize, sign: char) -> Option<usize> {
    match pattern[at] {
        '?' => Some(at + 1),
        '[' => {
            let negated = matches!(pattern.get(at + 1), Some('!' | '^'));
            let start = at + 1 + usize::from(negated);
            let end = start + pattern.get(start..)?.iter().position(|&sign| sign == ']')?;
            let set = &pattern[start..end];
            let in_range = set.windows(3).any(|part| part[1] == '-' && (part[0]..=part[2]).contains(&sign));
            ((in_range || set.contains(&sign)) != negated).then_some(end + 1)
        }
        '\\' => (pattern.get(at + 1) == Some(&sign)).then_some(at + 2),
        plain => (plain == sign).then_some(at + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::super::config::Collection;
    use super::*;

    #[test]
    fn what_files_are() {
        let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let notes = Collection { label: "notes".to_owned(), is_written: true, permalink: None };
        let settings = Config {
            include: named(&[".htaccess", "_pages"]),
            exclude: named(&["/docs", "*.gem", "tools", "vendor/bundle/"]),
            destination: "out/".to_owned(),
            collections: vec![notes],
            ..Config::default()
        };
        let post = |above| vec![Place::Post { above }];
        for (path, places) in [
            ("about.md", vec![Place::Page]),
            ("_posts/2022-10-09-a.md", post("")),
            ("til/_posts/java/2022-10-09-a.md", post("til/")),
            ("_posts/java/_old/2022-10-09-a.md", post("")),
            ("vendor/a.md", vec![Place::Page]),
            ("_pages/a.md", vec![Place::Page]),
            (".htaccess", vec![Place::Page]),
            ("_notes/a.md", vec![Place::Document(0)]),
        ] {
            assert_eq!(settings.places(path), places, "{path}");
            let folder = path.rsplit_once('/').map(|(folder, _)| folder);
            assert!(folder.is_none_or(|folder| settings.enters(folder)), "{path}");
        }
        for path in [
            "_posts/_old/2022-10-09-a.md", "_posts/2022-10-09-a.md~", "docs/_posts/2022-10-09-a.md", "docs2/a.md",
            "assets/a.gem", "vendor/bundle/a.md", "tools.md", "_includes/a.html", ".well-known/a.json", "a./b.md",
            "out/a.html", "_notes/b/_a.md", "b/_notes/a.md",
        ] {
            assert_eq!(settings.places(path), [], "{path}");
        }
        assert!(!settings.enters("_site") && !settings.enters("docs/a") && !settings.enters("out"));
    }

    #[test]
    fn patterns_of_names() {
        for (pattern, path, fits) in [
            ("*.gem", "a/b.gem", true),
            ("a*b*c", "axbxbxc", true),
            ("a*b*c", "axbxb", false),
            ("README-*.md", "README-zh.md", true),
            ("[a-c]?[!x]", "bzy", true),
            ("[a-c]?[!x]", "bzx", false),
            ("{a,b}", "a", false),
            ("\\*", "*", true),
        ] {
            assert_eq!(is_match(pattern, path), fits, "{pattern} {path}");
        }
        assert!(!is_match(&"*a".repeat(200), &"a".repeat(150)));
    }
}
