//! Values with filters, as liquidjs reads them: `parser/tokenizer.ts`, `readFilteredValue`. Values and operators may stand
//! in any order, and only the first value counts where no operator takes the next.

use crate::text::Span;

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The first value.
    pub first: Span,
    /// An operator stands in it.
    pub compares: bool,
    /// The names of the filters.
    pub filters: Vec<Span>,
    /// Where it ends.
    pub end: usize,
}

/// Where it cannot be read.
pub(super) type Refused = usize;

/// Brackets nest no deeper.
const DEEPEST: usize = 40;

const OPERATORS: &[&str] = &["==", "!=", ">=", "<=", ">", "<", "contains", "not", "and", "or"];
const LITERALS: &[&str] = &["true", "false", "nil", "null", "empty", "blank"];

/// White space: `util/character.ts`.
pub(crate) fn is_blank(sign: char) -> bool {
    matches!(sign, '\t'..='\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}'
        | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// What names are made of.
pub(crate) fn is_word(sign: char) -> bool {
    match sign {
        '\0'..='\u{7f}' => sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '?'),
        '\u{201c}' | '\u{201d}' => false,
        _ => !is_blank(sign),
    }
}

/// Reads a value with its filters, from the start of some markup on.
pub(super) fn read(markup: &str) -> Result<Read, Refused> {
    Reader { text: markup, at: 0, depth: 0 }.filtered()
}

/// Reads on in markup.
pub(super) struct Reader<'m> {
    pub text: &'m str,
    pub at: usize,
    depth: usize,
}

impl<'m> Reader<'m> {
    pub(super) fn new(text: &'m str) -> Self {
        Reader { text, at: 0, depth: 0 }
    }

    fn rest(&self) -> &'m str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn skip_blank(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches(is_blank).len();
    }

    pub(super) fn is_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Takes a sign, if it comes next.
    pub(super) fn take(&mut self, sign: char) -> bool {
        let is_there = self.peek() == Some(sign);
        self.at += if is_there { sign.len_utf8() } else { 0 };
        is_there
    }

    /// Goes behind the next such sign, or to the end.
    pub(super) fn leap(&mut self, sign: &str) -> bool {
        let found = self.rest().find(sign);
        self.at = found.map_or(self.text.len(), |length| self.at + length + sign.len());
        found.is_some()
    }

    /// One of some words or signs; a word ends where a name would.
    fn one_of(&mut self, words: &[&str]) -> bool {
        self.skip_blank();
        let rest = self.rest();
        let is_there = |word: &&&str| {
            rest.strip_prefix(**word).is_some_and(|behind| !word.ends_with(is_word) || !behind.starts_with(is_word))
        };
        let word = words.iter().find(is_there);
        self.at += word.map_or(0, |word| word.len());
        word.is_some()
    }

    pub(super) fn filtered(&mut self) -> Result<Read, Refused> {
        let start = self.at;
        let mut read = Read::default();
        let mut has_any = false;
        loop {
            if self.one_of(OPERATORS) {
                (read.compares, has_any) = (true, true);
                continue;
            }
            self.skip_blank();
            let before = self.at;
            if !self.value()? {
                break;
            }
            if !has_any {
                read.first = Span::new(before, self.at);
            }
            has_any = true;
        }
        if !has_any {
            return Err(start);
        }
        while self.filter(&mut read)? {}
        read.end = self.at;
        Ok(read)
    }

    fn filter(&mut self, read: &mut Read) -> Result<bool, Refused> {
        self.skip_blank();
        match self.peek() {
            None | Some(')' | ',') => return Ok(false),
            Some('|') => self.at += 1,
            Some(_) => return Err(self.at),
        }
        let name = self.identifier();
        if name.is_empty() {
            return if self.is_end() { Ok(false) } else { Err(self.at) };
        }
        read.filters.push(name);
        self.skip_blank();
        match self.peek() {
            Some(':') => loop {
                self.at += 1;
                if self.value()? {
                    self.skip_blank();
                    if self.take(':') {
                        self.value()?;
                    }
                }
                self.skip_blank();
                match self.peek() {
                    Some(',') => {}
                    None | Some('|' | ')') => return Ok(true),
                    Some(_) => return Err(self.at),
                }
            },
            None | Some('|' | ')' | ',') => Ok(true),
            Some(_) => Err(self.at),
        }
    }

    pub(super) fn identifier(&mut self) -> Span {
        self.skip_blank();
        let start = self.at;
        self.at += self.rest().find(|sign| !is_word(sign)).unwrap_or(self.rest().len());
        Span::new(start, self.at)
    }

    /// Whether there was a value.
    pub(super) fn value(&mut self) -> Result<bool, Refused> {
        self.skip_blank();
        if self.depth == DEEPEST {
            return Err(self.at);
        }
        self.depth += 1;
        let has_value = self.one_of(LITERALS) || self.quoted() || self.number() || self.range()?;
        let has_more = self.properties(!has_value)?;
        self.depth -= 1;
        Ok(has_value || has_more)
    }

    pub(super) fn quoted(&mut self) -> bool {
        let Some(quote) = self.peek().filter(|sign| matches!(sign, '"' | '\'')) else { return false };
        let mut is_escaped = false;
        let mut signs = self.rest().char_indices().skip(1);
        let close = signs.find(|(_, sign)| {
            let closes = *sign == quote && !is_escaped;
            is_escaped = !is_escaped && *sign == '\\';
            closes
        });
        self.at = close.map_or(self.text.len(), |(length, _)| self.at + length + 1);
        true
    }

    fn number(&mut self) -> bool {
        let rest = self.rest();
        let sign = usize::from(rest.starts_with(['-', '+']));
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let whole = digits(&rest[sign..]);
        let mut length = sign + whole;
        let fraction = rest[length..].strip_prefix('.').filter(|rest| whole > 0 && !rest.starts_with('.'));
        if let Some(fraction) = fraction {
            length += 1 + digits(fraction);
            if rest[length..].starts_with('.') && !rest[length..].starts_with("..") {
                return false;
            }
        }
        let is_number = whole > 0 && !rest[length..].starts_with(is_word);
        self.at += if is_number { length } else { 0 };
        is_number
    }

    /// `(1..n)`, the only thing that parentheses are for.
    fn range(&mut self) -> Result<bool, Refused> {
        if !self.take('(') {
            return Ok(false);
        }
        let is_first = self.value()?;
        self.skip_blank();
        if !is_first || !self.rest().starts_with("..") {
            return Err(self.at);
        }
        self.at += 2;
        let is_second = self.value()?;
        self.skip_blank();
        if is_second && self.take(')') { Ok(true) } else { Err(self.at) }
    }

    /// `.name` and `[value]`; whether there were any.
    fn properties(&mut self, mut is_begin: bool) -> Result<bool, Refused> {
        let start = self.at;
        loop {
            if self.take('[') {
                self.value()?;
                if !self.leap("]") {
                    return Err(start);
                }
            } else if is_begin && self.peek().is_some_and(is_word) {
                self.identifier();
            } else if self.rest().starts_with('.') && !self.rest().starts_with("..") {
                self.at += 1;
                if self.identifier().is_empty() {
                    break;
                }
            } else {
                break;
            }
            is_begin = false;
        }
        Ok(self.at > start && !is_begin)
    }
}
