//! Other ways to write a formula, so that what was meant arrives.

use crate::finding::Edit;
use crate::markdown::MarkdownEngine;
use crate::markdown::document::{BlockKind, Formula};
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::What;
use crate::markdown::tex_diff::{Usage, tex_diff};
use crate::post::Post;
use crate::text::{self, Span};

/// A way that was tried and works.
pub(crate) struct Repair {
    /// What to write.
    pub advice: String,
    /// What the edits do.
    pub message: &'static str,
    /// How.
    pub edits: Vec<Edit>,
}

/// The simplest way under the engine that delivers the formula.
pub(crate) fn repair(
    post: &Post,
    formula: &Formula,
    profile: &MarkdownEngine,
    usage: impl FnOnce() -> Usage,
) -> Option<Repair> {
    doubled_dollars(post, formula, profile)
        .or_else(|| around_environment(post, formula, profile))
        .or_else(|| other_words(post, formula, profile, usage()))
}

/// Two dollar signs, between which kramdown leaves all as it is.
fn doubled_dollars(post: &Post, formula: &Formula, profile: &MarkdownEngine) -> Option<Repair> {
    if !profile.sets_double_dollars() || formula.delimiter != "$" {
        return None;
    }
    let tex = &post.text[formula.tex];
    let written = format!("$${tex}$$");
    arrives(post, formula, profile, &written, tex).then(|| Repair {
        advice: shown(&written)
            .unwrap_or_else(|| format!("write it between `$$` and `$$`, which {} leaves alone", profile.name())),
        message: "double the dollar signs",
        edits: vec![Edit::insert(formula.span.start, "$"), Edit::insert(formula.span.end, "$")],
    })
}

/// The same around an environment, on lines of their own, so that it stays a display.
fn around_environment(post: &Post, formula: &Formula, profile: &MarkdownEngine) -> Option<Repair> {
    if !profile.sets_double_dollars() || !formula.is_environment() {
        return None;
    }
    let tex = &post.text[formula.span];
    let leaf = post.body.leaf_at(formula.span.start)?;
    let is_alone = text::trimmed(post.text, leaf.span) == formula.span;
    let fits = is_alone && leaf.depth == 0 && arrives(post, formula, profile, &format!("$$\n{tex}\n$$"), tex);
    let line_break = if post.text.contains("\r\n") { "\r\n" } else { "\n" };
    fits.then(|| Repair {
        advice: format!("put a line `$$` above and below it: between them, {} leaves all as it is", profile.name()),
        message: "put it between `$$` and `$$`",
        edits: vec![
            Edit::insert(formula.span.start, format!("$${line_break}")),
            Edit::insert(formula.span.end, format!("{line_break}$$")),
        ],
    })
}

/// Commands for the signs that Markdown reads, and backslashes for those that it takes away.
fn other_words(post: &Post, formula: &Formula, profile: &MarkdownEngine, usage: Usage) -> Option<Repair> {
    let leaf = post.body.leaf_at(formula.span.start);
    let in_table = leaf.is_some_and(|leaf| leaf.kind == BlockKind::Table);
    let (escaped, meant) = escaped(&post.text[formula.tex], in_table, usage);
    let written = format!("{0}{escaped}{0}", formula.delimiter);
    const SIGNS: &str = "write `\\lbrace`, `\\vert`, `\\ast` for signs, and two backslashes for one that is taken away";
    arrives(post, formula, profile, &written, &meant).then(|| Repair {
        advice: shown(&written).unwrap_or(SIGNS.to_owned()),
        message: "write it without what Markdown reads",
        edits: vec![Edit::new(formula.tex, escaped)],
    })
}

/// What to write, if it is short enough to be shown whole.
fn shown(written: &str) -> Option<String> {
    let short = written.chars().count() <= MOST_SHOWN && !written.contains('\n');
    short.then(|| format!("write `{written}`"))
}

/// The longest formula that help shows whole, in characters.
const MOST_SHOWN: usize = 60;

/// Whether a formula written in another way arrives as it is meant, tried on its block.
fn arrives(post: &Post, formula: &Formula, profile: &MarkdownEngine, written: &str, meant: &str) -> bool {
    let block = around(post, formula);
    let (before, after) = (&post.text[block.start..formula.span.start], &post.text[formula.span.end..block.end]);
    let text = format!("{before}{written}{after}\n");
    let delimiter = written.bytes().take_while(|&byte| byte == b'$').count();
    let span = Span::new(before.len(), before.len() + written.len());
    let tex = Span::new(span.start + delimiter, span.end - delimiter);
    let delimiter = if formula.is_environment() { "$$" } else { formula.delimiter };
    let tried = Formula { span, tex, delimiter, ..formula.clone() };
    let page = profile.page(&text, &MappedText::verbatim(&text, Span::new(0, text.len())));
    let turned = |what: &What| matches!(what, What::Math { display, .. } if *display != formula.display);
    let turned = page.events.iter().any(|event| event.source.start == before.len() && turned(&event.what));
    let delivered = &page.delivered(std::slice::from_ref(&tried))[0];
    !turned
        && delivered
            .tex()
            .is_some_and(|arrived| tex_diff(meant, arrived, Usage::default()).is_none() && is_near(meant, arrived))
}

/// Nothing but white space and typographic signs may differ from what is meant.
fn is_near(meant: &str, arrived: &str) -> bool {
    meant.matches('\\').count() == arrived.matches('\\').count()
}

/// The block of text that holds the formula.
fn around(post: &Post, formula: &Formula) -> Span {
    use BlockKind::{Heading, Html, Math, Paragraph, Table};
    let leaf = post.body.leaf_at(formula.span.start);
    let leaf = leaf.filter(|leaf| matches!(leaf.kind, Paragraph | Heading | Table | Html | Math));
    leaf.filter(|leaf| formula.span.end <= leaf.span.end).map_or(formula.span, |leaf| leaf.span)
}

/// TeX without what Markdown reads, and what arrives of it.
fn escaped(tex: &str, in_table: bool, usage: Usage) -> (String, String) {
    let (mut written, mut meant) = (String::new(), String::new());
    let has_doubled = !tex.contains("\\begin");
    let mut rest = tex;
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_alphanumeric() {
            written.push(first);
            meant.push(first);
            rest = &rest[1..];
            continue;
        }
        let commands: &[(&str, &str)] = if in_table { COMMANDS } else { &COMMANDS[..COMMANDS.len() - 2] };
        let length = if let Some(&(sign, command)) = commands.iter().find(|(sign, _)| rest.starts_with(sign)) {
            let space = if rest[sign.len()..].starts_with(|c: char| c.is_ascii_alphabetic()) { " " } else { "" };
            for text in [&mut written, &mut meant] {
                text.push_str(command);
                text.push_str(space);
            }
            sign.len()
        } else if has_doubled && ["\\\\{", "\\\\}"].iter().any(|brace| rest.starts_with(brace)) {
            // Two backslashes stand for the one of a brace, unless lines are told apart by them.
            written.push_str(&rest[..3]);
            meant.push_str(&rest[1..3]);
            3
        } else if rest.starts_with("\\_") && usage.is_index(tex, tex.len() - rest.len()) {
            // It is escaped as it must be.
            written.push_str("\\_");
            meant.push('_');
            2
        } else if first == '\\' && rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) {
            // `\\` becomes four: each of the two is doubled.
            let doubled = if rest.starts_with("\\\\") { "\\\\\\\\" } else { &*format!("\\\\{}", &rest[1..2]) };
            written.push_str(doubled);
            meant.push_str(&rest[..2]);
            2
        } else {
            if first == '_' {
                written.push('\\');
            }
            written.push(first);
            meant.push(first);
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    (written, meant)
}

/// Signs that Markdown reads, and the commands of TeX for them; those at the end only in tables, the longer first.
const COMMANDS: &[(&str, &str)] = &[
    ("\\{", "\\lbrace"),
    ("\\}", "\\rbrace"),
    ("\\|", "\\Vert"),
    ("*", "\\ast"),
    ("<", "\\lt"),
    ("||", "\\Vert"),
    ("|", "\\vert"),
];
