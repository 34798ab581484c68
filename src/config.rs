//! `postlint.yaml`: read into typed data by serde_yaml; its faults are findings with a place in the file.
//!
//! serde_yaml stops at the first fault. So the entry it stumbled over is struck out (its bytes become spaces, which
//! moves nothing), and the rest is read again: all faults are told at once.

mod faults;

use std::collections::HashMap;

use jiff::tz::TimeZone;
use serde::de::{Deserialize, Deserializer, Error};
use serde_yaml::Value;

use crate::blog::mathematics::{self, Engine, Told};
use crate::blog::{self, Generator};
use crate::engine::{self, Setting};
use crate::files::PathPattern;
use crate::finding::{Finding, Findings, Severity};
use crate::kinds::{Kinds, OneOrMany, Ordered, Schema};
use crate::post::front_matter::{self, Data, Entry, Step, Tree};
use crate::render::Markdown;
use crate::rules::Rule;
use crate::text::{Span, first_line, nearest};

/// The rule that speaks of the config.
pub const INVALID: &str = "invalid-config";

/// What a blog says to postlint.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Config {
    /// What builds the blog; told from its files when absent.
    pub generator: Option<Generator>,
    /// Patterns of the paths of posts; what the generator takes for posts when absent.
    pub posts: Option<OneOrMany<PathPattern>>,
    /// The Markdown engine; from the generator's own config when absent.
    pub markdown: Option<Markdown>,
    /// The math engine.
    pub math: Option<Math>,
    /// The time zone of the site, such as `Asia/Seoul`.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    #[serde(deserialize_with = "zone")]
    pub timezone: Option<TimeZone>,
    /// How bad findings of a rule are, and the rule's options.
    #[cfg_attr(test, schemars(with = "tests::RuleSettings"))]
    rules: Ordered<Value>,
    /// The kinds of posts; the first that fits a post is its kind.
    kinds: Ordered<Schema>,
}

/// The math engine and what it is told.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Math {
    /// The engine.
    pub engine: Option<MathEngine>,
    /// Its major version: 2, 3 or 4 of MathJax.
    #[serde(deserialize_with = "version")]
    pub version: Option<u8>,
    /// The opening delimiters that it looks for.
    pub delimiters: Option<Vec<String>>,
    /// Macros of the site: the number of their arguments, or their definitions.
    pub macros: HashMap<String, Macro>,
}

/// A macro: the number of its arguments, or its definition, in which `#1` is the first of them.
#[derive(Debug, Clone, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "the number of arguments, or the definition of a macro")]
pub enum Macro {
    /// How many arguments it takes.
    Arity(u8),
    /// What it stands for.
    Definition(String),
    /// What it stands for and how many arguments it takes, as MathJax has it.
    Both(String, u8),
}

impl Math {
    /// What it says, in the words of the blog.
    fn told(self) -> Told {
        let engine = self.engine.map(|engine| match engine {
            MathEngine::Mathjax => Engine::MathJax(self.version.unwrap_or(3)),
            MathEngine::Katex => Engine::Katex,
            MathEngine::None => Engine::Absent,
        });
        let arity = |value: Macro| match value {
            Macro::Arity(arity) | Macro::Both(_, arity) => arity,
            Macro::Definition(definition) => mathematics::arity(&definition),
        };
        let name = |name: String| name.trim_start_matches('\\').to_owned();
        let macros = self.macros.into_iter().map(|(key, value)| (name(key), arity(value))).collect();
        Told { engine, delimiters: self.delimiters, macros }
    }
}

/// What sets formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum MathEngine {
    Mathjax,
    Katex,
    None,
}

/// The level of a rule, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Level {
    Off,
    Warn,
    Error,
}

impl Level {
    fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Warn => Some(Severity::Warn),
            Level::Error => Some(Severity::Error),
        }
    }
}

/// Which rules the command line asks for; what it says goes before the config.
#[derive(Debug, Default)]
pub struct Selection {
    /// Only these rules, at their own severity.
    pub select: Vec<String>,
    /// All but these.
    pub ignore: Vec<String>,
    /// The rules of format too, unless the config turns them off.
    pub format: bool,
}

/// A config, and the text it was read from.
pub struct Reading<'t> {
    /// What could be read of it.
    pub config: Config,
    text: &'t str,
    tree: Tree,
    faults: Findings,
}

/// So many faults are told at once.
const MOST_FAULTS: usize = 50;

impl Config {
    /// What it says of the blog itself.
    pub fn into_blog(self) -> blog::Settings {
        blog::Settings {
            generator: self.generator,
            posts: self.posts.map(|posts| posts.0),
            markdown: self.markdown,
            math: self.math.map(Math::told).unwrap_or_default(),
            timezone: self.timezone,
            now: None,
        }
    }

    /// Reads the text of a `postlint.yaml`.
    pub fn read(text: &str) -> Reading<'_> {
        let tree = front_matter::yaml(text, 0..text.len());
        let mut faults = Findings::of(INVALID);
        report_duplicates(&tree.entries, &mut faults);
        for fault in &tree.faults {
            let finding = faults.at(fault.span.clone(), fault.message.clone());
            finding.help.clone_from(&fault.help);
        }
        let mut reading = Reading { config: Config::default(), text, tree, faults };
        if reading.faults.is_empty() {
            reading.config = reading.typed();
        }
        reading
    }
}

fn report_duplicates(entries: &[Entry], faults: &mut Findings) {
    let mut seen: HashMap<&str, &Span> = HashMap::new();
    for entry in entries {
        if let Some(first) = seen.insert(&entry.key, &entry.key_span) {
            let finding = faults.at(entry.key_span.clone(), format!("`{}` stands here a second time", entry.key));
            finding.label(first.clone(), "first here").help("put both into one");
        }
        if let Data::Map(entries) = &entry.value.data {
            report_duplicates(entries, faults);
        }
    }
}

impl Reading<'_> {
    /// Reads the text into types, striking out what is at fault until the rest is well.
    fn typed(&mut self) -> Config {
        let mut text = self.text.to_owned();
        for _ in 0..MOST_FAULTS {
            let error = match serde_yaml::from_str::<Option<Config>>(&text) {
                Ok(config) => return config.unwrap_or_default(),
                Err(error) => error,
            };
            let place = faults::place(&self.tree, &error);
            let shown = place.as_ref().map_or(0..0, |place| place.shown.clone());
            // What is missing where something was struck out is no second fault.
            if text[shown.clone()] == self.text[shown.clone()] {
                let finding = self.faults.at(first_line(self.text, shown), faults::message(&error));
                finding.help = faults::suggestion(&error, &[]);
            }
            if !place.is_some_and(|place| faults::strike_out(&mut text, &place)) {
                break;
            }
        }
        Config::default()
    }

    /// An engine as the config and the command line want it, and all that is wrong with the config.
    pub fn engine(mut self, selection: &Selection) -> (engine::Engine, Config, Vec<Finding>) {
        let mut settings = self.settings();
        let (kinds, wrong) = Kinds::new(&self.config.kinds);
        for (kind, fault) in wrong {
            let steps = [Step::Key("kinds"), Step::Key(&kind), Step::Key("extends")];
            let span = self.tree.find(&steps).map_or(0..0, |place| place.value.span.clone());
            self.faults.at(span, fault.message).help = fault.help;
        }
        let wanted = |id: &str| selection.select.is_empty() || selection.select.iter().any(|rule| rule == id);
        let engine = engine::Engine::new(kinds, |id| {
            let setting = settings.remove(id);
            if !wanted(id) || selection.ignore.iter().any(|rule| rule == id) {
                return Some(Setting::default());
            }
            if selection.select.is_empty() {
                let formats = || selection.format && Rule::of(id).is_some_and(|rule| rule.is_format);
                return setting
                    .or_else(|| formats().then(|| Setting { severity: Some(Severity::Warn), ..Setting::default() }));
            }
            // What is asked for by name runs, even where it is off.
            let usual = Rule::of(id).and_then(|rule| rule.default).or(Some(Severity::Warn));
            let setting = setting.unwrap_or_default();
            Some(Setting { severity: setting.severity.or(usual), ..setting })
        });
        let mut faults = self.faults.into_vec();
        faults.sort_by_key(|fault| fault.span.start);
        (engine, self.config, faults)
    }

    /// What `rules:` says of each rule.
    fn settings(&mut self) -> HashMap<&'static str, Setting> {
        let mut settings = HashMap::new();
        let rules = std::mem::take(&mut self.config.rules);
        for (name, value) in rules.iter() {
            let Some(place) = self.tree.find(&[Step::Key("rules"), Step::Key(name)]) else { continue };
            let key = place.key.cloned().unwrap_or_default();
            let Some(id) = Rule::of(name).map(|rule| rule.id) else {
                self.faults.at(key, format!("no rule is called `{name}`")).help(Rule::suggestion(name));
                continue;
            };
            match setting(id, value.clone()) {
                Ok(setting) => {
                    settings.insert(id, setting);
                }
                Err(error) => {
                    let span = faults::in_options(place.value, &error);
                    let finding = self.faults.at(span, format!("`{id}`: {}", faults::message(&error)));
                    finding.help = faults::suggestion(&error, &["level"]);
                }
            }
        }
        settings
    }
}

/// A version of MathJax; the message of an error begins with it.
fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u8>, D::Error> {
    match Option::<u8>::deserialize(deserializer)? {
        Some(version) if !(2..=4).contains(&version) => {
            Err(D::Error::custom(format!("`{version}` is no version of MathJax: 2, 3 and 4 are known")))
        }
        version => Ok(version),
    }
}

/// A time zone by its name; the message of an error begins with it.
fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<TimeZone>, D::Error> {
    let Some(name) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    TimeZone::get(&name).map(Some).map_err(|_| {
        let zones: Vec<String> = jiff::tz::db().available().map(|zone| zone.as_str().to_owned()).collect();
        let near = nearest(&name, zones.iter().map(String::as_str));
        let near = near.map_or(String::new(), |near| format!(", expected `{near}`"));
        D::Error::custom(format!("`{name}` is no time zone{near}"))
    })
}

/// `warn`, or `{level: warn, …}` with the rule's options.
fn setting(id: &str, value: Value) -> Result<Setting, serde_yaml::Error> {
    let default = Rule::of(id).map_or(Some(Severity::Warn), |rule| rule.default);
    let Value::Mapping(mut options) = value else {
        let level: Level = serde_yaml::from_value(value)?;
        return Ok(Setting { severity: level.severity(), chosen: true, check: None });
    };
    let level = options.remove("level");
    let chosen = level.is_some();
    let severity = match level {
        Some(level) => serde_yaml::from_value::<Level>(level)?.severity(),
        // Who gives options wants the rule.
        None => default.or(Some(Severity::Warn)),
    };
    let options = if options.is_empty() { Value::Null } else { Value::Mapping(options) };
    let check = Rule::of(id).and_then(|rule| rule.build).map(|build| build(options)).transpose()?;
    Ok(Setting { severity, chosen, check })
}

#[cfg(test)]
mod tests;
