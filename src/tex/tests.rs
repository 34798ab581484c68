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

/// TeX that one engine minds and another does not: the engine that does, whether displayed, and what is told.
const DIFFERENCES: [(Engine, &str, bool, &str); 14] = [
    (Engine::MathJax3, r"\bm{x}", true, "`\\bm` is unknown to MathJax 3; KaTeX knows it"),
    (Engine::Katex, r"\mbox{x}", true, "`\\mbox` is unknown to KaTeX; MathJax 3 knows it"),
    (Engine::Katex, r"\begin{eqnarray} a \end{eqnarray}", true, "`eqnarray` is unknown to KaTeX; MathJax 3 knows it"),
    (Engine::Katex, r"\ce{H2O}", true, "`\\ce` is unknown to KaTeX; MathJax 3 knows it"),
    (Engine::MathJax3, r"\qty(x)", true, "`\\qty` is unknown to MathJax 3 without its package `physics`"),
    (Engine::Katex, r"a \tag{1}", false, "`\\tag` works only in a displayed formula"),
    (Engine::Katex, r"\begin{align} a \end{align}", false, "`align` works only in a displayed formula"),
    (Engine::Katex, r"x^\sqrt 2", true, "`\\sqrt` follows `^` without braces"),
    (Engine::Katex, r"\textcolor{#12}{x}", true, "`#12` is no colour"),
    (Engine::Katex, r"\begin{array}{cx} a \end{array}", true, "`x` is no kind of column"),
    (Engine::Katex, r"\begin{split} a & b & c \end{split}", true, "a row of `split` has more than one `&`"),
    (Engine::MathJax4, r"\text{a_b}", true, "`_` stands in text"),
    (
        Engine::MathJax4,
        r"x \begin{align} a \end{align}",
        true,
        "`align` does not stand at the beginning of the formula",
    ),
    (Engine::MathJax3, r"\begin{aligned} a \tag{1} \end{aligned}", true, "`\\tag` does not work in `aligned`"),
];

#[test]
fn engines_differ() {
    for (engine, tex, display, message) in DIFFERENCES {
        let told = |engine| {
            let faults = validate(tex, display, &Dialect::of(engine), &mut Macros::default());
            faults.iter().map(Fault::message).collect::<Vec<_>>()
        };
        assert_eq!(told(engine), [message], "{tex}");
        let others = [Engine::Katex, Engine::MathJax3, Engine::MathJax4];
        let is_package = message.contains("package");
        assert!(is_package || others.iter().any(|other| told(*other).is_empty()), "{tex} is wrong everywhere");
    }
}

/// What follows from one slip is told once: the slip, and what is told.
const SLIPS: [(&str, &str); 8] = [
    (r"\mathbbR}^n", "unknown command `\\mathbbR`"),
    (r"\lefft( a \right)", "unknown command `\\lefft`"),
    (r"a & b \\ c & d \end{matrix}", "`\\end{matrix}` has no `\\begin{matrix}`"),
    (r"\begin{matrix} a & {b & c \\ d & e \end{matrix}", "`{` has no `}`"),
    (r"\begin{matrix} a & b \end{matrix", "`{` has no `}`"),
    (r"\begin{matrixa & b \end{matrix}", "`{` has no `}`"),
    (r"{\left( a} \right)", "`\\left(` has no `\\right`"),
    (r"x^\limits 2", "nothing stands behind `^`"),
];

#[test]
fn one_slip_is_told_once() {
    for (tex, message) in SLIPS {
        let faults = validate(tex, true, &Dialect::of(Engine::Katex), &mut Macros::default());
        assert_eq!(faults.iter().map(Fault::message).collect::<Vec<_>>(), [message], "{tex}");
    }
}

#[test]
fn definitions_are_seen() {
    let dialect = Dialect::of(Engine::MathJax3);
    let mut macros = Macros::default();
    macros.insert("RR", 0);
    for tex in [
        r"\newcommand{\norm}[1]{\left\| #1 \right\|} \norm{x} + \norm y \in \RR",
        r"\norm{x}^2",
        r"\def\ab#1#2{#1 + #2} \ab{x}{y}",
        r"\let\eps=\varepsilon \eps^\eps",
        r"\DeclareMathOperator*{\amax}{arg\,max} \amax\limits_x",
        r"\newenvironment{rows}{\begin{matrix}}{\end{matrix}} \begin{rows} a & b \end{rows}",
        r"\def\be{\begin{equation}} \def\ee{\end{equation}}",
        r"\be a = b \ee",
        r"\require{physics} \qty(x)",
        r"\dv{x}{t}",
    ] {
        let faults = validate(tex, true, &dialect, &mut macros);
        assert!(faults.is_empty(), "{tex}: {faults:#?}");
    }
    let faults = validate(r"\norm", true, &dialect, &mut macros);
    assert_eq!(faults[0].message(), "`\\norm` needs one argument");
    // KaTeX forgets what is not global.
    let (dialect, mut macros) = (Dialect::of(Engine::Katex), Macros::default());
    assert!(validate(r"\newcommand{\x}{a} \gdef\y{b} \x\y", true, &dialect, &mut macros).is_empty());
    assert!(validate(r"\y", true, &dialect, &mut macros).is_empty());
    assert_eq!(validate(r"\x", true, &dialect, &mut macros).len(), 1);
}

/// KaTeX 0.16 (`src/macros.js`, `src/functions/def.js`): what defines `\b` in one formula, and whether the next one knows it,
/// also where the site sets `globalGroup`.
#[test]
fn definitions_of_katex_end_with_their_formula() {
    for (definition, lasts) in [
        (r"\newcommand{\b}{1}", false),
        (r"\providecommand{\b}{1}", false),
        (r"\def\b{1}", false),
        (r"\edef\b{1}", false),
        (r"\let\b=\alpha", false),
        (r"\long\def\b{1}", false),
        (r"\gdef\b{1}", true),
        (r"\xdef\b{1}", true),
        (r"\global\def\b{1}", true),
        (r"\global\long\def\b{1}", true),
        (r"\long\global\def\b{1}", true),
        (r"\global\let\b\alpha", true),
    ] {
        for keeps_definitions in [false, true] {
            let dialect = Dialect { keeps_definitions, ..Dialect::of(Engine::Katex) };
            let mut macros = Macros::default();
            assert!(validate(&format!("{definition} \\b"), true, &dialect, &mut macros).is_empty(), "{definition}");
            let later = validate(r"\b", true, &dialect, &mut macros);
            assert_eq!(later.is_empty(), lasts || keeps_definitions, "{definition}");
            let is_cause = |fault: &Fault| matches!(fault.kind, FaultKind::EndedDefinition { .. });
            assert!(later.iter().all(is_cause), "{definition}");
        }
    }
    // A definition for one formula leaves what the page has.
    let (dialect, mut macros) = (Dialect::of(Engine::Katex), Macros::default());
    for tex in [r"\gdef\b#1{1}", r"\def\b{1}\b", r"\b{2}", r"\providecommand{\b}{1}\b{3}"] {
        assert!(validate(tex, true, &dialect, &mut macros).is_empty(), "{tex}");
    }
    assert_eq!(validate(r"\b", true, &dialect, &mut macros).len(), 1);
    // One unknown command is told once, not again at what it would define.
    let found = validate(r"\DeclareMathOperator{\b}{b} \b", true, &dialect, &mut Macros::default());
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn suggestions_can_be_put_in_place() {
    for (engine, tex, repaired) in [
        (Engine::Katex, r"\apha", r"\alpha"),
        (Engine::Katex, r"\alphaa", r"\alpha"),
        (Engine::MathJax2, r"\lbracei_1 \rbrace", r"\lbrace i_1 \rbrace"),
        (Engine::Katex, r"\mbox{a}", r"\text{a}"),
        (Engine::MathJax3, r"\bm{x}", r"\boldsymbol{x}"),
        (Engine::MathJax3, r"\left{ a \right\}", r"\left\{ a \right\}"),
        (Engine::Katex, r"\begin{matirx} a \end{matrix}", r"\begin{matrix} a \end{matrix}"),
    ] {
        let faults = validate(tex, true, &Dialect::of(engine), &mut Macros::default());
        let suggestion = faults[0].suggestion.as_ref().expect("a suggestion");
        let mut text = tex.to_owned();
        text.replace_range(faults[0].span.range(), &suggestion.replacement);
        assert_eq!(text, repaired);
        assert!(faults[0].help().is_some());
    }
}

/// What costs a look at all that follows must not be looked at for each time it stands there.
#[test]
fn hostile_formulas_end() {
    for piece in [
        "{", "}", "\\left(", "\\right", "\\hat", "x^{", "\\begin{matrix}", "\\end{", "\\begin{", "\\text{$", "\\frac{",
        "\\sqrt[", "\\not", "_\\frac", "\\root", "\\toggle{", "\\newcommand{", "\\newcommand\\x[", "\\def\\x",
        "\\begin{CD}", "\\ref{", "\\foo", "&", "%", "\\\\[", "\\verb|", "'", "\\begin{array}{", "{\\text{",
        "\\let\\x\\x\\x{\\root", "가", "\\가",
    ] {
        for engine in [Engine::Katex, Engine::MathJax3, Engine::MathJax4] {
            let faults = told(&piece.repeat(20_000), engine);
            assert!(faults.len() <= 50, "{piece}");
        }
    }
    let faults = told(&"a".repeat(1 << 20), Engine::Katex);
    assert!(faults.is_empty());
    told(&format!("\\{}", "a".repeat(1 << 20)), Engine::Katex);
    told(&format!("\\begin{{{}", "a".repeat(1 << 20)), Engine::Katex);
}

#[test]
fn colors_of_the_second_mathjax() {
    let faults = |engine| validate(r"\sum_\color{red}{k}", true, &Dialect::of(engine), &mut Macros::default());
    assert_eq!((faults(Engine::MathJax2).len(), faults(Engine::MathJax3).len()), (0, 1));
}

#[test]
fn the_tables_are_read() {
    let tables = tables::tables();
    assert!((1000..2048).contains(&tables.commands.iter().count()), "half of the slots of `Names` must be free");
    assert!((50..128).contains(&tables.environments.iter().count()));
    for (name, row) in tables.commands.iter().chain(tables.environments.iter()) {
        let known = [Engine::Katex, Engine::MathJax3, Engine::MathJax4].map(|engine| row.of(engine).is_some());
        assert!(known.contains(&true), "nobody knows `{name}`");
    }
    let frac = tables.commands.get("frac").and_then(|row| row.of(Engine::Katex)).expect("a signature");
    assert_eq!(frac.arguments, "mm");
    for engine in Engine::ALL {
        assert!(tables.delimiters(engine).contains('('));
    }
}
