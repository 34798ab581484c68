//! `rules/invalid-front-matter.md`

use super::Subject;
use crate::finding::Findings;
use crate::post::front_matter::Found;

/// What the reader of the front matter could not make sense of, each cause once.
pub fn check(subject: &Subject, findings: &mut Findings) {
    match &subject.post.found {
        Found::Whole(front) => {
            for fault in &front.tree.faults {
                findings.at(fault.span.clone(), &fault.message).help = fault.help.clone();
            }
        }
        Found::Unclosed { opening } => {
            let fence = &subject.post.text[opening.clone()];
            findings
                .at(opening.clone(), format!("no second `{fence}` closes the front matter, so it is printed as text"))
                .help(format!("write `{fence}` on a line of its own below the last key"));
        }
        Found::None | Found::Late { .. } => {}
    }
}
