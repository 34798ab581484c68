//! Formulas as they are written, whatever engine reads them: what a reader of the source takes for one.
//!
//! First those of running text. A formula may also stand in a block of HTML, such as the caption of a figure, where
//! MathJax sees it, and hold the pipe of a table; and `$$` at the start of a line goes on behind blank lines and what looks
//! like a list, a quote or a heading, as in kramdown (2.4.0, `parser/kramdown/math.rb`).

mod backslash;
mod dollars;
pub(crate) mod glued;
pub(crate) mod taken;
mod unclosed;

use memchr::{memchr_iter, memmem};

use super::Post;
use crate::html;
use crate::markdown::document::{BlockKind, Code, Document, Formula};
use crate::text::{Span, holding};

/// Finds the formulas as they are written, and those that are never closed.
pub(crate) fn find(post: &mut Post) {
    let (text, body) = (post.text, &mut post.body);
    let written = &text.as_bytes()[body.span];
    let has_dollar = memchr::memchr(b'$', written).is_some();
    let has_backslash = memchr_iter(b'\\', written).any(|at| backslash::opens(text, body.span.start + at).is_some());
    if has_dollar || has_backslash {
        let raw = raw_elements(text, body);
        if has_dollar {
            body.formulas = dollars::find(text, body);
            find_blocks(text, body);
            find_inline(text, body, &raw);
        }
        if has_backslash {
            backslash::find(text, body, &raw);
        }
        if has_dollar {
            unclosed::find(text, body, &raw);
        }
    }
    find_code(text, body);
}

/// Adds the code that some engines set as mathematics, such as GitHub: ```` ```math ````.
fn find_code(text: &str, body: &mut Document) {
    let is_math = |code: &&Code| code.info.as_ref().is_some_and(|info| &text[*info] == "math");
    let found = body.code.iter().filter(is_math).map(|code| Formula {
        span: code.span,
        tex: code.content,
        display: true,
        delimiter: "```math",
    });
    let found: Vec<Formula> = found.collect();
    if !found.is_empty() {
        body.formulas.extend(found);
        body.formulas.sort_by_key(|formula| formula.span.start);
    }
}

/// Adds `$$` blocks of several paragraphs; what was seen in them is none.
fn find_blocks(text: &str, body: &mut Document) {
    let dollars: Vec<usize> = memmem::find_iter(&text.as_bytes()[body.span], b"$$")
        .map(|at| body.span.start + at)
        .filter(|&at| body.formula_at(at).is_none())
        .collect();
    let mut missed: Vec<Span> = Vec::new();
    let mut rest = dollars.as_slice();
    while let [open, later @ ..] = rest {
        rest = later;
        if !starts_line(text, *open) || body.code_at(*open).is_some() || body.comment_at(*open).is_some() {
            continue;
        }
        if let Some(&close) = later.first()
            && ends_line(text, close + 2)
            && close > open + 2
        {
            missed.push(Span::new(*open, close + 2));
            rest = &later[1..];
        }
    }
    let formula =
        |span: Span| Formula { tex: Span::new(span.start + 2, span.end - 2), span, display: true, delimiter: "$$" };
    add(body, missed.into_iter().map(formula));
}

/// Adds the formulas in the lines of tables and in HTML, and those with a space at an end.
///
/// As everywhere, a dollar sign opens a formula only if no space follows it, and closes it only if no space precedes it
/// and no digit follows. MathJax takes spaces, too, so between dollar signs that are left over, TeX is a formula.
fn find_inline(text: &str, body: &mut Document, raw: &[Span]) {
    let seen = |at: usize| body.formula_at(at).is_some() || is_elsewhere(body, raw, at);
    let mut missed = Vec::new();
    for block in &body.blocks {
        let found = match block.kind {
            BlockKind::Table => Where::Row,
            BlockKind::Html => Where::Html,
            BlockKind::Paragraph | BlockKind::Heading => Where::Text,
            _ => continue,
        };
        let bytes = &text.as_bytes()[block.span];
        let dollars = memchr_iter(b'$', bytes).map(|at| block.span.start + at).filter(|&at| !seen(at));
        pair(text, &dollars.collect::<Vec<_>>(), found, &mut missed);
    }
    add(body, missed);
}

/// Adds formulas, unless others begin in them or hold their beginning.
fn add(body: &mut Document, formulas: impl IntoIterator<Item = Formula>) {
    body.formulas.extend(formulas);
    body.formulas.sort_by_key(|formula| formula.span.start);
    body.formulas.dedup_by(|next, last| next.span.start < last.span.end);
}

/// Where dollar signs were found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    /// In a table, where a formula stays in its line.
    Row,
    Html,
    /// In running text, where the parser has seen what has no spaces at its ends.
    Text,
}

/// Takes opening and closing dollar signs together.
fn pair(text: &str, dollars: &[usize], found: Where, formulas: &mut Vec<Formula>) {
    let bytes = text.as_bytes();
    let mut rest = dollars;
    while let [open, later @ ..] = rest {
        rest = later;
        let delimiter = if later.first() == Some(&(open + 1)) { "$$" } else { "$" };
        let inner = open + delimiter.len();
        let later = &later[delimiter.len() - 1..];
        let &[close, ..] = later else { continue };
        let escaped = |at: usize| at > 0 && bytes[at - 1] == b'\\';
        let between = &text[inner.min(close)..close];
        let apart = between.is_empty()
            || delimiter == "$" && between.contains('$') && !between.starts_with(' ')
            || escaped(*open)
            || escaped(close)
            || found == Where::Row && between.contains('\n')
            || between.lines().skip(1).any(|line| line.trim().is_empty());
        let fits = match delimiter {
            "$$" => later.get(1) == Some(&(close + 1)),
            _ => {
                let digit = bytes.get(close + 1).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'$');
                let tight = between.trim() == between && found != Where::Text;
                !digit && (tight || is_tex(between))
            }
        };
        if !apart && fits {
            let span = Span::new(*open, close + delimiter.len());
            formulas.push(Formula { span, tex: Span::new(inner, close), display: delimiter == "$$", delimiter });
            rest = &later[delimiter.len()..];
        }
    }
}

/// Whether a text has a command or a script in braces.
pub(crate) fn is_tex(text: &str) -> bool {
    let command =
        |at: usize| text.as_bytes().get(at + 1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'{');
    // A group of a regular expression is none of TeX.
    let is_pattern = ["(?:", "(?=", "(?!", "(?<"].iter().any(|group| text.contains(group));
    !is_pattern && (memchr_iter(b'\\', text.as_bytes()).any(command) || text.contains("_{") || text.contains("^{"))
}

/// Whether what stands between two dollar signs is text: prices, variables of a shell.
pub(crate) fn is_prose(tex: &str) -> bool {
    // Where TeX is around a tag, the tag is the slip.
    let has_html = memchr::memchr(b'<', tex.as_bytes()).is_some() && (tex.contains("<br") || tex.contains("</"));
    has_html && !unclosed::has_command(tex) || has_words(tex)
}

/// Whether it is what stands between the signs of two other things, of which the second follows: variables of a shell, or
/// prices, as in `$4,000)**, then **$5,000`.
pub(crate) fn is_between_others(tex: &str, behind: &str) -> bool {
    is_of_a_shell(tex, behind) || is_of_prices(tex, behind)
}

/// Numbers stand behind both signs, words or marks between them, and nothing that only formulas have.
fn is_of_prices(tex: &str, behind: &str) -> bool {
    let is_number = |text: &str| text.starts_with(|sign: char| sign.is_ascii_digit());
    let is_apart = tex.contains("**") || tex.split_whitespace().any(|word| word.chars().all(char::is_alphabetic));
    is_number(tex) && is_number(behind) && is_apart && !tex.contains(['\\', '^', '_', '{', '='])
}

/// `((1<<` in `$((1<<$s))`.
fn is_of_a_shell(tex: &str, behind: &str) -> bool {
    let is_open = tex.starts_with(['(', '{']) && tex.matches(['(', '{']).count() > tex.matches([')', '}']).count();
    is_open
        && !tex.contains('\\')
        && behind.starts_with(|next: char| next.is_ascii_alphanumeric() || "_({".contains(next))
}

/// Whether there are words in it that stand in no braces.
pub(crate) fn has_words(tex: &str) -> bool {
    if tex.bytes().all(|byte| byte.is_ascii_graphic()) {
        return false;
    }
    // A row of a table ends in it.
    if tex.contains("|\n|") {
        return true;
    }
    let mut depth = 0_i32;
    let mut words = 0;
    for word in tex.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '{' | '}')) {
        let letters = word.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | ',' | '.'));
        let plain = letters.chars().count() > 2 && letters.chars().all(|c| c.is_ascii_alphabetic());
        let foreign = letters.chars().any(|c| c.is_alphabetic() && c >= '\u{2e80}');
        words = match depth == 0 {
            true if plain => words + 1,
            true if LINKING.contains(&letters) => words,
            _ => 0,
        };
        if depth == 0 && (foreign || words > 1) {
            return true;
        }
        depth += i32::from(word.ends_with('{')) - i32::from(word.ends_with('}'));
    }
    false
}

/// Short words between others, of which none is a product of variables.
const LINKING: &[&str] =
    &["an", "as", "at", "be", "by", "if", "in", "is", "it", "no", "of", "on", "or", "so", "to", "we"];

/// HTML elements whose text is no prose, in blocks of HTML.
fn raw_elements(text: &str, body: &Document) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for block in body.blocks.iter().filter(|block| block.kind == BlockKind::Html) {
        let source = &text[block.span];
        for tag in html::tags(source).filter(|tag| ["pre", "code", "script", "style"].iter().any(|raw| tag.is(raw))) {
            let start = block.span.start + tag.start;
            if found.last().is_none_or(|last| last.end <= start) {
                let end = source[tag.start..].find(&format!("</{}", tag.name));
                found.push(Span::new(start, end.map_or(block.span.end, |end| start + end)));
            }
        }
    }
    found
}

/// Whether a byte stands in code, in a comment or in an element of HTML whose text is no prose.
fn is_elsewhere(body: &Document, raw: &[Span], at: usize) -> bool {
    body.code_at(at).is_some() || body.comment_at(at).is_some() || holding(raw, at, |span| span).is_some()
}

fn starts_line(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t', '>']);
    before.is_empty() || before.ends_with(['\n', '\u{feff}'])
}

fn ends_line(text: &str, at: usize) -> bool {
    let after = text[at..].trim_start_matches([' ', '\t', '\r']);
    after.is_empty() || after.starts_with('\n')
}
