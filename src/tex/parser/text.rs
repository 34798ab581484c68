//! Text in math: `\text{...}` and the like, with math in it.

use super::*;

impl Parser<'_> {
    /// The argument of a command that sets text.
    pub(super) fn text_argument(&mut self, command: Token, frame: &Frame) -> bool {
        let token = self.lexer.peek();
        if token.kind == Kind::Open {
            self.deeper(|parser| parser.text_box(token, frame));
        } else if token.kind == Kind::Command && self.dialect.textmacros {
            self.lexer.go_to(token.end);
            let mut is_told = false;
            self.deeper(|parser| parser.text_command(token, &mut is_told, frame));
        } else {
            self.lexer.go_to(token.end);
        }
        command.end <= token.start
    }

    /// Text in braces. Without text macros all but braces and math is taken as it is.
    fn text_box(&mut self, open: Token, frame: &Frame) {
        self.lexer.go_to(open.end);
        let inside = frame.inner(Place::Argument);
        // What stands behind the first math in a text is most likely math, too.
        let (mut depth, mut is_told) = (0usize, !self.dialect.textmacros);
        loop {
            self.skip_letters();
            let token = self.lexer.peek_here();
            match token.kind {
                Kind::End => return self.unclosed_text(open),
                Kind::Close if depth == 0 => return self.lexer.go_to(token.end),
                Kind::Dollar => {
                    self.text_math(token, "$", &inside);
                    continue;
                }
                Kind::Command if self.lexer.name(token) == "(" => {
                    self.text_math(token, "\\)", &inside);
                    continue;
                }
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                _ => (),
            }
            self.lexer.go_to(token.end);
            self.text_token(token, &mut is_told, &inside);
        }
    }

    /// Passes what means nothing in text, and comments where they are some.
    fn skip_letters(&mut self) {
        let rest = self.lexer.rest();
        let is_special = |byte: &u8| matches!(byte, b'{' | b'}' | b'$' | b'\\' | b'^' | b'_' | b'&' | b'#' | b'%');
        let letters = rest.bytes().position(|byte| is_special(&byte)).unwrap_or(rest.len());
        self.lexer.go_to(self.lexer.at() + letters);
        if self.is_katex() && self.lexer.rest().starts_with('%') {
            self.lexer.skip_space();
        }
    }

    fn text_token(&mut self, token: Token, is_told: &mut bool, frame: &Frame) {
        if *is_told {
            return;
        }
        let kind = match token.kind {
            Kind::Superscript => FaultKind::ScriptInText('^'),
            Kind::Subscript => FaultKind::ScriptInText('_'),
            Kind::Ampersand => FaultKind::StrayAmpersand,
            Kind::Hash => FaultKind::StrayHash,
            Kind::Command => return self.deeper(|parser| parser.text_command(token, is_told, frame)),
            _ => return,
        };
        *is_told = true;
        self.fault(kind, token.span());
    }

    /// A command in text, which is passed already.
    fn text_command(&mut self, token: Token, is_told: &mut bool, frame: &Frame) {
        let name = self.lexer.name(token);
        if name.trim().is_empty() || self.macros.command(name).is_some() || matches!(name, "\\" | "newline") {
            return;
        }
        match self.signature(name) {
            Some(known) if known.arguments == "!" || known.arguments == "?" => {
                if matches!(name, "begin" | "end" | "left" | "right" | "middle" | "limits" | "nolimits") {
                    *is_told = true;
                    self.fault(FaultKind::MathInText(self.written(token)), token.span());
                }
            }
            Some(known) if known.flags.has(Flags::TEXT) => self.text_arguments(token, known.arguments, frame),
            Some(_) => {
                *is_told = true;
                self.fault(FaultKind::MathInText(self.written(token)), token.span());
            }
            None => self.unknown_command(token),
        }
    }

    /// In KaTeX an argument of a command in text is text; in MathJax nobody knows.
    fn text_arguments(&mut self, command: Token, arguments: &str, frame: &Frame) {
        if self.is_katex() {
            self.arguments(command, &arguments.replace(['m', 'o'], "t").replace('*', ""), frame);
        } else if arguments.contains('t') {
            self.arguments(command, arguments, frame);
        } else {
            self.skip_groups();
        }
    }

    /// Math between dollars or `\(` and `\)`, which begins here.
    fn text_math(&mut self, open: Token, close: &str, frame: &Frame) {
        self.lexer.go_to(open.end);
        let outer = (std::mem::take(&mut self.tag), std::mem::take(&mut self.has_equation));
        self.expression(&frame.inner(Place::InText));
        (self.tag, self.has_equation) = outer;
        let end = self.lexer.peek();
        let is_closed = self.lexer.rest().starts_with(close);
        if is_closed {
            self.lexer.go_to(end.end);
        } else if end.kind != Kind::End || self.faults.is_empty() {
            self.fault(FaultKind::UnclosedTextMath(self.written(open)), open.span());
        }
    }
}
