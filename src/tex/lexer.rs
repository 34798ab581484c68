//! TeX cut into tokens, each with its bytes.

use crate::text::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing is left.
    End,
    /// `{`
    Open,
    /// `}`
    Close,
    /// `&`
    Ampersand,
    /// `#`
    Hash,
    /// `$`
    Dollar,
    /// `^`
    Superscript,
    /// `_`
    Subscript,
    /// `'`
    Prime,
    /// A backslash and letters, or a backslash and one other character; perhaps nothing, at the end.
    Command,
    /// Any other character.
    Character,
}

/// A piece of TeX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Its first byte.
    pub(super) start: usize,
    /// The byte behind it.
    pub(super) end: usize,
}

impl Token {
    /// Its bytes.
    pub(super) fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// The bytes that mean something in math; `]` does where it ends an argument.
const IS_SPECIAL: [bool; 256] = {
    let (mut table, special, mut at) = ([false; 256], b"{}&#$^_'\\%]", 0);
    while at < special.len() {
        table[special[at] as usize] = true;
        at += 1;
    }
    table
};

/// A place in the TeX, from which tokens are read.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    tex: &'a str,
    at: usize,
    /// KaTeX 0.19.1, `Lexer.js`: `@` belongs to names.
    at_sign_is_letter: bool,
    /// MathJax cuts an argument out before it looks for comments, so that one ends with the argument. What closes it.
    pub(super) comment_ends_at: Option<u8>,
}

impl<'a> Lexer<'a> {
    /// Starts at the first byte.
    pub(super) fn new(tex: &'a str, at_sign_is_letter: bool) -> Self {
        Lexer { tex, at: 0, at_sign_is_letter, comment_ends_at: None }
    }

    /// Where it is.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes on at a byte, which must begin a character.
    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'a str {
        &self.tex[self.at..]
    }

    /// The text of some bytes.
    pub(super) fn text(&self, span: Span) -> &'a str {
        &self.tex[span]
    }

    /// The name of a command, without its backslash.
    pub(super) fn name(&self, command: Token) -> &'a str {
        &self.tex[command.start + 1..command.end]
    }

    /// The next token, spaces and comments left out, which stays to be read.
    pub(super) fn peek(&mut self) -> Token {
        self.skip_space();
        self.peek_here()
    }

    /// The next token, which stays to be read; a space is a character.
    pub(super) fn peek_here(&self) -> Token {
        let start = self.at;
        let rest = self.rest();
        let Some(&first) = rest.as_bytes().first() else {
            return Token { kind: Kind::End, start, end: start };
        };
        let kind = match first {
            b'{' => Kind::Open,
            b'}' => Kind::Close,
            b'&' => Kind::Ampersand,
            b'#' => Kind::Hash,
            b'$' => Kind::Dollar,
            b'^' => Kind::Superscript,
            b'_' => Kind::Subscript,
            b'\'' => Kind::Prime,
            b'\\' => return Token { kind: Kind::Command, start, end: start + 1 + self.name_length() },
            _ => Kind::Character,
        };
        let length = if first < 0x80 { 1 } else { rest.chars().next().map_or(1, char::len_utf8) };
        Token { kind, start, end: start + length }
    }

    fn name_length(&self) -> usize {
        let name = &self.tex[self.at + 1..];
        let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || (self.at_sign_is_letter && *byte == b'@');
        match name.bytes().take_while(is_letter).count() {
            0 => name.chars().next().map_or(0, char::len_utf8),
            letters => letters,
        }
    }

    /// Passes white space and comments.
    pub(super) fn skip_space(&mut self) {
        loop {
            self.skip_white_space();
            if !self.rest().starts_with('%') {
                return;
            }
            self.at = self.comment_end();
        }
    }

    /// Passes a sign, if it is the next one behind white space and comments.
    pub(super) fn eat(&mut self, sign: char) -> bool {
        self.skip_space();
        let is_there = self.rest().starts_with(sign);
        self.at += usize::from(is_there) * sign.len_utf8();
        is_there
    }

    /// Passes white space.
    pub(super) fn skip_white_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_ascii_start().len();
    }

    fn comment_end(&self) -> usize {
        let line = self.rest().split('\n').next().unwrap_or_default();
        let end = self.at + line.len();
        let Some(close) = self.comment_ends_at else { return end };
        let (mut depth, mut escaped) = (0usize, false);
        for (at, byte) in line.bytes().enumerate() {
            match byte {
                b'\\' => escaped = !escaped,
                _ if byte == close && !escaped && depth == 0 => return self.at + at,
                b'{' if !escaped => depth += 1,
                b'}' if !escaped => depth = depth.saturating_sub(1),
                _ => (),
            }
            escaped &= byte == b'\\';
        }
        end
    }

    /// Passes letters, digits and signs that mean nothing special, with the spaces between; says how many, at most 2.
    pub(super) fn skip_plain(&mut self) -> usize {
        let mut plain = 0;
        for byte in self.rest().bytes().take_while(|byte| !IS_SPECIAL[usize::from(*byte)]) {
            self.at += 1;
            // The bytes of one character, or many: two of them are enough to know that it is no lonely operator.
            plain += usize::from(!byte.is_ascii_whitespace());
        }
        plain.min(2)
    }

    /// What stands in braces or brackets that open here and are closed by a sign, as it is, and passes them; nothing where
    /// they do not close.
    pub(super) fn raw(&mut self, close: u8) -> Option<Span> {
        let start = self.at + 1;
        let end = self.raw_end(start, close)?;
        self.at = end + 1;
        Some(Span::new(start, end))
    }

    /// Where a closing sign stands outside of braces.
    fn raw_end(&self, start: usize, close: u8) -> Option<usize> {
        let (mut depth, mut escaped) = (0usize, false);
        for (at, byte) in (start..).zip(self.tex[start..].bytes()) {
            if escaped {
                escaped = false;
                continue;
            }
            match byte {
                b'\\' => escaped = true,
                _ if byte == close && depth == 0 => return Some(at),
                b'{' => depth += 1,
                b'}' => depth = depth.checked_sub(1)?,
                _ => (),
            }
        }
        None
    }
}
