//! Asks MathJax 3 and KaTeX about the pages that the other engines made: `math.mjs`.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::subject::Asked;
use crate::tools;

/// A formula that the math engine finds on a page.
#[derive(Debug, serde::Deserialize)]
pub struct Formula {
    tex: String,
    /// What the engine says to it, if it cannot set it.
    pub fault: Option<String>,
}

impl Formula {
    /// What it is, and what becomes of it.
    pub fn shown(&self) -> String {
        let tex: Vec<&str> = self.tex.split_whitespace().collect();
        format!("{} → {}", tex.join(" "), self.fault.as_deref().unwrap_or("set"))
    }
}

/// Asks about all examples that say something of mathematics. Whether the engines are installed.
pub fn ask(all: &mut [Asked]) -> bool {
    let asked: Vec<(&mut Asked, Value)> = all
        .iter_mut()
        .filter_map(|asked| {
            let question = question(asked)?;
            Some((asked, question))
        })
        .collect();
    let folder = tools::folder();
    if !["katex", "mathjax-full", "parse5"].iter().all(|package| folder.join("node_modules").join(package).is_dir()) {
        return false;
    }
    let questions: Vec<&Value> = asked.iter().map(|(_, question)| question).collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines/math.mjs");
    let Some(said) = tools::script("node", &[script.as_os_str()], &questions) else { return false };
    let answers: Vec<Vec<Formula>> = serde_json::from_value(said).expect("answers of math.mjs");
    for ((asked, _), formulas) in asked.into_iter().zip(answers) {
        asked.formulas = Some(formulas);
    }
    true
}

/// The page with what its math engine is told; none where the example is not about mathematics.
fn question(asked: &Asked) -> Option<Value> {
    let example = &asked.shown.example;
    let config: Value = serde_yaml::from_str(&example.config).ok()?;
    let math = &config["math"];
    let is_shown = asked.shown.said.iter().any(|fence| fence.is("text math"));
    let engine = math["engine"].as_str().or(is_shown.then_some("mathjax"))?;
    let page = asked.answer.page(&example.path)?;
    // Without a word in its config, MathJax looks for no single dollar sign.
    let is_plain = |(_, text): &(String, String)| text.contains("/mathjax@3/") && !text.contains("inlineMath");
    let usual = if example.others.iter().any(is_plain) { json!(["$$"]) } else { json!(["$", "$$"]) };
    let mut delimiters =
        math["delimiters"].as_array().cloned().unwrap_or(usual.as_array().cloned().unwrap_or_default());
    // What kramdown makes of `$$`.
    delimiters.extend([json!("\\("), json!("\\[")]);
    let own = math["macros"].as_object().cloned().unwrap_or_default();
    let macros: Map<String, Value> = own
        .into_iter()
        .map(|(name, arity)| match engine {
            "katex" => (name, json!((1..=arity.as_u64().unwrap_or(0)).map(|at| format!("#{at}")).collect::<String>())),
            _ => (name.trim_start_matches('\\').to_owned(), json!(["", arity])),
        })
        .collect();
    Some(json!({ "html": page.content, "engine": engine, "delimiters": delimiters, "macros": macros }))
}

/// Where postlint and the math engine do not agree.
pub fn differences(asked: &Asked) -> Option<String> {
    let formulas = asked.formulas.as_ref()?;
    let is_told = asked.found.iter().any(|finding| matches!(&*finding.rule, "invalid-math" | "unknown-math-command"));
    let has_fault = formulas.iter().any(|formula| formula.fault.is_some());
    let all: Vec<String> = formulas.iter().map(Formula::shown).collect();
    (is_told != has_fault).then(|| format!("formulas with faults: postlint {is_told}\n{}", all.join("\n")))
}
