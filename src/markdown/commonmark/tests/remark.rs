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
