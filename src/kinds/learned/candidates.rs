//! What `match` can say: which sets of posts it can name, each by the simplest words.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use foldhash::fast::FixedState;

use super::alike::FEWEST;
use super::known::{Known, Place};
use super::masked::{NUMBER, masked};
use crate::syntax::front_matter::Data;

/// Some posts, and how to name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// Patterns of paths.
    pub paths: Vec<String>,
    /// A key of the front matter and its value.
    pub front: Option<(String, String)>,
    /// The posts, in order.
    pub members: Vec<usize>,
    /// What it is called after, if anything says it.
    pub word: Option<String>,
    /// How hard it is to read.
    pub cost: usize,
}

impl Candidate {
    /// The simplest first, and of those the one that says most.
    pub(super) fn rank(&self) -> impl Ord + use<> {
        let length = self.paths.iter().map(String::len).max().unwrap_or_default();
        (self.cost, Reverse(length), self.paths.clone(), self.front.clone())
    }
}

/// Where files lie.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Scope {
    /// In a folder.
    Folder(String),
    /// In folders that differ in their numbers.
    Numbered(String),
    /// In a folder or below.
    Below(String),
}

/// What files are called.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Called {
    Anything,
    /// The same but for the numbers.
    Masked(String),
    /// With a word.
    Word(String),
    /// Beginning with two words.
    Lead(String),
}

/// Values of front matter that are longer say something of one post alone.
const LONGEST_VALUE: usize = 40;

/// Keys whose values do not say what a post is.
const OF_ONE_POST: &[&str] = &[
    "title", "date", "description", "summary", "subtitle", "excerpt", "slug", "permalink", "image", "author", "authors",
];

/// Beyond so many folders, patterns are not written one by one.
const MOST_FOLDERS: usize = 3;

/// All of them, each set of posts once.
pub(super) fn all(posts: &[Known]) -> Vec<Candidate> {
    let mut groups: HashMap<(Scope, Called), Vec<usize>, FixedState> = HashMap::default();
    let mut values: HashMap<(String, String), Vec<usize>, FixedState> = HashMap::default();
    for (at, post) in posts.iter().enumerate() {
        let called = called(&post.place);
        for scope in scopes(&post.place) {
            called.iter().for_each(|called| groups.entry((scope.clone(), called.clone())).or_default().push(at));
        }
        values_of(post).into_iter().for_each(|value| values.entry(value).or_default().push(at));
    }
    let by_path = groups.into_iter().filter(|(_, members)| members.len() >= FEWEST);
    let by_path = by_path.map(|((scope, called), members)| of_paths(posts, &scope, &called, members));
    let by_value = values.into_iter().filter(|(_, members)| members.len() >= FEWEST);
    let by_value = by_value.map(|((key, value), members)| Candidate {
        paths: Vec::new(),
        word: Some(value.clone()),
        front: Some((key, value)),
        members,
        cost: 6,
    });
    let mut all: Vec<Candidate> = by_path.chain(by_value).collect();
    all.sort_by_cached_key(Candidate::rank);
    let mut seen: HashSet<Vec<usize>> = HashSet::new();
    all.retain(|candidate| seen.insert(candidate.members.clone()));
    all
}

fn scopes(place: &Place) -> Vec<Scope> {
    let folder = &place.folder;
    let mut scopes = vec![Scope::Folder(folder.clone()), Scope::Below(folder.clone())];
    let numbered = masked(folder);
    if numbered.contains(NUMBER) {
        scopes.push(Scope::Numbered(numbered));
    }
    let mut above = folder.as_str();
    while !above.is_empty() {
        above = above.rsplit_once('/').map_or("", |(above, _)| above);
        scopes.push(Scope::Below(above.to_owned()));
    }
    scopes
}

fn called(place: &Place) -> Vec<Called> {
    let mut called = vec![Called::Anything, Called::Masked(masked(&place.name))];
    let words = words(&place.name);
    if words.len() > 1
        && let (Some(&first), Some(&second)) = (words.first(), words.get(1))
    {
        let end = second.as_ptr() as usize - place.name.as_ptr() as usize + second.len();
        if place.name.starts_with(first) && !place.name[..end].contains(|sign: char| sign.is_ascii_digit()) {
            called.push(Called::Lead(place.name[..end].to_owned()));
        }
    }
    let mut known: Vec<&str> = Vec::new();
    for word in words {
        if !known.contains(&word) {
            known.push(word);
            called.push(Called::Word(word.to_owned()));
        }
    }
    called
}

/// The words of a name: `AprWeek5` has `Apr` and `Week`.
fn words(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut before) = (None, ' ');
    let ends = name.char_indices().chain([(name.len(), ' ')]);
    for (at, sign) in ends {
        let breaks = !sign.is_alphabetic() || before.is_lowercase() && sign.is_uppercase();
        if let Some(from) = start.filter(|_| breaks) {
            words.push(&name[from..at]);
            start = None;
        }
        if sign.is_alphabetic() && start.is_none() {
            start = Some(at);
        }
        before = sign;
    }
    words.retain(|word| word.len() > 1);
    words
}

fn values_of(post: &Known) -> Vec<(String, String)> {
    let mut values = Vec::new();
    let Some(front) = post.head.front_matter() else { return values };
    for entry in front.tree.entries.iter().filter(|entry| !OF_ONE_POST.contains(&entry.key.to_lowercase().as_str())) {
        let nodes = if let Data::List(items) = &entry.value.data { items } else { std::slice::from_ref(&entry.value) };
        for text in nodes.iter().filter_map(|node| node.text()) {
            let text = text.trim();
            let is_word = text.chars().any(char::is_alphabetic) && text.len() <= LONGEST_VALUE;
            let value = (entry.key.clone(), text.to_owned());
            if is_word && !text.contains('\n') && !values.contains(&value) {
                values.push(value);
            }
        }
    }
    values
}

fn of_paths(posts: &[Known], scope: &Scope, called: &Called, members: Vec<usize>) -> Candidate {
    let places: Vec<&Place> = members.iter().map(|&at| &posts[at].place).collect();
    // Most posts lie in a few folders, and are called alike.
    let folders: BTreeSet<&str> = places.iter().map(|place| &*place.folder).collect();
    let folders = folder_patterns(scope, called, &folders);
    let several = folders.values().collect::<BTreeSet<_>>().len() > MOST_FOLDERS;
    let ends = match called {
        Called::Word(word) => Some((
            places.iter().all(|place| !place.dated && place.name.starts_with(word.as_str())),
            places.iter().all(|place| place.name.ends_with(word.as_str())),
        )),
        _ => None,
    };
    let forms: BTreeSet<_> =
        places.iter().map(|&place| (&*place.folder, place.dated, place.file.as_deref(), &*place.ending)).collect();
    let path = |(folder, dated, file, ending): (&str, bool, Option<&str>, &str)| {
        let folder = match (scope, several) {
            (Scope::Below(above), true) => below(above),
            _ => folders[folder].clone(),
        };
        let name = name_pattern(called, dated, ends.unwrap_or_default());
        match file {
            Some(file) => format!("{folder}{name}/{}", literal(file)),
            None => format!("{folder}{name}{}", literal(ending)),
        }
    };
    let paths: BTreeSet<String> = forms.into_iter().map(path).collect();
    let paths: Vec<String> = paths.into_iter().collect();
    let (breadth, word) = match (scope, called) {
        // A word beside the number says most: `week_3`.
        (_, Called::Word(word)) => (2 + 2 * usize::from(!stands_beside_number(word, &places)), Some(word.clone())),
        (_, Called::Lead(lead)) => (4, Some(lead.clone())),
        (Scope::Folder(folder) | Scope::Numbered(folder) | Scope::Below(folder), Called::Anything) => {
            (0, folder_word(folder))
        }
        (Scope::Folder(folder) | Scope::Numbered(folder) | Scope::Below(folder), Called::Masked(name)) => {
            (7, words(name).last().map(|word| (*word).to_owned()).or_else(|| folder_word(folder)))
        }
    };
    let depth = match scope {
        Scope::Folder(_) => 0,
        Scope::Below(_) => 1,
        Scope::Numbered(_) => 2,
    };
    Candidate { cost: breadth + depth + 4 * (paths.len() - 1), paths, front: None, members, word }
}

/// Whether a word stands right beside a number in most names.
fn stands_beside_number(word: &str, places: &[&Place]) -> bool {
    let is_beside = |place: &&&Place| {
        let name = masked(&place.name);
        let (before, behind) = name.split_once(word).unwrap_or_default();
        before.trim_end_matches(['-', '_', ' ']).ends_with(NUMBER)
            || behind.trim_start_matches(['-', '_', ' ']).starts_with(NUMBER)
    };
    places.iter().filter(is_beside).count() * 5 >= places.len() * 4
}

/// What a folder is called after: its last name that is no number.
fn folder_word(folder: &str) -> Option<String> {
    folder.rsplit('/').find(|part| part.chars().any(char::is_alphabetic)).map(str::to_owned)
}

fn below(above: &str) -> String {
    if above.is_empty() { "**/".to_owned() } else { format!("{}/**/", literal(above)) }
}

/// The pattern of each folder.
fn folder_patterns<'f>(scope: &Scope, called: &Called, folders: &BTreeSet<&'f str>) -> HashMap<&'f str, String> {
    let mut alike: HashMap<String, usize> = HashMap::new();
    folders.iter().for_each(|folder| *alike.entry(masked(folder)).or_default() += 1);
    let pattern = |folder: &str| {
        let pattern = match scope {
            Scope::Folder(folder) => literal(folder),
            Scope::Numbered(folder) => numbered(folder),
            Scope::Below(_) if matches!(called, Called::Masked(_)) => {
                // One by one where there are few, for names alone say little.
                let own = masked(folder);
                if alike[&own] == 1 { literal(folder) } else { numbered(&own) }
            }
            Scope::Below(above) => return below(above),
        };
        if pattern.is_empty() { pattern } else { pattern + "/" }
    };
    folders.iter().map(|&folder| (folder, pattern(folder))).collect()
}

/// `ends`: whether all names begin and whether they end with the word.
fn name_pattern(called: &Called, dated: bool, ends: (bool, bool)) -> String {
    let day = if dated { "*-" } else { "" };
    let pattern = match called {
        Called::Anything => "*".to_owned(),
        Called::Masked(name) => format!("{day}{}", numbered(name)),
        Called::Lead(lead) => format!("{day}{}*", literal(lead)),
        Called::Word(word) => {
            let (before, behind) = (if ends.0 { "" } else { "*" }, if ends.1 { "" } else { "*" });
            format!("{before}{}{behind}", literal(word))
        }
    };
    pattern.replace("**", "*")
}

/// A pattern for a masked text.
fn numbered(masked: &str) -> String {
    masked.split(NUMBER).map(literal).collect::<Vec<_>>().join("[0-9]*")
}

/// A text as a pattern that fits nothing else; braces, which patterns may not have, become any sign.
fn literal(text: &str) -> String {
    let mut pattern = String::new();
    for sign in text.chars() {
        match sign {
            '*' | '?' | '[' | ']' => pattern.extend(['[', sign, ']']),
            '{' | '}' => pattern.push('?'),
            sign => pattern.push(sign),
        }
    }
    pattern
}
