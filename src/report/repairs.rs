//! What `postlint fix` says of its work, for people.

use super::text::count;
use super::visible;
use crate::finding::RuleId;
use crate::text::{Lines, Span, boundary};

/// What was repaired in one file: `fixed _posts/a.md: 3 trailing-space, 1 crowded-block`.
pub(crate) fn line(path: &str, rules: &[RuleId]) -> String {
    let mut counts: Vec<(RuleId, usize)> = Vec::new();
    for &rule in rules {
        match counts.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, count)) => *count += 1,
            None => counts.push((rule, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let counts: Vec<_> = counts.iter().map(|(rule, count)| format!("{count} {rule}")).collect();
    format!("fixed {}: {}", path.chars().map(visible).collect::<String>(), counts.join(", "))
}

/// What a whole run came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Repairs {
    /// Files that were looked at.
    pub files: usize,
    /// Files in which something was repaired.
    pub changed: usize,
    /// Findings that were repaired.
    pub faults: usize,
    /// Findings that only `--unsafe-fixes` repairs.
    pub more: usize,
}

impl Repairs {
    /// The last line, such as `fixed 12 faults in 3 of 40 files; 5 more with --unsafe-fixes`; `only_shown`: no file was
    /// written.
    pub(crate) fn summary(&self, only_shown: bool) -> String {
        let verb = if only_shown { "would fix" } else { "fixed" };
        let (faults, files) = (count(self.faults, "fault"), count(self.files, "file"));
        match (self.faults, self.more) {
            (0, _) if self.files == 0 => "nothing was fixed".to_owned(),
            (0, 0) => format!("nothing to fix in {files}"),
            (0, more) => format!("nothing to fix in {files}; {} with --unsafe-fixes", count(more, "fault")),
            (_, 0) => format!("{verb} {faults} in {} of {files}", self.changed),
            (_, more) => format!("{verb} {faults} in {} of {files}; {more} more with --unsafe-fixes", self.changed),
        }
    }
}

/// A place that a person can go to: `_posts/a.md:12:1`.
pub(crate) fn place(path: &str, text: &str, span: &Span) -> String {
    let position = Lines::new(text).position(boundary(text, span.start));
    format!("{path}:{}:{}", position.line, position.column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let rules = ["crowded-block", "trailing-space", "trailing-space"].map(RuleId::new);
        assert_eq!(line("a\n.md", &rules), "fixed a␊.md: 2 trailing-space, 1 crowded-block");
        assert_eq!(place("a.md", "a\nbc\n", &Span::new(3, 4)), "a.md:2:2");
    }

    #[test]
    fn summaries() {
        for (files, changed, faults, more, said) in [
            (0, 0, 0, 0, "nothing was fixed"),
            (1, 0, 0, 0, "nothing to fix in 1 file"),
            (2, 0, 0, 1, "nothing to fix in 2 files; 1 fault with --unsafe-fixes"),
            (40, 3, 12, 0, "would fix 12 faults in 3 of 40 files"),
            (40, 3, 12, 5, "would fix 12 faults in 3 of 40 files; 5 more with --unsafe-fixes"),
        ] {
            assert_eq!(Repairs { files, changed, faults, more }.summary(true), said);
        }
    }
}
