//! `rules/missing-front-matter.md`

use std::path::Path;

use super::Subject;
use crate::blog::Generator;
use crate::finding::Findings;
use crate::post::front_matter::Found;

/// A Jekyll post has front matter unless the blog shows another custom; elsewhere the blog must show that posts have it.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let (post, blog) = (subject.post, subject.blog);
    match &post.found {
        Found::Late { opening } if blog.generator.wants_front_matter_first() => {
            findings
                .at(opening.clone(), "white space stands before the front matter, so it is printed as text")
                .help("let the file begin with this line");
        }
        Found::None if !post.text.trim().is_empty() && blog.is_post(Path::new(post.path)) => {
            let is_asked_for = subject.kind.is_some_and(|kind| kind.schema.required_keys().next().is_some());
            let is_usual = || blog.habits().has_front_matter().unwrap_or(blog.generator == Generator::Jekyll);
            if is_asked_for || !is_usual() {
                return;
            }
            let message = match blog.generator {
                Generator::Jekyll => "this post has no front matter, so it is published without title and layout",
                _ => "this post has no front matter, and the other posts do",
            };
            findings.at(post.first_line(), message).help("begin the file with `---`, the keys, and `---` again");
        }
        _ => {}
    }
}
