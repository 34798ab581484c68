//! Front matter that is nothing but `key: value` lines and simple lists, read without the YAML parser.
//!
//! Most front matter is, and it is read in a tenth of the time. What is not certain to mean the same to the parser is
//! left to it: both give equal trees, which the tests hold them to.

use super::{Data, Entry, MAX_BYTES, Node, Style, Tree, node};
use crate::text::Span;

/// Reads the lines between the fences; `None` where they need the parser.
pub(super) fn read(text: &str, content: Span) -> Option<Tree> {
    if content.len() > MAX_BYTES {
        return None;
    }
    let mut lines = Lines { text, at: content.start, end: content.end };
    let mut entries = Vec::new();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            continue;
        }
        let key = Span::new(line.start, line.start + key_length(&text[line])?);
        let after = Span::new(key.end + 1, line.end);
        let value = match value_of(text, &after) {
            Some(value) if value.is_empty() => list_below(&mut lines, &value)?,
            Some(value) => scalar_or_list(text, value)?,
            None => return None,
        };
        entries.push(Entry { key: text[key].to_owned(), key_span: key, value });
    }
    Some(Tree { entries, complete: true, ..Tree::default() })
}

/// The lines of a text, line breaks left out.
#[derive(Clone)]
struct Lines<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl Lines<'_> {
    fn next(&mut self) -> Option<Span> {
        if self.at >= self.end {
            return None;
        }
        let rest = &self.text.as_bytes()[self.at..self.end];
        let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let (start, end) = (self.at, self.at + length);
        self.at = end + 1;
        Some(Span::new(start, if self.text[start..end].ends_with('\r') { end - 1 } else { end }))
    }
}

/// The length of a key of ASCII letters with a colon behind it.
fn key_length(line: &str) -> Option<usize> {
    let length =
        line.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')).count();
    let named = line.starts_with(|first: char| first.is_ascii_alphabetic());
    (named && line[length..].starts_with(':')).then_some(length)
}

/// What stands behind a colon or a dash, trimmed; empty if nothing does. A value stands behind a space.
fn value_of(text: &str, after: &Span) -> Option<Span> {
    let written = &text[*after];
    let value = written.trim_matches(' ');
    if value.is_empty() {
        return Some(Span::empty(after.start));
    }
    let start = after.start + (written.len() - written.trim_start_matches(' ').len());
    written.starts_with(' ').then(|| Span::new(start, start + value.len()))
}

fn scalar_or_list(text: &str, value: Span) -> Option<Node> {
    if !text[value].starts_with('[') {
        return scalar(text, value, false);
    }
    let mut items = Vec::new();
    let mut at = value.start + 1;
    let is_empty = &text[at..value.end] == "]";
    while !is_empty && at <= value.end {
        let rest = &text[at..value.end];
        let item = rest.trim_start_matches(' ');
        let start = at + rest.len() - item.len();
        let length = match item.chars().next()? {
            mark @ ('"' | '\'') => item[1..].find(mark)? + 2,
            _ => item.find([',', ']'])?,
        };
        let end = start + item[..length].trim_end_matches(' ').len();
        items.push(scalar(text, Span::new(start, end), true)?);
        let behind = item[length..].trim_start_matches(' ');
        at = match behind.as_bytes() {
            b"]" => value.end + 1,
            [b',', ..] => value.end - behind.len() + 1,
            _ => return None,
        };
    }
    items.shrink_to_fit();
    Some(node(value, Style::Flow, Data::List(items)))
}

/// A scalar that begins like a word, or a quoted one without escapes.
fn scalar(text: &str, span: Span, in_brackets: bool) -> Option<Node> {
    let written = &text[span];
    let mark = written.as_bytes().first().copied()?;
    if !written.bytes().all(|byte| matches!(byte, b' '..=b'~')) && written.contains(is_strange) {
        return None;
    }
    if mark == b'"' || mark == b'\'' {
        let inside = written.get(1..written.len().checked_sub(1)?).filter(|_| written.len() > 1)?;
        let ends = written.as_bytes().last() == Some(&mark);
        let style = if mark == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted };
        let simple = ends && !inside.contains(['\\', char::from(mark)]);
        return simple.then(|| node(span, style, Data::Scalar(inside.to_owned())));
    }
    let word = |first: char| first.is_ascii_alphanumeric() || matches!(first, '/' | '(') || !first.is_ascii();
    let bytes = written.as_bytes();
    let ends_key = |colon: usize| bytes.get(colon + 1).is_none_or(|&behind| behind == b' ');
    let begins_comment = |hash: usize| hash > 0 && bytes[hash - 1] == b' ';
    let simple = written.starts_with(word)
        && (!in_brackets || !written.contains([',', '[', ']', '{', '}']))
        && !memchr::memchr_iter(b':', bytes).any(ends_key)
        && !memchr::memchr_iter(b'#', bytes).any(begins_comment);
    simple.then(|| node(span, Style::Plain, Data::Scalar(written.to_owned())))
}

/// Characters that YAML takes for line breaks, or refuses.
fn is_strange(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// The list of scalars on the lines below a key, or nothing where another key follows.
fn list_below(lines: &mut Lines<'_>, nothing: &Span) -> Option<Node> {
    let text = lines.text;
    let (mut items, mut first, mut indent) = (Vec::new(), None, 0);
    loop {
        let mut ahead = lines.clone();
        let Some(line) = ahead.next() else { break };
        let written = &text[line];
        let content = written.trim_start_matches(' ');
        let dash = line.start + written.len() - content.len();
        if !content.starts_with('-') {
            // A line that is further in goes on with what is above it.
            if content.len() < written.len() || content.is_empty() {
                return None;
            }
            break;
        }
        if *first.get_or_insert(dash) == dash {
            indent = dash - line.start;
        }
        if dash - line.start != indent {
            return None;
        }
        let value = value_of(text, &Span::new(dash + 1, line.end)).filter(|value| !value.is_empty())?;
        items.push(scalar(text, value, false)?);
        *lines = ahead;
    }
    let empty = || node(*nothing, Style::Plain, Data::Scalar(String::new()));
    let Some(first) = first else { return Some(empty()) };
    let end = items.last().map_or(first, |item| item.span.end);
    items.shrink_to_fit();
    Some(node(Span::new(first, end), Style::Block, Data::List(items)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::front_matter::yaml::yaml;

    #[test]
    fn the_parser_reads_the_same() {
        let values = [
            "", " ", " a", " 회고 3주차 ", " 2022-10-09 10:00:00 +0900", " \"a: b\"", " 'a # b'", " \"\"",
            " a'b \"c\"", " yes", " ~", " [a, \"b\", 'c']", " [\"a, [b]\" , 'c']", " [a, b", " [\"a\" b]", " [a]]",
            " [a b]", " []", " [a,b , c]", " [a: b]", " [[a]]", " [a,]", " [ ]", " a: b", " a # b", " a#b", " a:",
            " -a", " - a", " {a: b}", " *a", " &a b", " !a b", " |", " @a", " `a`", " %a", " \"a\\n\"", " 'a''b'",
            " \"a\" b", "\ta", "a", " a\tb", " a,b", " ?a", " #a", "\n- a\n- b", "\n  - a\n  - \"b\"", "\n - a\n  - b",
            "\n- a: b", "\n-\n- a", "\n- a\n\n- b", "\n  b: c", "\n  text", "\n\n", " a\n  b", " a\nb", " \u{85}a",
            " (a)", " /a/", " 1,000", " a\\b", " http://a.b/c?d=e&f", " {{ a }}",
        ];
        let mut read_here = 0;
        for value in values {
            for end in ["\n", "\r\n"] {
                let written = format!("title:{value}\nnext: a\n").replace('\n', end);
                let Some(tree) = read(&written, Span::new(0, written.len())) else { continue };
                read_here += 1;
                let parsed = yaml(&written, Span::new(0, written.len()));
                assert_eq!(format!("{tree:#?}"), format!("{parsed:#?}"), "{written:?}");
            }
        }
        assert!(read_here > values.len() / 2, "only {read_here} are read here");
    }
}
