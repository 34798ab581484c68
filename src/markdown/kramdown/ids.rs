//! The ids that headings get from their text.

use std::collections::HashMap;

use super::char_classes::is_word;
use super::tree::{NodeId, NodeKind, SignKind, Tree};

/// Ids as kramdown-parser-gfm 1.1.0 makes them (`gfm.rb`, `generate_gfm_header_id`).
#[derive(Default)]
pub(crate) struct GfmIds(HashMap<String, usize>);

impl GfmIds {
    /// The next id for a text.
    pub(crate) fn next(&mut self, text: &str) -> String {
        let lower = text.chars().flat_map(char::to_lowercase);
        let kept = lower.filter(|&character| is_word(character) || matches!(character, '-' | ' ' | '\t'));
        let id = kept.map(|character| if matches!(character, ' ' | '\t') { '-' } else { character }).collect();
        numbered(&mut self.0, id)
    }
}

/// Ids as kramdown 2.4.0 makes them (`converter/base.rb`, `generate_id`).
#[derive(Default)]
pub(crate) struct PlainIds(HashMap<String, usize>);

impl PlainIds {
    /// The next id for a text.
    pub(crate) fn next(&mut self, text: &str) -> String {
        let id = plain(text);
        numbered(&mut self.0, if id.is_empty() { "section".to_string() } else { id })
    }
}

/// What an ID may be made of, without regard to others: `basic_generate_id`.
pub(crate) fn plain(text: &str) -> String {
    let mut at_start = true;
    let mut id = String::new();
    for character in text.chars() {
        at_start = character == '\n' || at_start && !character.is_ascii_alphabetic();
        match character {
            _ if at_start => {}
            ' ' => id.push('-'),
            '-' | 'a'..='z' | 'A'..='Z' | '0'..='9' => id.push(character.to_ascii_lowercase()),
            _ => {}
        }
    }
    id
}

/// An id with a number, if it was given before. What it is with the number is not remembered.
fn numbered(given: &mut HashMap<String, usize>, mut id: String) -> String {
    match given.get_mut(&id) {
        Some(count) => {
            *count += 1;
            id.push_str(&format!("-{count}"));
        }
        None => {
            given.insert(id.clone(), 0);
        }
    }
    id
}

/// The text that the id of a heading is made of with GFM: what is read, formulas and code included
/// (`gfm.rb`, `update_raw_text`).
pub(crate) fn text_of(tree: &Tree, id: NodeId) -> String {
    let mut text = String::new();
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        let node = &tree.nodes[id];
        match &node.kind {
            NodeKind::Text(content) | NodeKind::CodeSpan(content) | NodeKind::Math { tex: content, .. } => {
                text.push_str(content.text());
            }
            NodeKind::Sign(SignKind::Typographic, sign) => text.push_str(&sign.replace('\u{a0}', " ")),
            NodeKind::Sign(_, sign) => text.push_str(sign),
            _ => waiting.extend(node.children.iter().rev()),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_gfm() {
        let mut ids = GfmIds::default();
        let given: Vec<String> =
            ["A b", "a B", "A b-1", "Ü & Ö\tΣΑΣ", "가 나!", "?", "?", "İx"].map(|text| ids.next(text)).into();
        assert_eq!(given, ["a-b", "a-b-1", "a-b-1", "ü--ö-σασ", "가-나", "", "-1", "i̇x"]);
    }

    #[test]
    fn of_plain_kramdown() {
        let mut ids = PlainIds::default();
        let given: Vec<String> = ["1. A b", "a B", "가", "나", "Ü x_y"].map(|text| ids.next(text)).into();
        assert_eq!(given, ["a-b", "a-b-1", "section", "section-1", "x_y".replace('_', "").as_str()]);
    }
}
