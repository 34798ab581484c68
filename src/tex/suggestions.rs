//! What the author may have meant.

use super::engines::Dialect;
use super::fault::Suggestion;
use super::macros::Macros;
use super::tables::{Row, Signature, Tables, letters};
use crate::text::Edits;

/// What to write for names that no slip of the finger leads to: the name, and what works in every engine.
const ALIASES: [(&str, &str); 24] = [
    ("R", r"\mathbb{R}"),
    ("N", r"\mathbb{N}"),
    ("Z", r"\mathbb{Z}"),
    ("Q", r"\mathbb{Q}"),
    ("C", r"\mathbb{C}"),
    ("E", r"\mathbb{E}"),
    ("argmax", r"\operatorname*{arg\,max}"),
    ("argmin", r"\operatorname*{arg\,min}"),
    ("bm", r"\boldsymbol"),
    ("bold", r"\mathbf"),
    ("mbox", r"\text"),
    ("part", r"\partial"),
    ("emph", r"\textit"),
    ("textsc", r"\text"),
    ("coloneqq", r":="),
    ("degree", r"^\circ"),
    ("sign", r"\operatorname{sign}"),
    ("sgn", r"\operatorname{sgn}"),
    ("diag", r"\operatorname{diag}"),
    ("tr", r"\operatorname{tr}"),
    ("rank", r"\operatorname{rank}"),
    ("infinity", r"\infty"),
    ("union", r"\cup"),
    ("implies", r"\Rightarrow"),
];

/// No command has more letters.
const LONGEST_NAME: usize = 32;

/// Environments that another does the work of.
const ENVIRONMENTS: [(&str, &str); 8] = [
    ("align", "aligned"),
    ("align*", "aligned"),
    ("eqnarray", "aligned"),
    ("eqnarray*", "aligned"),
    ("gather", "gathered"),
    ("gather*", "gathered"),
    ("dcases", "cases"),
    ("multline", "aligned"),
];

fn did_you_mean(replacement: String) -> Suggestion {
    let help = format!("did you mean `{replacement}`?");
    Suggestion { replacement, help }
}

/// What to write for a command; `known_elsewhere` where another engine has it, so that it is no slip.
pub(super) fn command(
    name: &str,
    known_elsewhere: bool,
    dialect: &Dialect,
    macros: &Macros,
    tables: &Tables,
) -> Option<Suggestion> {
    if let Some((_, instead)) = ALIASES.iter().find(|(alias, _)| *alias == name) {
        return Some(Suggestion { replacement: (*instead).to_owned(), help: format!("use `{instead}`") });
    }
    if known_elsewhere {
        return None;
    }
    let rank = |name: &str| tables.near().ranks.get(name).copied().unwrap_or(usize::MAX);
    let is_near = near(name);
    let known = tables.near().letters.iter().filter(|(letters, name)| is_near(*letters, name)).map(|(_, name)| *name);
    let known = known.filter(|name| tables.commands.get(name).is_some_and(|row| is_at_hand(row, dialect, macros)));
    let defined = macros.names().filter(|name| is_near(letters(name), name));
    nearest(name, known.chain(defined), rank).map(|near| match glued(name, near) {
        Some(letter) => did_you_mean(format!("\\{near} {letter}")),
        None => did_you_mean(format!("\\{near}")),
    })
}

/// The letter behind a command that ran into its name for want of a space: `i` in `\lbracei`. One that is there twice is
/// a slip of the finger.
fn glued<'n>(wrong: &'n str, name: &str) -> Option<&'n str> {
    let letter = wrong.strip_prefix(name).filter(|rest| rest.len() == 1)?;
    (!name.ends_with(letter)).then_some(letter)
}

/// What to write for a command that ran into its argument, whose brace is missing: `\mathbb{R` for `\mathbbR`.
pub(super) fn opened(name: &str, dialect: &Dialect, tables: &Tables) -> Option<Suggestion> {
    let takes_argument = |prefix: &str| {
        let known = tables.commands.get(prefix).and_then(|row| row.of(dialect.engine));
        known.is_some_and(|known| known.arguments.contains(['m', 't']))
    };
    let split = (2..name.len().min(LONGEST_NAME)).rev().find(|end| name.get(..*end).is_some_and(takes_argument))?;
    Some(did_you_mean(format!("\\{}{{{}", &name[..split], &name[split..])))
}

/// What to write for an environment.
pub(super) fn environment(name: &str, dialect: &Dialect, macros: &Macros, tables: &Tables) -> Option<Suggestion> {
    let is_near = near(name);
    let known = tables
        .environments
        .iter()
        .filter(|(name, row)| is_near(letters(name), name) && is_at_hand(row, dialect, macros));
    let known = known.map(|(name, _)| name);
    instead_of(name).or_else(|| nearest(name, known, str::len).map(|name| did_you_mean(name.to_owned())))
}

/// What does the work of an environment.
pub(super) fn instead_of(name: &str) -> Option<Suggestion> {
    let (_, instead) = ENVIRONMENTS.iter().find(|(alias, _)| *alias == name)?;
    Some(Suggestion { replacement: (*instead).to_owned(), help: format!("use `{instead}`") })
}

/// What to write for an environment that only displayed formulas can have.
pub(super) fn inline(name: &str) -> Option<Suggestion> {
    let (_, instead) = ENVIRONMENTS.iter().find(|(display, _)| *display == name)?;
    let help = format!("use `{instead}`, or display the formula");
    Some(Suggestion { replacement: format!("\\begin{{{instead}}}"), help })
}

fn is_at_hand(row: &Row, dialect: &Dialect, macros: &Macros) -> bool {
    let loaded = dialect.loaded().and(macros.packages);
    let is_known = |known: Signature| loaded.has(known.package) && row.later(dialect).is_none();
    row.of(dialect.engine).is_some_and(is_known)
}

/// How many edits make a slip of a name.
fn most_edits(wrong: &str) -> usize {
    const SHORT: usize = 4;
    if wrong.len() <= SHORT { 1 } else { 2 }
}

/// Whether a name can be near, by its length and its letters: each edit changes at most two of those that occur. This
/// spares nearly all names the table of edits.
fn near(wrong: &str) -> impl Fn(u64, &str) -> bool {
    let (length, most, wrong) = (wrong.len(), most_edits(wrong), letters(wrong));
    move |letters, name| {
        (letters ^ wrong).count_ones() as usize <= 2 * most && name.len().abs_diff(length) <= most && name.len() > 1
    }
}

/// The nearest name by edits (a swap of neighbours is one). Of those as near, a swap comes first, then a name with the
/// same first letter, which is seldom missed, then the one with the lowest rank.
fn nearest<'n>(wrong: &str, names: impl Iterator<Item = &'n str>, rank: impl Fn(&str) -> usize) -> Option<&'n str> {
    let most = most_edits(wrong);
    let (signs, mut counted) = (wrong.chars().collect::<Vec<_>>(), Edits::default());
    let order = |name: &'n str| {
        let edits = counted.between(&signs, &name.chars().collect::<Vec<_>>(), most)?;
        let is_swap = name.len() == wrong.len() && letters(name) == letters(wrong);
        let begins_alike = name.as_bytes().first() == wrong.as_bytes().first();
        Some((edits, !is_swap, !wrong.eq_ignore_ascii_case(name), !begins_alike, rank(name), name))
    };
    names.filter_map(order).min().map(|(.., name)| name)
}
