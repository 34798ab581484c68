//! Delimiters that open a formula and are never closed.
//!
//! `$$` closes what `$$` opens, so one that is forgotten turns all that follows inside out: kramdown 2.4.0
//! (`parser/kramdown/math.rb`) takes the text up to the next formula for TeX. What lies between two of them tells which
//! one is alone.

use memchr::memchr_iter;
use memchr::memmem;

use super::{in_raw, is_prose, is_tex, raw_elements};
use crate::post::body::{BlockKind, Body, Unclosed};
use crate::text::{Span, trimmed};

/// Finds them all, in order.
pub fn find(text: &str, body: &mut Body) {
    if !text[body.span.clone()].contains('$') {
        return;
    }
    let raw = raw_elements(text, body);
    let mut found = alone(text, &double_dollars(text, body, &raw));
    found.extend(single_dollars(text, body, &raw));
    // What opens within one of them is none of its own.
    let inner = |unclosed: &Unclosed| {
        let after = found.partition_point(|outer| outer.span.start <= unclosed.span.start);
        found[..after].last().is_some_and(|outer| unclosed.span.start < outer.end)
    };
    body.unclosed.retain(|unclosed| !inner(unclosed));
    body.unclosed.append(&mut found);
    body.unclosed.sort_by_key(|unclosed| unclosed.span.start);
}

/// The places of `$$` in the text of the post.
fn double_dollars(text: &str, body: &Body, raw: &[Span]) -> Vec<usize> {
    let bytes = text.as_bytes();
    let is_more = |at: usize| bytes.get(at + 2) == Some(&b'$') || at > 0 && matches!(bytes[at - 1], b'$' | b'\\');
    let in_other = |at: usize| body.formula_at(at).is_some_and(|formula| formula.delimiter != "$$");
    let is_free = |at: &usize| {
        let at = *at;
        let is_elsewhere = body.code_at(at).is_some() || body.comment_at(at).is_some() || in_raw(raw, at);
        !is_elsewhere && !is_more(at) && !in_other(at) && !in_other(at + 1) && !in_template(body, at)
    };
    memmem::find_iter(&bytes[body.span.clone()], b"$$").map(|at| body.span.start + at).filter(is_free).collect()
}

fn in_template(body: &Body, at: usize) -> bool {
    let after = body.templates.partition_point(|template| template.span.start <= at);
    body.templates[..after].last().is_some_and(|template| at < template.span.end)
}

/// Takes `$$` together, and returns those that are alone.
fn alone(text: &str, places: &[usize]) -> Vec<Unclosed> {
    let is_odd = places.len() % 2 == 1;
    let mut found = Vec::new();
    let mut rest = places;
    while let [open, later @ ..] = rest {
        let (span, delimiter) = (*open..open + 2, "$$");
        rest = later;
        match later.first() {
            Some(&close) if swallows(&text[span.end..close], is_odd) => {
                let (end, swallows) = (end_of_paragraph(&text[..close], span.end), Some(close..close + 2));
                found.push(Unclosed { span, delimiter, end, swallows });
            }
            Some(_) => rest = &later[1..],
            None => {
                let end = end_of_paragraph(text, span.end);
                let tex = &text[span.end..end];
                if is_tex(tex) || tex.contains('^') {
                    found.push(Unclosed { span, delimiter, end, swallows: None });
                }
            }
        }
    }
    // Where `$$` is no sign of mathematics at all, there would be many.
    if found.len() > MOST { Vec::new() } else { found }
}

/// So many formulas are not closed in a post of an author who means to.
const MOST: usize = 8;

/// Whether what stands between two `$$` is a part of the post rather than a formula.
fn swallows(between: &str, is_odd: bool) -> bool {
    let heading = |line: &str| {
        let text = line.trim_start_matches(['>', ' ']).trim_start_matches('#');
        line.trim_start_matches(['>', ' ']).starts_with('#') && text.starts_with(' ') && text.trim().chars().count() > 2
    };
    let has_sign = |text: &str| text.contains(['\\', '^', '=', '&', '{']);
    let has_word = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphabetic());
        words.any(|word| word.chars().count() > 2)
    };
    if between.lines().any(heading) || between.contains("\n```") {
        return true;
    }
    let is_text = |part: &str| !has_sign(part) && (is_prose(part) || is_odd && has_word(part));
    let mut parts = Paragraphs { rest: between }.peekable();
    let is_one = parts.next().is_none() || parts.peek().is_none();
    match is_one {
        true => is_odd && is_prose(between),
        false => Paragraphs { rest: between }.any(is_text),
    }
}

/// The stretches of a text between blank lines.
struct Paragraphs<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Paragraphs<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        let end = end_of_paragraph(self.rest, 0);
        let (paragraph, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        Some(paragraph)
    }
}

/// Where the paragraph around a byte ends: before a blank line.
pub(super) fn end_of_paragraph(text: &str, from: usize) -> usize {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if at > from && line.trim().is_empty() {
            break;
        }
        at += line.len();
    }
    trimmed(text, from..at).end.max(from)
}

/// Dollar signs that are alone in their paragraph, with TeX right behind them.
fn single_dollars(text: &str, body: &Body, raw: &[Span]) -> Vec<Unclosed> {
    let mut found = Vec::new();
    let is_text = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Heading);
    for block in body.blocks.iter().filter(|block| is_text(block.kind)) {
        let places = memchr_iter(b'$', &text.as_bytes()[block.span.clone()]).map(|at| block.span.start + at);
        let mut free = places.filter(|&at| {
            let is_elsewhere = body.code_at(at).is_some() || body.comment_at(at).is_some() || in_raw(raw, at);
            !is_elsewhere && body.formula_at(at).is_none() && !in_template(body, at)
        });
        let (Some(at), None) = (free.next(), free.next()) else { continue };
        let word = text[at + 1..block.span.end].split_whitespace().next().unwrap_or_default();
        let is_next = text[at + 1..].starts_with(word) && !text[..at].ends_with('\\');
        if is_next && has_command(word) {
            let end = end_of_paragraph(text, at + 1).min(block.span.end);
            found.push(Unclosed { span: at..at + 1, delimiter: "$", end, swallows: None });
        }
    }
    found
}

/// Whether a word has a command that no path of a shell has, or a script in braces.
fn has_command(word: &str) -> bool {
    let name = |rest: &str| rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let mut commands = word.split('\\').skip(1).map(|rest| &rest[..name(rest)]);
    let has_script = word.contains("_{") || word.contains("^{");
    commands.any(|command| COMMANDS.binary_search(&command).is_ok()) || has_script && word.contains('}')
}

/// Usual commands, sorted.
const COMMANDS: &[&str] = &[
    "Delta",
    "Gamma",
    "Lambda",
    "Omega",
    "Phi",
    "Psi",
    "Sigma",
    "Theta",
    "alpha",
    "approx",
    "bar",
    "begin",
    "beta",
    "boldsymbol",
    "cdot",
    "cdots",
    "chi",
    "delta",
    "dfrac",
    "ell",
    "epsilon",
    "eta",
    "exists",
    "forall",
    "frac",
    "gamma",
    "hat",
    "infty",
    "int",
    "kappa",
    "lambda",
    "ldots",
    "left",
    "mathbb",
    "mathbf",
    "mathcal",
    "mathrm",
    "mu",
    "nabla",
    "omega",
    "operatorname",
    "overline",
    "partial",
    "phi",
    "pi",
    "prod",
    "psi",
    "rho",
    "sigma",
    "sqrt",
    "subset",
    "sum",
    "tau",
    "theta",
    "tilde",
    "times",
    "varepsilon",
    "varphi",
    "vec",
    "widehat",
    "xi",
    "zeta",
];

#[cfg(test)]
mod tests {
    use crate::post::Post;

    #[test]
    fn what_is_never_closed() {
        assert!(super::COMMANDS.is_sorted());
        for (text, openings) in [
            ("$$\nx^2\n\n## 다음\n\n글이다.\n", &["$$"][..]),
            ("$$\nx^2\n\n## 다음\n\n$$\ny\n$$\n", &["$$"]),
            ("값은 $$x^2 이다.\n\n다음 식 $$y$$ 는 맞다.\n", &["$$"]),
            ("$$\nx\n\n+ y\n$$\n", &[]),
            ("$$\nx\n$$\n\n글\n\n$$\ny\n$$\n", &[]),
            ("PID 는 $$ 이다.\n", &[]),
            ("`$$` 와 $$x$$ 와 \\$$ 와 $$$\n", &[]),
            ("여기 $\\alpha 는 각이다.\n", &["$"]),
            ("커피는 $5 이고 경로는 $HOME\\bin 이다.\n", &[]),
            ("$a$ 와 $b_{1} 는\n", &["$"]),
            ("집합 \\\\(\\alpha 는\n", &["\\\\("]),
            ("집합 \\\\(a 는 \\(끝\n", &[]),
            ("\\begin{align}\na &= b\n\n글\n", &["\\begin{align}"]),
            ("\\begin{align}\na &= b\n\n글\n\\end{align}\n", &[]),
            ("$$\n\\begin{align}\na &= b\n\n## 끝\n", &["$$"]),
        ] {
            let post = Post::parse("a.md", text);
            let found: Vec<_> = post.body.unclosed.iter().map(|unclosed| unclosed.delimiter).collect();
            assert_eq!(found, openings, "{text}");
        }
    }
}
