//! `rules/invalid-front-matter.md`

use super::Subject;
use crate::blog::Generator;
use crate::finding::Findings;
use crate::post::front_matter::{Fault, Found};

/// What the reader of the front matter could not make sense of, each cause once.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let post = subject.post;
    match &post.found {
        Found::Whole(front) => {
            // Hexo takes tabs for spaces before it reads YAML.
            let is_fine = |fault: &Fault| subject.blog.generator == Generator::Hexo && &post.text[fault.span.clone()] == "\t";
            for fault in front.tree.faults.iter().filter(|fault| !is_fine(fault)) {
                findings.at(fault.span.clone(), &fault.message).help = fault.help.clone();
            }
        }
        Found::Unclosed { opening } => {
            let fence = &post.text[opening.clone()];
            findings
                .at(opening.clone(), format!("no second `{fence}` closes the front matter, so it is printed as text"))
                .help(format!("write `{fence}` on a line of its own below the last key"));
        }
        Found::None | Found::Late { .. } => {}
    }
}
