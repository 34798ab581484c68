//! What Liquid's strict parser takes: Liquid 5.4.0, `lexer.rb`, `parser.rb`, and `strict_parse` of `variable.rb`,
//! `tags/if.rb` and `tags/for.rb`.
//!
//! Jekyll runs Liquid in the mode `warn`: what the strict parser refuses costs a warning, and the lax one, which skips
//! what it does not understand, reads it again. So the first byte that is refused is where the author and Liquid part.

use super::tokens::{is_space, is_word};

/// Where the strict parser gave up, in bytes from the start of what it read.
pub(crate) type Refused = usize;

/// Ruby's stack ends somewhere, too; nobody nests brackets this deep.
const DEEPEST: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Id,
    String,
    Number,
    Comparison,
    Range,
    /// One of `|.:,[]()?-`
    Special(u8),
    End,
}

/// `{{ name | filter: argument, key: argument }}`
pub(crate) fn output(markup: &str) -> Result<(), Refused> {
    let mut parser = Parser::new(markup)?;
    if parser.kind == Kind::End {
        return Ok(());
    }
    parser.expression(0)?;
    while parser.eat(b'|')? {
        parser.expect(Kind::Id)?;
        if parser.eat(b':')? {
            parser.argument()?;
            while parser.eat(b',')? {
                parser.argument()?;
            }
        }
    }
    parser.expect(Kind::End)
}

/// `a == b and c`
pub(crate) fn condition(markup: &str) -> Result<(), Refused> {
    let mut parser = Parser::new(markup)?;
    loop {
        parser.expression(0)?;
        if parser.kind == Kind::Comparison {
            parser.advance()?;
            parser.expression(0)?;
        }
        if !parser.word("and")? && !parser.word("or")? {
            return parser.expect(Kind::End);
        }
    }
}

/// `item in list reversed limit: 3 offset: 1`
pub(crate) fn loop_over(markup: &str) -> Result<(), Refused> {
    let mut parser = Parser::new(markup)?;
    parser.expect(Kind::Id)?;
    if !parser.word("in")? {
        return Err(parser.start);
    }
    parser.expression(0)?;
    parser.word("reversed")?;
    while parser.kind == Kind::Id && parser.colon_follows() {
        if !parser.word("limit")? && !parser.word("offset")? {
            return Err(parser.start);
        }
        parser.eat(b':')?;
        parser.expression(0)?;
    }
    parser.expect(Kind::End)
}

/// Reads ahead by one token.
struct Parser<'m> {
    markup: &'m str,
    kind: Kind,
    start: usize,
    end: usize,
}

impl<'m> Parser<'m> {
    /// Liquid cuts all of the markup into tokens before it reads the first.
    fn new(markup: &'m str) -> Result<Self, Refused> {
        let mut parser = Parser { markup, kind: Kind::End, start: 0, end: 0 };
        loop {
            parser.advance()?;
            if parser.kind == Kind::End {
                break;
            }
        }
        parser.end = 0;
        parser.advance()?;
        Ok(parser)
    }

    fn advance(&mut self) -> Result<(), Refused> {
        let bytes = self.markup.as_bytes();
        self.start = self.end + bytes[self.end..].iter().take_while(|&&byte| is_space(byte)).count();
        let Some((kind, length)) = token(&bytes[self.start..]) else { return Err(self.start) };
        (self.kind, self.end) = (kind, self.start + length);
        Ok(())
    }

    fn expect(&mut self, kind: Kind) -> Result<(), Refused> {
        if self.kind == kind { self.advance() } else { Err(self.start) }
    }

    fn eat(&mut self, special: u8) -> Result<bool, Refused> {
        let there = self.kind == Kind::Special(special);
        if there {
            self.advance()?;
        }
        Ok(there)
    }

    fn word(&mut self, word: &str) -> Result<bool, Refused> {
        let there = self.kind == Kind::Id && &self.markup[self.start..self.end] == word;
        if there {
            self.advance()?;
        }
        Ok(there)
    }

    fn colon_follows(&self) -> bool {
        self.markup[self.end..].trim_ascii_start().starts_with(':')
    }

    fn argument(&mut self) -> Result<(), Refused> {
        if self.kind == Kind::Id && self.colon_follows() {
            self.advance()?;
            self.advance()?;
        }
        self.expression(0)
    }

    fn expression(&mut self, depth: usize) -> Result<(), Refused> {
        if depth > DEEPEST {
            return Err(self.start);
        }
        match self.kind {
            Kind::Id => {
                self.advance()?;
                self.lookups(depth)
            }
            Kind::String | Kind::Number => self.advance(),
            Kind::Special(b'[') => {
                self.index(depth)?;
                self.lookups(depth)
            }
            Kind::Special(b'(') => {
                self.advance()?;
                self.expression(depth + 1)?;
                self.expect(Kind::Range)?;
                self.expression(depth + 1)?;
                self.expect(Kind::Special(b')'))
            }
            _ => Err(self.start),
        }
    }

    fn index(&mut self, depth: usize) -> Result<(), Refused> {
        self.advance()?;
        self.expression(depth + 1)?;
        self.expect(Kind::Special(b']'))
    }

    fn lookups(&mut self, depth: usize) -> Result<(), Refused> {
        loop {
            match self.kind {
                Kind::Special(b'[') => self.index(depth)?,
                Kind::Special(b'.') => {
                    self.advance()?;
                    self.expect(Kind::Id)?;
                }
                _ => return Ok(()),
            }
        }
    }
}

/// The token that some bytes begin with, and its length; `None` for a character that Liquid has no use for.
fn token(bytes: &[u8]) -> Option<(Kind, usize)> {
    let Some(&first) = bytes.first() else { return Some((Kind::End, 0)) };
    let count = |from: usize, is: fn(u8) -> bool| bytes[from..].iter().take_while(|&&byte| is(byte)).count();
    if let Some(length) = comparison(bytes) {
        return Some((Kind::Comparison, length));
    }
    if matches!(first, b'\'' | b'"') {
        return Some((Kind::String, 2 + memchr::memchr(first, &bytes[1..])?));
    }
    let digits = usize::from(first == b'-');
    let whole = digits + count(digits, |byte| byte.is_ascii_digit());
    if whole > digits {
        let point = bytes.get(whole) == Some(&b'.');
        let places = if point { count(whole + 1, |byte| byte.is_ascii_digit()) } else { 0 };
        return Some((Kind::Number, if places > 0 { whole + 1 + places } else { whole }));
    }
    if first.is_ascii_alphabetic() || first == b'_' {
        let length = count(0, |byte| is_word(byte) || byte == b'-');
        return Some((Kind::Id, length + usize::from(bytes.get(length) == Some(&b'?'))));
    }
    if bytes.starts_with(b"..") {
        return Some((Kind::Range, 2));
    }
    b"|.:,[]()?-".contains(&first).then_some((Kind::Special(first), 1))
}

fn comparison(bytes: &[u8]) -> Option<usize> {
    const SIGNS: &[&[u8]] = &[b"==", b"!=", b"<>", b"<=", b"<", b">=", b">"];
    if let Some(sign) = SIGNS.iter().find(|sign| bytes.starts_with(sign)) {
        return Some(sign.len());
    }
    let word = b"contains";
    (bytes.starts_with(word) && bytes.get(word.len()).is_some_and(|&byte| is_space(byte))).then_some(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs() {
        for markup in
            ["", " a ", "a.b[0].c", "a | upcase", "'x' | append: 'y', z: 1", "(1..n)", "a[b['c']]", "a-b?", "-1.5"]
        {
            assert_eq!(output(markup), Ok(()), "{markup}");
        }
        for (markup, at) in [
            (" a | ", 5),
            ("a b", 2),
            ("a | b:", 6),
            (".a", 0),
            ("a + b", 2),
            ("'a", 0),
            ("a | b c", 6),
            ("1.a", 1),
            ("\\bf x", 0),
        ] {
            assert_eq!(output(markup), Err(at), "{markup}");
        }
        assert_eq!(output(&"[".repeat(100_000)), Err(DEEPEST + 1));
    }

    #[test]
    fn conditions_and_loops() {
        for markup in ["a", "a == 'b' and c or d", "a contains b", "a <> 1"] {
            assert_eq!(condition(markup), Ok(()), "{markup}");
        }
        for (markup, at) in [("", 0), ("a = b", 2), ("a and", 5), ("a & b", 2), ("a b", 2)] {
            assert_eq!(condition(markup), Err(at), "{markup}");
        }
        for markup in ["a in b", "a in (1..3) reversed limit: 2 offset:x", "a in(1..3)"] {
            assert_eq!(loop_over(markup), Ok(()), "{markup}");
        }
        for (markup, at) in [("", 0), ("a of b", 2), ("a in", 4), ("a in b cols: 3", 7), ("a in b c", 7)] {
            assert_eq!(loop_over(markup), Err(at), "{markup}");
        }
    }
}
