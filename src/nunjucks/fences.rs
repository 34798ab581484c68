//! Blocks of code that Hexo takes out before anything else is read (8.1.2, `filter/before_post_render/backtick_code_block.ts`):
//! it looks for them line by line, whatever they stand in.

use crate::markdown::mapped_text::MappedText;
use crate::text::Span;

/// What stands for a block of code: a comment, which nobody reads.
const CODE: &str = "<!--code-->";

/// A stretch of a file with its blocks of code taken out.
pub(super) fn without_code<'a>(file: &'a str, within: Span) -> MappedText<'a> {
    let text = &file[within];
    let fences = if text.contains("```") || text.contains("~~~") { find(text) } else { Vec::new() };
    if fences.is_empty() {
        return MappedText::verbatim(file, within);
    }
    let mut kept = MappedText::default();
    let mut from = 0;
    for fence in fences {
        kept.push_verbatim(&text[from..fence.start], within.start + from);
        kept.push_replaced(CODE, Span::new(within.start + fence.start, within.start + fence.end));
        from = fence.end;
    }
    kept.push_verbatim(&text[from..], within.start + from);
    kept
}

/// From the signs that open a block to those that close it.
fn find(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push(Span::new(start, start + line.len()));
        start += line.len();
    }
    let mut at = 0;
    while at < lines.len() {
        let Some((indent, signs)) = opening(&text[lines[at]]) else {
            at += 1;
            continue;
        };
        let close = lines[at + 1..].iter().position(|line| closes(&text[*line], signs));
        match close.map(|further| at + 1 + further) {
            Some(close) => {
                let line = lines[close];
                let end = line.start + text[line].trim_end_matches(['\r', '\n', ' ', '\t']).len();
                found.push(Span::new(lines[at].start + indent, end));
                at = close + 1;
            }
            None => at += 1,
        }
    }
    found
}

/// How far the signs of a line that opens a block are indented, and the signs.
fn opening(line: &str) -> Option<(usize, &str)> {
    let is_blank = |sign: char| sign.is_whitespace() && !matches!(sign, '\r' | '\n');
    let skip = |text: &str| text.len() - text.trim_start_matches(is_blank).len();
    let start = line.chars().next()?;
    let marker = match start {
        '-' | '*' | '+' => 1,
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            if line[digits..].starts_with('.') { digits + 1 } else { return None }
        }
        _ => {
            let mut at = 0;
            for _ in 0..3 {
                let quote = at + skip(&line[at..]);
                at = if line[quote..].starts_with('>') { quote + 1 } else { break };
            }
            at
        }
    };
    let indent = marker + skip(&line[marker..]);
    let sign = line[indent..].chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let count = line[indent..].chars().take_while(|next| *next == sign).count();
    let rest = line[indent + count..].trim_end();
    (count >= 3 && line.ends_with('\n') && !rest.ends_with('`')).then(|| (indent, &line[indent..indent + count]))
}

fn closes(line: &str, signs: &str) -> bool {
    let rest = line.trim_start_matches(|sign: char| sign == '>' || sign.is_whitespace() && sign != '\n');
    rest.strip_prefix(signs).is_some_and(|rest| {
        let rest = rest.trim_end_matches('\n');
        rest.is_empty() || rest.chars().count() == 1 && rest.trim().is_empty()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_code() {
        let found = |text: &str| find(text).iter().map(|span| text[*span].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("a\n```js\nb\n```\nc"), ["```js\nb\n```"]);
        assert_eq!(found("- ```\n  b\n  ```\n"), ["```\n  b\n  ```"]);
        assert_eq!(found("> ~~~\n> b\n> ~~~\n"), ["~~~\n> b\n> ~~~"]);
        assert_eq!(found("````md\n```\na\n```\n````\n"), ["````md\n```\na\n```\n````"]);
        assert_eq!(found("```\na\n"), [""; 0]);
        assert_eq!(found("```a``` b\n```c```\n"), [""; 0]);
        let file = "--\nx\n```\na\n```\ny";
        let kept = without_code(file, Span::new(3, file.len()));
        assert_eq!(kept.text(), "x\n<!--code-->\ny");
        assert_eq!(kept.span(Span::new(2, 13)), Span::new(5, 14));
    }
}
