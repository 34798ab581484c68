//! What the engines know: the commands and environments of `commands.txt`, which `generate.mjs` wrote by asking them;
//! `versions.mjs` asked each KaTeX from 0.10.0 on for `katex.txt`.

mod names;

use std::collections::HashMap;
use std::sync::OnceLock;

use super::engines::{Dialect, Engine, KatexVersion, Packages};
use names::Names;

/// What a command is followed by, one letter an argument, in the order they are read:
///
/// | letter | argument |
/// |---|---|
/// | `*` | perhaps a star |
/// | `o` `O` `S` | perhaps `[math]`, `[anything]`, `[size]` |
/// | `m` | math |
/// | `a` | math with the columns and rows of a table |
/// | `t` | text |
/// | `r` | anything: a URL, a name |
/// | `c` | a colour |
/// | `s` | a size, in braces or bare |
/// | `d` `D` | a delimiter, bare or perhaps in braces |
/// | `C` | the columns of a table (environments only) |
/// | `n` | how many pairs of columns (environments only) |
/// | `!` | read by hand |
/// | `?` | known, but not how it is used |
pub(super) type Arguments = &'static str;

/// Where a command may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flags(u32);

impl Flags {
    const fn of(letter: u8) -> u32 {
        1 << (letter - b'a')
    }
    /// Command: in math.
    pub(super) const MATH: u32 = Self::of(b'm');
    /// Command: in text.
    pub(super) const TEXT: u32 = Self::of(b't');
    /// Command: first in a row of a table.
    pub(super) const ROW: u32 = Self::of(b'r');
    /// Behind `^` and `_` without braces.
    pub(super) const SCRIPT: u32 = Self::of(b's');
    /// Command: as an argument without braces.
    pub(super) const ARGUMENT: u32 = Self::of(b'g');
    /// Command: before `\limits`.
    pub(super) const LIMITS: u32 = Self::of(b'l');
    /// Command: behind `\left`.
    pub(super) const DELIMITER: u32 = Self::of(b'd');
    /// Command: splits its group in two, as `\over` does.
    pub(super) const INFIX: u32 = Self::of(b'i');
    /// Command: leaves nothing in the formula, so that an equation can still begin (MathJax 4).
    pub(super) const EMPTY: u32 = Self::of(b'e');
    /// Only in display.
    pub(super) const DISPLAY: u32 = Self::of(b'o');
    /// Environment: rows may begin with `\hline`.
    pub(super) const RULES: u32 = Self::of(b'h');
    /// Environment: may have a `\tag`.
    pub(super) const TAGS: u32 = Self::of(b't');
    /// Environment: each row may have a `\tag`.
    pub(super) const ROW_TAGS: u32 = Self::of(b'p');
    /// Environment: an equation of its own, nothing may stand before it (MathJax 4).
    pub(super) const FIRST: u32 = Self::of(b'q');
    /// Environment: an equation of its own, once in a formula (MathJax 3).
    pub(super) const ONCE: u32 = Self::of(b'n');

    /// Whether one of the flags is set.
    pub(super) fn has(self, flag: u32) -> bool {
        self.0 & flag != 0
    }
}

/// How an engine reads a command or an environment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signature {
    /// Its arguments.
    pub(super) arguments: Arguments,
    /// Where it may stand.
    pub(super) flags: Flags,
    /// How many `&` a row may have; for one pair of columns where there is an argument `n`.
    pub(super) columns: Option<usize>,
    /// The package that it comes with.
    pub(super) package: Packages,
}

impl Signature {
    fn parse(cell: &'static str) -> Option<Self> {
        if cell == "-" {
            return None;
        }
        let (package, cell) = cell.split_once(':').unwrap_or(("", cell));
        let (arguments, flags) = cell.split_once('/')?;
        let digits = flags.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
        let letters = flags.bytes().filter(u8::is_ascii_lowercase);
        Some(Signature {
            arguments,
            flags: Flags(letters.fold(0, |flags, letter| flags | Flags::of(letter))),
            columns: digits.parse().ok(),
            package: Packages::named(package),
        })
    }
}

/// What the engines make of one name, as it stands in the table: KaTeX, MathJax 3, MathJax 4. It is read when it is asked
/// for; few of the many are, and those again and again.
#[derive(Debug)]
pub(super) struct Row {
    cells: &'static str,
    /// The first version of KaTeX that knows it, if 0.10.0 did not.
    since: Option<&'static str>,
    read: [OnceLock<Option<Signature>>; 3],
}

impl Row {
    /// How an engine reads it; nothing where it does not know it.
    pub(super) fn of(&self, engine: Engine) -> Option<Signature> {
        let column = column(engine);
        *self.read[column].get_or_init(|| self.read(column))
    }

    /// The first version of KaTeX that knows it, where that of the site is an earlier one.
    pub(super) fn later(&self, dialect: &Dialect) -> Option<&'static str> {
        let version = dialect.version.filter(|_| dialect.engine.is_katex())?;
        self.since.filter(|since| KatexVersion::read(since).is_some_and(|since| version < since))
    }

    fn new(cells: &'static str, since: Option<&'static str>) -> Self {
        Row { cells, since, read: [const { OnceLock::new() }; 3] }
    }

    fn read(&self, column: usize) -> Option<Signature> {
        let mut cells = self.cells.split('\t').take(column + 1);
        let mut cell = cells.next()?;
        for next in cells {
            cell = if next == "=" { cell } else { next };
        }
        Signature::parse(cell)
    }
}

fn column(engine: Engine) -> usize {
    match engine {
        Engine::Katex => 0,
        Engine::MathJax2 | Engine::MathJax3 => 1,
        Engine::MathJax4 => 2,
    }
}

/// All that is known.
#[derive(Debug)]
pub(super) struct Tables {
    /// By name, without the backslash.
    pub(super) commands: Names,
    /// By name.
    pub(super) environments: Names,
    delimiters: [&'static str; 3],
    near: OnceLock<Near>,
}

/// What it takes to find the command that was meant.
#[derive(Debug)]
pub(super) struct Near {
    /// Which letters each command has, and its name.
    pub(super) letters: Vec<(u64, &'static str)>,
    /// How many commands are used more often, for those that are used often.
    pub(super) ranks: HashMap<&'static str, usize>,
}

impl Tables {
    /// The characters that an engine takes for delimiters.
    pub(super) fn delimiters(&self, engine: Engine) -> &'static str {
        self.delimiters[column(engine)]
    }

    /// What it takes to find the command that was meant, made when the first one is unknown.
    pub(super) fn near(&self) -> &Near {
        self.near.get_or_init(|| {
            let frequent = include_str!("frequency.txt").lines().skip(1);
            Near {
                letters: self.commands.iter().map(|(name, _)| (letters(name), name)).collect(),
                ranks: frequent.enumerate().map(|(rank, name)| (name, rank)).collect(),
            }
        })
    }

    fn parse(text: &'static str, versions: &'static str) -> Self {
        let later: HashMap<&str, &str> = versions.lines().filter_map(|line| line.split_once('\t')).collect();
        let (mut commands, mut environments) = (Names::with_slots(12), Names::with_slots(8));
        let mut delimiters = [""; 3];
        for line in text.lines().skip_while(|line| line.starts_with('#')) {
            let Some((name, cells)) = line.split_once('\t') else { continue };
            let row = Row::new(cells, later.get(name).copied());
            match (name.strip_prefix('\\'), name.strip_prefix("delimiters ")) {
                (Some(name), _) => commands.insert(name, row),
                (None, None) => environments.insert(name, row),
                (None, Some("katex")) => delimiters[0] = cells,
                (None, Some("mathjax3")) => delimiters[1] = cells,
                (None, Some(_)) => delimiters[2] = cells,
            }
        }
        Tables { commands, environments, delimiters, near: OnceLock::new() }
    }
}

/// Which letters occur, upper and lower case apart.
pub(super) fn letters(name: &str) -> u64 {
    name.bytes().fold(0, |letters, byte| letters | 1 << (byte & 63))
}

/// The tables, read at first use .
pub(super) fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| Tables::parse(include_str!("commands.txt"), include_str!("katex.txt")))
}
