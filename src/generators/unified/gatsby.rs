//! The plugins of gatsby-transformer-remark.

use super::known::HARMLESS_OF_GATSBY;
use super::{SetsMath, setter};
use crate::files::Files;
use crate::generators::javascript::{Script, Value};
use crate::tex::Engine;

/// What they do to posts.
#[derive(Debug, Default)]
pub(crate) struct GatsbyPlugins {
    /// One makes the ids of headings.
    pub makes_ids: bool,
    /// In a way that is not known.
    pub changes_ids: bool,
    /// Signs of typography are set.
    pub is_smart: bool,
    /// What sets formulas.
    pub sets_math: Option<SetsMath>,
    /// Those that may change what is read.
    pub meddling: Vec<String>,
}

impl GatsbyPlugins {
    /// Reads their list.
    pub(crate) fn read((file, script): (&str, &Script), files: &Files, list: Option<&Value>) -> GatsbyPlugins {
        let mut plugins = GatsbyPlugins::default();
        let Some(list) = list.map(|list| script.unwrapped(list.clone())) else { return plugins };
        if !matches!(list, Value::List(_)) {
            plugins.meddling.push(format!("what `{file}` lists as plugins"));
        }
        for plugin in list.items() {
            let options = plugin.get(&["options"]).map(|options| script.unwrapped(options.clone()));
            match script.plugin(plugin) {
                Some("gatsby-remark-autolink-headers") => {
                    plugins.makes_ids = true;
                    let is_on = |key: &&str| {
                        let value = options.as_ref().and_then(|options| options.get(&[key]));
                        value.is_some_and(|value| value.flag() != Some(false))
                    };
                    const CHANGING: &[&str] = &["maintainCase", "removeAccents", "enableCustomId", "elements"];
                    plugins.changes_ids |= CHANGING.iter().any(is_on);
                }
                Some("gatsby-remark-smartypants") => plugins.is_smart = true,
                Some(name @ ("gatsby-remark-katex" | "@mdx-js/katex")) => {
                    let mut found = setter((file, script), files, name, Engine::Katex, options.as_ref());
                    let throws = options.as_ref().and_then(|options| options.get(&["throwOnError"]));
                    found.stops = throws.and_then(Value::flag) != Some(false);
                    plugins.sets_math = Some(found);
                }
                Some(name) if HARMLESS_OF_GATSBY.contains(&name) => {}
                Some(name) => plugins.meddling.push(format!("plugin `{name}`")),
                None if matches!(plugin, Value::Null | Value::Flag(_)) => {}
                None => plugins.meddling.push("a plugin".to_owned()),
            }
        }
        plugins
    }
}
