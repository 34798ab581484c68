//! What a formula lost on its way to the math engine, told from its TeX as written and as it arrives.
//!
//! Not all that differs is lost: an author who knows kramdown writes `\\{` so that `\{` arrives, and MathJax 3.2.2
//! (`BaseMappings.ts`) reads `’` as a prime like `'`.

use super::MarkdownEngine;
use super::document::Formula;
use crate::html::entity;
use crate::text::{Span, line_start, past_quotes};

/// The first thing that is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loss {
    /// Its bytes in the TeX as written.
    pub written: Span,
    /// What arrives instead.
    pub arrived: String,
    /// Whether a backslash is taken away.
    pub escape: bool,
}

/// What authors write for something else.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Usage {
    /// `\|` for a bare pipe, which would make a table, as in kramdown.
    pub pipes_are_escaped: bool,
    /// `\\` for the backslash before a space, as a formula between words has one line.
    pub is_between_words: bool,
    /// `\_` for the `_` of an index, in all of the post.
    pub indices_are_escaped: bool,
}

impl Usage {
    /// What is usual in a formula that an engine reads; `escapes` tells whether the post [escapes its
    /// indices](are_indices_escaped), where that matters.
    pub(crate) fn of(formula: &Formula, text: &str, engine: &MarkdownEngine, escapes: impl Fn() -> bool) -> Usage {
        let before = text[line_start(text, formula.span.start)..formula.span.start].trim();
        let after = text[formula.span.end..].lines().next().unwrap_or_default().trim();
        let stands_alone = before.is_empty() && after.is_empty();
        Usage {
            pipes_are_escaped: engine.needs_only_pipes(),
            is_between_words: !formula.display && !stands_alone,
            indices_are_escaped: text[formula.tex].contains("\\_") && escapes(),
        }
    }

    /// Whether the `\_` there was written for the `_` of an index, which Markdown would read.
    pub(crate) fn is_index(self, tex: &str, at: usize) -> bool {
        !is_in_name(tex, at) || escapes_indices(tex) || self.indices_are_escaped && !is_long_name(tex, at)
    }
}

/// Compares TeX as written with what arrives of it.
pub(crate) fn tex_diff(written: &str, arrived: &str, usage: Usage) -> Option<Loss> {
    if written == arrived {
        return None;
    }
    let mut reading = Reading { written, arrived, usage, at: 0, to: 0 };
    while reading.at < written.len() || reading.to < arrived.len() {
        if let Some(loss) = reading.step() {
            return Some(loss);
        }
    }
    None
}

/// How far the two are read.
struct Reading<'t> {
    written: &'t str,
    arrived: &'t str,
    usage: Usage,
    at: usize,
    to: usize,
}

impl Reading<'_> {
    /// Goes on by what both have in common, or says what is lost.
    fn step(&mut self) -> Option<Loss> {
        let (from, to) = (&self.written[self.at..], &self.arrived[self.to..]);
        if let Some((length, arrives)) = blank(from, to) {
            return self.go(length, arrives);
        }
        let backslashes = |text: &str| text.len() - text.trim_start_matches('\\').len();
        if from.starts_with('\\') && backslashes(from) == backslashes(to) {
            return self.go(backslashes(from), backslashes(to));
        }
        // Who writes three has found that two arrive, which begin a line.
        if (backslashes(from), backslashes(to)) == (3, 2) {
            return self.go(3, 2);
        }
        if let Some(escaped) = from.strip_prefix('\\').and_then(|rest| rest.chars().next())
            && escaped.is_ascii_punctuation()
            && to.starts_with(escaped)
        {
            return self.escape(escaped);
        }
        for &(sign, becomes, harmless) in SIGNS {
            if from.starts_with(sign) && to.starts_with(becomes) {
                let lost = || Loss {
                    written: Span::new(self.at, self.at + sign.len()),
                    arrived: becomes.into(),
                    escape: false,
                };
                // A quote that opens after a prime is none to MathJax: `f''` is set as `f′‘`.
                let after_prime = becomes == "\u{2018}" && self.written[..self.at].ends_with('\'');
                return if harmless && !after_prime { self.go(sign.len(), becomes.len()) } else { Some(lost()) };
            }
        }
        let (mine, theirs) = (from.chars().next(), to.chars().next());
        if mine == theirs {
            let length = mine.map_or(0, char::len_utf8);
            return self.go(length, length);
        }
        if let Some(length) = entity(from) {
            return self.go(length, theirs.map_or(0, char::len_utf8));
        }
        if from.starts_with("\\\\") {
            // At the end of a line, kramdown makes a line break of it.
            return Some(Loss { written: Span::new(self.at, self.at + 2), arrived: String::new(), escape: false });
        }
        Some(Loss { written: Span::new(self.at, self.written.len()), arrived: to.into(), escape: false })
    }

    fn go(&mut self, written: usize, arrived: usize) -> Option<Loss> {
        self.at += written;
        self.to += arrived;
        None
    }

    /// A backslash that the engine takes away.
    fn escape(&mut self, escaped: char) -> Option<Loss> {
        if escaped == '|' && self.is_one_pipe() {
            return self.go(2, 1);
        }
        if escaped == '\\' && self.is_meant() {
            // Two of four, or what follows is the other half of a command.
            return self.go(2, 1);
        }
        // Of three backslashes two arrive as one, and that is the one before the sign.
        let is_commanded = self.written[..self.at].ends_with("\\\\") && self.arrived[..self.to].ends_with('\\');
        let is_sign = is_commanded
            || match escaped {
                // No commands of TeX in math, so they keep Markdown from reading the sign.
                '*' | '~' => true,
                '_' => self.is_in_text() || self.usage.is_index(self.written, self.at),
                '#' => self.is_in_text(),
                _ => false,
            };
        if is_sign {
            return self.go(2, 1);
        }
        let written = Span::new(self.at, self.at + 2);
        Some(Loss { written, arrived: escaped.into(), escape: true })
    }

    /// Whether the innermost group is that of `\text{…}`, which MathJax 2 and 3 print as it stands.
    fn is_in_text(&self) -> bool {
        let before = &self.written[..self.at];
        let mut closed = 0;
        let open = before.rmatch_indices(['{', '}']).find(|(_, brace)| {
            closed += if *brace == "}" { 1 } else { -1 };
            closed < 0
        });
        let name = open.and_then(|(at, _)| before[..at].rsplit('\\').next());
        name.is_some_and(|name| name.starts_with("text") || matches!(name, "mbox" | "hbox"))
    }

    /// Whether `\|` was written for `|`; the lines around a norm come in pairs, or have an index. At `_{x=0}` stands
    /// the line of a value at a place.
    fn is_one_pipe(&self) -> bool {
        let doubled = self.written[self.at + 2..].starts_with("\\|") || self.written[..self.at].ends_with("\\|");
        let is_place =
            |index: &str| index.split('}').next().is_some_and(|index| index.starts_with('{') && index.contains('='));
        let has_index = self.written.split("\\|_").skip(1).any(|index| !is_place(index));
        doubled || self.usage.pipes_are_escaped && !has_index || self.written.matches("\\|").count() % 2 == 1
    }

    /// Whether two backslashes were written so that one arrives.
    fn is_meant(&self) -> bool {
        let after = &self.written[self.at + 2..];
        if after.starts_with("\\\\")
            || self.written[..self.at].ends_with("\\\\") && self.arrived[..self.to].ends_with('\\')
        {
            return true;
        }
        if doubles_all(self.written) {
            return true;
        }
        let next = after.chars().next();
        // No command of TeX is called so.
        let is_no_name = |next: char| next.is_ascii_digit() || !next.is_ascii() || "&=+-".contains(next);
        let breaks_line = next.is_none_or(|next| next.is_whitespace() || is_no_name(next));
        let before = &self.written[..self.at];
        let in_environment = before.matches("\\begin").count() > before.matches("\\end").count();
        match in_environment {
            true => next.is_some_and(|next| matches!(next, '{' | '}' | '|' | '_' | '#')),
            false if self.usage.is_between_words && next == Some(' ') => {
                before.matches('{').count() == before.matches('}').count()
            }
            false => !breaks_line,
        }
    }
}

/// Whether the `\_` there stands in a name such as `learning\_rate`; elsewhere it was written for the `_` of an index.
fn is_in_name(tex: &str, at: usize) -> bool {
    follows_word(tex, at) && tex[at + 2..].trim_start().starts_with(char::is_alphabetic)
}

/// The same where more than one letter follows: `\_c` after `m` and `v` is an index all the same.
fn is_long_name(tex: &str, at: usize) -> bool {
    is_in_name(tex, at) && tex[at + 2..].trim_start().chars().take(2).filter(char::is_ascii_alphabetic).count() > 1
}

/// Whether a post escapes its indices: it does so at least three times where nothing else can be meant, and has few names
/// with `\_`.
pub(crate) fn are_indices_escaped(text: &str) -> bool {
    let (names, sure): (Vec<usize>, Vec<usize>) = text
        .match_indices("\\_")
        .map(|(at, _)| at)
        .filter(|&at| is_long_name(text, at) || is_sure_index(text, at))
        .partition(|&at| is_long_name(text, at));
    sure.len() >= 3 && sure.len() > 4 * names.len()
}

/// Whether what stands before `\_` is one letter, a command or the end of a group.
fn is_sure_index(tex: &str, at: usize) -> bool {
    !follows_word(tex, at) && tex[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '}' | ')'))
}

/// Whether more than one letter stands there, and no command.
fn follows_word(tex: &str, at: usize) -> bool {
    let before = tex[..at].trim_end();
    let outer = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    before.len() - outer.len() > 1 && !outer.ends_with('\\')
}

/// Whether indices are written with `\_`, as exporters do: some surely are, and there is no bare `_`.
fn escapes_indices(tex: &str) -> bool {
    let mut escapes = tex.match_indices("\\_").map(|(at, _)| at);
    tex.matches('_').count() == tex.matches("\\_").count() && escapes.any(|at| is_sure_index(tex, at))
}

/// Whether every command is written with two backslashes: `\\frac{1}{2}`.
fn doubles_all(tex: &str) -> bool {
    let bytes = tex.as_bytes();
    let is_command = |at: &usize| bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
    let mut commands = memchr::memchr_iter(b'\\', bytes).filter(is_command).peekable();
    commands.peek().is_some() && commands.all(|at| at > 0 && bytes[at - 1] == b'\\')
}

/// White space runs count as one; the markers of a quote at the start of a line are not of the formula.
fn blank(from: &str, to: &str) -> Option<(usize, usize)> {
    let rest = from.trim_start_matches([' ', '\t', '\r', '\n']);
    let length = from.len() - rest.len();
    let in_quote = from[..length].contains('\n');
    let length = if in_quote { from.len() - past_quotes(rest).len() } else { length };
    let arrives = to.len() - to.trim_start_matches([' ', '\t', '\r', '\n']).len();
    (length > 0 || arrives > 0).then_some((length, arrives))
}

/// Typographic signs of kramdown and of goldmark's typographer, and whether MathJax sets them like what was written.
const SIGNS: &[(&str, &str, bool)] = &[
    ("...", "\u{2026}", true),
    ("---", "\u{2014}", false),
    ("--", "\u{2013}", false),
    ("<<", "\u{ab}", false),
    (">>", "\u{bb}", false),
    ("'", "\u{2019}", true),
    ("'", "\u{2018}", true),
    ("\"", "\u{201c}", true),
    ("\"", "\u{201d}", true),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost() {
        for (written, arrived, lost) in [
            ("x^2", "x^2", None),
            ("a\n  + b", "a + b", None),
            (r"\{a\}", "{a}", Some((r"\{", "{"))),
            (r"\\{a\\}", r"\{a\}", None),
            (r"\\frac{1}{2}", r"\frac{1}{2}", None),
            (r"a \\ b", r"a \ b", Some((r"\\", r"\"))),
            (r"\\\\", r"\\", None),
            (r"\begin{matrix} a \\\ b \end{matrix}", r"\begin{matrix} a \\ b \end{matrix}", None),
            ("a \\\\\\\n b", "a \\\\\n b", None),
            (r"a\\=b", r"a\=b", Some((r"\\", r"\"))),
            (r"a\\2b", r"a\2b", Some((r"\\", r"\"))),
            (r"\begin{matrix} a \\\\ b \end{matrix}", r"\begin{matrix} a \\ b \end{matrix}", None),
            (r"\begin{matrix} a\\b \end{matrix}", r"\begin{matrix} a\b \end{matrix}", Some((r"\\", r"\"))),
            (r"\begin{matrix} a\\b \end{matrix}", r"\begin{matrix} a\\b \end{matrix}", None),
            (r"my\_rate_i", "my_rate_i", Some((r"\_", "_"))),
            (r"x\_i + \sum\_j", r"x_i + \sum_j", None),
            (r"p\_{i-1}p\_kp\_j", r"p_{i-1}p_kp_j", None),
            (r"x^2I\_x^2 + 2xyI\_xI\_y", r"x^2I_x^2 + 2xyI_xI_y", None),
            (r"x\_i + learning\_rate_j", r"x_i + learning_rate_j", Some((r"\_", "_"))),
            (r"learning\_rate", r"learning_rate", Some((r"\_", "_"))),
            (r"my\_last\_i=my\_first\_(i+1)", r"my_last_i=my_first_(i+1)", Some((r"\_", "_"))),
            (r"\left(\\{c\\}\cup\\\{0\\\}\right)", r"\left(\{c\}\cup\{0\}\right)", None),
            (r"f^{\*} + e\~N", "f^{*} + e~N", None),
            (r"p(x\|y)", "p(x|y)", None),
            (r"\|x\| \le 1", r"|x| \le 1", None),
            (r"a \\\\", r"a \\\\", None),
            (r"\|x\|_2", "|x|_2", Some((r"\|", "|"))),
            (r"\|f\|_{x = 0}", "|f|_{x = 0}", None),
            (r"x_{\text{a\_b}}", r"x_{\text{a_b}}", None),
            (r"\text{a}bc\_d", r"\text{a}bc_d", Some((r"\_", "_"))),
            ("a \\\\\n b", "a  b", Some((r"\\", ""))),
            ("a + b", "a", Some(("+ b", ""))),
            ("M(t)", "$M(t)", Some(("M(t)", "$M(t)"))),
            ("f'(x)", "f\u{2019}(x)", None),
            ("f''(x)", "f\u{2019}\u{2018}(x)", Some(("'", "\u{2018}"))),
            ("1, ..., n", "1, \u{2026}, n", None),
            ("a--b", "a\u{2013}b", Some(("--", "\u{2013}"))),
            ("n << m", "n \u{ab} m", Some(("<<", "\u{ab}"))),
            ("a &lt; b", "a < b", None),
            ("a\n> + b", "a + b", None),
        ] {
            let usage = Usage { pipes_are_escaped: true, ..Usage::default() };
            let found = tex_diff(written, arrived, usage).map(|loss| (&written[loss.written], loss.arrived));
            assert_eq!(found, lost.map(|(written, arrived)| (written, arrived.to_owned())), "{written}");
        }
        let text = r"$v\_D$ and $E\_i$, $\mu\_0$, $neSv\_D$";
        assert!(are_indices_escaped(text) && !are_indices_escaped(&text[..16]));
        assert!(!are_indices_escaped(r"$v\_D$ and $E\_i$, $\mu\_0$, $my\_rate$"));
        for (written, arrived, is_lost) in
            [(r"I = neSv\_D", "I = neSv_D", false), (r"my\_rate", "my_rate", true), (r"m\_ec\,t", "m_ec,t", true)]
        {
            let usage = Usage { indices_are_escaped: true, ..Usage::default() };
            assert_eq!(tex_diff(written, arrived, usage).is_some(), is_lost, "{written}");
        }
        for (written, arrived, is_lost) in [
            (r"x=y\\ (0\le x)", r"x=y\ (0\le x)", false),
            (r"\sum_{\substack{a \\ b}}", r"\sum_{\substack{a \ b}}", true),
            (r"\begin{matrix} a \\ b \end{matrix}", r"\begin{matrix} a \ b \end{matrix}", true),
            ("a \\\\\nb", "a \\\nb", true),
        ] {
            let usage = Usage { is_between_words: true, ..Usage::default() };
            assert_eq!(tex_diff(written, arrived, usage).is_some(), is_lost, "{written}");
        }
    }
}
