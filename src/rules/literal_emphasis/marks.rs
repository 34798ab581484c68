//! The marks of emphasis in running text, as they are written.

use std::collections::HashMap;

use crate::markdown::page::Tag;
use crate::rules::RuleContext;
use crate::text::Span;

/// Marks of emphasis that stand there twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// `**` for what is bold.
    Asterisk,
    /// `~~` for what is struck out.
    Tilde,
}

impl Sign {
    /// Both of them.
    pub(super) fn marks(self) -> &'static str {
        match self {
            Sign::Asterisk => "**",
            Sign::Tilde => "~~",
        }
    }

    /// The element of HTML.
    pub(super) fn element(self) -> &'static str {
        match self {
            Sign::Asterisk => "strong",
            Sign::Tilde => "del",
        }
    }

    /// What a text between two of them is.
    pub(super) fn name(self) -> &'static str {
        match self {
            Sign::Asterisk => "bold type",
            Sign::Tilde => "what is struck out",
        }
    }

    fn byte(self) -> u8 {
        self.marks().as_bytes()[0]
    }

    fn is(self, tag: &Tag) -> bool {
        match self {
            Sign::Asterisk => *tag == Tag::Strong,
            Sign::Tilde => *tag == Tag::Strike,
        }
    }
}

/// Two marks or more, one behind another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub span: Span,
    /// Where its line begins.
    pub line: usize,
    /// Its block of running text.
    pub block: Span,
    /// Readers see it.
    pub shown: bool,
    /// Where the mark begins at the other end of the element that it makes, if it makes one.
    pub partner: Option<usize>,
}

/// All of them that stand in running text, in order, but those of code and the like.
pub(super) fn runs(context: &RuleContext, sign: Sign) -> Vec<Run> {
    let (post, start) = (context.post, context.post.body.span.start);
    let bytes = post.text.as_bytes();
    let elements = post.markup().filter(|(_, element, _)| sign.is(&element.tag)).map(|(.., span)| span);
    // The other end of each.
    let mut ends: HashMap<usize, usize> = HashMap::new();
    elements.for_each(|span| ends.extend([(span.start, span.end - 2), (span.end - 2, span.start)]));
    let mut runs: Vec<Run> = Vec::new();
    let all = memchr::memchr_iter(sign.byte(), &bytes[start..]).map(|at| start + at);
    for at in all.filter(|&at| at == 0 || bytes[at - 1] != b'\\') {
        let span = Span::new(at, at + 1);
        if let Some(last) = runs.last_mut().filter(|last| last.span.end == at) {
            last.span.end = at + 1;
            continue;
        }
        let in_address = || {
            let link = post.body.link_at(at).and_then(|link| link.destination_span);
            link.is_some_and(|to| to.contains(&at))
        };
        if !post.body.is_plain_at(at) || context.blog.has_template(post, &span) || in_address() {
            continue;
        }
        let Some(block) = post.body.prose_at(at) else { continue };
        let line = post.line_start(at);
        runs.push(Run { span, line, block: block.span, shown: context.shows(at), partner: None });
    }
    runs.retain(|run| run.span.len() > 1);
    runs.iter_mut().for_each(|run| run.partner = ends.get(&run.span.start).copied());
    runs
}
