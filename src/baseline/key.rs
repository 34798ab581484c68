//! The key of a finding: what it is about, in its own words, and nothing of where it stands.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::text::{Span, boundary, first_line, line_start};

/// So many characters of the words of a finding are kept.
const MOST: usize = 80;

/// Words of fewer characters say too little by themselves, such as `**`.
const ENOUGH: usize = 12;

/// So many characters of the line are kept on each side of words that say too little.
const AROUND: usize = 24;

/// What a finding is known by, whatever is written above, below, and elsewhere in its line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    /// The path of the post.
    pub path: String,
    /// The name of the rule.
    pub rule: String,
    /// The text that the finding points at, white space taken for one space.
    pub words: String,
    /// Those words with a little of their line, where they say too little by themselves and do not stand alone.
    pub around: String,
}

impl Key {
    /// The key of a finding in a text.
    pub(crate) fn of(path: &str, text: &str, finding: &Finding) -> Key {
        let start = boundary(text, finding.span.start);
        let span = Span::new(start, boundary(text, finding.span.end).max(start));
        let words = beginning(&squeezed(&text[span]), MOST);
        let mut around = if words.chars().count() < ENOUGH { around(text, span) } else { String::new() };
        if around == words {
            around.clear();
        }
        Key { path: path.to_owned(), rule: finding.rule.name().to_owned(), words, around }
    }

    /// A short text that differs from that of other keys, and does not change with the version of postlint: FNV-1a.
    /// `number` counts, from 0, findings of the same key.
    fn fingerprint(&self, number: usize) -> String {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for part in [&self.path, &self.rule, &self.words, &self.around, &number.to_string()] {
            // No text has the byte between two of them.
            for byte in part.bytes().chain([0xff]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        format!("{hash:016x}")
    }
}

/// A fingerprint for each of the findings of a post, no two alike.
pub(crate) fn fingerprints<'f>(path: &str, text: &str, findings: impl IntoIterator<Item = &'f Finding>) -> Vec<String> {
    let mut seen: HashMap<Key, usize> = HashMap::new();
    let fingerprint = |finding| {
        let key = Key::of(path, text, finding);
        let number = seen.get(&key).copied().unwrap_or(0);
        let fingerprint = key.fingerprint(number);
        seen.insert(key, number + 1);
        fingerprint
    };
    findings.into_iter().map(fingerprint).collect()
}

/// The words with as much of their line on each side as is kept.
fn around(text: &str, span: Span) -> String {
    let start = line_start(text, span.start);
    let end = first_line(text, Span::new(span.end, text.len())).end;
    let (before, after) = (last_words(&text[start..span.start]), first_words(&text[span.end..end]));
    squeezed(&text[span.start - before.len()..span.end + after.len()])
}

/// The last words of a line, or its last characters where there are no words as short as that.
fn last_words(line: &str) -> &str {
    let Some((cut, _)) = line.char_indices().rev().nth(AROUND) else { return line };
    line[cut..].split_once(' ').map_or(&line[cut..], |(_, words)| words)
}

/// The first words of a line, or its first characters.
fn first_words(line: &str) -> &str {
    let Some((cut, _)) = line.char_indices().nth(AROUND) else { return line };
    line[..cut].rsplit_once(' ').map_or(&line[..cut], |(words, _)| words)
}

/// A text with one space for all white space, and for what cannot be seen.
pub(super) fn squeezed(text: &str) -> String {
    let words = text.split(|sign: char| sign.is_whitespace() || sign.is_control() || sign == '\u{feff}');
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn beginning(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::RuleId;

    fn finding(text: &str, words: &str) -> Finding {
        let start = text.find(words).expect("words of the text");
        Finding::new(RuleId::new("rule"), Span::new(start, start + words.len()), "it is wrong".into())
    }

    fn key(text: &str, words: &str) -> Key {
        Key::of("a.md", text, &finding(text, words))
    }

    #[test]
    fn a_key_stays_when_other_lines_and_words_change() {
        let old = "# a\n\nsee [this](/no-such-page-here) and that\n";
        let new = "# b\n\nc\n\nlook at [that](/no-such-page-here), or not\r\n";
        assert_eq!(key(old, "/no-such-page-here"), key(new, "/no-such-page-here"));
        assert_eq!(key(old, "/no-such-page-here").around, "");
    }

    #[test]
    fn words_that_say_little_are_told_apart_by_their_line() {
        let text = "one ** here and a long line behind it\n\n  many words that stand before another ** there\n";
        let first = key(text, "**");
        assert_eq!((&*first.words, &*first.around), ("**", "one ** here and a long line"));
        let start = text.rfind("**").expect("another");
        let other = Finding { span: Span::new(start, start + 2), ..finding(text, "**") };
        assert_eq!(Key::of("a.md", text, &other).around, "stand before another ** there");
        assert_eq!(key("단어가 **여기 있다", "**").around, "단어가 **여기 있다");
    }

    #[test]
    fn a_place_without_words_is_known_by_its_line() {
        let text = "one two\n\nthree";
        for (at, expected) in [(3, "one two"), (8, ""), (14, "three")] {
            let empty = Finding { span: Span::empty(at), ..finding(text, "one") };
            assert_eq!(Key::of("a.md", text, &empty).around, expected, "{at}");
        }
    }

    #[test]
    fn equal_findings_have_fingerprints_of_their_own() {
        let text = "**\n";
        let findings = [finding(text, "**"), finding(text, "**")];
        let two = fingerprints("a.md", text, &findings);
        // They are kept by those who read reports: they may never change.
        assert_eq!(two, ["60df630b6687ba34", "60db630b6683d15d"]);
        assert_eq!(fingerprints("a.md", text, &findings[..1]), two[..1]);
    }
}
