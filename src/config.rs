//! `postlint.yaml`: a tree with spans, read into types by serde; its faults are findings with a place in the file.

pub(crate) mod draft;
mod levels;
mod math;
mod patterns;
mod rules;
mod unmet;
mod unusable;

use jiff::tz::TimeZone;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny};

use crate::blog;
use crate::engine::{self, Setting};
use crate::files::PathPattern;
use crate::finding::{Finding, Findings, RuleId, Severity};
use crate::generators::Generator;
use crate::kinds::{Exemplary, Kinds, OneOrMany, Ordered, Schema};
use crate::markdown::Markdown;
use crate::rules::{Group, Rule};
use crate::syntax::front_matter::typed::Source;
use crate::syntax::front_matter::{self, Fault, Tree};
use crate::text::{Refused, Span, nearest};

pub(crate) use math::Math;
use rules::Settings;
pub(crate) use unmet::unmet;

/// What a blog says to postlint.
#[derive(Debug, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default, expecting = "a mapping such as `{generator: jekyll}`")]
pub struct Config {
    /// What builds the blog; told from its files when absent.
    pub generator: Option<Generator>,
    /// Patterns of the paths of posts; what the generator takes for posts when absent.
    pub posts: Option<OneOrMany<PathPattern>>,
    /// Patterns of the paths of posts that are left in peace.
    exclude: OneOrMany<PathPattern>,
    /// The Markdown engine; from the generator's own config when absent.
    pub markdown: Option<Markdown>,
    /// The math engine.
    pub math: Option<Math>,
    /// The time zone of the site, such as `Asia/Seoul`.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    #[serde(deserialize_with = "zone")]
    pub timezone: Option<TimeZone>,
    /// The file of findings that are known and not told, from the folder of this file on.
    pub baseline: Option<String>,
    /// How bad findings of a rule are, and the rule's options.
    // The entries are read one by one, the options of each into the type of their rule.
    #[cfg_attr(test, schemars(with = "tests::RuleSettings"))]
    rules: Ordered<IgnoredAny>,
    /// What else holds for the posts of some paths; of two that fit, the later goes before.
    overrides: Vec<Override>,
    /// The kinds of posts; the first that fits a post is its kind.
    kinds: Ordered<Schema>,
}

/// Rules of the posts of some paths.
#[derive(Debug, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, expecting = "a mapping such as `{files: [\"_posts/2019-*.md\"], rules: {math: off}}`")]
struct Override {
    /// Patterns of paths, from the folder of `postlint.yaml` on.
    files: OneOrMany<PathPattern>,
    /// As above, for these posts.
    #[cfg_attr(test, schemars(with = "tests::RuleSettings"))]
    #[expect(dead_code, reason = "read entry by entry, like the rules of the blog")]
    rules: Ordered<IgnoredAny>,
}

/// The level of a rule, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
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
    /// Only these rules, at their own severity, even if they are off.
    pub select: Vec<RuleId>,
    /// Only the rules of these groups, and those above; what is off by itself stays off, but for rules of format.
    pub groups: Vec<Group>,
    /// All but these.
    pub ignore: Vec<RuleId>,
    /// The rules of format too, unless the config turns them off.
    pub format: bool,
    /// What posts suppress, too.
    pub suppressed: bool,
}

impl Selection {
    fn wants(&self, rule: &Rule) -> bool {
        let is_asked_for = self.select.contains(&rule.id) || self.groups.contains(&rule.group);
        (is_asked_for || self.select.is_empty() && self.groups.is_empty()) && !self.ignore.contains(&rule.id)
    }

    /// What counts of a rule that is wanted, of which the config says this.
    fn over(&self, rule: &Rule, setting: Option<Setting>) -> Option<Setting> {
        let by_group = self.groups.contains(&rule.group);
        if self.select.contains(&rule.id) {
            // What is asked for by name runs, even where it is off.
            let usual = rule.default.or(Some(Severity::Warn));
            let setting = setting.unwrap_or_default();
            return Some(Setting { severity: setting.severity.or(usual), ..setting });
        }
        let runs = rule.is_format && (self.format || by_group);
        let is_open = setting.as_ref().is_none_or(|setting| setting.severity.is_none() && !setting.chosen);
        if runs && is_open {
            return Some(Setting { severity: Some(Severity::Warn), ..setting.unwrap_or_default() });
        }
        setting
    }
}

/// What a config says, as far as it could be read.
#[derive(Default)]
pub struct Reading {
    config: Config,
    settings: Settings,
    /// Those of each entry of `overrides:`.
    overrides: Vec<Settings>,
    kinds: Kinds,
    faults: Vec<Finding>,
}

impl Exemplary for IgnoredAny {
    const EXAMPLE: &str = "{placeholder: warn}";
}

impl Config {
    /// What it says of the blog itself.
    pub fn into_blog(self) -> blog::Settings {
        blog::Settings {
            generator: self.generator,
            posts: self.posts.map(|posts| posts.0),
            exclude: self.exclude.0,
            markdown: self.markdown,
            math: self.math.map(Math::told).unwrap_or_default(),
            timezone: self.timezone,
            now: None,
        }
    }

    /// Reads the text of a `postlint.yaml`.
    pub fn read(text: &str) -> Reading {
        let tree = front_matter::yaml(text, Span::new(0, text.len()));
        let mut faults = Findings::of(RuleId::INVALID_CONFIG, text);
        let mut reading = Reading::default();
        if tree.faults.is_empty() {
            reading.take(text, &tree, &mut faults);
        }
        tell(&mut faults, tree.faults);
        reading.faults = faults.into_vec();
        reading.faults.sort_by_key(|fault| fault.span.start);
        reading
    }
}

/// So much of a pattern is shown, in characters.
const SHOWN: usize = 60;

fn tell(findings: &mut Findings, faults: impl IntoIterator<Item = Fault>) {
    for fault in faults {
        findings.at(fault.span, fault.message).help = fault.help;
    }
}

impl Reading {
    fn take(&mut self, text: &str, tree: &Tree, faults: &mut Findings) {
        let mut source = Source::of(tree);
        unusable::leave_out(text, tree, &mut source, faults);
        let (config, wrong) = source.read::<Config>();
        tell(faults, wrong);
        self.config = config.unwrap_or_default();
        patterns::check(tree, faults);
        self.settings = Settings::of_blog(&mut source, faults);
        self.overrides = Settings::of_overrides(&mut source, faults);
        let (kinds, wrong) = Kinds::new(&self.config.kinds);
        levels::check(tree, &kinds, faults);
        self.kinds = kinds;
        for (kind, fault) in wrong {
            let extends = tree.find(&["kinds", &kind, "extends"]);
            faults.at(extends.map_or(Span::default(), |entry| entry.value.span), fault.message).help = fault.help;
        }
        if self.config.math.as_ref().is_some_and(Math::has_idle_version)
            && let Some(entry) = tree.find(&["math", "version"])
        {
            let help = "write `engine: mathjax` beside it, or take it out";
            faults.at(entry.key_span, "`version` says something only of MathJax").help(help);
        }
    }

    /// An engine as the config and the command line want it, and all that is wrong with the config.
    pub fn engine(self, selection: &Selection) -> (engine::Engine, Config, Vec<Finding>) {
        let (mut config, mut settings) = (self.config, self.settings);
        let files = std::mem::take(&mut config.overrides).into_iter().map(|entry| entry.files.0);
        let overrides =
            files.zip(self.overrides).map(|(files, settings)| settings.overriding(files, selection)).collect();
        let mut engine = engine::Engine::new(self.kinds, overrides, |rule| {
            let setting = settings.take(rule, selection);
            match selection.wants(rule) {
                true => selection.over(rule, setting),
                false => Some(Setting { left_out: true, ..Setting::default() }),
            }
        });
        engine.overrules_posts = selection.suppressed;
        (engine, config, self.faults)
    }
}

/// A time zone by its name.
fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<TimeZone>, D::Error> {
    let Some(name) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    TimeZone::get(&name).map(Some).map_err(|_| {
        let zones: Vec<String> = jiff::tz::db().available().map(|zone| zone.as_str().to_owned()).collect();
        let near = nearest(&name, zones.iter().map(String::as_str));
        let help = near.map_or("write it like `Asia/Seoul`".to_owned(), |near| format!("did you mean `{near}`?"));
        D::Error::custom(Refused::new(format!("`{name}` is no time zone")).help(help))
    })
}

#[cfg(test)]
mod mutations;
#[cfg(test)]
mod tests;
