//! The proof of a fix: what readers get of the post before and after.
//!
//! A safe fix leaves the page, the formulas that arrive, the data of the front matter and the tags of template engines
//! as they are. A repair changes what its edits and its finding touch; every other block of the page is still there,
//! in its order. What a repair moves is there, too, with its own blocks in their order.

use super::data;
use super::patch::Patch;
use crate::blog::Blog;
use crate::finding::{Edit, Finding};
use crate::liquid::{Liquid, Part};
use crate::markdown::blocks::{Block, blocks_without};
use crate::post::Post;
use crate::post::delivered::Delivered;
use crate::syntax::front_matter::Entry;
use crate::text::{Span, trimmed};

/// A post, and what readers get of it.
pub(crate) struct Reading<'a> {
    post: Post<'a>,
    blocks: Vec<Block>,
    /// The TeX of each formula that arrives, and whether it is set as a display.
    formulas: Vec<Option<(String, bool)>>,
    /// Tags of Liquid and of other template engines.
    tags: Vec<Span>,
    /// Whether Liquid gets to the end of it.
    builds: bool,
}

impl<'a> Reading<'a> {
    /// Looks at a post of a blog with the engine of the blog, or GitHub's where it is not known.
    pub(crate) fn new(post: Post<'a>, blog: &Blog) -> Self {
        Self::without(post, blog, &[])
    }

    /// The same without some comments, which readers do not see.
    pub(crate) fn without(post: Post<'a>, blog: &Blog, comments: &[Span]) -> Self {
        let text = post.text;
        let page = &post.page;
        let arriving = |delivered: &Delivered| match delivered {
            Delivered::Whole { tex, display } => Some((tex.text().to_owned(), *display)),
            _ => None,
        };
        let formulas = page.delivered(&post.body.formulas).iter().map(arriving).collect();
        let mut blocks = blocks_without(page, text, comments);
        for Block { source, whole, .. } in &mut blocks {
            // What holds others ends with the last of them, and not behind the line break.
            let end = text[..source.end].trim_end().len();
            *source = if whole.start == whole.end { Span::empty(end) } else { trimmed(text, *source) };
            *whole = trimmed(text, *whole);
        }
        let liquid = blog.liquid(&post);
        let builds = !liquid.is_some_and(|liquid| liquid.faults.iter().any(|fault| fault.what.stops_the_build()));
        let templates = post.body.templates.iter().map(|template| template.span);
        let tags = liquid.map(|liquid| liquid_tags(text, liquid)).unwrap_or_default().into_iter().chain(templates);
        Reading { tags: tags.collect(), builds, blocks, formulas, post }
    }

    pub(crate) fn post(&self) -> &Post<'a> {
        &self.post
    }

    /// The tags with their bytes.
    fn tags(&self) -> impl Iterator<Item = (&Span, &str)> {
        self.tags.iter().map(|span| (span, &self.post.text[*span]))
    }

    /// The blocks as readers get them, with their bytes.
    fn blocks(&self) -> impl Iterator<Item = (&Span, &str)> {
        self.blocks.iter().map(|block| (&block.source, &*block.seen))
    }
}

/// The tags of Liquid; of a block whose text does not stay where it is, all of it.
fn liquid_tags(text: &str, liquid: &Liquid) -> Vec<Span> {
    let is_elsewhere = |part: &Part| matches!(&text[part.name], "capture" | "comment" | "highlight");
    let mut tags: Vec<Span> = Vec::with_capacity(liquid.parts.len());
    for part in &liquid.parts {
        let is_told = tags.last().is_some_and(|last| part.span.start < last.end);
        let end = part.partner.map(|partner| &liquid.parts[partner].span).filter(|_| is_elsewhere(part));
        if !is_told {
            tags.push(Span::new(part.span.start, end.map_or(part.span.end, |end| end.end.max(part.span.end))));
        }
    }
    tags
}

/// Whether readers get the same of both.
pub(crate) fn same(before: &Reading, after: &Reading) -> bool {
    same_page(before, after) && data::same_entries(data::entries(&before.post), data::entries(&after.post))
}

/// Whether readers get the same of both, and the front matter differs at most in what it says to postlint of findings.
pub(crate) fn suppresses(before: &Reading, after: &Reading) -> bool {
    let entries = |reading: &Reading| -> Vec<Entry> {
        data::entries(&reading.post).iter().filter(|entry| entry.key != "postlint").cloned().collect()
    };
    let written = |reading: &Reading| reading.post.front_matter().map(|front| reading.post.text[front.span].to_owned());
    let kind = |reading: &Reading| reading.post.setting("kind").and_then(|kind| kind.text()).map(str::to_owned);
    same_page(before, after)
        && (written(before) == written(after) || data::same_entries(&entries(before), &entries(after)))
        && kind(before) == kind(after)
}

fn same_page(before: &Reading, after: &Reading) -> bool {
    before.formulas == after.formulas
        && before.builds == after.builds
        && texts(before.tags()).eq(texts(after.tags()))
        && before.post.loads() == after.post.loads()
        && texts(before.blocks()).eq(texts(after.blocks()))
}

fn texts<'r>(parts: impl Iterator<Item = (&'r Span, &'r str)>) -> impl Iterator<Item = &'r str> {
    parts.map(|(_, text)| text)
}

/// Whether a patch changes only what the findings that it answers to speak of.
pub(crate) fn repairs(before: &Reading, after: &Reading, patch: &Patch, findings: &[&Finding]) -> bool {
    let touched = Touched::new(before, patch, findings);
    let same_page = || {
        after.builds
            && touched.before.kept(before.tags()) == touched.after.kept(after.tags())
            && touched.before.kept(before.blocks()) == touched.after.kept(after.blocks())
    };
    // Where Liquid stops there was no page.
    touched.same_data(before, after) && (!before.builds || same_page())
}

/// What a repair may change, before and after.
struct Touched {
    before: Side,
    after: Side,
}

/// What a repair may change in one of the two texts.
struct Side {
    bytes: Spans,
    /// Stretches that the repair takes away in one place and puts in at another, in the same order on both sides.
    moved: Vec<Span>,
}

impl Touched {
    fn new(reading: &Reading, patch: &Patch, findings: &[&Finding]) -> Self {
        let text = reading.post.text;
        let (from, to) = moves(text, patch).into_iter().unzip();
        // The line break at the end of a stretch does not belong to what follows.
        let bytes = |span: &Span| Some(trimmed(text, *span)).filter(|bytes| !bytes.is_empty());
        let edits = patch.edits().map(|(edit, _)| bytes(&edit.span).unwrap_or(edit.span));
        let told = findings.iter().map(|finding| finding.span);
        let mut before = Side { bytes: Spans::new(edits.chain(told)), moved: from };
        // A block that is touched may change as a whole; one that holds others, where its beginning is touched.
        let blocks = reading.blocks.iter().filter(|block| before.may_change(&block.source));
        let blocks: Vec<Span> = blocks.map(|block| block.whole).collect();
        before.bytes = Spans::new(before.bytes.list.into_iter().chain(blocks));
        // Where nothing is left, nothing has changed.
        let images = before.bytes.list.iter().map(|span| patch.image(span));
        let after = Side { bytes: Spans::new(images.filter(|image| !image.is_empty())), moved: to };
        Touched { before, after }
    }

    /// Every key that the repair does not touch has the value that it had, and no other key came or went.
    fn same_data(&self, before: &Reading, after: &Reading) -> bool {
        let old_values = data::by_key(data::entries(&before.post));
        let new_values = data::by_key(data::entries(&after.post));
        let stays = |(entry, bytes): (&Entry, Span)| {
            // Of a key that stands there twice the last value counts.
            let counts = old_values.get(&*entry.key).is_some_and(|value| std::ptr::eq(*value, &entry.value));
            let same = || new_values.get(&*entry.key).is_some_and(|value| data::same_value(&entry.value, value));
            !counts || self.before.bytes.touch(&bytes) || same()
        };
        let expected =
            |(entry, bytes): (&Entry, Span)| old_values.contains_key(&*entry.key) || self.after.bytes.touch(&bytes);
        // What could not be read can now be anything.
        let was_read = before.post.loads();
        data::places(&before.post).all(stays)
            && (!was_read || after.post.loads() && data::places(&after.post).all(expected))
    }
}

impl Side {
    fn may_change(&self, span: &Span) -> bool {
        self.bytes.touch(span) && !self.moved.iter().any(|stretch| contains(stretch, span))
    }

    /// What the repair leaves as it is: for each stretch that it moves, and for the rest, in order.
    fn kept<'r>(&self, parts: impl Iterator<Item = (&'r Span, &'r str)>) -> Vec<Vec<&'r str>> {
        let mut kept = vec![Vec::new(); self.moved.len() + 1];
        for (span, text) in parts.filter(|(span, _)| !self.may_change(span)) {
            let stretch = self.moved.iter().position(|stretch| contains(stretch, span));
            kept[stretch.unwrap_or(self.moved.len())].push(text);
        }
        kept
    }
}

/// Texts that a patch takes away and puts in elsewhere: from where, and to where.
fn moves(text: &str, patch: &Patch) -> Vec<(Span, Span)> {
    /// A word or a line of few characters is written anew; a move is longer.
    const SHORTEST: usize = 8;
    let edits: Vec<(&Edit, Span)> = patch.edits().collect();
    let inserted: Vec<_> = edits.iter().filter(|(edit, _)| edit.text.len() >= SHORTEST).collect();
    let mut moves = Vec::new();
    for (edit, _) in edits.iter().filter(|(edit, _)| edit.span.len() >= SHORTEST) {
        let from = trimmed(text, edit.span);
        let arrives = |(other, image): &&(&Edit, Span)| {
            let at = image.start + other.text.find(&text[from])?;
            Some(Span::new(at, at + from.len()))
        };
        if let Some(to) =
            inserted.iter().copied().take(MOST_MOVES).find_map(|other| arrives(&other)).filter(|_| !from.is_empty())
        {
            moves.push((from, to));
        }
        if moves.len() == MOST_MOVES {
            break;
        }
    }
    moves
}

/// So many stretches are looked for among the texts that are put in.
const MOST_MOVES: usize = 50;

fn contains(one: &Span, other: &Span) -> bool {
    one.start <= other.start && other.end <= one.end
}

/// Bytes of a text: stretches in order, apart from each other.
#[derive(Default)]
struct Spans {
    list: Vec<Span>,
}

impl Spans {
    fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut all: Vec<Span> = spans.collect();
        all.sort_unstable_by_key(|span| (span.start, span.end));
        let mut list: Vec<Span> = Vec::with_capacity(all.len());
        for span in all {
            match list.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => list.push(span),
            }
        }
        Spans { list }
    }

    /// Whether a stretch holds some of the bytes, or ends where they begin.
    fn touch(&self, span: &Span) -> bool {
        let next = self.list.partition_point(|own| own.end < span.start);
        self.list.get(next).is_some_and(|own| own.start <= span.end)
    }
}
