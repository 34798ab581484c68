//! Templates that make other text of a page before they print it: Hugo 0.168, `tpl/strings` (`Replace`, `ReplaceRE`).

use std::sync::LazyLock;

use regex::Regex;

use super::hooks::{ACTION, COMMENT, STRING, Themes, layouts};
use crate::files::{Files, join};
use crate::generators::Site;
use crate::generators::rewrites::TexRewriter;

/// The template that changes formulas of pages, if there is one: it looks in the page for dollar signs or backslashes, and
/// replaces what it finds.
pub(super) fn tex_rewriter(site: &Site, files: &Files) -> Option<TexRewriter> {
    let themes = Themes::of(&site.tree, files);
    let roots: Vec<String> = layouts(&themes).collect();
    roots.iter().find_map(|root| {
        let of_pages = |file: &String| {
            file.ends_with(".html") && !["shortcodes/", "_markup/"].iter().any(|folder| file.contains(folder))
        };
        files.below(root, |_| true).iter().filter(|file| of_pages(file)).find_map(|file| {
            let path = join(root, file);
            let text = files.text(&path)?;
            let changes_tags = changes_tex(&text)?;
            Some(TexRewriter { path, changes_tags })
        })
    })
}

static MARKS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\\\$|\$\$|\[\$\]|\\\\\\\\").expect("a pattern"));

/// Whether a template changes formulas in what it prints of a page, and if so, whether it changes tags too.
fn changes_tex(text: &str) -> Option<bool> {
    if !text.contains(".Content") || !text.contains("eplace") {
        return None;
    }
    let text = COMMENT.replace_all(text, "");
    let actions: Vec<&str> = ACTION.captures_iter(&text).filter_map(|found| Some(found.get(1)?.as_str())).collect();
    let replaces = actions.iter().any(|action| STRING.replace_all(action, "").to_lowercase().contains("replace"));
    let strings = || actions.iter().flat_map(|action| STRING.find_iter(action)).map(|string| string.as_str());
    let is_of_tex = |string: &str| MARKS.is_match(string) || string.starts_with('`') && string.contains("\\\\");
    (replaces && strings().any(is_of_tex)).then(|| strings().any(|string| string.contains("em>")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_formulas() {
        for (text, expected) in [
            (r#"{{ .Content }}"#, None),
            (
                r##"{{ .Content | replaceRE "(<h[2-9] id=\"([^\"]+)\".*>)" `<a href="#${2}">${1}</a>` | safeHTML }}"##,
                None,
            ),
            (r#"{{ replace .Content "<table>" "<table class=\"t\">" | safeHTML }}"#, None),
            (
                r#"{{ $raw := .Content }}{{ range findRE "!?\\[\\[\\w+\\]\\]" $raw }}{{ replace $raw . "" }}{{ end }}"#,
                None,
            ),
            (
                r#"{{ $c := .Content }}{{ range findRE "\\$[^\\$]+\\$" $c }}{{ $c = replace $c . (upper .) }}{{ end }}"#,
                Some(false),
            ),
            (r#"{{ .Content | replaceRE "\\\\(?: +|\\n)" "\\\\ " | safeHTML }}"#, Some(false)),
            (r#"{{ .Content | replaceRE `\\\\$` `\\\\\\\\` | safeHTML }}"#, Some(false)),
            (r#"{{ .Content | replaceRE "\\$(.*)<em>(.*)\\$" "$1_$2" }}"#, Some(true)),
            (r#"{{/* .Content | replaceRE "\\$" "" */}}{{ .Content }}"#, None),
            (r#"{{ .Content }}{{ range findRE "\\$" .Content }}yes{{ end }}"#, None),
        ] {
            assert_eq!(changes_tex(text), expected, "{text}");
        }
    }
}
