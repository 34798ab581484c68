//! Tokens within a tag, as Nunjucks 3.2.4 cuts them (`src/lexer.js`).

use crate::text::Span;

/// A token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub span: Span,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text, a number, a word for true or nothing, a pattern.
    Literal,
    /// A name.
    Symbol,
    /// One or more signs.
    Sign,
    /// `%}`
    TagEnd,
    /// `}}`
    OutputEnd,
}

/// White space between tokens.
const SPACES: &[char] = &[' ', '\n', '\t', '\r', '\u{a0}'];
const SIGNS: &str = "()[]{}%*-+~/#,:|.<>=!";

/// The token at a byte or behind the white space there.
pub(super) fn next(text: &str, at: usize) -> Option<Token> {
    let start = text.len() - text[at..].trim_start_matches(SPACES).len();
    let rest = &text[start..];
    let first = rest.chars().next()?;
    let token = |kind: Kind, length: usize| Some(Token { kind, span: Span::new(start, start + length) });
    if matches!(first, '"' | '\'') {
        return token(Kind::Literal, text_length(rest, first));
    }
    for (end, kind) in [("%}", Kind::TagEnd), ("-%}", Kind::TagEnd), ("}}", Kind::OutputEnd), ("-}}", Kind::OutputEnd)]
    {
        if rest.starts_with(end) {
            return token(kind, end.len());
        }
    }
    if rest.starts_with("r/") {
        return token(Kind::Literal, pattern_length(rest));
    }
    if SIGNS.contains(first) {
        let signs = ["===", "!==", "==", "!=", "<=", ">=", "//", "**"];
        return token(Kind::Sign, signs.iter().find(|sign| rest.starts_with(**sign)).map_or(1, |sign| sign.len()));
    }
    let ends = |sign: char| SPACES.contains(&sign) || SIGNS.contains(sign);
    let length = rest.find(ends).unwrap_or(rest.len());
    let word = &rest[..length];
    if !word.bytes().all(|byte| byte.is_ascii_digit()) {
        let is_literal = matches!(word, "true" | "false" | "none" | "null");
        return token(if is_literal { Kind::Literal } else { Kind::Symbol }, length);
    }
    let fraction = rest[length..].strip_prefix('.');
    let digits = fraction.map(|rest| 1 + rest.bytes().take_while(u8::is_ascii_digit).count());
    token(Kind::Literal, length + digits.unwrap_or(0))
}

/// How long a text in quotes is; without a second one it goes on to the end.
fn text_length(text: &str, quote: char) -> usize {
    let mut signs = text.char_indices().skip(1);
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => _ = signs.next(),
            _ if sign == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn pattern_length(text: &str) -> usize {
    let mut before = ' ';
    for (at, sign) in text.char_indices().skip(2) {
        if sign == '/' && before != '\\' {
            let flags = text[at + 1..].bytes().take_while(|byte| b"gimy".contains(byte)).count();
            return at + 1 + flags;
        }
        before = sign;
    }
    text.len()
}
