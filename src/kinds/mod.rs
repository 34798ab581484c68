//! Kinds as data: what a class of posts must look like, and which posts belong to it.
//!
//! The built-in kinds (`rules/kinds/*.yaml`) and those of a blog's config are the same type.

mod assigned;
pub(crate) mod format;
mod forms;
#[cfg(test)]
mod json_schema;
pub(crate) mod learned;
mod misnamed;
pub(crate) mod next;
mod ordered;
pub(crate) mod schema;
pub(crate) mod sections;
pub(crate) mod series;
mod shown;
mod values;

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, OnceLock};

use jiff::civil::Date;

use self::series::Sequence;
use crate::blog::Blog;
use crate::files::{PathPattern, fitting};
use crate::post::{Head, Post};
use crate::syntax::dates::read_file_date;
use crate::syntax::front_matter::{Data, Node};
use crate::text::{Refused, nearest};

pub(crate) use assigned::{Assigned, Why};
pub(crate) use forms::{Lengths, OneOrMany, Rest, date};
pub(crate) use ordered::{Exemplary, Ordered, longest_in_order};
pub(crate) use schema::{Match, Schema};
pub(crate) use values::Refusal;

/// A built-in kind: its name, its schema and its model post.
pub struct BuiltIn {
    /// What `extends` calls it.
    pub name: &'static str,
    /// `rules/kinds/<name>.yaml`
    pub schema: &'static str,
    /// `rules/kinds/<name>.md`, a post of this kind that checks clean.
    pub model: &'static str,
}

macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        &[$(BuiltIn {
            name: $name,
            schema: include_str!(concat!("../../rules/kinds/", $name, ".yaml")),
            model: include_str!(concat!("../../rules/kinds/", $name, ".md")),
        }),*]
    };
}

/// The kinds that every blog can extend.
pub const BUILT_IN: &[BuiltIn] = built_in!["weekly", "note"];

static SCHEMAS: LazyLock<HashMap<&str, Schema>> = LazyLock::new(|| {
    let read = |kind: &BuiltIn| serde_yaml::from_str(kind.schema).expect("a built-in kind is valid");
    BUILT_IN.iter().map(|kind| (kind.name, read(kind))).collect()
});

/// The schema of a built-in kind.
pub(crate) fn built_in(name: &str) -> Option<&'static Schema> {
    SCHEMAS.get(name)
}

/// One kind of a blog, ready to be matched: what it extends is folded in, its patterns are compiled.
#[derive(Debug)]
pub struct Kind {
    /// Its name in the config.
    pub name: String,
    /// What it demands.
    pub schema: Schema,
    /// Whether it only serves others to extend.
    base: bool,
    /// Whether some post was of this kind.
    met: AtomicBool,
    /// Its posts one after another.
    sequence: OnceLock<Sequence>,
    /// What its files are called.
    names: OnceLock<Vec<misnamed::Name>>,
}

/// The kinds of a blog in the order of the config: the first that fits a post is its kind.
#[derive(Debug, Default)]
pub struct Kinds {
    list: Vec<Kind>,
}

impl Kinds {
    /// Folds in what each kind extends; faults come with the name of their kind.
    pub(crate) fn new(schemas: &Ordered<Schema>) -> (Kinds, Vec<(String, Refused)>) {
        let own: HashMap<&str, &Schema> = schemas.iter().map(|(name, schema)| (name.as_str(), schema)).collect();
        let extended: HashSet<&str> = schemas
            .iter()
            .filter(|(name, schema)| schema.extends.as_ref() != Some(name))
            .filter_map(|(_, schema)| schema.extends.as_deref())
            .collect();
        let (mut list, mut faults) = (Vec::new(), Vec::new());
        for (name, written) in schemas.iter() {
            let schema = match folded(name, written, &own) {
                Ok(schema) => schema,
                Err(fault) => {
                    faults.push((name.clone(), fault));
                    continue;
                }
            };
            let base = written.matches.is_none() && extended.contains(name.as_str());
            list.push(Kind {
                name: name.clone(),
                schema,
                base,
                met: AtomicBool::new(false),
                sequence: OnceLock::new(),
                names: OnceLock::new(),
            });
        }
        (Kinds { list }, faults)
    }

    /// The kind of a post.
    pub(crate) fn of(&self, post: &Head) -> Option<&Kind> {
        self.assigned(post).kind()
    }

    /// The kind of a post, and why: the one it names itself (`postlint: {kind: note}`), or the first that fits.
    pub(crate) fn assigned<'k, 'p>(&'k self, post: &'p Head) -> Assigned<'k, 'p> {
        let assigned = match post.setting("kind").and_then(|node| node.text()) {
            Some(name) => match self.named(name) {
                Some(kind) => Assigned::To(kind, Why::OwnWord),
                None => Assigned::Unknown { name, near: self.meant(name) },
            },
            None => {
                let fitting = self.list.iter().find_map(|kind| Some(Assigned::To(kind, kind.fits(post)?)));
                fitting.unwrap_or(Assigned::ToNone)
            }
        };
        if let Some(kind) = assigned.kind().filter(|kind| !kind.met.load(Ordering::Relaxed)) {
            kind.met.store(true, Ordering::Relaxed);
        }
        assigned
    }

    /// The kind of a name.
    pub(crate) fn named(&self, name: &str) -> Option<&Kind> {
        self.list.iter().find(|kind| kind.name == name)
    }

    /// The name that a kind was meant by that nobody has.
    pub(crate) fn meant(&self, name: &str) -> Option<&str> {
        nearest(name, self.list.iter().map(|kind| kind.name.as_str()))
    }

    /// Whether a post is of a kind and held to it.
    pub(crate) fn is_of(&self, kind: &Kind, post: &Head) -> bool {
        kind.holds(post) && self.of(post).is_some_and(|of| std::ptr::eq(of, kind))
    }

    /// Kinds that no post has been of so far.
    pub(crate) fn unmet(&self) -> impl Iterator<Item = &Kind> {
        self.list.iter().filter(|kind| !kind.base && !kind.met.load(Ordering::Relaxed))
    }

    /// The posts of a kind one after another.
    pub(crate) fn sequence<'k>(&self, kind: &'k Kind, blog: &Blog) -> &'k Sequence {
        kind.sequence.get_or_init(|| Sequence::of(kind, self, blog))
    }

    /// Keeps what the other posts of its series ask of a post that is at hand.
    pub(crate) fn keep(&self, post: &Post, blog: &Blog) {
        if self.list.iter().any(Kind::is_series) && self.of(post).is_some_and(Kind::is_series) {
            blog.keep_facts(post);
        }
    }

    /// Puts the posts of all series in order, on all cores: who asks while posts are checked does it alone.
    pub(crate) fn put_in_order(&self, blog: &Blog) {
        self.series().for_each(|kind| _ = self.sequence(kind, blog));
    }

    /// The series that some post was of; of others nobody asks.
    fn series(&self) -> impl Iterator<Item = &Kind> {
        self.list.iter().filter(|kind| kind.is_series() && kind.met.load(Ordering::Relaxed))
    }

    /// Series with posts that the pattern of their numbers finds none in.
    pub(crate) fn unnumbered(&self, blog: &Blog) -> Vec<(&Kind, &str)> {
        let numbered =
            self.series().filter_map(|kind| Some((kind, kind.schema.series.as_ref()?.number.as_ref()?.0.as_str())));
        let has_none = |(kind, _): &(&Kind, &str)| {
            let members = &self.sequence(kind, blog).members;
            !members.is_empty() && members.iter().all(|member| member.numbers.is_empty())
        };
        numbered.filter(has_none).collect()
    }

    /// Whether something is wrong with its series at a post, by its path.
    pub(crate) fn is_out_of_order(&self, blog: &Blog, path: &str) -> bool {
        self.series().any(|kind| !self.sequence(kind, blog).faults_of(path).is_empty())
    }

    /// All kinds, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.list.iter()
    }
}

/// A kind over what it extends. A kind may extend the built-in kind of its own name.
fn folded(name: &str, written: &Schema, own: &HashMap<&str, &Schema>) -> Result<Schema, Refused> {
    let mut schema = written.clone();
    let (mut child, mut seen) = (name, vec![name]);
    let mut parent = written.extends.as_deref();
    while let Some(wanted) = parent {
        let above = match own.get(wanted).copied().filter(|_| wanted != child) {
            Some(_) if seen.contains(&wanted) => return Err(ring(&seen, wanted)),
            Some(above) => above,
            None => built_in(wanted).ok_or_else(|| unknown(wanted, own.keys().copied()))?,
        };
        schema = schema.over(above);
        seen.push(wanted);
        child = wanted;
        parent = above.extends.as_deref();
    }
    Ok(schema)
}

/// A name that nobody has.
fn unknown<'n>(wanted: &str, own: impl IntoIterator<Item = &'n str>) -> Refused {
    let known = BUILT_IN.iter().map(|kind| kind.name).chain(own);
    let help = nearest(wanted, known).map(|near| format!("did you mean `{near}`?"));
    Refused { message: format!("no kind is called `{wanted}`"), help }
}

fn ring(seen: &[&str], again: &str) -> Refused {
    let chain: Vec<String> = seen.iter().chain([&again]).map(|name| format!("`{name}`")).collect();
    Refused::new(format!("kinds extend each other in a ring: {}", chain.join(" → ")))
}

impl Kind {
    /// Why a post fits, if it does.
    fn fits(&self, post: &Head) -> Option<Why<'_>> {
        let Some(Match { path: paths, front_matter }) = &self.schema.matches else {
            return (!self.base).then_some(Why::EveryPost);
        };
        let published = published(&post.path, post.date());
        let places = [Some(&*post.path), published.as_deref()];
        let holds = |path: &PathPattern| places.into_iter().flatten().any(|place| path.matches(Path::new(place)));
        let path = fitting(&paths.0, holds);
        if path.is_none() && !paths.0.is_empty() {
            return None;
        }
        self.has_asked_values(post).then_some(Why::Match { path, front_matter })
    }

    /// Whether a post has all the values that `match` asks for.
    fn has_asked_values(&self, post: &Head) -> bool {
        let has_value = |(key, value): &(String, String)| {
            post.front_matter().and_then(|front| front.get(key)).is_some_and(|entry| has(&entry.value, value))
        };
        self.schema.matches.as_ref().is_none_or(|matches| matches.front_matter.iter().all(has_value))
    }

    /// Whether its posts follow one another.
    pub(crate) fn is_series(&self) -> bool {
        self.schema.series.is_some()
    }

    /// Whether its posts have places, by their days or by their numbers, so that there is a picture of them.
    pub(crate) fn is_drawn(&self) -> bool {
        !self.base && (self.is_series() || self.schema.date_range.is_some())
    }

    /// Whether the kind asks anything of this post: posts before `since` are left in peace.
    pub(crate) fn holds(&self, post: &Head) -> bool {
        match (self.schema.since, post.date()) {
            (Some(since), Some(date)) => date >= since,
            _ => true,
        }
    }
}

/// The path that a file gets that lies in a folder `_drafts`, when it is published: `_posts/2022-10-09-a.md`, where the
/// posts of the blog have days in their names. A day that is not known yet is any day.
fn published(path: &str, day: Option<Date>) -> Option<String> {
    let at = path.find("_drafts/").filter(|&at| at == 0 || path[..at].ends_with('/'))?;
    let below = &path[at + "_drafts/".len()..];
    let (folder, name) = below.rsplit_once('/').map_or(("", below), |(folder, name)| (&below[..=folder.len()], name));
    let day = match read_file_date(name) {
        Some(_) => String::new(),
        None => format!("{}-", day.unwrap_or(Date::constant(2000, 1, 1))),
    };
    Some(format!("{}_posts/{folder}{day}{name}", &path[..at]))
}

/// Whether a value is, or holds, a word: `categories: a b` and `categories: [a, b]` both hold `a`.
fn has(node: &Node, word: &str) -> bool {
    match &node.data {
        Data::List(items) => items.iter().any(|item| item.text() == Some(word)),
        _ => node.text().is_some_and(|text| text == word || text.split_whitespace().any(|part| part == word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_drafts_will_be() {
        let day = Date::constant(2022, 10, 9);
        for (path, published) in [
            ("_drafts/a.md", Some("_posts/2022-10-09-a.md")),
            ("til/_drafts/b/a.md", Some("til/_posts/b/2022-10-09-a.md")),
            ("_drafts/2022-10-02-a.md", Some("_posts/2022-10-02-a.md")),
            ("my_drafts/a.md", None),
            ("_posts/2022-10-09-a.md", None),
        ] {
            assert_eq!(super::published(path, Some(day)).as_deref(), published, "{path}");
        }
        assert_eq!(super::published("_drafts/a.md", None).as_deref(), Some("_posts/2000-01-01-a.md"));
    }
}
