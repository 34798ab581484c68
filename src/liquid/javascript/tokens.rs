//! Where liquidjs cuts a text: `parser/tokenizer.ts`, `readTopLevelToken`.

use memchr::{memchr_iter, memmem};

use super::expression::{is_blank, is_word};
use crate::liquid::tokens::{Shape, Token};
use crate::text::Span;

/// liquidjs stops at the first one; so many are told.
const MOST_UNCLOSED: usize = 32;

/// Cuts a stretch of a text; what stands in `raw` is text, and the tag behind it is its end.
pub(crate) fn read(text: &str, within: Span) -> Vec<Token> {
    let bytes = &text.as_bytes()[..within.end];
    let mut tokens: Vec<Token> = Vec::new();
    let (mut end, mut unclosed) = (within.start, 0);
    for open in memchr_iter(b'{', &bytes[within]).map(|at| within.start + at) {
        if open < end {
            continue;
        }
        let token = match bytes.get(open + 1) {
            Some(b'%') => tag(&text[..within.end], open),
            Some(b'{') => output(&text[..within.end], open),
            _ => continue,
        };
        end = token.span.end;
        unclosed += usize::from(matches!(token.shape, Shape::UnclosedOutput | Shape::OpenQuote | Shape::UnclosedTag));
        let is_raw = matches!(token.shape, Shape::Tag(name, _) if &text[name] == "raw");
        tokens.push(token);
        if is_raw {
            let Some(close) = raw_end(&text[..within.end], end) else { break };
            end = close.span.end;
            tokens.push(close);
        }
        if unclosed == MOST_UNCLOSED {
            break;
        }
    }
    tokens
}

fn tag(text: &str, open: usize) -> Token {
    let Some(close) = memmem::find(&text.as_bytes()[open + 1..], b"%}").map(|at| open + 1 + at) else {
        return Token { span: Span::new(open, open + 2), shape: Shape::UnclosedTag };
    };
    let span = Span::new(open, close + 2);
    let content = content(text, open + 2, close);
    let inner = &text[content];
    let length = match inner.starts_with('#') {
        true => 1,
        false => inner.find(|sign| !is_word(sign)).unwrap_or(inner.len()),
    };
    if length == 0 {
        return Token { span, shape: Shape::Nameless };
    }
    let name = Span::new(content.start, content.start + length);
    let blank = inner[length..].len() - inner[length..].trim_start_matches(is_blank).len();
    Token { span, shape: Shape::Tag(name, Span::new(name.end + blank, content.end)) }
}

/// What stands between two delimiters, without `-` and white space: `DelimitedToken`.
fn content(text: &str, start: usize, end: usize) -> Span {
    let bytes = text.as_bytes();
    let end = end.max(start);
    let from = start + usize::from(start < end && bytes[start] == b'-');
    let to = end - usize::from(start < end && bytes[end - 1] == b'-');
    if from >= to {
        return Span::empty(from.min(end));
    }
    let inner = &text[from..to];
    let blank = inner.len() - inner.trim_start_matches(is_blank).len();
    Span::new(from + blank, from + blank.max(inner.trim_end_matches(is_blank).len()))
}

/// An end within quotes is none.
fn output(text: &str, open: usize) -> Token {
    let bytes = text.as_bytes();
    let mut at = open + 2;
    let mut quote = None;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote.is_some() => at += 1,
            byte @ (b'"' | b'\'') if quote.is_none() => quote = Some(byte),
            byte if quote == Some(byte) => quote = None,
            b'}' if quote.is_none() && bytes.get(at + 1) == Some(&b'}') => {
                return Token { span: Span::new(open, at + 2), shape: Shape::Output(content(text, open + 2, at)) };
            }
            _ => {}
        }
        at += 1;
    }
    // What its author took for the end stands on its line.
    let line = &bytes[open..bytes.len().min(open + 400)];
    let line = &line[..memchr::memchr(b'\n', line).unwrap_or(line.len())];
    match memmem::find(line, b"}}") {
        Some(close) => Token { span: Span::new(open, open + close + 2), shape: Shape::OpenQuote },
        None => Token { span: Span::new(open, open + 2), shape: Shape::UnclosedOutput },
    }
}

/// The tag that ends `raw`: `readEndrawOrRawContent`, which lets no `-` stand before the name.
fn raw_end(text: &str, from: usize) -> Option<Token> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let open = at + memmem::find(&bytes[at..], b"{%")?;
        at = open + 2;
        let inner = text[at..].trim_start_matches(is_blank);
        let start = text.len() - inner.len();
        let length = inner.find(|sign| !is_word(sign)).unwrap_or(inner.len());
        if &inner[..length] != "endraw" {
            continue;
        }
        let name = Span::new(start, start + length);
        // Whichever comes first: another tag that begins makes this one none.
        let is_begin = |sign: usize| bytes[sign - 1] == b'{';
        let mut signs = memchr_iter(b'%', &bytes[name.end..]).map(|sign| name.end + sign);
        let close = signs.find(|&sign| is_begin(sign) || bytes.get(sign + 1) == Some(&b'}'))?;
        if !is_begin(close) {
            return Some(Token { span: Span::new(open, close + 2), shape: Shape::Tag(name, Span::empty(name.end)) });
        }
    }
}
