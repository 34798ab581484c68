//! Places that stand so plainly in a text that no engine of the family of CommonMark reads them otherwise. Most fragments
//! lead to one of them, and then the page need not be made.

use std::collections::HashSet;

use memchr::{memchr, memmem};

use super::anchors::ids_in_html;
use crate::render::Profile;
use crate::render::ids::Style;

/// The ids of the plain headings and tags of a text; the page may have more. Where an id is taken twice, it is that of
/// the first.
pub fn ids(text: &str, profile: &Profile) -> HashSet<String> {
    let Profile::CommonMark(options) = profile else { return HashSet::new() };
    let mut ids = HashSet::new();
    if !hides_lines(text) {
        let has_tags = options.raw_html && memchr(b'<', text.as_bytes()).is_some();
        let (mut around, mut start) = (Around::Text, 0);
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
        for line in ends.map(|end| &text[std::mem::replace(&mut start, end + 1)..end]) {
            around = around.next(line);
            if matches!(around, Around::Text) {
                ids.extend(options.ids.and_then(|style| id_of_heading(line, style)));
                if has_tags {
                    ids_of_tags(line, &mut ids);
                }
            }
        }
    }
    ids
}

/// Whether something in a text may hide lines up to an end that is told from no line alone.
fn hides_lines(text: &str) -> bool {
    const RAW: [&str; 4] = ["pre", "script", "style", "textarea"];
    let bytes = text.as_bytes();
    let is_block = |at: usize| {
        let before = bytes[..at].iter().rev().copied().find(|byte| !matches!(byte, b' ' | b'\t'));
        before.is_none_or(|byte| byte == b'\n' || byte == bytes[at])
    };
    let starts = |at: usize| {
        let rest = &text[at + 1..];
        let line = || rest.split('\n').next().unwrap_or_default();
        let name = || rest.split(|sign: char| !sign.is_ascii_alphanumeric()).next().unwrap_or_default();
        match rest.as_bytes().first() {
            Some(b'!') => !(rest.starts_with("!--") && line().contains("-->")),
            Some(b'?') => true,
            _ => RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name())),
        }
    };
    memchr::memchr_iter(b'<', bytes).any(starts)
        || ["```", "~~~"].iter().any(|fence| memmem::find_iter(bytes, fence).any(|at| !is_block(at)))
}

/// What a line stands in.
enum Around<'t> {
    /// Text, or a tag in it.
    Text,
    /// Code that ends with a fence like this one.
    Fence(&'t str),
    /// HTML that ends with a blank line.
    Html,
}

impl<'t> Around<'t> {
    fn next(self, line: &'t str) -> Self {
        let start = line.trim_ascii_start();
        match (self, start.as_bytes().first()) {
            (Around::Fence(fence), _) => match start.strip_prefix(fence) {
                Some(rest) if rest.trim_ascii_end().bytes().all(|byte| byte == fence.as_bytes()[0]) => Around::Text,
                _ => Around::Fence(fence),
            },
            (Around::Text, Some(mark @ (b'`' | b'~'))) => {
                let length = start.bytes().take_while(|byte| byte == mark).count();
                if length >= 3 { Around::Fence(&start[..length]) } else { Around::Text }
            }
            (_, None) => Around::Text,
            (Around::Text, Some(b'<')) if !(start.starts_with("<a ") && start.contains("</a>")) => Around::Html,
            (around, _) => around,
        }
    }
}

/// The id of an ATX heading in which no engine finds more than code, and marks that leave its id.
fn id_of_heading(line: &str, style: Style) -> Option<String> {
    let indent = line.bytes().take_while(|&byte| byte == b' ').count();
    let marked = &line[indent..];
    let level = marked.bytes().take_while(|&byte| byte == b'#').count();
    let text = marked[level..].strip_prefix(' ').filter(|_| indent < 4 && (1..=6).contains(&level))?.trim();
    if !matches!(style, Style::Github | Style::HugoGithub | Style::HugoText) {
        let is_plain = |sign: char| sign.is_alphanumeric() || sign == ' ';
        return (text.chars().all(is_plain) && !text.contains("  ")).then(|| style.id(text, text))?;
    }
    // Between backticks is every other piece, if all of them are closed.
    let ticks = memchr::memchr_iter(b'`', text.as_bytes()).count();
    let is_read = ticks.is_multiple_of(2)
        && !text.contains("``")
        && !text.ends_with('#')
        && match ticks {
            0 => is_plain_text(text),
            _ => text.split('`').step_by(2).all(is_plain_text),
        };
    (is_read && !text.is_empty()).then(|| style.id(text, text))?
}

/// Whether a piece of a heading holds no more than letters and signs that leave an id.
fn is_plain_text(piece: &str) -> bool {
    let bytes = piece.as_bytes();
    let inside_word = |at: usize| {
        let is_letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphanumeric);
        is_letter(at.checked_sub(1)) && is_letter(Some(at + 1))
    };
    let is_plain = |(at, sign): (usize, char)| match sign {
        'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        '_' | '-' => inside_word(at),
        '&' => bytes.get(at + 1) == Some(&b' '),
        ' ' => bytes.get(at + 1) != Some(&b' '),
        '.' => !piece[..at].ends_with("www"),
        ':' => !piece[at..].starts_with("://"),
        '\'' | '"' | '(' | ')' | ',' | '?' | '!' | '/' | '*' | '+' | '=' | ';' | '%' | '@' | '|' | '^' => true,
        _ => sign.is_alphanumeric(),
    };
    piece.char_indices().all(is_plain)
}

/// The ids of tags in a line of running text.
fn ids_of_tags(line: &str, ids: &mut HashSet<String>) {
    let Some(first) = memchr(b'<', line.as_bytes()) else { return };
    // Behind a backtick there may be code.
    let end = memchr(b'`', line.as_bytes()).unwrap_or(line.len());
    if first < end && !line.starts_with([' ', '\t']) && !line[..first].ends_with('\\') {
        ids.extend(ids_in_html(&line[first..end]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Markdown;

    #[test]
    fn plain_places() {
        let profile = Profile::of(Markdown::Gfm);
        for (text, expected) in [
            ("# A b\n\n## 배운 것 (1)\ntext", "a-b 배운-것-1"),
            ("#none\n    # code\n#\tc\n# [d](e)\n", ""),
            ("# `a`, *b*?\n", "a-b"),
            ("# `__a<b>` c_d std::e\n# _f_\n# &amp;\n", "__ab-c_d-stde"),
            ("# g #\n# `h\n# i  j\n# k -- l\n", ""),
            ("## <a name=\"x\"></a> A\n\n<a id='y'></a> text\n", "x y"),
            ("<a name=\"x\">\n# a\n\n# b\n", "b"),
            ("## <a name='x'></a> `a <b id='y'>`\n", "x"),
            ("`<a name=\"x\">`\n    <a name=\"y\">\n", ""),
            ("```sh\n# a\n```\n# b\n", "b"),
            ("~~~~\n~~~\n# a\n~~~~\n# b", "b"),
            ("<div>\n# a\n\n# b\n", "b"),
            ("# a\n<!-- x -->\n\n# b\na <!-- y --> z\n", "a b"),
            ("# a\n<!-- x\n-->\n", ""),
            ("# a\nx <preview> <pres>\n", "a"),
            ("# a\nx <pre> y\n", ""),
            ("- ```\n# a\n", ""),
        ] {
            let mut found: Vec<_> = ids(text, &profile).into_iter().collect();
            found.sort();
            assert_eq!(found.join(" "), expected, "{text}");
        }
        assert!(ids("# a", &Profile::of(Markdown::KramdownGfm)).is_empty());
    }
}
