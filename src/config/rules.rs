//! `rules:` of the config and of its `overrides:`: how bad the findings of each rule or group are, since when, and the
//! rule's options.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde_yaml::Value;

use super::{Level, Selection, tell};
use crate::engine::{Change, Override, Setting};
use crate::files::PathPattern;
use crate::finding::{Findings, RuleId, Severity};
use crate::kinds::date;
use crate::rules::{Check, Group, Named, RULES, Rule};
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
    /// Earlier posts are left alone.
    since: Option<Date>,
    /// The check with the options that are given.
    check: Option<Check>,
    /// Whether there is more than a level.
    has_options: bool,
}

impl Settings {
    /// Reads `rules:` of the blog.
    pub(super) fn of_blog(source: &mut Source, faults: &mut Findings) -> Settings {
        let rules = source.entries().find(|entry| entry.key == "rules");
        Settings::read(rules, source, faults)
    }

    /// Reads the rules of each entry of `overrides:`.
    pub(super) fn of_overrides(source: &mut Source<'_>, faults: &mut Findings) -> Vec<Settings> {
        let overrides = source.entries().find(|entry| entry.key == "overrides");
        let entries = overrides.map_or(Vec::new(), |overrides| source.items_of(&overrides.value).collect());
        let settings = entries.into_iter().map(|entry| {
            let rules = source.entries_of(entry).and_then(|mut entries| entries.find(|entry| entry.key == "rules"));
            Settings::read(rules, source, faults)
        });
        settings.collect()
    }

    fn read<'t>(rules: Option<&'t Entry>, source: &mut Source<'t>, faults: &mut Findings) -> Settings {
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

    /// What is said of a rule: in its own line, and where that is silent, in the line of its group. What the command line
    /// asks for is not off: a rule by its own name never, those of a group unless their own line says so.
    fn said(&mut self, rule: &Rule, selection: &Selection) -> Option<Said> {
        let own = self.rules.remove(&rule.id);
        let group = self.groups.get(&rule.group).filter(|_| rule.id != RuleId::INVALID_CONFIG);
        if own.is_none() && group.is_none() {
            return None;
        }
        let (by_name, by_group) = (selection.select.contains(&rule.id), selection.groups.contains(&rule.group));
        let own = own.unwrap_or_default();
        let level = own.level.filter(|level| !by_name || *level != Level::Off);
        let of_group = group.and_then(|group| group.level);
        // The format is off for whoever says so, as the command `format` asks for the whole group.
        let of_group = of_group.filter(|level| !by_name && (!by_group || rule.is_format) || *level != Level::Off);
        let since = own.since.or_else(|| group.and_then(|group| group.since));
        Some(Said { level: level.or(of_group), since, ..own })
    }

    /// What counts of a rule, where something is said of it.
    pub(super) fn take(&mut self, rule: &Rule, selection: &Selection) -> Option<Setting> {
        let Said { level, since, check, has_options } = self.said(rule, selection)?;
        // Who gives options wants the rule; those of format run for `fix` anyway.
        let usual = rule.default.or((has_options && !rule.is_format).then_some(Severity::Warn));
        let severity = level.map_or(usual, Level::severity);
        Some(Setting { severity, chosen: level.is_some(), since, check, left_out: false })
    }

    /// What counts of the rules for posts of some paths.
    pub(super) fn overriding(mut self, files: Vec<PathPattern>, selection: &Selection) -> Override {
        let change = |rule: &'static Rule| {
            let Said { level, since, check, has_options } = self.said(rule, selection)?;
            let wants = has_options && !rule.is_format;
            Some((rule.id, Change { level: level.map(Level::severity), since, check, wants }))
        };
        let rules = RULES.iter().filter(|rule| selection.wants(rule)).filter_map(change).collect();
        Override { files, rules }
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
    let mut rest = options.len();
    let level = options.iter().find(|option| option.key == "level");
    if let Some(level) = level {
        let (read, wrong) = source.read_value(level, |level| Level::deserialize(level));
        said.level = read;
        faults.extend(wrong);
        source.leave_out(level);
        rest -= 1;
    }
    if let Some(since) = options.iter().find(|option| option.key == "since") {
        let (read, wrong) = source.read_value(since, |since| date(since));
        said.since = read.flatten();
        faults.extend(wrong);
        source.leave_out(since);
        rest -= 1;
    }
    let rule = match named {
        Named::Rule(rule) => Some(rule),
        Named::Group(_) => None,
    };
    let known = rule.and_then(|rule| rule.options).map(|options| options()).unwrap_or_default();
    let known: Vec<&str> =
        known.as_mapping().into_iter().flat_map(|known| known.keys()).filter_map(Value::as_str).collect();
    let known: Vec<&str> = known.into_iter().chain(["level", "since"]).collect();
    for option in options.iter().filter(|option| !known.contains(&&*option.key)) {
        let (span, message) = (option.key_span, format!("unknown key `{}`", option.key));
        let help = suggestion(&option.key, known.iter().copied());
        faults.push(Fault { span, message, help, slip: None });
        source.leave_out(option);
    }
    if let Some(build) = rule.and_then(|rule| rule.build).filter(|_| rest > 0) {
        let (check, wrong) = source.read_value(entry, |options| build(Some(options)));
        faults.extend(wrong);
        said.check = check;
    }
    (said, faults)
}
