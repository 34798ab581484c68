//! The text of the next post: its H1, the lines that all begin with, the days, and the sections of the kind.

use std::ops::Range;

use super::pattern::{Goes, Told};
use super::shape::Shape;
use super::{PLACEHOLDER, Row, about};
use crate::kinds::schema::{SectionSchema, SectionsSchema, TitleHeading};
use crate::post::Post;
use crate::text::Span;

/// More blocks than this no post begins with.
const BLOCKS: usize = 12;

/// A block longer than this, in lines, is none that all begin with.
const LINES: usize = 20;

/// The blocks of the next post.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// In order.
    pub blocks: Vec<String>,
    /// Which of them the posts have in common, and no kind asks for.
    pub common: Vec<usize>,
}

/// `alone`: without what the last posts only have in common.
pub(super) fn next(row: &Row, alone: bool) -> Body {
    let mut body = Body::default();
    let mut has_days = row.schema.date_range.is_none() || about::tells(row, &row.title);
    let mut add = |body: &mut Body, blocks: Vec<String>| {
        for block in blocks {
            let tells = about::tells(row, &block);
            if !tells && alone {
                continue;
            }
            has_days |= tells;
            if !tells {
                body.common.push(body.blocks.len());
            }
            body.blocks.push(block);
        }
    };
    let heading = heading(row);
    if heading.is_some() {
        add(&mut body, common(row, |post| post.body.span.start..title_at(post).start));
    }
    if let Some(heading) = &heading {
        body.blocks.push(format!("# {heading}"));
    }
    add(&mut body, common(row, |post| title_at(post).end..first_heading(post)));
    let heading_tells = heading.as_ref().is_some_and(|heading| about::tells(row, heading));
    if row.next.days.is_some() && !has_days && !heading_tells {
        let at = usize::from(heading.is_some()).min(body.blocks.len());
        body.blocks.insert(at, about::plain(row));
        body.common.iter_mut().filter(|common| **common >= at).for_each(|common| *common += 1);
    }
    let written = body.blocks.len();
    if let Some(sections) = &row.schema.sections {
        add_sections(row, sections, sections.heading_level(), PLACEHOLDER, &mut body.blocks);
    }
    if body.blocks.len() == written {
        body.blocks.push(PLACEHOLDER.to_owned());
    }
    body
}

/// The H1, where the kind wants one or the last posts have one.
fn heading(row: &Row) -> Option<String> {
    let asked = row.schema.title_heading;
    if asked == Some(TitleHeading::Absent) {
        return None;
    }
    let with: Vec<(usize, &Post)> =
        row.posts.iter().enumerate().filter(|(_, post)| post.title_heading().is_some()).collect();
    let is_title = |post: &Post| {
        let title = post.title().and_then(|title| title.text());
        title.is_none() || post.title_heading().is_some_and(|heading| title == Some(&*heading.title))
    };
    let same = with.iter().filter(|(_, post)| is_title(post)).count();
    if asked == Some(TitleHeading::Same) || with.len() * 2 > row.posts.len() && same * 2 >= with.len() {
        return Some(row.title.clone());
    }
    if with.len() * 2 <= row.posts.len() || row.is_foreign {
        return None;
    }
    let raw = |post: &'_ Post| post.title_heading().map(|heading| post.text[heading.text].to_owned());
    let texts: Vec<(usize, String)> = with.iter().filter_map(|(at, post)| Some((*at, raw(post)?))).collect();
    let told: Vec<Told> = texts.iter().map(|(at, text)| Told { text, known: &row.known[*at] }).collect();
    match about::next(row, &told) {
        Goes::On(text) => Some(text),
        Goes::Around(before, behind) => Some(format!("{before}({PLACEHOLDER}){behind}")),
        Goes::Free => Some(row.title.clone()),
    }
}

/// Where the H1 is, or would be.
fn title_at(post: &Post) -> Span {
    post.title_heading().map_or(Span::empty(post.body.span.start), |heading| heading.span)
}

/// Where the first heading below the H1 begins.
fn first_heading(post: &Post) -> usize {
    let from = title_at(post).end;
    let next = post.body.headings.iter().find(|heading| heading.span.start >= from);
    next.map_or(post.text.len(), |heading| heading.span.start)
}

/// The blocks of a part of the posts that nearly all have, with what goes on in them, in the order of the last post.
fn common(row: &Row, part: impl Fn(&Post) -> Range<usize>) -> Vec<String> {
    if row.is_foreign || row.posts.len() < 2 {
        return Vec::new();
    }
    let blocks: Vec<Vec<&str>> = row.posts.iter().map(|post| blocks(&post.text[part(post)])).collect();
    let Some(last) = blocks.last() else { return Vec::new() };
    let whole = last.iter().filter_map(|block| goes_on(row, block, &blocks));
    // One half of a block of code, or of a tag, is worse than none.
    whole.filter(|block| block.matches("```").count() % 2 == 0).collect()
}

fn blocks(text: &str) -> Vec<&str> {
    let (mut blocks, mut start) = (Vec::new(), None);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        match (line.trim().is_empty(), start) {
            (true, Some(from)) => {
                blocks.push(text[from..at].trim_end());
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
        at += line.len();
    }
    blocks.extend(start.map(|from| text[from..].trim_end()));
    blocks.retain(|block| block.split('\n').nth(LINES).is_none());
    blocks.truncate(BLOCKS);
    blocks
}

/// A block with what goes on in it, where nearly all posts have such a one.
fn goes_on(row: &Row, block: &str, blocks: &[Vec<&str>]) -> Option<String> {
    let shape = Shape::of(block).text;
    let is_alike = |other: &&&str| Shape::of(other).text == shape;
    let alike = blocks.iter().enumerate().filter_map(|(at, blocks)| Some((at, *blocks.iter().find(is_alike)?)));
    let told: Vec<Told> = alike.map(|(at, text)| Told { text, known: &row.known[at] }).collect();
    let Goes::On(next) = about::next(row, &told) else { return None };
    let tells = about::tells(row, &next);
    let enough = if tells { told.len() * 2 > blocks.len() } else { told.len() * 4 >= blocks.len() * 3 };
    enough.then_some(next)
}

/// The sections that must be there, with those within them, and what stands for their text.
fn add_sections(row: &Row, sections: &SectionsSchema, level: u8, placeholder: &str, blocks: &mut Vec<String>) {
    let placeholder = sections.placeholder.as_deref().unwrap_or(placeholder);
    for (at, section) in sections.entries().iter().enumerate().filter(|(_, section)| section.required) {
        let written = row.posts.iter().enumerate().flat_map(|(post, read)| {
            let of_list = row.alignments[post].iter().filter(|alignment| std::ptr::eq(alignment.schema, sections));
            let bound = of_list.flat_map(|alignment| &alignment.bound).filter(|bound| bound.entry == at);
            bound.map(move |bound| (post, read, read.heading_of(bound.section)))
        });
        let is_so = |title: &str| {
            title == section.name || section.pattern.as_ref().is_some_and(|pattern| pattern.0.is_match(title))
        };
        let written: Vec<(usize, &str)> = written
            .filter(|(_, _, heading)| is_so(&heading.title))
            .map(|(post, read, heading)| (post, &read.text[heading.text]))
            .collect();
        blocks.push(format!("{} {}", "#".repeat(level.into()), heading_of(row, section, &written)));
        let before = blocks.len();
        if let Some(within) = &section.sections {
            add_sections(row, within, within.level_below(level), placeholder, blocks);
        }
        if blocks.len() == before {
            blocks.push(placeholder.to_owned());
        }
    }
}

/// The heading of a section as the last posts write it, where that goes on; or its name.
fn heading_of(row: &Row, section: &SectionSchema, written: &[(usize, &str)]) -> String {
    let told: Vec<Told> = written.iter().map(|&(at, text)| Told { text, known: &row.known[at] }).collect();
    match about::next(row, &told) {
        Goes::On(text) => text,
        _ => section.name.clone(),
    }
}
