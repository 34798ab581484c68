//! What configs of JavaScript make of markdown-it: its options, and the plugins that they hand to `use`.

use std::collections::BTreeMap;

use super::javascript::{Script, Value, file_of};
use super::{Reason, SetsMath};
use crate::files::{Files, join};
use crate::markdown::commonmark::markdown_it::QUOTES;
use crate::markdown::commonmark::{BareUrls, Footnotes, HeadingAttributes, Math, Options, Typography};
use crate::markdown::ids::Style;
use crate::tex::Engine;
use crate::text::listed;

/// A config, with the files of the blog's own that it takes in.
pub(super) struct Config {
    /// Each with its path.
    pub scripts: Vec<(String, Script)>,
    /// One that it takes in and that is not there.
    pub missing: Option<String>,
    /// It takes in more files than are read.
    pub is_cut: bool,
}

/// Configs take in fewer files.
const MOST_SCRIPTS: usize = 24;

/// Plugins that leave alone what links, formulas, headings and their ids are made of.
const HARMLESS: &[&str] = &[
    "@mdit/plugin-abbr", "@mdit/plugin-figure", "@mdit/plugin-img-lazyload", "@mdit/plugin-img-size",
    "@mdit/plugin-ins", "@mdit/plugin-mark", "@mdit/plugin-sub", "@mdit/plugin-sup", "@shikijs/markdown-it",
    "markdown-it-abbr", "markdown-it-cjk-breaks", "markdown-it-collapsible", "markdown-it-container",
    "markdown-it-copy", "markdown-it-emoji", "markdown-it-external-links", "markdown-it-figure-caption",
    "markdown-it-highlightjs", "markdown-it-image-figures", "markdown-it-image-lazy-loading", "markdown-it-image-size",
    "markdown-it-implicit-figures", "markdown-it-imsize", "markdown-it-ins", "markdown-it-kbd",
    "markdown-it-lazy-loading", "markdown-it-link-attributes", "markdown-it-mark", "markdown-it-prism",
    "markdown-it-responsive", "markdown-it-sub", "markdown-it-sup", "markdown-it-table-of-contents",
    "markdown-it-toc-done-right", "vitepress-plugin-tabs",
];

/// What a site makes of the engine.
#[derive(Debug, Default)]
pub(super) struct Uses {
    math: Option<Math>,
    /// What sets the formulas that are taken out.
    pub sets_math: Option<SetsMath>,
    /// The ids of markdown-it-anchor, and the level they begin at.
    ids: Option<(Style, u8)>,
    /// The ids of headings are made in a way that is not known.
    pub changes_ids: bool,
    footnotes: bool,
    tasks: bool,
    descriptions: bool,
    attributes: bool,
    /// What may change what is read.
    pub meddling: Vec<String>,
    /// The plugins that are known.
    named: Vec<String>,
}

impl Config {
    /// The first of these files that there is.
    pub(super) fn first(files: &Files, names: &[&str]) -> Option<Config> {
        let (name, script) = Script::first(files, names)?;
        let mut config = Config { scripts: vec![(name.to_owned(), script)], missing: None, is_cut: false };
        let mut at = 0;
        while at < config.scripts.len() && config.scripts.len() < MOST_SCRIPTS {
            let (path, script) = &config.scripts[at];
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let taken: Vec<String> = script
                .imports()
                .iter()
                .filter(|(_, module)| module.starts_with("./") || module.starts_with("../"))
                .map(|(_, module)| super::relative(&join(folder, module)))
                .collect();
            for module in taken {
                let Some(path) = file_of(files, &module) else {
                    config.missing = config.missing.take().or(Some(module));
                    continue;
                };
                let is_known = config.scripts.iter().any(|(known, _)| *known == path);
                if let Some(text) = files.text(&path).filter(|_| !is_known && !path.ends_with(".json")) {
                    config.scripts.push((path, Script::read(&text)));
                }
            }
            at += 1;
        }
        config.is_cut = at < config.scripts.len();
        Some(config)
    }

    /// The config itself.
    pub(super) fn main(&self) -> &(String, Script) {
        &self.scripts[0]
    }

    /// All calls of what ends with a name.
    pub(super) fn calls(&self, name: &str) -> Vec<(&Script, Vec<Value>)> {
        self.scripts
            .iter()
            .flat_map(|(_, script)| script.calls(name).into_iter().map(move |call| (script, call)))
            .collect()
    }

    /// Whether a word stands anywhere.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.scripts.iter().any(|(_, script)| script.has_word(word))
    }

    /// What the config hands to `use`, and what it does besides.
    pub(super) fn uses(&self) -> Uses {
        let mut uses = Uses::default();
        for (path, script) in &self.scripts {
            script.calls("use").iter().for_each(|call| uses.add(path, script, call));
        }
        if self.has_word("ruler") {
            uses.meddling.push("a rule of the config's own".to_owned());
        }
        uses.changes_ids |= self.has_word("heading_open");
        uses
    }

    /// What each markdown-it that the config makes is told.
    pub(super) fn made(&self) -> Vec<Option<Value>> {
        let mut made = Vec::new();
        for (_, script) in &self.scripts {
            for (local, _) in script.imports().iter().filter(|(_, module)| module == "markdown-it") {
                let calls = script.calls(local).into_iter();
                made.extend(calls.map(|call| call.into_iter().next().map(|told| script.unwrapped(told))));
            }
        }
        made
    }
}

impl Uses {
    fn add(&mut self, file: &str, script: &Script, call: &[Value]) {
        let [plugin, rest @ ..] = call else { return };
        let told = rest.first().map(|told| script.unwrapped(told.clone()));
        let Some(module) = script.plugin(plugin) else {
            self.meddling.push(match plugin {
                Value::Name(name) => format!("`{name}`"),
                _ => "a plugin of the config's own".to_owned(),
            });
            return;
        };
        let known = self.meddling.len();
        match module {
            "markdown-it-anchor" => match anchor(script, told.as_ref()) {
                Some(ids) => self.ids = Some(ids),
                None => self.changes_ids = true,
            },
            "markdown-it-attrs" | "@mdit/plugin-attrs" => self.attributes = true,
            "markdown-it-footnote" | "@mdit/plugin-footnote" => self.footnotes = true,
            "markdown-it-task-lists" | "markdown-it-task-checkbox" | "@mdit/plugin-tasklist" => self.tasks = true,
            "markdown-it-deflist" => self.descriptions = true,
            _ => match native(module) {
                Some((math, engine)) => {
                    self.math = Some(math);
                    self.sets_math = Some(setter(file, module, engine, told.as_ref()));
                }
                None if HARMLESS.contains(&module) => {}
                None => self.meddling.push(format!("plugin `{module}`")),
            },
        }
        if self.meddling.len() == known && !self.named.iter().any(|name| name == module) {
            self.named.push(module.to_owned());
        }
    }

    /// Why posts are read so: what a config says that is understood, in its options, keys of a config each, and plugins.
    pub(super) fn reason(&self, config: &str, options: &[String], is_changed: bool) -> Reason {
        const SHOWN: usize = 8;
        let named: Vec<&String> = options.iter().chain(&self.named).collect();
        let more = match named.len().saturating_sub(SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Reason::because(match () {
            () if !named.is_empty() => {
                format!("`{config}` sets it up, with {}{more}", listed(named.into_iter().take(SHOWN)))
            }
            () if is_changed => format!("as `{config}` sets it up"),
            () => format!("`{config}` changes nothing of it"),
        })
    }

    /// The engine with all that.
    pub(super) fn engine(&self, usual: Options) -> Options {
        let (ids, ids_from) = self.ids.map_or((usual.ids, usual.ids_from), |(style, from)| (Some(style), from));
        Options {
            math: self.math.unwrap_or(usual.math),
            footnotes: self.footnotes.then_some(Footnotes::AtTheEnd).or(usual.footnotes),
            tasks: self.tasks || usual.tasks,
            descriptions: self.descriptions || usual.descriptions,
            heading_attributes: self.attributes.then_some(HeadingAttributes::All).or(usual.heading_attributes),
            attributes: self.attributes || usual.attributes,
            ids,
            ids_from,
            ..usual
        }
    }
}

/// The options that are read, as they can be shown: `breaks`, `linkify: false`.
pub(super) fn options_shown(told: &Value, read: &[&str]) -> Vec<String> {
    let shown = |key: &&str| {
        Some(match told.get(&[key])? {
            Value::Flag(false) => format!("{key}: false"),
            _ => (*key).to_owned(),
        })
    };
    read.iter().filter_map(shown).collect()
}

/// What is read of the options of markdown-it.
pub(super) const OPTIONS: &[&str] = &["breaks", "linkify", "typographer", "quotes"];

/// The engine with what markdown-it is told, an object of its options; `None` where that is not modelled.
pub(super) fn told(usual: Options, told: &Value) -> Option<Options> {
    let flag = |key: &str, usual: bool| match told.get(&[key]) {
        None => Some(usual),
        Some(value) => value.flag(),
    };
    let quotes = match told.get(&["quotes"]) {
        None => QUOTES,
        Some(Value::Text(signs)) => signs.chars().collect::<Vec<_>>().try_into().ok()?,
        Some(_) => return None,
    };
    let links = flag("linkify", usual.bare_urls.is_some())?;
    if !told.is_whole() || !flag("html", usual.raw_html)? {
        return None;
    }
    Some(Options {
        breaks: flag("breaks", usual.breaks)?,
        typographer: flag("typographer", usual.typographer)?,
        typography: Typography::MarkdownIt(quotes),
        bare_urls: links.then_some(BareUrls::LinkifyIt),
        ..usual
    })
}

/// What takes formulas out, and what sets them.
fn native(module: &str) -> Option<(Math, Engine)> {
    Some(match module {
        "markdown-it-katex" | "@iktakahiro/markdown-it-katex" | "@traptitech/markdown-it-katex" => {
            (Math::MarkdownItSpaces, Engine::Katex)
        }
        "@vscode/markdown-it-katex" => (Math::MarkdownItLetters, Engine::Katex),
        "markdown-it-mathjax3" => (Math::MarkdownItSpaces, Engine::MathJax3),
        _ => return None,
    })
}

/// What sets the formulas that a plugin takes out, which Hexo names in YAML.
pub(super) fn setter_by_name(file: &str, module: &str) -> Option<SetsMath> {
    native(module).map(|(_, engine)| setter(file, module, engine, None))
}

fn setter(file: &str, module: &str, engine: Engine, told: Option<&Value>) -> SetsMath {
    let told_macros = told.and_then(|told| told.get(&["macros"]));
    let macros = match told_macros {
        Some(Value::Object(macros)) => macros
            .entries()
            .iter()
            .filter_map(|(name, meaning)| Some((name.trim_start_matches('\\').to_owned(), meaning.text()?.to_owned())))
            .collect(),
        _ => BTreeMap::new(),
    };
    SetsMath {
        engine: Some(engine),
        package: module.to_owned(),
        file: file.to_owned(),
        macros,
        is_whole: told.is_none_or(|told| told.is_whole() && told_macros.is_none_or(Value::is_whole)),
        theme_is_unseen: false,
        extensions: Vec::new(),
        stops: false,
    }
}

/// markdown-it-anchor by its options; `None` where it makes ids in a way of the config's own.
fn anchor(script: &Script, told: Option<&Value>) -> Option<(Style, u8)> {
    let usual = Some((Style::MarkdownItAnchor, 1));
    let Some(told) = told else { return usual };
    if !told.is_whole() && !matches!(told, Value::Object(_)) {
        return None;
    }
    let style = match told.get(&["slugify"]) {
        None if told.get(&["getTokensText"]).is_some() || told.get(&["slugifyWithState"]).is_some() => return None,
        None => Style::MarkdownItAnchor,
        Some(slugify) => match script.unwrapped(slugify.clone()) {
            Value::Call(name, arguments)
                if name.ends_with("getFilter") && arguments.first().and_then(Value::text) == Some("slugify") =>
            {
                Style::EleventyAnchor
            }
            _ => return None,
        },
    };
    let number = |value: &Value| if let Value::Number(number) = value { number.parse().ok() } else { None };
    let level = match told.get(&["level"]) {
        None => 1,
        Some(Value::List(levels)) => {
            let levels: Option<Vec<u8>> = levels.iter().map(number).collect();
            let levels = levels?;
            // A level that is left out at the end has few headings.
            levels.iter().copied().min()?
        }
        Some(level) => number(level)?,
    };
    Some((style, level))
}
