//! The shortcodes of a site: its own, and those of its theme (Zola 0.22.1, `components/utils/src/templates.rs`).

use std::sync::LazyLock;

use regex::Regex;

use super::CONFIGS;
use crate::files::{Files, join};
use crate::generators::Site;
use crate::shortcodes::{Content, Dialect, Forms, Known, Piece, Template, shown};

/// Those that Zola itself brought once.
const FORMER: &[&str] = &["gist", "streamable", "vimeo", "youtube"];

/// Actions of Tera, comments left out.
static ACTION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)\{\{-?\s*(.*?)\s*-?\}\}|\{%-?\s*(.*?)\s*-?%\}").expect("a pattern"));
static COMMENT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s)\{#.*?#\}").expect("a pattern"));
static BODY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bbody\b").expect("a pattern"));
static PRINTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^body(?:\s*\|\s*trim)?(?<markdown>\s*\|\s*markdown(?:\([^)]*\))?)?(?:\s*\|\s*trim)?(?<safe>\s*\|\s*safe)?$",
    )
    .expect("a pattern")
});
/// Elements of which the text is no prose.
static APART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)<(?:pre|code|script|style|svg|textarea|template|noscript|math)\b|mermaid").expect("a pattern")
});

pub(super) fn of(site: &Site, files: &Files) -> Known {
    let mut known = Known { dialect: Dialect::Called, missing: missing(site, files), ..Known::default() };
    let theme = site.theme.iter().map(|theme| format!("themes/{theme}/templates/shortcodes"));
    for folder in std::iter::once("templates/shortcodes".to_owned()).chain(theme) {
        let mut of_folder = Known { dialect: Dialect::Called, ..Known::default() };
        for file in files.below(&folder, |_| true) {
            let Some((name, extension)) = file.rsplit_once('.').filter(|(_, end)| matches!(*end, "html" | "md")) else {
                continue;
            };
            let text = files.text(&join(&folder, &file));
            of_folder.add(name, text.map_or_else(Template::default, |text| template(&text, extension == "md")));
        }
        known.add_below(of_folder);
    }
    for name in FORMER {
        known.templates.entry((*name).to_owned()).or_default();
    }
    known
}

/// What may bring others that are not seen.
fn missing(site: &Site, files: &Files) -> Option<String> {
    if site.is_faulty || files.first(CONFIGS).is_none() {
        return Some("what the config does not tell".to_owned());
    }
    let theme = site.theme.as_ref().filter(|theme| !files.is_folder(&format!("themes/{theme}/templates")))?;
    Some(format!("the theme `{theme}`, which is not in this folder"))
}

/// What is told by the text of a template.
fn template(text: &str, is_markdown: bool) -> Template {
    // An empty one stands for another that is put in its place.
    if text.trim().is_empty() {
        return Template { is_markdown, ..Template::default() };
    }
    let text = COMMENT.replace_all(text, "");
    let actions = ACTION.captures_iter(&text).filter(|found| BODY.is_match(&found[0]));
    let is_test = |tag: &str| tag.starts_with("if ") || tag.starts_with("elif ");
    let asked = actions.filter(|found| !found.get(2).is_some_and(|tag| is_test(tag.as_str())));
    let printed =
        asked.map(|found| found.get(1).map_or(Content::Unknown, |action| printed(action.as_str(), is_markdown)));
    let found: Vec<Content> = printed.collect();
    let first = found.first().copied().unwrap_or(Content::Other);
    let content = match found.iter().all(|other| *other == first) {
        true if matches!(first, Content::Raw | Content::Escaped) && !is_markdown && APART.is_match(&text) => {
            Content::Other
        }
        true => first,
        false => Content::Unknown,
    };
    let actions: String = ACTION.find_iter(&text).map(|action| action.as_str()).collect();
    let (pieces, shows) = (pieces(&text, is_markdown), shown(&text, &actions, &FORMS));
    Template { is_markdown, content, pieces, shows, ..Template::default() }
}

/// Parameters as templates write them, which are names of Tera.
static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let printed =
        |inner: &str| format!(r#"\b(?:src|href)\s*=\s*["']?\{{\{{-?\s*{inner}\s*(?:\|\s*safe\s*)?-?\}}\}}["'\s>]"#);
    let pattern = |text: &str| Regex::new(text).expect("a pattern");
    Forms {
        mark: pattern(r"\b([a-z_]\w*)\b"),
        plain: pattern(&printed(r"([a-z_]\w*)")),
        rooted: pattern(&printed(r"get_url\(\s*path\s*=\s*([a-z_]\w*)\s*\)")),
        asked: pattern(r"\{%-?\s*(?:el)?if\s+([a-z_]\w*)\s*-?%\}"),
    }
});

/// What an output does with the body.
fn printed(action: &str, is_markdown: bool) -> Content {
    match PRINTS.captures(action) {
        Some(found) if found.name("markdown").is_some() => Content::Markdown,
        Some(found) if found.name("safe").is_some() || is_markdown => Content::Raw,
        Some(_) => Content::Escaped,
        None => Content::Unknown,
    }
}

/// All that a template prints, where no tag decides of it.
fn pieces(text: &str, is_markdown: bool) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for action in ACTION.captures_iter(text) {
        let whole = action.get(0)?;
        let output = action.get(1)?.as_str();
        let (trims_before, trims_after) = (whole.as_str().starts_with("{{-"), whole.as_str().ends_with("-}}"));
        let before = &text[from..whole.start()];
        let before = if trims_before { before.trim_end() } else { before };
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        pieces.push(match BODY.is_match(output).then(|| printed(output, is_markdown)) {
            None => Piece::Unknown,
            Some(Content::Markdown) => Piece::Markdown,
            Some(Content::Raw) => Piece::Content,
            Some(_) => return None,
        });
        let rest = &text[whole.end()..];
        from = whole.end() + if trims_after { rest.len() - rest.trim_start().len() } else { 0 };
    }
    if from < text.len() {
        pieces.push(Piece::Text(text[from..].to_owned()));
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_becomes_of_the_body() {
        use Content::{Escaped, Markdown, Other, Raw, Unknown};
        for (text, is_markdown, expected) in [
            ("<b>{{ body }}</b>", false, Escaped),
            ("<b>{{ body | safe }}</b>", false, Raw),
            ("{{- body | markdown | safe -}}", false, Markdown),
            ("{{ body | markdown(inline=true) | safe }}", false, Markdown),
            ("> {{ body }}", true, Raw),
            ("{% if body %}{{ body | safe }}{% endif %}", false, Raw),
            ("<pre>{{ body }}</pre>", false, Other),
            ("<img src=\"{{ src }}\">", false, Other),
            ("{# {{ body }} #}", false, Other),
            ("", false, Unknown),
            ("{% set x = body %}{{ x }}", false, Unknown),
            ("{{ body | upper }}", false, Unknown),
            ("{{ body | safe }}{{ body | markdown }}", false, Unknown),
        ] {
            assert_eq!(template(text, is_markdown).content, expected, "{text}");
        }
    }

    #[test]
    fn what_is_missing() {
        for (files, expected) in [
            (&[("config.toml", "base_url = \"x\"\n")] as &[(&str, &str)], true),
            (&[("zola.toml", "theme = \"t\"\n")], false),
            (&[("zola.toml", "theme = \"t\"\n"), ("themes/t/templates/page.html", "")], true),
            (&[("config.toml", "base_url = \n")], false),
        ] {
            let files = Files::in_memory(files.iter().copied());
            let site = super::super::read(&files);
            assert_eq!(of(&site, &files).missing.is_none(), expected);
        }
    }
}
