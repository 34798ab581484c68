//! Texts without their numbers: what titles, names and headings of a series have in common.

use std::ops::Range;

/// Stands for a number.
pub(crate) const NUMBER: char = '\0';

/// What texts of a series have in common, with [`NUMBER`] for each number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Anchor {
    /// All of the text.
    Whole(String),
    /// How it begins.
    Start(String),
    /// How it ends.
    End(String),
}

/// Beyond so many characters a title has no anchor that anybody would write.
const LONGEST: usize = 120;

/// So many words behind the first number, or before the last one, may belong to an anchor.
const MOST_WORDS: usize = 6;

/// The text with [`NUMBER`] in the place of each number.
pub(crate) fn masked(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign.is_ascii_digit() {
            true if masked.ends_with(NUMBER) => {}
            true => masked.push(NUMBER),
            false => masked.push(sign),
        }
    }
    masked
}

/// The numbers of a text, each with its bytes.
pub(crate) fn numbers(text: &str) -> Vec<(Range<usize>, u64)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = text[at..].find(|sign: char| sign.is_ascii_digit()).map(|start| at + start) {
        at = text[start..].find(|sign: char| !sign.is_ascii_digit()).map_or(text.len(), |length| start + length);
        found.push((start..at, text[start..at].parse().unwrap_or(u64::MAX)));
    }
    found
}

/// What a text may have in common with others of a series, each with the numbers in it.
pub(super) fn anchors(text: &str) -> Vec<(Anchor, Vec<u64>)> {
    let values: Vec<u64> = numbers(text).into_iter().map(|(_, value)| value).collect();
    if values.is_empty() || text.chars().count() > LONGEST {
        return Vec::new();
    }
    let masked = masked(text);
    let count = |part: &str| part.matches(NUMBER).count();
    let cuts = cuts(&masked);
    let first = masked.find(NUMBER).map_or(0, |at| at + 1);
    let last = masked.rfind(NUMBER).unwrap_or_default();
    let mut found = vec![(Anchor::Whole(masked.clone()), values.clone())];
    for &cut in cuts.iter().filter(|&&cut| cut >= first && cut < masked.len()).take(MOST_WORDS) {
        found.push((Anchor::Start(masked[..cut].to_owned()), values[..count(&masked[..cut])].to_vec()));
    }
    for &cut in cuts.iter().rev().filter(|&&cut| cut <= last && cut > 0).take(MOST_WORDS) {
        found.push((Anchor::End(masked[cut..].to_owned()), values[values.len() - count(&masked[cut..])..].to_vec()));
    }
    found
}

/// Where words begin and end.
fn cuts(masked: &str) -> Vec<usize> {
    let is_word = |sign: char| sign.is_alphanumeric() || sign == NUMBER;
    let mut cuts = Vec::new();
    let mut before: Option<bool> = None;
    for (at, sign) in masked.char_indices() {
        let word = is_word(sign);
        if before.is_some_and(|before| before != word) {
            cuts.push(at);
        }
        before = Some(word);
    }
    cuts
}

impl Anchor {
    /// The text of it.
    pub(crate) fn masked(&self) -> &str {
        let (Anchor::Whole(text) | Anchor::Start(text) | Anchor::End(text)) = self;
        text
    }

    /// Whether it says more than that there is a number.
    pub(crate) fn has_words(&self) -> bool {
        self.masked().chars().any(char::is_alphabetic)
    }

    /// Whether it is one that a text of these anchors has, and which numbers are in it.
    pub(crate) fn numbers_in(&self, text: &str) -> Option<Vec<u64>> {
        anchors(text).into_iter().find(|(anchor, _)| anchor == self).map(|(_, numbers)| numbers)
    }

    /// A regular expression for it; the number at `group` is its group.
    pub(crate) fn pattern(&self, group: Option<usize>) -> String {
        let body = pattern_of(self.masked(), group);
        match self {
            Anchor::Whole(_) => format!("^{body}$"),
            Anchor::Start(_) => format!("^{body}"),
            Anchor::End(_) => format!("{body}$"),
        }
    }
}

/// A regular expression for a masked text; the number at `group` is its group.
pub(crate) fn pattern_of(masked: &str, group: Option<usize>) -> String {
    let mut pattern = String::new();
    let mut number = 0;
    for sign in masked.chars() {
        match sign {
            NUMBER => {
                pattern += if group == Some(number) { r"(\d+)" } else { r"\d+" };
                number += 1;
            }
            '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$' => {
                pattern.push('\\');
                pattern.push(sign);
            }
            sign => pattern.push(sign),
        }
    }
    pattern
}

/// A path as people sort it: `2` before `10`.
pub(crate) fn natural(path: &str) -> (Vec<(String, u64)>, String) {
    let mut parts: Vec<(String, u64)> = Vec::new();
    let mut at = 0;
    for (span, value) in numbers(path) {
        parts.push((path[at..span.start].to_owned(), value));
        at = span.end;
    }
    (parts, path[at..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_hold_numbers() {
        let found = anchors("Week 100: Skyblock");
        for (anchor, numbers) in [
            (Anchor::Whole("Week \0: Skyblock".to_owned()), vec![100]),
            (Anchor::Start("Week \0".to_owned()), vec![100]),
            (Anchor::Start("Week \0: ".to_owned()), vec![100]),
            (Anchor::End("\0: Skyblock".to_owned()), vec![100]),
        ] {
            assert!(found.contains(&(anchor.clone(), numbers)), "{anchor:?}");
        }
        assert!(!found.iter().any(|(anchor, _)| *anchor == Anchor::Start("Week".to_owned())));
        assert_eq!(anchors("no number"), []);
    }

    #[test]
    fn patterns_are_regular_expressions() {
        for (anchor, group, pattern) in [
            (Anchor::Whole("\0주차 (회고)".to_owned()), None, r"^\d+주차 \(회고\)$"),
            (Anchor::Start("Week #\0 - \0: ".to_owned()), Some(1), r"^Week #\d+ - (\d+): "),
            (Anchor::End(" \0.\0".to_owned()), Some(0), r" (\d+)\.\d+$"),
        ] {
            assert_eq!(anchor.pattern(group), pattern);
            assert!(regex::Regex::new(pattern).is_ok());
        }
    }
}
