//! What of a formula reaches the page's text, which is what MathJax or KaTeX in the page get to see.

use std::borrow::Cow;

use super::content::Content;
use super::page::{Event, Page, What};
use crate::post::body::Formula;
use crate::text::Span;

/// What arrives of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivered<'a> {
    /// Its TeX in one piece, perhaps with other characters, with the way back: [`Content::span`] leads from bytes of
    /// what arrives to bytes of the file.
    Whole(Content<'a>),
    /// Markup begins or ends inside, so that no piece of text holds all of it: the first event that cuts, an index of
    /// [`Page::events`].
    Cut(usize),
    /// It is text like any other: its delimiters do not arrive, or no math engine of the site looks for them.
    Unseen,
    /// Nothing: it is not in the page's text.
    Gone,
}

impl<'a> Page<'a> {
    /// What arrives of each of the formulas, which are in the order of the text.
    pub fn delivered(&self, formulas: &[Formula]) -> Vec<Delivered<'a>> {
        let mut arrived = vec![Delivered::Gone; formulas.len()];
        if formulas.is_empty() {
            return arrived;
        }
        for (index, event) in self.events.iter().enumerate() {
            let first = formulas.partition_point(|formula| formula.span.end <= event.source.start);
            let around = formulas.iter().zip(&mut arrived).skip(first);
            for (formula, arrived) in around.take_while(|(formula, _)| formula.span.start <= event.source.end) {
                arrived.take(index, event, formula);
            }
        }
        for (formula, arrived) in formulas.iter().zip(&mut arrived) {
            arrived.finish(formula);
        }
        arrived
    }
}

impl<'a> Delivered<'a> {
    /// The TeX that arrives, if one piece of text holds it.
    pub fn tex(&self) -> Option<&str> {
        match self {
            Delivered::Whole(tex) => Some(tex.text()),
            _ => None,
        }
    }

    fn take(&mut self, index: usize, event: &Event<'a>, formula: &Formula) {
        let Event { what, source } = event;
        let within = |at: usize| formula.span.start < at && at < formula.span.end;
        let wanted = wanted(formula);
        match what {
            What::Math { tex, .. } if covers(source, &formula.span) => *self = Delivered::Whole(tex.clone()),
            What::Text(text) if overlaps(source, wanted) => self.add(clipped(text, source, wanted)),
            What::Text(_) | What::Break => {}
            // The engine sets its code apart as math.
            What::Start(_) | What::End if formula.is_code() => {}
            What::Start(_) | What::Html(_) | What::Rule if within(source.start) => self.cut(index),
            What::Math { .. } if overlaps(source, &formula.span) => self.cut(index),
            What::End if within(source.end) => self.cut(index),
            _ => {}
        }
    }

    fn add(&mut self, text: Content<'a>) {
        match self {
            Delivered::Gone => *self = Delivered::Whole(text),
            Delivered::Whole(tex) => tex.push(&text, 0..text.text().len()),
            Delivered::Cut(_) | Delivered::Unseen => {}
        }
    }

    fn cut(&mut self, index: usize) {
        if !matches!(self, Delivered::Cut(_)) {
            *self = Delivered::Cut(index);
        }
    }

    /// Takes away the delimiters that had to arrive, too.
    fn finish(&mut self, formula: &Formula) {
        let Delivered::Whole(tex) = self else { return };
        let text = tex.text();
        // What the engine sets apart comes without them.
        let is_set_apart = !formula.is_environment() && tex.source(0) >= formula.tex.start;
        match formula.arriving() {
            _ if is_set_apart => {}
            Some((open, close))
                if text.len() >= open.len() + close.len() && text.starts_with(open) && text.ends_with(close) =>
            {
                let inner = if formula.is_environment() { 0..text.len() } else { open.len()..text.len() - close.len() };
                *self = Delivered::Whole(tex.slice(inner));
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
fn clipped<'a>(text: &Cow<'a, str>, source: &Span, within: &Span) -> Content<'a> {
    let from = within.start.saturating_sub(source.start);
    let to = text.len().min(within.end - source.start.min(within.end));
    match text {
        Cow::Borrowed(text) if text.len() == source.len() => match text.get(from..to) {
            Some(part) => Content::borrowed(part, source.start + from),
            None => Content::borrowed(text, source.start),
        },
        _ => {
            let mut content = Content::default();
            content.push_replaced(text, source.clone());
            content
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Post;
    use crate::render::{Markdown, Profile};

    #[test]
    fn the_way_back() {
        use Markdown::{Goldmark, KramdownGfm, PulldownCmark};
        for (engine, text, tex, part, source) in [
            (KramdownGfm, "값 $a_1 + b$\n", "a_1 + b", "b", "b"),
            (KramdownGfm, "$$\nx_1\n$$\n", "x_1", "x_1", "x_1"),
            (KramdownGfm, "> $$\n> a\n> + b\n> $$\n", "a\n+ b", "a\n+", "a\n> +"),
            (KramdownGfm, "- a\n\n  $$\n  a\n  b\n  $$\n", "a\nb", "b", "b"),
            (KramdownGfm, "$\\\\{a\\\\}$\n", "\\{a\\}", "\\}", "\\\\}"),
            (KramdownGfm, "$a &lt; b'$\n", "a < b’", "<", "&lt;"),
            (KramdownGfm, "$1, ..., n$\n", "1, …, n", "n", "n"),
            (KramdownGfm, "$a\nb$\n", "a\nb", "b", "b"),
            (PulldownCmark, "$a\\_b$ c\n", "a_b", "_b", "_b"),
            (Goldmark, "> $a ... b$\n", "a … b", "b", "b"),
        ] {
            let post = Post::parse("a.md", text);
            let page = Profile::of(engine).page(text, &Content::verbatim(text, 0..text.len()));
            let delivered = page.delivered(&post.body.formulas);
            let [Delivered::Whole(content)] = &delivered[..] else { panic!("{text}: {delivered:?}") };
            assert_eq!(content.text().trim(), tex, "{text}");
            let at = content.text().find(part).expect("a part");
            assert_eq!(&text[content.span(at..at + part.len())], source, "{text}");
        }
    }
}
