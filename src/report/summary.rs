//! Tables of how much was found: by rule, by kind, by post.

use std::collections::BTreeMap;

use anstyle::{AnsiColor, Style as Look};

use super::{Checked, Reporter, Style, Whole, columns, text};
use crate::finding::{RuleId, Safety, Severity};

/// Numbers at the left, what they are of at the right, so that names of any width do no harm.
pub(super) struct Overview;

/// How much was found in a post.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    path: String,
    /// The name of its kind, empty where it has none; `None` where it is no post.
    kind: Option<String>,
    /// By rule.
    counts: Vec<(RuleId, Count)>,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// Posts, and files of configs, with such findings; of a kind, all its posts.
    posts: usize,
    /// Posts without any finding.
    clean: usize,
    /// Findings that have a repair which leaves the page as it is.
    safe: usize,
    /// Findings that have another one.
    risky: usize,
}

impl Reporter for Overview {
    fn findings(&self, _post: &Checked, _style: Style) -> String {
        String::new()
    }

    fn tally(&self, post: &Checked) -> Option<Tally> {
        Some(Tally::of(post))
    }

    fn end(&self, whole: &Whole, style: Style) -> String {
        let tallies = &whole.tallies;
        let (rules, kinds, posts) = (by_rule(tallies), by_kind(tallies), by_post(tallies));
        let mut tables = String::new();
        let mut add = |lines: Vec<String>| {
            if lines.len() > 1 {
                lines.iter().for_each(|line| tables += &format!("{line}\n"));
                tables.push('\n');
            }
        };
        add(table("posts", "rule", &rules, style.color));
        // Without kinds, there is nothing to compare.
        if kinds.iter().any(|(kind, _)| !kind.is_empty()) {
            add(table("posts  clean", "kind, the healthiest first", &kinds, style.color));
        }
        add(table("", "post, those with the most findings first", &posts, style.color));
        let all = kinds.iter().map(|(_, count)| count.posts).sum::<usize>();
        if all > 0 {
            let clean = kinds.iter().map(|(_, count)| count.clean).sum::<usize>();
            tables += &format!("{clean} of {} without a finding\n", text::count(all, "post"));
        }
        tables + &text::closing(&whole.summary, style)
    }
}

/// By rule alone, with how many of the findings have a repair.
pub(super) struct Statistics;

impl Reporter for Statistics {
    fn findings(&self, _post: &Checked, _style: Style) -> String {
        String::new()
    }

    fn tally(&self, post: &Checked) -> Option<Tally> {
        Some(Tally::of(post))
    }

    fn end(&self, whole: &Whole, style: Style) -> String {
        let rules = by_rule(&whole.tallies);
        let table = match rules.is_empty() {
            true => Vec::new(),
            false => table("posts  fix  unsafe-fixes", "rule", &rules, style.color),
        };
        let table: String = table.iter().map(|line| format!("{line}\n")).collect();
        let gap = if table.is_empty() { "" } else { "\n" };
        table + gap + &text::closing(&whole.summary, style)
    }
}

/// So many posts are named.
const WORST: usize = 10;

/// How much each rule found, that which found most first.
pub(super) fn by_rule(tallies: &[&Tally]) -> Vec<(String, Count)> {
    let mut rules: BTreeMap<RuleId, Count> = BTreeMap::new();
    for (rule, count) in tallies.iter().flat_map(|tally| &tally.counts) {
        rules.entry(*rule).or_default().add(count);
    }
    worst_first(rules.into_iter().map(|(rule, count)| (rule.to_string(), count)).collect())
}

fn by_kind(tallies: &[&Tally]) -> Vec<(String, Count)> {
    let mut kinds: BTreeMap<&str, Count> = BTreeMap::new();
    for tally in tallies {
        let Some(kind) = &tally.kind else { continue };
        let all = tally.all();
        let count = kinds.entry(kind).or_default();
        count.add(&Count { posts: 1, clean: usize::from(all.found() == 0), ..all });
    }
    let mut kinds: Vec<_> = kinds.into_iter().map(|(kind, count)| (kind.to_owned(), count)).collect();
    kinds.sort_by_key(|(_, count)| (std::cmp::Reverse(count.clean * 10_000 / count.posts), count.found()));
    kinds
}

fn by_post(tallies: &[&Tally]) -> Vec<(String, Count)> {
    let found = tallies.iter().map(|tally| (tally.path.clone(), tally.all())).filter(|(_, count)| count.found() > 0);
    let mut posts = worst_first(found.collect());
    posts.truncate(WORST);
    posts
}

fn worst_first(mut counts: Vec<(String, Count)>) -> Vec<(String, Count)> {
    counts.sort_by_key(|(_, count)| std::cmp::Reverse((count.found(), count.errors)));
    counts
}

impl Tally {
    /// That of a post.
    pub(super) fn of(post: &Checked) -> Tally {
        let mut counts: BTreeMap<RuleId, Count> = BTreeMap::new();
        for (severity, finding) in post.findings {
            let count = counts.entry(finding.rule).or_default();
            *(if *severity == Severity::Error { &mut count.errors } else { &mut count.warnings }) += 1;
            count.safe += usize::from(finding.is_fixed_by(Safety::Safe));
            count.risky += usize::from(finding.is_fixed_by(Safety::Unsafe));
            count.posts = 1;
        }
        let (path, kind) = (post.path.to_owned(), post.kind.map(str::to_owned));
        Tally { path, kind, counts: counts.into_iter().collect() }
    }

    /// The rules that found something.
    pub(super) fn rules(&self) -> impl Iterator<Item = RuleId> {
        self.counts.iter().map(|(rule, _)| *rule)
    }

    fn all(&self) -> Count {
        let mut all = Count::default();
        self.counts.iter().for_each(|(_, count)| all.add(count));
        all
    }
}

impl Count {
    pub(super) fn found(&self) -> usize {
        self.errors + self.warnings
    }

    fn add(&mut self, other: &Count) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.posts += other.posts;
        self.clean += other.clean;
        self.safe += other.safe;
        self.risky += other.risky;
    }
}

/// A head and a line for each; `more` are the columns behind those of errors and warnings.
fn table(more: &str, name: &str, counts: &[(String, Count)], color: bool) -> Vec<String> {
    const BOLD: Look = Look::new().bold();
    let more: Vec<&str> = more.split("  ").filter(|column| !column.is_empty()).collect();
    let columns: Vec<&str> = ["errors", "warnings"].into_iter().chain(more).collect();
    let set = |text: String, look: Look| if color { format!("{look}{text}{look:#}") } else { text };
    let mut lines = vec![set(format!("{}  {name}", columns.join("  ")), BOLD)];
    for (name, count) in counts {
        let cell = |column: &str| match column {
            "errors" => (count.errors, AnsiColor::Red.on_default()),
            "warnings" => (count.warnings, AnsiColor::Yellow.on_default()),
            "posts" => (count.posts, Look::new()),
            "clean" => (count.clean, Look::new()),
            "fix" => (count.safe, Look::new()),
            _ => (count.risky, Look::new()),
        };
        let cells = columns.iter().map(|column| {
            let (number, look) = cell(column);
            let look = if number == 0 { Look::new() } else { look };
            set(format!("{number:>width$}", width = column.len()), look)
        });
        let cells = cells.collect::<Vec<_>>().join("  ");
        let left = columns::SCREEN - columns.iter().map(|column| column.len() + 2).sum::<usize>();
        let name = if name.is_empty() { "no kind" } else { name };
        lines.push(format!("{cells}  {}", columns::end_within(name, left)));
    }
    lines
}
