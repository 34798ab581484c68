//! Whether engines have confirmed what the rule pages say of them. `tests/engines.rs` asks them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use postlint::rules::RULES;
use regex::Regex;
use serde_yaml::Value;

use crate::support::{CLAIMS, examples, fences};

/// The pages that name an engine and show nothing that it made, and why.
const UNCONFIRMED: &[(&str, &str)] = &[
    ("crowded-block", "it speaks only where the page stays as it is"),
    ("extra-blank-lines", "the page stays as it is"),
    ("invalid-encoding", "its example is no text, so no page can hold it"),
    ("invalid-site-config", "what it finds stands in no post; the generators were asked by hand"),
    ("invalid-value", "kinds ask for values, no engine does"),
];

/// The generators and the Markdown engines of examples that nobody asks, so that what pages say of them is not confirmed
/// here, and why.
const UNASKED: &[(&str, &str)] =
    &[("quarto", "no registry has it as a program"), ("zola", "no registry has it as a program")];

/// A page names an engine only if that has confirmed what it says.
#[test]
fn claims_are_confirmed() {
    let name = r"\b(?:Jekyll|Liquid|kramdown|Hugo|goldmark|Zola|Hexo|marked|markdown-it|remark|MDX|Astro|Eleventy|Docusaurus|GFM|MathJax|KaTeX)\b";
    let name = Regex::new(name).expect("a pattern");
    let mut without = BTreeSet::new();
    for rule in RULES {
        let fences = fences(rule.page);
        let mut prose = rule.page.to_owned();
        fences.iter().rev().for_each(|fence| prose.replace_range(fence.span.range(), ""));
        if name.is_match(&prose) && !fences.iter().any(|fence| CLAIMS.iter().any(|claim| fence.is(claim))) {
            without.insert(rule.id.name());
        }
    }
    let told: BTreeSet<&str> = UNCONFIRMED.iter().map(|(id, _)| *id).collect();
    assert_eq!(without, told, "no engine has confirmed what these pages say of it, or one has by now");
}

/// What nobody asks is listed.
#[test]
fn engines_that_are_not_asked_are_known() {
    let asked = [
        "jekyll", "hugo", "kramdown", "kramdown-gfm", "goldmark", "gfm", "plain", "hexo", "eleventy", "astro",
        "docusaurus", "remark", "mdx",
    ];
    let mut unasked = BTreeMap::<String, BTreeSet<&str>>::new();
    for rule in RULES {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("rules/{}.md", rule.id));
        for shown in examples(&page) {
            let config: Value = serde_yaml::from_str(&shown.example.config).expect("the options are YAML");
            let engine = ["markdown", "generator"].iter().find_map(|key| config.get(key).and_then(Value::as_str));
            if let Some(engine) = engine.filter(|engine| !asked.contains(engine)) {
                unasked.entry(engine.to_owned()).or_default().insert(rule.id.name());
            }
        }
    }
    let engines: Vec<&str> = unasked.keys().map(String::as_str).collect();
    let listed: Vec<&str> = UNASKED.iter().map(|(engine, _)| *engine).collect();
    assert_eq!(engines, listed, "the list of engines that are not asked is stale: {unasked:#?}");
}
