//! What pulldown-cmark reads in a text, step by step.

use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::{Math, Options, Strike, Typography};
use crate::markdown::document::Definition;
use crate::text::{Span, offset_in, trimmed};

/// An event with the bytes of the text it comes from.
#[derive(Debug, Clone)]
pub(crate) struct Step<'t> {
    /// What happens.
    pub event: Event<'t>,
    /// Bytes of the text that was read.
    pub span: Span,
}

impl<'t> Step<'t> {
    /// A stretch of the text as it is.
    pub(crate) fn text(read: &'t str, span: Span) -> Self {
        Step { event: Event::Text(CowStr::Borrowed(&read[span])), span }
    }

    /// The text that it is, if it stands so in the source.
    pub(crate) fn verbatim(&self, read: &'t str) -> Option<&'t str> {
        let Event::Text(CowStr::Borrowed(text)) = self.event else { return None };
        (offset_in(read, text) == Some(self.span.start) && text.len() == self.span.len()).then_some(text)
    }

    /// Where it stands in the structure of the page.
    pub(crate) fn place(&self) -> Place {
        match &self.event {
            Event::Start(tag) if is_inline(&tag.to_end()) => Place::Open,
            Event::End(tag) if is_inline(tag) => Place::Close,
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => Place::Code,
            Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_) => Place::Block,
            _ => Place::Leaf,
        }
    }
}

/// Where a step stands in the structure of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The beginning or end of a block, or a block without running text.
    Block,
    /// The beginning of a block of code or HTML: its text is none that is read on.
    Code,
    /// The beginning of an element in running text.
    Open,
    /// The end of one.
    Close,
    /// Anything else in running text.
    Leaf,
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Reads a text step by step, with the definitions of links that count, in no order.
pub(crate) fn read<'t>(text: &'t str, options: &Options) -> (impl Iterator<Item = Step<'t>>, Vec<Definition>) {
    let events = Parser::new_ext(text, extensions(options)).into_offset_iter();
    let definitions = events.reference_definitions().iter().map(|(label, definition)| {
        let (label, destination) = (label.to_owned(), definition.dest.to_string());
        Definition { span: trimmed(text, Span::from(definition.span.clone())), label, destination }
    });
    let definitions = definitions.collect();
    (events.map(|(event, span)| Step { event, span: Span::from(span) }), definitions)
}

fn extensions(options: &Options) -> pulldown_cmark::Options {
    use pulldown_cmark::Options as Extensions;
    let extensions = [
        (options.tables, Extensions::ENABLE_TABLES),
        (options.tasks, Extensions::ENABLE_TASKLISTS),
        (options.footnotes.is_some(), Extensions::ENABLE_FOOTNOTES),
        (options.heading_attributes.is_some(), Extensions::ENABLE_HEADING_ATTRIBUTES),
        (options.descriptions, Extensions::ENABLE_DEFINITION_LIST),
        (options.strike == Strike::Own, Extensions::ENABLE_STRIKETHROUGH),
        (options.typographer && options.typography == Typography::Smart, Extensions::ENABLE_SMART_PUNCTUATION),
        (
            matches!(options.math, Math::PulldownCmark | Math::Tight) || options.math.is_of_python(),
            Extensions::ENABLE_MATH,
        ),
    ];
    extensions.into_iter().filter(|(is_on, _)| *is_on).map(|(_, extension)| extension).collect()
}

/// Where text and code stand, in order.
pub(crate) fn leaves<'t>(steps: impl Iterator<Item = Step<'t>>) -> Vec<Span> {
    let mut leaves: Vec<Span> = Vec::new();
    for step in steps {
        let holds_text = match &step.event {
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Table(_)) => {
                true
            }
            Event::Start(_) | Event::End(_) => false,
            _ => true,
        };
        if holds_text && leaves.last().is_none_or(|last| last.end <= step.span.start) {
            leaves.push(step.span);
        }
    }
    leaves
}

/// A stretch of running text that no block divides: a paragraph, a heading, a cell.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// Its steps, by index.
    pub steps: Span,
    /// Bytes of the text that was read.
    pub span: Span,
}

/// The runs of a text, in order.
pub(crate) fn runs(read: &str, steps: &[Step]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut in_code = false;
    let mut open = false;
    for (index, step) in steps.iter().enumerate() {
        match step.place() {
            Place::Block => (in_code, open) = (false, false),
            Place::Code => (in_code, open) = (true, false),
            _ if in_code => {}
            _ => match runs.last_mut().filter(|_| open) {
                Some(run) => {
                    run.steps.end = index + 1;
                    run.span.end = run.span.end.max(step.span.end);
                }
                None => {
                    // The text of an escape begins behind its backslash.
                    let escape = read[..step.span.start].ends_with('\\');
                    let span = Span::new(step.span.start - usize::from(escape), step.span.end);
                    runs.push(Run { steps: Span::new(index, index + 1), span });
                    open = true;
                }
            },
        }
    }
    runs
}

impl Run {
    /// The text that a step is, if it stands so in the source and is none of an autolink.
    pub(crate) fn text<'t>(&self, read: &'t str, steps: &[Step<'t>], index: usize) -> Option<&'t str> {
        let link = steps[self.steps.start..index].last().map(|step| &step.event);
        let is_autolink = |link_type| matches!(link_type, LinkType::Autolink | LinkType::Email);
        match link {
            Some(&Event::Start(Tag::Link { link_type, .. })) if is_autolink(link_type) => None,
            _ => steps[index].verbatim(read),
        }
    }

    /// The character before a byte of one of its steps; `\n` at the beginning of a line.
    pub(crate) fn before(&self, read: &str, steps: &[Step], index: usize, at: usize) -> char {
        let is_first = at <= self.span.start
            || at == steps[index].span.start
                && index > self.steps.start
                && matches!(steps[index - 1].event, Event::SoftBreak | Event::HardBreak);
        if is_first { '\n' } else { read[..at].chars().next_back().unwrap_or('\n') }
    }

    /// The character at a byte; `\n` at the end.
    pub(crate) fn at(&self, read: &str, at: usize) -> char {
        if at >= self.span.end { '\n' } else { read[at..].chars().next().unwrap_or('\n') }
    }

    /// Whether the first character of a step is escaped.
    pub(crate) fn is_escaped(&self, read: &str, steps: &[Step], index: usize) -> bool {
        let start = steps[index].span.start;
        let previous = steps[self.steps.start..index].last();
        let covers = |step: &Step| step.place() != Place::Open && step.span.end >= start;
        read[..start].ends_with('\\') && start > self.span.start && !previous.is_some_and(covers)
    }
}

/// Steps that take the place of a stretch of running text.
#[derive(Debug)]
pub(crate) struct Patch<'t> {
    /// Bytes of the text that was read.
    pub span: Span,
    /// What takes their place.
    pub steps: Vec<Step<'t>>,
}

/// Lays patches, which stand in order, over text; what breaks a line within one is gone.
pub(crate) fn patch<'t>(read: &'t str, steps: Vec<Step<'t>>, patches: Vec<Patch<'t>>) -> Vec<Step<'t>> {
    if patches.is_empty() {
        return steps;
    }
    let mut patched = Vec::with_capacity(steps.len() + 3 * patches.len());
    let mut patches = patches.into_iter().peekable();
    let mut covered = 0;
    for step in steps {
        let Span { mut start, end } = step.span;
        match step.place() {
            Place::Leaf => {}
            Place::Block | Place::Code => {
                covered = 0;
                patched.push(step);
                continue;
            }
            Place::Open | Place::Close => {
                patched.push(step);
                continue;
            }
        }
        while patches.next_if(|patch| patch.span.start < start && start >= covered).is_some() {}
        if step.verbatim(read).is_none() {
            if start >= covered {
                patched.push(step);
            }
            continue;
        }
        start = start.max(covered).min(end);
        while let Some(patch) = patches.next_if(|patch| patch.span.start < end) {
            if patch.span.start > start {
                patched.push(Step::text(read, Span::new(start, patch.span.start)));
            }
            covered = patch.span.end;
            start = covered.min(end);
            patched.extend(patch.steps);
        }
        if start < end {
            patched.push(Step::text(read, Span::new(start, end)));
        }
    }
    patched
}
