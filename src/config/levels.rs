//! Lists of sections whose headings are not below those that they are part of: known when all kinds are folded.

use crate::finding::Findings;
use crate::kinds::Kinds;
use crate::syntax::front_matter::Tree;
use crate::text::Span;

/// Tells them where the level is written, or as near as this config comes to it where a kind takes its list over.
pub(super) fn check(tree: &Tree, kinds: &Kinds, faults: &mut Findings) {
    for kind in kinds.iter() {
        let Some(sections) = &kind.schema.sections else { continue };
        for (path, refused) in sections.misfits(sections.heading_level()) {
            // Whoever takes all of it over is told where it is written.
            if let Some(span) = place(tree, &kind.name, &path) {
                faults.at(span, refused.message).help = refused.help;
            }
        }
    }
}

fn place(tree: &Tree, kind: &str, path: &[usize]) -> Option<Span> {
    let mut sections = tree.find(&["kinds", kind, "sections"])?;
    for &index in path {
        let item = sections.value.get("list").and_then(|list| list.items().get(index));
        let Some(within) = item.and_then(|item| item.entries().iter().find(|entry| entry.key == "sections")) else {
            break;
        };
        sections = within;
    }
    Some(sections.value.get("level").map_or(sections.key_span, |level| level.span))
}
