//! Tags and expressions, in running text and on lines of their own.

use super::expression::{self, Verdict, judge};
use super::tag::{NoTag, Tag, tag};
use super::{Component, Fault, FaultKind, Part, Reading, module};
use crate::markdown::commonmark::Mdx;
use crate::markdown::mapped_text::MappedText;
use crate::text::Span;

/// What a stretch of lines that begins with a tag or an expression is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stretch {
    /// Nothing but such up to a byte, where a line ends.
    Whole(usize),
    /// Running text.
    Text,
    /// It may be such, if more lines are read.
    Open,
    /// It stops the build.
    Fault(Fault),
}

/// Names that every module has, or that what compiles a post brings.
const KNOWN: &[&str] = &[
    "", "Array", "BigInt", "Boolean", "Date", "Error", "Intl", "JSON", "Map", "Math", "MDXLayout", "Number", "Object",
    "Promise", "RegExp", "Set", "String", "Symbol", "URL", "arguments", "assets", "components", "console",
    "contentTitle", "decodeURIComponent", "encodeURIComponent", "fetch", "frontMatter", "frontmatter", "globalThis",
    "isNaN", "metadata", "parseFloat", "parseInt", "process", "props", "require", "structuredClone", "toc",
];

/// Reads piece by piece.
pub(super) struct Scanner {
    options: Mdx,
    has_math: bool,
    reading: Reading,
    /// The elements that are open on lines of their own.
    open: Vec<(String, Span)>,
    /// Whether what closes what is still known.
    is_lost: bool,
    /// The names that expressions begin with.
    looked_up: Vec<(String, Span)>,
    in_heading: bool,
}

/// An item of a line.
enum Item {
    Tag(Tag, usize),
    Expression(usize, usize),
}

impl Scanner {
    pub(super) fn new(_: &str, options: Mdx, has_math: bool) -> Scanner {
        Scanner {
            options,
            has_math,
            reading: Reading::default(),
            open: Vec::new(),
            is_lost: false,
            looked_up: Vec::new(),
            in_heading: false,
        }
    }

    pub(super) fn comment(&mut self, span: Span) {
        self.reading.comments.push(span);
    }

    pub(super) fn part(&mut self, span: Span, part: Part) {
        self.reading.parts.push((span, part));
    }

    pub(super) fn fault(&mut self, fault: Fault) {
        self.is_lost = true;
        self.reading.faults.push(fault);
    }

    /// All that was read.
    pub(super) fn finish(mut self) -> Reading {
        if !self.is_lost
            && let Some((name, span)) = self.open.pop()
        {
            self.reading.faults.push(Fault { span, kind: FaultKind::NeverClosed(name) });
        }
        for (name, span) in std::mem::take(&mut self.looked_up) {
            if !KNOWN.contains(&&*name) && !self.reading.names.contains(&name) {
                self.reading.faults.push(Fault { span, kind: FaultKind::Undefined(name) });
            }
        }
        self.reading.faults.sort_by_key(|fault| fault.span.start);
        self.reading.parts.sort_by_key(|(span, _)| span.start);
        self.reading.parts.dedup_by(|(next, _), (last, _)| next.start < last.end);
        self.reading
    }

    /// A module.
    pub(super) fn module(&mut self, span: Span, text: &str) {
        self.part(span, Part::Block);
        if let Some(word) = module::is_none(text) {
            let line = Span::new(span.start, span.start + text.lines().next().map_or(0, |line| line.trim_end().len()));
            self.reading.faults.push(Fault { span: line, kind: FaultKind::NoModule(word) });
            return;
        }
        let tokens: Vec<_> = expression::tokens(text).collect();
        let words = tokens.iter().filter_map(|(_, token)| match token {
            expression::Token::Word(word) => Some((*word).to_owned()),
            _ => None,
        });
        // The one name that stands for what is exported is none that the module gives.
        if let [
            (_, expression::Token::Word("export")),
            (_, expression::Token::Word("default")),
            (at, expression::Token::Word(name)),
        ] = tokens[..]
        {
            let start = span.start + at;
            self.looked_up.push((name.to_owned(), Span::new(start, start + name.len())));
            return;
        }
        self.reading.names.extend(words);
    }

    /// What stands on lines of their own from the beginning of a text.
    pub(super) fn flow(&mut self, text: &MappedText, is_last: bool) -> Stretch {
        let mut items = Vec::new();
        let stretch = walk(text, is_last, &mut items);
        if matches!(stretch, Stretch::Whole(_)) {
            for item in items {
                match item {
                    Item::Tag(tag, start) => {
                        let mut open = std::mem::take(&mut self.open);
                        let fault = self.tag(text, &tag, start, &mut open);
                        self.open = open;
                        if let Some(fault) = fault.filter(|_| !self.is_lost) {
                            self.fault(fault);
                        }
                    }
                    Item::Expression(start, end) => self.expression(text, start + 1, end - 1),
                }
            }
        }
        stretch
    }

    /// Whether a text begins with such a line, as far as it goes.
    pub(super) fn looks_like_flow(&self, text: &MappedText) -> Option<bool> {
        match walk(text, false, &mut Vec::new()) {
            Stretch::Whole(_) | Stretch::Fault(_) => Some(true),
            Stretch::Text => Some(false),
            Stretch::Open => None,
        }
    }

    /// Running text; where a `{` stands that nothing closes.
    pub(super) fn running(&mut self, text: &MappedText, is_heading: bool) -> Option<usize> {
        self.in_heading = is_heading;
        let has_id = is_heading && self.options.heading_ids;
        let written = text.text();
        let mut open: Vec<(String, Span)> = Vec::new();
        let (mut at, mut is_broken) = (definitions(written), false);
        while let Some(found) = written[at..].find(['\\', '`', '$', '<', '{', ']']) {
            at += found;
            let rest = &written[at..];
            let sign = rest.as_bytes()[0];
            match sign {
                b'\\' => at += 1 + usize::from(rest[1..].starts_with(|next: char| next.is_ascii_punctuation())),
                b']' => at += 1 + resource(&rest[1..]),
                b'`' => at += verbatim(rest, '`'),
                b'$' if self.has_math => at += verbatim(rest, '$'),
                b'$' => at += 1,
                b'{' if has_id
                    && rest.starts_with("{#")
                    && rest.trim_end().find('}') == Some(rest.trim_end().len() - 1) =>
                {
                    return self.unclosed(open);
                }
                b'{' => {
                    let Some(end) = expression::end(written, at) else {
                        return Some(text.source(at));
                    };
                    self.expression(text, at + 1, end - 1);
                    self.part(text.span(Span::new(at, end)), Part::Inline);
                    at = end;
                }
                _ if self.options.comments && rest.starts_with("<!--") => {
                    let end = rest.find("-->").map_or(written.len(), |end| at + end + 3);
                    let span = text.span(Span::new(at, end));
                    self.comment(span);
                    self.part(span, Part::Inline);
                    at = end;
                }
                _ => match tag(written, at) {
                    Ok(tag) => {
                        let fault = self.tag(text, &tag, at, &mut open);
                        self.part(text.span(Span::new(at, tag.end)), Part::Inline);
                        at = tag.end;
                        if let Some(fault) = fault.filter(|_| !is_broken) {
                            self.fault(fault);
                            is_broken = true;
                        }
                    }
                    Err(NoTag::Text) => at += 1,
                    Err(no_tag) => {
                        // What the others belong to is no longer known.
                        is_broken = true;
                        self.fault(fault_of(text, at, no_tag));
                        at += 1;
                    }
                },
            }
        }
        if is_broken {
            return None;
        }
        self.unclosed(open)
    }

    /// Tells of what is still open at the end of a paragraph.
    fn unclosed(&mut self, mut open: Vec<(String, Span)>) -> Option<usize> {
        if let Some((name, span)) = open.pop() {
            self.fault(Fault { span, kind: FaultKind::NeverClosed(name) });
        }
        None
    }

    /// Takes a tag, with the elements that are open around it.
    fn tag(&mut self, text: &MappedText, tag: &Tag, start: usize, open: &mut Vec<(String, Span)>) -> Option<Fault> {
        let span = text.span(Span::new(start, tag.end));
        for &(from, to) in &tag.expressions {
            self.expression(text, from, to);
        }
        let is_component = tag.name.starts_with(|first: char| first.is_uppercase()) || tag.name.contains('.');
        self.reading.may_have_ids |= tag.has_id || is_component;
        if is_component && !tag.closes {
            self.reading.components.push(Component { name: tag.name.clone(), span });
        }
        if !tag.closes {
            if !tag.is_void {
                open.push((tag.name.clone(), span));
            }
            return None;
        }
        match open.pop() {
            None => Some(Fault { span, kind: FaultKind::NothingOpen(tag.name.clone()) }),
            Some((name, _)) if name == tag.name => None,
            Some((name, _)) => Some(Fault { span, kind: FaultKind::Crossed(tag.name.clone(), name) }),
        }
    }

    /// Looks at the text between braces.
    fn expression(&mut self, text: &MappedText, start: usize, end: usize) {
        let inner = &text.text()[start..end];
        let span = text.span(Span::new(start - 1, end + 1));
        let is_comment = inner.starts_with("/*") && inner.find("*/") == Some(inner.len() - 2);
        if is_comment && inner.len() >= 4 {
            self.comment(span);
        }
        // It may be part of the heading's id.
        self.reading.may_have_ids |= self.in_heading;
        match judge(inner) {
            Verdict::Open => self.reading.may_have_ids |= inner.contains('<'),
            Verdict::Wrong => self.reading.faults.push(Fault { span, kind: FaultKind::NoExpression }),
            Verdict::Begins(name) => self.looked_up.push((name.to_owned(), span)),
        }
    }
}

fn walk(text: &MappedText, is_last: bool, items: &mut Vec<Item>) -> Stretch {
    let written = text.text();
    let mut at = 0;
    loop {
        let rest = &written[at..];
        let inner = rest.trim_start_matches([' ', '\t', '\r']);
        at += rest.len() - inner.len();
        match inner.chars().next() {
            None | Some('\n') => return Stretch::Whole(at),
            Some('<') => match tag(written, at) {
                Ok(tag) => {
                    let start = std::mem::replace(&mut at, tag.end);
                    items.push(Item::Tag(tag, start));
                }
                Err(NoTag::Text) => return Stretch::Text,
                Err(NoTag::Open) if !is_last => return Stretch::Open,
                Err(no_tag) => return Stretch::Fault(fault_of(text, at, no_tag)),
            },
            Some('{') => match expression::end(written, at) {
                Some(end) => {
                    items.push(Item::Expression(at, end));
                    at = end;
                }
                None if !is_last => return Stretch::Open,
                None => {
                    let span = text.span(Span::new(at, at + 1));
                    return Stretch::Fault(Fault { span, kind: FaultKind::UnclosedExpression });
                }
            },
            Some(_) => return Stretch::Text,
        }
    }
}

/// What is wrong with what begins with the `<` at a byte.
fn fault_of(text: &MappedText, start: usize, no_tag: NoTag) -> Fault {
    let written = text.text();
    let line = written[start..].lines().next().map_or(0, |line| line.trim_end().len());
    let (end, kind) = match no_tag {
        NoTag::Wrong(_, kind @ FaultKind::Autolink) => {
            (start + written[start..].find('>').map_or(line, |end| end + 1).min(line.max(1)), kind)
        }
        NoTag::Wrong(at, kind @ FaultKind::Comment) => {
            let close = written[start..].find("-->").map(|end| start + end + 3);
            let first = start + line;
            (close.filter(|close| *close <= first).unwrap_or(first).max(at), kind)
        }
        NoTag::Wrong(at, kind) => {
            let length = written[at..].chars().next().map_or(0, char::len_utf8);
            // A sign that begins a line stands behind the end of the tag's own.
            ((at + length).min(start + line.max(1)), kind)
        }
        NoTag::Open | NoTag::Text => (start + line.max(1), FaultKind::UnclosedTag),
    };
    Fault { span: text.span(Span::new(start, end.max(start + 1))), kind }
}

/// The length of what stands between runs of a sign that are as long, or of a run that nothing closes.
fn verbatim(text: &str, sign: char) -> usize {
    let run = |text: &str| text.chars().take_while(|other| *other == sign).count();
    let length = run(text);
    let mut at = length;
    while let Some(found) = text[at..].find(sign) {
        let close = run(&text[at + found..]);
        at += found + close;
        if close == length {
            return at;
        }
    }
    length
}

/// The length of the address of a link behind its text: `(a "b")`.
fn resource(text: &str) -> usize {
    let Some(inner) = text.strip_prefix('(') else { return 0 };
    let start = inner.len() - inner.trim_start().len();
    let rest = &inner[start..];
    let destination = match rest.strip_prefix('<') {
        Some(angled) => angled.find(['>', '\n']).filter(|&end| angled[end..].starts_with('>')).map(|end| end + 2),
        None => {
            let mut depth = 0_i32;
            rest.find(|sign: char| {
                depth += match sign {
                    '(' => 1,
                    ')' => -1,
                    _ => 0,
                };
                depth < 0 || sign.is_whitespace()
            })
        }
    };
    let Some(end) = destination else { return 0 };
    let behind = rest[end..].trim_start();
    let title = match behind.chars().next() {
        Some(quote @ ('"' | '\'')) => match behind[1..].find(quote) {
            Some(close) => close + 2,
            None => return 0,
        },
        _ => 0,
    };
    let close = behind[title..].trim_start();
    if close.starts_with(')') { text.len() - close.len() + 1 } else { 0 }
}

/// The length of the definitions of links that a paragraph begins with: in their destinations a `<` opens no tag.
fn definitions(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_one = line.starts_with('[') && line.split_once("]:").is_some_and(|(label, _)| !label[1..].contains('['));
        if !is_one {
            break;
        }
        at += line.len();
    }
    at
}
