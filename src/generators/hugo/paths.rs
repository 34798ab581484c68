//! Paths as Hugo cleans them (0.168: `common/paths/path.go`, `Sanitize`; `common/paths/pathparser.go`; `helpers/path.go`).

use std::sync::LazyLock;

use regex::Regex;

use crate::markdown::ids;

/// What stays of a path.
static KEPT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[\p{L}\p{Nd}\p{M}]").expect("a pattern"));

/// `Sanitize`: white space becomes a hyphen, other signs go.
pub(crate) fn sanitized(path: &str) -> String {
    let mut clean = String::with_capacity(path.len());
    let (mut was_hyphen, mut has_space) = (false, false);
    for (at, sign) in path.char_indices() {
        if is_kept(&path[at..], sign) {
            was_hyphen = sign == '-';
            if has_space && !was_hyphen {
                clean.push('-');
            }
            has_space = false;
            clean.push(sign);
        } else if !clean.is_empty() && !was_hyphen && sign.is_whitespace() {
            has_space = true;
        }
    }
    clean
}

/// Whether the first sign of a text stays.
fn is_kept(rest: &str, sign: char) -> bool {
    match sign {
        '%' => {
            matches!(rest.as_bytes(), [_, first, second, ..] if [first, second].iter().all(|byte| byte.is_ascii_hexdigit()))
        }
        _ if sign.is_ascii() => sign.is_ascii_alphanumeric() || "./\\_#+~-@".contains(sign),
        _ => KEPT.is_match(rest),
    }
}

/// `NormalizePathStringBasic`: what a file is known by since Hugo 0.123.
pub(crate) fn normalized(path: &str) -> String {
    lower(path).replace(' ', "-")
}

/// Go's `strings.ToLower`: each letter by itself.
pub(crate) fn lower(text: &str) -> String {
    text.chars().map(|sign| sign.to_lowercase().next().unwrap_or(sign)).collect()
}

/// A path without accents: `removePathAccents`. `None` where a letter is not known to have none.
pub(crate) fn without_accents(path: &str) -> Option<String> {
    // Of Hangul and ideographs nothing is taken away.
    let is_whole = |sign: char| matches!(sign, '가'..='힣' | '\u{4e00}'..='\u{9fff}');
    path.chars().map(|sign| if is_whole(sign) { Some(sign) } else { ids::without_accents(sign) }).collect()
}

/// Go's `url.QueryUnescape`, which addresses go through that are made by a pattern.
pub(crate) fn unescaped(path: &str) -> String {
    crate::generators::address::decoded(&path.replace('+', " ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked of Hugo 0.168.
    #[test]
    fn what_stays_of_names() {
        for (name, left) in [
            ("a b", "a-b"),
            ("a - b", "a-b"),
            ("a  b", "a-b"),
            ("a%20b 5%", "a%20b-5"),
            ("Ⅳ½a", "a"),
            ("회고 हिन्दी e\u{301}", "회고-हिन्दी-e\u{301}"),
            ("\u{3000}a", "a"),
            ("a\u{200b}b", "ab"),
            ("-a-", "-a-"),
        ] {
            assert_eq!(sanitized(name), left, "{name}");
        }
        assert_eq!((normalized("A  İ"), unescaped("c++ d%20e")), ("a--i".to_owned(), "c   d e".to_owned()));
        assert_eq!((without_accents("é 회고 漢"), without_accents("が")), (Some("e 회고 漢".to_owned()), None));
    }
}
