//! `rules/missing-final-newline.md`

use super::Subject;
use crate::finding::{Edit, Findings};

/// A last line without a line break.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let post = subject.post;
    let end = post.text.len();
    let last = post.last_line();
    let is_open = post.body.code.iter().any(|code| code.content.end == end);
    if subject.layout().is_none() || last.end != end || last.is_empty() || is_open {
        return;
    }
    findings
        .at(last, "the file ends without a line break")
        .safe_fix("end the last line", vec![Edit::insert(end, "\n")]);
}
