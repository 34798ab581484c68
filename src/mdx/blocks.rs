//! The lines of a text: where code, formulas, modules and blocks of tags stand, and where running text does.

use super::text::{Scanner, Stretch};
use super::{Fault, FaultKind, Part, Reading, module};
use crate::markdown::commonmark::Mdx;
use crate::markdown::mapped_text::MappedText;
use crate::text::Span;

/// Reads a stretch of a file.
pub(super) fn read(file: &str, within: Span, options: Mdx, has_math: bool) -> Reading {
    let mut lines = Vec::new();
    let mut at = within.start;
    for line in file[within].split_inclusive('\n') {
        lines.push(Line::new(file, at, line));
        at += line.len();
    }
    let scanner = Scanner::new(file, options, has_math);
    let mut reader = Reader { lines, at: 0, options, has_math, scanner, in_list: false, indents: Vec::new() };
    reader.read(file);
    Reading { indents: reader.indents, ..reader.scanner.finish() }
}

/// A line without the marks of the quotes and list items that it stands in.
struct Line {
    /// All of it, without its end.
    span: Span,
    /// Where its text begins.
    start: usize,
    /// How many quotes it stands in.
    quotes: usize,
    /// It begins a list item.
    is_item: bool,
}

impl Line {
    fn new(file: &str, start: usize, line: &str) -> Line {
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        let (mut at, mut quotes, mut is_item) = (start, 0, false);
        loop {
            let rest = &file[at..end];
            let inner = rest.trim_start_matches([' ', '\t']);
            at = end - inner.len();
            let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
            let sign = inner[digits..].bytes().next();
            let is_marker = match digits {
                0 => matches!(sign, Some(b'-' | b'+' | b'*')),
                1..=9 => matches!(sign, Some(b'.' | b')')),
                _ => false,
            };
            let behind = inner.get(digits + 1..).unwrap_or_default();
            if inner.starts_with('>') {
                (quotes, at) = (quotes + 1, at + 1);
            } else if is_marker && behind.starts_with([' ', '\t']) {
                (is_item, at) = (true, at + digits + 1);
            } else {
                return Line { span: Span::new(start, end), start: at, quotes, is_item };
            }
        }
    }

    fn text<'t>(&self, file: &'t str) -> &'t str {
        &file[self.start..self.span.end]
    }
}

struct Reader {
    lines: Vec<Line>,
    /// The next line.
    at: usize,
    options: Mdx,
    has_math: bool,
    scanner: Scanner,
    /// An item of a list may be open.
    in_list: bool,
    /// White space before fences and what they hold that is too much for one elsewhere.
    indents: Vec<Span>,
}

/// Elsewhere so much white space before a fence makes none of it.
const CODE_INDENT: usize = 4;

/// What a flow of tags is looked for in at most.
const MOST_LINES: usize = 2048;

impl Reader {
    fn read(&mut self, file: &str) {
        let mut in_paragraph = false;
        while let Some(line) = self.lines.get(self.at) {
            let text = line.text(file);
            let is_top = line.start == line.span.start;
            self.in_list = line.is_item || self.in_list && !(is_top && !in_paragraph && !text.trim().is_empty());
            if text.trim().is_empty() {
                in_paragraph = false;
                self.at += 1;
            } else if let Some((sign, length)) = self.fence(text) {
                in_paragraph = false;
                self.skip(file, sign, length);
            } else if self.options.directives && is_directive(text) {
                in_paragraph = false;
                self.at += 1;
            } else if self.options.comments && text.starts_with("<!--") {
                in_paragraph = false;
                self.comment(file);
            } else if is_top && !in_paragraph && (text.starts_with("import ") || text.starts_with("export ")) {
                self.module(file);
            } else if text.starts_with(['<', '{']) && self.flow(file) {
                in_paragraph = false;
            } else {
                in_paragraph = self.running(file);
            }
        }
    }

    /// The sign of a fence of code or of a formula, and how many there are.
    fn fence(&self, text: &str) -> Option<(char, usize)> {
        let sign = text.chars().next().filter(|sign| matches!(sign, '`' | '~' | '$'))?;
        let length = text.chars().take_while(|other| *other == sign).count();
        let rest = &text[length..];
        let is_fence = match sign {
            '$' => self.has_math && length >= 2 && !rest.contains('$'),
            '`' => length >= 3 && !rest.contains('`'),
            _ => length >= 3,
        };
        is_fence.then_some((sign, length))
    }

    /// Goes behind what stands between fences.
    fn skip(&mut self, file: &str, sign: char, length: usize) {
        let (quotes, from) = (self.lines[self.at].quotes, self.at);
        self.skip_code(file, sign, length, quotes);
        let opening = &self.lines[from];
        let indent = opening.start - opening.span.start;
        if indent < CODE_INDENT || quotes > 0 || self.in_list {
            return;
        }
        let whites = |line: &Line| {
            let whole = &file[line.span];
            let white = whole.len() - whole.trim_start_matches([' ', '\t']).len();
            Span::new(line.span.start, line.span.start + white.min(indent))
        };
        self.indents.extend(self.lines[from..self.at].iter().map(whites).filter(|white| !white.is_empty()));
    }

    fn skip_code(&mut self, file: &str, sign: char, length: usize, quotes: usize) {
        self.at += 1;
        while let Some(line) = self.lines.get(self.at).filter(|line| line.quotes >= quotes || line.span.is_empty()) {
            if line.quotes < quotes {
                return;
            }
            self.at += 1;
            let text = file[line.span].trim_start_matches([' ', '\t', '>']);
            let signs = text.chars().take_while(|other| *other == sign).count();
            if signs >= length && text[signs..].trim().is_empty() {
                return;
            }
        }
    }

    /// A comment of HTML, where those are read.
    fn comment(&mut self, file: &str) {
        let start = self.lines[self.at].start;
        let end = file[start..].find("-->").map_or(file.len(), |at| start + at + 3);
        let last = self.lines.partition_point(|line| line.span.end < end).min(self.lines.len() - 1);
        let end = end.min(self.lines[last].span.end);
        let span = Span::new(start, end);
        self.scanner.comment(span);
        self.scanner.part(span, Part::Block);
        if file[end..self.lines[last].span.end].trim().is_empty() {
            self.at = last + 1;
        } else {
            self.lines[last].start = end;
            self.at = last;
        }
    }

    /// A module: up to a blank line outside of all brackets.
    fn module(&mut self, file: &str) {
        let first = self.lines[self.at].span.start;
        let mut last = self.at;
        while let Some(next) = self.lines.get(last + 1) {
            let is_blank = file[next.span].trim().is_empty();
            if is_blank && !module::goes_on(&file[first..self.lines[last].span.end]) {
                break;
            }
            last += 1;
        }
        let span = Span::new(first, self.lines[last].span.end);
        self.at = last + 1;
        self.scanner.module(span, &file[span]);
    }

    /// A stretch of lines, without the marks that they begin with.
    fn stretch<'t>(&self, file: &'t str, from: usize, to: usize) -> MappedText<'t> {
        if to == from + 1 {
            return MappedText::verbatim(file, Span::new(self.lines[from].start, self.lines[from].span.end));
        }
        let mut text = MappedText::default();
        for (index, line) in self.lines[from..to].iter().enumerate() {
            let end = if from + index + 1 < to { (line.span.end + 1).min(file.len()) } else { line.span.end };
            text.push_verbatim(&file[line.start..end], line.start);
        }
        text
    }

    /// Lines of nothing but tags and expressions; whether there are such.
    fn flow(&mut self, file: &str) -> bool {
        let mut count = 1;
        loop {
            let to = (self.at + count).min(self.lines.len());
            let text = self.stretch(file, self.at, to);
            match self.scanner.flow(&text, to == self.lines.len() || count >= MOST_LINES) {
                Stretch::Whole(end) => {
                    let end = text.source(end);
                    let last = self.lines.partition_point(|line| line.span.end < end);
                    self.scanner.part(Span::new(self.lines[self.at].start, end), Part::Block);
                    self.at = last + 1;
                    return true;
                }
                Stretch::Fault(fault) => {
                    let end = self.lines[self.at].span.end;
                    self.scanner.fault(fault);
                    self.scanner.part(Span::new(self.lines[self.at].start, end), Part::Block);
                    self.at += 1;
                    return true;
                }
                Stretch::Text => return false,
                Stretch::Open => count *= 2,
            }
        }
    }

    /// Running text up to the end of its paragraph; whether another line could go on with it.
    fn running(&mut self, file: &str) -> bool {
        let from = self.at;
        let is_heading = |text: &str| {
            let signs = text.bytes().take_while(|&byte| byte == b'#').count();
            (1..=6).contains(&signs) && text[signs..].starts_with([' ', '\t'])
        };
        let heads = is_heading(self.lines[from].text(file));
        self.at += 1;
        while !heads && self.at < self.lines.len() {
            let line = &self.lines[self.at];
            let text = line.text(file);
            if text.trim().is_empty() || line.is_item || is_heading(text) || self.fence(text).is_some() {
                break;
            }
            if self.options.directives && is_directive(text) {
                break;
            }
            // Tags alone on their line end the paragraph.
            if text.starts_with(['<', '{']) && self.begins_flow(file) {
                break;
            }
            self.at += 1;
        }
        let text = self.stretch(file, from, self.at);
        let is_open = self.scanner.running(&text, heads);
        if let Some(start) = is_open {
            self.scanner.fault(Fault { span: Span::new(start, start + 1), kind: FaultKind::UnclosedExpression });
        }
        !heads
    }

    fn begins_flow(&mut self, file: &str) -> bool {
        let to = (self.at + 64).min(self.lines.len());
        let blank = self.lines[self.at..to].iter().position(|line| file[line.span].trim().is_empty());
        let text = self.stretch(file, self.at, blank.map_or(to, |at| self.at + at.max(1)));
        let line = MappedText::verbatim(file, Span::new(self.lines[self.at].start, self.lines[self.at].span.end));
        let is_whole = |text: &MappedText| matches!(self.scanner.looks_like_flow(text), Some(true));
        is_whole(&line) || is_whole(&text)
    }
}

/// Whether a line begins or ends a container of remark-directive.
fn is_directive(text: &str) -> bool {
    let rest = text.trim_start_matches(':');
    let colons = text.len() - rest.len();
    colons >= 3 && (rest.trim().is_empty() || rest.starts_with(char::is_alphabetic))
}
