//! Formulas against what remark-math makes of the same text.

use super::*;

#[derive(serde::Deserialize)]
struct Case {
    source: String,
    formulas: Vec<(String, bool)>,
}

/// Asked of remark-math 6.0.0, as Astro 6 has it.
#[test]
fn formulas_of_remark() {
    let cases: Vec<Case> =
        serde_json::from_str(include_str!("../../../../tests/data/remark_math.json")).expect("a list of cases");
    let options = Options { math: Math::Remark { single: true }, ..Options::remark() };
    let mut wrong = Vec::new();
    for Case { source, formulas } in cases {
        let page = read(&source, &options);
        let found = page.events.iter().filter_map(|event| match &event.what {
            What::Math { tex, display } => Some((tex.text().trim().replace("\r\n", "\n"), *display)),
            _ => None,
        });
        let found: Vec<(String, bool)> = found.collect();
        let expected: Vec<(String, bool)> =
            formulas.into_iter().map(|(tex, display)| (tex.trim().to_owned(), display)).collect();
        if found != expected {
            wrong.push(format!("{source:?}:\n  {expected:?}\n  {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Asked of remark 13 with remark-gfm 1, as gatsby-transformer-remark 6.16 has them.
#[test]
fn lines_that_leave_quotes_and_items() {
    let options = Options { lazy_lines: false, ..Options::gfm() };
    for (text, html) in [
        ("- a\nb\n- c\n", "<ul><li>a</li></ul><p>b</p><ul><li>c</li></ul>"),
        ("1. a\nb\n2. c\n", "<ol><li>a</li></ol><p>b2.c</p>"),
        ("> a\nb\n> c\n", "<blockquote><p>a</p></blockquote><p>b</p><blockquote><p>c</p></blockquote>"),
        ("> a\n> b\nc\n", "<blockquote><p>ab</p></blockquote><p>c</p>"),
        ("> - a\n> b\nc\n", "<blockquote><ul><li>a</li></ul><p>b</p></blockquote><p>c</p>"),
        (">> a\n> b\n", "<blockquote><blockquote><p>a</p></blockquote><p>b</p></blockquote>"),
        ("- a\n  b\n\tc\n- > d\n  > e\n", "<ul><li>abc</li><li><blockquote><p>de</p></blockquote></li></ul>"),
        ("> `a\nb`\n", "<blockquote><p>`a</p></blockquote><p>b`</p>"),
    ] {
        assert_eq!(html::of(&read(text, &options)), html, "{text:?}");
    }
}
