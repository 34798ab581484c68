//! Expressions of JavaScript in braces: where they end, and which surely are none. What would take a parser is left open.

use super::tag::{is_in_name, starts_name};

/// A token of JavaScript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Word(&'t str),
    Number,
    Text,
    /// A template; what stands in it is not looked at.
    Template,
    Sign(&'t str),
    /// What no language of the kind has outside of texts.
    Strange,
    /// A text or a comment that ends nowhere.
    Open,
}

/// Signs of several characters, the longest first.
const SIGNS: &[&str] = &[
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=", "<=", ">=", "&&",
    "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**", "//",
];

/// The tokens of a text, each with its place, as far as they are asked for.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = (usize, Token<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || next(text, &mut at))
}

/// The next token from a byte on, which goes behind it.
fn next<'t>(text: &'t str, at: &mut usize) -> Option<(usize, Token<'t>)> {
    while let Some(sign) = text[*at..].chars().next() {
        let rest = &text[*at..];
        let (token, length) = match sign {
            _ if sign.is_whitespace() => {
                *at += sign.len_utf8();
                continue;
            }
            _ if rest.starts_with("//") => {
                *at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            _ if rest.starts_with("/*") => match rest.find("*/") {
                Some(end) => {
                    *at += end + 2;
                    continue;
                }
                None => (Token::Open, rest.len()),
            },
            '"' | '\'' => match end_of_text(rest, sign) {
                Some(end) => (Token::Text, end),
                None => (Token::Open, rest.len()),
            },
            '`' => match end_of_template(rest) {
                Some(end) => (Token::Template, end),
                None => (Token::Open, rest.len()),
            },
            _ if sign.is_ascii_digit() => {
                (Token::Number, rest.find(|sign: char| !is_in_name(sign) && sign != '.').unwrap_or(rest.len()))
            }
            _ if starts_name(sign) => {
                let length = rest.find(|sign: char| !is_in_name(sign)).unwrap_or(rest.len());
                (Token::Word(&rest[..length]), length)
            }
            _ if sign.is_ascii_punctuation() => {
                let length = SIGNS.iter().find(|known| rest.starts_with(**known)).map_or(1, |known| known.len());
                (Token::Sign(&rest[..length]), length)
            }
            _ => (Token::Strange, sign.len_utf8()),
        };
        let place = *at;
        *at += length;
        return Some((place, token));
    }
    None
}

fn end_of_text(text: &str, quote: char) -> Option<usize> {
    let mut signs = text.char_indices().skip(1);
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => _ = signs.next(),
            '\n' => return None,
            _ if sign == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn end_of_template(text: &str) -> Option<usize> {
    let mut signs = text.char_indices().skip(1);
    let mut depth = 0_usize;
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => _ = signs.next(),
            '{' if depth > 0 || text[..at].ends_with('$') => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '`' if depth == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The byte behind the brace that closes the one at a byte; `None` where the text ends before. Texts within tags may have
/// quotes that are none, so that braces are counted where tokens lead nowhere.
pub(super) fn end(text: &str, open: usize) -> Option<usize> {
    let inner = &text[open..];
    let mut depth = 0_usize;
    for (at, token) in tokens(inner) {
        match token {
            Token::Sign("{") => depth += 1,
            Token::Sign("}") => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(open + at + 1);
                }
            }
            _ => {}
        }
    }
    let mut depth = 0_usize;
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(open + at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// What is known of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict<'t> {
    /// It may be one.
    Open,
    /// It is none.
    Wrong,
    /// It is one, and looks at this name first.
    Begins(&'t str),
}

/// Words that an expression can have in so many ways that it is left open.
const WORDS: &[&str] = &[
    "as", "async", "await", "break", "case", "class", "const", "delete", "do", "else", "for", "function", "if",
    "import", "in", "instanceof", "let", "new", "of", "return", "satisfies", "super", "switch", "this", "throw",
    "typeof", "var", "void", "while", "yield",
];

/// Signs that stand between two operands.
const BETWEEN: &[&str] = &[
    "=", "+", "-", "*", "/", "%", "<", ">", "&", "|", "^", "===", "!==", "==", "!=", "<=", ">=", "&&", "||", "??",
    "<<", ">>", ">>>", "**", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "**=", "&&=", "||=", "??=", "<<=", ">>=",
    ">>>=",
];

/// What is known of the text between braces.
pub(super) fn judge(text: &str) -> Verdict<'_> {
    let tokens: Vec<_> = tokens(text).collect();
    let has =
        |wanted: &[&str]| tokens.iter().any(|(_, token)| matches!(token, Token::Sign(sign) if wanted.contains(sign)));
    let words = tokens.iter().any(|(_, token)| matches!(token, Token::Word(word) if WORDS.contains(word)));
    // Functions, and tags of JSX.
    let has_tag = tokens.windows(2).any(|pair| {
        matches!(pair, [(at, Token::Sign("<")), (next, Token::Word(_) | Token::Sign(">" | "/"))] if *next == at + 1)
    });
    // Nobody writes more in a text.
    const MOST: usize = 500;
    if has(&["=>"]) || words || has_tag || tokens.len() > MOST {
        return Verdict::Open;
    }
    let mut judge = Judge { tokens: &tokens, at: 0, first: None };
    if tokens.is_empty() {
        return Verdict::Open;
    }
    match judge.list() {
        Ok(()) if judge.at == tokens.len() => judge.first.map_or(Verdict::Open, Verdict::Begins),
        Ok(()) | Err(Stop::Wrong) => Verdict::Wrong,
        Err(Stop::Unclear) => Verdict::Open,
    }
}

enum Stop {
    Wrong,
    /// It may be something that is not read here.
    Unclear,
}

struct Judge<'s, 't> {
    tokens: &'s [(usize, Token<'t>)],
    at: usize,
    /// The first name that a value is looked up by, unless something else came before.
    first: Option<&'t str>,
}

impl<'t> Judge<'_, 't> {
    fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.at).map(|(_, token)| *token)
    }

    fn takes(&mut self, sign: &str) -> bool {
        let is_it =
            self.peek() == Some(Token::Sign(sign)) || matches!(self.peek(), Some(Token::Sign(own)) if own == sign);
        self.at += usize::from(is_it);
        is_it
    }

    /// Expressions with commas between them.
    fn list(&mut self) -> Result<(), Stop> {
        self.expression()?;
        while self.takes(",") {
            self.expression()?;
        }
        Ok(())
    }

    fn expression(&mut self) -> Result<(), Stop> {
        self.operand()?;
        loop {
            match self.peek() {
                Some(Token::Sign("?")) => {
                    self.at += 1;
                    self.expression()?;
                    if !self.takes(":") {
                        return Err(Stop::Wrong);
                    }
                    return self.expression();
                }
                Some(Token::Sign(sign)) if BETWEEN.contains(&sign) => {
                    self.at += 1;
                    self.operand()?;
                }
                _ => return Ok(()),
            }
        }
    }

    fn operand(&mut self) -> Result<(), Stop> {
        while matches!(self.peek(), Some(Token::Sign("!" | "~" | "+" | "-" | "++" | "--"))) {
            self.at += 1;
        }
        let token = self.peek().ok_or(Stop::Wrong)?;
        self.at += 1;
        match token {
            Token::Word(word) => {
                const VALUES: &[&str] = &["true", "false", "null", "undefined", "NaN", "Infinity"];
                let name = if VALUES.contains(&word) { "" } else { word };
                self.first = self.first.or(Some(name));
            }
            Token::Number | Token::Text | Token::Template => self.first = self.first.or(Some("")),
            Token::Sign("(") => {
                self.list()?;
                if !self.takes(")") {
                    return Err(Stop::Wrong);
                }
            }
            Token::Sign("[") => self.items("]")?,
            Token::Sign("{") => self.object()?,
            // A regular expression, or what is like one.
            Token::Sign("/" | "/=") => return Err(Stop::Unclear),
            Token::Open | Token::Strange | Token::Sign(_) => return Err(Stop::Wrong),
        }
        self.behind()
    }

    /// What follows an operand and belongs to it.
    fn behind(&mut self) -> Result<(), Stop> {
        loop {
            match self.peek() {
                Some(Token::Sign("." | "?.")) => {
                    self.at += 1;
                    match self.peek() {
                        Some(Token::Word(_)) => self.at += 1,
                        Some(Token::Sign("(" | "[" | "#")) => return Err(Stop::Unclear),
                        _ => return Err(Stop::Wrong),
                    }
                }
                Some(Token::Sign("(")) => {
                    self.at += 1;
                    self.items(")")?;
                }
                Some(Token::Sign("[")) => {
                    self.at += 1;
                    self.list()?;
                    if !self.takes("]") {
                        return Err(Stop::Wrong);
                    }
                }
                Some(Token::Template | Token::Sign("++" | "--")) => self.at += 1,
                _ => return Ok(()),
            }
        }
    }

    /// Items up to a sign.
    fn items(&mut self, close: &str) -> Result<(), Stop> {
        loop {
            if self.takes(close) {
                return Ok(());
            }
            if self.takes(",") {
                continue;
            }
            self.takes("...");
            self.expression()?;
            if !matches!(self.peek(), Some(Token::Sign(sign)) if sign == "," || sign == close) {
                return Err(Stop::Wrong);
            }
        }
    }

    /// Keys and values.
    fn object(&mut self) -> Result<(), Stop> {
        loop {
            if self.takes("}") {
                return Ok(());
            }
            if self.takes("...") {
                self.expression()?;
            } else {
                let key = self.peek().ok_or(Stop::Wrong)?;
                self.at += 1;
                let is_word = match key {
                    Token::Word(_) => true,
                    Token::Text | Token::Number => false,
                    Token::Sign("[" | "*" | "#") => return Err(Stop::Unclear),
                    _ => return Err(Stop::Wrong),
                };
                match self.peek() {
                    Some(Token::Sign(":")) => {
                        self.at += 1;
                        self.expression()?;
                    }
                    Some(Token::Sign("(")) => return Err(Stop::Unclear),
                    Some(Token::Sign("," | "}")) if is_word => {
                        if let Token::Word(word) = key {
                            self.first = self.first.or(Some(word));
                        }
                    }
                    _ => return Err(Stop::Wrong),
                }
            }
            if !matches!(self.peek(), Some(Token::Sign("," | "}"))) {
                return Err(Stop::Wrong);
            }
            self.takes(",");
        }
    }
}
