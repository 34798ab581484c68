//! The lines of a text that another text does not have.

use std::collections::HashMap;

use similar::{DiffOp, TextDiff};

use crate::text::{Span, lines_in};

/// What changed of a text.
#[derive(Debug, Default)]
pub(super) struct Changed {
    /// The bytes of lines that are new or other than they were, in order.
    lines: Vec<Span>,
}

impl Changed {
    /// What is new in a text. A line that stood elsewhere before, and is gone there, was only moved.
    pub(super) fn between(old: &str, new: &str) -> Changed {
        let whole = |text: &str| lines_in(text, Span::new(0, text.len())).collect::<Vec<Span>>();
        let (old_lines, new_lines) = (whole(old), whole(new));
        let words = |text: &str, lines: &[Span]| -> Vec<String> {
            lines.iter().map(|line| text[*line].trim_end().to_owned()).collect()
        };
        let (old_words, new_words) = (words(old, &old_lines), words(new, &new_lines));
        let [olds, news] = [&old_words, &new_words].map(|words| words.iter().map(String::as_str).collect::<Vec<_>>());
        let diff = TextDiff::from_slices(&olds, &news);
        let (mut taken, mut put): (HashMap<&str, usize>, Vec<usize>) = (HashMap::new(), Vec::new());
        for op in diff.ops() {
            let (from, to) = match op {
                DiffOp::Equal { .. } => continue,
                op => (op.old_range(), op.new_range()),
            };
            from.for_each(|at| *taken.entry(olds[at]).or_default() += 1);
            put.extend(to);
        }
        let is_new = |at: &usize| match taken.get_mut(news[*at]) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        };
        Changed { lines: put.into_iter().filter(is_new).map(|at| new_lines[at]).collect() }
    }

    /// Whether a span of the new text lies on one of these lines.
    pub(super) fn has(&self, text: &str, span: &Span) -> bool {
        let end = span.end.min(text.len()).max(span.start);
        self.lines.iter().any(|line| line.start <= end && span.start <= line.end)
    }
}

/// Whether most lines of each of two texts are those of the other.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    let words = |text: &'_ str| text.lines().map(str::trim_end).filter(|line| !line.is_empty()).count();
    let mut left: HashMap<&str, usize> = HashMap::new();
    other.lines().map(str::trim_end).for_each(|line| *left.entry(line).or_default() += 1);
    let mut same = 0;
    for line in one.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        if let Some(left) = left.get_mut(line).filter(|left| **left > 0) {
            *left -= 1;
            same += 1;
        }
    }
    same * 2 > words(one).max(words(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(old: &str, new: &str) -> Vec<String> {
        Changed::between(old, new).lines.iter().map(|line| new[*line].to_owned()).collect()
    }

    #[test]
    fn lines_that_are_new_are_told_from_those_that_moved() {
        assert_eq!(changed("a\nb\n", "a\nc\nb\n"), ["c"]);
        assert_eq!(changed("a\nb\nc\nd\n", "c\nd\na\nb\n"), [""; 0]);
        assert_eq!(changed("a\r\nb\r\n", "a\nb\n"), [""; 0]);
        assert_eq!(changed("a\n", "a\na\n"), ["a"]);
        assert_eq!(changed("a", "b"), ["b"]);
    }
}
