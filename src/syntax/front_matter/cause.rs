//! From the place where a YAML reader gave up to the cause, in the words of a person who writes posts.

use super::line::{Line, is_usual_key};
use super::pitfall::tab_in_indent;
use super::wording::{is_short, quote_help, quoted, shorten, subject};
use super::{Fault, Slip, too_deep};
use crate::text::{Span, boundary, odd_space, trimmed};

/// Where a YAML reader gave up, and on what.
#[derive(Debug)]
pub(super) struct Stop {
    pub at: usize,
    pub trouble: Trouble,
}

/// What a YAML reader can stumble over, as far as the search for the cause depends on it.
#[derive(Debug)]
pub(super) enum Trouble {
    /// A tab in the indentation.
    Tab,
    /// A quote that is not closed where it should be.
    OpenQuote,
    /// A quoted text that goes on at the column of its key.
    Continued,
    /// Something after a closing quote.
    AfterQuote,
    /// A colon where no key can be.
    Colon,
    /// An escape that double quotes do not have.
    Escape,
    /// Brackets that do not match.
    Brackets,
    /// A mark that a value cannot start with.
    Start,
    /// A line that should be a key and is none.
    Key,
    /// Text after the end of the first document.
    SecondDocument,
    /// A byte order mark after the start.
    Mark,
    /// Too many levels.
    TooDeep,
    /// Anything else, in the words of the parser.
    Other(String),
}

/// Whether a reader gave up on something that may be meant as a key.
pub(super) fn may_hide_key(text: &str, last_entry: Option<&Span>, stop: &Stop) -> bool {
    let Some(key) = last_entry else { return true };
    let is_own_line = text[key.end..stop.at.max(key.end)].contains('\n');
    matches!(stop.trouble, Trouble::Key) && is_own_line && Line::at(text, stop.at).indent.is_empty()
}

/// Finds the cause. `entry` is the last key of the top level that was read, if one was.
pub(super) fn diagnose(text: &str, range: Span, entry: Option<Span>, stop: &Stop) -> Fault {
    let at = last_written(text, &range, stop.at);
    let first = Line::at(text, entry.map_or_else(|| first_written(text, &range), |key| key.start));
    let line = Line::at(text, at);
    let lines = Lines { text, first: &first, line: &line, at };
    let fault = match &stop.trouble {
        Trouble::TooDeep => too_deep(at),
        Trouble::Tab => lines.tab(),
        Trouble::SecondDocument => lines.second_document(),
        _ if is_template(first.value_text()) => template_fault(text, &first),
        _ if is_template(line.value_text()) => template_fault(text, &line),
        Trouble::OpenQuote | Trouble::Continued => {
            lines.open_quote().unwrap_or_else(|| lines.other("a quote is not closed"))
        }
        Trouble::AfterQuote => lines.open_quote_above().unwrap_or_else(|| lines.after_quote()),
        Trouble::Colon => lines.open_quote_above().unwrap_or_else(|| lines.colon()),
        Trouble::Escape => lines.escape(),
        Trouble::Brackets => lines.brackets(),
        Trouble::Start => lines.start(),
        Trouble::Key => lines.key(),
        Trouble::Mark => lines.mark(),
        Trouble::Other(message) => lines.other(message),
    };
    if fault.span.is_empty() { Fault { span: character_at(text, at), ..fault } } else { fault }
}

struct Lines<'t, 'l> {
    text: &'t str,
    /// The line of the last key of the top level.
    first: &'l Line<'t>,
    /// The line the reader gave up on.
    line: &'l Line<'t>,
    at: usize,
}

impl<'t> Lines<'t, '_> {
    fn tab(&self) -> Fault {
        let tab_of = |line: &Line| self.text[line.indent].find('\t').map(|tab| line.indent.start + tab);
        // A text without quotes is given up where it ends, above the line with the tab.
        let below = || self.line.next(self.text.len()).and_then(|next| tab_of(&Line::from(self.text, next)));
        let is_tab = self.text[self.at..].starts_with('\t');
        let tab = tab_of(self.line).or_else(|| below().filter(|_| !is_tab)).unwrap_or(self.at);
        tab_in_indent(tab)
    }

    fn second_document(&self) -> Fault {
        let written = trimmed(self.text, self.line.span);
        let shown = shorten(&self.text[written]);
        if self.line.key.is_some() && !shown.starts_with("---") {
            let message = format!("`{shown}` stands further left than the keys above, so YAML stops reading here");
            return Fault::new(written, message).help("start all keys in the same column");
        }
        Fault::new(written, format!("`{shown}` ends the keys, and YAML reads nothing after it"))
    }

    fn open_quote(&self) -> Option<Fault> {
        let mut line = Line::from(self.text, self.first.span.start);
        loop {
            if let Some(quote) = line.open_quote() {
                let mark = &self.text[quote..quote + 1];
                let message = format!("the quote `{mark}` is not closed");
                let help = format!("put a `{mark}` at the end of the value, or leave out the one at its start");
                return Some(Fault::new(Span::new(quote, quote + 1), message).help(help));
            }
            line = Line::from(self.text, line.next(self.line.span.end)?);
        }
    }

    /// A quote left open above the line swallows the lines up to the next quote.
    fn open_quote_above(&self) -> Option<Fault> {
        self.open_quote().filter(|fault| fault.span.start < self.line.span.start)
    }

    fn after_quote(&self) -> Fault {
        let rest = trimmed(self.text, Span::new(self.at, self.line.span.end.max(self.at)));
        let message =
            format!("{} goes on after its closing quote: `{}`", subject(self.line), shorten(&self.text[rest]));
        let help = if self.line.value_text().starts_with('\'') {
            "write a single quote inside single quotes twice, or put double quotes around the value"
        } else {
            "put single quotes around the whole value, or write `\\\"` for a quote inside double quotes"
        };
        Fault::new(rest, message).help(help)
    }

    fn colon(&self) -> Fault {
        let own = self.line.key;
        if own.as_ref().is_some_and(|key| key.end < self.at) {
            let message = format!("{} holds `: `, which starts a new key in YAML", subject(self.line));
            return self.needs_quotes(Span::new(self.at, self.at + 1), message);
        }
        if let Some(fault) = self.first_near_key() {
            return fault;
        }
        let Some(key) = own else { return self.other("a `:` stands where YAML takes none") };
        let message =
            format!("`{}` is indented like a part of the value above, so it is no key", shorten(&self.text[key]));
        Fault::new(key, message).help("start it in the same column as the keys it belongs to")
    }

    /// A key above without a space after its colon makes one text of its line and this one.
    fn first_near_key(&self) -> Option<Fault> {
        let mut line = Line::from(self.text, self.first.span.start);
        while line.span.start < self.line.span.start {
            if let Some(fault) = near_key(&line) {
                return Some(fault);
            }
            if line.key.is_none() && !line.is_silent() {
                return Some(no_key(&line, self.text));
            }
            line = Line::from(self.text, line.next(self.line.span.end)?);
        }
        None
    }

    fn escape(&self) -> Fault {
        let bytes = self.text.as_bytes();
        let from = self.at;
        let mut slash = from;
        while let Some(found) = memchr::memchr(b'\\', &bytes[slash..self.line.span.end]) {
            slash += found;
            let next = self.text[slash + 1..self.line.span.end].chars().next();
            match next {
                Some(c) if !"0abtnvfre \"/\\N_LPxuU\t".contains(c) => {
                    let message = format!("`\\{c}` is no escape in double quotes");
                    let help = format!("write `\\\\{c}`, or put single quotes around the value");
                    return Fault::new(Span::new(slash, slash + 1 + c.len_utf8()), message).help(help);
                }
                Some(c) => slash += 1 + c.len_utf8(),
                None => break,
            }
        }
        self.other("double quotes hold an escape that YAML does not have")
    }

    fn brackets(&self) -> Fault {
        let line = if self.first.value_text().starts_with(['[', '{']) { self.first } else { self.line };
        let value = line.value_text();
        match value.chars().next() {
            Some(open @ ('[' | '{')) => {
                let close = if open == '[' { ']' } else { '}' };
                let span = Span::new(line.value.start, line.value.start + 1);
                let message = format!("the bracket `{open}` of {} has no `{close}` that fits", subject(line));
                let help = match line.key_text() {
                    Some(key) if is_short(value) => {
                        format!("close it with `{close}`, or put the value in quotes: `{key}: {}`", quoted(value))
                    }
                    _ => format!("close it with `{close}`, or put the value in quotes"),
                };
                Fault::new(span, message).help(help)
            }
            _ => self.other("brackets that do not match"),
        }
    }

    fn start(&self) -> Fault {
        let Some(mark) = self.text[self.at..self.line.span.end].chars().next() else {
            return self.other("YAML cannot read this line");
        };
        let span = Span::new(self.at, self.at + mark.len_utf8());
        if mark == '\t' {
            return self.tab();
        }
        if self.line.key.is_none_or(|key| key.end > self.at) && mark != '-' {
            let message = format!("a line in YAML cannot start with `{mark}`");
            return Fault::new(span, message).help("give it a key, or indent it when it belongs to the value above");
        }
        let message = match mark {
            '-' => format!("{} starts with `- `, which begins a list item in YAML", subject(self.line)),
            '|' | '>' => {
                format!("{} starts with `{mark}`, which in YAML begins a text on the next line", subject(self.line))
            }
            '`' => format!("{} starts with a backtick, which YAML keeps for itself", subject(self.line)),
            _ => format!("{} starts with `{mark}`, which YAML keeps for itself", subject(self.line)),
        };
        self.needs_quotes(span, message)
    }

    fn key(&self) -> Fault {
        let before = &self.text[self.line.value.start.min(self.at)..self.at];
        let rest = trimmed(self.text, Span::new(self.at, self.line.span.end.max(self.at)));
        let shown = shorten(&self.text[rest]);
        let value = before.trim_end();
        if value.ends_with([']', '}']) {
            let what = if value.ends_with(']') { "a list" } else { "a map" };
            let message =
                format!("`{}` is {what} in YAML, and nothing may follow it on its line: `{shown}`", shorten(value));
            return self.needs_quotes(rest, message);
        }
        if value.starts_with('*') {
            let message = format!("{} starts with `*`, which repeats another value in YAML", subject(self.line));
            return self.needs_quotes(Span::new(self.line.value.start, self.line.value.start + 1), message);
        }
        if let Some(fault) = near_key(self.line) {
            return fault;
        }
        if !self.line.indent.is_empty() {
            let indent = self.line.indent.len();
            let message = format!("`{shown}` is indented by {indent} and fits no line above");
            return Fault::new(rest, message).help("start it in the same column as the lines it belongs to");
        }
        no_key(self.line, self.text)
    }

    fn mark(&self) -> Fault {
        let rest = &self.text[self.line.span.start..self.line.span.end];
        let at = rest.find('\u{feff}').map_or(self.at, |at| self.line.span.start + at);
        Fault::new(character_at(self.text, at), "an invisible byte order mark (U+FEFF) stands here").help("delete it")
    }

    fn other(&self, message: &str) -> Fault {
        let message = readable(message);
        let end = self.line.span.end.max(self.at);
        let span = trimmed(self.text, Span::new(self.at, end));
        if span.is_empty() {
            Fault::new(trimmed(self.text, self.line.span), message)
        } else {
            Fault::new(span, message)
        }
    }

    fn needs_quotes(&self, span: Span, message: String) -> Fault {
        let fault = Fault::new(span, message).help(quote_help(self.line.key_text(), self.line.value_text()));
        let value = self.line.value_text();
        // `[논문] 제목` can only be a title, and no list of tags.
        let is_title =
            matches!(self.line.key_text(), Some("title" | "subtitle" | "description" | "excerpt" | "summary"));
        let is_other = value.starts_with(['"', '\'', '{']) || value.starts_with('[') && !is_title;
        let is_sure = self.is_one_line() && !is_other;
        Fault { slip: is_sure.then_some(Slip::Quotes(self.line.value)), ..fault }
    }

    /// Whether the value ends with its line: what follows is not indented further.
    fn is_one_line(&self) -> bool {
        let next = self.text[self.line.span.end..].trim_start_matches('\r').strip_prefix('\n').unwrap_or_default();
        let indent = next.len() - next.trim_start_matches([' ', '\t']).len();
        indent <= self.line.indent.len() && !self.line.value.is_empty()
    }
}

/// The first line with something on it that is no fence.
fn first_written(text: &str, range: &Span) -> usize {
    let mut line = Line::from(text, range.start);
    while line.is_silent() || text[line.span].trim_end() == "---" {
        let Some(next) = line.next(range.end) else { break };
        line = Line::from(text, next);
    }
    line.span.start
}

fn character_at(text: &str, at: usize) -> Span {
    Span::new(at, at + text[at..].chars().next().map_or(0, char::len_utf8))
}

/// The parser reports the end of a text past its last line; the cause is never there.
pub(super) fn last_written(text: &str, range: &Span, at: usize) -> usize {
    if at < range.end && !text[at..range.end].trim().is_empty() {
        return boundary(text, at);
    }
    let written = range.start + text[*range].trim_end().len();
    text[range.start..written].char_indices().next_back().map_or(range.start, |(last, _)| range.start + last)
}

/// A line that would be a key with an ordinary colon or with a space after it.
pub(super) fn near_key(line: &Line<'_>) -> Option<Fault> {
    if line.key.is_some() || line.is_silent() {
        return None;
    }
    let written = line.value_text();
    let (at, colon) = written.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
    let (key, rest) = (&written[..at], &written[at + colon.len_utf8()..]);
    let value = rest.trim_matches(|sign: char| sign.is_whitespace() || odd_space(sign).is_some());
    if !is_usual_key(key) || key.contains(' ') || value.starts_with("//") {
        return None;
    }
    let start = line.value.start + at;
    let help = if is_short(value) {
        format!("write `{}: {value}`", key.trim())
    } else {
        format!("write `{}: ` and the value", key.trim())
    };
    let odd = rest.chars().next().and_then(odd_space).filter(|_| colon == ':');
    let what = match odd {
        Some(space) => format!("the space behind the colon after `{key}` is {space}, which is none to YAML"),
        None if colon == ':' => format!("no space follows the colon after `{key}`, so YAML sees no key"),
        None => format!("the colon after `{key}` is the full-width `：`, so YAML sees no key"),
    };
    let fault = Fault::new(Span::new(start, start + colon.len_utf8()), what);
    let before = rest.find(value).filter(|_| !value.is_empty()).unwrap_or(rest.len());
    let gap = Span::new(start, start + colon.len_utf8() + before);
    Some(Fault { slip: Some(Slip::Colon(gap)), ..fault.help(help) })
}

fn no_key(line: &Line<'_>, text: &str) -> Fault {
    let indent = &text[line.indent.end..line.span.end];
    if let Some(space) = indent.chars().next().and_then(odd_space) {
        let end = indent.find(|sign| odd_space(sign).is_none() && sign != ' ').unwrap_or(indent.len());
        let span = Span::new(line.indent.end, line.indent.end + end);
        let message = format!("the space at the start of this line is {space}, which is none to YAML");
        return Fault::new(span, message).help("write ordinary spaces");
    }
    let written = trimmed(text, line.span);
    let message = format!("`{}` is no `key: value`", shorten(&text[written]));
    Fault::new(written, message).help("give it a key, or indent it when it belongs to the value above")
}

fn is_template(value: &str) -> bool {
    value.starts_with("{{") || value.starts_with("{%")
}

fn template_fault(text: &str, line: &Line<'_>) -> Fault {
    let message = format!("{} is a template, which YAML cannot read", subject(line));
    Fault::new(trimmed(text, line.value), message).help(quote_help(line.key_text(), line.value_text()))
}

/// The parser's words without its "while scanning" preamble.
fn readable(message: &str) -> String {
    match message.split_once(", ") {
        Some((preamble, rest)) if preamble.starts_with("while ") => rest.to_owned(),
        _ => message.to_owned(),
    }
}
