//! Text in lines that fit on a terminal.

use std::ops::Range;

use super::columns::width;

/// A text in lines of at most so many columns, cut at spaces; the first line begins at a column of its own. What stands
/// in backticks stays together where it fits on a line, and a longer word is cut where the line ends.
pub(crate) fn wrapped(text: &str, columns: usize, first: usize) -> Vec<String> {
    let columns = columns.max(NARROWEST);
    let mut lines = vec![String::new()];
    let mut used = first;
    for word in words(text) {
        let mut parts = vec![&text[word.clone()]];
        // A stretch of code that is longer than a line is cut at its spaces, too.
        if width(parts[0]) > columns {
            parts = parts[0].split(' ').collect();
        }
        for mut part in parts {
            let is_begun = lines.last().is_some_and(|line| !line.is_empty());
            let gap = usize::from(is_begun);
            if used + gap + width(part) <= columns {
                let line = lines.last_mut().expect("a line");
                line.push_str(if is_begun { " " } else { "" });
                line.push_str(part);
                used += gap + width(part);
                continue;
            }
            if is_begun || used > 0 {
                lines.push(String::new());
            }
            while width(part) > columns {
                let (head, rest) = part.split_at(fitting(part, columns));
                lines.last_mut().expect("a line").push_str(head);
                lines.push(String::new());
                part = rest;
            }
            lines.last_mut().expect("a line").push_str(part);
            used = width(part);
        }
    }
    lines
}

/// No terminal is taken for narrower.
const NARROWEST: usize = 12;

/// How many bytes of a text take at most so many columns; at least one character.
fn fitting(text: &str, columns: usize) -> usize {
    let ends = text.char_indices().map(|(at, sign)| at + sign.len_utf8());
    let first = ends.clone().next().unwrap_or_default();
    ends.take_while(|&end| width(&text[..end]) <= columns).last().unwrap_or(first)
}

/// The words of a text, where stretches of code are parts of a word.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(sign) = text[at..].chars().next() {
        match sign {
            ' ' => {
                words.push(start..at);
                start = at + 1;
                at += 1;
            }
            '`' => at += code(&text[at..]),
            sign => at += sign.len_utf8(),
        }
    }
    words.push(start..text.len());
    words.retain(|word| !word.is_empty());
    words
}

/// How long the code is that begins with the backticks at the start of a text; without an end, that of the backticks.
pub(super) fn code(text: &str) -> usize {
    let mark = text.len() - text.trim_start_matches('`').len();
    let mut at = mark;
    while let Some(next) = text[at..].find('`') {
        let from = at + next;
        let run = text[from..].len() - text[from..].trim_start_matches('`').len();
        at = from + run;
        if run == mark {
            return at;
        }
    }
    mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit() {
        for (text, columns, first, expected) in [
            ("one two three", 20, 0, &["one two three"][..]),
            ("one two three four five", 20, 0, &["one two three four", "five"]),
            ("one two three four five", 20, 12, &["one two", "three four five"]),
            ("write `a b c d e` in it", 20, 0, &["write `a b c d e` in", "it"]),
            ("please write `a b c d e` in it", 20, 0, &["please write", "`a b c d e` in it"]),
            ("the ``a ` b`` and more", 20, 0, &["the ``a ` b`` and", "more"]),
            ("`a b c d e f g h i j k l m` is", 20, 0, &["`a b c d e f g h i j", "k l m` is"]),
            ("이번 주에 배운 것을 적는다", 20, 0, &["이번 주에 배운 것을", "적는다"]),
            ("日本語の文章には空白がありません", 20, 0, &["日本語の文章には空白", "がありません"]),
            ("a lone ` stays in its line", 20, 0, &["a lone ` stays in", "its line"]),
            ("word", 20, 18, &["", "word"]),
            ("", 20, 0, &[""]),
        ] {
            let lines = wrapped(text, columns, first);
            assert_eq!(lines, expected, "{text}");
            assert!(lines.iter().all(|line| width(line) <= columns), "{text}");
        }
    }
}
