//! Expressions, as Nunjucks 3.2.4 reads them (`src/parser.js`), and what of them it cannot carry out in a post of Hexo's.

use super::lexer::{Kind, Token, next};
use crate::text::Span;

/// Where in a text an expression is read.
pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub at: usize,
    /// Filters that it asks for.
    pub filters: Vec<Span>,
    /// Names that are called as functions, or whose parts are.
    pub calls: Vec<Span>,
    /// Names of values.
    pub names: Vec<Span>,
    depth: usize,
}

/// It cannot be read.
#[derive(Debug)]
pub(super) struct Unreadable;

type Read<T = ()> = Result<T, Unreadable>;

/// Expressions nest no deeper.
const DEEPEST: usize = 40;

/// What an expression comes to, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    /// A name, or a part of what it names.
    Name(Span),
    /// Anything else.
    Other,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Reader<'t> {
        Reader { text, at, filters: Vec::new(), calls: Vec::new(), names: Vec::new(), depth: 0 }
    }

    pub(super) fn peek(&self) -> Option<Token> {
        next(self.text, self.at)
    }

    pub(super) fn take(&mut self) -> Option<Token> {
        let token = self.peek()?;
        self.at = token.span.end;
        Some(token)
    }

    fn is(&self, token: Token, kind: Kind, word: &str) -> bool {
        token.kind == kind && &self.text[token.span] == word
    }

    /// Takes a sign or a name, if it comes next.
    pub(super) fn skip(&mut self, kind: Kind, word: &str) -> bool {
        let token = self.peek().filter(|token| self.is(*token, kind, word));
        self.at = token.map_or(self.at, |token| token.span.end);
        token.is_some()
    }

    pub(super) fn word(&mut self, word: &str) -> bool {
        self.skip(Kind::Symbol, word)
    }

    pub(super) fn sign(&mut self, sign: &str) -> bool {
        self.skip(Kind::Sign, sign)
    }

    /// The end of a tag or an output.
    pub(super) fn end(&mut self, kind: Kind) -> Read {
        match self.take() {
            Some(token) if token.kind == kind => Ok(()),
            _ => Err(Unreadable),
        }
    }

    pub(super) fn expression(&mut self) -> Read {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Unreadable);
        }
        self.either()?;
        if self.word("if") {
            self.either()?;
            if self.word("else") {
                self.either()?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn either(&mut self) -> Read {
        loop {
            self.negated()?;
            if !self.word("or") && !self.word("and") {
                return Ok(());
            }
        }
    }

    fn negated(&mut self) -> Read {
        while self.word("not") {}
        loop {
            self.compared()?;
            if self.word("is") {
                self.word("not");
                self.compared()?;
            }
            let before = self.at;
            self.word("not");
            if !self.word("in") {
                self.at = before;
                return Ok(());
            }
        }
    }

    fn compared(&mut self) -> Read {
        const SIGNS: &[&str] =
            &["==", "===", "!=", "!==", "<", ">", "<=", ">=", "~", "+", "-", "*", "/", "//", "%", "**"];
        loop {
            self.unary(true)?;
            let token = self.peek().filter(|token| token.kind == Kind::Sign);
            match token.filter(|token| SIGNS.contains(&&self.text[token.span])) {
                Some(token) => self.at = token.span.end,
                None => return Ok(()),
            }
        }
    }

    fn unary(&mut self, has_filters: bool) -> Read {
        if self.sign("-") || self.sign("+") {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err(Unreadable);
            }
            self.unary(false)?;
            self.depth -= 1;
        } else {
            self.primary()?;
        }
        while has_filters && self.sign("|") {
            self.filter()?;
        }
        Ok(())
    }

    /// The name of a filter, with what it is given.
    pub(super) fn filter(&mut self) -> Read {
        let first = self.take().filter(|token| token.kind == Kind::Symbol).ok_or(Unreadable)?;
        let mut name = first.span;
        while self.sign(".") {
            let part = self.take().filter(|token| token.kind == Kind::Symbol).ok_or(Unreadable)?;
            name.end = part.span.end;
        }
        self.filters.push(name);
        if self.peek().is_some_and(|token| self.is(token, Kind::Sign, "(")) {
            self.postfix(Node::Other)?;
        }
        Ok(())
    }

    pub(super) fn primary(&mut self) -> Read<Node> {
        let token = self.peek().ok_or(Unreadable)?;
        let node = match token.kind {
            Kind::Literal => {
                self.at = token.span.end;
                Node::Other
            }
            Kind::Symbol => {
                self.at = token.span.end;
                self.names.push(token.span);
                Node::Name(token.span)
            }
            _ => {
                self.aggregate()?;
                Node::Other
            }
        };
        self.postfix(node)
    }

    fn postfix(&mut self, node: Node) -> Read<Node> {
        while let Some(token) = self.peek().filter(|token| token.kind == Kind::Sign) {
            match &self.text[token.span] {
                "(" => {
                    if let Node::Name(name) = node {
                        self.calls.push(name);
                    }
                    self.signature()?;
                }
                "[" => {
                    if self.aggregate()? > 1 {
                        return Err(Unreadable);
                    }
                }
                "." => {
                    self.at = token.span.end;
                    self.take().filter(|token| token.kind == Kind::Symbol).ok_or(Unreadable)?;
                }
                _ => break,
            }
        }
        Ok(node)
    }

    /// `(a, b=1)`
    pub(super) fn signature(&mut self) -> Read {
        if !self.sign("(") {
            return Err(Unreadable);
        }
        let mut is_first = true;
        while !self.sign(")") {
            if !std::mem::take(&mut is_first) && !self.sign(",") {
                return Err(Unreadable);
            }
            self.expression()?;
            if self.sign("=") {
                self.expression()?;
            }
        }
        Ok(())
    }

    /// A group, a list or a map; how many stand in it. Any bracket closes it.
    fn aggregate(&mut self) -> Read<usize> {
        let token = self.take().filter(|token| token.kind == Kind::Sign).ok_or(Unreadable)?;
        let is_map = match &self.text[token.span] {
            "(" | "[" => false,
            "{" => true,
            _ => return Err(Unreadable),
        };
        let mut count = 0;
        loop {
            if [")", "]", "}"].iter().any(|close| self.sign(close)) {
                return Ok(count);
            }
            if count > 0 && !self.sign(",") {
                return Err(Unreadable);
            }
            if is_map {
                self.primary()?;
                if !self.sign(":") {
                    return Err(Unreadable);
                }
            }
            self.expression()?;
            count += 1;
        }
    }
}
