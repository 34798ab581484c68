//! Blocks of code and of math (kramdown 2.4.0, `parser/kramdown/codeblock.rb` and `math.rb`; kramdown-parser-gfm 1.1.0).

use std::borrow::Cow;

use super::{Blocks, scan};
use crate::markdown::kramdown::char_classes::{is_space, is_white, stripped};
use crate::markdown::kramdown::tree::NodeKind;
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::Tag;
use crate::text::Span;

/// Longest mark of a fence for which shorter marks are tried too.
const LONGEST_FENCE: usize = 64;

/// The line that opens a block of code.
struct Fence<'t> {
    /// All characters of the mark.
    mark: &'t str,
    /// The word after it.
    word: &'t str,
    len: usize,
}

impl<'a> Blocks<'_, 'a, '_> {
    pub(super) fn indented_code(&mut self) {
        let (start, content, text) = (self.at, self.content, self.text());
        self.at += indented_lines(self.rest());
        let mut code = MappedText::default();
        let mut at = start;
        while at < self.at {
            let line = &text[at..at + scan::line(&text[at..])];
            let next = at + line.len();
            let joined = next < self.at && is_lazy_code(&text[next..]);
            code.push(content, Span::new(at + scan::indent(line), next - usize::from(joined)));
            if joined {
                code.push_replaced(" ", content.span(Span::new(next - 1, next)));
            }
            at = next;
        }
        let tag = Tag::CodeBlock { info: Cow::Borrowed(""), fenced: false };
        self.add(NodeKind::Code(tag, code), Span::new(start, self.at));
    }

    pub(super) fn fenced_code(&mut self) -> bool {
        let rest = self.rest();
        let Some((fence, body, end)) = self.fence(rest) else { return false };
        let (at, tag) = (self.at, Tag::CodeBlock { info: fence.word.to_owned().into(), fenced: true });
        let text = self.content.slice(Span::new(at + fence.len, at + body));
        self.add(NodeKind::Code(tag, text), Span::new(at, at + end));
        self.at += end;
        true
    }

    /// The opening line of a fence, where the code ends, and where the closing line ends.
    fn fence<'t>(&mut self, rest: &'t str) -> Option<(Fence<'t>, usize, usize)> {
        let gfm = self.document.options.gfm;
        let margins = if gfm { scan::margin } else { |_: &str| 0 };
        let margin = margins(rest);
        let is_mark = |byte: u8| byte == b'~' || gfm && byte == b'`';
        let run = rest[margin..].bytes().take_while(|&byte| is_mark(byte)).count();
        let index = usize::from(scan::first(&rest[margin..]) == b'`');
        if run < 3 || self.missing.fence_end[index] {
            return None;
        }
        let header = &rest[margin..scan::line(rest)];
        let shortest = if run <= LONGEST_FENCE { 3 } else { run };
        for len in (shortest..=run).rev() {
            let Some(fence) = opened(header, len) else { continue };
            let opening = margin + fence.len;
            if let Some((body, end)) = closed(rest, opening, fence.mark, margins) {
                return Some((Fence { len: opening, ..fence }, body, end));
            }
            self.missing.fence_end[index] |= len == 3 && scan::run(fence.mark, fence.mark.as_bytes()[0]) == 3;
        }
        None
    }

    pub(super) fn math(&mut self) -> bool {
        let rest = self.rest();
        let margin = scan::margin(rest);
        let escaped = rest[margin..].starts_with('\\');
        let start = margin + usize::from(escaped);
        let Some(inner) = rest[start..].strip_prefix("$$") else { return false };
        let Some(len) = inner.find("$$").filter(|_| self.is_after_boundary()) else { return false };
        let tail = scan::rest_of_line(&inner[len + 2..]);
        if escaped {
            self.at += tail.map_or(0, |_| start);
            return false;
        }
        let end = start + len + 4 + tail.unwrap_or(0);
        if !scan::is_boundary(&rest[end..]) {
            return false;
        }
        let (at, first) = (self.at, self.at + start + 2);
        let tex = self.content.slice(stripped(self.text(), Span::new(first, first + len)));
        self.add(NodeKind::Math { display: true, tex }, Span::new(at, at + end));
        self.at += end;
        true
    }
}

/// The bytes of indented lines, of the blank lines between them, and of those that follow lazily: `CODEBLOCK_MATCH`.
pub(super) fn indented_lines(text: &str) -> usize {
    let mut end = 0;
    loop {
        let mut at = end + scan::blank(&text[end..]);
        let first = at;
        while scan::indent(&text[at..]) > 0 && holds_text(&text[at..]) {
            at += scan::line(&text[at..]);
        }
        if at == first {
            return end;
        }
        while holds_text(&text[at..]) && !ends_code(&text[at..]) {
            at += scan::line(&text[at..]);
        }
        end = at;
    }
}

fn holds_text(text: &str) -> bool {
    let line = &text[..scan::line(text)];
    let inner = line.trim_start_matches([' ', '\t']);
    line.ends_with('\n') && !is_space(scan::first(inner))
}

fn ends_code(text: &str) -> bool {
    match scan::first(text) {
        b'^' => scan::end_marker(text).is_some(),
        b'{' | b'<' | b' ' => {
            scan::block_attributes(text).is_some() || scan::html_of_a_block(&text[scan::margin(text)..])
        }
        _ => false,
    }
}

/// Whether a line in a block of code is not indented far enough: it belongs to the line above.
fn is_lazy_code(line: &str) -> bool {
    let margin = scan::margin(line);
    !is_space(scan::first(&line[margin..]))
}

/// The opening line of a fence whose mark is so long.
fn opened(header: &str, len: usize) -> Option<Fence<'_>> {
    let (mark, info) = header.split_at_checked(len)?;
    let word = info.trim_matches(is_white);
    let one_word = header.ends_with('\n') && !word.bytes().any(is_space);
    one_word.then_some(Fence { mark, word, len: header.len() })
}

/// Where the code and the line that closes its fence end.
fn closed(text: &str, opening: usize, mark: &str, margins: fn(&str) -> usize) -> Option<(usize, usize)> {
    let last = *mark.as_bytes().last()?;
    let mut at = opening;
    while at < text.len() {
        let rest = &text[at..];
        if let Some(more) = rest[margins(rest)..].strip_prefix(mark) {
            let longer = &more[scan::run(more, last)..];
            if let Some(tail) = scan::rest_of_line(longer) {
                return Some((at, text.len() - longer.len() + tail));
            }
        }
        at += scan::line(rest);
    }
    None
}
