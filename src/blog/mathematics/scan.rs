//! What the math engine of a site takes together in a page, whatever its author meant: MathJax 3.2.2 (`FindTeX.ts`) in each
//! stretch of text between two tags, KaTeX 0.16 (`contrib/auto-render/splitAtDelimiters.js`) in each node of text.

use super::{Engine, Mathematics};
use crate::markdown::commonmark::Delimiter;
use crate::markdown::document::Formula;
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Event, Page, Tag, What};
use crate::post::delivered::Delivered;
use crate::text::{Span, holding};

/// Behind so many signs in a stretch of text that nothing closes, nobody reads on: each makes a search to its end.
const MOST_UNCLOSED: usize = 64;

/// Two delimiters that the engine takes together.
#[derive(Debug)]
pub(crate) struct Pair<'p> {
    /// The opening one.
    pub open: &'p str,
    /// What stands between them on the page.
    pub tex: &'p str,
    /// What stands right behind the closing one, if that is no tag.
    pub next: Option<char>,
    /// All of it in the file.
    pub span: Span,
}

impl Mathematics {
    /// Tells the formulas apart that the engine does not find in a page: those that a line break cuts for KaTeX, and those
    /// between signs that it takes together with others.
    pub(crate) fn look_for<'a>(&self, page: &Page<'a>, formulas: &[Formula], delivered: &mut [Delivered<'a>]) {
        if self.engine == Some(Engine::Katex) && self.delimiters.is_some() {
            page.cut_at_breaks(formulas, delivered);
        }
        let is_open = |formula: &Formula, delivered: &Delivered| {
            formula.delimiter.starts_with('$') && matches!(delivered, Delivered::Whole { .. })
        };
        let mut all = formulas.iter().zip(&*delivered);
        if self.looks_for("$") != Some(true) || !all.any(|(formula, delivered)| is_open(formula, delivered)) {
            return;
        }
        let mut found = Vec::new();
        self.pairs(page, |pair| found.push(pair.span.start));
        let mut texts: Vec<Span> = page.text().map(|(_, source)| *source).collect();
        found.sort_unstable();
        // Those of footnotes stand elsewhere.
        texts.sort_unstable_by_key(|text| text.start);
        for (formula, delivered) in formulas.iter().zip(delivered) {
            let start = formula.span.start;
            let is_text = is_open(formula, delivered) && holding(&texts, start, |text| text).is_some();
            if is_text && found.binary_search(&start).is_err() {
                *delivered = Delivered::PairedOtherwise;
            }
        }
    }

    /// Shows the pairs of a page that begin with a sign of text; none where it is not known what the engine looks for.
    pub(crate) fn pairs(&self, page: &Page, mut see: impl FnMut(Pair)) {
        let (Some(engine), Some(delimiters)) = (self.engine, &self.delimiters) else { return };
        let mut begins = [false; 256];
        let first = delimiters.iter().filter_map(|pair| pair.open.as_bytes().first());
        first.chain(b"\\").for_each(|&byte| begins[usize::from(byte)] = true);
        let mut pair_in =
            |events: &[Event]| pair(&stretch(events), engine, delimiters, |byte| begins[usize::from(byte)], &mut see);
        // Where the stretch of text began, and whether a dollar sign stands in it.
        let (mut start, mut has_sign) = (0, false);
        // How many elements are open that no engine looks into, or that are inside of one.
        let mut ignored = 0_usize;
        for (at, event) in page.events.iter().enumerate() {
            match &event.what {
                What::Text(text) if ignored == 0 => {
                    has_sign |= memchr::memchr(b'$', text.as_bytes()).is_some();
                    continue;
                }
                What::Break if ignored == 0 && engine != Engine::Katex => continue,
                What::Start(element) if ignored > 0 || is_ignored(&element.tag) => ignored += 1,
                What::End => ignored = ignored.saturating_sub(1),
                _ => {}
            }
            if has_sign {
                pair_in(&page.events[start..at]);
            }
            (start, has_sign) = (at + 1, false);
        }
        if has_sign {
            pair_in(&page.events[start..]);
        }
    }
}

/// The text of events that are text and breaks of lines.
fn stretch<'p>(events: &'p [Event]) -> MappedText<'p> {
    if let [Event { what: What::Text(text), source }] = events
        && text.len() == source.len()
    {
        return MappedText::borrowed(text, source.start);
    }
    let mut run = MappedText::default();
    for Event { what, source } in events {
        match what {
            What::Text(text) if text.len() == source.len() => run.push_verbatim(text, source.start),
            What::Text(text) => run.push_replaced(text, *source),
            _ => run.push_replaced("\n", *source),
        }
    }
    run
}

/// Whether no engine looks into an element: MathJax's `skipHtmlTags` and KaTeX's `ignoredTags`, as they come.
fn is_ignored(tag: &Tag) -> bool {
    const NAMES: [&str; 9] = ["annotation", "code", "kbd", "math", "noscript", "pre", "script", "style", "textarea"];
    match tag {
        Tag::CodeSpan | Tag::CodeBlock { .. } => true,
        Tag::Html { name, .. } => NAMES.iter().any(|known| name.eq_ignore_ascii_case(known)),
        _ => false,
    }
}

/// Shows the pairs of a stretch of text; `begins` says which bytes a delimiter or an escape may begin with.
fn pair(
    run: &MappedText,
    engine: Engine,
    delimiters: &[Delimiter],
    begins: impl Fn(u8) -> bool,
    see: &mut impl FnMut(Pair),
) {
    let text = run.text();
    let (mut at, mut unclosed) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        let opens = |pair: &&Delimiter| starts_with(rest.as_bytes(), pair.open.as_bytes());
        let opening = delimiters.iter().filter(opens).max_by_key(|pair| pair.open.len());
        let Some(opening) = opening else {
            // MathJax reads `\$` as a sign of text.
            let is_escape = engine != Engine::Katex && (rest.starts_with("\\$") || rest.starts_with("\\\\"));
            at += match is_escape {
                true => 2,
                false => rest.as_bytes()[1..].iter().position(|&byte| begins(byte)).map_or(rest.len(), |next| next + 1),
            };
            continue;
        };
        let start = at + opening.open.len();
        match end(&text[start..], &opening.close) {
            Some(length) => {
                let whole = Span::new(at, start + length + opening.close.len());
                let (tex, next) = (&text[start..start + length], text[whole.end..].chars().next());
                see(Pair { open: &opening.open, tex, next, span: run.span(whole) });
                at = whole.end;
            }
            None if engine == Engine::Katex || unclosed == MOST_UNCLOSED => return,
            None => {
                unclosed += 1;
                at = start;
            }
        }
    }
}

/// Whether bytes begin with others, of which few are held against more than the first.
fn starts_with(text: &[u8], start: &[u8]) -> bool {
    text.first() == start.first() && text.starts_with(start)
}

/// How far it is to what closes, outside of braces.
fn end(text: &str, close: &str) -> Option<usize> {
    let (bytes, mut braces) = (text.as_bytes(), 0_usize);
    let mut at = 0;
    while at < bytes.len() {
        if braces == 0 && starts_with(&bytes[at..], close.as_bytes()) {
            return Some(at);
        }
        match bytes[at] {
            b'\\' => at += 1,
            b'{' => braces += 1,
            b'}' => braces = braces.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Markdown, MarkdownEngine};
    use crate::post::{Engines, Post};

    #[test]
    fn what_is_taken_together() {
        const PAIRS: [(&str, &str); 4] = [("$", "$"), ("\\(", "\\)"), ("$$", "$$"), ("\\[", "\\]")];
        let delimiter =
            |(open, close): (&str, &str)| Delimiter { open: open.into(), close: close.into(), display: false };
        let of = |engine| Mathematics {
            engine: Some(engine),
            delimiters: Some(PAIRS.map(delimiter).to_vec()),
            ..Mathematics::default()
        };
        let (mathjax, katex) = (of(Engine::MathJax(3)), of(Engine::Katex));
        for (text, by_mathjax, by_katex) in [
            ("from $40 a month to $25 a month, and $12.", &["40 a month to "][..], &["40 a month to "][..]),
            ("it is \\$40 now, \\$25 later", &["40 now, "], &["40 now, "]),
            ("it is \\\\$40 now, \\\\$25 later", &[], &[]),
            ("$a $收敛。如果$n$ 大", &["a ", "n"], &["a ", "n"]),
            ("one $40\n\ntwo $50", &[], &[]),
            ("a $5-$10 b", &["5-"], &["5-"]),
            ("a $5 *and* $6", &[], &[]),
            ("`$5` and $6 `x$`", &[], &[]),
            ("cost {$5} and $6", &["5} and "], &["5} and "]),
            ("a $40 to {$25 x$", &["25 x"], &[]),
            ("$a\\\\\nb$ x", &["a\n\nb"], &[]),
        ] {
            let content = MappedText::verbatim(text, Span::new(0, text.len()));
            let page = MarkdownEngine::of(Markdown::KramdownGfm).page(text, &content);
            for (math, expected) in [(&mathjax, by_mathjax), (&katex, by_katex)] {
                let mut found = Vec::new();
                math.pairs(&page, |pair| found.push(pair.tex.to_owned()));
                assert_eq!(found, expected, "{text}: {:?}", math.engine);
            }
        }
    }

    /// Asked of MathJax 3.2.2; for KaTeX it is what its pairs come to.
    #[test]
    fn formulas_between_other_signs() {
        let engine = MarkdownEngine::of(Markdown::Gfm);
        for (text, by_mathjax, by_katex) in [
            ("값 $a$ 와 $b$", "a b", "a b"),
            ("$5 인 $a$ 와 $b$", "", ""),
            ("\\$5 인 $a$", "", ""),
            ("$5 인 *것* 의 $a$", "a", "a"),
            ("$a$  \n$b$", "a b", "a b"),
            ("$a$ 는 {$5 이고 $b$", "a", "a"),
        ] {
            let post = Post::parse("a.md", text, &Engines { markdown: Some(&engine), ..Engines::default() });
            for (engine, expected) in [(Engine::MathJax(3), by_mathjax), (Engine::Katex, by_katex)] {
                let pairs = vec![Delimiter { open: "$".into(), close: "$".into(), display: false }];
                let math = Mathematics { engine: Some(engine), delimiters: Some(pairs), ..Mathematics::default() };
                let mut delivered = post.page.delivered(&post.body.formulas);
                math.look_for(&post.page, &post.body.formulas, &mut delivered);
                let found: Vec<&str> = delivered.iter().filter_map(Delivered::tex).collect();
                assert_eq!(found.join(" "), expected, "{text}: {engine:?}");
            }
        }
    }
}
