//! Lines that go on with the paragraph of a quote or an item without its `>` or its indent, under an engine that does not
//! read them so: where a table may begin, Gatsby's remark ends the quote or the item instead (micromark 2.11,
//! `initialize/document.js`, with micromark-extension-gfm-table 0.4, whose construct is not `lazy`). pulldown-cmark gets to
//! see a blank line before them.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Options;
use super::fences::text_column;
use super::reader::{self, Step};
use crate::markdown::mapped_text::MappedText;
use crate::text::Span;

/// So many quotes and items are left one after another by the lines of a paragraph.
const MOST: usize = 8;

/// The text with a blank line before each such line; `None` where there are none.
pub(super) fn ended<'c>(content: &MappedText<'c>, options: &Options) -> Option<MappedText<'c>> {
    if options.lazy_lines {
        return None;
    }
    let mut ended: Option<MappedText> = None;
    for _ in 0..MOST {
        let text = ended.as_ref().unwrap_or(content);
        let lines = lazy(text.text(), options);
        if lines.is_empty() {
            break;
        }
        let mut parted = MappedText::default();
        let mut from = 0;
        for Lazy { start, around } in lines {
            parted.push(text, Span::new(from, start));
            parted.push_replaced(&[around.trim_end(), "\n"].concat(), Span::empty(text.source(start)));
            from = start;
        }
        parted.push(text, Span::new(from, text.text().len()));
        ended = Some(parted);
    }
    ended
}

/// A line that leaves a quote or an item.
struct Lazy<'t> {
    start: usize,
    /// The signs of the quotes around it that it does not leave.
    around: &'t str,
}

/// What a line goes on in with a sign or an indent.
enum Container {
    Quote,
    /// With the column of its text.
    Indented(usize),
}

/// The first such line of each paragraph.
fn lazy<'t>(text: &'t str, options: &Options) -> Vec<Lazy<'t>> {
    let steps: Vec<Step> = reader::read(text, options).0.collect();
    let mut runs = reader::runs(text, &steps).into_iter().peekable();
    let mut containers: Vec<Container> = Vec::new();
    let mut lazy: Vec<Lazy> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        match &step.event {
            Event::Start(Tag::BlockQuote(_)) => containers.push(Container::Quote),
            Event::Start(Tag::Item) => containers.push(Container::Indented(text_column(text, step.span))),
            Event::Start(Tag::FootnoteDefinition(_)) => containers.push(Container::Indented(4)),
            Event::End(TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition) => {
                containers.pop();
            }
            _ => {}
        }
        let Some(run) = runs.next_if(|run| run.steps.start == index) else { continue };
        let breaks = memchr::memchr_iter(b'\n', &text.as_bytes()[run.span]).map(|at| run.span.start + at + 1);
        let left = breaks.filter(|&start| start < run.span.end).find_map(|start| {
            let line = text[start..].split('\n').next().unwrap_or_default();
            let around = left_around(line, &containers)?;
            Some(Lazy { start, around: &line[..around] })
        });
        lazy.extend(left);
    }
    lazy
}

/// Where the signs of the quotes end that a line does not leave, if it leaves one or an item.
fn left_around(line: &str, containers: &[Container]) -> Option<usize> {
    let (mut at, mut around) = (0, 0);
    for container in containers {
        let rest = &line[at..];
        let inner = rest.trim_start_matches([' ', '\t']);
        let white = rest.len() - inner.len();
        match container {
            Container::Quote if inner.starts_with('>') && white < 4 => {
                at += white + 1;
                around = at;
            }
            Container::Indented(column) if column_of(&line[..at + white]) >= *column => {}
            _ => return Some(around),
        }
    }
    None
}

/// The column behind some signs: a tab goes on to the next multiple of four.
fn column_of(signs: &str) -> usize {
    signs.chars().fold(0, |column, sign| if sign == '\t' { column / 4 * 4 + 4 } else { column + 1 })
}
