//! What Hugo takes for the beginning of front matter: Hugo 0.168, `parser/pageparser/pagelexer_intro.go`.

use crate::post::Post;

/// Why a post without front matter stops the build: the sign that it begins with is one that front matter begins with.
pub(super) fn refusal(post: &Post) -> Option<String> {
    let text = post.text.trim_start_matches(|sign: char| sign.is_ascii_whitespace() || sign == '\u{feff}');
    let sign = text.chars().next().filter(|sign| matches!(sign, '-' | '+' | '{'))?;
    let fence = sign.to_string().repeat(3);
    match text.strip_prefix(&fence) {
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
