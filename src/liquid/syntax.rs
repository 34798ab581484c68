//! What each tag demands of the words behind its name.
//!
//! The patterns are those of Liquid 5.4.0, `tags/*.rb`, and Jekyll 4.3.1, `tags/*.rb`. Where Liquid has two parsers, a
//! tag stops the build only when the lax one fails as well.

use std::sync::LazyLock;

use regex::Regex;

use super::What;
use super::expression::{condition, loop_over, output};
use super::tokens::{is_space, is_word};
use crate::text::Span;

/// `QuotedFragment` in `liquid.rb`: a text in quotes, or a word that may hold some.
pub(super) const FRAGMENT: &str = r#"(?:"[^"]*"|'[^']*'|(?:[^[:space:],|'"]|"[^"]*"|'[^']*')+)"#;

/// A name and a value of `include`: `VALID_SYNTAX` in `tags/include.rb`.
const PARAMETER: &str =
    r#"[[:word:]-]+[[:space:]]*=[[:space:]]*(?:"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*'|[[:word:].-]+)"#;

/// Where `include` has its file from, if that is not written out: `VARIABLE_SYNTAX` in `tags/include.rb`.
const VARIABLE: &str = r"(?s)^[^{]*(?:\{\{[[:space:]]*[[:word:].-]+[[:space:]]*(?:\|.*)?\}\}[^[:space:]{}]*)+";

fn pattern(pattern: &str) -> Regex {
    Regex::new(&pattern.replace("FRAGMENT", FRAGMENT).replace("PARAMETER", PARAMETER)).expect("a pattern")
}

macro_rules! patterns {
    ($($name:ident = $pattern:expr;)*) => {
        $(static $name: LazyLock<Regex> = LazyLock::new(|| pattern($pattern));)*
    };
}

patterns! {
    ANY_FRAGMENT = "FRAGMENT";
    ASSIGN = r"[[:word:].\[\]-]\)?[[:space:]]*=";
    CAPTURE = r"[[:word:].\[\]-]";
    CYCLE = "^FRAGMENT";
    FOR = r"^[[:word:]-]+[[:space:]]+in[[:space:]]+FRAGMENT";
    TABLEROW = r"[[:word:]]+[[:space:]]+in[[:space:]]+FRAGMENT";
    COMPARISON = r"FRAGMENT[[:space:]]*([=!<>a-z_]+)?";
    UNMARKED_COMMENT = r"\n[[:space:]]*[^#[:space:]]";
    HIGHLIGHT = r#"(?m)^[a-zA-Z0-9.+#_-]+(?:[[:space:]]+[[:word:]]+(?:=(?:[[:word:]]+|"(?:[0-9]+[[:space:]])*[0-9]+"))?)*$"#;
    INCLUDE_VARIABLE = VARIABLE;
    INCLUDE_PARAMETERS = r"^[[:space:]]*(?:PARAMETER(?:[[:space:]]+|\z))*\z";
    INCLUDE_FILE = r"(?m)^[[:word:]/.\-()+~#@]+$";
    INCLUDE_UP = r"[./]{2,}";
    POST_NAME = r"(?m)^(?:.+/)*[0-9]+-[0-9]+-[0-9]+-.*$";
}

/// What is wrong with the words behind a tag's name: where, from their start, and what.
pub(crate) fn check(name: &str, markup: &str) -> Option<(Span, What)> {
    let whole = || Span::new(0, markup.len());
    let demand = |met: bool| (!met).then(|| (whole(), What::Syntax));
    match name {
        "if" | "unless" | "elsif" => check_condition(markup),
        "for" if FOR.is_match(markup) => refused(markup, loop_over(markup)),
        "for" => demand(loop_over(markup).is_ok()),
        "tablerow" => demand(TABLEROW.is_match(markup)),
        "assign" => match ASSIGN.find(markup) {
            Some(left) => shifted(left.end(), refused(&markup[left.end()..], output(&markup[left.end()..]))),
            None => demand(false),
        },
        "echo" => refused(markup, output(markup)),
        "capture" => demand(CAPTURE.is_match(markup)),
        "case" | "when" => demand(ANY_FRAGMENT.is_match(markup)),
        "cycle" => demand(CYCLE.is_match(markup)),
        "raw" => demand(markup.bytes().all(is_space)),
        "#" => demand(!UNMARKED_COMMENT.is_match(markup)),
        "highlight" => demand(HIGHLIGHT.is_match(stripped(markup))),
        "include" | "include_relative" | "include_cached" => check_include(markup),
        "post_url" => demand(POST_NAME.is_match(stripped(markup).trim_start_matches('/'))),
        _ => None,
    }
}

/// What Ruby's `strip` leaves.
fn stripped(markup: &str) -> &str {
    markup.trim_matches(|c: char| c == '\0' || c.is_ascii() && is_space(c as u8))
}

fn shifted(by: usize, fault: Option<(Span, What)>) -> Option<(Span, What)> {
    fault.map(|(span, what)| (Span::new(span.start + by, span.end + by), what))
}

/// What the strict parser refuses and the lax one skips.
pub(crate) fn refused(markup: &str, read: Result<(), usize>) -> Option<(Span, What)> {
    let at = read.err()?;
    Some((Span::new(at, markup.trim_end().len().max(at)), What::Skipped))
}

/// The file of an `include`, in bytes of the words behind its name; `None` where Liquid is to find it out.
pub(crate) fn included_file(markup: &str) -> Option<Span> {
    let rest = stripped(markup);
    if INCLUDE_VARIABLE.is_match(rest) {
        return None;
    }
    let start = rest.as_ptr() as usize - markup.as_ptr() as usize;
    let length = rest.bytes().position(is_space).unwrap_or(rest.len());
    Some(Span::new(start, start + length))
}

fn check_include(markup: &str) -> Option<(Span, What)> {
    let rest = stripped(markup);
    let parameters = match INCLUDE_VARIABLE.find(rest) {
        Some(variable) => &rest[variable.end()..],
        None => {
            let file = included_file(markup)?;
            let name = &markup[file];
            if name.is_empty() {
                return Some((Span::new(0, markup.len()), What::Syntax));
            }
            if INCLUDE_UP.is_match(name) || !INCLUDE_FILE.is_match(name) {
                return Some((file, What::FileName));
            }
            &rest[name.len()..]
        }
    };
    let start = markup.trim_end().len() - parameters.trim().len();
    (!INCLUDE_PARAMETERS.is_match(stripped(parameters)))
        .then(|| (Span::new(start, markup.trim_end().len()), What::Parameters))
}

fn check_condition(markup: &str) -> Option<(Span, What)> {
    const OPERATORS: &[&str] = &["==", "!=", "<>", "<", ">", ">=", "<=", "contains"];
    let at = condition(markup).err()?;
    let chunks = chunks(markup);
    let operands = chunks.iter().step_by(2).all(|chunk| ANY_FRAGMENT.is_match(&markup[*chunk]));
    let links = chunks.iter().skip(1).step_by(2).all(|chunk| matches!(markup[*chunk].trim(), "and" | "or"));
    if !operands || !links || chunks.len().is_multiple_of(2) {
        return Some((Span::new(0, markup.len()), What::Syntax));
    }
    for chunk in chunks.iter().step_by(2) {
        let operator = COMPARISON.captures(&markup[*chunk]).and_then(|found| found.get(1));
        if let Some(operator) = operator.filter(|operator| !OPERATORS.contains(&operator.as_str())) {
            return Some((Span::new(chunk.start + operator.start(), chunk.start + operator.end()), What::Operator));
        }
    }
    refused(markup, Err(at))
}

/// The condition in pieces as the lax parser cuts it: `ExpressionsAndOperators` in `tags/if.rb`.
fn chunks(markup: &str) -> Vec<Span> {
    let bytes = markup.as_bytes();
    let (mut chunks, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        match keyword(bytes, at).or_else(|| operand(bytes, at)) {
            Some(end) => {
                chunks.push(Span::new(at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    chunks
}

/// Where an `and` or `or` ends that stands here.
fn keyword(bytes: &[u8], at: usize) -> Option<usize> {
    // Ruby's `\b` knows the letters of all languages.
    let is_word_at = |at: usize| bytes.get(at).is_some_and(|&byte| is_word(byte) || !byte.is_ascii());
    let boundary = |at: usize| is_word_at(at) != (at > 0 && is_word_at(at - 1));
    let space = |at: usize| usize::from(bytes.get(at).is_some_and(|&byte| is_space(byte)));
    if !boundary(at) {
        return None;
    }
    let word = at + space(at);
    let length = [&b"and"[..], b"or"].into_iter().find(|name| bytes[word..].starts_with(name))?.len();
    let end = word + length;
    [end + space(end), end].into_iter().find(|&end| boundary(end))
}

/// Where what stands between two keywords ends.
fn operand(bytes: &[u8], from: usize) -> Option<usize> {
    let spaces = |at: usize| bytes[at..].iter().take_while(|&&byte| is_space(byte)).count();
    let mut end = from;
    loop {
        let start = end + spaces(end);
        if start == bytes.len() || keyword(bytes, start).is_some() {
            return (end > from).then_some(end);
        }
        let mut stop = fragment(bytes, start);
        if stop == start {
            stop += bytes[start..].iter().take_while(|&&byte| !is_space(byte)).count();
        }
        end = stop + spaces(stop);
    }
}

/// Where a fragment ends.
fn fragment(bytes: &[u8], from: usize) -> usize {
    let mut end = from;
    while let Some(&byte) = bytes.get(end) {
        end += match byte {
            b'\'' | b'"' => match memchr::memchr(byte, &bytes[end + 1..]) {
                Some(inner) if end == from => return end + inner + 2,
                Some(inner) => inner + 2,
                None => break,
            },
            b',' | b'|' => break,
            byte if is_space(byte) => break,
            _ => 1,
        };
    }
    end
}
