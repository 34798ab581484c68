//! `rules/empty-list-item.md`

use std::collections::HashSet;

use super::Subject;
use crate::finding::Findings;
use crate::post::Post;
use crate::post::body::Item;

/// List items with nothing in them, where a reader sees a bullet that says nothing.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let items = &subject.post.body.items;
    let filled: HashSet<usize> = items.iter().filter(|item| !item.empty).map(|item| item.list).collect();
    // Numbers on lines of their own, with text below that is not indented, count and hold nothing.
    let counts = |item: &Item| item.number.is_some() && !filled.contains(&item.list);
    for item in items.iter().filter(|item| item.empty && !counts(item) && begins_line(subject.post, item)) {
        findings.at(item.span.clone(), "nothing stands in this list item").help("write something, or take it out");
    }
}

/// A list that begins on the line of another item is the row of a table (`- - a cell`), or a number as text (`- 2.`).
fn begins_line(post: &Post, item: &Item) -> bool {
    let list = &post.body.blocks[item.list].span;
    let line = post.line_of(list);
    post.text[line.start..list.start].chars().all(|c| c == '>' || c.is_whitespace())
}
