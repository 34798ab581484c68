//! Ids of engines that are no kin of CommonMark: pandoc, Python-Markdown, kramed.

use std::sync::LazyLock;

use foldhash::HashMap;
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern that a test compiles")
}

/// What pandoc leaves.
static PANDOC: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{N}_.\-\s]+"));

/// What its ids begin with.
static LETTER: LazyLock<Regex> = LazyLock::new(|| pattern(r"\p{L}"));

/// Lower case, words joined with hyphens, from the first letter on (pandoc 3.9, `Text.Pandoc.Shared`, `textToIdentifier`).
pub(super) fn pandoc(text: &str) -> String {
    let lower = text.to_lowercase();
    let kept: String = PANDOC.find_iter(&lower).map(|kept| kept.as_str()).collect();
    let joined = kept.split_whitespace().collect::<Vec<_>>().join("-");
    let start = LETTER.find(&joined).map_or(joined.len(), |letter| letter.start());
    if start == joined.len() { "section".to_owned() } else { joined[start..].to_owned() }
}

/// What is ASCII without its accents: words joined with hyphens (Python-Markdown 3.11, `extensions/toc.py`, `slugify`).
pub(super) fn python_markdown(text: &str) -> String {
    let plain = text.nfkd().filter(char::is_ascii);
    let kept: String = plain
        .filter(|sign| sign.is_ascii_alphanumeric() || sign.is_ascii_whitespace() || "_-".contains(*sign))
        .collect();
    joined(&kept.trim().to_lowercase())
}

/// The same with letters of all scripts (`slugify_unicode`).
pub(super) fn python_markdown_unicode(text: &str) -> String {
    let kept: String =
        text.chars().filter(|sign| sign.is_alphanumeric() || sign.is_whitespace() || "_-".contains(*sign)).collect();
    joined(&kept.trim().to_lowercase())
}

/// Letters of all scripts, and a hyphen for each space (pymdown-extensions 10, `slugs.py`).
pub(super) fn pymdownx(text: &str) -> String {
    let plain = text.nfc().collect::<String>().trim().to_lowercase();
    let kept = plain.chars().filter(|sign| sign.is_alphanumeric() || " _-".contains(*sign));
    kept.map(|sign| if sign == ' ' { '-' } else { sign }).collect()
}

/// Runs of white space and hyphens are one hyphen.
fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign == '-' || sign.is_whitespace() {
            true if joined.ends_with('-') => {}
            true => joined.push('-'),
            false => joined.push(sign),
        }
    }
    joined
}

/// The id of the next heading: what has a number at its end is counted on, all else begins with `_1` (`unique`).
pub(super) fn counted(taken: &mut HashMap<String, usize>, mut id: String) -> String {
    while id.is_empty() || taken.contains_key(&id) {
        let number = id.rsplit_once('_').filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
        let number = number.and_then(|(stem, number)| Some((stem, number.parse::<u64>().ok()?)));
        id = match number {
            Some((stem, number)) => format!("{stem}_{}", number + 1),
            None => id + "_1",
        };
    }
    taken.insert(id.clone(), 0);
    id
}

/// The text as kramed 0.5 hands it to its renderer: as HTML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked of pandoc 3.9 and Python-Markdown 3.11.
    #[test]
    fn what_is_left() {
        type Slug = fn(&str) -> String;
        let slugs: [(Slug, &str, &str); 9] = [
            (pandoc, "1. Why  now? (a_b-c.d)", "why-now-a_b-c.d"),
            (pandoc, "①② ½", "section"),
            (pandoc, "İSTANBUL 가", "istanbul-가"),
            (python_markdown, " Ünïcödé -- Straße_1 ", "unicode-strae_1"),
            (python_markdown, "느낀 점", ""),
            (python_markdown, "-> ab &", "-ab"),
            (python_markdown_unicode, "가나다 Café!", "가나다-café"),
            (pymdownx, " 가나다 -- Café! ", "가나다----café"),
            (escaped, "Q&A", "Q&amp;A"),
        ];
        for (slug, text, expected) in slugs {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn ids_that_are_taken() {
        let mut taken = HashMap::default();
        let ids = ["", "a", "a", "a_1", "", "a_b"].map(|id| counted(&mut taken, id.to_owned()));
        assert_eq!(ids, ["_1", "a", "a_1", "a_2", "_2", "a_b"]);
    }
}
