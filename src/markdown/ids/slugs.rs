//! Slugs: what is left of a heading in its id, before ids that are taken count.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::accents;

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern that a test compiles")
}

/// What github-slugger 2.0.0 leaves (`regex.js`, made from Unicode 13; equal on all characters).
static GITHUB: LazyLock<Regex> = LazyLock::new(|| pattern(r"[[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]&&\p{Age:13.0}]"));

/// A name of an emoji between its colons: but for four of them it has a letter, other than a time of the day.
static EMOJI: LazyLock<Regex> = LazyLock::new(|| pattern(r":(?:[a-z0-9_+-]*[a-z][a-z0-9_+-]*|100|1234|[+-]1):"));

/// A text with some emoji in the places of their names: no letters.
pub(crate) fn without_emoji(raw: &str) -> Cow<'_, str> {
    EMOJI.replace_all(raw, "\u{1f600}")
}

/// What Hugo leaves.
static HUGO: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{Nd}_\- ]+"));

/// What blackfriday leaves (`SanitizedAnchorName`).
static BLACKFRIDAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{N}]+"));

/// `text.toLowerCase().replace(regex, '').replace(/ /g, '-')`
pub(crate) fn github(text: &str) -> String {
    let kept = |sign: char| match sign {
        ' ' => Some('-'),
        _ if sign.is_ascii() => (sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-')).then_some(sign),
        // Hangul, kana, and ideographs as far as Unicode 13 has them need no second look.
        '가'..='힣' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '\u{4e00}'..='\u{9ffc}' => Some(sign),
        _ => GITHUB.is_match(sign.encode_utf8(&mut [0; 4])).then_some(sign),
    };
    let mut slug = String::with_capacity(text.len());
    if !text.is_ascii() {
        slug.extend(text.to_lowercase().chars().filter_map(kept));
        return slug;
    }
    for byte in text.bytes() {
        match byte {
            b' ' => slug.push('-'),
            b'_' | b'-' | b'0'..=b'9' | b'a'..=b'z' => slug.push(char::from(byte)),
            b'A'..=b'Z' => slug.push(char::from(byte.to_ascii_lowercase())),
            _ => {}
        }
    }
    slug
}

/// Letters, digits, `_`, `-`, and `-` for a space.
pub(crate) fn hugo(raw: &str) -> String {
    let slug: String = HUGO.find_iter(raw).flat_map(|kept| kept.as_str().chars()).map(hyphen).collect();
    or_heading(slug)
}

/// The same of what is ASCII without its accents.
pub(crate) fn hugo_ascii(raw: &str) -> String {
    let ascii = raw.chars().filter_map(accents::without);
    let kept = ascii.filter(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | ' '));
    or_heading(kept.map(hyphen).collect())
}

/// Runs of letters and numbers, joined.
pub(crate) fn blackfriday(raw: &str) -> String {
    let runs: Vec<&str> = BLACKFRIDAY.find_iter(raw).map(|run| run.as_str()).collect();
    or_heading(runs.join("-").chars().map(lower).collect())
}

/// ASCII white space is `_`, all else stays.
pub(crate) fn zola_safe(text: &str) -> String {
    text.replace(|sign: char| sign.is_ascii_whitespace(), "_")
}

/// `encodeURIComponent(String(s).trim().toLowerCase().replace(/\s+/g, '-'))`
pub(crate) fn markdown_it_anchor(text: &str) -> String {
    // A line break is a token without a text.
    let text = text.replace('\n', "");
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut encoded = String::new();
    for byte in words.join("-").to_lowercase().bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// uslug 1.0.4: letters, numbers and marks of the first plane, `_` and `~`, in lower case; one hyphen for white space and
/// hyphens.
pub(crate) fn uslug(text: &str) -> String {
    static KEPT: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{N}\p{M}]"));
    let mut kept = String::with_capacity(text.len());
    for sign in text.nfkc().filter(|sign| *sign <= '\u{ffff}') {
        match sign {
            '_' | '~' | '-' => kept.push(sign),
            '\u{3001}' | '\u{3002}' | ' ' | '\u{1680}' | '\u{2028}' | '\u{2029}' => kept.push(' '),
            _ if sign.is_ascii_alphanumeric() || KEPT.is_match(sign.encode_utf8(&mut [0; 4])) => kept.push(sign),
            _ => {}
        }
    }
    let mut slug = String::with_capacity(kept.len());
    for sign in kept.trim().chars() {
        match sign {
            ' ' | '-' if slug.ends_with('-') => {}
            ' ' => slug.push('-'),
            _ => slug.push(sign),
        }
    }
    slug.to_lowercase()
}

/// @mdit-vue/shared 2: taken apart (NFKD) and left so, without accents, one hyphen for white space and signs, and `_` before
/// a digit at its start.
pub(crate) fn mdit_vue(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let is_accent = |sign: char| ('\u{300}'..='\u{36f}').contains(&sign);
    for sign in text.nfkd().filter(|sign| !is_accent(*sign) && *sign >= ' ') {
        match sign {
            _ if sign.is_whitespace() || sign.is_ascii_punctuation() || "\u{feff}“”‘’".contains(sign) => {
                if !slug.is_empty() && !slug.ends_with('-') {
                    slug.push('-');
                }
            }
            _ => slug.push(sign),
        }
    }
    let slug = slug.trim_end_matches('-').to_lowercase();
    if slug.starts_with(|first: char| first.is_ascii_digit()) { format!("_{slug}") } else { slug }
}

fn or_heading(slug: String) -> String {
    if slug.is_empty() { "heading".to_owned() } else { slug }
}

fn hyphen(sign: char) -> char {
    if sign == ' ' { '-' } else { lower(sign) }
}

/// Go's `unicode.ToLower` makes one character of one; `İ`, the only one where Rust makes two, is `i`.
fn lower(sign: char) -> char {
    sign.to_lowercase().next().unwrap_or(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left() {
        type Slug = fn(&str) -> String;
        let slugs: [(Slug, &str, &str); 20] = [
            (github, "Q&A:\tⅣ① ²", "qaⅳ-"),
            (github, "-> ΣΑΣ ﹏_‿", "--σας-﹏_‿"),
            (hugo, "a\tb İ cafe\u{301}", "ab-i-cafe"),
            (hugo, "①!", "heading"),
            (hugo_ascii, "Ünïcödé Straße 가", "unicode-strae-"),
            (blackfriday, "  A.b--c ½", "a-b-c-½"),
            (blackfriday, "!!!", "heading"),
            (zola_safe, "a\tb  c　d", "a_b__c　d"),
            (markdown_it_anchor, " A  b? é", "a-b%3F-%C3%A9"),
            (uslug, "배운 것!", "배운-것"),
            (uslug, "A_b-c ~d", "a_b-c-~d"),
            (uslug, "、Ａ１ ①", "a1-1"),
            (uslug, "e\u{301} Straße", "é-straße"),
            (uslug, "a  - b", "a-b"),
            (uslug, "“x” – y… 😀", "x-y"),
            (mdit_vue, "가!", "\u{1100}\u{1161}"),
            (mdit_vue, "1. A", "_1-a"),
            (mdit_vue, "Ünï ①", "uni-1"),
            (mdit_vue, "“x” a…b", "x-a-b"),
            (mdit_vue, "A_b—c", "a-b—c"),
        ];
        for (slug, heading, expected) in slugs {
            assert_eq!(slug(heading), expected, "{heading}");
        }
    }
}
