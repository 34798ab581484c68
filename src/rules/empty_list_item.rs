//! `rules/empty-list-item.md`

use std::collections::HashSet;

use super::Subject;
use crate::blog::Generator;
use crate::finding::Findings;
use crate::post::Post;
use crate::post::body::Item;

/// List items with nothing in them, where a reader sees a bullet that says nothing.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let items = &subject.post.body.items;
    let filled: HashSet<usize> = items.iter().filter(|item| !item.empty).map(|item| item.list.start).collect();
    // Numbers on lines of their own, with text below that is not indented, count and hold nothing.
    let counts = |item: &Item| item.number.is_some() && !filled.contains(&item.list.start);
    let says_nothing = |item: &Item| item.empty && !has_attributes(subject.post, item);
    for item in items.iter().filter(|item| says_nothing(item) && !counts(item) && begins_line(subject.post, item)) {
        let message = match subject.blog.generator {
            Generator::Jekyll => in_kramdown(subject.post, item),
            _ => "nothing stands in this list item".to_owned(),
        };
        findings.at(item.span.clone(), message).help("write something after it, or take it out");
    }
}

/// kramdown 2.4.0 (`parser/kramdown/list.rb`) takes a marker for one only where white space follows; a lone `-` below
/// text is the underline of a heading.
fn in_kramdown(post: &Post, item: &Item) -> String {
    let marker = &post.text[item.marker.clone()];
    if post.text[item.marker.end..].starts_with([' ', '\t']) {
        return "nothing stands in this list item".to_owned();
    }
    let above = post.text[..item.marker.start].rsplit('\n').nth(1).unwrap_or_default();
    let above = above.trim_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '\u{feff}'));
    if marker == "-" && !above.is_empty() && !above.starts_with('#') {
        return "kramdown takes this `-` for the underline of a heading, which the line above becomes".to_owned();
    }
    format!("kramdown prints this `{marker}` as text: no space follows it")
}

/// A table of contents in kramdown: an item with `{:toc}` on the line below.
fn has_attributes(post: &Post, item: &Item) -> bool {
    post.text[item.span.end..].trim_start().starts_with("{:")
}

/// A list that begins on the line of another item is the row of a table (`- - a cell`), or a number as text (`- 2.`).
fn begins_line(post: &Post, item: &Item) -> bool {
    let list = &item.list;
    let line = post.line_of(list);
    post.text[line.start..list.start].chars().all(|c| c == '>' || c.is_whitespace())
}
