//! Edits of a text that go together, and where its bytes stand afterwards.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::finding::{Edit, Finding, edited};
use crate::text::Span;

/// The fixes of one round that do not overlap.
#[derive(Debug, Default)]
pub(crate) struct NonOverlapping {
    /// The bytes that they replace: start and end.
    spans: BTreeMap<usize, usize>,
}

impl NonOverlapping {
    /// Takes a fix, unless it overlaps one that is taken, or its edits are none of this text.
    pub(crate) fn take(&mut self, text: &str, finding: &Finding) -> bool {
        let Some(fix) = &finding.fix else { return false };
        let fits = |edit: &Edit| text.get(edit.span.range()).is_some() && self.is_free(&edit.span);
        let in_order = fix.edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
        if fix.edits.is_empty() || !in_order || !fix.edits.iter().all(fits) {
            return false;
        }
        for Edit { span, .. } in &fix.edits {
            let end = self.spans.entry(span.start).or_default();
            *end = span.end.max(*end);
        }
        true
    }

    /// Two texts that go in at the same place have no order: the second waits for the next round.
    fn is_free(&self, span: &Span) -> bool {
        let before = self.spans.range(..span.end.max(span.start + 1)).next_back();
        before.is_none_or(|(&start, &end)| if start == span.start { false } else { end <= span.start })
    }
}

/// Edits of a text in order, none over another.
#[derive(Debug, Default)]
pub(crate) struct Patch {
    edits: Vec<Placed>,
}

/// An edit, and where its text stands afterwards.
#[derive(Debug)]
struct Placed {
    edit: Edit,
    start: usize,
}

impl Placed {
    fn end(&self) -> usize {
        self.start + self.edit.text.len()
    }
}

impl Patch {
    /// The fixes of some findings, which [`NonOverlapping`] has taken.
    pub(crate) fn of(text: &str, findings: &[&Finding]) -> Patch {
        let fixes = findings.iter().filter_map(|finding| finding.fix.as_ref());
        Patch::new(text, fixes.flat_map(|fix| &fix.edits).cloned().collect())
    }

    fn new(text: &str, mut edits: Vec<Edit>) -> Patch {
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        let mut patch = Patch { edits: Vec::with_capacity(edits.len()) };
        for mut edit in edits {
            if let Cow::Owned(written) = with_line_breaks_of(text, &edit.text) {
                edit.text = written;
            }
            let start = patch.after(edit.span.start);
            patch.edits.push(Placed { edit, start });
        }
        patch
    }

    /// The text with the edits made.
    pub(crate) fn apply(&self, text: &str) -> String {
        edited(text, self.edits.iter().map(|placed| &placed.edit))
    }

    /// The edits with the bytes that their text has afterwards.
    pub(crate) fn edits(&self) -> impl Iterator<Item = (&Edit, Span)> {
        self.edits.iter().map(|placed| (&placed.edit, Span::new(placed.start, placed.end())))
    }

    /// Where a stretch of the text stands afterwards, with what was put in at its ends.
    pub(crate) fn image(&self, span: &Span) -> Span {
        Span::new(self.before(span.start), self.after(span.end))
    }

    /// The same without what was put in at its ends.
    pub(crate) fn moved(&self, span: &Span) -> Span {
        let start = self.after(span.start);
        Span::new(start, self.before(span.end).max(start))
    }

    /// Where a byte stands afterwards; of a place where text goes in, the start of that text.
    fn before(&self, offset: usize) -> usize {
        let first = self.edits.partition_point(|placed| placed.edit.span.start < offset);
        self.place(first, offset, |placed| placed.start)
    }

    /// The same, but the end of a text that goes in.
    fn after(&self, offset: usize) -> usize {
        let first = self.edits.partition_point(|placed| placed.edit.span.start <= offset);
        self.place(first, offset, Placed::end)
    }

    /// `next` is the first edit that begins behind the byte; `inside` is for a byte that an edit takes away.
    fn place(&self, next: usize, offset: usize, inside: impl Fn(&Placed) -> usize) -> usize {
        let Some(placed) = next.checked_sub(1).map(|last| &self.edits[last]) else { return offset };
        match offset.checked_sub(placed.edit.span.end) {
            Some(behind) => placed.end() + behind,
            None => inside(placed),
        }
    }
}

/// What rules write with `\n`, with the line breaks of the file.
fn with_line_breaks_of<'e>(text: &str, written: &'e str) -> Cow<'e, str> {
    let first = || memchr::memchr(b'\n', text.as_bytes());
    if !written.contains('\n') || !first().is_some_and(|at| text[..at].ends_with('\r')) {
        return written.into();
    }
    written.replace("\r\n", "\n").replace('\n', "\r\n").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Findings, RuleId};

    fn finding(edits: Vec<Edit>) -> Finding {
        let mut findings = Findings::of(RuleId::new("placeholder"), "");
        findings.at(Span::empty(0), "here").safe_fix("write it", edits);
        findings.into_vec().remove(0)
    }

    #[test]
    fn places() {
        let patch = Patch::new("abcdef", vec![Edit::new(Span::new(3, 5), "X"), Edit::insert(1, "--")]);
        assert_eq!(patch.apply("abcdef"), "a--bcXf");
        assert_eq!((patch.before(1), patch.after(1), patch.before(2)), (1, 3, 4));
        assert_eq!((patch.before(4), patch.after(4), patch.after(5), patch.after(6)), (5, 6, 6, 7));
        assert_eq!(patch.image(&Span::new(1, 4)), Span::new(1, 6));
        assert_eq!((patch.moved(&Span::new(1, 3)), patch.moved(&Span::empty(1))), (Span::new(3, 5), Span::empty(3)));
    }

    #[test]
    fn overlaps() {
        let text = "abcdef";
        for (one, other, fits) in [
            (vec![Edit::new(Span::new(1, 3), "")], vec![Edit::new(Span::new(3, 4), "")], true),
            (vec![Edit::new(Span::new(1, 3), "")], vec![Edit::new(Span::new(2, 4), "")], false),
            (vec![Edit::new(Span::new(2, 4), "")], vec![Edit::new(Span::new(1, 3), "")], false),
            (vec![Edit::new(Span::new(1, 5), "")], vec![Edit::new(Span::new(2, 3), "")], false),
            (vec![Edit::new(Span::new(2, 3), "")], vec![Edit::new(Span::new(1, 5), "")], false),
            (vec![Edit::insert(2, "x")], vec![Edit::insert(2, "y")], false),
            (vec![Edit::insert(2, "x")], vec![Edit::new(Span::new(2, 3), "y")], false),
            (vec![Edit::new(Span::new(1, 2), "")], vec![Edit::insert(2, "y")], true),
            (vec![Edit::insert(1, ""), Edit::insert(5, "")], vec![Edit::new(Span::new(2, 4), "")], true),
            (vec![], vec![Edit::new(Span::new(5, 9), "")], false),
            (vec![], vec![Edit::insert(4, ""), Edit::insert(2, "")], false),
        ] {
            let mut taken = NonOverlapping::default();
            taken.take(text, &finding(one.clone()));
            assert_eq!(taken.take(text, &finding(other.clone())), fits, "{one:?} {other:?}");
        }
    }

    #[test]
    fn line_breaks() {
        for (text, fixed) in [("a\r\nb", "\r\na\r\nb"), ("a\nb", "\na\nb"), ("a", "\na")] {
            assert_eq!(Patch::new(text, vec![Edit::insert(0, "\n")]).apply(text), fixed);
        }
    }
}
