//! The files of a Jekyll site beside its config: layouts, includes, plugins, the Gemfile.

use std::sync::Arc;

use crate::files::{Files, join};

/// The blog's own plugins.
pub(crate) fn scripts(files: &Files, folder: &str) -> Vec<Arc<str>> {
    let scripts = files.below(folder, |_| true).into_iter().filter(|file| file.ends_with(".rb"));
    scripts.filter_map(|file| files.text(&join(folder, &file))).collect()
}

/// The Liquid tags that the blog's own plugins register; `None` where it has none.
pub(crate) fn plugins(files: &Files, folder: &str) -> Option<Vec<String>> {
    let sources = scripts(files, folder);
    if sources.is_empty() {
        return None;
    }
    let mut tags: Vec<String> = sources.iter().flat_map(|source| registered(source)).collect();
    tags.sort_unstable();
    tags.dedup();
    Some(tags)
}

/// The names in `Liquid::Template.register_tag('video', VideoTag)`.
fn registered(source: &str) -> impl Iterator<Item = String> {
    let calls = source.split("register_tag").skip(1);
    calls.filter_map(|call| {
        let call = call.trim_start_matches(|c: char| c == '(' || c.is_whitespace());
        if let Some(symbol) = call.strip_prefix(':') {
            let end = symbol.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(symbol.len());
            return Some(symbol[..end].to_owned());
        }
        let quote = call.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        Some(call[1..].split_once(quote)?.0.to_owned())
    })
}

/// The gems of the Gemfile's group `jekyll_plugins`, which Jekyll loads by themselves (`plugin_manager.rb`), and
/// `github-pages`, which brings its own.
pub(crate) fn gems(files: &Files) -> Vec<String> {
    let Some(gemfile) = files.text("Gemfile") else { return Vec::new() };
    let mut in_group = false;
    let mut gems = Vec::new();
    for line in gemfile.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        if line.starts_with("group") {
            in_group = line.contains("jekyll_plugins");
        } else if line == "end" {
            in_group = false;
        }
        let Some(gem) = line.strip_prefix("gem").and_then(|rest| rest.split(['\'', '"']).nth(1)) else { continue };
        if in_group || line.contains("jekyll_plugins") || gem == "github-pages" {
            gems.push(gem.to_owned());
        }
    }
    gems
}

/// Whether Jekyll 3 may build the site, as GitHub Pages does by itself: by the Gemfile and what it is locked to, and
/// without one by the host and the workflow.
pub(crate) fn may_be_of_jekyll_3(files: &Files, url: &str, has_remote_theme: bool) -> bool {
    let gemfile = files.text("Gemfile").unwrap_or_default();
    let locked = files.text("Gemfile.lock").unwrap_or_default();
    let told = |text: &str| text.lines().map(str::trim).any(|line| !line.starts_with('#') && is_jekyll_3(line));
    match gemfile.is_empty() && locked.is_empty() {
        true => url.is_empty() || url.trim_end_matches('/').ends_with(".github.io") || has_remote_theme,
        false => told(&gemfile) || told(&locked),
    }
}

/// A line of a Gemfile, or of what it is locked to.
fn is_jekyll_3(line: &str) -> bool {
    let words: Vec<&str> = line.split(['\'', '"', ' ', ',', '(', ')', '=', '~', '<', '>']).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty() && *word != "gem").collect();
    match words[..] {
        ["github-pages", ..] => true,
        ["jekyll", version, ..] => version.starts_with("3.") || version == "3",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_jekyll_of_a_gemfile() {
        for (line, is_3) in [
            ("gem \"github-pages\", group: :jekyll_plugins", true),
            ("gem 'jekyll', '~> 3.9.0'", true),
            ("gem \"jekyll\", \"3.10.0\"", true),
            ("jekyll (3.9.3)", true),
            ("gem \"jekyll\", \"~> 4.3\"", false),
            ("gem \"jekyll\"", false),
            ("jekyll (4.3.1)", false),
            ("jekyll-feed (0.17.0)", false),
        ] {
            assert_eq!(is_jekyll_3(line), is_3, "{line}");
        }
    }

    #[test]
    fn tags_that_plugins_register() {
        let source = "Liquid::Template.register_tag('video', Video)\nLiquid::Template.register_tag \"note\", Note\n\
            register_tag(:figure, Figure)\nregister_tag(name, Other)\n";
        assert_eq!(registered(source).collect::<Vec<_>>(), ["video", "note", "figure"]);
    }
}
