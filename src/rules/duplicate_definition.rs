//! `rules/duplicate-definition.md`

use std::collections::HashMap;

use super::RuleContext;
use crate::finding::Findings;
use crate::markdown::document::Definition;
use crate::markdown::document::definitions::{folded, is_comment, written_destination};
use crate::text::beginning;

/// Two definitions with one label and different destinations: one of them counts for nothing.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some(profile) = context.engine().filter(|_| post.body.definitions.len() > 1) else { return };
    let taken = if profile.takes_last_definition() { "last" } else { "first" };
    let mut before: HashMap<String, &Definition> = HashMap::new();
    for definition in post.body.definitions.iter().filter(|definition| !is_comment(definition)) {
        let first = *before.entry(folded(&definition.label)).or_insert(definition);
        let destination = |definition| written_destination(post.text, definition);
        if first.span != definition.span && destination(first) != destination(definition) {
            let label = beginning(&definition.label, 100);
            let message = format!("`[{label}]` is defined twice, and {} takes the {taken} one", profile.name());
            let finding = findings.at(definition.span, message);
            finding.label(first.span, "the first one");
            finding.help("give one of them another label");
        }
    }
}
