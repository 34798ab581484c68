//! Unified diffs, as `git apply` and `patch -p1` take them.

use std::fmt::Write;
use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices_deadline, group_diff_ops};

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
    let page = Page { old: old.split_inclusive('\n').collect(), new: new.split_inclusive('\n').collect(), reader };
    let deadline = Instant::now() + PATIENCE;
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &page.old, &page.new, Some(deadline));
    let mut shown = String::new();
    for hunk in group_diff_ops(ops, AROUND) {
        if shown.is_empty() {
            page.line(&mut shown, BOLD, "--- ", &name("a", path));
            page.line(&mut shown, BOLD, "+++ ", &name("b", path));
        }
        page.hunk(&mut shown, &hunk);
    }
    shown
}

const BOLD: &str = "\u{1b}[1m";
const CYAN: &str = "\u{1b}[36m";
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const RESET: &str = "\u{1b}[0m";

struct Page<'t> {
    old: Vec<&'t str>,
    new: Vec<&'t str>,
    reader: Reader,
}

impl Page<'_> {
    fn hunk(&self, shown: &mut String, ops: &[DiffOp]) {
        let (Some(first), Some(last)) = (ops.first(), ops.last()) else { return };
        let old = range(first.old_range().start..last.old_range().end);
        let new = range(first.new_range().start..last.new_range().end);
        self.line(shown, CYAN, "", &format!("@@ -{old} +{new} @@"));
        for op in ops {
            if op.tag() == DiffTag::Equal {
                self.lines(shown, "", " ", &self.old[op.old_range()]);
            } else {
                self.lines(shown, RED, "-", &self.old[op.old_range()]);
                self.lines(shown, GREEN, "+", &self.new[op.new_range()]);
            }
        }
    }

    fn lines(&self, shown: &mut String, color: &str, sign: &str, lines: &[&str]) {
        for line in lines {
            match line.strip_suffix('\n') {
                Some(line) => self.line(shown, color, sign, line),
                None => {
                    self.line(shown, color, sign, line);
                    self.line(shown, "", "", "\\ No newline at end of file");
                }
            }
        }
    }

    fn line(&self, shown: &mut String, color: &str, sign: &str, line: &str) {
        match self.reader {
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

/// The first line and how many there are; of no lines, the line before.
fn range(lines: Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        count => format!("{},{count}", lines.start + 1),
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
