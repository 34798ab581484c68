//! What sets the formulas of a site whose config names the scripts of its pages.

use std::collections::BTreeMap;

use super::SetsMath;
use crate::files::Files;
use crate::tex::Engine;

/// The engine that a script is, by its address: `https://cdn.jsdelivr.net/npm/mathjax@3/es5/tex-mml-chtml.js`.
pub(super) fn engine_of(address: &str) -> Option<Engine> {
    let address = address.to_ascii_lowercase();
    if address.contains("katex") {
        return Some(Engine::Katex);
    }
    let version = address.split("mathjax").skip(1).find_map(|rest| rest.strip_prefix(['@', '/'])?.chars().next());
    match version {
        Some('2') => Some(Engine::MathJax2),
        Some('3') => Some(Engine::MathJax3),
        Some('4') => Some(Engine::MathJax4),
        // So the component of version 2 is called, and none of a later one.
        _ => address.contains("mathjax.js?config=").then_some(Engine::MathJax2),
    }
}

/// An engine that a key of a config asks for, and whether all that it is told was read: nothing.
pub(super) fn asked(file: &str, key: &str, engine: Engine, is_whole: bool) -> SetsMath {
    SetsMath {
        engine: Some(engine),
        package: key.to_owned(),
        file: file.to_owned(),
        macros: BTreeMap::new(),
        is_whole,
        theme_is_unseen: false,
        extensions: Vec::new(),
        stops: false,
    }
}

/// What the scripts that a key of a config lists come to, of which those of the site lie in a folder; `None` where none is
/// an engine that is known, or two are.
pub(super) fn listed(files: &Files, (file, key): (&str, &str), folder: &str, scripts: &[String]) -> Option<SetsMath> {
    let mut engines: Vec<Engine> =
        scripts.iter().filter(|script| is_away(script)).filter_map(|one| engine_of(one)).collect();
    engines.dedup();
    let [engine] = engines[..] else { return None };
    let tells_nothing = |script: &String| match is_away(script) {
        true => !script.contains("-full"),
        false => files.text(&crate::files::join(folder, script)).is_some_and(|text| tells_none(&text)),
    };
    let has_mhchem = scripts.iter().any(|script| script.contains("mhchem"));
    let extensions = if has_mhchem { vec!["mhchem"] } else { Vec::new() };
    Some(SetsMath { extensions, ..asked(file, key, engine, scripts.iter().all(tells_nothing)) })
}

fn is_away(script: &str) -> bool {
    script.contains("://") || script.starts_with("//")
}

/// Whether a text tells an engine of no macros or packages.
pub(super) fn tells_none(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    !["macros", "packages", "extensions", "loader", "newcommand"].iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engines_by_address() {
        for (address, engine) in [
            ("https://unpkg.com/mathjax@3/es5/tex-mml-chtml.js", Some(Engine::MathJax3)),
            ("https://cdn.jsdelivr.net/npm/mathjax@4/tex-mml-chtml.js", Some(Engine::MathJax4)),
            (
                "https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.0/MathJax.js?config=TeX-MML-AM_CHTML",
                Some(Engine::MathJax2),
            ),
            ("//cdn.example.com/MathJax.js?config=TeX", Some(Engine::MathJax2)),
            ("https://unpkg.com/katex@0/dist/katex.min.js", Some(Engine::Katex)),
            ("https://unpkg.com/mathjax@latest/tex.js", None),
            ("https://polyfill.example.com/v3/polyfill.min.js", None),
        ] {
            assert_eq!(engine_of(address), engine, "{address}");
        }
    }

    #[test]
    fn scripts_of_a_config() {
        let own = "window.MathJax = { tex: { macros: { R: '{}' } } };";
        let files = Files::in_memory([("docs/a.js", "go()"), ("docs/b.js", own)]);
        let found = |scripts: &[&str]| {
            let scripts: Vec<String> = scripts.iter().map(|&script| script.to_owned()).collect();
            let found = listed(&files, ("mkdocs.yml", "extra_javascript"), "docs", &scripts)?;
            Some((found.engine?, found.is_whole, found.extensions))
        };
        let (katex, mathjax) = ("https://a.example/katex.min.js", "https://a.example/mathjax@3/tex-svg.js");
        assert_eq!(found(&[mathjax, "a.js"]), Some((Engine::MathJax3, true, vec![])));
        assert_eq!(found(&["b.js", mathjax]), Some((Engine::MathJax3, false, vec![])));
        assert_eq!(found(&["c.js", mathjax]), Some((Engine::MathJax3, false, vec![])));
        let mhchem = "https://a.example/katex/contrib/mhchem.min.js";
        assert_eq!(found(&[katex, mhchem]), Some((Engine::Katex, true, vec!["mhchem"])));
        assert_eq!(found(&[katex, mathjax]), None);
        assert_eq!(found(&["a.js"]), None);
    }
}
