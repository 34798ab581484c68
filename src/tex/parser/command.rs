//! Commands in math.

use super::expression::List;
use super::*;

impl Parser<'_> {
    /// Reads a command with all that belongs to it, unless it ends what it stands in; whether the row goes on.
    pub(super) fn command(&mut self, list: &mut List, token: Token, frame: &Frame) -> bool {
        self.deeper(|parser| parser.any_command(list, token, frame))
    }

    fn any_command(&mut self, list: &mut List, token: Token, frame: &Frame) -> bool {
        let name = self.lexer.name(token);
        if self.ends(name, token, frame) {
            return false;
        }
        self.lexer.go_to(token.end);
        if self.defined(list, token, frame) {
            return true;
        }
        match self.signature(name).or_else(|| self.mhchem(name)) {
            Some(known) if known.arguments == "!" => self.special(list, token, frame),
            Some(known) => self.known_command(list, token, known, frame),
            None if name.is_empty() && self.is_katex() => self.fault(FaultKind::TrailingBackslash, token.span()),
            None if name.trim().is_empty() => list.add(Nucleus::Plain),
            // The tables were asked without a loader.
            None if name == "require" && !self.is_katex() => self.definition(token),
            None if name == "(" || name == ")" => {
                self.fault(FaultKind::StrayDelimiter(self.written(token)), token.span());
            }
            None => {
                self.unknown_command(token);
                // That it is unknown is told once: its arguments and what it defines are no faults of their own.
                if name == "DeclareMathOperator" {
                    self.definition(token);
                }
                list.add(Nucleus::Unknown);
            }
        }
        true
    }

    /// Whether a command ends the frame or one around it; reports those that have nothing to end.
    fn ends(&mut self, name: &str, token: Token, frame: &Frame) -> bool {
        match name {
            "end" => frame.tables().next().is_some(),
            "right" => frame.is_in_fence(),
            "\\" | "cr" => frame.table().is_some(),
            ")" => frame.is_in_text() && self.lexer.at() == token.start,
            _ => false,
        }
    }

    /// A command of the author or the site.
    fn defined(&mut self, list: &mut List, token: Token, frame: &Frame) -> bool {
        let name = self.lexer.name(token);
        match self.macros.command(name).cloned() {
            None => return false,
            Some(Definition::Alias(of)) => match self.signature(&of) {
                Some(known) if known.arguments != "!" => self.known_command(list, token, known, frame),
                _ => self.is_loose = true,
            },
            Some(Definition::Macro { arity, optional, balanced }) => {
                self.is_loose |= !balanced;
                self.macro_arguments(token, arity, optional, frame);
                list.add(Nucleus::Unknown);
            }
        }
        true
    }

    /// KaTeX's `contrib/mhchem`; MathJax has it at hand.
    fn mhchem(&self, name: &str) -> Option<Signature> {
        let is_chemistry = self.dialect.mhchem && matches!(name, "ce" | "pu");
        self.tables.commands.get(name).filter(|_| is_chemistry)?.of(Engine::MathJax3)
    }

    fn known_command(&mut self, list: &mut List, token: Token, known: Signature, frame: &Frame) {
        let flags = known.flags;
        let name = self.lexer.name(token);
        if !flags.has(MATH) && flags.has(Flags::ROW) {
            return self.row_command(list, token, frame);
        }
        if !flags.has(MATH) && flags.has(Flags::TEXT) {
            self.fault(FaultKind::TextInMath(self.written(token)), token.span());
        }
        if flags.has(Flags::DISPLAY) && !self.display {
            // One of several tags is enough to say so.
            if name != "tag" || self.tag.replace(token.span()).is_none() {
                self.fault(FaultKind::InlineCommand(self.written(token)), token.span());
            }
        } else if name == "tag" {
            self.tag(token, frame);
        }
        if flags.has(Flags::INFIX) {
            self.infix(list, token);
        }
        // Chemistry has a language of its own.
        let arguments = if matches!(name, "ce" | "pu") { "r" } else { known.arguments };
        let last = self.arguments(token, arguments, frame);
        if !self.is_katex() && matches!(name, "label" | "ref" | "eqref") {
            self.label(token);
        }
        if flags.has(Flags::EMPTY) {
            return;
        }
        list.add(match last {
            _ if flags.has(Flags::LIMITS) => Nucleus::Operator,
            Nucleus::Operator | Nucleus::Unknown if !self.is_katex() => Nucleus::Unknown,
            _ => Nucleus::Plain,
        });
    }

    /// A label, or a reference to one: MathJax 3.2.2 (`base/BaseMethods.ts`, `HandleLabel`, `HandleRef`) keeps those of the page.
    fn label(&mut self, token: Token) {
        let span = Span::new(token.start, self.lexer.at());
        let written = self.lexer.text(Span::new(token.end, span.end)).trim();
        let Some(label) = written.strip_prefix('{').and_then(|label| label.strip_suffix('}')).map(str::trim) else {
            return;
        };
        let (label, command) = (label.to_owned(), self.written(token));
        if label.is_empty() || label.contains('#') {
        } else if command != "\\label" {
            self.macros.references.push(Reference { command, label, span });
        } else if !self.macros.add_label(&label) {
            self.fault(FaultKind::LabelTwice(label), span);
        }
    }

    fn row_command(&mut self, list: &mut List, token: Token, frame: &Frame) {
        let may = frame.table().is_some_and(|table| table.may_begin_with_rule(self.is_katex())) && list.things == 0;
        if !may {
            self.fault(FaultKind::MisplacedRowCommand(self.written(token)), token.span());
        }
    }

    fn infix(&mut self, list: &mut List, token: Token) {
        if let Some(first) = list.infix.replace(token.span()) {
            self.fault_with(FaultKind::TwoInfix(self.written(token)), token.span(), first, "the first one".into());
        }
    }

    fn tag(&mut self, token: Token, frame: &Frame) {
        let mut tables = frame.tables();
        if let Some(table) = tables.find(|table| !table.may_have_tag || table.has_row_tags)
            && !table.may_have_tag
        {
            self.fault(FaultKind::TagNotAllowed(table.name.to_owned()), token.span());
        } else if let Some(first) = self.tag.replace(token.span()) {
            self.fault_with(FaultKind::TwoTags, token.span(), first, "the first one".into());
        }
    }

    /// Commands that no table can describe.
    fn special(&mut self, list: &mut List, token: Token, frame: &Frame) {
        match self.lexer.name(token) {
            "begin" => self.environment(list, token, frame),
            "end" => self.stray_end(token),
            "left" => self.fence(list, token, frame),
            "right" => self.stray_right(token),
            "middle" => self.middle(list, token, frame),
            "limits" | "nolimits" => self.limits(list, token),
            "\\" => {
                self.row_size(token);
                list.add(Nucleus::Plain);
            }
            "cr" if !self.is_katex() => self.fault(FaultKind::MisplacedRowCommand(self.written(token)), token.span()),
            "cr" | "newline" => list.add(Nucleus::Plain),
            "genfrac" => self.genfrac(list, token, frame),
            "root" => self.up_to(list, token, "of", frame),
            "buildrel" => self.up_to(list, token, "over", frame),
            "verb" => self.verb(list, token),
            "char" => self.char_code(list, token),
            "(" | ")" => self.fault(FaultKind::StrayDelimiter(self.written(token)), token.span()),
            "[" | "]" => self.unknown_command(token),
            "toggle" => self.skip_groups(),
            _ => self.definition(token),
        }
    }

    fn limits(&mut self, list: &mut List, token: Token) {
        if matches!(list.nucleus, Nucleus::Nothing | Nucleus::Plain) {
            self.fault(FaultKind::MisplacedLimits(self.written(token)), token.span());
        }
    }

    /// `\root 3 \of x`, `\buildrel a \over b`: up to a command, then one more argument.
    fn up_to(&mut self, list: &mut List, token: Token, until: &str, frame: &Frame) {
        let at = self.lexer.rest().find(&format!("\\{until}"));
        match at {
            Some(at) => self.lexer.go_to(self.lexer.at() + at + 1 + until.len()),
            None => self.lacks(token, 2, 0),
        }
        if at.is_some() {
            self.arguments(token, "m", frame);
        }
        list.add(Nucleus::Plain);
    }

    fn verb(&mut self, list: &mut List, token: Token) {
        let rest = self.lexer.rest();
        let rest = rest.strip_prefix('*').unwrap_or(rest);
        let body = rest.chars().next().and_then(|sign| rest[sign.len_utf8()..].split_once(sign));
        match body {
            Some((body, after)) if !body.contains('\n') => {
                self.lexer.go_to(self.lexer.at() + self.lexer.rest().len() - after.len());
            }
            _ => self.fault(FaultKind::UnclosedVerb, token.span()),
        }
        list.add(Nucleus::Plain);
    }

    /// `\char65`, `\char"41`, `\char'101`, `` \char`a ``
    fn char_code(&mut self, list: &mut List, token: Token) {
        self.lexer.skip_space();
        let rest = self.lexer.rest();
        let after = rest.trim_start_matches(['"', '\'', '`', '\\']);
        let digits = after.trim_start_matches(|digit: char| digit.is_ascii_hexdigit());
        if digits.len() == rest.len() {
            self.lacks(token, 1, 0);
        }
        self.lexer.go_to(self.lexer.at() + rest.len() - digits.len());
        list.add(Nucleus::Plain);
    }
}
