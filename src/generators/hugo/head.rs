//! What Hugo takes for the beginning of front matter: Hugo 0.168, `parser/pageparser/pagelexer_intro.go`.

use crate::post::Post;

/// Why a post without front matter stops the build: the sign that it begins with is one that front matter begins with.
pub(super) fn refusal(post: &Post) -> Option<String> {
    let text = post.text.trim_start_matches(|sign: char| sign.is_ascii_whitespace() || sign == '\u{feff}');
    let sign = text.chars().next().filter(|sign| matches!(sign, '-' | '+' | '{'))?;
    let fence = sign.to_string().repeat(3);
    match text.strip_prefix(&fence) {
        // After three of them comes what the language has no use for: `-` is an item of a list, `+` no key.
        Some(rest) if sign != '{' && rest.starts_with(sign) => {
            Some("and Hugo reads the keys behind the third of these signs, so it stops the build".to_owned())
        }
        // What stands up to the next such line is read, and may well be keys.
        Some(rest) if sign != '{' => {
            let is_closed = rest.lines().any(|line| line.starts_with(&fence));
            (!is_closed).then(|| "so Hugo stops the build".to_owned())
        }
        // An object in JSON.
        _ if sign == '{' && text[1..].trim_start().starts_with(['"', '}']) => None,
        _ => Some(format!("and Hugo takes the `{sign}` at its start for the beginning of one, so it stops the build")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Engines;

    /// Asked of Hugo 0.168.
    #[test]
    fn what_begins_no_front_matter() {
        for (text, stops) in [
            ("text\n", false),
            ("---\ntext\n\n---\n", false),
            ("----\ntitle: a\n----\n", true),
            ("-----\n\ntext\n\n-----\n", true),
            ("++++\ntitle = 'a'\n++++\n", true),
            ("--- title: a\n---\n", false),
            ("----\n\ntext\n", true),
            ("- a\n", true),
        ] {
            assert_eq!(refusal(&Post::parse("content/a.md", text, &Engines::default())).is_some(), stops, "{text}");
        }
    }
}
