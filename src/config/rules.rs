//! `rules:` of the config: how bad the findings of each rule are, and its options.

use std::collections::HashMap;

use serde::Deserialize;
use serde_yaml::Value;

use super::{Level, tell};
use crate::engine::Setting;
use crate::finding::{Findings, RuleId, Severity};
use crate::rules::Rule;
use crate::syntax::front_matter::typed::{Source, suggestion};
use crate::syntax::front_matter::{Entry, Fault};

/// What is said of each rule.
pub(super) fn settings<'t>(source: &mut Source<'t>, faults: &mut Findings) -> HashMap<RuleId, Setting> {
    let rules = source.entries().find(|entry| entry.key == "rules").and_then(|rules| source.entries_of(&rules.value));
    let rules: Vec<&'t Entry> = rules.into_iter().flatten().collect();
    let mut settings = HashMap::new();
    for entry in rules {
        let Some(rule) = Rule::of(&entry.key) else {
            let finding = faults.at(entry.key_span, format!("no rule is called `{}`", entry.key));
            finding.help(Rule::suggestion(&entry.key));
            continue;
        };
        if rule.id == RuleId::INVALID_CONFIG {
            let message = format!("`{}` is always an error: no post is checked with such a config", rule.id);
            faults.at(entry.key_span, message).help("take the line out");
            continue;
        }
        let (setting, wrong) = setting(source, rule, entry);
        let named = |fault: Fault| Fault { message: format!("`{}`: {}", rule.id, fault.message), ..fault };
        tell(faults, wrong.into_iter().map(named));
        settings.extend(setting.map(|setting| (rule.id, setting)));
    }
    settings
}

/// `warn`, or `{level: warn, …}` with the rule's options.
fn setting<'t>(source: &mut Source<'t>, rule: &Rule, entry: &'t Entry) -> (Option<Setting>, Vec<Fault>) {
    let Some(options) = source.entries_of(&entry.value).map(|options| options.collect::<Vec<_>>()) else {
        let (level, faults) = source.read_value(entry, |level| Level::deserialize(level));
        let setting = |level: Level| Setting { severity: level.severity(), chosen: true, check: None };
        return (level.map(setting), faults);
    };
    // Who gives options wants the rule.
    let mut severity = rule.default.or(Some(Severity::Warn));
    let mut faults = Vec::new();
    let level = options.iter().find(|option| option.key == "level");
    if let Some(level) = level {
        let (read, wrong) = source.read_value(level, |level| Level::deserialize(level));
        severity = read.map_or(severity, Level::severity);
        faults.extend(wrong);
        source.leave_out(level);
    }
    let known = rule.options.map(|options| options()).unwrap_or_default();
    let known: Vec<&str> =
        known.as_mapping().into_iter().flat_map(|known| known.keys()).filter_map(Value::as_str).collect();
    for option in options.iter().filter(|option| option.key != "level" && !known.contains(&&*option.key)) {
        let (span, message) = (option.key_span, format!("unknown key `{}`", option.key));
        let help = suggestion(&option.key, known.iter().copied().chain(["level"]));
        faults.push(Fault { span, message, help, slip: None });
        source.leave_out(option);
    }
    let check = match rule.build {
        Some(build) if options.len() > usize::from(level.is_some()) => {
            let (check, wrong) = source.read_value(entry, |options| build(Some(options)));
            faults.extend(wrong);
            check
        }
        _ => None,
    };
    (Some(Setting { severity, chosen: level.is_some(), check }), faults)
}
