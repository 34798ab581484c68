//! What is wrong with a formula, and how it is said.

use super::engines::{Engine, KatexVersion};
use crate::text::Span;

/// One fault of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where: bytes of the TeX.
    pub span: Span,
    /// A second place that belongs to it, and what is there.
    pub partner: Option<(Span, String)>,
    /// What could stand at the span instead.
    pub suggestion: Option<Suggestion>,
}

/// What could stand in place of a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The TeX to put there.
    pub replacement: String,
    /// What to do, for the author.
    pub help: String,
}

/// The kinds of faults. A `String` is what the author wrote, commands with their backslash; `engine` is who was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum FaultKind {
    /// A command that the engine does not know; perhaps others do.
    UnknownCommand {
        command: String,
        engine: Engine,
        known_by: Vec<Engine>,
        /// The MathJax package that has it.
        package: Option<&'static str>,
    },
    /// An environment that the engine does not know; perhaps others do.
    UnknownEnvironment { name: String, engine: Engine, known_by: Vec<Engine> },
    /// A command or an environment that only later versions of KaTeX than that of the site know.
    Later { name: String, since: &'static str, version: KatexVersion },
    /// A command that ended with the formula that defined it.
    EndedDefinition { command: String, engine: Engine },
    /// `\begin{a}` that is closed by `\end{b}`.
    MismatchedEnvironment { begin: String, end: String },
    /// `\begin` without `\end`.
    UnclosedEnvironment(String),
    /// `\end` without `\begin`.
    StrayEnd(String),
    /// `{` without `}`.
    UnclosedBrace,
    /// `}` without `{`.
    StrayBrace,
    /// The `[` of an optional argument without `]`.
    UnclosedBracket(String),
    /// `\left` without `\right`, with its delimiter.
    UnclosedLeft(String),
    /// `\right` without `\left`.
    StrayRight(String),
    /// `\middle` without `\left`.
    StrayMiddle,
    /// No delimiter behind a command that needs one.
    BadDelimiter { command: String, found: Option<String> },
    /// A second superscript at the same place.
    DoubleSuperscript,
    /// A second subscript at the same place.
    DoubleSubscript,
    /// `^` or `_` with nothing behind it.
    MissingScript(char),
    /// Too few arguments.
    MissingArgument { command: String, needed: usize, found: usize },
    /// A command that needs arguments, as an argument without braces.
    CommandAsArgument { command: String, of: String },
    /// A command behind `^` or `_` that the engine takes only in braces.
    CommandAsScript { command: String, script: char },
    /// `&` outside of a table.
    StrayAmpersand,
    /// More `&` in a row than the environment has columns.
    TooManyColumns { environment: String, most: usize },
    /// `\hline` or its like, not at the beginning of a row.
    MisplacedRowCommand(String),
    /// `\limits` or `\nolimits` behind something else than an operator.
    MisplacedLimits(String),
    /// Two of `\over`, `\choose`, ... in one group.
    TwoInfix(String),
    /// A second `\tag` in the same row.
    TwoTags,
    /// A command that the engine takes only in a displayed formula.
    InlineCommand(String),
    /// An environment that the engine takes only in a displayed formula.
    InlineEnvironment(String),
    /// A `\label` that the page has already.
    LabelTwice(String),
    /// A reference to a `\label` that the page does not have: the command, and the label.
    UnknownLabel { command: String, label: String },
    /// `\tag` in an environment that has no numbers.
    TagNotAllowed(String),
    /// An environment for a whole equation, inside of something else.
    NestedEquation(String),
    /// `^` or `_` in text.
    ScriptInText(char),
    /// A command of math in text.
    MathInText(String),
    /// A command of text in math.
    TextInMath(String),
    /// `$` or `\(` in text that is not closed.
    UnclosedTextMath(String),
    /// `#` without backslash.
    StrayHash,
    /// `$` inside of a formula.
    StrayDollar,
    /// `\(` or `\)` inside of a formula.
    StrayDelimiter(String),
    /// No size where one is needed.
    BadSize { command: String, found: String },
    /// A colour that the engine cannot read.
    BadColor(String),
    /// Columns of a table that the engine cannot read.
    BadColumns(String),
    /// A count of columns that is none.
    BadCount { environment: String, found: String },
    /// A backslash at the very end.
    TrailingBackslash,
    /// `\verb` without its second sign.
    UnclosedVerb,
    /// A definition without the name of a command.
    NamelessDefinition(String),
    /// `\newcommand` for what exists.
    Redefinition(String),
    /// `\renewcommand` for what does not exist.
    NothingToRedefine(String),
}

impl Fault {
    /// Whether the engine lacks a command or environment: what a macro of the site could bring.
    pub fn is_unknown_command(&self) -> bool {
        use FaultKind::{EndedDefinition, Later, UnknownCommand, UnknownEnvironment};
        matches!(self.kind, UnknownCommand { .. } | UnknownEnvironment { .. } | EndedDefinition { .. } | Later { .. })
    }

    /// Whether the engine takes it only in a displayed formula.
    pub fn is_for_displays(&self) -> bool {
        matches!(self.kind, FaultKind::InlineCommand(_) | FaultKind::InlineEnvironment(_))
    }

    /// What is wrong, for the author.
    pub fn message(&self) -> String {
        use FaultKind::*;
        match &self.kind {
            UnknownCommand { command, engine, package: Some(package), .. } => {
                format!("`{command}` is unknown to {} without its package `{package}`", engine.name())
            }
            UnknownCommand { command, engine, known_by, .. } => unknown("command", command, *engine, known_by),
            UnknownEnvironment { name, engine, known_by } => unknown("environment", name, *engine, known_by),
            Later { name, since, version } => {
                format!("`{name}` is unknown to KaTeX {version}, which the site has; KaTeX {since} knows it")
            }
            EndedDefinition { command, engine } => {
                format!(
                    "`{command}` is defined in another formula, and {} forgets it at the end of that",
                    engine.name()
                )
            }
            MismatchedEnvironment { begin, end } => format!("`\\begin{{{begin}}}` is closed by `\\end{{{end}}}`"),
            UnclosedEnvironment(name) => format!("`\\begin{{{name}}}` has no `\\end{{{name}}}`"),
            StrayEnd(name) => format!("`\\end{{{name}}}` has no `\\begin{{{name}}}`"),
            UnclosedBrace => "`{` has no `}`".into(),
            StrayBrace => "`}` has no `{`".into(),
            UnclosedBracket(command) => format!("the `[` behind `{command}` has no `]`"),
            UnclosedLeft(left) => format!("`{left}` has no `\\right`"),
            StrayRight(right) => format!("`{right}` has no `\\left`"),
            StrayMiddle => "`\\middle` stands outside of `\\left` and `\\right`".into(),
            BadDelimiter { command, found: None } => format!("`{command}` needs a delimiter"),
            BadDelimiter { command, found: Some(found) } => {
                format!("`{command}` needs a delimiter, and `{found}` is none")
            }
            DoubleSuperscript => "a second superscript at the same place".into(),
            DoubleSubscript => "a second subscript at the same place".into(),
            MissingScript(script) => format!("nothing stands behind `{script}`"),
            MissingArgument { command, needed, found: 0 } => format!("`{command}` needs {}", arguments(*needed)),
            MissingArgument { command, needed, found } => {
                format!("`{command}` needs {}, found {}", arguments(*needed), word(*found))
            }
            CommandAsArgument { command, of } => format!("`{command}` is the argument of `{of}`, without its own"),
            CommandAsScript { command, script } => format!("`{command}` follows `{script}` without braces"),
            StrayAmpersand => "`&` stands outside of a table".into(),
            TooManyColumns { environment, most } => {
                format!("a row of `{environment}` has more than {} `&`", word(*most))
            }
            MisplacedRowCommand(command) => format!("`{command}` does not stand at the beginning of a row"),
            MisplacedLimits(command) => format!("`{command}` does not follow an operator"),
            TwoInfix(command) => format!("`{command}` is the second of its kind in the same group"),
            TwoTags => "a second `\\tag` for the same equation".into(),
            InlineCommand(command) => format!("`{command}` works only in a displayed formula"),
            InlineEnvironment(name) => format!("`{name}` works only in a displayed formula"),
            LabelTwice(label) => format!("a second `\\label{{{label}}}` on the page"),
            UnknownLabel { command, label } => {
                format!(
                    "readers see `(???)`: no formula of the page has `\\label{{{label}}}`, which `{command}` asks for"
                )
            }
            TagNotAllowed(name) => format!("`\\tag` does not work in `{name}`"),
            NestedEquation(name) => format!("`{name}` does not stand at the beginning of the formula"),
            ScriptInText(script) => format!("`{script}` stands in text"),
            MathInText(command) => format!("`{command}` stands in text, and works only in math"),
            TextInMath(command) => format!("`{command}` works only in text"),
            UnclosedTextMath(open) => format!("the `{open}` in the text is not closed"),
            StrayHash => "`#` has a meaning only in definitions".into(),
            StrayDollar => "`$` stands inside of the formula".into(),
            StrayDelimiter(sign) => {
                format!("`{sign}` is no bracket: formulas begin and end with it, and this one is open")
            }
            BadSize { command, found } => format!("`{command}` needs a size, and `{found}` is none"),
            BadColor(color) => format!("`{color}` is no colour"),
            BadColumns(found) => format!("`{found}` is no kind of column"),
            BadCount { environment, found } => {
                format!("`{environment}` needs a number of columns, and `{found}` is none")
            }
            TrailingBackslash => "the formula ends with a lone `\\`".into(),
            UnclosedVerb => "`\\verb` is not closed".into(),
            NamelessDefinition(command) => format!("`{command}` needs the name of a command"),
            Redefinition(command) => format!("`{command}` exists already"),
            NothingToRedefine(command) => format!("`{command}` does not exist yet"),
        }
    }

    /// What to do about it.
    pub(crate) fn help(&self) -> Option<String> {
        self.suggestion.as_ref().map(|suggestion| suggestion.help.clone()).or_else(|| self.kind.help())
    }
}

/// One engine that knows a name, and the one that was asked for it.
fn unknown(what: &str, name: &str, engine: Engine, known_by: &[Engine]) -> String {
    match known_by.first() {
        Some(other) => format!("`{name}` is unknown to {}; {} knows it", engine.name(), other.name()),
        None => format!("unknown {what} `{name}`"),
    }
}

/// A small number as a word.
fn word(number: usize) -> String {
    let word = ["no", "one", "two", "three", "four", "five", "six"].get(number);
    word.map_or_else(|| number.to_string(), |word| (*word).to_owned())
}

fn arguments(count: usize) -> String {
    format!("{} argument{}", word(count), if count == 1 { "" } else { "s" })
}

impl FaultKind {
    fn help(&self) -> Option<String> {
        use FaultKind::*;
        Some(match self {
            UnknownCommand { package: Some(package), .. } => {
                format!("put `\\require{{{package}}}` before it, or let the site load the package")
            }
            UnknownCommand { command, engine, .. } if matches!(&**command, "\\label" | "\\ref" | "\\eqref") => {
                format!("remove it: {} has no references", engine.name())
            }
            UnknownCommand { command, engine: Engine::Katex, .. } if command == "\\DeclareMathOperator" => {
                "write `\\gdef` with `\\operatorname`, as in `\\gdef\\name{\\operatorname{name}}`".into()
            }
            EndedDefinition { command, .. } => {
                format!("define it with `\\gdef{command}`, which lasts, instead of `\\newcommand` or `\\def`")
            }
            MismatchedEnvironment { begin, .. } => format!("close it with `\\end{{{begin}}}`"),
            UnclosedEnvironment(name) => format!("add `\\end{{{name}}}`"),
            StrayEnd(name) => format!("remove it, or add `\\begin{{{name}}}`"),
            UnclosedBrace => "add `}`; a brace to be seen is written `\\{`".into(),
            StrayBrace => "remove it, or add `{`; a brace to be seen is written `\\}`".into(),
            UnclosedLeft(_) => "add `\\right` with its delimiter; `\\right.` shows none".into(),
            StrayRight(_) => "add `\\left` with its delimiter; `\\left.` shows none".into(),
            StrayMiddle => "add `\\left` and `\\right`, or use `\\big`".into(),
            BadDelimiter { .. } => "a delimiter is one of `( ) [ ] \\{ \\} | < >`, or `.` for none".into(),
            DoubleSuperscript | DoubleSubscript => "put braces around the part that it belongs to".into(),
            MissingScript(_) => "add what is raised or lowered, or remove the sign".into(),
            CommandAsArgument { command, .. } | CommandAsScript { command, .. } => {
                format!("put braces around `{command}` and its arguments")
            }
            StrayAmpersand => "a sign to be seen is written `\\&`".into(),
            MisplacedRowCommand(_) => "put it behind `\\\\`, or at the beginning of the environment".into(),
            TwoInfix(_) => "put braces around one of them, or use `\\frac`".into(),
            UnknownLabel { label, .. } => format!("put `\\label{{{label}}}` into the equation, or correct the name"),
            LabelTwice(_) => "give each equation a label of its own".into(),
            InlineCommand(_) => "display the formula, or remove it".into(),
            ScriptInText(script) => format!("write `\\{script}`, or put `$` around the math"),
            MathInText(_) => "put `$` around the math, or end the text before it".into(),
            StrayHash => "a sign to be seen is written `\\#`".into(),
            StrayDollar => "remove it; a sign to be seen is written `\\$`".into(),
            StrayDelimiter(sign) => format!("write `{}`", &sign[1..]),
            Redefinition(_) => "use `\\renewcommand`".into(),
            NothingToRedefine(_) => "use `\\newcommand`".into(),
            _ => return None,
        })
    }
}
