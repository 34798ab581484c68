//! What can be written in more ways than one for the same page, and where a post writes it in another way than most do.

use std::collections::HashSet;

use super::Post;
use super::layout::{Block, Item, Layout, LineKind};
use crate::markdown::document::BlockKind;
use crate::syntax::front_matter::Format;
use crate::text::Span;

/// Something that can be written in two ways: tidy, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// The end of a line of text or data: without white space, or with some.
    LineEnd,
    /// The end of a line that the text goes on below, where one space or a third means nothing.
    LineEndWithin,
    /// A blank line: empty, or with spaces.
    BlankLine,
    /// The end of the file: with a line break, or without.
    FinalLine,
    /// Blank lines between blocks: one, or more.
    BlankLines(Gap),
    /// One block below another: with a blank line between them, or without.
    Between(BlockKind, BlockKind),
    /// What stands after the key of a value: one space, or more.
    AfterKey,
    /// The same after the `#` of a heading.
    AfterHashes,
    /// The same after the marker of a list item.
    AfterMarker,
}

/// Where blank lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Gap {
    /// Above all text.
    Opening,
    /// Above a heading.
    Heading,
    /// Below all text.
    Closing,
    /// Anywhere else.
    Inner,
}

impl Form {
    /// Whether somebody who writes one of them in some way does the same with the other.
    pub(crate) fn is_like(self, other: Form) -> bool {
        matches!((self, other), (Form::Between(..), Form::Between(..)))
    }
}

/// The white space at ends of lines that means nothing. `lost`: of so many spaces before a line break the engine hands
/// none on to the page.
pub(crate) fn needless_space(text: &str, layout: &Layout, lost: usize) -> Vec<(Form, Span)> {
    let mut found = Vec::new();
    for (index, line) in layout.lines.iter().enumerate() {
        let written = &text[line.span];
        let start = line.span.start + written.trim_end_matches([' ', '\t']).len();
        let space = Span::new(start, line.span.end);
        let (form, needless) = match line.kind {
            LineKind::Kept => continue,
            _ if space.is_empty() => continue,
            LineKind::Text(_) if !ends_text(layout, index) => {
                // kramdown hands on to the page what stands before a line break, the two spaces of a break aside.
                // A backslash at the end of the line would make a hard break of its own.
                let may_go = space.len() <= lost && !text[..start].ends_with('\\');
                let Some(needless) = before_line_break(text, &space).filter(|_| may_go) else { continue };
                (Form::LineEndWithin, needless)
            }
            LineKind::Blank => (Form::BlankLine, space),
            _ if is_lone_box(text, layout, start) => continue,
            _ => (Form::LineEnd, space),
        };
        found.push((form, needless));
    }
    found
}

/// Whether nothing but `[ ]` stands in an item that ends at a byte: for cmark-gfm white space behind it makes that a box
/// (`extensions/tasklist.c`).
fn is_lone_box(text: &str, layout: &Layout, end: usize) -> bool {
    let last = layout.items[..layout.items.partition_point(|item| item.span.start < end)].last();
    let inner = last.and_then(|item| text.get(item.marker.end..end));
    inner.is_some_and(|inner| matches!(inner.trim(), "[ ]" | "[x]" | "[X]"))
}

/// Whether a line of text is the last of its paragraph or heading.
fn ends_text(layout: &Layout, index: usize) -> bool {
    let next = layout.lines.get(index + 1).map(|next| next.kind);
    next != Some(LineKind::Kept) && next != Some(layout.lines[index].kind)
}

/// What can go of the spaces before a line break in a paragraph of CommonMark: two make a hard one.
fn before_line_break(text: &str, space: &Span) -> Option<Span> {
    match space.len() {
        _ if text[*space].contains('\t') => None,
        1 => Some(*space),
        2 => None,
        _ => Some(Span::new(space.start + 2, space.end)),
    }
}

/// The last line, where no line break ends it.
pub(crate) fn unended_line(post: &Post) -> Option<Span> {
    let last = post.last_line();
    let is_empty = post.text[last].trim_start_matches('\u{feff}').is_empty();
    (last.end == post.text.len() && !is_empty).then_some(last)
}

/// Blank lines that nobody sees.
pub(crate) struct BlankLines {
    /// Where they stand.
    pub gap: Gap,
    /// How many there are in a row.
    pub count: usize,
    /// The first that is too many.
    pub first: Span,
    /// All that are, with their line breaks.
    pub extra: Span,
}

/// Blank lines after a blank line, and those at the end of the file; beside HTML they may be there for other engines.
pub(crate) fn extra_blank_lines(post: &Post, layout: &Layout) -> Vec<BlankLines> {
    let below = layout.lines.partition_point(|line| line.span.start < post.body.span.start);
    let lines = &layout.lines[below..];
    let is_blank = |kind: LineKind| kind == LineKind::Blank;
    let [headings, html] = [BlockKind::Heading, BlockKind::Html].map(|kind| lines_of(layout, kind));
    let mut found = Vec::new();
    let mut end = 0;
    for run in lines.chunk_by(|one, other| is_blank(one.kind) == is_blank(other.kind)) {
        end += run.len();
        if !is_blank(run[0].kind) || end == run.len() && end == lines.len() {
            continue;
        }
        let (above, next) = ((below + end - run.len()).checked_sub(1), below + end);
        let gap = match above {
            _ if end == lines.len() => Gap::Closing,
            _ if html.contains(&next) || above.is_some_and(|above| html.contains(&above)) => continue,
            _ if end == run.len() => Gap::Opening,
            _ if headings.contains(&next) => Gap::Heading,
            _ => Gap::Inner,
        };
        let kept = if gap == Gap::Closing { 0 } else { 1 };
        let (Some(first), Some(last)) = (run.get(kept), run.last()) else { continue };
        let extra = Span::new(first.span.start, last.span.end + last.line_break);
        found.push(BlankLines { gap, count: run.len(), first: first.span, extra });
    }
    found
}

/// Where a post can have blank lines.
pub(crate) fn all_gaps(layout: &Layout) -> impl Iterator<Item = Gap> {
    let has_headings = layout.blocks.iter().skip(1).any(|block| block.kind == BlockKind::Heading);
    [Gap::Opening, Gap::Closing, Gap::Inner].into_iter().chain(has_headings.then_some(Gap::Heading))
}

/// The lines on which blocks of a kind begin or end.
fn lines_of(layout: &Layout, kind: BlockKind) -> HashSet<usize> {
    let blocks = layout.blocks.iter().filter(|block| block.kind == kind);
    blocks.flat_map(|block| [block.span.start, block.span.end]).filter_map(|at| layout.line_at(at)).collect()
}

/// Blocks that follow each other and that a blank line may part, and whether the second begins right below the first.
pub(crate) fn neighbours<'l>(text: &str, layout: &'l Layout) -> impl Iterator<Item = (&'l Block, &'l Block, bool)> {
    let is_fenced = |block: &Block| block.kind != BlockKind::Code || text[block.span].starts_with(['`', '~']);
    // A line of tags alone belongs to what stands below it, and one that closes a link to what stands above.
    let is_anchor = |block: &Block| block.kind == BlockKind::Paragraph && is_of_tags(&text[block.span]);
    let is_rest = |block: &Block| text[block.span].starts_with([']', ')']);
    let fits =
        move |block: &Block| !block.kind.name().is_empty() && is_fenced(block) && !is_anchor(block) && !is_rest(block);
    layout.blocks.windows(2).filter_map(move |pair| {
        let [above, below] = pair else { return None };
        let (end, start) = (layout.line_at(above.span.end)?, layout.line_at(below.span.start)?);
        let begins_line = layout.lines[start].span.start == below.span.start;
        let may_touch = matches!(above.kind, BlockKind::Paragraph | BlockKind::List | BlockKind::Heading);
        let are_alike = may_touch && above.kind == below.kind;
        (fits(above) && fits(below) && begins_line && !are_alike).then_some((above, below, end + 1 == start))
    })
}

/// `<a name="a"></a>`
fn is_of_tags(text: &str) -> bool {
    text.lines().next_back().is_some_and(|line| line.trim_start().starts_with('<') && line.trim_end().ends_with('>'))
}

/// The white space after keys, `#` and markers of items, where one space would do.
pub(crate) fn gaps(post: &Post, layout: &Layout) -> Vec<(Form, Span)> {
    let mut gaps = after_keys(post);
    gaps.extend(after_hashes(post.text, layout));
    gaps.extend(after_markers(post.text, layout));
    // What looks like a heading or an item may stand within the braces of a template engine.
    gaps.retain(|(_, gap)| !post.body.templates.iter().any(|template| template.span.contains(&gap.start)));
    gaps.sort_by_key(|(_, gap)| gap.start);
    gaps
}

/// Whether white space is other than one space.
pub(crate) fn is_loose(text: &str, gap: &Span) -> bool {
    &text[*gap] != " "
}

fn white(text: &str, start: usize, end: usize) -> Option<Span> {
    let gap = Span::new(start, end);
    (start < end && text[gap].bytes().all(|byte| matches!(byte, b' ' | b'\t'))).then_some(gap)
}

/// `title:   3주차 회고`
fn after_keys(post: &Post) -> Vec<(Form, Span)> {
    let text = post.text;
    let front = post.front_matter().filter(|front| front.format == Format::Yaml);
    let entries = front.into_iter().flat_map(|front| &front.tree.entries).filter(|entry| !entry.value.span.is_empty());
    let gaps = entries.filter_map(|entry| {
        let (key, value) = (entry.key_span.end, entry.value.span.start);
        text[key..value].starts_with(':').then(|| white(text, key + 1, value))?
    });
    gaps.map(|gap| (Form::AfterKey, gap)).collect()
}

/// `##  3주차`
fn after_hashes(text: &str, layout: &Layout) -> Vec<(Form, Span)> {
    let headings = layout.blocks.iter().filter(|block| block.kind == BlockKind::Heading);
    let gaps = headings.filter_map(|heading| {
        let inner = text[heading.span].trim_start_matches('#');
        let start = heading.span.end - inner.len();
        let end = heading.span.end - inner.trim_start_matches([' ', '\t']).len();
        (start > heading.span.start && end < heading.span.end).then(|| white(text, start, end))?
    });
    gaps.map(|gap| (Form::AfterHashes, gap)).collect()
}

/// `-   배치 정규화`, where all items of a list are of one line and nothing is indented below them. Where other lists of the
/// post stand wide as well, which have to, one cannot be brought in line without the others.
fn after_markers(text: &str, layout: &Layout) -> Vec<(Form, Span)> {
    let mut is_plain = vec![true; layout.lists];
    let mut widths: Vec<Option<usize>> = vec![None; layout.lists];
    let mut gaps = Vec::new();
    for item in &layout.items {
        let rest = &text[item.marker.end..item.span.end];
        let end = item.span.end - rest.trim_start_matches([' ', '\t']).len();
        // Markers of several widths before text in one column are aligned on purpose.
        let is_like_others = *widths[item.list].get_or_insert(item.marker.len()) == item.marker.len();
        is_plain[item.list] &= is_like_others && stands_alone(text, layout, item) && end - item.marker.end < 5;
        gaps.extend(white(text, item.marker.end, end).map(|gap| (item.list, gap)));
    }
    if gaps.iter().any(|(list, gap)| !is_plain[*list] && is_loose(text, gap)) {
        return Vec::new();
    }
    gaps.into_iter().filter(|(list, _)| is_plain[*list]).map(|(_, gap)| (Form::AfterMarker, gap)).collect()
}

/// Whether an item is a line of text, and the next line with anything on it is indented no further.
fn stands_alone(text: &str, layout: &Layout, item: &Item) -> bool {
    let Some(index) = layout.line_at(item.span.start) else { return false };
    let line = &layout.lines[index];
    let next = layout.lines[index + 1..].iter().find(|line| line.kind != LineKind::Blank);
    let indent = item.marker.start - line.span.start;
    let is_inside = |next: &str| next.len() - next.trim_start_matches([' ', '\t']).len() > indent;
    matches!(line.kind, LineKind::Text(_))
        && item.span.end <= line.span.end
        && next.is_none_or(|next| !is_inside(&text[next.span]))
}
