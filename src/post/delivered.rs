//! What of a formula reaches the page's text, which is what MathJax or KaTeX in the page get to see.

mod html;

use std::borrow::Cow;

use crate::markdown::document::Formula;
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Event, Page, What};
use crate::text::Span;

/// What arrives of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Delivered<'a> {
    /// Its TeX in one piece, perhaps with other characters, with the way back: [`MappedText::span`] leads from bytes of
    /// what arrives to bytes of the file.
    Whole {
        /// The TeX.
        tex: MappedText<'a>,
        /// Whether it is set as a display: kramdown sets `$$` in running text inline.
        display: bool,
    },
    /// Markup begins or ends inside, so that no piece of text holds all of it: the first event that cuts, an index of
    /// [`Page::events`].
    Cut(usize),
    /// It is text like any other: its delimiters do not arrive, or no math engine of the site looks for them.
    Unseen,
    /// The math engine in the page takes its delimiters together with others, so that it is text, or a part of another.
    PairedOtherwise,
    /// Nothing: it is not in the page's text.
    Gone,
}

impl<'a> Page<'a> {
    /// What arrives of each of the formulas, which are in the order of the text.
    pub(crate) fn delivered(&self, formulas: &[Formula]) -> Vec<Delivered<'a>> {
        let mut arrived = vec![Delivered::Gone; formulas.len()];
        if formulas.is_empty() {
            return arrived;
        }
        // A block of HTML comes line by line where its lines do not stand side by side in the file.
        let mut html_from = None;
        for (index, event) in self.events.iter().enumerate() {
            let is_html = matches!(event.what, What::Html(_));
            let begins = || self.html_blocks.binary_search_by_key(&event.source.start, |block| block.start).is_ok();
            html_from = is_html.then(|| html_from.filter(|_| !begins()).unwrap_or(event.source.start));
            let first = formulas.partition_point(|formula| formula.span.end <= event.source.start);
            let around = formulas.iter().zip(&mut arrived).skip(first);
            for (formula, arrived) in around.take_while(|(formula, _)| formula.span.start <= event.source.end) {
                let is_of_block =
                    html_from.is_none_or(|start| start > formula.span.start || start == event.source.start);
                if is_of_block || covers(&event.source, &formula.span) {
                    arrived.take(index, event, formula);
                }
            }
        }
        for (formula, arrived) in formulas.iter().zip(&mut arrived) {
            arrived.finish(formula);
        }
        if self.passes_html {
            self.read_as_html(formulas, &mut arrived);
        }
        arrived
    }

    /// What tells whether the Markdown engine takes what a formula is, and perhaps more, out of the text.
    pub(crate) fn sets(&self) -> impl Fn(&Formula) -> bool + use<> {
        let math = self.events.iter().filter(|event| matches!(event.what, What::Math { .. }));
        let mut taken: Vec<Span> = math.map(|event| event.source).collect();
        taken.sort_unstable_by_key(|span| span.start);
        // Of each the end of that which goes on the furthest, of those that begin before.
        let mut furthest = 0;
        for span in &mut taken {
            furthest = furthest.max(span.end);
            span.end = furthest;
        }
        move |formula| {
            let begun = taken.partition_point(|span| span.start <= formula.span.start);
            taken[..begun].last().is_some_and(|last| last.end >= formula.span.end)
        }
    }

    /// Cuts formulas at the line breaks in them: KaTeX looks for a formula in what stands between two elements, be they
    /// only `<br>` (0.16, `contrib/auto-render`, `renderElem`), other than MathJax.
    pub(crate) fn cut_at_breaks(&self, formulas: &[Formula], arrived: &mut [Delivered<'a>]) {
        let breaks = self.events.iter().enumerate().filter(|(_, event)| matches!(event.what, What::Break));
        for (index, event) in breaks {
            let at = formulas.partition_point(|formula| formula.span.end <= event.source.start);
            let holds = formulas.get(at).is_some_and(|formula| formula.span.start < event.source.start);
            if let Some(Delivered::Whole { .. }) = arrived.get(at).filter(|_| holds) {
                arrived[at] = Delivered::Cut(index);
            }
        }
    }
}

impl<'a> Delivered<'a> {
    /// What arrives as it is written.
    pub(crate) fn verbatim(text: &'a str, formula: &Formula) -> Self {
        Delivered::Whole { tex: MappedText::verbatim(text, *formula.meant()), display: formula.display }
    }

    /// The TeX that arrives, if one piece of text holds it.
    pub(crate) fn tex(&self) -> Option<&str> {
        match self {
            Delivered::Whole { tex, .. } => Some(tex.text()),
            _ => None,
        }
    }

    fn take(&mut self, index: usize, event: &Event<'a>, formula: &Formula) {
        let Event { what, source } = event;
        let within = |at: usize| formula.span.start < at && at < formula.span.end;
        let wanted = wanted(formula);
        match what {
            What::Math { tex, display } if covers(source, &formula.span) => {
                *self = Delivered::Whole { tex: MappedText::clone(tex), display: *display };
            }
            What::Text(text) if overlaps(source, wanted) => self.add(clipped(text, source, wanted), formula.display),
            What::Break if within(source.start) && matches!(self, Delivered::Whole { .. }) => {
                let mut line = MappedText::default();
                line.push_replaced("\n", *source);
                self.add(line, formula.display);
            }
            What::Text(_) | What::Break => {}
            What::Html(Cow::Borrowed(html)) if covers(source, &formula.span) && html.len() == source.len() => {
                let tex = clipped(&Cow::Borrowed(*html), source, wanted);
                // Tags and references to characters are not read here.
                if !tex.text().contains(['<', '&']) {
                    self.add(tex, formula.display);
                }
            }
            // The engine sets its code apart as math.
            What::Start(_) | What::End if formula.is_code() => {}
            What::Start(_) | What::Html(_) | What::Rule if within(source.start) => self.cut(index),
            What::Math { .. } if overlaps(source, &formula.span) => self.cut(index),
            What::End if within(source.end) => self.cut(index),
            _ => {}
        }
    }

    fn add(&mut self, text: MappedText<'a>, display: bool) {
        match self {
            Delivered::Gone => *self = Delivered::Whole { tex: text, display },
            Delivered::Whole { tex, .. } => tex.push(&text, Span::new(0, text.text().len())),
            Delivered::Cut(_) | Delivered::Unseen | Delivered::PairedOtherwise => {}
        }
    }

    fn cut(&mut self, index: usize) {
        if !matches!(self, Delivered::Cut(_)) {
            *self = Delivered::Cut(index);
        }
    }

    /// Takes away the delimiters that had to arrive, too.
    fn finish(&mut self, formula: &Formula) {
        let Delivered::Whole { tex, display } = self else { return };
        let text = tex.text();
        // What the engine sets apart comes without them.
        let is_set_apart = !formula.is_environment() && tex.source(0) >= formula.tex.start;
        match formula.arriving() {
            _ if is_set_apart => {}
            Some((open, close))
                if text.len() >= open.len() + close.len() && text.starts_with(open) && text.ends_with(close) =>
            {
                let inner = if formula.is_environment() { 0..text.len() } else { open.len()..text.len() - close.len() };
                *self = Delivered::Whole { tex: tex.slice(Span::from(inner)), display: *display };
            }
            Some(_) => *self = Delivered::Unseen,
            None => {}
        }
    }
}

/// The bytes of a formula that are looked for in the page: its TeX, with the delimiters that can change on the way.
fn wanted(formula: &Formula) -> &Span {
    if formula.arriving().is_some() { &formula.span } else { &formula.tex }
}

/// A block of math also has the white space around it.
fn covers(one: &Span, other: &Span) -> bool {
    one.start <= other.start && other.end <= one.end
}

fn overlaps(one: &Span, other: &Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// The part of a text that stands in a span, where the text is the bytes of its source; else all of it.
fn clipped<'a>(text: &Cow<'a, str>, source: &Span, within: &Span) -> MappedText<'a> {
    let from = within.start.saturating_sub(source.start);
    let to = text.len().min(within.end - source.start.min(within.end));
    match text {
        Cow::Borrowed(text) if text.len() == source.len() => match text.get(from..to) {
            Some(part) => MappedText::borrowed(part, source.start + from),
            None => MappedText::borrowed(text, source.start),
        },
        _ => {
            let mut content = MappedText::default();
            content.push_replaced(text, *source);
            content
        }
    }
}

#[cfg(test)]
mod tests;
