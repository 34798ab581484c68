//! The formulas that an engine takes out of a text, of whose pages no more is known: pandoc, and Python-Markdown with
//! pymdownx.arithmatex or pelican-render-math.

use crate::html;
use crate::markdown::commonmark::Math;
use crate::markdown::document::{BlockKind, Document, Formula};
use crate::post::Post;
use crate::text::{Span, holding};

/// Whether each of the formulas of a post is taken out, so that it arrives as it is written; `None` where none is.
pub(crate) fn taken(post: &Post, math: Math) -> Option<Vec<bool>> {
    if math != Math::Tight && !math.is_of_python() {
        return None;
    }
    let raw = if math.is_of_python() { raw_elements(post.text, &post.body) } else { Vec::new() };
    let is_taken = |formula: &Formula| {
        let tex = &post.text[formula.tex];
        let is_blank = tex.trim_matches([' ', '\t', '\r', '\n']).is_empty();
        let is_raw = || math == Math::Tight && is_environment(tex);
        let is_apart = tex.lines().skip(1).any(|line| line.trim().is_empty() && !ends_tex(tex, line));
        !is_blank
            && (!is_apart || is_raw())
            && takes(math, formula, tex)
            && holding(&raw, formula.span.start, |span| span).is_none()
            && !(math.is_of_python() && has_entity(tex))
    };
    Some(post.body.formulas.iter().map(is_taken).collect())
}

/// Whether a line is the last of a text: what stands before the closing delimiter on its line.
fn ends_tex(tex: &str, line: &str) -> bool {
    crate::text::offset_in(tex, line).is_some_and(|at| at + line.len() == tex.len())
}

/// Whether a text is one environment on lines of its own, which pandoc hands on as TeX, whatever stands around it.
fn is_environment(tex: &str) -> bool {
    let inner = tex.trim().strip_prefix("\\begin{").filter(|_| tex.starts_with(['\n', '\r']));
    let end = inner.and_then(|inner| Some(format!("\\end{{{}}}", inner.split_once('}')?.0)));
    end.is_some_and(|end| tex.trim().find(&end).is_some_and(|at| at + end.len() == tex.trim().len()))
}

/// Whether a browser reads a character for an entity in it: Python-Markdown hands these on (3.11, `serializers.py`,
/// `RE_AMP`), but for displays of arithmatex.
fn has_entity(tex: &str) -> bool {
    memchr::memchr_iter(b'&', tex.as_bytes()).any(|at| html::entity(&tex[at..]).is_some())
}

/// By its delimiters alone (pandoc 3.9, `Text.Pandoc.Parsing.Math`; pymdown-extensions 10, `arithmatex.py`;
/// pelican-render-math 1.0.5, `pelican_mathjax_markdown_extension.py`).
fn takes(math: Math, formula: &Formula, tex: &str) -> bool {
    let delimiter = formula.delimiter;
    let is_tight = |blank: &[char]| !tex.starts_with(blank) && !tex.ends_with(blank);
    match (math, delimiter) {
        (Math::Tight, "$") => is_tight(&[' ', '\t']),
        (Math::Pelican, "$") => !tex.ends_with(|sign: char| sign.is_whitespace()),
        (_, "$") => is_tight(&[' ', '\t', '\n', '\r']),
        (_, "$$") => true,
        (Math::Pelican, _) => formula.is_environment(),
        (Math::Arithmatex, _) => matches!(delimiter, "\\(" | "\\[") || formula.is_environment(),
        _ => false,
    }
}

/// The elements of HTML that Python-Markdown hands on unread, from the tag that begins a line to the one that closes it
/// (3.11, `htmlparser.py`).
fn raw_elements(text: &str, body: &Document) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for block in body.blocks.iter().filter(|block| block.kind == BlockKind::Html) {
        if found.last().is_some_and(|last| block.span.start < last.end) {
            continue;
        }
        let tag = html::tag_at(text, block.span.start).filter(|tag| tag.attributes().all(|one| one.name != "markdown"));
        let end = tag.map(|tag| end_of(text, block.span.start, tag.name)).unwrap_or_default();
        found.push(Span::new(block.span.start, end.max(block.span.end)));
    }
    found
}

/// Where an element ends that begins at a byte; there, if nothing closes it.
fn end_of(text: &str, start: usize, name: &str) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(next) = memchr::memchr(b'<', &text.as_bytes()[at..]).map(|found| at + found) {
        let rest = &text[next + 1..];
        let (is_end, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let is_it = rest.get(..name.len()).is_some_and(|other| other.eq_ignore_ascii_case(name))
            && !rest[name.len()..].starts_with(|sign: char| sign.is_ascii_alphanumeric());
        at = next + 1;
        match (is_it, is_end) {
            (true, false) => depth += 1,
            (true, true) if depth <= 1 => return text[at..].find('>').map_or(text.len(), |close| at + close + 1),
            (true, true) => depth -= 1,
            (false, _) => {}
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Engines;

    /// Asked of pandoc 3.9, pymdown-extensions 10 and pelican-render-math 1.0.5.
    #[test]
    fn what_engines_take() {
        for (text, tight, arithmatex, render_math) in [
            ("$a$", true, true, true),
            ("$ \\frac{a}{b} $", false, false, false),
            ("$\n\\frac{a}{b}\n$", true, false, false),
            ("$$a$$", true, true, true),
            ("$$\na\n$$", true, true, true),
            ("$$\na\n\nb\n$$", false, false, false),
            ("$$\na\n\n$$", false, false, false),
            ("$$\n\\begin{align}\na\n\nb\n\\end{align}\n$$", true, false, false),
            ("\\(a\\)", false, true, false),
            ("<p>\n$\\frac{a}{b}$\n</p>", true, false, false),
            ("<center>\n\n$a$\n\n</center>", true, false, false),
            ("$a &lt; b$", true, false, false),
            ("$a < b & c$", true, true, true),
            ("$ \\frac{a}{b}$", false, false, true),
            ("$\\frac{a}{b} $", false, false, false),
            ("<div>a</div>\n\n$a$", true, true, true),
        ] {
            let post = Post::parse("a.md", text, &Engines::default());
            let of = |math| taken(&post, math).unwrap_or_default();
            let found = [Math::Tight, Math::Arithmatex, Math::Pelican].map(of);
            assert_eq!(found, [vec![tight], vec![arithmatex], vec![render_math]], "{text:?}");
        }
    }
}
