//! `rules/split-category.md`

use super::Subject;
use crate::finding::Findings;
use crate::text::first_line;

/// No name is made of more words, which bounds the search.
const MOST_WORDS: usize = 6;

/// Names of one subject in two words, which nobody means as two categories.
const ONE_NAME: &[&str] = &[
    "artificial intelligence",
    "big data",
    "book review",
    "competitive programming",
    "computer architecture",
    "computer graphics",
    "computer science",
    "computer vision",
    "data analysis",
    "data engineering",
    "data science",
    "data structure",
    "data structures",
    "deep learning",
    "design pattern",
    "design patterns",
    "game development",
    "image processing",
    "information theory",
    "linear algebra",
    "machine learning",
    "neural networks",
    "object detection",
    "operating system",
    "operating systems",
    "problem solving",
    "reinforcement learning",
    "signal processing",
    "software engineering",
    "system design",
    "time series",
    "web development",
    "딥 러닝",
    "머신 러닝",
    "운영 체제",
    "자료 구조",
];

/// Words apart by white space are Jekyll's own way to write several names, so only what tells that one was meant counts.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let Some(front) = subject.post.front_matter() else { return };
    for entry in front.tree.entries.iter().filter(|entry| subject.blog.generator.splits(&entry.key)) {
        let Some(text) = entry.value.text().filter(|text| !text.trim().is_empty()) else { continue };
        let parts: Vec<&str> = text.split_whitespace().collect();
        let is_name = |name: &str| {
            let name = name.to_lowercase();
            ONE_NAME.contains(&name.as_str()) || subject.blog.habits().names.contains(&name)
        };
        let Some(meant) = meant(text, &parts, is_name) else { continue };
        let quoted: Vec<String> = parts.iter().map(|part| format!("`{part}`")).collect();
        let span = first_line(subject.post.text, entry.value.span.clone());
        findings
            .at(span, format!("Jekyll cuts `{}` at white space only: {}", entry.key, quoted.join(", ")))
            .help(format!("write a list: `{}: [{}]`", entry.key, meant.join(", ")));
    }
}

/// The names that were meant, where they are surely not the parts.
fn meant(text: &str, parts: &[&str], is_name: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    if text.contains(',') {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        return Some(names.map(str::to_owned).collect());
    }
    let is_open = |part: &&str| part.matches('(').count() != part.matches(')').count();
    if parts.iter().any(is_open) {
        return Some(vec![text.trim().to_owned()]);
    }
    let mut names = Vec::new();
    let mut from = 0;
    while from < parts.len() {
        let longest = parts.len().min(from + MOST_WORDS);
        let end = (from + 2..=longest).rev().find(|&end| is_name(&parts[from..end].join(" ")));
        let end = end.unwrap_or(from + 1);
        names.push(parts[from..end].join(" "));
        from = end;
    }
    (names.len() < parts.len()).then_some(names)
}
