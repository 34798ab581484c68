//! Hooks that put a folder before each address.

use std::sync::LazyLock;

use regex::Regex;

use super::COMMENT;

/// What a hook puts before each address, where it prints that once and asks nothing about it.
pub(super) fn before(text: &str) -> Option<String> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        let printed = r#"printf\s+"(/[^"%\\]*)%s"\s+\.Destination"#;
        let behind = r"\s*(?:\|\s*safe[.\w]*\s*)?-?\}\}";
        let attribute = r#"\b(?:src|href)\s*=\s*["']?"#;
        Regex::new(&format!(
            r#"{attribute}(?:\{{\{{-?\s*{printed}{behind}|(/[^"'{{}}\s>]*)\{{\{{-?\s*\.Destination{behind})["'\s>]"#
        ))
        .expect("a pattern")
    });
    let text = COMMENT.replace_all(text, "");
    let found = BEFORE.captures(&text).filter(|_| text.matches(".Destination").count() == 1)?;
    let has_other_ways = ["define", "partial", "template", "return"].iter().any(|word| text.contains(word));
    let before = found.get(1).or_else(|| found.get(2))?.as_str();
    (!has_other_ways && before.ends_with('/')).then(|| before.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hooks_put_before() {
        for (text, expected) in [
            (r#"<img src="{{ printf "/img/%s" .Destination | safeURL }}">"#, Some("/img")),
            (r#"<img src="/img/{{ .Destination | safeURL }}" alt="{{ .Text }}">"#, Some("/img")),
            (r#"<img src="https://a.b/{{ .Destination }}">"#, None),
            (r#"<img src="/img/x-{{ .Destination }}">"#, None),
            (r#"{{ if hasPrefix .Destination "http" }}{{ else }}<img src="/img/{{ .Destination }}">{{ end }}"#, None),
            (r#"<img src="{{ .Destination }}">"#, None),
        ] {
            assert_eq!(before(text).as_deref(), expected, "{text}");
        }
    }
}
