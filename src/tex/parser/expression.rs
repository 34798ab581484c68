//! Rows of math: what stands side by side, with scripts and primes.

use super::*;

/// What is known of the row so far.
#[derive(Debug, Default)]
pub(super) struct List {
    /// The last thing.
    pub(super) nucleus: Nucleus,
    superscript: Option<Span>,
    subscript: Option<Span>,
    /// The superscript is made of primes, which another can join.
    is_primed: bool,
    /// `\over` or its like.
    pub(super) infix: Option<Span>,
    /// How many things there are, without what leaves nothing in the formula.
    pub(super) things: usize,
}

impl List {
    /// Adds a thing, which has no scripts yet.
    pub(super) fn add(&mut self, nucleus: Nucleus) {
        *self = List { nucleus, things: self.things + 1, infix: self.infix.take(), ..List::default() };
    }

    /// What scripts of the whole, put in braces, belong to.
    fn as_nucleus(&self) -> Nucleus {
        if self.things == 1 { self.nucleus } else { Nucleus::Plain }
    }
}

impl Parser<'_> {
    /// Reads up to what ends the frame or one around it, and leaves that to be read.
    pub(super) fn expression(&mut self, frame: &Frame) -> Nucleus {
        self.deeper(|parser| parser.row(frame))
    }

    fn row(&mut self, frame: &Frame) -> Nucleus {
        let mut list = List::default();
        loop {
            match self.lexer.skip_plain() {
                0 => (),
                plain => {
                    list.add(Nucleus::Plain);
                    list.things += plain - 1;
                }
            }
            let token = self.lexer.peek();
            match token.kind {
                Kind::End => break,
                Kind::Close if frame.is_in_braces() => break,
                Kind::Close => self.stray_brace(token),
                Kind::Open => {
                    let nucleus = self.braces(frame, Place::Braces);
                    list.add(if self.is_katex() { Nucleus::Plain } else { nucleus });
                }
                Kind::Ampersand if frame.table().is_some() => break,
                Kind::Ampersand => self.stray(FaultKind::StrayAmpersand, token),
                Kind::Hash => self.stray(FaultKind::StrayHash, token),
                Kind::Dollar if frame.is_in_text() => break,
                Kind::Dollar if self.is_katex() => self.stray(FaultKind::StrayDollar, token),
                Kind::Superscript | Kind::Subscript => self.script(&mut list, token, frame),
                Kind::Prime => self.primes(&mut list, token),
                Kind::Command if self.command(&mut list, token, frame) => (),
                Kind::Command => break,
                Kind::Character if self.lexer.rest().starts_with(']') && frame.is_in_bracket() => break,
                Kind::Dollar | Kind::Character => {
                    self.lexer.go_to(token.end);
                    list.add(Nucleus::Plain);
                }
            }
        }
        list.as_nucleus()
    }

    /// Reports a token that has no place here, and passes it.
    pub(super) fn stray(&mut self, kind: FaultKind, token: Token) {
        self.lexer.go_to(token.end);
        self.fault(kind, token.span());
    }

    /// Behind an unknown command the brace tells where its partner was meant to be: `\mathbbR}`.
    fn stray_brace(&mut self, token: Token) {
        let unknown = self.faults.last_mut().filter(|last| matches!(last.kind, FaultKind::UnknownCommand { .. }));
        let Some(unknown) = unknown else { return self.stray(FaultKind::StrayBrace, token) };
        let name = self.lexer.text(Span::new(unknown.span.start + 1, unknown.span.end));
        let opened = suggestions::opened(name, self.dialect, self.tables);
        if opened.is_none() && unknown.span.end != token.start {
            return self.stray(FaultKind::StrayBrace, token);
        }
        self.lexer.go_to(token.end);
        unknown.suggestion = opened.or(unknown.suggestion.take());
        unknown.partner = Some((token.span(), "this `}` has no `{`".into()));
    }

    /// Reads a group in braces, which open here.
    pub(super) fn braces(&mut self, frame: &Frame, place: Place) -> Nucleus {
        let open = self.lexer.peek();
        self.lexer.go_to(open.end);
        let is_argument = matches!(place, Place::Argument) && !self.is_katex();
        let outer = std::mem::replace(&mut self.lexer.comment_ends_at, is_argument.then_some(b'}'));
        let nucleus = self.expression(&frame.inner(place));
        self.closing_brace(open);
        self.lexer.comment_ends_at = outer;
        nucleus
    }

    /// Goes past the brace that closes a group.
    pub(super) fn closing_brace(&mut self, open: Token) {
        let close = self.lexer.peek();
        if close.kind == Kind::Close {
            self.lexer.go_to(close.end);
        } else {
            self.fault(FaultKind::UnclosedBrace, open.span());
        }
    }

    fn script(&mut self, list: &mut List, sign: Token, frame: &Frame) {
        let is_super = sign.kind == Kind::Superscript;
        let taken = if is_super { &list.superscript } else { &list.subscript };
        if let Some(first) = *taken
            && !(is_super && list.is_primed)
        {
            let kind = if is_super { FaultKind::DoubleSuperscript } else { FaultKind::DoubleSubscript };
            self.fault_with(kind, sign.span(), first, "the first one".into());
        }
        list.is_primed = false;
        let script = if is_super { &mut list.superscript } else { &mut list.subscript };
        *script = Some(sign.span());
        list.things = list.things.max(1);
        self.lexer.go_to(sign.end);
        let token = self.lexer.peek();
        let is_limits = token.kind == Kind::Command && is_limits(self.lexer.name(token));
        if is_limits && !self.is_katex() && matches!(list.nucleus, Nucleus::Operator | Nucleus::Unknown) {
            // MathJax finds the operator behind the sign, too.
            self.lexer.go_to(token.end);
        }
        self.script_body(sign, if is_super { '^' } else { '_' }, frame);
    }

    fn script_body(&mut self, sign: Token, script: char, frame: &Frame) {
        let token = self.lexer.peek();
        match token.kind {
            Kind::Open => {
                self.braces(frame, Place::Braces);
            }
            Kind::Hash => self.stray(FaultKind::StrayHash, token),
            Kind::Dollar if frame.is_in_text() => self.fault(FaultKind::MissingScript(script), sign.span()),
            Kind::Dollar if self.is_katex() => self.stray(FaultKind::StrayDollar, token),
            Kind::Character if self.lexer.rest().starts_with(']') && frame.is_in_bracket() => {
                self.fault(FaultKind::MissingScript(script), sign.span());
            }
            Kind::Dollar | Kind::Character => self.lexer.go_to(token.end),
            Kind::Command => self.command_as_script(sign, token, script, frame),
            kind if is_nothing(kind) && !is_told_itself(token, frame) => {
                self.fault(FaultKind::MissingScript(script), sign.span());
                // `x^^2` is one slip.
                if matches!(kind, Kind::Superscript | Kind::Subscript) {
                    self.lexer.go_to(token.end);
                    self.deeper(|parser| parser.script_body(token, script, frame));
                }
            }
            Kind::Prime => self.fault(FaultKind::MissingScript(script), sign.span()),
            _ => (),
        }
    }

    fn command_as_script(&mut self, sign: Token, token: Token, script: char, frame: &Frame) {
        let name = self.lexer.name(token);
        if is_end(name) || is_limits(name) {
            self.fault(FaultKind::MissingScript(script), sign.span());
            self.lexer.go_to(if is_limits(name) { token.end } else { token.start });
            return;
        }
        let may = self.macros.command(name).is_some() || self.may_follow_script(name);
        if !may {
            self.fault(FaultKind::CommandAsScript { command: self.written(token), script }, token.span());
        }
        self.command(&mut List::default(), token, frame);
    }

    /// Whether a command may stand behind `^` and `_` without braces; of those read by hand, KaTeX has no `\left` there,
    /// no engine has `\begin`.
    pub(super) fn may_follow_script(&self, name: &str) -> bool {
        match self.signature(name) {
            Some(known) if known.arguments == "!" && name == "left" => !self.is_katex(),
            Some(known) if known.arguments == "!" => !matches!(name, "begin" | "middle" | "newline"),
            // There it has two arguments and puts them in one box (MathJax 2.7.2, `jax/input/TeX/jax.js`, `Color`).
            Some(_) if name == "color" && self.dialect.engine == Engine::MathJax2 => true,
            Some(known) => known.flags.has(Flags::SCRIPT),
            None => true,
        }
    }

    fn primes(&mut self, list: &mut List, first: Token) {
        if let Some(script) = list.superscript {
            self.fault_with(FaultKind::DoubleSuperscript, first.span(), script, "the first one".into());
        }
        let mut last = first;
        while last.kind == Kind::Prime {
            self.lexer.go_to(last.end);
            last = self.lexer.peek();
        }
        list.superscript = Some(first.span());
        list.is_primed = true;
        list.things = list.things.max(1);
        if !self.is_katex() && list.nucleus == Nucleus::Operator {
            list.nucleus = Nucleus::Plain;
        }
    }
}
