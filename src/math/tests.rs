use super::*;

fn told(tex: &str, engine: Engine) -> Vec<String> {
    let faults = validate(tex, true, &Dialect::of(engine), &mut Macros::default());
    faults.into_iter().map(|fault| format!("{:?} {}", fault.span, fault.message())).collect()
}

/// TeX, and what is told of it in every engine: the bytes and the message.
const FAULTS: [(&str, &[&str]); 22] = [
    (r"\frac{a}", &["0..5 `\\frac` needs two arguments, found one"]),
    (r"\sqrt", &["0..5 `\\sqrt` needs one argument"]),
    (r"\left( a", &["0..6 `\\left(` has no `\\right`"]),
    (r"a \right) b", &["2..9 `\\right)` has no `\\left`"]),
    (
        r"\left{ a \right}",
        &["0..6 `\\left` needs a delimiter, and `{` is none", "9..16 `\\right` needs a delimiter, and `}` is none"],
    ),
    (r"\apha + \beat", &["0..5 unknown command `\\apha`", "8..13 unknown command `\\beat`"]),
    (r"{a", &["0..1 `{` has no `}`"]),
    (r"\frac a}{b}", &["7..8 `}` has no `{`"]),
    (r"x^2^3", &["3..4 a second superscript at the same place"]),
    (r"x_2_3", &["3..4 a second subscript at the same place"]),
    (r"x^", &["1..2 nothing stands behind `^`"]),
    (r"\sqrt\hat x", &["5..9 `\\hat` is the argument of `\\sqrt`, without its own"]),
    (r"a & b", &["2..3 `&` stands outside of a table"]),
    (r"\begin{matrix} a", &["0..14 `\\begin{matrix}` has no `\\end{matrix}`"]),
    (r"\begin{matrix} a \end{pmatrix}", &["17..30 `\\begin{matrix}` is closed by `\\end{pmatrix}`"]),
    (r"a \end{matrix}", &["2..14 `\\end{matrix}` has no `\\begin{matrix}`"]),
    (r"\begin{matirx} a & b \end{matirx}", &["7..13 unknown environment `matirx`"]),
    (r"x\limits_1", &["1..8 `\\limits` does not follow an operator"]),
    (r"a \over b \over c", &["10..15 `\\over` is the second of its kind in the same group"]),
    (r"a \tag{1} \tag{2}", &["10..14 a second `\\tag` for the same equation"]),
    (r"\hline", &["0..6 `\\hline` does not stand at the beginning of a row"]),
    (r"\text{a $x b}", &["8..9 the `$` in the text is not closed"]),
];

#[test]
fn faults_are_told_where_they_are() {
    for engine in Engine::ALL {
        for (tex, expected) in FAULTS {
            assert_eq!(told(tex, engine), expected, "{tex} in {}", engine.name());
        }
    }
}

#[test]
fn deep_nesting_ends() {
    for piece in
        ["{", "\\left(", "\\hat", "x^{", "\\begin{matrix}", "\\text{$", "\\frac{", "\\sqrt[", "\\not", "_\\frac"]
    {
        told(&piece.repeat(100_000), Engine::Katex);
        told(&piece.repeat(100_000), Engine::MathJax4);
    }
}
