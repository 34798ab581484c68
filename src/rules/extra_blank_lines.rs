//! `rules/extra-blank-lines.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::post::layout::{Line, LineKind};
use crate::text::Span;

/// Blank lines after a blank line, and those at the end of the file.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(layout) = context.layout() else { return };
    let below = layout.lines.partition_point(|line| line.span.start < context.post.body.span.start);
    let lines = &layout.lines[below..];
    let alike = |one: &Line, other: &Line| (one.kind == LineKind::Blank) == (other.kind == LineKind::Blank);
    let mut end = 0;
    for run in lines.chunk_by(alike) {
        end += run.len();
        let kept = if end == lines.len() { 0 } else { 1 };
        let (Some(first), Some(last)) = (run.get(kept), run.last()) else { continue };
        if first.kind != LineKind::Blank || end == run.len() && kept == 0 {
            continue;
        }
        let extra = Span::new(first.span.start, last.span.end + last.line_break);
        let (count, place) = (run.len(), if kept == 0 { "at the end of the file" } else { "in a row" });
        let lines = if count == 1 { "a blank line".to_owned() } else { format!("{count} blank lines") };
        findings
            .at(first.span, format!("{lines} {place}"))
            .safe_fix("take the extra blank lines away", vec![Edit::new(extra, "")]);
    }
}
