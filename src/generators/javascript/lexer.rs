//! The tokens of JavaScript and TypeScript, as far as a config needs them.

use crate::text::Span;

/// A token with the bytes it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// It is the first of its line.
    pub(super) leads: bool,
    /// Of an opening bracket, the index of the token that closes it, or of the end.
    pub(super) close: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word,
    Number,
    /// A text in quotes, without its escapes.
    Text(String),
    /// A text in backticks with something in it that only a run fills in, as it is written.
    Template(String),
    /// A regular expression.
    Pattern,
    /// One sign, but for `=>`, `...` and what compares.
    Sign,
}

/// The tokens of a text. What is no JavaScript makes tokens all the same.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: crate::text::after_bom(text), tokens: Vec::new() };
    if text[lexer.at..].starts_with("#!") {
        lexer.at = lexer.end_of_line();
    }
    while lexer.step() {}
    let mut tokens = lexer.tokens;
    let mut open = Vec::new();
    let last = tokens.len();
    for index in 0..tokens.len() {
        tokens[index].close = last;
        match sign(text, &tokens[index]) {
            "(" | "[" | "{" => open.push(index),
            ")" | "]" | "}" => {
                if let Some(start) = open.pop() {
                    tokens[start].close = index;
                }
            }
            _ => {}
        }
    }
    tokens
}

/// What a token that is a sign says; empty for another.
pub(super) fn sign<'t>(text: &'t str, token: &Token) -> &'t str {
    if token.kind == Kind::Sign { &text[token.span] } else { "" }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn end_of_line(&self) -> usize {
        self.text[self.at..].find('\n').map_or(self.text.len(), |found| self.at + found)
    }

    /// Reads a token, or what stands between two. Whether there was one.
    fn step(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let Some(first) = rest.chars().next() else { return false };
        let start = self.at;
        let kind = match first {
            _ if first.is_whitespace() => {
                self.at += first.len_utf8();
                return true;
            }
            _ if rest.starts_with("//") => {
                self.at = self.end_of_line();
                return true;
            }
            _ if rest.starts_with("/*") => {
                self.at = rest[2..].find("*/").map_or(self.text.len(), |end| start + 2 + end + 2);
                return true;
            }
            '\'' | '"' => Kind::Text(self.quoted(first)),
            '`' => self.backticks(),
            '/' if self.begins_pattern() => {
                self.pattern();
                Kind::Pattern
            }
            _ if is_name(first) || matches!(first, '#' | '@') => {
                let end = rest[first.len_utf8()..].find(|sign: char| !is_name(sign));
                self.at = end.map_or(self.text.len(), |end| start + first.len_utf8() + end);
                if first.is_ascii_digit() { Kind::Number } else { Kind::Word }
            }
            _ => {
                let several = ["...", "===", "!==", "=>", "==", "!=", "<=", ">=", "?.", "&&", "||", "??"];
                let long = several.iter().find(|sign| rest.starts_with(**sign));
                self.at += long.map_or(first.len_utf8(), |sign| sign.len());
                Kind::Sign
            }
        };
        let before = self.tokens.last().map_or(0, |last| last.span.end);
        let leads = self.tokens.is_empty() || self.text[before..start].contains('\n');
        self.tokens.push(Token { kind, span: Span::new(start, self.at), leads, close: 0 });
        true
    }

    /// A text in quotes, up to the end of its line.
    fn quoted(&mut self, quote: char) -> String {
        let mut said = String::new();
        let mut signs = self.text[self.at + 1..].char_indices();
        let mut end = self.text.len();
        let start = self.at + 1;
        while let Some((at, sign)) = signs.next() {
            match sign {
                '\\' => match signs.next() {
                    Some((_, 'n')) => said.push('\n'),
                    Some((_, 't')) => said.push('\t'),
                    Some((_, '\n')) | None => {}
                    Some((_, other)) => said.push(other),
                },
                '\n' => {
                    end = start + at;
                    break;
                }
                _ if sign == quote => {
                    end = start + at + 1;
                    break;
                }
                _ => said.push(sign),
            }
        }
        self.at = end;
        said
    }

    /// A text in backticks. What it is filled in with may hold others.
    fn backticks(&mut self) -> Kind {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let (mut at, mut depth, mut is_filled) = (start, 0, false);
        while at < bytes.len() {
            match bytes[at] {
                b'\\' => at += 1,
                b'`' if depth == 0 => break,
                b'$' if bytes.get(at + 1) == Some(&b'{') => {
                    (depth, is_filled) = (depth + 1, true);
                    at += 1;
                }
                b'{' if depth > 0 => depth += 1,
                b'}' if depth > 0 => depth -= 1,
                _ => {}
            }
            at += 1;
        }
        let mut end = at.min(bytes.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        self.at = (end + 1).min(bytes.len());
        let said = self.text[start..end].to_owned();
        if is_filled { Kind::Template(said) } else { Kind::Text(said) }
    }

    /// Whether a slash begins a regular expression: not behind a value.
    fn begins_pattern(&self) -> bool {
        let Some(last) = self.tokens.last() else { return true };
        match &last.kind {
            Kind::Word => matches!(&self.text[last.span], "return" | "typeof" | "case" | "in" | "of"),
            Kind::Sign => !matches!(&self.text[last.span], ")" | "]" | "}"),
            _ => false,
        }
    }

    fn pattern(&mut self) {
        let bytes = self.text.as_bytes();
        let (mut at, mut in_class) = (self.at + 1, false);
        while at < bytes.len() {
            match bytes[at] {
                b'\\' => at += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => break,
                b'\n' => break,
                _ => {}
            }
            at += 1;
        }
        at = (at + 1).min(bytes.len());
        while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        self.at = at;
    }
}

fn is_name(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '_' | '$')
}
