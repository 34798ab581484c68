//! `rules/missing-key.md`

use super::Subject;
use crate::finding::Findings;
use crate::post::front_matter::Found;

/// Each key that the kind asks for and that is not there or says nothing; all at once where there is no front matter.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let Some(kind) = subject.kind else { return };
    let front = match &subject.post.found {
        Found::Whole(front) => front,
        Found::None if kind.schema.required_keys().next().is_some() => {
            let keys: Vec<String> = kind.schema.required_keys().map(|key| format!("`{key}`")).collect();
            let message = format!("there is no front matter, and a {} needs {}", kind.name, keys.join(", "));
            findings.at(subject.post.first_line(), message);
            return;
        }
        _ => return,
    };
    let is_misspelt = |key: &str| {
        let mut written = front.tree.entries.iter();
        written.any(|entry| kind.schema.meant(&entry.key, front) == Some(key))
    };
    for key in kind.schema.required_keys() {
        match front.get(key) {
            Some(entry) if entry.value.is_empty() => {
                findings.at(entry.key_span.clone(), format!("`{key}` has no value")).help("give it one");
            }
            None if front.tree.complete && !is_misspelt(key) => {
                findings
                    .at(front.closing.clone(), format!("the key `{key}` is missing"))
                    .help(format!("a {} needs it", kind.name));
            }
            _ => {}
        }
    }
}
