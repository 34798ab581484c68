//! Ways to break a formula, as authors do.

use regex::Regex;

use crate::misspell::{Chance, misspell};

/// A name, and what it makes of a formula, if anything.
pub type Mutation = (&'static str, fn(&str, &mut Chance) -> Option<String>);

/// All of them.
pub const MUTATIONS: [Mutation; 30] = [
    ("stray ampersand", |tex, _| Some(format!("{tex} & x"))),
    ("command as argument", |tex, _| Some(format!("{tex}\\sqrt\\hat x"))),
    ("column", |tex, _| replace(tex, r"\\begin\{array\}\{", |found| format!("{found}z"))),
    ("double subscript", |tex, _| Some(format!("{tex} x_1_2"))),
    ("double superscript", |tex, _| Some(format!("{tex} x^1^2"))),
    ("no closing brace", |tex, chance| cut(tex, r"\}", chance)),
    ("no left", |tex, chance| cut(tex, r"\\left(\\\{|\\[a-z|]+|.)", chance)),
    ("no opening brace", |tex, chance| cut(tex, r"\{", chance)),
    ("no right", |tex, chance| cut(tex, r"\\right(\\\}|\\[a-z|]+|.)", chance)),
    ("dollar", |tex, chance| insert(tex, "$", chance)),
    ("dropped argument", |tex, chance| cut(tex, r"\{[^{}]*\}", chance)),
    ("entity", |tex, _| Some(format!("{tex} &lt; b"))),
    ("mismatched end", |tex, _| replace(tex, r"\\end\{[a-z]+", |found| format!("{found}x"))),
    ("no begin", |tex, chance| cut(tex, r"\\begin\{[a-z*]+\}", chance)),
    ("no end", |tex, chance| cut(tex, r"\\end\{[a-z*]+\}", chance)),
    ("unknown environment", |tex, _| {
        Some(Regex::new(r"\{(matri|arra|case|alig)").ok()?.replace_all(tex, "{x$1").into())
    }),
    ("hash", |tex, chance| insert(tex, "#", chance)),
    ("row command", |tex, _| Some(format!("{tex} \\hline"))),
    ("no delimiter", |tex, _| replace(tex, r"\\left(\\\{|\\[a-z|]+|.)", |_| "\\left x".into())),
    ("limits", |tex, _| Some(format!("{tex} x\\limits_1"))),
    ("misspelling", |tex, chance| misspell(tex, chance).map(|(tex, _)| tex)),
    ("unclosed bracket", |tex, _| Some(format!("{tex} \\sqrt[3{{x}}"))),
    ("two infix", |tex, _| Some(format!("{tex} {{a \\over b \\over c}}"))),
    ("percent", |tex, chance| insert(tex, "%", chance)),
    ("command as script", |tex, _| Some(format!("{tex} x^\\sqrt 2"))),
    ("inline tag", |tex, _| Some(format!("{tex} \\tag{{2}}"))),
    ("two tags", |tex, _| Some(format!("{tex} \\tag{{2}} \\tag{{3}}"))),
    ("math in text", |tex, _| Some(format!("{tex} \\text{{a \\alpha b}}"))),
    ("script in text", |tex, _| Some(format!("{tex} \\text{{a_b}}"))),
    ("trailing backslash", |tex, _| Some(format!("{tex}\\"))),
];

fn replace(tex: &str, pattern: &str, by: impl Fn(&str) -> String) -> Option<String> {
    let found = Regex::new(pattern).ok()?.find(tex)?;
    Some(format!("{}{}{}", &tex[..found.start()], by(found.as_str()), &tex[found.end()..]))
}

fn cut(tex: &str, pattern: &str, chance: &mut Chance) -> Option<String> {
    let found: Vec<_> = Regex::new(pattern).ok()?.find_iter(tex).map(|found| found.range()).collect();
    let found = chance.pick(&found)?;
    let is_escaped = tex[..found.start].ends_with('\\');
    (!is_escaped).then(|| format!("{}{}", &tex[..found.start], &tex[found.end..]))
}

fn insert(tex: &str, what: &str, chance: &mut Chance) -> Option<String> {
    let spaces: Vec<_> = tex.match_indices(' ').map(|(at, _)| at).filter(|at| !tex[..*at].ends_with('\\')).collect();
    let at = chance.pick(&spaces)?;
    Some(format!("{} {what}{}", &tex[..at], &tex[at..]))
}
