//! The file of a baseline: JSON, with an entry to a line in a fixed order, so that its changes can be read in a diff.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Baseline, Entry, Key};

/// What the file is called unless somebody says otherwise.
pub(crate) const NAME: &str = ".postlint-baseline.json";

/// The version of the format.
const VERSION: u64 = 1;

/// Why a text is no baseline.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// Git left two versions in it; the line.
    Conflict(usize),
    /// It is of a later version of postlint.
    Later(u64),
    /// It is something else, or broken: why.
    Broken(String),
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Unread::Conflict(line) => {
                write!(f, "line {line} marks a conflict that Git left; keep the lines of both sides")
            }
            Unread::Later(version) => {
                write!(f, "it says version {version}, and this postlint knows version {VERSION}; take a later postlint")
            }
            Unread::Broken(why) => write!(f, "it is no baseline: {why}"),
        }
    }
}

#[derive(Deserialize)]
struct Head {
    version: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "version")]
    _version: u64,
    findings: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    path: String,
    rule: String,
    words: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    around: String,
    message: String,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: usize,
}

fn one() -> usize {
    1
}

fn is_one(count: &usize) -> bool {
    *count == 1
}

impl Baseline {
    /// Reads the text of a baseline.
    ///
    /// # Errors
    /// When it is none, or one that nobody can be sure of.
    pub(crate) fn read(text: &str) -> Result<Baseline, Unread> {
        let marks = ["<<<<<<<", "=======", ">>>>>>>"];
        if let Some(at) = text.lines().position(|line| marks.iter().any(|mark| line.starts_with(mark))) {
            return Err(Unread::Conflict(at + 1));
        }
        let broken = |error: serde_json::Error| Unread::Broken(error.to_string());
        let text = text.trim_start_matches('\u{feff}');
        let head: Head = serde_json::from_str(text).map_err(broken)?;
        if head.version > VERSION {
            return Err(Unread::Later(head.version));
        }
        let written: Written = serde_json::from_str(text).map_err(broken)?;
        let mut baseline = Baseline::default();
        for Line { path, rule, words, around, message, count } in written.findings {
            let entry = Entry { key: Key { path, rule, words, around }, message, count };
            // Where both sides of a merge added a line, it is there twice, and means the same.
            let entries = baseline.posts.entry(entry.key.path.clone()).or_default();
            match entries.iter_mut().find(|other| other.key == entry.key && other.message == entry.message) {
                Some(other) => other.count = other.count.max(entry.count),
                None => entries.push(entry),
            }
        }
        Ok(baseline)
    }

    /// The text of its file.
    pub(crate) fn text(&self) -> String {
        let mut entries: Vec<&Entry> = self.posts.values().flatten().collect();
        entries.sort_unstable();
        let line = |entry: &&Entry| {
            let Entry { key: Key { path, rule, words, around }, message, count } = (*entry).clone();
            let line = Line { path, rule, words, around, message, count };
            format!("\n{}", serde_json::to_string(&line).expect("texts and numbers are JSON"))
        };
        let lines: Vec<String> = entries.iter().map(line).collect();
        let end = if lines.is_empty() { "" } else { "\n" };
        format!("{{\"version\":{VERSION},\"findings\":[{}{end}]}}\n", lines.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, words: &str, count: usize) -> Entry {
        let key = Key { path: path.into(), rule: "dead-link".into(), words: words.into(), around: String::new() };
        Entry { key, message: format!("`{words}` leads nowhere"), count }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut baseline = Baseline::default();
        assert_eq!(baseline.text(), "{\"version\":1,\"findings\":[]}\n");
        for entry in [entry("b.md", "/글.html", 1), entry("a.md", "/x", 2), entry("b.md", "/글.html", 1)] {
            baseline.add(entry);
        }
        let text = "{\"version\":1,\"findings\":[\n\
            {\"path\":\"a.md\",\"rule\":\"dead-link\",\"words\":\"/x\",\"message\":\"`/x` leads nowhere\",\"count\":2},\n\
            {\"path\":\"b.md\",\"rule\":\"dead-link\",\"words\":\"/글.html\",\"message\":\"`/글.html` leads nowhere\",\"count\":2}\n\
            ]}\n";
        assert_eq!(baseline.text(), text);
        assert_eq!(Baseline::read(text), Ok(baseline));
    }

    #[test]
    fn what_is_no_baseline_is_told() {
        let mut baseline = Baseline::default();
        baseline.add(entry("a.md", "/x", 1));
        let text = baseline.text();
        let twice = text.replace(
            "\n{",
            "\n{\"path\":\"a.md\",\"rule\":\"dead-link\",\"words\":\"/x\",\"message\":\"`/x` leads nowhere\"},\n{",
        );
        assert_eq!(Baseline::read(&twice), Ok(baseline), "what both sides of a merge added");
        assert_eq!(Baseline::read("{\"version\":1,\n<<<<<<< HEAD\n"), Err(Unread::Conflict(2)));
        assert_eq!(Baseline::read("{\"version\":2,\"posts\":[]}"), Err(Unread::Later(2)));
        for broken in ["", "[]", "{}", "{\"version\":1}", &text[..20], &text.replace("rule", "role")] {
            assert!(matches!(Baseline::read(broken), Err(Unread::Broken(_))), "{broken}");
        }
    }
}
