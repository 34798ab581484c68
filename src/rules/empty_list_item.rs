//! `rules/empty-list-item.md`

use super::Subject;
use crate::finding::Findings;
use crate::post::Post;
use crate::post::body::{BlockKind, Item};
use crate::text::Span;

/// List items with nothing in them, where a reader sees a bullet that says nothing.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let post = subject.post;
    for item in post.body.items.iter().filter(|item| item.empty) {
        let list = list_of(post, item);
        if !begins_line(post, &list) || (item.number.is_some() && is_bare(post, &list)) {
            continue;
        }
        findings.at(item.span.clone(), "nothing stands in this list item").help("write something, or take it out");
    }
}

fn list_of(post: &Post, item: &Item) -> Span {
    let holds = |span: &Span| span.start <= item.span.start && item.span.end <= span.end;
    let before = post.body.blocks.partition_point(|block| block.span.start <= item.span.start);
    let mut lists = post.body.blocks[..before].iter().rev().filter(|block| block.kind == BlockKind::List);
    lists.find(|block| holds(&block.span)).map_or(item.span.clone(), |block| block.span.clone())
}

/// A list that begins on the line of another item is the row of a table (`- - a cell`), or a number as text (`- 2.`).
fn begins_line(post: &Post, list: &Span) -> bool {
    let line = post.line_of(list);
    post.text[line.start..list.start].chars().all(|c| c == '>' || c.is_whitespace())
}

/// Numbers on lines of their own, with text below each that is not indented: they count, and hold nothing.
fn is_bare(post: &Post, list: &Span) -> bool {
    let items = &post.body.items;
    let first = items.partition_point(|item| item.span.start < list.start);
    items[first..].iter().take_while(|item| item.span.start < list.end).all(|item| item.empty)
}
