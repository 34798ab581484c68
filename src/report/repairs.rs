//! What `postlint fix` says of its work, for people.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::text::count;
use super::visible;
use crate::finding::RuleId;
use crate::rules::Rule;
use crate::text::{Lines, Span, boundary};

/// What was done to one file, a line for the format and one for faults: `repaired _posts/a.md: 2 split-category`.
pub(crate) fn lines(path: &str, rules: &[RuleId]) -> Vec<String> {
    let path: String = path.chars().map(visible).collect();
    let (formats, faults): (Vec<RuleId>, Vec<RuleId>) = rules.iter().partition(|&&rule| is_format(rule));
    let told = [("formatted", formats), ("repaired", faults)].into_iter().filter(|(_, rules)| !rules.is_empty());
    told.map(|(verb, rules)| format!("{verb} {path}: {}", counted(&rules))).collect()
}

/// What was suppressed in one file: `suppressed _posts/a.md: 2 dead-link`.
pub(crate) fn suppressed(path: &str, rules: &[RuleId]) -> String {
    let path: String = path.chars().map(visible).collect();
    format!("suppressed {path}: {}", counted(rules))
}

fn counted(rules: &[RuleId]) -> String {
    let mut counts: Vec<(RuleId, usize)> = Vec::new();
    for &rule in rules {
        match counts.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, count)) => *count += 1,
            None => counts.push((rule, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let counts: Vec<_> = counts.iter().map(|(rule, count)| format!("{count} {rule}")).collect();
    counts.join(", ")
}

fn is_format(rule: RuleId) -> bool {
    Rule::of(&rule).is_some_and(|rule| rule.is_format)
}

/// What a whole run came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Repairs {
    /// Posts that were looked at.
    pub posts: usize,
    /// Posts of which the format changed.
    pub formatted: usize,
    /// Faults that were repaired.
    pub faults: usize,
    /// Findings that only `--unsafe-fixes` repairs.
    pub more: usize,
}

impl Repairs {
    /// What was done to one more post, by the rules that asked for it.
    pub(crate) fn add(&mut self, rules: &[RuleId]) {
        let faults = rules.iter().filter(|&&rule| !is_format(rule)).count();
        self.faults += faults;
        self.formatted += usize::from(faults < rules.len());
    }

    /// The last line, such as `formatted 12 posts, repaired 3 faults; 9 more with --unsafe-fixes`. `verb`: what was asked
    /// for, `fix` or `format`; `only_shown`: no file was written.
    pub(crate) fn summary(&self, verb: &str, only_shown: bool) -> String {
        let (posts, faults) = (count(self.formatted, "post"), count(self.faults, "fault"));
        let done = match (self.formatted, self.faults, only_shown) {
            (0, 0, _) if self.posts == 0 => return "nothing was done".to_owned(),
            (0, 0, _) => format!("nothing to {verb} in {}", count(self.posts, "post")),
            (_, 0, false) => format!("formatted {posts}"),
            (0, _, false) => format!("repaired {faults}"),
            (_, _, false) => format!("formatted {posts}, repaired {faults}"),
            (_, 0, true) => format!("would format {posts}"),
            (0, _, true) => format!("would repair {faults}"),
            (_, _, true) => format!("would format {posts}, repair {faults}"),
        };
        match self.more {
            0 => done,
            more if self.faults == 0 => format!("{done}; {} with --unsafe-fixes", count(more, "fault")),
            more => format!("{done}; {more} more with --unsafe-fixes"),
        }
    }
}

/// What is said where a whole blog would be formatted that never was, and how to begin.
pub(crate) fn left_unformatted(formatted: usize, posts: usize, today: Option<Date>) -> String {
    let since = today.map_or(String::new(), |today| {
        format!(", and with `format: {{since: {today}}}` under `rules:` in postlint.yaml only posts from then on are")
    });
    format!(
        "the format was left alone, as {formatted} of {posts} posts would change: with `postlint format` all of them are \
         formatted, with `postlint fix PATHS` those that you name{since}"
    )
}

/// Why posts were not formatted, with their number, the usual reasons first.
pub(crate) fn left_alone<'w>(whys: impl Iterator<Item = &'w str>) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    whys.for_each(|why| *counts.entry(why).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, posts)| std::cmp::Reverse(*posts));
    counts.into_iter().map(|(why, posts)| format!("{} left alone: {why}", count(posts, "post"))).collect()
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
    fn lines_of_a_file() {
        let rules = ["crowded-block", "dead-link", "trailing-space", "trailing-space"].map(RuleId::new);
        let told = ["formatted a␊.md: 2 trailing-space, 1 crowded-block", "repaired a␊.md: 1 dead-link"];
        assert_eq!(lines("a\n.md", &rules), told);
        assert_eq!(place("a.md", "a\nbc\n", &Span::new(3, 4)), "a.md:2:2");
    }

    #[test]
    fn summaries() {
        for (posts, formatted, faults, more, said) in [
            (0, 0, 0, 0, "nothing was done"),
            (1, 0, 0, 0, "nothing to fix in 1 post"),
            (2, 0, 0, 1, "nothing to fix in 2 posts; 1 fault with --unsafe-fixes"),
            (40, 0, 12, 0, "would repair 12 faults"),
            (40, 1, 0, 2, "would format 1 post; 2 faults with --unsafe-fixes"),
            (40, 12, 3, 9, "would format 12 posts, repair 3 faults; 9 more with --unsafe-fixes"),
        ] {
            assert_eq!(Repairs { posts, formatted, faults, more }.summary("fix", true), said);
        }
        let done = Repairs { posts: 40, formatted: 12, faults: 3, more: 9 };
        let said = "formatted 12 posts, repaired 3 faults; 9 more with --unsafe-fixes";
        assert_eq!(done.summary("fix", false), said);
        assert_eq!(Repairs { posts: 2, ..Repairs::default() }.summary("format", false), "nothing to format in 2 posts");
        let mut counted = Repairs::default();
        counted.add(&["crowded-block", "dead-link", "dead-link"].map(RuleId::new));
        assert_eq!((counted.formatted, counted.faults), (1, 2));
    }
}
