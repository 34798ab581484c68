//! A cursor over one line. It is copied to look ahead and moves by whole characters only.

use std::borrow::Cow;

/// A place in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'a> {
    pub text: &'a str,
    /// Bytes from the start of the text, always on a character boundary.
    pub at: usize,
}

/// A number as written; the count of its digits tells `22` from `2022` and from `022`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub value: u16,
    pub digits: usize,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a str, at: usize) -> Self {
        Scan { text, at }
    }

    pub(crate) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Steps over `token` where it stands here.
    pub(crate) fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// Steps over the first of the tokens that stands here.
    pub(crate) fn eat_any<'t>(&mut self, tokens: &[&'t str]) -> Option<&'t str> {
        tokens.iter().copied().find(|token| self.eat(token))
    }

    /// Steps over all characters that satisfy the condition and gives them.
    pub(crate) fn eat_while(&mut self, condition: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !condition(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Steps over white space and gives its length in bytes.
    pub(crate) fn spaces(&mut self) -> usize {
        self.eat_while(char::is_whitespace).len()
    }

    /// Steps over white space, code ticks and emphasis markers; true if there was white space.
    pub(crate) fn gap(&mut self) -> bool {
        self.eat_while(|c| c.is_whitespace() || matches!(c, '`' | '*')).contains(char::is_whitespace)
    }

    /// A run of at most `most` (up to 4) digits; a longer run is no number here.
    pub(crate) fn number(&mut self, most: usize) -> Option<Number> {
        let mut ahead = *self;
        let digits = ahead.eat_while(|c| c.is_ascii_digit());
        if digits.is_empty() || digits.len() > most {
            return None;
        }
        *self = ahead;
        Some(Number { value: digits.parse().ok()?, digits: digits.len() })
    }

    /// A word ([`is_letter`]), in lower case.
    pub(crate) fn word(&mut self) -> Cow<'a, str> {
        let word = self.eat_while(is_letter);
        let is_lower = word.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
    }
}

/// Letters of the scripts that part words by spaces: Latin, with and without accents, and Cyrillic.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() && (c < '\u{250}' || ('\u{400}'..='\u{4ff}').contains(&c))
}
