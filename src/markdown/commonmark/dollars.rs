//! Formulas between dollar signs in running text, as plugins of markdown-it take them out: markdown-it-katex 2.0 and those
//! that are made of it (@iktakahiro/markdown-it-katex 4.0, markdown-it-mathjax3 4.3: `math_inline`), and
//! @vscode/markdown-it-katex 1.1 (`inlineMath`, `inlineMathBlock`).

use super::Math;
use crate::text::Span;

/// What a dollar sign comes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// So many signs of text.
    Text(usize),
    /// A formula.
    Formula { tex: Span, display: bool, end: usize },
}

/// Reads on from a dollar sign in running text, which begins at `start` and ends where the text ends.
pub(super) fn read(text: &str, start: usize, at: usize, math: Math, is_behind_tag: bool) -> Sign {
    let bytes = text.as_bytes();
    let before = text[start..at].chars().next_back();
    if math == Math::MarkdownItSpaces {
        let closes = |close: usize| {
            !matches!(bytes[close - 1], b' ' | b'\t') && !bytes.get(close + 1).is_some_and(u8::is_ascii_digit)
        };
        return match bytes.get(at + 1) {
            Some(b' ' | b'\t') => Sign::Text(1),
            _ => pair(bytes, at, 1, closes),
        };
    }
    if bytes.get(at + 1) == Some(&b'$') {
        let closes = |close: usize| !matches!(bytes[close - 1], b'$' | b'\\') && bytes.get(close + 2) != Some(&b'$');
        return match (before, bytes.get(at + 2)) {
            (Some('$' | '\\'), _) | (_, Some(b'$')) => Sign::Text(2),
            _ => pair(bytes, at, 2, closes),
        };
    }
    let is_word = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let closes = |close: usize| !text[close + 1..].starts_with(|next: char| next == '$' || is_word(next));
    match before {
        _ if is_behind_tag => Sign::Text(1),
        Some(sign) if matches!(sign, '$' | '\\') || is_word(sign) => Sign::Text(1),
        _ => within_backticks(bytes, pair(bytes, at, 1, closes)),
    }
}

/// Goes to the next sign without a backslash before it, which has to close.
fn pair(bytes: &[u8], at: usize, length: usize, closes: impl Fn(usize) -> bool) -> Sign {
    let start = at + length;
    let mut close = start;
    loop {
        let Some(found) = memchr::memmem::find(&bytes[close..], &b"$$"[..length]) else { return Sign::Text(length) };
        close += found;
        let slashes = bytes[..close].iter().rev().take_while(|&&byte| byte == b'\\').count();
        if slashes % 2 == 0 {
            break;
        }
        close += length;
    }
    match close {
        _ if close == start => Sign::Text(2 * length),
        _ if closes(close) => Sign::Formula { tex: Span::new(start, close), display: length == 2, end: close + length },
        _ => Sign::Text(length),
    }
}

/// Backticks around all of a formula are none of it.
fn within_backticks(bytes: &[u8], sign: Sign) -> Sign {
    match sign {
        Sign::Formula { tex, display, end }
            if tex.len() > 2 && bytes[tex.start] == b'`' && bytes[tex.end - 1] == b'`' =>
        {
            Sign::Formula { tex: Span::new(tex.start + 1, tex.end - 1), display, end }
        }
        sign => sign,
    }
}

/// Whether a tag of HTML keeps what stands behind it from being a formula: `/^<\w+.+[^/]>$/`.
pub(super) fn hides(tag: &str) -> bool {
    let name = tag.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    name.is_some_and(|inner| {
        inner.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
            && inner.chars().count() > 2
            && !inner.ends_with('/')
            && !inner[1..].contains('\n')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked of the plugins.
    #[test]
    fn formulas_of_plugins() {
        let shown = |text: &str, math: Math| {
            let (mut at, mut shown) = (0, String::new());
            while let Some(sign) = text[at..].chars().next() {
                match sign {
                    '\\' => {
                        let length = 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
                        shown.push_str(&text[at..at + length]);
                        at += length;
                    }
                    '$' => match read(text, 0, at, math, false) {
                        Sign::Text(length) => {
                            shown.push_str(&text[at..at + length]);
                            at += length;
                        }
                        Sign::Formula { tex, display, end } => {
                            shown += &format!("{}{}{}", if display { "[[" } else { "[" }, &text[tex], "]");
                            at = end;
                        }
                    },
                    _ => {
                        shown.push(sign);
                        at += sign.len_utf8();
                    }
                }
            }
            shown
        };
        for (text, by_spaces, by_letters) in [
            ("값 $x$ 은", "값 [x] 은", "값 [x] 은"),
            ("값$x$은", "값[x]은", "값[x]은"),
            ("a$x$b", "a[x]b", "a$x$b"),
            ("$ x $", "$ x $", "[ x ]"),
            ("$5 and $10", "$5 and $10", "$5 and $10"),
            ("$x $y$", "$x [y]", "$x [y]"),
            ("$a\\$b$", "[a\\$b]", "[a\\$b]"),
            ("a $$x$$ b", "a $$x$$ b", "a [[x] b"),
            ("$`x`$", "[`x`]", "[x]"),
            ("$$$$ $x$", "$$$$ [x]", "$$$$ [x]"),
            ("\\\\$x$", "\\\\[x]", "\\\\$x$"),
        ] {
            assert_eq!(shown(text, Math::MarkdownItSpaces), by_spaces, "{text}");
            assert_eq!(shown(text, Math::MarkdownItLetters), by_letters, "{text}");
        }
        assert!(hides("<span class=\"a\">") && hides("<sub>") && !hides("<b>") && !hides("</span>") && !hides("<br/>"));
    }
}
