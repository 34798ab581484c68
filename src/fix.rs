//! Applies what findings say to repair.

use crate::finding::{Edit, Finding};

/// The text with the fixes of some findings, which are in the order of the text. A fix that overlaps one before it is
/// left out whole.
pub fn apply<'f>(text: &str, findings: impl IntoIterator<Item = &'f Finding>) -> String {
    let mut edits: Vec<&Edit> = Vec::new();
    for fix in findings.into_iter().filter_map(|finding| finding.fix.as_ref()) {
        let end = edits.last().map_or(0, |edit| edit.span.end);
        if fix.edits.iter().all(|edit| edit.span.start >= end) {
            edits.extend(&fix.edits);
        }
    }
    let mut fixed = String::with_capacity(text.len());
    let mut kept = 0;
    for edit in edits {
        fixed.push_str(&text[kept..edit.span.start]);
        fixed.push_str(&edit.text);
        kept = edit.span.end;
    }
    fixed + &text[kept..]
}
