//! Templates that print this or that: what matters to Markdown is often the same, a block of HTML around the content.

use std::ops::Range;

use super::{Token, first_word, pieces};
use crate::shortcodes::Piece;

/// What is printed, if each way through the conditions of a template comes to the same for Markdown.
pub(super) fn agreed(tokens: &[Token]) -> Option<Vec<Piece>> {
    // No more branches than that are tried.
    const MOST: usize = 3;
    let mut ways = (0..MOST).map(|choice| pieces(&way(tokens, choice, false)?));
    let first = ways.next()??;
    let shape = shape(&first)?;
    ways.all(|other| other.is_some_and(|other| self::shape(&other).as_ref() == Some(&shape))).then_some(first)
}

/// The tokens on the way that takes the branch of a number everywhere, or the last. The dot may be what the author says.
fn way<'t>(tokens: &[Token<'t>], choice: usize, says_dot: bool) -> Option<Vec<Token<'t>>> {
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        let Token::Action(action) = token else {
            kept.push(token.clone());
            continue;
        };
        let is_dot = |word: &str| word.trim_matches(['(', ')']) == ".";
        match first_word(action) {
            word @ ("if" | "with") => {
                let (branches, end) = branches(tokens, at)?;
                let branch = branches[choice.min(branches.len() - 1)].clone();
                let says_dot = if word == "with" { action.contains(".Get") } else { says_dot };
                kept.extend(way(&tokens[branch], choice, says_dot)?);
                at = end + 1;
            }
            "range" | "block" | "define" => return None,
            _ if says_dot && action.split_whitespace().any(is_dot) => kept.push(Token::Action(".Get".to_owned())),
            _ => kept.push(token.clone()),
        }
    }
    Some(kept)
}

/// The branches of a condition whose first begins at a token, the empty one included, and its end.
fn branches(tokens: &[Token], from: usize) -> Option<(Vec<Range<usize>>, usize)> {
    let mut branches = Vec::new();
    let (mut depth, mut start, mut has_else) = (0_usize, from, false);
    for (at, token) in tokens.iter().enumerate().skip(from) {
        let Token::Action(action) = token else { continue };
        match first_word(action) {
            "if" | "with" | "range" | "block" | "define" => depth += 1,
            "end" if depth > 0 => depth -= 1,
            "else" if depth == 0 => {
                branches.push(start..at);
                start = at + 1;
                // `else with` has a dot of its own.
                has_else = action == "else";
                if action.starts_with("else with") {
                    return None;
                }
            }
            "end" => {
                branches.push(start..at);
                if !has_else {
                    branches.push(at..at);
                }
                return Some((branches, at));
            }
            _ => {}
        }
    }
    None
}

/// What of that which is printed matters to Markdown.
#[derive(PartialEq, Eq)]
struct Shape {
    /// The content is read by itself before it is printed.
    is_read: bool,
    /// It stands in a block of HTML; else it begins a line behind a blank one, with what stands before it there.
    indent: Option<String>,
    /// What is printed behind it.
    after: String,
}

fn shape(pieces: &[Piece]) -> Option<Shape> {
    let is_content = |piece: &Piece| matches!(piece, Piece::Content | Piece::Markdown);
    let at = pieces.iter().position(is_content)?;
    let [before, after] = [&pieces[..at], &pieces[at + 1..]].map(|pieces| {
        let texts = pieces.iter().map(|piece| if let Piece::Text(text) = piece { text.as_str() } else { "x" });
        texts.collect::<String>()
    });
    if pieces[at + 1..].iter().any(is_content) {
        return None;
    }
    let before: Vec<&str> = before.split('\n').collect();
    let blank = before[..before.len() - 1].iter().rposition(|line| line.trim().is_empty());
    let block = &before[blank.map_or(0, |blank| blank + 1)..];
    let indent = match block {
        [line] if blank.is_some() && line.trim().is_empty() => Some((*line).to_owned()),
        [first, ..] if begins_block(first) => None,
        _ => return None,
    };
    Some(Shape { is_read: matches!(pieces[at], Piece::Markdown), indent, after })
}

/// Whether a line begins a block of HTML that goes on to the next blank line (CommonMark 0.31.2, 4.6).
fn begins_block(line: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "figure", "footer", "h1", "h2",
        "h3", "h4", "h5", "h6", "header", "li", "main", "nav", "ol", "p", "section", "summary", "table", "td", "th",
        "tr", "ul",
    ];
    let text = line.trim_start_matches(' ');
    let name = text.strip_prefix('<').unwrap_or_default();
    let end = name.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(name.len());
    line.len() - text.len() < 4 && BLOCKS.contains(&name[..end].to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn what_the_branches_agree_on() {
        for (template, is_known) in [
            ("<details>\n{{- with .Get 0 }}<summary>{{ . }}</summary>{{ end }}\n{{ .Inner }}\n</details>", true),
            (
                "{{ if .Get 1 -}}\n<div>\n<a>{{ .Get 0 }}</a>\n{{ .Inner }}\n</div>{{ else }}<div>\n{{ .Inner }}\n</div>{{ end }}",
                true,
            ),
            ("<div>\n{{ if .Get 0 }}<p>{{ .Get 0 }}</p>\n{{ end }}\n{{ .Inner }}\n</div>", true),
            ("<div>\n{{ with .Get 0 }}<p>{{ . }}</p>{{ end }}\n\n{{ .Inner }}\n\n</div>", true),
            ("{{ if .Get 0 }}<p>{{ end }}{{ .Inner }}", false),
            ("<div>{{ if .Get 0 }}{{ partial \"x\" . }}{{ end }}\n{{ .Inner }}</div>", false),
            ("<div>{{ range .Params }}<i>{{ . }}</i>{{ end }}{{ .Inner }}</div>", false),
            ("{{ if .Get 0 }}<div>{{ .Inner }}</div>{{ else }}<div>{{ .Inner }}</div>\n{{ end }}", false),
        ] {
            assert_eq!(read(template).pieces.is_some(), is_known, "{template}");
        }
    }
}
