//! `rules:` of the config: how bad the findings of each rule or group are, and the rule's options.

use std::collections::HashMap;

use serde::Deserialize;
use serde_yaml::Value;

use super::{Level, Selection, tell};
use crate::engine::Setting;
use crate::finding::{Findings, RuleId, Severity};
use crate::rules::{Check, Group, Named, Rule};
use crate::syntax::front_matter::typed::{Source, suggestion};
use crate::syntax::front_matter::{Entry, Fault};

/// What is said of rules and of groups.
#[derive(Default)]
pub(super) struct Settings {
    rules: HashMap<RuleId, Said>,
    groups: HashMap<Group, Said>,
}

/// What is said under one name.
#[derive(Default)]
struct Said {
    level: Option<Level>,
    /// The check with the options that are given.
    check: Option<Check>,
    /// Whether there is more than a level.
    has_options: bool,
}

impl Settings {
    /// Reads `rules:`.
    pub(super) fn read(source: &mut Source, faults: &mut Findings) -> Settings {
        let rules = source.entries().find(|entry| entry.key == "rules");
        let rules: Vec<&Entry> =
            rules.and_then(|rules| source.entries_of(&rules.value)).into_iter().flatten().collect();
        let mut settings = Settings::default();
        for entry in rules {
            let Some(named) = Named::of(&entry.key) else {
                let finding = faults.at(entry.key_span, format!("no rule is called `{}`", entry.key));
                finding.help(Named::suggestion(&entry.key));
                continue;
            };
            if named.name() == RuleId::INVALID_CONFIG.name() {
                let message = format!("`{}` is always an error: no post is checked with such a config", named.name());
                faults.at(entry.key_span, message).help("take the line out");
                continue;
            }
            let (said, wrong) = said(source, named, entry);
            let with_name = |fault: Fault| Fault { message: format!("`{}`: {}", named.name(), fault.message), ..fault };
            tell(faults, wrong.into_iter().map(with_name));
            match named {
                Named::Rule(rule) => _ = settings.rules.insert(rule.id, said),
                Named::Group(group) => _ = settings.groups.insert(group, said),
            }
        }
        settings
    }

    /// What counts of a rule: what its own line says, and where that is silent, the line of its group. A group that the
    /// command line asks for is not off.
    pub(super) fn take(&mut self, rule: &Rule, selection: &Selection) -> Option<Setting> {
        let own = self.rules.remove(&rule.id);
        let group = self.groups.get(&rule.group).filter(|_| rule.id != RuleId::INVALID_CONFIG);
        let is_asked_for = selection.groups.contains(&rule.group);
        let of_group = group.and_then(|group| group.level).filter(|level| !is_asked_for || *level != Level::Off);
        if own.is_none() && of_group.is_none() {
            return None;
        }
        let own = own.unwrap_or_default();
        let level = own.level.or(of_group);
        // Who gives options wants the rule.
        let usual = rule.default.or(own.has_options.then_some(Severity::Warn));
        let severity = level.map_or(usual, Level::severity);
        Some(Setting { severity, chosen: level.is_some(), check: own.check, left_out: false })
    }
}

/// `warn`, or `{level: warn, …}` with the rule's options.
fn said<'t>(source: &mut Source<'t>, named: Named, entry: &'t Entry) -> (Said, Vec<Fault>) {
    let Some(options) = source.entries_of(&entry.value).map(|options| options.collect::<Vec<_>>()) else {
        let (level, faults) = source.read_value(entry, |level| Level::deserialize(level));
        return (Said { level, ..Said::default() }, faults);
    };
    let mut said = Said { has_options: true, ..Said::default() };
    let mut faults = Vec::new();
    let level = options.iter().find(|option| option.key == "level");
    if let Some(level) = level {
        let (read, wrong) = source.read_value(level, |level| Level::deserialize(level));
        said.level = read;
        faults.extend(wrong);
        source.leave_out(level);
    }
    let rule = match named {
        Named::Rule(rule) => Some(rule),
        Named::Group(_) => None,
    };
    let known = rule.and_then(|rule| rule.options).map(|options| options()).unwrap_or_default();
    let known: Vec<&str> =
        known.as_mapping().into_iter().flat_map(|known| known.keys()).filter_map(Value::as_str).collect();
    for option in options.iter().filter(|option| option.key != "level" && !known.contains(&&*option.key)) {
        let (span, message) = (option.key_span, format!("unknown key `{}`", option.key));
        let help = suggestion(&option.key, known.iter().copied().chain(["level"]));
        faults.push(Fault { span, message, help, slip: None });
        source.leave_out(option);
    }
    if let Some(build) = rule.and_then(|rule| rule.build).filter(|_| options.len() > usize::from(level.is_some())) {
        let (check, wrong) = source.read_value(entry, |options| build(Some(options)));
        faults.extend(wrong);
        said.check = check;
    }
    (said, faults)
}
