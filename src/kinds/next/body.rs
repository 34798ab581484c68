//! The text of the next post: its H1, the lines that all begin with, the days, and the sections of the kind.

use super::pattern::{Goes, Told};
use super::{Follows, PLACEHOLDER, Row, about, opening};
use crate::kinds::schema::{SectionSchema, SectionsSchema, TitleHeading};
use crate::post::Post;

/// The blocks of the next post.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// In order.
    pub blocks: Vec<String>,
    /// Which of them the posts have in common, and no kind asks for.
    pub common: Vec<usize>,
}

/// The text, with as much of the last posts.
pub(super) fn next(row: &Row, follows: Follows) -> Body {
    let mut body = Body::default();
    let mut has_days = row.schema.date_range.is_none() || about::tells(row, &row.title);
    let mut add = |body: &mut Body, blocks: Vec<String>| {
        for block in blocks {
            let tells = block.lines().any(|line| about::tells(row, line));
            if !tells && follows != Follows::All {
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
        add(&mut body, opening::above(row));
    }
    if let Some(heading) = &heading {
        body.blocks.push(format!("# {heading}"));
    }
    add(&mut body, opening::below(row));
    let heading_tells = heading.as_ref().is_some_and(|heading| about::tells(row, heading));
    if row.next.days.is_some() && !has_days && !heading_tells {
        let at = usize::from(heading.is_some()).min(body.blocks.len());
        body.blocks.insert(at, about::plain(row));
        body.common.iter_mut().filter(|common| **common >= at).for_each(|common| *common += 1);
    }
    let written = body.blocks.len();
    if let Some(sections) = &row.schema.sections {
        let level = sections.heading_level();
        add_sections(row, sections, level, PLACEHOLDER, heading.as_deref(), &mut body.blocks);
        if let Some((other, is_first)) = lone_heading(row, sections, &body.blocks).filter(|_| level == 1) {
            let at = if is_first { written } else { body.blocks.len() };
            body.blocks.splice(at..at, [format!("# {other}"), PLACEHOLDER.to_owned()]);
        }
    }
    if body.blocks.len() == written {
        body.blocks.push(PLACEHOLDER.to_owned());
    }
    fill_headings(&mut body);
    body
}

/// Puts what stands for a text below headings that have none.
fn fill_headings(body: &mut Body) {
    let level = |block: &str| {
        let level = block.bytes().take_while(|byte| *byte == b'#').count();
        if block[level..].starts_with(' ') { level } else { 0 }
    };
    for at in (0..body.blocks.len()).rev().filter(|at| body.common.contains(at)).collect::<Vec<_>>() {
        let (own, next) = (level(&body.blocks[at]), body.blocks.get(at + 1).map(|next| level(next)));
        if own > 0 && next.is_none_or(|next| (1..=own).contains(&next)) {
            body.blocks.insert(at + 1, PLACEHOLDER.to_owned());
        }
    }
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

/// The sections that must be there, with those within them, and what stands for their text.
fn add_sections(
    row: &Row,
    sections: &SectionsSchema,
    level: u8,
    placeholder: &str,
    title: Option<&str>,
    blocks: &mut Vec<String>,
) {
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
        // The H1 may be one of them.
        if level == 1 && title.is_some_and(is_so) {
            continue;
        }
        blocks.push(format!("{} {}", "#".repeat(level.into()), heading_of(row, section, &written)));
        let before = blocks.len();
        if let Some(within) = &section.sections {
            add_sections(row, within, within.level_below(level), placeholder, title, blocks);
        }
        if blocks.len() == before {
            blocks.push(placeholder.to_owned());
        }
    }
}

/// Where sections are H1s and there would be only one, which is the title then: the first other H1 of the last post, and
/// whether it stands before them.
fn lone_heading(row: &Row, sections: &SectionsSchema, blocks: &[String]) -> Option<(String, bool)> {
    if blocks.iter().filter(|block| block.starts_with("# ")).count() != 1 {
        return None;
    }
    let (at, last) = (row.posts.len().checked_sub(1)?, row.posts.last()?);
    let is_listed = |title: &str| sections.entries().iter().any(|entry| entry.is_called(title));
    let mut others = last.body.headings.iter().filter(|heading| heading.level == 1 && !is_listed(&heading.title));
    let other = others.next()?;
    let text = &last.text[other.text];
    let bound = row.alignments[at].iter().flat_map(|alignment| &alignment.bound);
    let first = bound.map(|bound| last.sections[bound.section].span.start).min();
    let is_first = first.is_none_or(|first| other.span.start < first);
    Some(match about::next(row, &[Told { text, known: &row.known[at] }]) {
        Goes::On(next) => (next, is_first),
        _ => (text.to_owned(), is_first),
    })
}

/// The heading of a section as the last posts write it, where that goes on; or its name.
fn heading_of(row: &Row, section: &SectionSchema, written: &[(usize, &str)]) -> String {
    let told: Vec<Told> = written.iter().map(|&(at, text)| Told { text, known: &row.known[at] }).collect();
    match about::next(row, &told) {
        Goes::On(text) => text,
        _ => section.name.clone(),
    }
}
