//! Environments, and the tables in them.

use super::expression::List;
use super::*;

/// What holds for the cells of an environment.
pub(super) struct Table<'f> {
    /// Its name.
    pub(super) name: &'f str,
    /// How many `&` a row may have.
    most: usize,
    has_rules: bool,
    /// Whether `\tag` may stand in it.
    pub(super) may_have_tag: bool,
    /// Whether each row may have its own.
    pub(super) has_row_tags: bool,
    /// Which cell of the row is read.
    cell: usize,
}

impl<'f> Table<'f> {
    /// A table of which nothing is known.
    fn free(name: &'f str) -> Self {
        Table { name, most: usize::MAX, has_rules: true, may_have_tag: true, has_row_tags: false, cell: 0 }
    }

    fn of(name: &'f str, known: Signature, most: Option<usize>) -> Self {
        let flags = known.flags;
        Table {
            most: most.unwrap_or(usize::MAX),
            has_rules: flags.has(Flags::RULES),
            may_have_tag: flags.has(Flags::TAGS),
            has_row_tags: flags.has(Flags::ROW_TAGS),
            ..Table::free(name)
        }
    }

    /// KaTeX takes `\hline` in the first cell of a row, MathJax in each.
    pub(super) fn may_begin_with_rule(&self, only_in_first: bool) -> bool {
        self.has_rules && (self.cell == 0 || !only_in_first)
    }
}

/// No environment has more letters.
const LONGEST_NAME: usize = 32;

impl<'a> Parser<'a> {
    pub(super) fn environment(&mut self, list: &mut List, begin: Token, frame: &Frame) {
        let Some((name, span)) = self.environment_name().or_else(|| self.unclosed_name()) else {
            return self.lacks(begin, 1, 0);
        };
        let opening = Span::new(begin.start, self.lexer.at());
        let is_defined = self.macros.environments.contains(name);
        match self.tables.environments.get(name).and_then(|row| self.at_hand(row)) {
            _ if is_defined => self.loose_table(name, opening, frame),
            Some(known) if name == "CD" || known.arguments == "?" => self.closed_book(name, known, opening),
            Some(known) => self.known_environment(list, name, known, opening, frame),
            None if name == "prooftree" && !self.is_katex() => self.skip_to_end(name, opening),
            None => {
                self.unknown_environment(name, span);
                self.loose_table(name, opening, frame);
            }
        }
        list.add(Nucleus::Plain);
    }

    fn unknown_environment(&mut self, name: &str, span: Span) {
        if self.macros.anything_goes {
            return;
        }
        let engine = self.dialect.engine;
        let row = self.tables.environments.get(name);
        if let Some(kind) = later(name, row, self.dialect) {
            return self.suggest(kind, span, suggestions::instead_of(name));
        }
        let known_by = known_by(row, engine);
        let suggestion = suggestions::environment(name, self.dialect, self.macros, self.tables);
        let kind = FaultKind::UnknownEnvironment { name: name.to_owned(), engine, known_by };
        self.suggest(kind, span, suggestion);
    }

    /// The name in the braces that open here, and its bytes.
    fn environment_name(&mut self) -> Option<(&'a str, Span)> {
        if self.lexer.peek().kind != Kind::Open {
            return None;
        }
        let inside = self.lexer.raw(b'}')?;
        Some((self.lexer.text(inside), inside))
    }

    /// The name in a brace that does not close: the longest that is known. Its brace is the fault.
    fn unclosed_name(&mut self) -> Option<(&'a str, Span)> {
        let open = self.lexer.peek();
        if open.kind != Kind::Open {
            return None;
        }
        let rest = self.lexer.text(Span::new(open.end, open.end + self.lexer.rest().len() - 1));
        let is_letter = |letter: &u8| letter.is_ascii_alphabetic() || *letter == b'*';
        let letters = rest.bytes().take(LONGEST_NAME).take_while(is_letter).count();
        let name =
            (1..=letters).rev().map(|end| &rest[..end]).find(|name| self.tables.environments.get(name).is_some())?;
        self.fault(FaultKind::UnclosedBrace, open.span());
        let span = Span::new(open.end, open.end + name.len());
        self.lexer.go_to(span.end);
        Some((name, span))
    }

    fn known_environment(&mut self, list: &mut List, name: &str, known: Signature, opening: Span, frame: &Frame) {
        if known.flags.has(Flags::DISPLAY) && !self.display {
            let kind = FaultKind::InlineEnvironment(name.to_owned());
            self.suggest(kind, opening, suggestions::inline(name));
        }
        if !self.may_be_equation(known, list, frame) {
            self.fault(FaultKind::NestedEquation(name.to_owned()), opening);
        }
        let argument = self.lexer.at();
        self.arguments(Token { kind: Kind::Command, start: opening.start, end: opening.end }, known.arguments, frame);
        let most = self.most_ampersands(name, known, argument);
        self.cells(Table::of(name, known, most), opening, frame);
    }

    /// MathJax 4.1.3, `ParseUtil.js`, `checkEqnEnv`: nothing before an equation, which `gather` may hold; MathJax 3.2.2,
    /// `ParseUtil.js`: one equation in a formula.
    fn may_be_equation(&mut self, known: Signature, list: &List, frame: &Frame) -> bool {
        if known.flags.has(Flags::FIRST) {
            let is_top = match frame.place {
                Place::Cell(table) => table.name.starts_with("gather"),
                Place::Braces | Place::Fence => false,
                _ => true,
            };
            return is_top && list.things == 0;
        }
        let is_only = !known.flags.has(Flags::ONCE) || !self.has_equation;
        self.has_equation |= known.flags.has(Flags::ONCE);
        is_only
    }

    /// How many `&` fit into the columns; reports a count of columns that is none.
    fn most_ampersands(&mut self, name: &str, known: Signature, argument: usize) -> Option<usize> {
        if known.arguments != "n" {
            return known.columns;
        }
        let span = Span::new(argument, self.lexer.at());
        let written = self.lexer.text(span).trim_matches(['{', '}', ' ']);
        match written.parse::<usize>() {
            Ok(count) if count > 0 => known.columns.map(|_| count.saturating_mul(2) - 1),
            _ if written.contains('\\') => None,
            _ => {
                let kind = FaultKind::BadCount { environment: name.to_owned(), found: written.to_owned() };
                self.fault(kind, span);
                None
            }
        }
    }

    /// Rows and cells of an environment, and its end.
    fn cells(&mut self, mut table: Table, opening: Span, frame: &Frame) {
        let outer = if table.has_row_tags { self.tag.take() } else { None };
        self.rows(&mut table, frame);
        if table.has_row_tags {
            self.tag = outer;
        }
        self.close(table.name, opening, frame);
    }

    fn rows(&mut self, table: &mut Table, frame: &Frame) {
        let mut is_told = false;
        loop {
            self.expression(&frame.inner(Place::Cell(table)));
            let token = self.lexer.peek();
            let is_row_end = token.kind == Kind::Command && matches!(self.lexer.name(token), "\\" | "cr");
            if token.kind == Kind::Ampersand {
                self.lexer.go_to(token.end);
                table.cell += 1;
                if table.cell > table.most && !is_told {
                    is_told = true;
                    let kind = FaultKind::TooManyColumns { environment: table.name.to_owned(), most: table.most };
                    self.fault(kind, token.span());
                }
            } else if is_row_end {
                self.lexer.go_to(token.end);
                if self.lexer.name(token) == "\\" {
                    self.row_size(token);
                }
                table.cell = 0;
                if table.has_row_tags {
                    self.tag = None;
                }
            } else {
                return;
            }
        }
    }

    /// Reads `\end`, or reports that it is not there or closes something else.
    fn close(&mut self, name: &str, opening: Span, frame: &Frame) {
        let end = self.lexer.peek();
        let is_end = end.kind == Kind::Command && self.lexer.name(end) == "end";
        let found = if is_end { self.end_name(end) } else { None };
        match found {
            Some((found, after)) if found == name => self.lexer.go_to(after),
            // It closes an environment around this one.
            Some((found, _)) if frame.tables().any(|table| table.name == found) => self.unclosed(name, opening),
            Some((found, after)) => {
                self.lexer.go_to(after);
                let kind = FaultKind::MismatchedEnvironment { begin: name.to_owned(), end: found.to_owned() };
                let what = format!("`\\begin{{{name}}}` opens here");
                self.fault_with(kind, Span::new(end.start, after), opening, what);
            }
            None if is_end => {
                self.lexer.go_to(end.end);
                if self.unclosed_name().is_none() {
                    self.unclosed(name, opening);
                }
            }
            None => self.unclosed(name, opening),
        }
    }

    fn unclosed(&mut self, name: &str, opening: Span) {
        if self.is_swallowed {
            return;
        }
        self.fault(FaultKind::UnclosedEnvironment(name.to_owned()), opening);
    }

    /// The name behind an `\end`, and where its brace closes; stays before the `\end`.
    fn end_name(&mut self, end: Token) -> Option<(&'a str, usize)> {
        let at = self.lexer.at();
        self.lexer.go_to(end.end);
        let name = self.environment_name();
        let after = self.lexer.at();
        self.lexer.go_to(at);
        name.map(|(name, _)| (name, after))
    }

    pub(super) fn stray_end(&mut self, end: Token) {
        let name = self.environment_name().map_or_else(String::new, |(name, _)| name.to_owned());
        self.fault(FaultKind::StrayEnd(name), Span::new(end.start, self.lexer.at()));
    }

    /// An environment whose rules nobody knows: only unknown commands in it are told.
    fn loose_table(&mut self, name: &str, opening: Span, frame: &Frame) {
        self.skip_groups();
        self.cells(Table::free(name), opening, frame);
    }

    /// An environment with a language of its own.
    fn closed_book(&mut self, name: &str, known: Signature, opening: Span) {
        if known.flags.has(Flags::DISPLAY) && !self.display {
            self.fault(FaultKind::InlineEnvironment(name.to_owned()), opening);
        }
        self.skip_to_end(name, opening);
    }

    fn skip_to_end(&mut self, name: &str, opening: Span) {
        let end = format!("\\end{{{name}}}");
        match self.lexer.rest().find(&end) {
            Some(at) => self.lexer.go_to(self.lexer.at() + at + end.len()),
            None => self.unclosed(name, opening),
        }
    }

    /// A table in braces, as `\matrix` has it.
    pub(super) fn table_argument(&mut self, frame: &Frame) -> Nucleus {
        let open = self.lexer.peek();
        self.lexer.go_to(open.end);
        let argument = frame.inner(Place::Argument);
        self.rows(&mut Table::free(""), &argument);
        self.closing_brace(open);
        Nucleus::Plain
    }
}
