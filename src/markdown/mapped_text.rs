//! Text that an engine reads, with the way back to the bytes of the post.
//!
//! Engines take things away before they read on: the indent of a list item, the `>` of a quote, carriage returns. What
//! is left is a text of its own, and every byte of it still has its place in the file.

use std::borrow::Cow;

use crate::text::Span;

/// A text, and where its bytes stand in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MappedText<'a> {
    text: Cow<'a, str>,
    /// The first run, at 0; most texts have no other.
    first: Run,
    /// The others in order; each reaches to the start of the next.
    more: Vec<Run>,
}

/// A stretch of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Run {
    /// Where it starts in the text.
    at: usize,
    /// Where it starts in the file.
    start: usize,
    /// Where it ends in the file.
    end: usize,
    /// Whether the same bytes stand there.
    verbatim: bool,
}

/// A stretch of the text, and the bytes of the file that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Bytes of the text.
    pub at: Span,
    /// Bytes of the file.
    pub source: Span,
    /// Whether the two are the same bytes.
    pub verbatim: bool,
}

impl<'a> MappedText<'a> {
    /// A stretch of the file as it is.
    pub fn verbatim(file: &'a str, span: Span) -> Self {
        let first = Run { at: 0, start: span.start, end: span.end, verbatim: true };
        MappedText { first, more: Vec::new(), text: Cow::Borrowed(&file[span]) }
    }

    /// A stretch that was cut from the file as it is, at its place.
    pub(crate) fn borrowed(text: &'a str, start: usize) -> Self {
        let first = Run { at: 0, start, end: start + text.len(), verbatim: true };
        MappedText { first, more: Vec::new(), text: Cow::Borrowed(text) }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A stretch of this text, which is borrowed if this is.
    pub(crate) fn slice(&self, span: Span) -> Self {
        let Cow::Borrowed(text) = self.text else {
            let mut slice = MappedText::default();
            slice.push(self, span);
            return slice;
        };
        let at = span.start;
        let mut runs = self.pieces(span).map(|Piece { at: place, source, verbatim }| Run {
            at: place.start - at,
            start: source.start,
            end: source.end,
            verbatim,
        });
        let place = self.source(at);
        let first = runs.next().unwrap_or(Run { at: 0, start: place, end: place, verbatim: true });
        MappedText { first, more: runs.collect(), text: Cow::Borrowed(&text[span]) }
    }

    /// Adds a stretch of another text, with its places.
    pub(crate) fn push(&mut self, other: &MappedText, span: Span) {
        if span.is_empty() {
            return;
        }
        for Piece { at, source, verbatim } in other.pieces(span) {
            self.push_run(&other.text[at], source, verbatim);
        }
    }

    /// Adds text that stands at a place of the file as it is.
    pub(crate) fn push_verbatim(&mut self, text: &str, start: usize) {
        self.push_run(text, Span::new(start, start + text.len()), true);
    }

    /// Adds text that stands for other bytes of the file.
    pub(crate) fn push_replaced(&mut self, text: &str, source: Span) {
        self.push_run(text, source, false);
    }

    fn push_run(&mut self, text: &str, source: Span, verbatim: bool) {
        let Span { start, end } = source;
        let run = Run { at: self.text.len(), start, end, verbatim };
        match self.more.last_mut().unwrap_or(&mut self.first) {
            first if self.text.is_empty() => *first = run,
            last if last.verbatim && verbatim && last.end == start => last.end = end,
            _ => self.more.push(run),
        }
        self.text.to_mut().push_str(text);
    }

    /// The pieces of a stretch of the text, in order. A piece that is not verbatim is whole, even if the stretch cuts it.
    pub(crate) fn pieces(&self, span: Span) -> impl Iterator<Item = Piece> + '_ {
        let runs = (self.run_at(span.start)..).map_while(|index| Some((self.run(index)?, self.run(index + 1))));
        let wanted = runs.take_while(move |(run, _)| run.at < span.end);
        wanted.map(move |(run, next)| {
            let end = next.map_or(self.text.len(), |next| next.at);
            let (start, stop) = (span.start.max(run.at), span.end.min(end));
            let source = if run.verbatim {
                run.start + (start - run.at)..run.start + (stop - run.at)
            } else {
                run.start..run.end
            };
            Piece { at: Span::new(start, stop), source: Span::from(source), verbatim: run.verbatim }
        })
    }

    /// The bytes of the file that a stretch of the text is, if all of the text stands there as it is.
    pub(crate) fn verbatim_span(&self, span: Span) -> Option<Span> {
        self.start().map(|start| Span::new(start + span.start, start + span.end))
    }

    /// Where the text begins in the file, if all of it stands there as it is.
    fn start(&self) -> Option<usize> {
        (self.more.is_empty() && self.first.verbatim).then_some(self.first.start)
    }

    /// The byte of the file that a byte of the text stands for; for the end of the text, the end of the last.
    pub(crate) fn source(&self, offset: usize) -> usize {
        if let Some(start) = self.start() {
            return start + offset;
        }
        let Some(run) = self.run(self.run_at(offset)) else { return 0 };
        match run.verbatim {
            true => run.start + (offset - run.at),
            false if offset < self.text.len() => run.start,
            false => run.end,
        }
    }

    /// The bytes of the file from the first to the last byte of a stretch of the text.
    pub(crate) fn span(&self, span: Span) -> Span {
        if let Some(span) = self.verbatim_span(span) {
            return span;
        }
        let start = self.source(span.start);
        if span.is_empty() {
            return Span::empty(start);
        }
        Span::new(
            start,
            self.pieces(Span::new(span.end - 1, span.end)).last().map_or(start, |piece| piece.source.end).max(start),
        )
    }

    fn run(&self, index: usize) -> Option<&Run> {
        index.checked_sub(1).map_or(Some(&self.first), |index| self.more.get(index))
    }

    fn run_at(&self, offset: usize) -> usize {
        self.more.partition_point(|run| run.at <= offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back() {
        let file = "> a b\n> \tc\n";
        let mut quote = MappedText::default();
        quote.push_verbatim("a b\n", 2);
        quote.push_replaced("    ", Span::new(8, 9));
        quote.push_verbatim("c\n", 9);
        assert_eq!(quote.text(), "a b\n    c\n");
        assert_eq!((quote.source(2), quote.source(8), quote.source(10)), (4, 9, 11));
        assert_eq!(quote.span(Span::new(2, 9)), Span::new(4, 10));
        assert_eq!(quote.span(Span::new(5, 6)), Span::new(8, 9));
        let pieces: Vec<_> = quote.pieces(Span::new(2, 9)).map(|piece| (piece.source, piece.verbatim)).collect();
        assert_eq!(pieces, [(Span::new(4, 6), true), (Span::new(8, 9), false), (Span::new(9, 10), true)]);
        let mut inner = MappedText::default();
        inner.push(&quote, Span::new(2, 10));
        assert_eq!(inner.text(), "b\n    c\n");
        assert_eq!(&file[inner.span(Span::new(6, 7))], "c");
        let whole = MappedText::verbatim(file, Span::new(2, 6));
        assert_eq!((whole.text(), whole.source(1), whole.span(Span::new(0, 4))), ("a b\n", 3, Span::new(2, 6)));
    }
}
