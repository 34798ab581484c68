//! Blocks that markdown-it reads otherwise than pulldown-cmark: formulas that begin with `$$` at the head of a line, as its
//! plugins take them out before anything in them is read, and text that is indented where that makes no code.
//!
//! They are made inert in place, so that all bytes keep their offsets: a formula is a line of HTML, and text is indented by
//! one sign less.

mod displays;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use self::displays::{Display, Finder};
use super::Options;
use super::reader::{self, Patch, Step};
use crate::text::Span;

/// A text whose blocks pulldown-cmark reads as markdown-it does.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// The text, as long as before.
    pub text: String,
    displays: Vec<Display>,
    /// White space before text, which is none of it.
    indents: Vec<Span>,
}

/// What is left after so many readings stays as it is.
const MOST_READINGS: usize = 6;

/// Makes blocks inert; `None` where there are none.
pub(crate) fn prepare(text: &str, options: &Options) -> Option<Prepared> {
    let takes_displays = options.math.takes_displays() && text.contains("$$");
    let has_indents = !options.indented_code && (text.contains("    ") || text.contains('\t'));
    if !takes_displays && !has_indents {
        return None;
    }
    let mut prepared = Prepared { text: text.to_owned(), displays: Vec::new(), indents: Vec::new() };
    for _ in 0..MOST_READINGS {
        let steps: Vec<Step> = reader::read(&prepared.text, options).0.collect();
        let (mut found, mut indents) = (Vec::new(), Vec::new());
        let finder = Finder::new(text, &steps, options.math);
        for line in if has_indents { indented(text, &steps) } else { Vec::new() } {
            match takes_displays && text[line.end..].starts_with("$$") {
                true => found.extend(finder.display(line.start, line.end)),
                false => indents.push(line),
            }
        }
        if takes_displays {
            finder.find(&prepared.displays, &mut found);
        }
        if found.is_empty() && indents.is_empty() {
            break;
        }
        prepared.mask(found, indents);
    }
    let Prepared { displays, indents, .. } = &mut prepared;
    if displays.is_empty() && indents.is_empty() {
        return None;
    }
    displays.sort_by_key(|display| display.mask.start);
    indents.sort_by_key(|indent| indent.start);
    Some(prepared)
}

/// Lines that are code by their indentation alone and begin a paragraph where that makes none: what of the indentation makes
/// the difference, with the white space behind it.
fn indented(text: &str, steps: &[Step]) -> Vec<Span> {
    let mut found = Vec::new();
    // Whether code is open that is one by its indentation, and whether its next line begins a paragraph.
    let mut is_next = None;
    for step in steps {
        match (&step.event, is_next) {
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)), _) => is_next = Some(true),
            (Event::End(TagEnd::CodeBlock), _) => is_next = None,
            (Event::Text(line), Some(begins)) => {
                let start = step.span.start;
                let behind = &text[start..];
                let first = start + behind.len() - behind.trim_start_matches([' ', '\t']).len();
                let is_white = start > 0 && matches!(text.as_bytes()[start - 1], b' ' | b'\t');
                if begins && is_white {
                    found.push(Span::new(start - 1, first));
                }
                is_next = Some(line.ends_with("\n\n") || line.trim().is_empty());
            }
            _ => {}
        }
    }
    found
}

impl Prepared {
    fn mask(&mut self, found: Vec<Display>, indents: Vec<Span>) {
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        for display in &found {
            let mask = &mut bytes[display.mask.range()];
            mask.fill(b'/');
            let length = mask.len();
            mask[..2].copy_from_slice(b"<?");
            if length >= 4 {
                mask[length - 2..].copy_from_slice(b"?>");
            }
        }
        indents.iter().for_each(|indent| bytes[indent.start] = b'/');
        self.text = String::from_utf8(bytes).unwrap_or_default();
        self.displays.extend(found);
        self.indents.extend(indents);
    }

    /// Puts formulas in the place of what stands for them, and takes away what stands for white space.
    pub(crate) fn put_back<'t>(&self, read: &'t str, steps: Vec<Step<'t>>, text: &'t str) -> Vec<Step<'t>> {
        let patches = self.indents.iter().map(|&span| Patch { span, steps: Vec::new() }).collect();
        let steps = reader::patch(read, steps, patches);
        let mut placed = Vec::with_capacity(steps.len());
        let mut is_within = false;
        for step in steps {
            match &step.event {
                Event::Start(Tag::HtmlBlock) => {
                    let at = self.displays.partition_point(|display| display.mask.start < step.span.start);
                    let display = self.displays.get(at).filter(|display| display.mask.start < step.span.end);
                    is_within = display.is_some();
                    match display {
                        Some(display) => placed.extend(display.steps(text)),
                        None => placed.push(step),
                    }
                }
                Event::End(TagEnd::HtmlBlock) if is_within => is_within = false,
                _ if is_within => {}
                _ => placed.push(step),
            }
        }
        placed
    }
}

impl Display {
    fn steps<'t>(&self, text: &'t str) -> [Step<'t>; 3] {
        let step = |event| Step { event, span: self.span };
        let tex = match self.quotes {
            0 => CowStr::Borrowed(&text[self.tex]),
            depth => text[self.tex]
                .split_inclusive('\n')
                .map(|line| displays::unquoted(line, depth))
                .collect::<String>()
                .into(),
        };
        [step(Event::Start(Tag::Paragraph)), step(Event::DisplayMath(tex)), step(Event::End(TagEnd::Paragraph))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::commonmark::Math;

    /// The text as it is read, with formulas in brackets.
    fn read(text: &str, math: Math) -> String {
        let options = Options { math, ..Options::eleventy() };
        let Some(Prepared { text: masked, displays, .. }) = prepare(text, &options) else { return text.to_owned() };
        let (mut shown, mut from) = (String::new(), 0);
        for display in displays {
            shown += &format!("{}[{}]", &masked[from..display.mask.start], &text[display.tex]);
            from = display.mask.end;
        }
        shown + &masked[from..]
    }

    /// Asked of the plugins with markdown-it 14.
    #[test]
    fn formulas_that_are_blocks() {
        for (text, by_spaces, by_letters) in [
            ("a\n$$\n- x\n\n# y\n$$\nb\n", "a\n[\n- x\n\n# y\n]\nb\n", "a\n[\n- x\n\n# y\n]\nb\n"),
            ("$$x$$ 와 $$y$$\n", "[x$$ 와 $$y]\n", "$$x$$ 와 $$y$$\n"),
            ("$$x$$ b\n\nc $$\nd\n", "[x$$ b\n\nc ]\nd\n", "[x$$ b\n\nc ]\nd\n"),
            ("- a\n  $$\n  x\n  $$\nb\n", "- a\n  [\n  x\n  ]\nb\n", "- a\n  [\n  x\n  ]\nb\n"),
            ("> $$\n> x\n> $$\n> b\n", "> [\n> x\n> ]\n> b\n", "> [\n> x\n> ]\n> b\n"),
            ("```\n$$\na\n$$\n```\n", "```\n$$\na\n$$\n```\n", "```\n$$\na\n$$\n```\n"),
            ("a\n\n    $$\n    x\n    $$\n", "a\n\n   [\n    x\n    ]\n", "a\n\n   [\n    x\n    ]\n"),
            ("* a\n$$\nx\n$$\nb\n", "* a\n[\nx\n]\nb\n", "* a\n[\nx\n]\nb\n"),
            ("> $$\nx\ny\n$$\n", "> [\nx\ny]\n$$\n", "> [\nx\ny]\n$$\n"),
            ("1. $$x$$\n2. b\n", "1. [x]\n2. b\n", "1. [x]\n2. b\n"),
            ("$$\nx\n$$ b\nc\n", "[\nx\n$$ b\nc]\n", "[\nx\n]\nc\n"),
        ] {
            assert_eq!(read(text, Math::MarkdownItSpaces), by_spaces, "{text}");
            assert_eq!(read(text, Math::MarkdownItLetters), by_letters, "{text}");
        }
    }

    #[test]
    fn text_that_is_indented() {
        for (text, expected) in [
            ("a\n\n    b\n    c\n\n     d\n", "a\n\n   /b\n    c\n\n   / d\n"),
            ("- a\n\n      b\n", "- a\n\n     /b\n"),
            ("a\n    b\n", "a\n    b\n"),
            ("\tb\n", "/b\n"),
        ] {
            assert_eq!(read(text, Math::Browser), expected, "{text}");
        }
    }
}
