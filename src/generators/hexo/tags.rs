//! The tags of a site: those of Hexo 8.1.2 itself (`plugins/tag/index.ts`), of plugins and of scripts.

use std::sync::LazyLock;

use regex::Regex;

use super::packages::Packages;
use crate::files::{Files, join};
use crate::generators::config;
use crate::nunjucks::Known;
use crate::syntax::front_matter::Tree;

/// Tags of Hexo, each with whether `end…` closes it.
const OWN: &[(&str, bool)] = &[
    ("a", false),
    ("anchor", false),
    ("asset_image", false),
    ("asset_img", false),
    ("asset_link", false),
    ("asset_path", false),
    ("blockquote", true),
    ("code", true),
    ("codeblock", true),
    ("full_url_for", false),
    ("iframe", false),
    ("image", false),
    ("img", false),
    ("include_code", false),
    ("link", false),
    ("post_link", false),
    ("post_path", false),
    ("pullquote", true),
    ("quote", true),
    ("url_for", false),
];

/// Those that it had up to version 6; hexo-tag-embed has them.
const EARLIER: &[&str] = &["gist", "jsfiddle", "vimeo", "youtube"];

/// Plugins and the tags that they bring.
const OF_PLUGINS: &[(&str, &[(&str, bool)])] = &[
    ("hexo-tag-embed", &[("gist", false), ("jsfiddle", false), ("vimeo", false), ("youtube", false)]),
    ("hexo-math", &[("katex", true), ("mathjax", true)]),
    ("hexo-filter-mathjax", &[]),
    ("hexo-filter-mermaid-diagrams", &[]),
    ("hexo-blog-encrypt", &[]),
    ("hexo-asset-image", &[]),
    ("hexo-lazyload-image", &[]),
    ("hexo-image-link", &[]),
    ("hexo-abbrlink", &[]),
    ("hexo-pdf", &[("pdf", false)]),
];

/// Themes that bring none.
const PLAIN_THEMES: &[&str] = &["landscape"];

/// The tags that posts can use, unless Nunjucks reads none of them.
pub(super) fn of(tree: &Tree, source: &str, packages: &Packages, files: &Files) -> Option<Known> {
    if config::flag(tree, &["marked", "disableNunjucks"]) == Some(true) {
        return None;
    }
    let mut known = Known::default();
    known.tags.extend(OWN.iter().map(|(name, is_block)| ((*name).to_owned(), Some(*is_block))));
    let mut missing =
        (packages.is_faulty || !tree.faults.is_empty()).then(|| "what `package.json` does not tell".to_owned());
    match packages.hexo {
        Some(7..) => {}
        version => {
            // Which of them it has depends on the version.
            let is_block = version.map(|_| false);
            known.tags.extend(EARLIER.iter().map(|name| ((*name).to_owned(), is_block)));
        }
    }
    for plugin in &packages.plugins {
        match OF_PLUGINS.iter().find(|(name, _)| name == plugin) {
            Some((_, tags)) => {
                known.tags.extend(tags.iter().map(|(name, is_block)| ((*name).to_owned(), Some(*is_block))));
            }
            None => missing = missing.or_else(|| Some(format!("the plugin `{plugin}`"))),
        }
    }
    // Before version 5 a name of no post was passed over; with another pattern of names, parts of them are no part of it.
    let is_plain = config::text(tree, &["new_post_name"]).is_none_or(|name| name.starts_with(":title."));
    known.post_folder =
        Some(join(source, "_posts")).filter(|_| is_plain && packages.hexo.is_some_and(|major| major >= 5));
    known.has_asset_folders = config::flag(tree, &["post_asset_folder"]) == Some(true);
    for script in &packages.scripts {
        let text = files.text(script).unwrap_or_else(|| "".into());
        if !read_script(&text, &mut known) {
            missing = missing.or_else(|| Some(format!("the script `{script}`")));
        }
    }
    let theme = packages.theme.as_ref().filter(|theme| !PLAIN_THEMES.contains(&theme.as_str()));
    let is_here = |theme: &&String| files.is_folder(&format!("themes/{theme}/layout"));
    let absent = theme.filter(|theme| !is_here(theme));
    known.missing = missing.or_else(|| absent.map(|theme| format!("the theme `{theme}`, which is not in the folder")));
    Some(known)
}

/// Adds the tags that a script registers; whether these are all.
fn read_script(text: &str, known: &mut Known) -> bool {
    static REGISTER: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r#"(?s)\btag\s*\.\s*register\s*\(\s*(?:(?:'([\w-]+)'|"([\w-]+)"|`([\w-]+)`)\s*,(.{0,400}))?"#;
        Regex::new(pattern).expect("a pattern")
    });
    // Empty ones stand for others that are put in their place.
    let mut is_whole = !text.trim().is_empty() && !text.contains("before_post_render");
    // Who takes `tag` apart, or the whole of `hexo`, can do more.
    is_whole &= !text.contains("require(") || !text.contains("(hexo)");
    for found in REGISTER.captures_iter(text) {
        let Some(name) = found.get(1).or_else(|| found.get(2)).or_else(|| found.get(3)) else {
            is_whole = false;
            continue;
        };
        let behind = found.get(4).map_or("", |behind| behind.as_str());
        // Whether it is a block stands behind the function, which may be long.
        let call = behind.split([';', '\n']).next().unwrap_or_default();
        let is_long = ["function", "=>", "{"].iter().any(|sign| call.contains(sign));
        let is_block = (!is_long).then(|| call.contains("true"));
        known.tags.insert(name.as_str().to_owned(), is_block);
    }
    is_whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_scripts() {
        for (script, expected, is_whole) in [
            ("hexo.extend.tag.register('a1', f);", &[("a1", Some(false))][..], true),
            ("hexo.extend.tag.register(\"a1\", f, true)", &[("a1", Some(true))], true),
            ("hexo.extend.tag.register('a1', f, {ends: true});", &[("a1", None)], true),
            ("hexo.extend.tag.register('a1', function (args) {\n return 1;\n});", &[("a1", None)], true),
            ("for (const n of names) hexo.extend.tag.register(n, f);", &[], false),
            ("hexo.extend.helper.register('h', f)", &[], true),
            ("require('./tags')(hexo);", &[], false),
            ("", &[], false),
        ] {
            let mut known = Known::default();
            assert_eq!(read_script(script, &mut known), is_whole, "{script}");
            let found: Vec<(&str, Option<bool>)> = known.tags.iter().map(|(name, is)| (name.as_str(), *is)).collect();
            assert_eq!(found, expected, "{script}");
        }
    }
}
