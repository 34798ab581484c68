//! What a page says of an engine, and what that says itself.

use crate::math::Formula;
use crate::subject::Asked;

/// What stands for anything in a fence.
const LEFT_OUT: char = '…';

/// What the engine says, as a fence would hold all of it.
pub fn told(asked: &Asked, words: &str) -> String {
    let example = &asked.shown.example;
    let text = match words {
        "html page" => asked.answer.page(&example.path).map_or(String::new(), |page| page.content.clone()),
        "text site" => asked.answer.listing(example),
        "text math" => asked.formulas.iter().flatten().map(Formula::shown).collect::<Vec<_>>().join("\n"),
        _ if asked.alone.is_empty() => asked.answer.log().join("\n"),
        _ => {
            let mut lines: Vec<String> = asked.alone.iter().flat_map(|answer| answer.log()).collect();
            lines.dedup();
            lines.join("\n")
        }
    };
    let lines: Vec<String> = text.trim_end().lines().map(shown).collect();
    lines.join("\n") + "\n"
}

fn shown(line: &str) -> String {
    let trimmed = line.trim_end_matches(' ');
    format!("{trimmed}{}", "␠".repeat(line.len() - trimmed.len()))
}

/// Whether a fence holds what is told, with `…` for what it leaves out.
pub fn holds(fence: &str, told: &str) -> bool {
    let mut rest = told;
    let is_there = |part: &str| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    };
    let mut parts = fence.split(LEFT_OUT).map(str::trim).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(is_there)
}
