//! What KaTeX leaves of a formula in the text of a heading.

/// Commands that are letters.
const LETTERS: &[(&str, char)] = &[
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("epsilon", 'ϵ'),
    ("varepsilon", 'ε'),
    ("zeta", 'ζ'),
    ("eta", 'η'),
    ("theta", 'θ'),
    ("vartheta", 'ϑ'),
    ("iota", 'ι'),
    ("kappa", 'κ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("nu", 'ν'),
    ("xi", 'ξ'),
    ("pi", 'π'),
    ("varpi", 'ϖ'),
    ("rho", 'ρ'),
    ("varrho", 'ϱ'),
    ("sigma", 'σ'),
    ("varsigma", 'ς'),
    ("tau", 'τ'),
    ("upsilon", 'υ'),
    ("phi", 'ϕ'),
    ("varphi", 'φ'),
    ("chi", 'χ'),
    ("psi", 'ψ'),
    ("omega", 'ω'),
    ("Gamma", 'Γ'),
    ("Delta", 'Δ'),
    ("Theta", 'Θ'),
    ("Lambda", 'Λ'),
    ("Xi", 'Ξ'),
    ("Pi", 'Π'),
    ("Sigma", 'Σ'),
    ("Upsilon", 'Υ'),
    ("Phi", 'Φ'),
    ("Psi", 'Ψ'),
    ("Omega", 'Ω'),
];

/// Commands that are their own names.
const NAMES: &[&str] = &[
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd", "hom",
    "inf", "ker", "lg", "lim", "ln", "log", "max", "min", "sec", "sin", "sinh", "sup", "tan", "tanh",
];

/// Commands that are signs, of which no id has anything, or that set what follows in another way.
const SIGNS: &[&str] = &[
    "approx", "ast", "bullet", "cap", "cdot", "cdots", "circ", "cup", "div", "equiv", "exists", "forall", "ge", "geq",
    "gg", "in", "infty", "int", "ldots", "le", "leftarrow", "leq", "ll", "mapsto", "mathbb", "mathbf", "mathcal",
    "mathit", "mathrm", "mathsf", "mid", "mp", "nabla", "ni", "oplus", "otimes", "partial", "pm", "prod", "propto",
    "quad", "rightarrow", "sim", "simeq", "star", "subset", "subseteq", "sum", "supset", "supseteq", "times", "to",
    "vee", "wedge", "Leftarrow", "Leftrightarrow", "Rightarrow",
];

/// The text of a formula that KaTeX 0.16 has set, once: it stands there as MathML and as HTML, with the TeX between the
/// two. `None` where that is not known. Signs that no id holds are left out.
pub(crate) fn shown(tex: &str) -> Option<String> {
    let mut shown = String::new();
    let mut rest = tex.trim().chars().peekable();
    // What one sign is raised or lowered by: of two, HTML has the lower one first.
    let mut is_scripted = false;
    while let Some(sign) = rest.next() {
        match sign {
            '^' | '_' if is_scripted => return None,
            '^' | '_' => {
                is_scripted = true;
                match rest.next()? {
                    '{' => {
                        let inner: String = rest.by_ref().take_while(|&sign| sign != '}').collect();
                        if inner.contains(['{', '^', '_']) {
                            return None;
                        }
                        shown.push_str(&self::shown(&inner)?);
                    }
                    sign if sign.is_ascii_alphanumeric() => shown.push(sign),
                    '*' | '+' | '-' | '\'' => {}
                    _ => return None,
                }
                continue;
            }
            '\\' => {
                let mut name = String::new();
                while let Some(letter) = rest.next_if(char::is_ascii_alphabetic) {
                    name.push(letter);
                }
                if name.is_empty() {
                    match rest.next()? {
                        '_' => shown.push('_'),
                        ',' | ';' | ':' | '!' | ' ' | '{' | '}' | '|' | '%' | '#' | '&' | '$' => {}
                        _ => return None,
                    }
                } else if let Some((_, letter)) = LETTERS.iter().find(|(known, _)| *known == name) {
                    shown.push(*letter);
                } else if NAMES.contains(&&*name) {
                    shown.push_str(&name);
                } else if !SIGNS.contains(&&*name) {
                    return None;
                }
            }
            _ if sign.is_alphanumeric() => shown.push(sign),
            ' ' | '{' | '}' => continue,
            _ if sign.is_ascii_punctuation() && !"&%#$".contains(sign) => {}
            _ => return None,
        }
        is_scripted = false;
    }
    Some(shown)
}

#[cfg(test)]
mod tests {
    /// Asked of rehype-katex 7.0.1 with KaTeX 0.16.
    #[test]
    fn what_is_left_of_formulas() {
        for (tex, shown) in [
            (r"\gamma", Some("γ")),
            (r"\beta_1", Some("β1")),
            ("x^2", Some("x2")),
            (r"L(\theta)", Some("Lθ")),
            (r"O(n \log n)", Some("Onlogn")),
            (r"\mathbb{R}^n", Some("Rn")),
            (r"\frac{a}{b}", None),
            ("x_1^2", None),
        ] {
            assert_eq!(super::shown(tex).as_deref(), shown, "{tex}");
        }
    }
}
