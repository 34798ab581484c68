//! Layouts that change the addresses in a post: Liquid 5.4.0, `standardfilters.rb`.

use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::config::Config;
use crate::files::{Files, join};
use crate::generators::rewrites::{Lookup, Rewrite};
use crate::generators::{Conventions, Site, text};
use crate::post::Post;
use crate::syntax::front_matter;

/// Layouts within layouts, and includes within these, go no deeper.
const DEEPEST: usize = 8;

/// What the layouts of a post do to the addresses of its images, or of its links.
pub(super) fn rewrite(site: &Site, config: &Config, files: &Files, post: &Post, of_image: bool) -> Option<Rewrite> {
    if let Some(theme) = chirpy(site).filter(|_| of_image) {
        let own = ["media_subpath", "img_path"].into_iter().find_map(|key| {
            let written = post.front_matter().and_then(|front| front.text(key));
            written.or_else(|| config.preset(post.path, key)).map(str::to_owned)
        });
        let folder = own.unwrap_or_default();
        let has_other_host =
            ["cdn", "img_cdn"].into_iter().any(|key| text(&site.tree, &[key]).is_some_and(|url| !url.is_empty()));
        let places = vec![Lookup::Root(format!("/{}", folder.trim_matches('/')))];
        return Some(Rewrite {
            places,
            is_sure: true,
            keeps: false,
            is_exact: !has_other_host && !folder.contains(':'),
            by: format!("the theme `{theme}`"),
        });
    }
    let layout =
        post.front_matter().and_then(|front| front.text("layout")).or_else(|| config.preset(post.path, "layout"))?;
    let path =
        chain(config, files, layout).into_iter().find_map(|(path, text)| changes(&text, of_image).then_some(path))?;
    Some(Rewrite { by: format!("`{path}`"), ..Rewrite::default() })
}

/// Chirpy, which puts `media_subpath`, `img_path` before version 7, before the addresses of images, where its files are
/// not here: its `_includes/refactor-content.html` and `_includes/img-path.html`.
fn chirpy(site: &Site) -> Option<&str> {
    let named = site.theme.iter().chain(&site.plugins);
    named.map(String::as_str).find(|name| name.to_lowercase().contains("chirpy"))
}

/// The layouts of a post with all they include, by their paths.
pub(super) fn chain(config: &Config, files: &Files, layout: &str) -> Vec<(String, Arc<str>)> {
    let mut all: Vec<(String, Arc<str>)> = Vec::new();
    let mut next = Some(layout.to_owned());
    for _ in 0..DEEPEST {
        let Some(name) = next.take() else { break };
        let paths = ["html", "htm", "liquid", "md"].map(|end| join(&config.layouts, &format!("{name}.{end}")));
        let Some(path) = paths.into_iter().find(|path| files.is_file(path)) else { break };
        let Some(text) = files.text(&path) else { break };
        next = front_matter::read(&text).whole().and_then(|front| front.text("layout")).map(str::to_owned);
        all.push((path, text));
    }
    let mut at = 0;
    while at < all.len() && all.len() < 200 {
        let named: Vec<String> =
            INCLUDE.captures_iter(&all[at].1).map(|found| join(&config.includes, &found[1])).collect();
        for path in named {
            if all.iter().all(|(known, _)| *known != path)
                && let Some(text) = files.text(&path)
            {
                all.push((path, text));
            }
        }
        at += 1;
    }
    all
}

static INCLUDE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{%-?\s*include(?:_cached)?\s+([\w./-]+)").expect("a pattern"));
/// A filter that changes a part of a text, with what it looks for.
static FILTER: LazyLock<Regex> = LazyLock::new(|| {
    let names = "replace|replace_first|replace_last|remove|remove_first|remove_last|split|replace_regex|regex_replace";
    Regex::new(&format!(r#"\|\s*(?:{names})\s*:\s*("[^"]*"|'[^']*'|[\w.-]+)(?:\s*,\s*("[^"]*"|'[^']*'|[\w.-]+))?"#))
        .expect("a pattern")
});

/// Whether a template changes the addresses of images or links in the content that it is handed.
fn changes(text: &str, of_image: bool) -> bool {
    let signs: &[&str] = if of_image { &["src", "<img"] } else { &["href", "<a "] };
    if !text.contains("content") || !signs.iter().any(|sign| text.contains(sign)) {
        return false;
    }
    FILTER.captures_iter(text).any(|found| {
        let looked_for = value(text, &found[1]);
        let Some(sign) = signs.iter().find(|sign| looked_for.contains(*sign)) else { return false };
        let instead = found.get(2).map(|part| value(text, part.as_str()));
        !keeps_address(sign, &looked_for, instead.as_deref())
    })
}

/// The text of a literal, or of all that a name gets.
fn value(text: &str, written: &str) -> String {
    if let Some(inner) = written.strip_prefix(['"', '\'']) {
        return inner[..inner.len().saturating_sub(1)].to_owned();
    }
    let name = regex::escape(written);
    let own = Regex::new(&format!(
        r"(?s)\{{%-?\s*capture\s+{name}\s*-?%\}}(.*?)\{{%-?\s*endcapture|\{{%-?\s*assign\s+{name}\s*=(.*?)-?%\}}"
    ));
    let values = own.iter().flat_map(|own| own.captures_iter(text));
    values.filter_map(|found| found.get(1).or_else(|| found.get(2))).map(|part| part.as_str()).collect()
}

/// Whether what is put in place of a part of a tag leaves the address as it is: `<img` becomes `<img loading="lazy"`.
fn keeps_address(sign: &str, looked_for: &str, instead: Option<&str>) -> bool {
    let Some(instead) = instead else { return false };
    let attribute = if sign.contains('a') && !sign.contains("img") || *sign == *"href" { "href" } else { "src" };
    let behind = |text: &str| {
        let at = text.rfind(&format!("{attribute}="))?;
        Some(text[at + attribute.len() + 1..].trim_start_matches(['"', '\'']).to_owned())
    };
    match (behind(looked_for), behind(instead)) {
        (Some(before), Some(after)) => before == after,
        (None, None) => !instead.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_addresses() {
        for (text, images, links) in [
            (r#"{{ content | replace: '<img src="', '<img src="/a/' }}"#, true, false),
            (
                r#"{% capture start %}<img src="{{ page.path }}/{% endcapture %}{{ content | replace: '<img src="', start }}"#,
                true,
                false,
            ),
            (r#"{% assign parts = content | split: 'src="' %}"#, true, false),
            (r#"{{ content | replace: '<img ', '<img loading="lazy" ' }}"#, false, false),
            (r#"{{ content | replace: '<img src="', '<img class="b" src="' }}"#, false, false),
            (r#"{{ content | replace: 'href="/', 'href="/blog/' }}"#, false, true),
            (r#"{{ content | replace: '<a ', '<a target="_blank" ' }}"#, false, false),
            (r#"{{ content | split: "<h" }}<a href="b">"#, false, false),
            (r#"{{ page.excerpt | strip_html }}<img src="a">"#, false, false),
        ] {
            assert_eq!((changes(text, true), changes(text, false)), (images, links), "{text}");
        }
    }
}
