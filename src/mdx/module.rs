//! `import` and `export` at the head of a line.

use super::expression::{Token, tokens};

/// Whether JavaScript goes on behind a text: a bracket is open in it, or a quote.
pub(super) fn goes_on(text: &str) -> bool {
    let mut depth = 0_i32;
    for (_, token) in tokens(text) {
        match token {
            Token::Sign("(" | "[" | "{") => depth += 1,
            Token::Sign(")" | "]" | "}") => depth -= 1,
            Token::Open => return true,
            _ => {}
        }
    }
    depth > 0
}

/// Whether a text is surely no module: the word that it begins with, if so.
pub(super) fn is_none(text: &str) -> Option<&'static str> {
    let all: Vec<Token> = tokens(text).map(|(_, token)| token).collect();
    let is_string = |token: Option<&Token>| matches!(token, Some(Token::Text));
    match &all[..] {
        [Token::Word("import"), rest @ ..] => {
            let fits = match rest {
                [Token::Text, ..] => true,
                [Token::Sign("{"), ..] => rest.contains(&Token::Word("from")),
                [Token::Sign("*"), Token::Word("as"), ..] => true,
                [Token::Word("type" | "defer" | "source"), ..] => true,
                [Token::Word(_), Token::Word("from"), from @ ..] => is_string(from.first()),
                [Token::Word(_), Token::Sign(","), ..] => true,
                _ => false,
            };
            (!fits).then_some("import")
        }
        [Token::Word("export"), rest @ ..] => {
            let fits = match rest {
                [Token::Word("default"), rest @ ..] => !rest.is_empty(),
                [
                    Token::Word(
                        "const" | "let" | "var" | "function" | "class" | "async" | "type" | "interface" | "enum"
                        | "declare" | "abstract" | "namespace",
                    ),
                    Token::Word(_) | Token::Sign("{" | "[" | "*"),
                    ..,
                ] => true,
                [Token::Sign("{" | "*"), ..] => true,
                _ => false,
            };
            (!fits).then_some("export")
        }
        _ => None,
    }
}
