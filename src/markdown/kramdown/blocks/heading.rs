//! Headings (kramdown 2.4.0, `parser/kramdown/header.rb`; kramdown-parser-gfm 1.1.0, `gfm.rb`).

use std::borrow::Cow;

use super::{Blocks, scan};
use crate::markdown::kramdown::char_classes::rstripped;
use crate::markdown::kramdown::tree::NodeKind;
use crate::text::Span;

impl Blocks<'_, '_, '_> {
    pub(super) fn heading(&mut self) -> bool {
        let (text, options) = (self.text(), &self.document.options);
        let quirk = options.gfm && options.paragraph_end;
        let mark = if options.gfm { scan::gfm_heading(self.rest()) } else { plain_heading(self.rest()) };
        let Some((level, skipped)) = mark.filter(|_| quirk || self.is_after_boundary()) else { return false };
        let alone = usize::from(scan::first(&self.rest()[skipped..]) == b'\n' && !options.gfm);
        let end = self.at + skipped + alone + scan::line(&self.rest()[skipped + alone..]);
        let (contents, id) = contents_and_id(text, Span::new(self.at + skipped, end));
        let contents = if quirk {
            let open = text[contents].trim_end_matches('#').len();
            let spaced = text[contents.start..contents.start + open].ends_with([' ', '\t']);
            if spaced { rstripped(text, Span::new(contents.start, contents.start + open)) } else { contents }
        } else {
            without_closing_marks(text, contents)
        };
        !contents.is_empty() && self.add_heading(level, contents, id, end)
    }

    /// A line above one of `=` or `-`.
    pub(super) fn underlined_heading(&mut self) -> bool {
        let rest = self.rest();
        let margin = scan::margin(rest);
        let len = scan::line(rest);
        let mark = scan::first(&rest[len..]);
        if !matches!(mark, b'=' | b'-') || matches!(scan::first(&rest[margin..]), b' ' | b'\t') {
            return false;
        }
        let marks = rest[len..].bytes().take_while(|byte| matches!(byte, b'=' | b'-')).count();
        let Some(tail) = scan::rest_of_line(&rest[len + marks..]).filter(|_| self.is_after_boundary()) else {
            return false;
        };
        let (contents, id) = contents_and_id(self.text(), Span::new(self.at + margin, self.at + len));
        let level = if mark == b'=' { 1 } else { 2 };
        !contents.is_empty() && self.add_heading(level, contents, id, self.at + len + marks + tail)
    }

    fn add_heading(&mut self, level: u8, contents: Span, id: Option<&str>, end: usize) -> bool {
        let source = self.content.slice(contents);
        let heading = self.add(NodeKind::Heading { level, source }, Span::new(self.at, end));
        self.add_text(heading, contents);
        if let Some(id) = id {
            self.node(heading).attributes.push((Cow::Borrowed("id"), Cow::Owned(id.to_string())));
        }
        self.at = end;
        true
    }
}

/// `#` with or without spaces after it, up to its text, which is the next line where nothing else follows.
fn plain_heading(text: &str) -> Option<(u8, usize)> {
    let level = scan::run(text, b'#').min(6);
    let spaces = text[level..].bytes().take_while(|&byte| matches!(byte, b' ' | b'\t')).count();
    (level > 0).then_some((level as u8, level + spaces))
}

/// The text of a heading without white space at its end, and its id: `parse_header_contents`.
fn contents_and_id(text: &str, span: Span) -> (Span, Option<&str>) {
    let span = rstripped(text, span);
    let contents = &text[span];
    let found = contents.strip_suffix('}').and_then(|open| open.rsplit_once("{#"));
    match found.filter(|(before, id)| before.ends_with([' ', '\t']) && is_name(id)) {
        Some((before, id)) => (rstripped(text, Span::new(span.start, span.start + before.len() - 1)), Some(id)),
        None => (span, None),
    }
}

/// A heading without the `#` at its end, of which a backslash saves one.
fn without_closing_marks(text: &str, span: Span) -> Span {
    let contents = &text[span];
    let open = contents.trim_end_matches('#').len();
    if open == contents.len() {
        return span;
    }
    let kept = usize::from(contents[..open].ends_with('\\'));
    match open + kept == contents.len() {
        true => span,
        false => rstripped(text, Span::new(span.start, span.start + open + kept)),
    }
}

/// A name as XML has it: `NAME` in REXML's `xmltokens.rb`.
fn is_name(id: &str) -> bool {
    id.starts_with(starts_name) && id.chars().all(goes_on_in_name)
}

fn starts_name(character: char) -> bool {
    matches!(character, ':' | 'A'..='Z' | '_' | 'a'..='z'
        | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}'
        | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}'
        | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..='\u{effff}')
}

fn goes_on_in_name(character: char) -> bool {
    let more = matches!(character, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}');
    more || starts_name(character)
}
