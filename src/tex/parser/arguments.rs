//! What a command is followed by.

use super::*;

impl Parser<'_> {
    /// Reads the arguments of a command; what the last one in math was.
    pub(super) fn arguments(&mut self, command: Token, arguments: &str, frame: &Frame) -> Nucleus {
        let needed = arguments.bytes().filter(|kind| !b"*oOS".contains(kind)).count();
        let (mut found, mut last) = (0, Nucleus::Nothing);
        for kind in arguments.bytes() {
            let is_there = match kind {
                b'*' => self.lexer.eat('*'),
                b'o' | b'O' | b'S' => self.optional(command, kind, frame),
                b'd' | b'D' => {
                    self.delimiter(command, kind == b'D', frame);
                    true
                }
                b'?' => {
                    self.skip_groups();
                    true
                }
                b's' => self.size(command, frame),
                _ if !self.is_argument(frame) => false,
                b't' => self.text_argument(command, frame),
                b'r' | b'n' => self.raw_argument(command),
                b'c' => self.color(command),
                b'C' => self.columns(),
                _ => {
                    last = self.math_argument(command, kind == b'a', frame);
                    true
                }
            };
            if !is_there && !b"*oOS".contains(&kind) {
                self.missing_argument(command, needed, found, frame);
                return last;
            }
            found += usize::from(!b"*oOS".contains(&kind));
        }
        last
    }

    /// Whether an argument begins here. MathJax knows no comments before one.
    pub(super) fn is_argument(&mut self, frame: &Frame) -> bool {
        let token = self.peek_argument();
        match token.kind {
            Kind::Command => !is_end(self.lexer.name(token)),
            Kind::Character => !(self.lexer.rest().starts_with(']') && frame.is_in_bracket()),
            Kind::Dollar => !frame.is_in_text(),
            kind => !is_nothing(kind),
        }
    }

    fn peek_argument(&mut self) -> Token {
        if self.is_katex() {
            return self.lexer.peek();
        }
        self.lexer.skip_white_space();
        self.lexer.peek_here()
    }

    fn missing_argument(&mut self, command: Token, needed: usize, found: usize, frame: &Frame) {
        let next = self.lexer.peek();
        // A brace that is too much, or one that is missing, is the fault, and told as such.
        let is_stray = is_told_itself(next, frame);
        let is_unclosed = self.faults.last().is_some_and(|fault| {
            matches!(fault.kind, FaultKind::UnclosedBrace | FaultKind::UnclosedBracket(_))
                && fault.span.start >= command.end
        });
        if !is_stray && !is_unclosed {
            self.lacks(command, needed, found);
        }
    }

    /// One argument in math: braces, a character, or a command that needs nothing.
    fn math_argument(&mut self, of: Token, is_table: bool, frame: &Frame) -> Nucleus {
        let token = self.peek_argument();
        match token.kind {
            Kind::Open if is_table => self.table_argument(frame),
            Kind::Open => {
                let outer = std::mem::take(&mut self.has_equation);
                let nucleus = self.braces(frame, Place::Argument);
                self.has_equation = outer;
                nucleus
            }
            Kind::Command => self.command_as_argument(of, token, frame),
            Kind::Hash => {
                self.stray(FaultKind::StrayHash, token);
                Nucleus::Plain
            }
            Kind::Dollar if self.is_katex() => {
                self.stray(FaultKind::StrayDollar, token);
                Nucleus::Plain
            }
            _ => {
                self.lexer.go_to(token.end);
                Nucleus::Plain
            }
        }
    }

    fn command_as_argument(&mut self, of: Token, token: Token, frame: &Frame) -> Nucleus {
        let name = self.lexer.name(token);
        let may = match self.macros.command(name) {
            None if is_limits(name) => false,
            Some(Definition::Macro { arity, .. }) => *arity == 0,
            Some(Definition::Alias(_)) => true,
            // KaTeX 0.19.1, `Parser.js`: what `\sqrt` is drawn over is read as a script is; MathJax 3.2.2,
            // `BaseMethods.js`, helps out `\sqrt\frac`.
            None if self.lexer.name(of) == "sqrt" && name == "frac" => true,
            None if self.lexer.name(of) == "sqrt" && self.is_katex() => self.may_follow_script(name),
            None => self.signature(name).is_none_or(|known| {
                known.flags.has(Flags::ARGUMENT) || (known.arguments.is_empty() && !known.flags.has(MATH))
            }),
        };
        if !may {
            let kind = FaultKind::CommandAsArgument { command: self.written(token), of: self.written(of) };
            self.fault(kind, token.span());
        }
        if is_limits(name) {
            self.lexer.go_to(token.end);
            return Nucleus::Plain;
        }
        let mut list = expression::List::default();
        self.command(&mut list, token, frame);
        list.nucleus
    }

    /// An optional argument, if it begins here.
    fn optional(&mut self, command: Token, kind: u8, frame: &Frame) -> bool {
        self.lexer.skip_space();
        if !self.lexer.rest().starts_with('[') {
            return false;
        }
        let open = self.lexer.peek();
        if kind != b'o' {
            match self.lexer.raw(b']') {
                Some(inside) if kind == b'S' => self.check_size(command, inside),
                Some(_) => (),
                None => self.unclosed_bracket(command, open),
            }
            return true;
        }
        self.lexer.go_to(open.end);
        let close = (!self.is_katex()).then_some(b']');
        let outer = std::mem::replace(&mut self.lexer.comment_ends_at, close);
        self.expression(&frame.inner(Place::Bracket));
        self.lexer.comment_ends_at = outer;
        if self.lexer.peek().kind == Kind::Character {
            self.lexer.go_to(self.lexer.at() + 1);
        } else {
            self.fault(FaultKind::UnclosedBracket(self.written(command)), open.span());
        }
        true
    }

    pub(super) fn unclosed_bracket(&mut self, command: Token, open: Token) {
        self.lexer.go_to(open.end);
        self.fault(FaultKind::UnclosedBracket(self.written(command)), open.span());
    }

    /// The size behind `\\`, which follows at once or is none.
    pub(super) fn row_size(&mut self, command: Token) {
        if self.lexer.rest().starts_with('*') {
            self.lexer.go_to(self.lexer.at() + 1);
        }
        let open = self.lexer.peek_here();
        if self.lexer.rest().starts_with('[') {
            match self.lexer.raw(b']') {
                Some(inside) => self.check_size(command, inside),
                None => self.unclosed_bracket(command, open),
            }
        }
    }

    /// An argument that is taken as it is.
    pub(super) fn raw_argument(&mut self, command: Token) -> bool {
        let token = self.peek_argument();
        if token.kind != Kind::Open {
            self.lexer.go_to(token.end);
            return token.kind != Kind::End && command.end <= token.start;
        }
        if self.lexer.raw(b'}').is_none() {
            self.unclosed_text(token);
        }
        true
    }

    /// Reports a brace that has no end, and goes to the end with it.
    pub(super) fn unclosed_text(&mut self, open: Token) {
        self.fault(FaultKind::UnclosedBrace, open.span());
        self.is_swallowed = true;
        self.lexer.go_to(self.lexer.at() + self.lexer.rest().len());
    }

    /// Passes all groups that follow, whatever they are.
    pub(super) fn skip_groups(&mut self) {
        loop {
            let open = self.lexer.peek();
            let passed = match self.lexer.rest().as_bytes().first() {
                Some(b'{') => self.lexer.raw(b'}'),
                Some(b'[') => self.lexer.raw(b']'),
                _ => return,
            };
            if passed.is_none() {
                return self.unclosed_text(open);
            }
        }
    }

    /// The arguments of a macro: what becomes of them is not known, so only unknown commands in them are told.
    pub(super) fn macro_arguments(&mut self, command: Token, arity: usize, optional: bool, frame: &Frame) {
        let before = self.faults.len();
        if optional {
            self.optional(command, b'O', frame);
        }
        let needed = arity.saturating_sub(usize::from(optional));
        for found in 0..needed {
            if !self.is_argument(frame) {
                return self.missing_argument(command, needed, found, frame);
            }
            if self.lexer.peek().kind == Kind::Open {
                self.table_argument(frame);
            } else {
                self.math_argument(command, false, frame);
            }
            let told = self.faults.split_off(before);
            self.faults.extend(told.into_iter().filter(Fault::is_unknown_command));
        }
    }
}
