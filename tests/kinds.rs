//! The built-in kinds: each model post is one of its kind, and each demand speaks when the model is broken.

#[path = "rules/engines.rs"]
mod engines;
mod support;

use engines::{ENGINES, under};
use postlint::kinds::BUILT_IN;
use support::Example;

fn example(kind: &str, model: &str) -> Example {
    Example {
        path: "_posts/2022-10-16-model.md".to_owned(),
        text: model.to_owned(),
        config: format!("kinds:\n  {kind}:\n    extends: {kind}\n"),
        now: None,
        others: Vec::new(),
    }
}

fn findings(example: &Example) -> Vec<String> {
    let found = example.check("unused-suppression");
    found.iter().map(|(_, finding)| format!("{}: {}", finding.rule, finding.message)).collect()
}

fn model(kind: &str) -> &'static str {
    BUILT_IN.iter().find(|built_in| built_in.name == kind).expect("the kind is built in").model
}

/// Whatever engine the blog has: the whole invariant of an example, and no findings.
#[test]
fn models_check_clean() {
    for kind in BUILT_IN {
        let example = example(kind.name, kind.model);
        for engine in ENGINES {
            assert_eq!(findings(&under(&example, engine)), [""; 0], "{} under {engine}", kind.name);
        }
        engines::check(&example, "unused-suppression").expect("the model is an example");
    }
}

#[test]
fn broken_models_are_reported() {
    for (kind, from, to, rule) in [
        ("weekly", "2022.10.10 - 2022.10.16\n", "", "missing-date-range"),
        ("weekly", "2022.10.16\n", "2022.10.17\n", "irregular-date-range"),
        ("weekly", "2022.10.16\n", "2022.10.32\n", "invalid-date-range"),
        ("weekly", "title: 4주차 회고\n", "", "missing-key"),
        ("note", "title: 최소제곱법과 정사영\n", "", "missing-key"),
    ] {
        let broken = model(kind).replacen(from, to, 1);
        assert_ne!(broken, model(kind), "{kind} has no {from:?}");
        let found = findings(&example(kind, &broken));
        assert!(found.iter().any(|finding| finding.starts_with(rule)), "{kind} without {from:?}: {found:?}");
    }
}
