//! `rules/suspicious-math.md`

use super::{Check, RuleContext};
use crate::blog::mathematics::Engine;
use crate::finding::Findings;
use crate::tex::{SlipKind, slips};

/// What the config can say.
#[derive(Debug, Clone, Default, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Options {
    /// Slips that are not told.
    pub ignore: Vec<Slips>,
}

/// What slips are called in the config.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Slips {
    Script,
    Greek,
    Command,
    Tilde,
    Html,
    Row,
    Apostrophe,
}

impl Slips {
    fn of(kind: &SlipKind) -> Slips {
        match kind {
            SlipKind::Script(..) => Slips::Script,
            SlipKind::Greek(_) => Slips::Greek,
            SlipKind::Command(_) => Slips::Command,
            SlipKind::Tilde => Slips::Tilde,
            SlipKind::Html(_) => Slips::Html,
            SlipKind::Row(_) => Slips::Row,
            SlipKind::Apostrophe => Slips::Apostrophe,
        }
    }
}

/// The check with its options.
pub(crate) fn with(options: Options) -> Check {
    Box::new(move |context, findings| check(context, &options.ignore, findings))
}

/// Formulas that every engine sets, and not as they were meant.
fn check(context: &RuleContext, ignore: &[Slips], findings: &mut Findings) {
    // What a Markdown engine makes of primes it makes of all in a post.
    let mut tells_primes = context.blog.math().engine == Some(Engine::Katex);
    for (tex, _) in context.arriving_formulas() {
        for slip in slips(tex.text()).into_iter().filter(|slip| !ignore.contains(&Slips::of(&slip.kind))) {
            if slip.kind == SlipKind::Apostrophe && !std::mem::take(&mut tells_primes) {
                continue;
            }
            let span = tex.span(slip.span);
            let is_verbatim = context.post.text.get(span.range()) == tex.text().get(slip.span.range());
            let (message, help, meant) = match &slip.kind {
                SlipKind::Script(sign, written) => {
                    let first = written.chars().next().unwrap_or_default();
                    let does = if *sign == '^' { "raises" } else { "lowers" };
                    let meant = format!("{sign}{{{written}}}");
                    (
                        format!("`{sign}{written}` {does} the `{first}` alone"),
                        format!("write `{meant}`, or a space behind the `{first}`"),
                        Some(meant),
                    )
                }
                SlipKind::Greek(name) => (
                    format!("`{name}` is set as {} letters in a row", name.len()),
                    format!("write `\\{name}` for the Greek letter, or `\\text{{{name}}}` for a word"),
                    Some(format!("\\{name}")),
                ),
                SlipKind::Command(name) => (
                    format!("`{name}` is set as {} letters in a row", name.len()),
                    format!("write `\\{name}`"),
                    Some(format!("\\{name}")),
                ),
                SlipKind::Tilde => {
                    ("`~` is set as a space".to_owned(), "write `\\sim` for the relation".to_owned(), None)
                }
                SlipKind::Html(tag) => (
                    format!("`{tag}` is no TeX: readers see its signs in the formula"),
                    "take the HTML out of the formula; `\\\\` begins a new line in an environment".to_owned(),
                    None,
                ),
                SlipKind::Apostrophe => {
                    let written = &context.post.text[span];
                    let arrives = if written.starts_with('\'') { " arrives as `’`, and" } else { "" };
                    let signs = written.chars().count();
                    (
                        format!("`{written}`{arrives} is no prime to KaTeX, which sets an apostrophe of text"),
                        format!("write `^{{{}}}`, here and in the other formulas", "\\prime".repeat(signs)),
                        None,
                    )
                }
                SlipKind::Row(name) => (
                    format!("no `\\\\` ends this line, so `{name}` sets the next one beside it"),
                    "write `\\\\` at the end of the line".to_owned(),
                    None,
                ),
            };
            let finding = findings.at(span, message).help(help);
            if let Some(meant) = meant.filter(|_| is_verbatim) {
                finding.rewrite(span, &meant);
            }
        }
    }
}
