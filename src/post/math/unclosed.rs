//! Delimiters that open a formula and are never closed.
//!
//! `$$` closes what `$$` opens, so one that is forgotten turns all that follows inside out: kramdown 2.4.0
//! (`parser/kramdown/math.rb`) takes the text up to the next formula for TeX. What lies between two of them tells which
//! one is alone.

use memchr::memchr_iter;
use memchr::memmem;

use super::{is_elsewhere, is_prose, is_tex};
use crate::markdown::document::{BlockKind, Document, Unclosed};
use crate::text::{Span, boundary, holding, trimmed};

/// Finds them all, in order.
pub(crate) fn find(text: &str, body: &mut Document, raw: &[Span]) {
    let mut found = alone(text, &double_dollars(text, body, raw));
    found.extend(single_dollars(text, body, raw));
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
fn double_dollars(text: &str, body: &Document, raw: &[Span]) -> Vec<usize> {
    let bytes = text.as_bytes();
    let is_escaped = |at: usize| bytes[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1;
    let in_other = |at: usize| body.formula_at(at).is_some_and(|formula| formula.delimiter != "$$");
    let is_free = |at: &usize| {
        let at = *at;
        let is_space = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
        // A formula that begins or ends in the middle of two dollar signs has taken a sign of theirs.
        let is_own = match (in_other(at), in_other(at + 1)) {
            (false, false) => true,
            (true, false) => at > 0 && !is_space(at - 1),
            (false, true) => !is_space(at + 2),
            (true, true) => false,
        };
        !is_elsewhere(body, raw, at) && !is_escaped(at) && !is_variable(&text[at + 2..]) && is_own
    };
    let places = memmem::find_iter(&bytes[body.span], b"$$").map(|at| body.span.start + at).filter(is_free);
    let places: Vec<usize> = places.collect();
    // Of three dollar signs nobody knows which two were meant; nor what a template engine leaves of one.
    let is_unclear = places.iter().any(|&at| bytes.get(at + 2) == Some(&b'$') || in_template(body, at));
    if is_unclear { Vec::new() } else { places }
}

/// `$${domain}`: a variable of a template.
fn is_variable(behind: &str) -> bool {
    let name = behind.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(name, _)| name);
    name.is_some_and(|name| name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
}

fn in_template(body: &Document, at: usize) -> bool {
    holding(&body.templates, at, |template| &template.span).is_some()
}

/// Takes `$$` together, and returns those that are alone. A paragraph with an even number of them is complete; in one
/// with an odd number a formula goes on behind a blank line, or is not closed.
fn alone(text: &str, places: &[usize]) -> Vec<Unclosed> {
    let is_usual = places.len() > 2;
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut rest = places;
    while let Some(&first) = rest.first() {
        let end = end_of_paragraph(text, first);
        let (own, later) = rest.split_at(rest.partition_point(|&at| at < end));
        rest = later;
        let is_odd = own.len() % 2 == 1;
        match open.take() {
            Some(before) if !is_odd || is_text(&text[before + 2..first]) => {
                found.extend(unclosed(text, before, Some(first), is_usual));
                open = is_odd.then(|| odd_one(text, own));
            }
            Some(_) => {}
            None => open = is_odd.then(|| odd_one(text, own)),
        }
    }
    found.extend(open.and_then(|open| unclosed(text, open, None, is_usual)));
    // Where `$$` is no sign of mathematics at all, there would be many.
    if found.len() > MOST { Vec::new() } else { found }
}

/// Which `$$` of a paragraph has no other: the first with words behind it, or else the last.
fn odd_one(text: &str, places: &[usize]) -> usize {
    let pairs = places.chunks_exact(2).find(|pair| is_prose(&text[pair[0] + 2..pair[1]]));
    pairs.map_or(places[places.len() - 1], |pair| pair[0])
}

fn unclosed(text: &str, at: usize, next: Option<usize>, is_usual: bool) -> Option<Unclosed> {
    let (span, delimiter) = (Span::new(at, at + 2), "$$");
    let end = end_of_paragraph(&text[..next.unwrap_or(text.len())], span.end);
    let swallows = next.map(|next| Span::new(next, next + 2));
    is_begun(&text[span.end..end], is_usual).then_some(Unclosed { span, delimiter, end, swallows })
}

/// Whether TeX stands behind an opening, in its paragraph; where `$$` is usual, a letter or a bracket is enough.
fn is_begun(text: &str, is_usual: bool) -> bool {
    let first = &text[..end_of_paragraph(text, 0)];
    let is_tight = first.starts_with(|c: char| c.is_ascii_alphanumeric() || "([|-".contains(c));
    is_tex(first) || first.contains('^') || first.starts_with('\n') && first.contains('=') || is_usual && is_tight
}

/// So many formulas are not closed in a post of an author who means to.
const MOST: usize = 8;

/// Whether what stands between two `$$` is a part of the post rather than a formula.
fn is_text(between: &str) -> bool {
    let heading = |line: &str| {
        let line = line.trim_start_matches(['>', ' ']);
        let text = line.trim_start_matches('#');
        text.len() < line.len() && text.starts_with(' ') && text.trim().chars().count() > 2
    };
    let has_sign = |text: &str| text.contains(['\\', '^', '=', '&', '{', '%']);
    let is_prose = |part: &str| !has_sign(part) && is_prose(part);
    let mut rest = between;
    let mut paragraphs = std::iter::from_fn(|| {
        let (paragraph, later) = rest.split_at_checked(end_of_paragraph(rest, 0)).filter(|_| !rest.is_empty())?;
        rest = later.trim_start();
        Some(paragraph)
    });
    between.lines().any(heading) || between.contains("\n```") || paragraphs.any(is_prose)
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
    trimmed(text, Span::new(from, at)).end.max(from)
}

/// Dollar signs that are alone in their paragraph, with TeX right behind them.
fn single_dollars(text: &str, body: &Document, raw: &[Span]) -> Vec<Unclosed> {
    let is_text = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Heading);
    let blocks = body.blocks.iter().filter(|block| is_text(block.kind));
    let alone = blocks.filter_map(|block| {
        let bytes = text.as_bytes();
        let places = memchr_iter(b'$', &bytes[block.span]).map(|at| block.span.start + at);
        let is_part = |at: usize| bytes.get(at + 1) == Some(&b'$') || at > 0 && matches!(bytes[at - 1], b'$' | b'\\');
        let in_display = |at: usize| body.formula_at(at).is_some_and(|formula| formula.delimiter != "$");
        let is_text = |at: usize| !is_elsewhere(body, raw, at) && !in_template(body, at);
        let places: Vec<usize> = places.filter(|&at| !is_part(at) && !in_display(at) && is_text(at)).collect();
        let is_begun = |at: usize| {
            let behind = &text[at + 1..block.span.end];
            // What has no space for so long is no word, nor a formula.
            let near = &behind[..boundary(behind, LONGEST_WORD)];
            let word = near.split(char::is_whitespace).next().unwrap_or_default();
            has_command(word) || places.len() > 2 && has_index(word)
        };
        if places.len().is_multiple_of(2) {
            return None;
        }
        // What has a space before it and none behind it opens.
        let opens = |at: usize| {
            let behind = text[at + 1..block.span.end].chars().next();
            text[..at].ends_with(' ') && behind.is_some_and(|c| c == '\\' || c.is_ascii_alphanumeric())
        };
        let mut pairs = places.chunks_exact(2);
        let early = pairs.find(|pair| is_begun(pair[0]) && (is_prose(&text[pair[0] + 1..pair[1]]) || opens(pair[1])));
        let at = early.map_or(places[places.len() - 1], |pair| pair[0]);
        let end = end_of_paragraph(&text[..block.span.end], at + 1);
        is_begun(at).then_some(Unclosed { span: Span::new(at, at + 1), delimiter: "$", end, swallows: None })
    });
    alone.collect()
}

/// So long is the beginning of a formula that is looked at, in bytes.
const LONGEST_WORD: usize = 1000;

/// Whether a word has a command that no path of a shell has, or a script in braces.
pub(super) fn has_command(word: &str) -> bool {
    let name = |rest: &str| rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let mut commands = word.split('\\').skip(1).map(|rest| &rest[..name(rest)]);
    let has_script = word.contains("_{") || word.contains("^{");
    commands.any(|command| COMMANDS.binary_search(&command).is_ok()) || has_script && word.contains('}')
}

/// Whether a word begins with a letter that has one sign for an index or a power: no name of a variable.
fn has_index(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && matches!(chars.next(), Some('_' | '^'))
        && chars.next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '*')
        && !chars.next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Usual commands, sorted.
const COMMANDS: &[&str] = &[
    "Delta", "Gamma", "Lambda", "Omega", "Phi", "Psi", "Sigma", "Theta", "alpha", "approx", "bar", "begin", "beta",
    "boldsymbol", "cdot", "cdots", "chi", "delta", "dfrac", "ell", "epsilon", "eta", "exists", "forall", "frac",
    "gamma", "hat", "infty", "int", "kappa", "lambda", "ldots", "left", "mathbb", "mathbf", "mathcal", "mathrm", "mu",
    "nabla", "omega", "operatorname", "overline", "partial", "phi", "pi", "prod", "psi", "rho", "sigma", "sqrt",
    "subset", "sum", "tau", "theta", "tilde", "times", "varepsilon", "varphi", "vec", "widehat", "xi", "zeta",
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
            ("$h_i, $h_j$ 로 변환된다.\n", &["$"]),
            ("$\\frac{1}{N} 과 $\\frac{k}{N}$ 는\n", &["$"]),
            ("변수 $T_branch_idx 와 $Ts 와 $Tf\n", &[]),
            ("집합 \\\\(\\alpha 는\n", &["\\\\("]),
            ("집합 \\\\(a 는 \\(끝\n", &[]),
            ("- $$ 와 같이 쓴다.\n\n```\n$$x$$\n```\n\n값 $$y$$\n", &[]),
            ("$$\na \\to b\n\n% 식 (4)$$\n\n식 (4) 이다.\n", &[]),
            ("<b a=\"$${domain}\"> $${domain} 은 x^2\n", &[]),
            ("\\begin{align}\na &= b\n\n글\n", &["\\begin{align}"]),
            ("\\begin{align}\na &= b\n\n글\n\\end{align}\n", &[]),
            ("$$\n\\begin{align}\na &= b\n\n## 끝\n", &["$$"]),
        ] {
            let post = Post::parse("a.md", text, &crate::post::Engines::default());
            let found: Vec<_> = post.body.unclosed.iter().map(|unclosed| unclosed.delimiter).collect();
            assert_eq!(found, openings, "{text}");
        }
    }
}
