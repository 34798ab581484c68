//! The ids that headings get from their text.

use std::collections::HashMap;

use super::char_classes::is_word;
use super::tree::{Node, NodeId, NodeKind};

/// What kramdown-parser-gfm 1.1.0 makes an id of, without regard to others (`gfm.rb`, `generate_gfm_header_id`).
pub(crate) fn gfm(text: &str) -> String {
    let lower = text.chars().flat_map(char::to_lowercase);
    let kept = lower.filter(|&character| is_word(character) || matches!(character, '-' | ' ' | '\t'));
    kept.map(|character| if matches!(character, ' ' | '\t') { '-' } else { character }).collect()
}

/// What kramdown 2.4.0 makes an id of, without regard to others (`converter/base.rb`, `basic_generate_id`).
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
    if id.is_empty() { "section".to_string() } else { id }
}

/// An id with a number, if it was given before. What it is with the number is not remembered.
pub(crate) fn numbered(given: &mut HashMap<String, usize>, mut id: String) -> String {
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
pub(crate) fn text_of(nodes: &[Node], id: NodeId) -> String {
    let mut text = String::new();
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        let node = &nodes[id];
        match &node.kind {
            NodeKind::Text(content) | NodeKind::Code(_, content) | NodeKind::Math { tex: content, .. } => {
                text.push_str(content.text());
            }
            NodeKind::Sign(sign) => text.push_str(match &**sign {
                "«\u{a0}" => "« ",
                "\u{a0}»" => " »",
                sign => sign,
            }),
            _ => waiting.extend(node.children.iter().rev()),
        }
    }
    text
}
