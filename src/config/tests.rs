//! Configs at fault, as far as `tests/cli/config.md` does not show them, and the schema of the config.

use super::*;
use crate::blog::mathematics::Engine;
use crate::rules::{GROUPS, RULES};

/// What each rule may be set to; for the schema only.
pub(crate) struct RuleSettings;

impl schemars::JsonSchema for RuleSettings {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Rules".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let level = generator.subschema_for::<Level>();
        let day = serde_json::json!({"type": "string", "format": "date"});
        let setting = |rule: &Rule| {
            let mut properties = serde_json::Map::new();
            properties.insert("level".to_owned(), level.clone().to_value());
            properties.insert("since".to_owned(), day.clone());
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
        let of_group = |group: &Group| {
            let properties = serde_json::json!({"level": level.clone().to_value(), "since": day});
            let options =
                serde_json::json!({"type": "object", "properties": properties, "additionalProperties": false});
            serde_json::json!({"description": group.about, "anyOf": [level, options]})
        };
        let groups = GROUPS.iter().map(|group| (group.id.to_owned(), of_group(group)));
        let rules = RULES.iter().filter(|rule| rule.id != RuleId::INVALID_CONFIG);
        let rules = rules.map(|rule| (rule.id.to_string(), setting(rule)));
        let rules: serde_json::Map<_, _> = groups.chain(rules).collect();
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
        ("kinds: {a: {extends: b}, b: {extends: a}}\n", "b | kinds extend each other in a ring: `a` → `b` → `a` | "),
        ("posts: [\"../*.md\"]\n", "\"../*.md\" | `../*.md` leads out of the folder of `postlint.yaml` | "),
        (
            "kinds:\n  til:\n    date-range: {days: 7, format: xx}\n",
            "xx | `xx` has no part of a date | write it like `%y.%m.%d - %y.%m.%d`",
        ),
        (
            "kinds: {a: {sections: {level: 3, list: [x, {name: y, sections: {level: 3, list: [z]}}]}}}\n",
            "3 | sections of level 3 are not within one of level 3 | a level from 4 to 6 is",
        ),
        (
            "kinds: {a: {sections: {level: 5, list: [{name: y, sections: {list: [{name: z, sections: {list: [w]}}]}}]}}}\n",
            "sections | nothing is within a section of level 6: headings go no deeper | ",
        ),
        (
            "kinds: {a: {sections: {list: [{name: y, sections: {level: 3, list: [z]}}]}}, b: {extends: a, sections: {level: 4}}}\n",
            "4 | sections of level 3 are not within one of level 4 | a level from 5 to 6 is",
        ),
        ("math: {version: 9}\n", "9 | `9` is no version of MathJax: 2, 3 and 4 are known | "),
    ] {
        assert_eq!(faults(text).first().map(String::as_str), Some(expected), "{text}");
    }
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
}

/// The keys in the tables of `rules/config.md`, by the heading that they stand below.
fn documented() -> std::collections::BTreeMap<String, Vec<String>> {
    let page = include_str!("../../rules/config.md");
    let (mut heading, mut keys) = (String::new(), std::collections::BTreeMap::new());
    for line in page.lines() {
        if line.starts_with('#') {
            heading = line.trim_start_matches(['#', ' ']).replace('`', "");
        }
        if let Some((key, _)) = line.strip_prefix("| `").and_then(|row| row.split_once('`')) {
            keys.entry(heading.clone()).or_insert_with(Vec::new).push(key.to_owned());
        }
    }
    keys
}

#[test]
fn every_key_is_documented() {
    let schema = schemars::schema_for!(Config).to_value();
    let documented = documented();
    for (heading, pointer) in [
        ("The blog", ""),
        ("math", "/$defs/Math"),
        ("A kind", "/$defs/Schema"),
        ("match", "/$defs/Match"),
        ("front-matter", "/$defs/Key"),
        ("date-range", "/$defs/DateRangeSchema"),
        ("sections", "/$defs/SectionsSchema"),
        ("A section", "/$defs/SectionMapping"),
        ("series", "/$defs/Series"),
    ] {
        let properties = &schema.pointer(pointer).expect("a type of the config")["properties"];
        let mut keys: Vec<&str> = properties.as_object().expect("keys").keys().map(String::as_str).collect();
        let mut told: Vec<&str> = documented[heading].iter().map(String::as_str).collect();
        keys.sort_unstable();
        told.sort_unstable();
        assert_eq!(told, keys, "rules/config.md, {heading}");
    }
}
