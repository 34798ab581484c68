//! What the author defines: read for its name and its number of arguments, never expanded.

use super::*;

impl Parser<'_> {
    /// Reads what a defining command defines.
    pub(super) fn definition(&mut self, token: Token) {
        if let Some(prefix) =
            self.lexer.text(token.span()).strip_prefix('\\').filter(|name| matches!(*name, "global" | "long"))
        {
            self.is_global |= prefix == "global";
            return;
        }
        match self.lexer.name(token) {
            "newcommand" | "renewcommand" | "providecommand" => self.new_command(token),
            "newenvironment" | "renewenvironment" => self.new_environment(),
            "DeclareMathOperator" | "Newextarrow" => self.new_operator(token),
            "def" | "gdef" | "edef" | "xdef" => self.def(token),
            "let" | "futurelet" => self.assign(token),
            "require" => self.require(),
            _ => (),
        }
        self.is_global = false;
    }

    /// The name of a command, in braces or not.
    fn new_name(&mut self, of: Token) -> Option<(String, Span)> {
        let token = self.lexer.peek();
        let (written, span) = if token.kind == Kind::Open {
            let Some(inside) = self.lexer.raw(b'}') else {
                self.unclosed_text(token);
                return None;
            };
            (self.lexer.text(inside).trim(), inside)
        } else {
            (self.lexer.text(token.span()), token.span())
        };
        let may_be_bare = token.kind == Kind::Open && !self.is_katex();
        let name = written.strip_prefix('\\').or_else(|| may_be_bare.then_some(written));
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            self.fault(FaultKind::NamelessDefinition(self.written(of)), of.span());
            return None;
        };
        if token.kind != Kind::Open {
            self.lexer.go_to(token.end);
        }
        Some((name.to_owned(), span))
    }

    /// What stands in brackets that follow.
    fn bracket(&mut self, of: Token) -> Option<&str> {
        let open = self.lexer.peek();
        if !self.lexer.rest().starts_with('[') {
            return None;
        }
        let inside = self.lexer.raw(b']');
        if inside.is_none() {
            self.unclosed_bracket(of, open);
        }
        inside.map(|inside| self.lexer.text(inside))
    }

    /// The replacement: a group, or one token.
    fn body(&mut self) -> Option<String> {
        let token = self.lexer.peek();
        match token.kind {
            Kind::Open => {
                let inside = self.lexer.raw(b'}');
                if inside.is_none() {
                    self.unclosed_text(token);
                }
                inside.map(|inside| self.lexer.text(inside).to_owned())
            }
            Kind::End | Kind::Close => None,
            _ => {
                self.lexer.go_to(token.end);
                Some(self.written(token))
            }
        }
    }

    fn new_command(&mut self, token: Token) {
        self.lexer.eat('*');
        let Some((name, span)) = self.new_name(token) else { return };
        let arity = self.bracket(token).and_then(|number| number.trim().parse().ok()).unwrap_or(0);
        let optional = self.bracket(token).is_some();
        let Some(body) = self.body() else {
            return self.lacks(token, 2, 1);
        };
        self.check_existence(token, &name, span);
        if self.lexer.name(token) == "providecommand" && self.macros.command(&name).is_some() {
            return;
        }
        self.add(&name, Definition::of(arity, optional, &body), false);
    }

    /// KaTeX 0.19.1, `macros.js`: `\newcommand` must not meet a command, `\renewcommand` must.
    fn check_existence(&mut self, token: Token, name: &str, span: Span) {
        if !self.is_katex() {
            return;
        }
        let exists = self.signature(name).is_some() || self.macros.command(name).is_some();
        match self.lexer.name(token) {
            "newcommand" if exists => self.fault(FaultKind::Redefinition(format!("\\{name}")), span),
            "renewcommand" if !exists => self.fault(FaultKind::NothingToRedefine(format!("\\{name}")), span),
            _ => (),
        }
    }

    /// In MathJax all later formulas see a definition; in KaTeX, where anything is shared at all, the global ones, unless
    /// the site says that it keeps them all.
    fn add(&mut self, name: &str, definition: Definition, is_global: bool) {
        if self.is_katex() && !is_global && !self.is_global && !self.dialect.keeps_definitions {
            self.macros.add_local(name, definition);
        } else {
            self.macros.add(name, definition);
        }
    }

    fn new_environment(&mut self) {
        if let Some(name) = self.body() {
            self.macros.environments.insert(name.trim().to_owned());
        }
        self.skip_groups();
    }

    fn new_operator(&mut self, token: Token) {
        self.lexer.eat('*');
        let is_arrow = self.lexer.name(token) == "Newextarrow";
        let Some((name, _)) = self.new_name(token) else { return };
        for _ in 0..if is_arrow { 2 } else { 1 } {
            if self.body().is_none() {
                return self.lacks(token, 2, 1);
            }
        }
        // KaTeX knows no such command; that is told, and not again at each use of what it was to define.
        let is_told = self.is_katex();
        self.add(&name, Definition::of(usize::from(is_arrow), is_arrow, ""), is_told);
    }

    /// The command behind `\def` or `\let`.
    fn command_to_define(&mut self, of: Token) -> Option<Token> {
        let name = self.lexer.peek();
        if name.kind != Kind::Command || name.end == name.start + 1 {
            self.fault(FaultKind::NamelessDefinition(self.written(of)), of.span());
            return None;
        }
        self.lexer.go_to(name.end);
        Some(name)
    }

    /// `\def\x#1#2{...}`; other signs between the arguments are not modelled.
    fn def(&mut self, token: Token) {
        let Some(name) = self.command_to_define(token) else { return };
        let rest = self.lexer.rest();
        let Some(parameters) = rest.find('{').map(|at| &rest[..at]) else {
            return self.lacks(token, 2, 1);
        };
        let is_simple = parameters.bytes().all(|byte| b" \n#123456789".contains(&byte));
        self.lexer.go_to(self.lexer.at() + parameters.len());
        let arity = parameters.matches('#').count();
        let Some(body) = self.body() else { return };
        let body = if is_simple { body } else { "}".into() };
        let arity = if is_simple { arity } else { 0 };
        let command = self.lexer.name(name).to_owned();
        let is_global = matches!(self.lexer.name(token), "gdef" | "xdef");
        self.add(&command, Definition::of(arity, false, &body), is_global);
    }

    /// `\let\x=\y`, `\futurelet\x\y\z`
    fn assign(&mut self, token: Token) {
        let Some(name) = self.command_to_define(token) else { return };
        self.lexer.eat('=');
        let target = self.lexer.peek();
        let name = self.lexer.name(name).to_owned();
        if self.lexer.name(token) == "futurelet" || target.kind != Kind::Command {
            self.lexer.go_to(if target.kind == Kind::Command { target.end } else { self.lexer.at() });
            return self.add(&name, Definition::of(0, false, "}"), false);
        }
        self.lexer.go_to(target.end);
        let target = self.lexer.name(target);
        let definition = match self.macros.command(target) {
            Some(definition) => definition.clone(),
            None => Definition::Alias(target.to_owned()),
        };
        self.add(&name, definition, false);
    }

    fn require(&mut self) {
        let Some(packages) = self.body() else { return };
        for package in packages.split(',').map(str::trim) {
            let is_known = self.macros.packages.load(package);
            self.macros.anything_goes |= !is_known;
        }
    }
}
