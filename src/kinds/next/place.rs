//! The file of the next post: beside the others, and called like them.

use std::collections::HashMap;
use std::path::Path;

use super::pattern::{self, Goes, Speaks, Told};
use super::{Known, Row};
use crate::files::join;
use crate::post::is_index;
use crate::syntax::dates::read_file_date;

/// Words longer than this, in characters, are cut.
const LONGEST: usize = 80;

/// So long they may be in bytes: file systems take names of 255, and a day and an ending stand beside them.
const LONGEST_BYTES: usize = 200;

/// The folder that posts are put in, and the name in it: `296/index.md` of a post that is a folder.
fn parted(path: &str) -> (&str, &str) {
    let at = match path.rsplit_once('/') {
        Some((folder, name)) if is_index(name) => folder.rfind('/'),
        _ => path.rfind('/'),
    };
    at.map_or(("", path), |at| (&path[..at], &path[at + 1..]))
}

/// The path of the next post; `words`: what its own name is made of where the names have one.
pub(super) fn next(row: &Row, words: &str) -> String {
    let parts: Vec<(&str, &str)> = row.posts.iter().map(|post| parted(post.path)).collect();
    let Some(&(last_folder, last_name)) = parts.last() else { return first(row, words) };
    if row.is_foreign {
        return foreign(row, &parts, words);
    }
    let told = |at: usize, text| Told { text, known: &row.known[at] };
    let folders: Vec<Told> = parts.iter().enumerate().map(|(at, part)| told(at, part.0)).collect();
    let folder = match pattern::next(&folders, row.next, Speaks::OfItself) {
        Goes::On(folder) => folder,
        _ => last_folder.to_owned(),
    };
    let names: Vec<Told> = parts.iter().enumerate().map(|(at, part)| told(at, part.1)).collect();
    let name = match pattern::next(&names, row.next, Speaks::OfItself) {
        _ if row.is_bare => usual_name(row, words, ending(last_name)),
        Goes::On(name) => name,
        Goes::Around(before, behind) => {
            let others: Vec<&str> = names.iter().map(|name| name.text).collect();
            let ending = if behind.contains('.') { "" } else { ending(last_name) };
            // A letter beside a number that nobody can tell says nothing.
            let before = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let behind = behind.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let own = slug(words, &others);
            let stem = behind.split('.').next().unwrap_or_default();
            let has_own = [before, stem].iter().any(|part| part.to_lowercase().contains(&own.to_lowercase()));
            // A number behind it is enough, and so is the name of the kind.
            if !row.has_words && (has_own || stem.contains(|c: char| c.is_ascii_digit())) {
                let is_sign = |c: char| "-_".contains(c);
                let behind = if before.is_empty() { behind.trim_start_matches(is_sign) } else { behind };
                let before = if behind.starts_with(is_sign) || stem.is_empty() {
                    before.trim_end_matches(is_sign)
                } else {
                    before
                };
                format!("{before}{behind}{ending}")
            } else {
                format!("{before}{own}{behind}{ending}")
            }
        }
        Goes::Free => slug(words, &names.iter().map(|name| name.text).collect::<Vec<_>>()) + ending(last_name),
    };
    // Without a day in its name such a generator takes it for no post.
    let has_day = read_file_date(&name).is_some_and(|name| name.date.is_some());
    let name = match row.next.own.filter(|_| row.features.dates_file_names && !has_day) {
        Some(day) => format!("{day}-{name}"),
        None => name,
    };
    let path = join(&folder, &name);
    let mut patterns = row.schema.matches.iter().flat_map(|matches| &matches.path.0).peekable();
    if patterns.peek().is_none() || patterns.clone().any(|pattern| pattern.matches(Path::new(&path))) {
        return path;
    }
    let Some(other) = patterns.clone().find_map(|pattern| of_pattern(row, words, &pattern.source)) else { return path };
    let beside = join(&folder, parted(&other).1);
    if patterns.any(|pattern| pattern.matches(Path::new(&beside))) { beside } else { other }
}

/// The ending of a name, and what stands before it in a folder that is the post.
fn ending(name: &str) -> &str {
    let at = name.find('/').or_else(|| name.rfind('.'));
    at.map_or(".md", |at| &name[at..])
}

/// The first post of a kind in a blog that has none: where the patterns of the kind want it, or where posts are read from.
fn first(row: &Row, words: &str) -> String {
    let patterns = row.schema.matches.iter().flat_map(|matches| &matches.path.0);
    let by_pattern = patterns.filter_map(|pattern| of_pattern(row, words, &pattern.source)).next();
    by_pattern.unwrap_or_else(|| join(&row.folder, &usual_name(row, words, ".md")))
}

/// Beside posts of other kinds.
fn foreign(row: &Row, parts: &[(&str, &str)], words: &str) -> String {
    let patterns = row.schema.matches.iter().flat_map(|matches| &matches.path.0);
    if let Some(path) = patterns.filter_map(|pattern| of_pattern(row, words, &pattern.source)).next() {
        return path;
    }
    let mut folders: HashMap<&str, usize> = HashMap::new();
    parts.iter().for_each(|(folder, _)| *folders.entry(folder).or_default() += 1);
    let folder = folders.into_iter().max_by_key(|&(folder, times)| (times, folder)).map_or("", |(folder, _)| folder);
    let ending = parts.iter().rev().find(|part| part.0 == folder).map_or(".md", |part| ending(part.1));
    join(folder, &usual_name(row, words, ending))
}

/// `2022-10-17-weekly-1`, or with the words of a title that is no part of a row; without the day where names have none.
fn usual_name(row: &Row, words: &str, ending: &str) -> String {
    let has_own = row.has_words && row.schema.date_range.is_none() && row.schema.series.is_none();
    let name = if has_own { slug(words, &[]) } else { format!("{}-{}", slug(row.kind, &[]), row.number) };
    match row.next.own.filter(|_| row.features.dates_file_names) {
        Some(day) => format!("{day}-{name}{ending}"),
        None => format!("{name}{ending}"),
    }
}

/// A path that fits a pattern; `None` for one with more than stars.
fn of_pattern(row: &Row, words: &str, pattern: &str) -> Option<String> {
    // Which of several numbers counts nobody can tell.
    if pattern.matches("[0-9]*").count() > 1 {
        return None;
    }
    let has_number = pattern.contains("[0-9]*");
    let pattern = pattern.trim_start_matches("./").replace("**/", "").replace("[0-9]*", &row.number.to_string());
    let pattern = pattern.replace("[0-9]", "1");
    if pattern.contains(['?', '[']) {
        return None;
    }
    let (folder, name) = parted(&pattern);
    let name = match name {
        "*" | "*.md" => usual_name(row, words, ".md"),
        "*/index.md" | "*/index.*" | "*/*.md" => usual_name(row, words, "/index.md"),
        name => {
            let mut name = name.to_owned();
            let number = row.number.to_string();
            let has_day = row.features.dates_file_names && name.starts_with('*') || name.starts_with("*-");
            if let Some(day) = row.next.own.filter(|_| has_day) {
                let sign = if name.starts_with("*-") { "" } else { "-" };
                name = name.replacen('*', &format!("{day}{sign}"), 1);
            }
            let name =
                if has_number { name.replacen('*', &slug(words, &[]), 1) } else { name.replacen('*', &number, 1) };
            let name = name.replace('*', "");
            if name.contains('.') { name } else { name + ".md" }
        }
    };
    let folder = folder.replace('*', &Known::year(row.next));
    let folder =
        if folder.is_empty() && !pattern.contains('/') && pattern.starts_with('*') { &row.folder } else { &folder };
    Some(join(folder, &name))
}

impl Known {
    fn year(&self) -> String {
        self.own.map_or(String::new(), |day| day.year().to_string())
    }
}

/// Words as a part of a name, in the form of others.
fn slug(words: &str, others: &[&str]) -> String {
    let has = |is: fn(char) -> bool| others.iter().filter(|other| other.contains(is)).count();
    let sign = if has(|c| c == '_') > has(|c| c == '-') { '_' } else { '-' };
    let keeps_case = has(|c| c.is_ascii_uppercase()) * 2 > others.len();
    let mut slug = String::new();
    for c in words.chars().take(LONGEST) {
        if slug.len() >= LONGEST_BYTES {
            break;
        }
        if c.is_alphanumeric() {
            if keeps_case { slug.push(c) } else { slug.extend(c.to_lowercase()) }
        } else if !slug.is_empty() && !slug.ends_with(sign) && c != '\'' && c != '’' {
            slug.push(sign);
        }
    }
    slug.truncate(slug.trim_end_matches(sign).len());
    if slug.is_empty() { "untitled".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::telling_name;

    #[test]
    fn names_of_posts() {
        for (path, name) in [
            ("_posts/2022-10-09-week.md", "week"),
            ("content/weeknotes/296/index.md", "296"),
            ("content/week_3.markdown", "week_3"),
        ] {
            assert_eq!(telling_name(path), name);
        }
        assert_eq!(parted("a/b/index.md"), ("a", "b/index.md"));
        assert_eq!(parted("a/b.md"), ("a", "b.md"));
        assert_eq!(parted("b.md"), ("", "b.md"));
        assert_eq!((ending("b/index.md"), ending("b.md")), ("/index.md", ".md"));
    }

    #[test]
    fn words_become_a_name() {
        for (words, others, name) in [
            ("A walk, again!", &["first-frost"][..], "a-walk-again"),
            ("It's over", &[], "its-over"),
            ("A walk", &["first_frost"], "a_walk"),
            ("A walk", &["First-Frost"], "A-walk"),
            ("느낀 점", &[], "느낀-점"),
            ("?!", &[], "untitled"),
            ("../../etc", &[], "etc"),
        ] {
            assert_eq!(slug(words, others), name);
        }
        for (letter, characters) in [("a", 80), ("가", 67)] {
            assert_eq!(slug(&letter.repeat(100), &[]).chars().count(), characters);
        }
    }
}
