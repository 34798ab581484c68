//! Expressions, as far as they are literals.

use super::lexer::{Kind, Token, sign};
use super::{Object, Value};

/// Configs nest less deep.
const DEEPEST: usize = 32;

/// Lists of names that a file takes from a module have fewer tokens.
const LONGEST: usize = 400;

/// Reads on from a token.
pub(super) struct Reader<'s> {
    text: &'s str,
    tokens: &'s [Token],
    at: usize,
    depth: usize,
}

impl<'s> Reader<'s> {
    pub(super) fn new(text: &'s str, tokens: &'s [Token], at: usize) -> Self {
        Reader { text, tokens, at, depth: 0 }
    }

    fn peek(&self) -> &'s str {
        self.tokens.get(self.at).map_or("", |token| match &token.kind {
            Kind::Word | Kind::Sign => &self.text[token.span],
            _ => "\"",
        })
    }

    fn take(&mut self, sign: &str) -> bool {
        let is_there = self.peek() == sign;
        self.at += usize::from(is_there);
        is_there
    }

    fn word(&mut self) -> Option<&'s str> {
        let token = self.tokens.get(self.at).filter(|token| token.kind == Kind::Word)?;
        self.at += 1;
        Some(&self.text[token.span])
    }

    fn quoted(&mut self) -> Option<&'s str> {
        let Kind::Text(text) = &self.tokens.get(self.at)?.kind else { return None };
        self.at += 1;
        Some(text)
    }

    /// Goes behind the bracket that closes the one it stands at.
    fn leap(&mut self) {
        self.at = self.tokens.get(self.at).map_or(self.at, |token| token.close + 1).min(self.tokens.len());
    }

    /// The expression, and what makes something else of it.
    pub(super) fn value(&mut self) -> Value {
        if self.depth >= DEEPEST {
            self.rest();
            return Value::Unknown;
        }
        self.depth += 1;
        let mut value = self.first();
        loop {
            let leads = self.tokens.get(self.at).is_some_and(|token| token.leads);
            match self.peek() {
                "" | "," | ")" | "]" | "}" | ";" => break,
                "as" | "satisfies" if !leads => {
                    self.rest();
                    break;
                }
                "(" if !leads => {
                    let arguments = self.arguments();
                    value = match value {
                        Value::Name(name) => Value::Call(name, arguments),
                        _ => Value::Unknown,
                    };
                }
                "." | "?." => {
                    self.at += 1;
                    let part = self.word().unwrap_or_default();
                    value = match value {
                        Value::Name(name) => Value::Name(format!("{name}.{part}")),
                        // What a module has besides is still that module.
                        Value::Call(name, arguments) if name == "require" && part == "default" => {
                            Value::Call(name, arguments)
                        }
                        _ => Value::Unknown,
                    };
                }
                _ if leads && self.tokens[self.at].kind == Kind::Word => break,
                _ => {
                    self.rest();
                    value = Value::Unknown;
                    break;
                }
            }
        }
        self.depth -= 1;
        value
    }

    /// Leaves what still belongs to an expression.
    fn rest(&mut self) {
        while !matches!(self.peek(), "" | "," | ")" | "]" | "}" | ";") {
            match self.peek() {
                "(" | "[" | "{" => self.leap(),
                _ => self.at += 1,
            }
        }
    }

    fn first(&mut self) -> Value {
        let Some(token) = self.tokens.get(self.at) else { return Value::Unknown };
        match &token.kind {
            Kind::Text(text) => {
                self.at += 1;
                Value::Text(text.clone())
            }
            Kind::Template(text) => {
                self.at += 1;
                Value::Template(text.clone())
            }
            Kind::Number => {
                self.at += 1;
                Value::Number(self.text[token.span].to_owned())
            }
            Kind::Word => self.named(),
            Kind::Pattern => {
                self.at += 1;
                Value::Unknown
            }
            Kind::Sign => match sign(self.text, token) {
                "[" => self.list(),
                "{" => self.object(),
                "(" if self.is_function() => self.function(),
                "(" => {
                    let close = token.close;
                    self.at += 1;
                    let value = self.value();
                    let is_one = self.at == close;
                    self.at = (close + 1).min(self.tokens.len());
                    if is_one { value } else { Value::Unknown }
                }
                ")" | "]" | "}" | "," | ";" => Value::Unknown,
                _ => {
                    self.at += 1;
                    self.rest();
                    Value::Unknown
                }
            },
        }
    }

    /// What begins with a word.
    fn named(&mut self) -> Value {
        let next = self.tokens.get(self.at + 1).map_or("", |token| sign(self.text, token));
        match self.peek() {
            "async" | "function" => self.function(),
            _ if next == "=>" => self.function(),
            "await" => {
                self.at += 1;
                self.first()
            }
            "new" | "typeof" | "void" | "class" => {
                self.rest();
                Value::Unknown
            }
            word => {
                self.at += 1;
                match word {
                    "true" | "false" => Value::Flag(word == "true"),
                    "null" | "undefined" => Value::Null,
                    _ => Value::Name(word.to_owned()),
                }
            }
        }
    }

    /// Whether the parenthesis it stands at holds the names of what a function is given.
    fn is_function(&self) -> bool {
        let close = self.tokens[self.at].close;
        let behind = |step: usize| self.tokens.get(close + step).map_or("", |token| sign(self.text, token));
        behind(1) == "=>"
            || behind(1) == ":" && self.tokens[close..].iter().take(8).any(|token| sign(self.text, token) == "=>")
    }

    /// A function, and what its last statement returns.
    fn function(&mut self) -> Value {
        while !matches!(self.peek(), "" | "=>" | "{") {
            match self.peek() {
                "(" | "[" => self.leap(),
                _ => self.at += 1,
            }
        }
        if self.take("=>") && self.peek() != "{" {
            return Value::Function(Box::new(self.value()));
        }
        let Some(body) = self.tokens.get(self.at).map(|token| self.at + 1..token.close) else { return Value::Unknown };
        self.leap();
        let (mut at, mut returned) = (body.start, None);
        while at < body.end {
            match self.tokens[at].kind {
                Kind::Sign if matches!(sign(self.text, &self.tokens[at]), "(" | "[" | "{") => {
                    at = self.tokens[at].close
                }
                Kind::Word if &self.text[self.tokens[at].span] == "return" => returned = Some(at + 1),
                _ => {}
            }
            at += 1;
        }
        let value = |at| Reader { at, depth: self.depth, ..*self }.value();
        Value::Function(Box::new(returned.map_or(Value::Unknown, value)))
    }

    /// What stands between the parentheses that it stands at.
    pub(super) fn arguments(&mut self) -> Vec<Value> {
        match self.list() {
            Value::List(items) => items,
            _ => Vec::new(),
        }
    }

    fn list(&mut self) -> Value {
        let close = self.tokens[self.at].close;
        self.at += 1;
        let mut items = Vec::new();
        while self.at < close {
            if self.take(",") {
                continue;
            }
            let spreads = self.take("...");
            let item = self.value();
            items.push(if spreads { Value::Unknown } else { item });
            self.pass(close);
        }
        self.at = (close + 1).min(self.tokens.len());
        Value::List(items)
    }

    fn object(&mut self) -> Value {
        let close = self.tokens[self.at].close;
        self.at += 1;
        let mut object = Object::default();
        while self.at < close {
            if self.take(",") {
                continue;
            }
            match self.entry() {
                Some(entry) => object.entries.push(entry),
                None => {
                    object.is_open = true;
                    self.rest();
                }
            }
            self.pass(close);
        }
        self.at = (close + 1).min(self.tokens.len());
        Value::Object(object)
    }

    /// Goes on to the comma before the next item, whatever stands there.
    fn pass(&mut self, close: usize) {
        self.rest();
        if self.at < close && self.peek() != "," {
            self.at += 1;
        }
    }

    /// A key with its value.
    fn entry(&mut self) -> Option<(String, Value)> {
        if matches!(self.peek(), "async" | "get" | "set") && self.tokens.get(self.at + 1)?.kind == Kind::Word {
            self.at += 1;
        }
        let key = match &self.tokens.get(self.at)?.kind {
            Kind::Text(text) => text.clone(),
            Kind::Word | Kind::Number => self.text[self.tokens[self.at].span].to_owned(),
            _ => return None,
        };
        self.at += 1;
        let value = match self.peek() {
            ":" => {
                self.at += 1;
                self.value()
            }
            "(" => self.function(),
            _ => Value::Name(key.clone()),
        };
        Some((key, value))
    }

    /// The names that the file gives to what other modules bring, with the module.
    pub(super) fn imports(mut self) -> Vec<(String, String)> {
        let mut imports = Vec::new();
        while self.at < self.tokens.len() {
            let is_member = self.at > 0 && sign(self.text, &self.tokens[self.at - 1]) == ".";
            match self.peek() {
                "import" if !is_member => self.import(&mut imports),
                "export" if !is_member && self.hands_on() => self.import(&mut imports),
                "require" if !is_member => self.require(&mut imports),
                _ => self.at += 1,
            }
        }
        imports
    }

    /// `export { a } from 'b'`, `export * from 'b'`.
    fn hands_on(&self) -> bool {
        let next = |step: usize| self.tokens.get(self.at + step);
        let is = |step: usize, word: &str| next(step).is_some_and(|token| &self.text[token.span] == word);
        let behind = match next(1) {
            Some(token) if is(1, "{") => token.close + 1,
            Some(_) if is(1, "*") => self.at + 2,
            _ => return false,
        };
        self.tokens.get(behind).is_some_and(|token| &self.text[token.span] == "from")
    }

    /// `import a, { b as c } from 'd'`.
    fn import(&mut self, imports: &mut Vec<(String, String)>) {
        self.at += 1;
        if self.peek() == "(" {
            return;
        }
        let mut names = Vec::new();
        while !matches!(self.peek(), "" | "\"" | ";") {
            match self.word() {
                Some("from") if self.peek() == "\"" => break,
                Some("as") => {
                    names.pop();
                }
                Some(name) => names.push(name),
                None if self.take("*") => names.push("*"),
                None => self.at += 1,
            }
        }
        if let Some(module) = self.quoted() {
            let names = if names.is_empty() { vec![""] } else { names };
            imports.extend(names.into_iter().map(|name| (name.to_owned(), module.to_owned())));
        }
    }

    /// `const a = require('b')`, `const { c, d: e } = require('f')`.
    fn require(&mut self, imports: &mut Vec<(String, String)>) {
        let here = self.at;
        self.at += 1;
        let module = if self.take("(") { self.quoted() } else { None };
        let Some(module) = module else { return };
        let before = |step: usize| here.checked_sub(step).and_then(|at| self.tokens.get(at));
        let is_bound = before(1).is_some_and(|token| sign(self.text, token) == "=");
        let mut names = Vec::new();
        match before(2) {
            Some(token) if is_bound && token.kind == Kind::Word => names.push(&self.text[token.span]),
            Some(token) if is_bound && sign(self.text, token) == "}" => {
                let from = here.saturating_sub(LONGEST);
                let open = self.tokens[from..here].iter().rposition(|token| token.close + 2 == here);
                let inner = open.map_or(&[][..], |open| &self.tokens[from + open..here - 1]);
                // The name behind a colon is the file's own.
                names.extend(
                    inner
                        .windows(2)
                        .filter(|pair| pair[0].kind == Kind::Word && sign(self.text, &pair[1]) != ":")
                        .map(|pair| &self.text[pair[0].span]),
                );
            }
            _ => {}
        }
        imports.extend(names.into_iter().map(|name| (name.to_owned(), module.to_owned())));
    }
}
