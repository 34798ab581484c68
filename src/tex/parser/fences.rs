//! `\left`, `\middle`, `\right`, and whatever else is followed by a delimiter.

use super::expression::List;
use super::*;

impl Parser<'_> {
    pub(super) fn fence(&mut self, list: &mut List, left: Token, frame: &Frame) {
        let is_good = self.delimiter(left, false, frame);
        let opening = Span::new(left.start, self.lexer.at());
        self.expression(&frame.inner(Place::Fence));
        let right = self.lexer.peek();
        if right.kind == Kind::Command && self.lexer.name(right) == "right" {
            self.lexer.go_to(right.end);
            self.delimiter(right, false, frame);
        } else if is_good && !self.is_swallowed {
            let written = self.lexer.text(opening).to_owned();
            self.fault(FaultKind::UnclosedLeft(written), opening);
        }
        list.add(Nucleus::Plain);
    }

    pub(super) fn stray_right(&mut self, right: Token) {
        let before = self.faults.len();
        self.delimiter(right, false, &Frame { place: Place::Formula, outer: None });
        self.faults.truncate(before);
        let span = Span::new(right.start, self.lexer.at());
        self.fault(FaultKind::StrayRight(self.lexer.text(span).to_owned()), span);
    }

    pub(super) fn middle(&mut self, list: &mut List, middle: Token, frame: &Frame) {
        if !frame.is_in_fence() {
            self.fault(FaultKind::StrayMiddle, middle.span());
        }
        self.delimiter(middle, false, frame);
        list.add(Nucleus::Plain);
    }

    /// The delimiter that a command needs; whether it is there.
    pub(super) fn delimiter(&mut self, command: Token, may_be_braced: bool, frame: &Frame) -> bool {
        let before = self.faults.len();
        self.check_delimiter(command, may_be_braced, frame);
        self.faults.len() == before
    }

    fn check_delimiter(&mut self, command: Token, may_be_braced: bool, frame: &Frame) {
        let token = self.lexer.peek();
        if may_be_braced && token.kind == Kind::Open {
            let is_one = self.lexer.raw(b'}').is_some_and(|inside| self.is_delimiter(self.lexer.text(inside).trim()));
            if !is_one {
                self.bad_delimiter(command, Some(token));
            }
            return;
        }
        if self.is_delimiter(self.lexer.text(token.span())) {
            return self.lexer.go_to(token.end);
        }
        match token.kind {
            Kind::Command if self.is_unknown(token) => {
                self.lexer.go_to(token.end);
                self.unknown_command(token);
            }
            Kind::End => self.bad_delimiter(command, None),
            // A brace was meant to be seen.
            Kind::Open => {
                self.lexer.go_to(token.end);
                self.bad_brace(command, token);
            }
            Kind::Close if !frame.is_in_braces() => {
                self.lexer.go_to(token.end);
                self.bad_brace(command, token);
            }
            Kind::Close => self.bad_delimiter(command, None),
            _ => self.bad_delimiter(command, Some(token)),
        }
    }

    fn is_unknown(&self, token: Token) -> bool {
        let name = self.lexer.name(token);
        self.signature(name).is_none() && self.macros.command(name).is_none() && !name.trim().is_empty()
    }

    fn is_delimiter(&self, written: &str) -> bool {
        match written.strip_prefix('\\') {
            Some(name) => {
                self.macros.command(name).is_some()
                    || self.signature(name).is_some_and(|known| known.flags.has(Flags::DELIMITER))
            }
            None => {
                let mut characters = written.chars();
                characters.next().is_some_and(|first| self.tables.delimiters(self.dialect.engine).contains(first))
                    && characters.next().is_none()
            }
        }
    }

    fn bad_delimiter(&mut self, command: Token, found: Option<Token>) {
        let span = Span::new(command.start, found.map_or(command.end, |found| found.end));
        let found = found.map(|found| self.written(found));
        self.fault(FaultKind::BadDelimiter { command: self.written(command), found }, span);
    }

    fn bad_brace(&mut self, command: Token, brace: Token) {
        let replacement = format!("{}\\{}", self.written(command), self.written(brace));
        let help = format!("write `{replacement}` for a brace to be seen");
        let kind = FaultKind::BadDelimiter { command: self.written(command), found: Some(self.written(brace)) };
        self.suggest(kind, Span::new(command.start, brace.end), Some(Suggestion { replacement, help }));
    }

    /// `\genfrac{(}{)}{0pt}{2}{a}{b}`: two delimiters or none, a size or none, a style, two arguments.
    pub(super) fn genfrac(&mut self, list: &mut List, token: Token, frame: &Frame) {
        for found in 0..6 {
            if !self.is_argument(frame) {
                self.lacks(token, 6, found);
                break;
            }
            if found > 3 {
                self.arguments(token, "m", frame);
            } else {
                self.genfrac_argument(token, found);
            }
        }
        list.add(Nucleus::Plain);
    }

    fn genfrac_argument(&mut self, command: Token, number: usize) {
        let start = self.lexer.peek().start;
        self.raw_argument(command);
        let written = self.lexer.text(Span::new(start, self.lexer.at())).trim_matches(['{', '}', ' ']).to_owned();
        let is_delimiter =
            written.is_empty() || matches!(&*written, "\\" | "\\{" | "\\}") || self.is_delimiter(&written);
        if number < 2 && !self.is_katex() && !is_delimiter {
            let kind = FaultKind::BadDelimiter { command: self.written(command), found: Some(written) };
            self.fault(kind, Span::new(start, self.lexer.at()));
        } else if number == 2
            && self.is_katex()
            && !written.is_empty()
            && !values::is_size(&written, self.dialect.engine)
        {
            self.fault(
                FaultKind::BadSize { command: self.written(command), found: written },
                Span::new(start, self.lexer.at()),
            );
        }
    }
}
