//! `rules/copied-post.md`

use std::sync::LazyLock;

use regex::Regex;

use super::RuleContext;
use crate::blog::is_translation;
use crate::files::file_name;
use crate::finding::{Finding, Findings, OtherFile};
use crate::generators::{Source, Standing};
use crate::post::{Head, Post, slug_of};
use crate::syntax::front_matter::FrontMatter;
use crate::text::{Span, opening};

/// A text so short, in characters that readers see, may stand in several posts.
const SHORTEST: usize = 24;

/// A post with the text of another one, letter by letter.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    // What stands in the front matter may be the post.
    let has_records = post.front_matter().is_some_and(FrontMatter::holds_records);
    if has_records || !blog.is_dated_post(post) || is_out(context, post.front_matter()) || !says_enough(post) {
        return;
    }
    let is_original = |other: &&str| is_copy_of(post.path, other) && !is_translation(post.path, other);
    let Some(other) = blog.posts_like(post).into_iter().find(is_original) else {
        return only_name(context, findings);
    };
    let Some(source) = blog.source(other) else { return };
    let is_there = blog.target(post).is_none_or(|target| target.standing == Standing::Written);
    if is_out(context, source.head.front_matter()) || !is_there {
        return;
    }
    let span = post.place_of(&["title"], post.text);
    let finding = findings.at(span, format!("this post has the text of `{other}`, letter by letter"));
    finding.help("take one of them out, or put in what belongs here");
    show_other(finding, other, &source);
}

/// A file that is still called a copy of another post, whatever its text is by now.
fn only_name(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    let Some(name) = original_name(file_name(post.path)) else { return };
    let Some(other) = blog.posts_named(slug_of(&name)).find(|path| **path != post.path) else { return };
    let Some(source) = blog.source(other).filter(|source| !is_out(context, source.head.front_matter())) else { return };
    let title = |head: &Head| head.title().and_then(|title| title.text()).map(str::to_owned);
    // Elsewhere a name may speak of copies, or count parts.
    let own = file_name(post.path).to_lowercase();
    let is_by_system = [" copy", "사본", "副本", "コピー"].iter().any(|word| own.contains(word));
    if !is_by_system && title(&post.head) != title(&source.head) {
        return;
    }
    let span = post.place_of(&["title"], post.text);
    let finding = findings.at(span, format!("the file of this post is called a copy of `{other}`"));
    show_other(finding.help("give it a name of its own, which is part of its address"), other, &source);
}

/// Shows the title of another post, or how it begins.
pub(super) fn show_other(finding: &mut Finding, other: &str, source: &Source) {
    let text = &*source.text;
    let place = source.head.place_of(&["title"], text);
    let place = if place.is_empty() { opening(text) } else { place };
    let end = text[place.end..].find('\n').map_or(text.len(), |line| place.end + line);
    let file = OtherFile { path: other.to_owned(), text: text[..end].to_owned() };
    finding.label_in(file, Span::new(place.start, place.end), "the other one");
}

/// Whether a post says itself that it is not for readers.
pub(super) fn is_out(context: &RuleContext, front: Option<&FrontMatter>) -> bool {
    front.is_some_and(|front| context.blog.site().features.keeps_out(front))
}

/// Whether of two posts with one text the first is the copy: by its name, or else as the later of both.
fn is_copy_of(path: &str, other: &str) -> bool {
    match (is_named_copy(path), is_named_copy(other)) {
        (true, false) => true,
        (false, true) => false,
        _ => other < path,
    }
}

/// Whether a file has a name that systems give copies: `a copy.md`, `a (1).md`, `a-copy.md`, `a - 복사본.md`.
fn is_named_copy(path: &str) -> bool {
    original_name(file_name(path)).is_some()
}

/// What the name of a copy is without the words for that.
fn original_name(name: &str) -> Option<String> {
    static COPY: LazyLock<Regex> = LazyLock::new(|| {
        let words = "[ _-]copy|(?: - ?)?(?:복사본|사본)|的?副本|(?: - ?)?コピー|[ _-]kopie|[ _-]copie";
        Regex::new(&format!(r"(?i)(?:(?:{words})(?: ?\(?\d+\)?)?| \(\d+\))(\.\w+)\z|\Acopy of ")).expect("a pattern")
    });
    (may_be_copy(name) && COPY.is_match(name)).then(|| COPY.replace(name, "$1").into_owned())
}

/// Whether a name has a sign or letters that those of copies have: nearly none has, and the pattern is long in the making.
fn may_be_copy(name: &str) -> bool {
    let has = |word: &[u8]| name.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    !name.is_ascii() || name.contains('(') || has(b"cop") || has(b"kop")
}

/// Whether its own text makes the page, and enough of it.
fn says_enough(post: &Post) -> bool {
    let shown: usize = post.page.text().map(|(text, _)| text.trim().chars().count()).sum();
    shown >= SHORTEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_copies() {
        for name in ["2022-10-09-a copy.md", "a copy 2.md", "a-copy.md", "a (1).md", "a - 복사본.md", "a的副本.md"]
        {
            assert!(is_named_copy(&format!("_posts/{name}")), "{name}");
            assert!(matches!(&*original_name(name).expect("a copy"), "a.md" | "2022-10-09-a.md"), "{name}");
        }
        for name in ["2022-10-09-a.md", "a-1.md", "copying.md", "week (part one).md"] {
            assert!(!is_named_copy(&format!("_posts/{name}")), "{name}");
        }
    }

    #[test]
    fn translations() {
        for (one, other, is) in [
            ("content/posts/a.en.md", "content/posts/a.ko.md", true),
            ("content/posts/a.md", "content/posts/a.ko.md", true),
            ("content/zh-cn/posts/a.md", "content/en/posts/a.md", true),
            ("_posts/2022-10-09-a.md", "_posts/2022-10-09-a_en.md", true),
            ("_posts/2022-10-09-a.md", "_posts/2022-10-10-a.md", false),
            ("content/posts/week1.md", "content/posts/week2.md", false),
        ] {
            assert_eq!(is_translation(one, other), is, "{one} {other}");
        }
    }
}
