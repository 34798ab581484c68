//! Configs at fault, and what is said of them.

use super::*;
use crate::blog::mathematics::Engine;
use crate::rules::RULES;

/// What each rule may be set to; for the schema only.
pub(crate) struct RuleSettings;

impl schemars::JsonSchema for RuleSettings {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Rules".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let level = generator.subschema_for::<Level>();
        let setting = |rule: &Rule| {
            let mut properties = serde_json::Map::new();
            properties.insert("level".to_owned(), level.clone().to_value());
            let options = rule.options.map(|options| options()).unwrap_or_default();
            for (name, default) in options.as_mapping().into_iter().flatten() {
                let kind = if default.is_sequence() { "array" } else { "string" };
                let name = name.as_str().unwrap_or_default().to_owned();
                properties.insert(name, serde_json::json!({ "type": kind }));
            }
            let options =
                serde_json::json!({"type": "object", "properties": properties, "additionalProperties": false});
            serde_json::json!({"description": rule.summary(), "anyOf": [level, options]})
        };
        let rules: serde_json::Map<_, _> = RULES
            .iter()
            .filter(|rule| rule.id != RuleId::INVALID_CONFIG)
            .map(|rule| (rule.id.to_string(), setting(rule)))
            .collect();
        schemars::json_schema!({"type": ["object", "null"], "properties": rules, "additionalProperties": false})
    }
}

/// Findings as `text pointed at | message | help`.
fn faults(text: &str) -> Vec<String> {
    let (_, _, faults) = Config::read(text).engine(&Selection::default());
    let shown =
        |fault: Finding| format!("{} | {} | {}", &text[fault.span], fault.message, fault.help.unwrap_or_default());
    faults.into_iter().map(shown).collect()
}

#[test]
fn faults_are_told_at_their_place() {
    for (text, expected) in [
        ("generator: jekil\n", "jekil | unknown value `jekil` | did you mean `jekyll`?"),
        ("genrator: jekyll\n", "genrator | unknown key `genrator` | did you mean `generator`?"),
        ("rules: {placehoder: warn}\n", "placehoder | no rule is called `placehoder` | did you mean `placeholder`?"),
        ("rules:\n  placeholder: wran\n", "wran | `placeholder`: unknown value `wran` | did you mean `warn`?"),
        ("kinds:\n  til:\n    extends: weakly\n", "weakly | no kind is called `weakly` | did you mean `weekly`?"),
        ("kinds:\n  til:\n    sections: {level: 9}\n", "9 | `9` is no level of a heading: they go from 1 to 6 | "),
        (
            "kinds:\n  til:\n    since: 2022-02-30\n",
            "2022-02-30 | `2022-02-30` is no day of the calendar | write it as `2022-10-03`",
        ),
        ("kinds: {a: {extends: b}, b: {extends: a}}\n", "b | kinds extend each other in a ring: `a` → `b` → `a` | "),
        ("posts: [\"../*.md\"]\n", "\"../*.md\" | `../*.md` leads out of the folder of `postlint.yaml` | "),
        (
            "kinds:\n  til:\n    date-range: {days: 7, format: xx}\n",
            "xx | `xx` has no part of a date | write it like `%y.%m.%d - %y.%m.%d`",
        ),
        (
            "kinds:\n  til:\n    front-matter: {title: {pattern: '(['}}\n",
            "'([' | `([` is not a regular expression: unclosed character class | ",
        ),
        (
            "rules: {placeholder: {levle: error}}\n",
            "levle | `placeholder`: unknown key `levle` | did you mean `level`?",
        ),
        ("rules: {placeholder: {level: wran}}\n", "wran | `placeholder`: unknown value `wran` | did you mean `warn`?"),
        (
            "kinds:\n  til:\n    date-range: {days: seven}\n",
            "seven | expected a whole number, found the text `seven` | ",
        ),
        ("kinds:\n  til:\n    sections: {list: [a, b, a]}\n", "a | `a` stands twice in the list of sections | "),
        ("posts: a\nposts: b\n", "posts | `posts` stands here a second time | put both into one"),
    ] {
        assert_eq!(faults(text).first().map(String::as_str), Some(expected), "{text}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let text = "generator: jekil\nkinds:\n  til:\n    title-heading: sam\n    sections:\n      list:\n        - {nam: a}\n        - b\nnope: 1\n";
    assert_eq!(faults(text).len(), 4, "{:#?}", faults(text));
    assert_eq!(faults("a: [b\n").len(), 1);
    assert!(faults("").is_empty());
    assert!(faults("kinds:\nrules:\n").is_empty());
}

#[test]
fn the_schema_for_editors_is_fresh() {
    let schema = schemars::schema_for!(Config);
    let fresh = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/schema.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &fresh).expect("the schema can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == fresh, "rules/schema.json is stale; `UPDATE=1 cargo test` rewrites it");
}

#[test]
fn the_math_engine() {
    let text = "math:\n  engine: mathjax\n  version: 4\n  delimiters: [\"$\"]\n  macros: {RR: 0, norm: '\\|#1\\|', pair: ['(#1,#2)', 2]}\n";
    let reading = Config::read(text);
    let told = reading.config.into_blog().math;
    assert_eq!((told.engine, told.delimiters), (Some(Engine::MathJax(4)), Some(vec!["$".to_owned()])));
    let macros: Vec<_> = told.macros.iter().map(|(name, arity)| (&**name, *arity)).collect();
    assert_eq!(macros, [("RR", 0), ("norm", 1), ("pair", 2)]);
    for (text, fault) in [
        ("math: {engin: katex}\n", "engin | unknown key `engin` | did you mean `engine`?"),
        ("math: {engine: mathjex}\n", "mathjex | unknown value `mathjex` | did you mean `mathjax`?"),
        ("math: {version: 9}\n", "9 | `9` is no version of MathJax: 2, 3 and 4 are known | "),
    ] {
        assert_eq!(faults(text), [fault], "{text}");
    }
}
