//! Posts of no kind whose files are called nearly as those of one.

use std::collections::HashMap;
use std::path::Path;

use super::learned::masked::{NUMBER, masked, numbers};
use super::{Kind, Kinds};
use crate::blog::Blog;
use crate::files::{PathPattern, fitting};
use crate::post::Head;
use crate::text::is_slip;

/// How several files of a kind are called, but for their numbers.
#[derive(Debug)]
pub(super) struct Name {
    folder: String,
    /// The day before the name, and what joins them: `2022-10-09-`, with [`NUMBER`] for numbers.
    day: String,
    /// The name with [`NUMBER`] for numbers.
    stem: String,
    /// `.md`
    ending: String,
    /// How many posts are called so.
    posts: usize,
    /// The last of them.
    last: String,
}

/// The kind that a post was probably meant for.
#[derive(Debug)]
pub(crate) struct Meant<'k> {
    /// The kind.
    pub kind: &'k Kind,
    /// How many posts of it are called alike.
    pub posts: usize,
    /// A pattern of the kind that the path does not fit.
    pub pattern: &'k PathPattern,
    /// A name that fits it, if there is one to tell.
    pub name: Option<String>,
    /// The name of the last post of the kind that is called alike.
    pub last: &'k str,
}

/// So few posts called alike make no name of a kind.
const FEW: usize = 3;

impl Kinds {
    /// The kind that a post of no kind was probably meant for, by the name of its file.
    pub(crate) fn meant_by_name<'k>(&'k self, post: &Head, blog: &Blog) -> Option<Meant<'k>> {
        let has_paths = |kind: &&Kind| kind.schema.matches.as_ref().is_some_and(|matches| !matches.path.0.is_empty());
        let mut kinds = self.iter().filter(has_paths).peekable();
        if kinds.peek().is_none() || self.of(post).is_some() {
            return None;
        }
        let own = parts(&post.path);
        kinds.find_map(|kind| {
            let matches = kind.schema.matches.as_ref().filter(|_| kind.has_asked_values(post))?;
            let name = kind.names(self, blog).iter().find(|name| name.is_nearly(&own))?;
            // A series of its own, be it called nearly alike.
            let is_alike = |path: &&String| parts(path).stem == own.stem && **path != *post.path;
            if blog.posts().iter().filter(is_alike).count() >= FEW && own.stem != name.stem {
                return None;
            }
            let renamed = name.filled(&own).filter(|name| {
                let path = own.beside(name);
                let fits = fitting(&matches.path.0, |pattern| pattern.matches(Path::new(&path)));
                fits.is_some() && !blog.files.is_file(&path)
            });
            let pattern = matches.path.0.first()?;
            Some(Meant { kind, posts: name.posts, pattern, name: renamed, last: &name.last })
        })
    }
}

impl Kind {
    /// What several of its files are called.
    fn names(&self, kinds: &Kinds, blog: &Blog) -> &[Name] {
        self.names.get_or_init(|| {
            let paths = self.schema.matches.as_ref().map_or(&[][..], |matches| &matches.path.0);
            let fits = |path: &&String| fitting(paths, |pattern| pattern.matches(Path::new(path))).is_some();
            let is_own = |path: &&String| {
                let source = blog.source(path);
                source.is_some_and(|source| kinds.of(&source.head).is_some_and(|kind| std::ptr::eq(kind, self)))
            };
            let mut names: HashMap<(String, String), Name> = HashMap::new();
            for path in blog.posts().iter().filter(fits).filter(is_own) {
                let Parts { folder, day, stem, ending, name } = parts(path);
                let known = names.entry((folder.to_owned(), stem.clone())).or_insert_with(|| Name {
                    folder: folder.to_owned(),
                    day: day.clone(),
                    stem,
                    ending: ending.to_owned(),
                    posts: 0,
                    last: String::new(),
                });
                (known.day, known.ending) = (day, ending.to_owned());
                known.posts += 1;
                known.last = name.to_owned();
            }
            let mut names: Vec<Name> = names.into_values().filter(|name| name.posts >= FEW).collect();
            names.sort_by(|one, other| other.posts.cmp(&one.posts).then_with(|| one.stem.cmp(&other.stem)));
            names
        })
    }
}

/// The parts of a path.
struct Parts<'p> {
    folder: &'p str,
    day: String,
    stem: String,
    ending: &'p str,
    name: &'p str,
}

fn parts(path: &str) -> Parts<'_> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (whole, _) = name.rsplit_once('.').unwrap_or((name, ""));
    let ending = &name[whole.len()..];
    let day = whole.len() - whole.trim_start_matches(|sign: char| sign.is_ascii_digit() || "-_. ".contains(sign)).len();
    Parts { folder, day: masked(&whole[..day]), stem: masked(&whole[day..]), ending, name }
}

impl Parts<'_> {
    /// The path of another file beside it.
    fn beside(&self, name: &str) -> String {
        if self.folder.is_empty() { name.to_owned() } else { format!("{}/{name}", self.folder) }
    }
}

impl Name {
    /// Whether another file is called so, or a slip away: its numbers stand where they do here.
    fn is_nearly(&self, other: &Parts) -> bool {
        let count = |text: &str| text.matches(NUMBER).count();
        self.folder == other.folder
            && count(&self.stem) == count(&other.stem)
            && !self.stem.trim_matches(NUMBER).is_empty()
            && (self.stem == other.stem || is_slip(&words(&other.stem), &words(&self.stem)))
    }

    /// The name that another file should have, where its day and its numbers tell.
    fn filled(&self, other: &Parts) -> Option<String> {
        let numbers: Vec<&str> = numbers(other.name).into_iter().map(|(place, _)| &other.name[place]).collect();
        let mask = format!("{}{}{}", self.day, self.stem, self.ending);
        let mut left = numbers.iter();
        let name: Option<String> = mask
            .chars()
            .map(|sign| if sign == NUMBER { left.next().copied().map(str::to_owned) } else { Some(sign.into()) })
            .collect();
        name.filter(|_| left.next().is_none())
    }
}

/// A name without its numbers, but with their places.
fn words(stem: &str) -> String {
    stem.replace(NUMBER, "#")
}
