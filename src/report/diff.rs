//! Unified diffs, as `git apply` and `patch -p1` take them.

use std::fmt::Write;
use std::ops::Range;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::visible;

/// So many lines are shown around what changes.
const AROUND: usize = 3;

/// After so long the rest is one change: the shortest way between two long texts takes its time.
const PATIENCE: Duration = Duration::from_secs(1);

/// Who reads a diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// Something that applies it: every byte is as in the file.
    Program,
    /// Somebody at a terminal: nothing in the file steers it.
    Person {
        /// Whether to use colours.
        color: bool,
    },
}

/// What changes in a file, by the path from the folder postlint runs in; nothing where nothing does.
pub(crate) fn diff(path: &str, old: &str, new: &str, reader: Reader) -> String {
    let [old, new] = [old, new].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    let diff = TextDiff::configure().timeout(PATIENCE).diff_slices(&old, &new);
    let lines: Vec<(ChangeTag, &str)> = diff.iter_all_changes().map(|change| (change.tag(), change.value())).collect();
    let mut shown = String::new();
    // The first line of the next hunk, in the old text and in the new one.
    let (mut at, mut old, mut new) = (0, 1, 1);
    for hunk in hunks(&lines) {
        if shown.is_empty() {
            reader.line(&mut shown, BOLD, "--- ", &name("a", path));
            reader.line(&mut shown, BOLD, "+++ ", &name("b", path));
        }
        let [start, end] = [hunk.start, hunk.end];
        // Nothing changes between two hunks.
        (old, new) = (old + start - at, new + start - at);
        let count = |absent| lines[hunk.clone()].iter().filter(|(tag, _)| *tag != absent).count();
        let (old_count, new_count) = (count(ChangeTag::Insert), count(ChangeTag::Delete));
        reader.line(&mut shown, CYAN, "", &format!("@@ -{} +{} @@", range(old, old_count), range(new, new_count)));
        for (tag, line) in &lines[start..end] {
            let (color, sign) = match tag {
                ChangeTag::Equal => ("", " "),
                ChangeTag::Delete => (RED, "-"),
                ChangeTag::Insert => (GREEN, "+"),
            };
            let whole = line.strip_suffix('\n');
            reader.line(&mut shown, color, sign, whole.unwrap_or(line));
            if whole.is_none() {
                reader.line(&mut shown, "", "", "\\ No newline at end of file");
            }
        }
        (at, old, new) = (end, old + old_count, new + new_count);
    }
    shown
}

/// What changes with the lines around it, in order: stretches that would meet are one.
fn hunks(lines: &[(ChangeTag, &str)]) -> Vec<Range<usize>> {
    let mut hunks: Vec<Range<usize>> = Vec::new();
    let changed = lines.iter().enumerate().filter(|(_, (tag, _))| *tag != ChangeTag::Equal);
    for (at, _) in changed {
        let (start, end) = (at.saturating_sub(AROUND), lines.len().min(at + 1 + AROUND));
        match hunks.last_mut().filter(|last| start <= last.end) {
            Some(last) => last.end = end,
            None => hunks.push(start..end),
        }
    }
    hunks
}

/// Lines of one side of a hunk: those of none lead to the line before.
fn range(start: usize, count: usize) -> String {
    match count {
        0 => format!("{},0", start - 1),
        1 => start.to_string(),
        _ => format!("{start},{count}"),
    }
}

const BOLD: &str = "\u{1b}[1m";
const CYAN: &str = "\u{1b}[36m";
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const RESET: &str = "\u{1b}[0m";

impl Reader {
    fn line(self, shown: &mut String, color: &str, sign: &str, line: &str) {
        match self {
            Reader::Program => shown.extend([sign, line]),
            Reader::Person { color: colored } => {
                let (color, reset) = if colored && !color.is_empty() { (color, RESET) } else { ("", "") };
                let line = line.strip_suffix('\r').unwrap_or(line);
                shown.extend([color, sign]);
                shown.extend(line.chars().map(|c| if c == '\t' { c } else { visible(c) }));
                shown.push_str(reset);
            }
        }
        shown.push('\n');
    }
}

/// A path as Git writes it: quoted as in C where it has to be, with a tab behind it where it could end too early.
fn name(side: &str, path: &str) -> String {
    if !path.contains(|c: char| c.is_control() || matches!(c, '"' | '\\')) {
        return format!("{side}/{path}{}", if path.contains(' ') { "\t" } else { "" });
    }
    let mut quoted = format!("\"{side}/");
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    write!(quoted, "\\{byte:03o}").expect("memory takes all");
                }
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks() {
        assert_eq!(diff("a.md", "a\n", "a\n", Reader::Program), "");
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10";
        let new = old.replace("2\n", "").replace("10", "10\n");
        let expected = "--- a/a.md\n+++ b/a.md\n@@ -1,5 +1,4 @@\n 1\n-2\n 3\n 4\n 5\n@@ -7,4 +6,4 @@\n 7\n 8\n 9\n-10\n\
                        \\ No newline at end of file\n+10\n";
        assert_eq!(diff("a.md", old, &new, Reader::Program), expected);
        assert_eq!(diff("a.md", "", "a\r\n", Reader::Program), "--- a/a.md\n+++ b/a.md\n@@ -0,0 +1 @@\n+a\r\n");
    }

    #[test]
    fn names() {
        assert_eq!(name("a", "_posts/글.md"), "a/_posts/글.md");
        assert_eq!(name("a", "a b.md"), "a/a b.md\t");
        assert_eq!(name("b", "a\"\n\u{85}.md"), "\"b/a\\\"\\012\\302\\205.md\"");
    }

    #[test]
    fn people_see_no_control_characters() {
        let shown = diff("\u{1b}.md", "a\u{1b}[2J\n", "\tb\r\n", Reader::Person { color: true });
        assert!(shown.contains("-a␛[2J\u{1b}[0m\n") && shown.contains("+\tb\u{1b}[0m\n"), "{shown}");
    }
}
