//! TeX that every engine sets, and not as it was meant: what its author has surely mistyped.
//!
//! `^` and `_` take one sign (The TeXbook, chapter 16; so do KaTeX 0.16 and MathJax 3.2.2), so that `x^-1` raises the
//! minus alone. `~` is a space that does not break, in math too.

use crate::text::Span;

/// One slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// What it is.
    pub kind: SlipKind,
    /// Its bytes in the TeX.
    pub span: Span,
}

/// What a slip is; a `String` is what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlipKind {
    /// `^` or `_` with more behind it than it takes: the sign, and what it was to take.
    Script(char, String),
    /// The name of a Greek letter without its backslash.
    Greek(String),
    /// The name of a command without its backslash.
    Command(String),
    /// `~` where a relation is meant.
    Tilde,
    /// A tag of HTML.
    Html(String),
    /// A line of a table that `\\` does not end: the environment.
    Row(String),
    /// `’` for a prime, which MathJax takes it for (3.2.2, `BaseMappings.ts`), and KaTeX for a sign of text (0.16,
    /// `symbols.js`).
    Apostrophe,
}

/// Letters whose names are neither words nor products that people write.
const GREEK: [&str; 22] = [
    "Delta", "Gamma", "Lambda", "Omega", "Phi", "Psi", "Sigma", "Theta", "alpha", "beta", "delta", "epsilon", "gamma",
    "lambda", "omega", "phi", "pi", "psi", "rho", "sigma", "tau", "theta",
];

/// Commands whose names nobody takes for a word, or for a product.
const COMMANDS: [&str; 10] = ["cdot", "cdots", "ddots", "geq", "infty", "ldots", "leq", "neq", "rightarrow", "vdots"];

/// Commands whose names are told where an argument follows.
const WITH_ARGUMENTS: [&str; 9] =
    ["boldsymbol", "frac", "mathbb", "mathbf", "mathcal", "mathrm", "operatorname", "overline", "sqrt"];

/// Two indices that stand together.
const INDICES: [&str; 6] = ["ij", "ji", "jk", "kj", "kl", "mn"];

/// Words that people write for an index.
const WORDS: [&str; 18] = [
    "avg", "data", "final", "init", "loss", "max", "mean", "min", "model", "new", "next", "old", "opt", "pred", "prev",
    "test", "total", "train",
];

/// Commands whose arguments are no math.
fn has_text(name: &str) -> bool {
    const OTHERS: [&str; 24] = [
        "begin", "cite", "class", "color", "colorbox", "cssId", "end", "eqref", "hbox", "href", "label", "mathbf",
        "mathit", "mathrm", "mathsf", "mathtt", "mbox", "operatorname", "ref", "require", "style", "tag", "unicode",
        "url",
    ];
    name.starts_with("text") || OTHERS.binary_search(&name).is_ok()
}

/// The slips of a formula, in order.
pub fn slips(tex: &str) -> Vec<Slip> {
    let mut reading = Reading { tex, found: Vec::new() };
    let mut at = 0;
    while at < tex.len() {
        at = reading.step(at);
    }
    let mut found = reading.found;
    rows(tex, &mut found);
    found.sort_by_key(|slip| slip.span.start);
    found
}

/// Whether a tag of HTML stands in a formula.
pub(crate) fn has_tag(tex: &str) -> bool {
    memchr::memchr_iter(b'<', tex.as_bytes()).any(|at| tag(&tex[at..]).is_some())
}

struct Reading<'t> {
    tex: &'t str,
    found: Vec<Slip>,
}

impl Reading<'_> {
    fn add(&mut self, kind: SlipKind, start: usize, end: usize) {
        self.found.push(Slip { kind, span: Span::new(start, end) });
    }

    /// Looks at what stands at a byte, and says where to go on.
    fn step(&mut self, at: usize) -> usize {
        let rest = &self.tex[at..];
        let letters = |text: &str| text.bytes().take_while(u8::is_ascii_alphabetic).count();
        match rest.as_bytes()[0] {
            b'\\' => match letters(&rest[1..]) {
                0 => at + 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
                length => {
                    let end = at + 1 + length;
                    if has_text(&rest[1..=length]) { end + group(self.tex[end..].trim_start_matches('*')) } else { end }
                }
            },
            b'%' => at + rest.find('\n').unwrap_or(rest.len()),
            sign @ (b'^' | b'_') => self.script(at, char::from(sign)),
            b'~' => {
                if is_relation(self.tex, at) {
                    self.add(SlipKind::Tilde, at, at + 1);
                }
                at + 1
            }
            b'<' => {
                if let Some(length) = tag(rest) {
                    self.add(SlipKind::Html(rest[..length].to_owned()), at, at + length);
                }
                at + 1
            }
            byte if byte.is_ascii_alphabetic() => {
                let end = at + letters(rest);
                self.word(at, end);
                end
            }
            _ if rest.starts_with('\u{2019}') => {
                let end = at + rest.len() - rest.trim_start_matches('\u{2019}').len();
                self.add(SlipKind::Apostrophe, at, end);
                end
            }
            _ => at + rest.chars().next().map_or(1, char::len_utf8),
        }
    }

    /// Words that are no words.
    fn word(&mut self, start: usize, end: usize) {
        let word = &self.tex[start..end];
        let has_argument = || self.tex[end..].starts_with('{');
        if GREEK.contains(&word) {
            self.add(SlipKind::Greek(word.to_owned()), start, end);
        } else if COMMANDS.contains(&word) || WITH_ARGUMENTS.contains(&word) && has_argument() {
            self.add(SlipKind::Command(word.to_owned()), start, end);
        }
    }

    /// What stands behind `^` or `_`.
    fn script(&mut self, at: usize, sign: char) -> usize {
        let rest = &self.tex[at + 1..];
        let minus = usize::from(rest.starts_with('-'));
        let digits = rest[minus..].bytes().take_while(u8::is_ascii_digit).count();
        let word = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let behind = rest[word..].bytes().next();
        // `a_010^x` is `a_0 10^x`.
        let begins_at_zero = sign == '_' && digits > 1 && rest[minus..].starts_with('0');
        let length = if begins_at_zero || sign == '^' && minus == 0 && is_limit(&self.tex[..at]) {
            return at + 1 + usize::from(digits > 0);
        } else if digits > 1 || minus == 1 && digits == 1 {
            minus + digits
        } else if WORDS.contains(&&rest[..word])
            || sign == '_'
                && INDICES.contains(&&rest[..word])
                && !behind.is_some_and(|next| b"_^'({0123456789".contains(&next))
        {
            word
        } else {
            self.word(at + 1, at + 1 + word);
            return at + 1 + word;
        };
        self.add(SlipKind::Script(sign, rest[..length].to_owned()), at, at + 1 + length);
        at + 1 + length
    }
}

/// Whether a limit of an integral or a sum comes next, behind which another number may begin: `\int_0^22x`.
fn is_limit(before: &str) -> bool {
    let below = match before.strip_suffix('}') {
        Some(rest) => rest.rfind('{').and_then(|at| before[..at].strip_suffix('_')),
        None => before.char_indices().next_back().and_then(|(at, _)| before[..at].strip_suffix('_')),
    };
    let sign = below.unwrap_or(before).trim_end();
    let sign = sign.strip_suffix("\\limits").unwrap_or(sign);
    ["\\int", "\\iint", "\\oint", "\\sum", "\\prod"].iter().any(|operator| sign.ends_with(operator))
}

/// How long a group in braces is that follows; nothing where none does.
fn group(text: &str) -> usize {
    let blank = text.len() - text.trim_start_matches(' ').len();
    if !text[blank..].starts_with('{') {
        return 0;
    }
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(blank) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return at + 1,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// Whether a `~` stands between a variable and a distribution, and not where a space is as likely.
fn is_relation(tex: &str, at: usize) -> bool {
    const SPACED: [&str; 8] = ["\\forall", "\\exists", "\\text", "\\mbox", "\\quad", "~~", "\\int", "\\mathrm"];
    let (before, after) = (tex[..at].trim_end(), tex[at + 1..].trim_start());
    let ends = before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '}') && !before.ends_with("\\\\");
    let name = after.strip_prefix("\\mathcal{").or_else(|| after.strip_prefix("\\mathcal ")).or_else(|| {
        let name = after.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let word = &after[..after.len() - name.len()];
        let is_named =
            matches!(word, "N" | "U" | "Uniform" | "Bernoulli" | "Beta" | "Gamma" | "Poisson" | "Normal" | "Binomial");
        let is_alone = word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase()) && name.trim().is_empty();
        (is_named && name.trim_start().starts_with('(') || is_alone).then_some(name)
    });
    // What is surely a distribution needs nobody to look at all of the formula.
    let is_sure = after.strip_prefix("\\mathcal{").is_some_and(|name| name.as_bytes().get(2) == Some(&b'('))
        && !before.ends_with("\\mathrm{d}");
    let near = before.rfind([',', ';', '\\', '=']).map_or(before, |at| &before[at..]);
    let spaced = if is_sure { near } else { tex };
    ends && name.is_some() && !SPACED.iter().any(|word| spaced.contains(word))
}

/// How long a tag is that can be nothing else: an end tag, or a line break.
fn tag(rest: &str) -> Option<usize> {
    let name = rest.strip_prefix("</").or_else(|| rest.strip_prefix("<br"))?;
    let is_end = rest.starts_with("</");
    let inside = &name[..name.find('>')?];
    let is_name = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (if is_end { is_name } else { matches!(inside.trim(), "" | "/") })
        .then_some(rest.len() - name.len() + inside.len() + 1)
}

/// Environments of two columns in each row, whose rows people write one a line.
const TABLES: [&str; 6] = ["align", "align*", "aligned", "split", "cases", "eqnarray"];

/// Adds the lines of tables that lack their `\\`.
fn rows(tex: &str, found: &mut Vec<Slip>) {
    for (at, _) in tex.match_indices("\\begin{") {
        let rest = &tex[at + 7..];
        let Some((name, inside)) = rest.split_once('}').filter(|(name, _)| TABLES.contains(name)) else { continue };
        let Some(end) = inside.find(&format!("\\end{{{name}}}")) else { continue };
        let body = &inside[..end];
        if ["\\begin{", "\\cr", "\\newline", "%"].iter().any(|other| body.contains(other)) {
            continue;
        }
        let start = tex.len() - inside.len();
        for row in body.split("\\\\") {
            let from = row.as_ptr() as usize - body.as_ptr() as usize;
            if let Some(end) = unfinished(row, name == "cases") {
                let line = row[..end].trim_end();
                let at = start + from + line.len();
                let width = line.chars().next_back().map_or(0, char::len_utf8);
                found.push(Slip { kind: SlipKind::Row(name.to_owned()), span: Span::new(at - width, at) });
            }
        }
    }
}

/// Where the first line of a row ends, if the row has a second of its own.
fn unfinished(row: &str, is_cases: bool) -> Option<usize> {
    let mut first = None;
    let mut at = 0;
    for line in row.split_inclusive('\n') {
        at += line.len();
        let columns: Vec<usize> =
            line.match_indices('&').map(|(at, _)| at).filter(|&at| !line[..at].ends_with('\\')).collect();
        match columns[..] {
            [] => {}
            [column] => {
                let (before, behind) = (line[..column].trim(), line[column + 1..].trim_start());
                let is_row = if is_cases { !before.is_empty() } else { behind.starts_with('=') };
                match first {
                    _ if !is_row => return None,
                    None => first = Some(at),
                    Some(_) => return first,
                }
            }
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_mistyped() {
        for (tex, expected) in [
            ("W^-1", &["^-1"][..]),
            ("10^-12 x_-1", &["^-12", "_-1"]),
            ("x^{-1} + x^- + x^-y", &[]),
            ("2^10 + a_12", &["^10", "_12"]),
            ("\\int_0^22x \\int_{-1}^14u \\sum\\limits_k^10k + x_0^22", &["^22"]),
            ("2^1 + a_1x_2 + x^2y", &[]),
            ("w_ij = w_ix_j + w_ik_j + t_ik", &["_ij"]),
            ("w_{ij} x_max + L_total", &["_max", "_total"]),
            ("phi(x) + \\phi + x_theta", &["phi", "theta"]),
            ("\\text{alpha} \\mathrm{pi} \\operatorname*{beta} alphabet \\label{eq:phi}", &[]),
            ("x ~ D", &["~"]),
            ("x ~ N(0, 1), z~\\mathcal{N}", &["~", "~"]),
            ("a, \\quad where\\ \\epsilon_k ~ \\mathcal{N}(0, 1)", &["~"]),
            ("a, \\quad x ~ \\mathcal{N}", &[]),
            ("a,~ b, \\forall x ~ P, x~y", &[]),
            ("a<br>b</span> < c </ d", &["<br>", "</span>"]),
            ("a<b>c", &[]),
            ("\\begin{align}\na &= b\nc &= d \\\\\ne &= f\n\\end{align}", &["b"]),
            ("\\begin{align}\na &= b \\\\\nc &= d & e\n& f\n\\end{align}", &[]),
            ("\\begin{aligned}a &= b\\\\ c &= d\\end{aligned}", &[]),
            ("\\begin{aligned}\na &= b \\newline\nc &= d\n\\end{aligned}", &[]),
            ("\\begin{cases}\n0 & x < 0\n1 & x > 0\n\\end{cases}", &["0"]),
            ("% W^-1\nx", &[]),
            ("f’(x) + g’’ \\text{don’t}", &["’", "’’"]),
            ("가^10\\", &["^10"]),
        ] {
            let found: Vec<&str> = slips(tex).iter().map(|slip| &tex[slip.span]).collect();
            assert_eq!(found, expected, "{tex}");
        }
        assert!(GREEK.is_sorted() && WORDS.is_sorted());
    }
}
