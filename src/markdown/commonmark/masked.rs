//! Stretches of running text that an engine takes out before it looks for emphasis and the like: bare URLs, formulas of
//! plugins of markdown-it, and what goldmark hands on by the passthrough extension of Hugo.
//!
//! They are found in a first reading. For the second their signs are made inert in place, so that all bytes keep their
//! offsets, and are put back into what it says.

mod remark;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::dollars::{self, Sign};
use super::reader::{self, Patch, Run, Step};
use super::urls::{self, Url};
use super::{Delimiter, HeadingAttributes, Math, Options};
use crate::text::Span;

/// A stretch of the text, and what becomes of it.
#[derive(Debug)]
pub(crate) struct Mark {
    span: Span,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// A link to itself, behind a scheme.
    Url(&'static str),
    /// Text and nothing else.
    Text,
    /// A formula, if its delimiters are those of mathematics.
    Formula { tex: Span, display: bool },
    /// One of several lines, less what begins them.
    Lines(String),
}

/// Whether there may be anything that the engine takes out.
pub(crate) fn may_find(text: &str, options: &Options) -> bool {
    may_link(text, options) || may_pass(text, options) || may_refuse(text, options)
}

fn may_link(text: &str, options: &Options) -> bool {
    options.bare_urls.is_some() && urls::candidates(text).next().is_some()
}

fn may_pass(text: &str, options: &Options) -> bool {
    let takes_dollars = options.math.takes_displays() || matches!(options.math, Math::Remark { .. });
    takes_dollars && memchr::memchr(b'$', text.as_bytes()).is_some()
        || options.passthrough.iter().any(|pair| text.contains(&pair.open))
}

fn may_refuse(text: &str, options: &Options) -> bool {
    options.heading_attributes == Some(HeadingAttributes::NoBareWords) && text.contains('{')
        || options.descriptions && text.contains("\n:")
        || options.keeps_three && text.contains("\\\\\\\n")
}

/// What the engine takes out, in order, told from a first reading.
pub(crate) fn find(text: &str, steps: &[Step], options: &Options) -> Vec<Mark> {
    let may_pass = may_pass(text, options);
    let mut urls: Vec<usize> = options.bare_urls.iter().flat_map(|_| urls::candidates(text)).collect();
    urls.sort_unstable();
    let first_from = |at: usize| urls.get(urls.partition_point(|&url| url < at));
    let holds_url = |run: &Run| first_from(run.span.start).is_some_and(|&url| url < run.span.end);
    let refused: Vec<Mark> = match may_refuse(text, options) {
        true => steps.iter().filter_map(|step| refused(text, step, options)).collect(),
        false => Vec::new(),
    };
    // A description that is none divides no paragraph, so that a formula may go over it.
    let is_divided = may_pass && refused.iter().any(|mark| text.as_bytes()[mark.span.start] == b':');
    let undivided = if is_divided { inert(text, &refused) } else { None };
    let again = undivided.as_deref().map(|text| reader::read(text, options).0.collect::<Vec<_>>());
    let steps = again.as_deref().unwrap_or(steps);
    let mut finder = Finder { text, options, may_link: !urls.is_empty(), marks: Vec::new() };
    if may_pass || !urls.is_empty() {
        let runs = reader::runs(text, steps);
        runs.iter().filter(|run| may_pass || holds_url(run)).for_each(|run| finder.run(run, steps));
    }
    let mut marks = finder.marks;
    if !refused.is_empty() {
        marks.extend(refused);
        marks.sort_by_key(|mark| mark.span.start);
        marks.dedup_by(|next, last| next.span.start < last.span.end);
    }
    marks
}

/// The sign that pulldown-cmark takes for one of its own, and goldmark does not: the brace of a heading's attributes
/// if one is a bare word (`parser/attribute.go`), the colon of a description without a space behind it
/// (`extension/definition_list.go`), and the last of three backslashes at the end of a line (`parser/parser.go`,
/// `parseBlock`).
fn refused(text: &str, step: &Step, options: &Options) -> Option<Mark> {
    let source = &text[step.span];
    let at = match &step.event {
        Event::Start(Tag::Heading { .. }) => {
            let line = source.trim_end_matches(['=', '-', '#', ' ', '\t', '\r', '\n']).strip_suffix('}')?;
            let at = line.rfind('{')?;
            let is_bare = |word: &str| !word.starts_with(['#', '.']) && !word.contains('=');
            let attributes = &line[at + 1..];
            (!attributes.contains('"') && attributes.split_ascii_whitespace().any(is_bare)).then_some(at)?
        }
        Event::Start(Tag::DefinitionListDefinition) => {
            source.strip_prefix(':').filter(|text| !text.starts_with([' ', '\t'])).map(|_| 0)?
        }
        Event::HardBreak if options.keeps_three && source.starts_with('\\') => {
            text[..step.span.start].ends_with('\\').then_some(0)?
        }
        _ => return None,
    };
    let at = step.span.start + at;
    Some(Mark { span: Span::new(at, at + 1), kind: Kind::Text })
}

/// The text as long as it is, with the marks made inert; `None` where that would not change how it is read.
pub(crate) fn inert(text: &str, marks: &[Mark]) -> Option<String> {
    if marks.iter().all(|mark| matches!(mark.kind, Kind::Url(_)) && is_inert(text, &mark.span)) {
        return None;
    }
    let mut inert = String::with_capacity(text.len());
    let mut from = 0;
    for Mark { span, .. } in marks {
        inert.push_str(&text[from..span.start]);
        // Punctuation stays punctuation: what is next to it looks at it.
        let signs = text[*span].chars().map(|sign| if sign.is_ascii_punctuation() { '/' } else { sign });
        inert.extend(signs);
        from = span.end;
    }
    inert.push_str(&text[from..]);
    Some(inert)
}

/// Whether nothing in a stretch is a sign to a parser; `_` between letters is none.
fn is_inert(text: &str, span: &Span) -> bool {
    let bytes = text.as_bytes();
    let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    bytes[*span].iter().zip(span.range()).all(|(byte, at)| match byte {
        b'_' => is_word(at.wrapping_sub(1)) && is_word(at + 1),
        byte => !b"*~`<>[]\\&|${}^".contains(byte),
    })
}

/// Puts the stretches back as what they are.
pub(crate) fn put_back<'t>(steps: Vec<Step<'t>>, read: &'t str, text: &'t str, marks: &[Mark]) -> Vec<Step<'t>> {
    let patches = marks.iter().map(|Mark { span, kind }| {
        let step = |event| Step { event, span: *span };
        let steps = match kind {
            Kind::Text => vec![step(Event::Text(text[*span].into()))],
            Kind::Formula { tex, display: true } => vec![step(Event::DisplayMath(text[*tex].into()))],
            Kind::Formula { tex, display: false } => vec![step(Event::InlineMath(text[*tex].into()))],
            Kind::Lines(tex) => vec![step(Event::InlineMath(tex.clone().into()))],
            Kind::Url(scheme) => {
                let url = &text[*span];
                let dest_url: CowStr = if scheme.is_empty() { url.into() } else { format!("{scheme}{url}").into() };
                let (title, id) = (CowStr::Borrowed(""), CowStr::Borrowed(""));
                let link = Tag::Link { link_type: LinkType::Autolink, dest_url, title, id };
                vec![step(Event::Start(link)), step(Event::Text(url.into())), step(Event::End(TagEnd::Link))]
            }
        };
        Patch { span: *span, steps }
    });
    reader::patch(read, steps, patches.collect())
}

struct Finder<'t> {
    text: &'t str,
    options: &'t Options,
    may_link: bool,
    marks: Vec<Mark>,
}

/// What a first reading knows of a run.
#[derive(Debug)]
enum Taken {
    /// Nothing in it is text.
    Whole(Span),
    /// A link: nothing in it is a URL.
    Link(Span),
    /// A line begins.
    Line(usize),
}

impl Taken {
    fn start(&self) -> usize {
        match self {
            Taken::Whole(span) | Taken::Link(span) => span.start,
            Taken::Line(start) => *start,
        }
    }
}

/// Where in a run the finder is.
struct Place<'t> {
    /// The text up to the end of the run.
    text: &'t str,
    at: usize,
    /// Where a line, or what comes behind an element, begins.
    head: usize,
    /// How many `[` are open: nothing in them is a URL.
    brackets: usize,
    /// The end of the last link.
    link_end: usize,
    /// Whether the last thing before was a tag that hides formulas behind it.
    is_behind_tag: bool,
    /// For each delimiter, whether it may still be closed.
    closed: Vec<bool>,
    /// Where the lines behind the first begin.
    lines: Vec<usize>,
    /// It is a cell of a table.
    is_cell: bool,
}

impl Finder<'_> {
    fn run(&mut self, run: &Run, steps: &[Step]) {
        let taken = taken(&steps[run.steps]);
        let begins_line = |taken: &Taken| if let Taken::Line(start) = taken { Some(*start) } else { None };
        let lines = taken.iter().filter_map(begins_line).collect();
        let before = run.steps.start.checked_sub(1).map(|at| &steps[at].event);
        let is_cell = matches!(before, Some(Event::Start(Tag::TableCell)));
        let mut taken = taken.into_iter().peekable();
        let (text, at) = (&self.text[..run.span.end], run.span.start);
        let closed = vec![true; self.options.passthrough.len()];
        let mut place =
            Place { text, at, head: at, brackets: 0, link_end: 0, is_behind_tag: false, closed, lines, is_cell };
        while place.at < run.span.end {
            match taken.next_if(|taken| taken.start() <= place.at) {
                Some(Taken::Link(span)) => place.link_end = span.end.max(place.link_end),
                Some(Taken::Whole(span)) if span.start == place.at => {
                    // The end of a link closes its bracket.
                    place.brackets -= usize::from(text[span].starts_with(']') && place.brackets > 0);
                    place.is_behind_tag = dollars::hides(&text[span]);
                    (place.at, place.head) = (span.end, span.end);
                }
                Some(Taken::Line(start)) if start == place.at => place.head = start,
                Some(_) => {}
                None => self.sign(run.span.start, &mut place),
            }
        }
    }

    /// Reads what begins at a place.
    fn sign(&mut self, run_start: usize, place: &mut Place) {
        if self.options.math.takes_displays() && place.text.as_bytes()[place.at] == b'$' {
            self.dollar(run_start, place);
            return;
        }
        if let Some(end) = self.passed(place) {
            place.at = end;
            return;
        }
        if let Some(Url { span, scheme }) = self.url(run_start, place) {
            place.at = span.end;
            self.marks.push(Mark { span, kind: Kind::Url(scheme) });
            return;
        }
        let mut rest = place.text[place.at..].chars();
        let sign = rest.next();
        match sign {
            Some('[') => place.brackets += 1,
            Some(']') => place.brackets = place.brackets.saturating_sub(1),
            Some('*' | '_' | '\n' | '\\' | '&') => place.is_behind_tag = false,
            _ => {}
        }
        let escaped = sign == Some('\\') && rest.next().is_some_and(|sign| sign.is_ascii_punctuation());
        place.at += if escaped { 2 } else { sign.map_or(1, char::len_utf8) };
    }

    /// Reads a dollar sign as a plugin of markdown-it does.
    fn dollar(&mut self, run_start: usize, place: &mut Place) {
        match dollars::read(place.text, run_start, place.at, self.options.math, place.is_behind_tag) {
            Sign::Text(length) => place.at += length,
            Sign::Formula { tex, display, end } => {
                let is_escaped = place.is_cell && !display && self.text[tex].contains("\\|");
                let kind = match is_escaped {
                    // Bars are what they are before anything in a cell is read.
                    true => Kind::Lines(self.text[tex].replace("\\|", "|")),
                    false => Kind::Formula { tex, display },
                };
                self.marks.push(Mark { span: Span::new(place.at, end), kind });
                (place.at, place.is_behind_tag) = (end, false);
            }
        }
    }

    fn url(&self, run_start: usize, place: &Place) -> Option<Url> {
        let first = place.text.as_bytes()[place.at];
        if !self.may_link || place.at < place.link_end || place.brackets > 0 {
            return None;
        }
        // Most bytes are none that a URL begins with; of an address GitHub finds the `@`.
        if !first.is_ascii_alphanumeric() && first != b'@' {
            return None;
        }
        let from = self.marks.last().map_or(run_start, |mark| mark.span.end.max(run_start));
        // goldmark's typographic signs are elements.
        let before = &place.text[from..place.at];
        let behind_sign = self.options.typographer
            && matches!(
                before.as_bytes(),
                [.., b'"' | b'\''] | [.., b'-', b'-'] | [.., b'.', b'.', b'.'] | [.., b'<', b'<'] | [.., b'>', b'>']
            );
        urls::at(place.text, from, place.at, place.at == place.head || behind_sign, self.options.bare_urls?)
    }

    /// The end of what is handed on from a byte, or of an opening delimiter that has nothing to hand on.
    fn passed(&mut self, place: &mut Place) -> Option<usize> {
        let (at, rest) = (place.at, &place.text[place.at..]);
        if let Math::Remark { single } = self.options.math {
            return self.fenced(place, single);
        }
        let begins = |pair: &Delimiter| pair.open.as_bytes().first() == rest.as_bytes().first();
        if !rest.starts_with('\\') && !self.options.passthrough.iter().any(begins) {
            return None;
        }
        let opener = |rest: &str| self.options.passthrough.iter().position(|pair| rest.starts_with(&pair.open));
        let Some(index) = opener(rest) else {
            // `\\(` is `\(` for the reader, and opens nothing.
            let escaped = opener(rest.strip_prefix(r"\\")?)?;
            return Some(at + 2 + self.options.passthrough[escaped].open.len());
        };
        let Delimiter { open, close, display } = &self.options.passthrough[index];
        let start = at + open.len();
        let end = if place.closed[index] {
            rest[open.len()..].find(close.as_str()).map(|length| start + length)
        } else {
            None
        };
        match end {
            None => {
                place.closed[index] = false;
                Some(start)
            }
            Some(end) if end == start => None,
            Some(end) => {
                let span = at..end + close.len();
                self.marks.push(Mark {
                    span: Span::from(span.clone()),
                    kind: Kind::Formula { tex: Span::new(start, end), display: *display },
                });
                Some(span.end)
            }
        }
    }
}

/// What a first reading takes together, by where it begins.
fn taken(steps: &[Step]) -> Vec<Taken> {
    let mut taken = Vec::new();
    // Where the text ends of those that are open.
    let mut links: Vec<usize> = Vec::new();
    let mut is_line = false;
    for step in steps {
        if std::mem::replace(&mut is_line, matches!(step.event, Event::SoftBreak | Event::HardBreak)) {
            taken.push(Taken::Line(step.span.start));
        }
        match &step.event {
            Event::Code(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) => {
                taken.push(Taken::Whole(step.span));
            }
            Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }) => {
                taken.push(Taken::Whole(step.span));
                links.push(usize::MAX);
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                taken.push(Taken::Link(step.span));
                links.push(step.span.start);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(text_end) = links.pop().filter(|&end| end < step.span.end) {
                    taken.push(Taken::Whole(Span::new(text_end, step.span.end)));
                }
            }
            _ => {}
        }
        if step.place() != reader::Place::Open
            && let Some(text_end) = links.last_mut()
        {
            *text_end = step.span.end.max(*text_end);
        }
    }
    taken.sort_by_key(Taken::start);
    taken
}
