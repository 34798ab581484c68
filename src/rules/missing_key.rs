//! `rules/missing-key.md`

use super::RuleContext;
use crate::finding::Findings;

/// Each key that the kind asks for and that is not there or says nothing.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(kind) = context.kind else { return };
    // Without any front matter, `missing-front-matter` names the keys.
    let Some(front) = context.post.front_matter() else { return };
    let is_misspelt = |key: &str| {
        let mut written = front.tree.entries.iter();
        written.any(|entry| kind.schema.meant(&entry.key, front) == Some(key))
    };
    for key in kind.schema.required_keys() {
        match front.get(key) {
            Some(entry) if entry.value.is_empty() => {
                findings.at(entry.key_span, format!("`{key}` has no value")).help("give it one");
            }
            None if front.tree.complete && !is_misspelt(key) => {
                findings
                    .at(front.closing, format!("the key `{key}` is missing"))
                    .help(format!("the kind `{}` asks for it", kind.name));
            }
            _ => {}
        }
    }
}
