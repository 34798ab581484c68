//! The keys of posts that templates print as addresses, without doing more to them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::rewrites::ShownKey;
use crate::files::{Files, join};

/// How the templates of a generator write such a key.
pub(super) struct Syntax {
    /// All that stands before the key, wherever one is named: `.Params.`.
    pub mark: &'static str,
    /// The key as an attribute, printed as it is.
    pub plain: &'static LazyLock<Regex>,
    /// The same, made an address from the root on.
    pub rooted: &'static LazyLock<Regex>,
    /// The key where somebody only asks whether there is one.
    pub asked: &'static LazyLock<Regex>,
    /// The keys of front matter above it.
    pub above: &'static [&'static str],
}

/// So many templates are read.
const MOST: usize = 1000;

/// The keys that the templates of some folders print, each in one way only.
pub(super) fn of(files: &Files, folders: &[String], syntax: &Syntax) -> Vec<ShownKey> {
    // How often each is named, and how often in a way that is understood: as it is, or from the root on.
    let mut seen: BTreeMap<String, (usize, usize, usize, usize)> = BTreeMap::new();
    for folder in folders {
        for file in files.below(folder, |_| true).into_iter().filter(|file| file.ends_with(".html")).take(MOST) {
            let Some(text) = files.text(&join(folder, &file)).filter(|text| text.contains(syntax.mark)) else {
                continue;
            };
            for (at, _) in text.match_indices(syntax.mark) {
                let rest = &text[at + syntax.mark.len()..];
                let end =
                    rest.find(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '_' | '.')).unwrap_or(rest.len());
                seen.entry(rest[..end].trim_end_matches('.').to_owned()).or_default().0 += 1;
            }
            let mut count = |pattern: &Regex, which: fn(&mut (usize, usize, usize, usize)) -> &mut usize| {
                for found in pattern.captures_iter(&text) {
                    *which(seen.entry(found[1].to_owned()).or_default()) += 1;
                }
            };
            count(syntax.plain, |seen| &mut seen.1);
            count(syntax.rooted, |seen| &mut seen.2);
            count(syntax.asked, |seen| &mut seen.3);
        }
    }
    let shown = seen.into_iter().filter_map(|(key, (all, plain, rooted, asked))| {
        let is_one_way = (plain == 0) != (rooted == 0) && all == plain + rooted + asked;
        let path = syntax.above.iter().copied().chain(key.split('.')).map(str::to_owned).collect();
        is_one_way.then_some(ShownKey { path, is_rooted: rooted > 0 })
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    static PLAIN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"src="\{\{-?\s*\.Params\.([\w.]+)\s*-?\}\}"#).expect("a pattern"));
    static ROOTED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"src="\{\{-?\s*\.Params\.([\w.]+)\s*\|\s*relURL\s*-?\}\}"#).expect("a pattern"));
    static ASKED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\{\{-?\s*if\s+\.Params\.([\w.]+)\s*-?\}\}").expect("a pattern"));
    const SYNTAX: Syntax = Syntax { mark: ".Params.", plain: &PLAIN, rooted: &ROOTED, asked: &ASKED, above: &[] };

    #[test]
    fn what_templates_print() {
        for (text, shown) in [
            (r#"{{ if .Params.cover }}<img src="{{ .Params.cover }}">{{ end }}"#, vec![("cover", false)]),
            (r#"<img src="{{ .Params.cover.image | relURL }}">"#, vec![("cover.image", true)]),
            (r#"<img src="{{ .Params.a }}"><img src="{{ .Params.a | relURL }}">"#, vec![]),
            (r#"{{ with .Resources.Get .Params.a }}{{ else }}<img src="{{ .Params.a }}">{{ end }}"#, vec![]),
            (r#"{{ with .Params.a }}<img src="{{ . }}">{{ end }}"#, vec![]),
        ] {
            let files = Files::in_memory([("layouts/single.html", text)]);
            let shown = shown.into_iter().map(|(key, is_rooted)| {
                let path = key.split('.').map(str::to_owned).collect();
                ShownKey { path, is_rooted }
            });
            assert_eq!(of(&files, &["layouts".to_owned()], &SYNTAX), shown.collect::<Vec<_>>(), "{text}");
        }
    }
}
