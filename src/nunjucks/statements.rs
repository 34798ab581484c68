//! Tags and outputs of a text in order, and what stops Nunjucks 3.2.4 at them (`src/parser.js`, and Hexo 8.1.2,
//! `extend/tag.ts`).

use std::cmp::Reverse;
use std::collections::HashSet;

use super::expression::{Reader, Unreadable};
use super::lexer::{Kind, next};
use super::{Call, Fault, FaultKind, Known, Nunjucks, Output};
use crate::text::Span;

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Statements {
    pub faults: Vec<Fault>,
    pub outputs: Vec<Output>,
    pub calls: Vec<Call>,
    /// Names that the text itself gives values.
    pub set: HashSet<String>,
    /// What of the text is not left as it is, in order.
    pub left: Vec<(Span, Left)>,
}

impl Statements {
    /// What it says to whoever knows where the text comes from.
    pub(super) fn placed(self, place: impl Fn(Span) -> Span) -> Nunjucks {
        let words = |words: Vec<Span>| words.into_iter().map(&place).collect();
        Nunjucks {
            faults: self.faults.into_iter().map(|fault| Fault { span: place(fault.span), ..fault }).collect(),
            outputs: self.outputs.into_iter().map(|output| Output { span: place(output.span), ..output }).collect(),
            calls: self
                .calls
                .into_iter()
                .map(|call| Call { span: place(call.span), arguments: words(call.arguments), ..call })
                .collect(),
            set: self.set,
        }
    }
}

/// What is left of a piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// Nothing.
    Nothing,
    /// A value.
    Value,
    /// Nobody knows.
    Unknown,
}

/// A block that is open.
struct Open<'t> {
    name: &'t str,
    /// Its tag.
    span: Span,
    /// What ends it.
    end: String,
    /// What may stand in it beside that.
    branches: &'static [&'static str],
}

/// Blocks of Nunjucks itself.
const BLOCKS: &[(&str, &str, &[&str])] = &[
    ("if", "endif", &["elif", "elseif", "else"]),
    ("ifAsync", "endif", &["elif", "elseif", "else"]),
    ("for", "endfor", &["else"]),
    ("asyncEach", "endeach", &["else"]),
    ("asyncAll", "endall", &["else"]),
    ("block", "endblock", &[]),
    ("macro", "endmacro", &[]),
    ("call", "endcall", &[]),
    ("filter", "endfilter", &[]),
    ("switch", "endswitch", &["case", "default"]),
];

/// Its other tags.
const SINGLE: &[&str] = &["extends", "from", "import", "include", "set"];

/// Its filters (`src/filters.js`).
const FILTERS: &[&str] = &[
    "abs", "batch", "capitalize", "center", "d", "default", "dictsort", "dump", "e", "escape", "first", "float",
    "forceescape", "groupby", "indent", "int", "join", "last", "length", "list", "lower", "nl2br", "random", "reject",
    "rejectattr", "replace", "reverse", "round", "safe", "select", "selectattr", "slice", "sort", "string",
    "striptags", "sum", "title", "trim", "truncate", "upper", "urlencode", "urlize", "wordcount",
];

/// Its functions (`src/globals.js`), and those of a block.
const FUNCTIONS: &[&str] = &["caller", "cycler", "joiner", "range", "super"];

pub(super) fn read(text: &str, known: &Known) -> Statements {
    let mut parser =
        Parser { text, known, at: 0, open: Vec::new(), unknown: HashSet::new(), found: Statements::default() };
    parser.run();
    let Parser { open, mut found, .. } = parser;
    for Open { name, span, .. } in open {
        found.faults.push(Fault { span, name: name.to_owned(), kind: FaultKind::NeverClosed });
    }
    let is_called = |name: &str| FUNCTIONS.contains(&name) || found.set.contains(name);
    let mut faults = std::mem::take(&mut found.faults);
    faults.retain(|fault| fault.kind != FaultKind::NoFunction || !is_called(&fault.name));
    faults.sort_by_key(|fault| fault.span.start);
    found.faults = faults;
    found.left.sort_by_key(|(span, _)| (span.start, Reverse(span.end)));
    found
}

struct Parser<'t> {
    text: &'t str,
    known: &'t Known,
    at: usize,
    open: Vec<Open<'t>>,
    /// Tags that nobody knows.
    unknown: HashSet<&'t str>,
    found: Statements,
}

impl<'t> Parser<'t> {
    fn fault(&mut self, span: Span, name: &str, kind: FaultKind) {
        self.found.faults.push(Fault { span, name: name.to_owned(), kind });
    }

    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(brace) = memchr::memchr2(b'{', b'#', &bytes[self.at..]) {
            let start = self.at + brace;
            self.at = start + 2;
            match bytes.get(start..start + 2) {
                Some(b"{%") => self.tag(start),
                Some(b"{{") => self.output(start),
                Some(b"{#") => match self.text[start..].find("#}") {
                    Some(length) => {
                        self.at = start + length + 2;
                        self.found.left.push((Span::new(start, self.at), Left::Nothing));
                    }
                    None => self.fault(Span::new(start, start + 2), "", FaultKind::Unclosed),
                },
                Some(b"#}") => self.fault(Span::new(start, start + 2), "", FaultKind::StrayEnd),
                _ => self.at = start + 1,
            }
        }
    }

    /// Behind what is broken, the next one is looked for.
    fn give_up(&mut self, start: usize, close: &str) {
        let rest = &self.text[start + 2..];
        let goes_on = |end: &usize| !["\n\n", "{{", "{%"].iter().any(|other| rest[..*end].contains(other));
        let end = rest.find(close).filter(goes_on);
        let length = end.map_or(0, |end| end + 2);
        let span = Span::new(start, start + 2 + length);
        let kind = if end.is_some() { FaultKind::Unreadable } else { FaultKind::Unclosed };
        self.fault(span, "", kind);
        self.at = span.end;
    }

    fn output(&mut self, start: usize) {
        let mut reader = Reader::new(self.text, start + 2 + usize::from(self.text[start + 2..].starts_with('-')));
        if reader.expression().and_then(|()| reader.end(Kind::OutputEnd)).is_err() {
            return self.give_up(start, "}}");
        }
        let span = Span::new(start, reader.at);
        self.at = reader.at;
        self.found.left.push((span, Left::Value));
        self.look_up(&reader, span);
        let only = reader.names.first().filter(|_| reader.calls.is_empty());
        let is_plain = only.is_some_and(|name| {
            let inner = self.text[name.start..span.end - 2].trim_end_matches(['-', ' ', '\n', '\t']);
            inner.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '.' | '$'))
        });
        let name = only.filter(|_| is_plain).map(|name| self.text[*name].to_owned());
        self.found.outputs.push(Output { span, name });
    }

    /// Filters and functions that are not there.
    fn look_up(&mut self, reader: &Reader, span: Span) {
        let text = self.text;
        let known = self.known;
        let is_missing = |filter: &&str| !FILTERS.contains(filter) && !known.filters.contains(*filter);
        let takes_all = known.is_plain && known.missing.is_some();
        for filter in reader.filters.iter().map(|filter| &text[*filter]).filter(is_missing).filter(|_| !takes_all) {
            self.fault(span, filter, FaultKind::NoFilter);
        }
        for call in &reader.calls {
            self.fault(span, &text[*call], FaultKind::NoFunction);
        }
    }

    fn tag(&mut self, start: usize) {
        let inner = start + 2 + usize::from(self.text[start + 2..].starts_with('-'));
        let Some(name) = next(self.text, inner).filter(|token| token.kind == Kind::Symbol) else {
            return self.give_up(start, "%}");
        };
        let (name, mut reader) = (&self.text[name.span], Reader::new(self.text, name.span.end));
        match self.statement(start, name, &mut reader) {
            Ok(()) => {
                self.at = reader.at;
                let is_own =
                    name == "include" || self.known.tags.contains_key(name.strip_prefix("end").unwrap_or(name));
                let left = if is_own || self.unknown.contains(name) { Left::Unknown } else { Left::Nothing };
                if !matches!(name, "raw" | "verbatim") {
                    self.found.left.push((Span::new(start, reader.at), left));
                }
                self.look_up(&reader, Span::new(start, reader.at));
            }
            Err(Unreadable) => self.give_up(start, "%}"),
        }
    }

    fn statement(&mut self, start: usize, name: &'t str, reader: &mut Reader<'t>) -> Result<(), Unreadable> {
        let top = self.open.last();
        if top.is_some_and(|open| open.end == name || open.branches.contains(&name)) {
            return self.goes_on(name, reader);
        }
        if matches!(name, "raw" | "verbatim") {
            reader.end(Kind::TagEnd)?;
            let opened = Span::new(start, reader.at);
            reader.at = raw_end(self.text, reader.at, name);
            let close = self.text[opened.end..reader.at].rfind("{%").map_or(reader.at, |length| opened.end + length);
            self.found.left.extend([(opened, Left::Nothing), (Span::new(close, reader.at), Left::Nothing)]);
            return Ok(());
        }
        if let Some((_, end, branches)) = BLOCKS.iter().find(|(block, ..)| *block == name) {
            self.head(name, reader)?;
            let span = Span::new(start, reader.at);
            self.open.push(Open { name, span, end: (*end).to_owned(), branches });
            return Ok(());
        }
        if SINGLE.contains(&name) {
            return self.single(start, name, reader);
        }
        match self.known.tags.get(name) {
            Some(is_block) => {
                let arguments = arguments(reader);
                let span = Span::new(start, reader.at);
                self.found.calls.push(Call { span, name: name.to_owned(), arguments });
                if *is_block == Some(true) {
                    self.open.push(Open { name, span, end: ["end", name].concat(), branches: &[] });
                }
            }
            None => {
                arguments(reader);
                self.not_there(Span::new(start, reader.at), name);
            }
        }
        Ok(())
    }

    /// A tag that nothing of the blog knows, and that nothing waits for.
    fn not_there(&mut self, span: Span, name: &'t str) {
        let opener = name.strip_prefix("end").filter(|opener| !opener.is_empty());
        match opener {
            // That is told where it opens.
            Some(opener) if self.unknown.contains(opener) => {}
            Some(opener) if self.known.tags.get(opener) == Some(&None) => {}
            Some(_) => match self.open.iter().rposition(|open| open.end == name) {
                Some(at) => {
                    for Open { name, span, .. } in self.open.drain(at..).skip(1) {
                        self.found.faults.push(Fault { span, name: name.to_owned(), kind: FaultKind::NeverClosed });
                    }
                }
                None => self.fault(span, name, FaultKind::NothingOpen),
            },
            None if matches!(name, "else" | "elif" | "elseif" | "case" | "default") => {
                self.fault(span, name, FaultKind::NothingOpen);
            }
            None => {
                self.unknown.insert(name);
                self.fault(span, name, FaultKind::Unknown);
            }
        }
    }

    /// The tag that a block waits for.
    fn goes_on(&mut self, name: &str, reader: &mut Reader) -> Result<(), Unreadable> {
        match name {
            "elif" | "elseif" | "case" => reader.expression()?,
            "endblock" if reader.peek().is_some_and(|token| token.kind == Kind::Symbol) => _ = reader.take(),
            _ => {}
        }
        reader.end(Kind::TagEnd)?;
        if let Some(open) = self.open.pop_if(|open| open.end == name)
            && matches!(open.name, "macro" | "set")
        {
            // What stands in it is printed elsewhere.
            self.found.left.push((Span::new(open.span.start, reader.at), Left::Nothing));
        }
        Ok(())
    }

    /// What stands in the tag that opens a block.
    fn head(&mut self, name: &str, reader: &mut Reader) -> Result<(), Unreadable> {
        match name {
            "for" | "asyncEach" | "asyncAll" => loop {
                let symbol = reader.take().filter(|token| token.kind == Kind::Symbol).ok_or(Unreadable)?;
                self.found.set.insert(self.text[symbol.span].to_owned());
                if reader.sign(",") {
                    continue;
                }
                if !reader.word("in") {
                    return Err(Unreadable);
                }
                reader.expression()?;
                break;
            },
            "block" => _ = reader.take().filter(|token| token.kind == Kind::Symbol).ok_or(Unreadable)?,
            "macro" => {
                let symbol = reader.take().filter(|token| token.kind == Kind::Symbol).ok_or(Unreadable)?;
                self.found.set.insert(self.text[symbol.span].to_owned());
                let from = reader.names.len();
                reader.signature()?;
                let arguments = reader.names.drain(from..);
                self.found.set.extend(arguments.map(|name| self.text[name].to_owned()));
            }
            "call" => {
                if reader.peek().is_some_and(|token| &self.text[token.span] == "(") {
                    reader.signature()?;
                }
                reader.primary()?;
            }
            "filter" => reader.filter()?,
            _ => reader.expression()?,
        }
        reader.end(Kind::TagEnd)
    }

    fn single(&mut self, start: usize, name: &'t str, reader: &mut Reader) -> Result<(), Unreadable> {
        match name {
            "set" => {
                loop {
                    let symbol = reader.take().filter(|token| token.kind == Kind::Symbol).ok_or(Unreadable)?;
                    self.found.set.insert(self.text[symbol.span].to_owned());
                    if !reader.sign(",") {
                        break;
                    }
                }
                if reader.sign("=") {
                    reader.expression()?;
                    return reader.end(Kind::TagEnd);
                }
                reader.end(Kind::TagEnd)?;
                let span = Span::new(start, reader.at);
                self.open.push(Open { name, span, end: "endset".to_owned(), branches: &[] });
                Ok(())
            }
            _ => {
                let words = arguments(reader);
                if self.known.is_plain {
                    // `import` and `from` give names what other templates have.
                    let is_part = |sign: char| sign.is_alphanumeric() || sign == '_';
                    let names = words.into_iter().flat_map(|word| self.text[word].split(|sign| !is_part(sign)));
                    self.found.set.extend(names.map(str::to_owned));
                    return Ok(());
                }
                // There is no folder of templates that it could take one from.
                self.fault(Span::new(start, reader.at), name, FaultKind::NoTemplate);
                Ok(())
            }
        }
    }
}

/// What stands in a tag of Hexo's: words with white space between them; their bytes.
fn arguments(reader: &mut Reader) -> Vec<Span> {
    let mut arguments: Vec<Span> = Vec::new();
    while let Some(token) = reader.take().filter(|token| token.kind != Kind::TagEnd) {
        match arguments.last_mut().filter(|last| last.end == token.span.start) {
            Some(last) => last.end = token.span.end,
            None => arguments.push(token.span),
        }
    }
    arguments
}

/// Where `raw` ends: behind the tag that closes as many as are open, or the last that could. Without one it hides nothing.
fn raw_end(text: &str, from: usize, name: &str) -> usize {
    let mut level = 1_usize;
    let (mut at, mut end) = (from, from);
    while let Some(open) = text[at..].find("{%").map(|length| at + length) {
        at = open + 2;
        let inner = text[at..].trim_start();
        let word = inner.strip_prefix("end").unwrap_or(inner);
        let Some(rest) = word.strip_prefix(name).map(str::trim_start).filter(|rest| rest.starts_with("%}")) else {
            continue;
        };
        level = if word.len() < inner.len() { level - 1 } else { level + 1 };
        at = text.len() - rest.len() + 2;
        end = at;
        if level == 0 {
            break;
        }
    }
    end
}
