//! `rules/unordered-keys.md`

use super::RuleContext;
use crate::finding::{self, Edit, Findings};
use crate::kinds::longest_in_order;
use crate::post::Post;
use crate::syntax::front_matter::{self, Entry, Format, FrontMatter};
use crate::text::Span;

/// The longest run of keys in the kind's order stays where it is; one finding for each other key.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (Some(kind), Some(front)) = (context.kind, context.post.front_matter()) else { return };
    let rank = |entry: &Entry| kind.schema.front_matter.iter().position(|(key, _)| *key == entry.key);
    let ranked = front.tree.entries.iter().enumerate().filter_map(|(at, entry)| Some((rank(entry)?, at)));
    let keys: Vec<(usize, usize)> = ranked.collect();
    let in_order: Vec<(usize, usize)> = longest_in_order(&keys, |(rank, _)| *rank, |_| true).copied().collect();
    let mut moved: Vec<(usize, usize)> = keys;
    moved.retain(|(_, at)| in_order.binary_search_by_key(at, |(_, at)| *at).is_err());
    // One fix moves them all.
    let mut fix = if moved.is_empty() { None } else { reordered(context.post, front, &moved, &in_order) };
    for &(rank, at) in &moved {
        let (place, other) = match in_order.iter().find(|(other, _)| *other > rank) {
            Some((_, next)) => ("before", *next),
            None => ("after", in_order[in_order.len() - 1].1),
        };
        let [entry, other] = [at, other].map(|at| &front.tree.entries[at]);
        let message = format!("`{}` belongs {place} `{}`", entry.key, other.key);
        let finding = findings.at(entry.key_span, message);
        finding.label(other.key_span, format!("{place} this key"));
        if let Some(edit) = fix.take() {
            finding.safe_fix("put the keys in the order of the kind", vec![edit]);
        }
    }
}

/// All keys with their lines and comments in order, where that is sure to be the same data.
fn reordered(post: &Post, front: &FrontMatter, moved: &[(usize, usize)], in_order: &[(usize, usize)]) -> Option<Edit> {
    let chunks = chunks(post.text, front).filter(|_| front.tree.faults.is_empty())?;
    let mut order: Vec<usize> = (0..chunks.len()).filter(|at| moved.iter().all(|(_, moved)| moved != at)).collect();
    let mut by_rank = moved.to_vec();
    by_rank.sort_unstable();
    let mut last = in_order.last()?.1;
    for (rank, at) in by_rank {
        let next = in_order.iter().find(|(other, _)| *other > rank);
        let place = order.iter().position(|chunk| *chunk == next.map_or(last, |(_, next)| *next))?;
        order.insert(place + usize::from(next.is_none()), at);
        last = if next.is_none() { at } else { last };
    }
    let text: String = order.iter().map(|&chunk| &post.text[chunks[chunk]]).collect();
    let edit = Edit::new(Span::new(chunks.first()?.start, chunks.last()?.end), text);
    keeps_data(post, front, &edit).then_some(edit)
}

/// The lines of each entry with the comment above it, if each has lines of its own.
fn chunks(text: &str, front: &FrontMatter) -> Option<Vec<Span>> {
    let content = &front.content;
    let starts = front.tree.entries.iter().map(|entry| {
        let start = entry.key_span.start;
        let begins_line = start == content.start || text[..start].ends_with('\n');
        begins_line.then(|| above_comments(text, Span::new(content.start, start)))
    });
    let mut starts = starts.collect::<Option<Vec<usize>>>()?;
    starts.push(content.end);
    let is_block = front.format == Format::Yaml && starts.is_sorted();
    is_block.then(|| starts.windows(2).map(|pair| Span::new(pair[0], pair[1])).collect())
}

/// Where the lines of comment right above a line begin.
fn above_comments(text: &str, above: Span) -> usize {
    let comments = text[above].split_inclusive('\n').rev().take_while(|line| line.starts_with('#'));
    above.end - comments.map(str::len).sum::<usize>()
}

/// Whether every key has the same value after an edit. What is repeated by its name in YAML must stand after it.
fn keeps_data(post: &Post, front: &FrontMatter, edit: &Edit) -> bool {
    let written = &post.text[front.content];
    let text = finding::edited(post.text, [edit]);
    let other = front_matter::read(&text);
    let Some(new) = other.whole().filter(|_| !written.contains('*') || !written.contains('&')) else {
        return false;
    };
    let value = |text: &str, entry: &Entry| text[entry.value.span].to_owned();
    let same = |entry: &Entry| new.get(&entry.key).is_some_and(|new| value(&text, new) == value(post.text, entry));
    new.tree.faults.is_empty()
        && new.tree.entries.len() == front.tree.entries.len()
        && front.tree.entries.iter().all(same)
}
