//! A kind of a blog: what it demands, its posts, and what they owe it.

use super::visible;
use crate::finding::Finding;
use crate::kinds::Kind;
use crate::post::Post;
use crate::text::Lines;

/// So many of the posts are named, the last ones.
const POSTS: usize = 5;

/// So many exceptions are told.
const EXCEPTIONS: usize = 10;

/// A kind, and how the posts of its blog keep to it.
pub(crate) struct Explained<'a> {
    /// The kind.
    pub kind: &'a Kind,
    /// The paths of its posts as they are shown, in the order of their days.
    pub posts: &'a [String],
    /// How many of them are earlier than the kind asks for.
    pub earlier: usize,
    /// What each of the others owes the kind.
    pub exceptions: &'a [Vec<Exception>],
}

/// What a post owes its kind, on one line.
pub(crate) struct Exception(String);

/// What one post owes its kind, by its path as it is shown.
pub(crate) fn exceptions(path: &str, post: &Post, owed: Vec<Finding>) -> Vec<Exception> {
    let lines = Lines::new(post.text);
    let line = |finding: Finding| {
        let at = lines.index(finding.span.start) + 1;
        Exception(format!("{path}:{at}: {}: {}", finding.rule, finding.message))
    };
    owed.into_iter().map(line).collect()
}

/// What a kind is in a few words, for a list.
pub(crate) fn summary(kind: &Kind) -> String {
    one_line(kind.schema.summary.as_deref().unwrap_or("a kind of this blog"))
}

/// The page of a kind.
pub(crate) fn page(explained: &Explained) -> String {
    let Explained { kind, posts, earlier, exceptions } = *explained;
    let base = kind.schema.extends.as_ref().map(|base| format!(" with all of `{base}`, which it extends"));
    let mut page = format!("# `{}`{}\n{}", kind.name, base.unwrap_or_default(), kind.shown());
    page += "\n---- ";
    page += &match (posts.len(), earlier) {
        (0, _) => "no post is of this kind".to_owned(),
        (1, 0) => "1 post is of this kind".to_owned(),
        (all, 0) => format!("{all} posts are of this kind"),
        (all, earlier) => {
            let since = kind.schema.since.map(|since| since.to_string()).unwrap_or_default();
            format!("{all} posts are of this kind, {earlier} of them before {since} and not held to it")
        }
    };
    let last = posts.len().saturating_sub(POSTS);
    page += if last > 0 {
        ", the last ones:\n\n"
    } else if posts.is_empty() {
        "\n"
    } else {
        ":\n\n"
    };
    posts[last..].iter().for_each(|post| page += &format!("{}\n", one_line(post)));
    let all: Vec<&Exception> = exceptions.iter().flatten().collect();
    if !all.is_empty() {
        let posts = exceptions.iter().filter(|of_post| !of_post.is_empty()).count();
        page += &match posts {
            1 => "\n---- 1 post is an exception:\n\n".to_owned(),
            posts => format!("\n---- {posts} posts are exceptions:\n\n"),
        };
        all.iter().take(EXCEPTIONS).for_each(|Exception(line)| page += &format!("{}\n", one_line(line)));
        if all.len() > EXCEPTIONS {
            page += &format!("and {} more\n", all.len() - EXCEPTIONS);
        }
    }
    page
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { ' ' } else { visible(c) }).collect()
}
