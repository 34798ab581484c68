//! Quartz 4, by its `quartz.config.ts`: what it makes of notes is more than remark does, so no page is known.

use super::features::Features;
use super::javascript::{Script, Value};
use super::unified::{Modelled, UnifiedSite, setter};
use super::{Reason, Site};
use crate::files::Files;
use crate::markdown::commonmark::{Math, Options};
use crate::tex::Engine;

const FEATURES: Features = Features { name: "Quartz", port: Some("8080"), ..Features::PLAIN };

/// The same where drafts are left out (`plugins/filters/draft.ts`).
const WITHOUT_DRAFTS: Features = Features { withheld_by: Some(("draft", true)), ..FEATURES };

/// The names of its config.
const CONFIGS: &[&str] = &["quartz.config.ts", "quartz.config.js"];

/// Reads the site.
pub(super) fn read(files: &Files) -> Site {
    let found = Script::first(files, CONFIGS);
    let config = found.as_ref().map(|(name, _)| (*name).to_owned());
    let plugins = |group: &str| -> Vec<Value> {
        let Some((_, script)) = &found else { return Vec::new() };
        let exported = script.exported();
        exported.get(&["plugins", group]).map_or_else(Vec::new, |list| script.unwrapped(list.clone()).items().to_vec())
    };
    let called = |list: &[Value], name: &str| -> Option<Vec<Value>> {
        list.iter().find_map(|item| match item {
            Value::Call(called, arguments) if called.rsplit('.').next() == Some(name) => Some(arguments.clone()),
            _ => None,
        })
    };
    let transformers = plugins("transformers");
    let latex = called(&transformers, "Latex");
    let sets_math = found.as_ref().zip(latex.as_ref()).map(|((file, script), arguments)| {
        let options = arguments.first();
        let engine = match options.and_then(|options| options.get(&["renderEngine"])).and_then(Value::text) {
            Some("mathjax") => Engine::MathJax3,
            _ => Engine::Katex,
        };
        let mut found = setter((file, script), files, "Plugin.Latex", engine, options);
        let custom = options.and_then(|options| options.get(&["customMacros"]));
        found.is_whole &= custom.is_none();
        found
    });
    let math = if sets_math.is_some() { Math::Remark { single: true } } else { Math::Browser };
    let engine = Options { name: "Quartz", math, is_outline: true, ..Options::remark() };
    let drafts = called(&plugins("filters"), "RemoveDrafts").is_some();
    let why = match &found {
        Some((name, _)) => Reason::there(&[name]),
        None => Reason::because("Quartz has one engine"),
    };
    let folders = if files.is_folder("content") { vec!["content".to_owned()] } else { vec![String::new()] };
    let site = UnifiedSite { folders, extensions: &["md"], hides_underscores: false, why, unclear: Vec::new() };
    let features = if drafts { &WITHOUT_DRAFTS } else { &FEATURES };
    Modelled { features, config, markdown: Some(engine), sets_math, changes_ids: false, site }.into()
}
