//! `rules/url-conflict.md`

use super::Subject;
use crate::blog::Generator;
use crate::blog::urls::{Kind, Target};
use crate::finding::{Findings, OtherFile};
use crate::post::front_matter::Found;
use crate::text::{Span, after_bom, first_line};

/// Two sources that are written to one file.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let (post, blog) = (subject.post, subject.blog);
    let Some(own) = blog.target(post).filter(Target::is_expected) else { return };
    if !blog.is_post(post.path) {
        return;
    }
    // A plugin that writes pages may also give them other addresses.
    if blog.map().has_foreign_pages() {
        return;
    }
    let Some(other) = blog.map().rivals(&own).into_iter().next() else { return };
    let (url, source) = (&own.url, &other.source);
    let message = match other.kind {
        _ if other.file != own.file => {
            format!("this post becomes `{url}` and `{source}` `{}`, which differ only in upper and lower case", other.url)
        }
        Kind::Redirect => format!("`{source}` says that `{url}` leads on to it, and this post becomes the same page"),
        _ => format!("this post and `{source}` both become `{url}`, so {}", outcome(blog.generator)),
    };
    let help = match blog.generator {
        Generator::Hugo => "give one of them a `slug` or a `url` of its own",
        Generator::Zola => "give one of them a `slug` or a `path` of its own",
        _ => "give one of them another file name, or a `permalink` of its own",
    };
    let finding = findings.at(place(post.text, &post.found, keys(blog.generator)), message);
    finding.help(help);
    if let Some(head) = blog.source(source).filter(|head| !head.text.trim().is_empty()) {
        let text = &head.text;
        let (keys, what) = match other.kind {
            Kind::Redirect => (REDIRECTS, "here"),
            _ => (keys(blog.generator), "the other one"),
        };
        let span = place(text, head.found(), keys);
        let end = text[span.end..].find('\n').map_or(text.len(), |line| span.end + line);
        finding.label_in(OtherFile { path: source.clone(), text: text[..end].to_owned() }, span, what);
    }
}

/// What the generator does with two of one address; Zola 0.19 compares them before it writes (`Site::load`).
fn outcome(generator: Generator) -> &'static str {
    if generator == Generator::Zola { "Zola stops the build" } else { "one of them is lost" }
}

/// The keys that an address comes from.
fn keys(generator: Generator) -> &'static [&'static str] {
    match generator {
        Generator::Hugo => &["url", "slug"],
        Generator::Zola => &["path", "slug"],
        _ => &["permalink", "slug"],
    }
}

/// The keys that further addresses come from: jekyll-redirect-from's, Hugo's and Zola's.
const REDIRECTS: &[&str] = &["redirect_from", "aliases"];

/// The first of the keys that a post has, or the beginning of the post.
fn place(text: &str, found: &Found, keys: &[&str]) -> Span {
    let key = found.whole().and_then(|front| keys.iter().find_map(|key| front.get(key)));
    match key {
        Some(entry) => first_line(text, entry.key_span.start..entry.value.span.end),
        None => first_line(text, after_bom(text)..text.len()),
    }
}
