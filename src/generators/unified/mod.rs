//! What generators share that read posts with unified: plugins of remark and rehype, and which of them have a hand in what
//! becomes of a text.

mod gatsby;
mod known;
mod site;

use std::collections::BTreeMap;

use self::known::{Effect, effect};
use super::Unclear;
use super::javascript::{Script, Value};
use crate::files::Files;
use crate::markdown::commonmark::{Math, Options};
use crate::tex::Engine;

pub(super) use self::gatsby::GatsbyPlugins;
pub(super) use self::site::{Modelled, UnifiedSite};

/// What sets the formulas that the Markdown engine takes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SetsMath {
    /// The engine; `None` where it is not known.
    pub engine: Option<Engine>,
    /// The package that says so.
    pub package: String,
    /// The file that names it.
    pub file: String,
    /// The macros of the site without their backslash, with what they stand for.
    pub macros: BTreeMap<String, String>,
    /// All that the engine is told was read.
    pub is_whole: bool,
    /// A theme that was not seen may tell it more.
    pub theme_is_unseen: bool,
    /// What KaTeX has besides: `mhchem`.
    pub extensions: Vec<&'static str>,
    /// A formula that it cannot read stops the build.
    pub stops: bool,
}

/// What the plugins of a site do to its posts.
#[derive(Debug, Default)]
pub(super) struct Plugins {
    /// Formulas are taken out, those between single dollar signs, too, or not.
    math: Option<bool>,
    /// What sets them, and its place in the list.
    setter: Option<(usize, SetsMath)>,
    /// The place of what makes the ids of headings, if that is one of them.
    slug: Option<usize>,
    /// The ids of headings may be others.
    changes_ids: bool,
    /// Signs of typography are set.
    smart: bool,
    /// Those that may change what is read.
    meddling: Vec<String>,
    /// Those that may change the page.
    unclear: Vec<String>,
}

impl Plugins {
    /// Reads the lists of plugins of a config.
    pub(super) fn read(
        config: (&str, &Script),
        files: &Files,
        remark: Option<&Value>,
        rehype: Option<&Value>,
    ) -> Plugins {
        let (file, script) = config;
        let mut plugins = Plugins::default();
        for (list, is_remark) in [(remark, true), (rehype, false)] {
            let Some(list) = list else { continue };
            let list = script.unwrapped(list.clone());
            if !matches!(list, Value::List(_)) {
                let name = if is_remark { "remarkPlugins" } else { "rehypePlugins" };
                plugins.may_change(is_remark, format!("`{name}`"));
                continue;
            }
            for (index, plugin) in list.items().iter().enumerate() {
                plugins.add((file, script), files, plugin, index, is_remark);
            }
        }
        plugins
    }

    fn add(&mut self, (file, script): (&str, &Script), files: &Files, plugin: &Value, index: usize, is_remark: bool) {
        let options = plugin.items().get(1).cloned().map(|options| script.unwrapped(options));
        match script.plugin(plugin) {
            Some(module) if module.starts_with(['.', '~', '@']) && is_local(module) => {
                let shown = format!("`{module}`");
                if !known::is_harmless_script(module, files) {
                    self.may_change(is_remark, shown);
                }
            }
            Some(module) => match effect(module) {
                Effect::Nothing => {}
                Effect::Ids => self.changes_ids = true,
                Effect::Slug => self.slug = Some(index),
                Effect::Smart => self.smart = true,
                Effect::Math => {
                    let single = |options: &Value| options.get(&["singleDollarTextMath"]).and_then(Value::flag);
                    self.math = Some(options.as_ref().and_then(single) != Some(false));
                }
                Effect::Setter(engine) => {
                    self.setter = Some((index, setter((file, script), files, module, engine, options.as_ref())));
                }
                Effect::Unknown => self.may_change(is_remark, format!("plugin `{module}`")),
            },
            None => {
                let name = match plugin {
                    Value::Name(name) => format!("`{name}`"),
                    Value::List(items) => match items.first() {
                        Some(Value::Name(name)) => format!("`{name}`"),
                        _ => "a plugin".to_owned(),
                    },
                    Value::Null | Value::Flag(_) => return,
                    _ => "a plugin".to_owned(),
                };
                if !known::tells_reading_time(&name) {
                    self.may_change(is_remark, name);
                }
            }
        }
    }

    fn may_change(&mut self, is_remark: bool, what: String) {
        if is_remark { self.meddling.push(what) } else { self.unclear.push(what) }
    }

    /// Those of another list besides.
    pub(super) fn join(&mut self, other: Plugins) {
        self.math = self.math.or(other.math);
        self.slug = self.slug.or(other.slug);
        self.setter = self.setter.take().or(other.setter);
        self.changes_ids |= other.changes_ids;
        self.smart |= other.smart;
        let new = |own: &[String], others: Vec<String>| -> Vec<String> {
            others.into_iter().filter(|what| !own.contains(what)).collect()
        };
        let (meddling, unclear) = (new(&self.meddling, other.meddling), new(&self.unclear, other.unclear));
        self.meddling.extend(meddling);
        self.unclear.extend(unclear);
    }

    /// The engine with the plugins; `None` where one may change what it reads.
    pub(super) fn engine(&self, usual: Options) -> Option<Options> {
        let after = |(katex, setter): &(usize, SetsMath)| {
            setter.engine == Some(Engine::Katex) && self.slug.is_none_or(|slug| *katex < slug)
        };
        self.meddling.is_empty().then(|| Options {
            math: self.math.map_or(Math::Browser, |single| Math::Remark { single }),
            ids_after_katex: self.math.is_some() && self.setter.as_ref().is_some_and(after),
            typographer: usual.typographer || self.smart,
            ..usual
        })
    }

    /// What sets the formulas that the engine takes out.
    pub(super) fn sets_math(&self, file: &str) -> Option<SetsMath> {
        self.math?;
        let unknown = || SetsMath {
            engine: None,
            package: "remark-math".to_owned(),
            file: file.to_owned(),
            macros: BTreeMap::new(),
            is_whole: false,
            theme_is_unseen: false,
            extensions: Vec::new(),
            stops: false,
        };
        Some(self.setter.as_ref().map_or_else(unknown, |(_, setter)| setter.clone()))
    }

    /// Whether the ids of headings may be others than those of the engine.
    pub(super) fn changes_ids(&self) -> bool {
        self.changes_ids || !self.unclear.is_empty()
    }

    /// What keeps the engine from being known.
    pub(super) fn meddling(&self) -> Option<&str> {
        self.meddling.first().map(String::as_str)
    }

    /// What is not understood.
    pub(super) fn unclear(&self) -> Vec<Unclear> {
        let read = self.meddling.iter().map(|what| (what, "it may change what is read of posts"));
        let page = self.unclear.iter().map(|what| (what, "it may change pages, and the ids of their headings"));
        read.chain(page).map(|(what, so)| Unclear::new(what.clone(), so)).collect()
    }
}

/// Whether a module is a file of the site: one beside the config, or by an alias of its own.
fn is_local(module: &str) -> bool {
    module.starts_with(['.', '~']) || module.starts_with("@/")
}

/// What sets formulas, with its options.
pub(super) fn setter(
    (file, script): (&str, &Script),
    files: &Files,
    package: &str,
    engine: Engine,
    options: Option<&Value>,
) -> SetsMath {
    let (macros, is_whole) = match options {
        None => (BTreeMap::new(), true),
        Some(options) => {
            let of_tex = options.get(&["macros"]).or_else(|| options.get(&["tex", "macros"]));
            let macros = of_tex.map(|macros| match script.unwrapped(macros.clone()) {
                Value::Name(name) => script.imported(files, &name).unwrap_or(Value::Unknown),
                macros => macros,
            });
            let loads = options.get(&["tex", "packages"]).is_some();
            let is_read = macros.as_ref().is_none_or(Value::is_whole) && options.is_whole() && !loads;
            (macros.as_ref().map(definitions).unwrap_or_default(), is_read)
        }
    };
    let loads = |(_, module): &(String, String)| module.contains("mhchem");
    let extensions = if script.imports().iter().any(loads) { vec!["mhchem"] } else { Vec::new() };
    SetsMath {
        engine: Some(engine),
        package: package.to_owned(),
        file: file.to_owned(),
        macros,
        is_whole,
        theme_is_unseen: false,
        extensions,
        stops: false,
    }
}

/// Macros with what they stand for.
fn definitions(macros: &Value) -> BTreeMap<String, String> {
    let Value::Object(object) = macros else { return BTreeMap::new() };
    let text = |value: &Value| match value {
        Value::Text(text) | Value::Template(text) => text.clone(),
        Value::List(items) => match items.get(1) {
            Some(Value::Number(arity)) => format!("#{arity}"),
            _ => String::new(),
        },
        _ => String::new(),
    };
    object.entries().iter().map(|(name, value)| (name.trim_start_matches('\\').to_owned(), text(value))).collect()
}
