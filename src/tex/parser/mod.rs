//! Reads a formula by recursive descent, as deep as [`DEEPEST`], and goes on behind each fault.

mod arguments;
mod command;
mod definitions;
mod environments;
mod expression;
mod fences;
mod text;
mod values;

use super::engines::{Dialect, Engine};
use super::fault::{Fault, FaultKind, Suggestion};
use super::lexer::{Kind, Lexer, Token};
use super::macros::{Definition, Macros, Reference};
use super::suggestions;
use super::tables::{Flags, Row, Signature, Tables, tables};
use crate::text::Span;

/// How many levels of braces, environments, fences and commands are read; real formulas have seven.
const DEEPEST: usize = 100;

/// How many faults of one formula are told.
const MOST_FAULTS: usize = 50;

/// How many faults are looked at, told or not: each may have cost a look at all that follows.
const MOST_REPORTS: usize = 200;

/// What is being read, and inside of what: what ends an outer construct ends the inner ones, too.
#[derive(Clone, Copy)]
struct Frame<'f> {
    place: Place<'f>,
    outer: Option<&'f Frame<'f>>,
}

#[derive(Clone, Copy)]
enum Place<'f> {
    /// The whole formula.
    Formula,
    /// Braces that stand for themselves.
    Braces,
    /// The braces of an argument.
    Argument,
    /// The brackets of an optional argument.
    Bracket,
    /// Between `\left` and `\right`.
    Fence,
    /// A cell of an environment.
    Cell(&'f environments::Table<'f>),
    /// Math in text.
    InText,
}

impl<'f> Frame<'f> {
    fn inner(&'f self, place: Place<'f>) -> Frame<'f> {
        Frame { place, outer: Some(self) }
    }

    fn all(&self) -> impl Iterator<Item = &Frame<'f>> {
        std::iter::successors(Some(self), |frame| frame.outer)
    }

    fn is_in_braces(&self) -> bool {
        self.all().any(|frame| matches!(frame.place, Place::Braces | Place::Argument))
    }

    fn is_in_fence(&self) -> bool {
        self.all().any(|frame| matches!(frame.place, Place::Fence))
    }

    fn is_in_text(&self) -> bool {
        self.all().any(|frame| matches!(frame.place, Place::InText))
    }

    /// Whether `]` ends an argument.
    fn is_in_bracket(&self) -> bool {
        let mut open = self.all().filter(|frame| !matches!(frame.place, Place::Fence | Place::Cell(_)));
        matches!(open.next(), Some(Frame { place: Place::Bracket, .. }))
    }

    fn tables(&self) -> impl Iterator<Item = &'f environments::Table<'f>> {
        self.all().filter_map(|frame| if let Place::Cell(table) = frame.place { Some(table) } else { None })
    }

    fn table(&self) -> Option<&'f environments::Table<'f>> {
        if let Place::Cell(table) = self.place { Some(table) } else { None }
    }
}

/// Reads one formula.
pub(super) struct Parser<'a> {
    lexer: Lexer<'a>,
    display: bool,
    dialect: &'a Dialect,
    macros: &'a mut Macros,
    tables: &'static Tables,
    faults: Vec<Fault>,
    reports: usize,
    depth: usize,
    /// The rest is not looked at: too deep, or too many faults.
    given_up: bool,
    /// A group without end took what closes the constructs around it.
    is_swallowed: bool,
    /// A macro opens or closes something: only names are known for sure.
    is_loose: bool,
    /// `\global` stands before the definition that follows.
    is_global: bool,
    /// The `\tag` of the row.
    tag: Option<Span>,
    /// An equation that MathJax 3 takes once in a formula was there.
    has_equation: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn new(tex: &'a str, display: bool, dialect: &'a Dialect, macros: &'a mut Macros) -> Self {
        Parser {
            lexer: Lexer::new(tex, dialect.engine.is_katex()),
            display,
            dialect,
            macros,
            tables: tables(),
            faults: Vec::new(),
            reports: 0,
            depth: 0,
            given_up: false,
            is_swallowed: false,
            is_loose: false,
            is_global: false,
            tag: None,
            has_equation: false,
        }
    }

    /// All faults of the formula.
    pub(super) fn faults(mut self) -> Vec<Fault> {
        self.expression(&Frame { place: Place::Formula, outer: None });
        if self.is_loose {
            self.faults.retain(Fault::is_unknown_command);
        }
        self.faults
    }

    fn is_katex(&self) -> bool {
        self.dialect.engine.is_katex()
    }

    fn fault(&mut self, kind: FaultKind, span: Span) {
        self.report(Fault { kind, span, partner: None, suggestion: None });
    }

    fn fault_with(&mut self, kind: FaultKind, span: Span, partner: Span, what: String) {
        self.report(Fault { kind, span, partner: Some((partner, what)), suggestion: None });
    }

    fn suggest(&mut self, kind: FaultKind, span: Span, suggestion: Option<Suggestion>) {
        self.report(Fault { kind, span, partner: None, suggestion });
    }

    /// A command has too few arguments.
    fn lacks(&mut self, command: Token, needed: usize, found: usize) {
        self.fault(FaultKind::MissingArgument { command: self.written(command), needed, found }, command.span());
    }

    fn report(&mut self, fault: Fault) {
        if self.given_up {
            return;
        }
        self.faults.push(fault);
        self.reports += 1;
        if self.faults.len() == MOST_FAULTS || self.reports == MOST_REPORTS {
            self.give_up();
        }
    }

    fn give_up(&mut self) {
        self.given_up = true;
        self.lexer.go_to(self.lexer.at() + self.lexer.rest().len());
    }

    /// Reads something one level deeper, unless that is too deep.
    fn deeper<T: Default>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth == DEEPEST {
            self.give_up();
            return T::default();
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// What a token is in the author's words.
    fn written(&self, token: Token) -> String {
        self.lexer.text(token.span()).to_owned()
    }

    /// How the engine reads a command, if it knows it and the page has its package.
    fn signature(&self, name: &str) -> Option<Signature> {
        self.at_hand(self.tables.commands.get(name)?)
    }

    fn at_hand(&self, row: &Row) -> Option<Signature> {
        let signature = row.of(self.dialect.engine).filter(|_| row.later(self.dialect).is_none())?;
        let loaded = self.dialect.loaded().and(self.macros.packages);
        loaded.has(signature.package).then_some(signature)
    }

    fn unknown_command(&mut self, token: Token) {
        let name = self.lexer.name(token);
        if self.macros.anything_goes {
            return;
        }
        let row = self.tables.commands.get(name);
        let engine = self.dialect.engine;
        if self.macros.has_ended(name) {
            let kind = FaultKind::EndedDefinition { command: self.written(token), engine };
            return self.fault(kind, token.span());
        }
        let known_by = known_by(row, engine);
        if let Some(kind) = later(&self.written(token), row, self.dialect) {
            let suggestion = suggestions::command(name, true, self.dialect, self.macros, self.tables);
            return self.suggest(kind, token.span(), suggestion);
        }
        let package = row.and_then(|row| row.of(engine)).and_then(|signature| signature.package.name());
        let known = !known_by.is_empty() || package.is_some();
        let suggestion = suggestions::command(name, known, self.dialect, self.macros, self.tables);
        let kind = FaultKind::UnknownCommand { command: self.written(token), engine, known_by, package };
        self.suggest(kind, token.span(), suggestion);
    }
}

/// What is only known to later versions of KaTeX than that of the site.
fn later(name: &str, row: Option<&Row>, dialect: &Dialect) -> Option<FaultKind> {
    let (since, version) = row?.later(dialect).zip(dialect.version)?;
    Some(FaultKind::Later { name: name.to_owned(), since, version })
}

/// Other engines that know a name as they come; MathJax 2 stands for 3.
fn known_by(row: Option<&Row>, asked: Engine) -> Vec<Engine> {
    let knows =
        |engine: &Engine| row.and_then(|row| row.of(*engine)).is_some_and(|known| known.package.name().is_none());
    let others = [Engine::Katex, Engine::MathJax3, Engine::MathJax4];
    others.into_iter().filter(|engine| *engine != asked && knows(engine)).collect()
}

/// Whether a token that ends nothing is told for itself, so that what it cuts short need not be.
fn is_told_itself(token: Token, frame: &Frame) -> bool {
    match token.kind {
        Kind::Close => !frame.is_in_braces(),
        Kind::Ampersand => frame.table().is_none(),
        _ => false,
    }
}

/// Whether a token can begin neither an argument nor a script.
fn is_nothing(kind: Kind) -> bool {
    matches!(kind, Kind::End | Kind::Close | Kind::Ampersand | Kind::Superscript | Kind::Subscript)
}

/// Whether a command ends what it stands in.
fn is_end(name: &str) -> bool {
    matches!(name, "end" | "right" | "\\" | "cr")
}

fn is_limits(name: &str) -> bool {
    matches!(name, "limits" | "nolimits")
}

/// The last thing of a row that scripts and `\limits` can belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Nucleus {
    /// There is nothing.
    #[default]
    Nothing,
    /// Something that takes no `\limits`.
    Plain,
    /// An operator.
    Operator,
    /// A macro: nobody knows.
    Unknown,
}

const MATH: u32 = Flags::MATH;
