//! Definitions of footnotes, links and abbreviations (kramdown 2.4.0, `footnote.rb`, `link.rb`, `abbreviation.rb` in
//! `parser/kramdown/`).

use std::sync::LazyLock;

use regex::Regex;

use super::{Blocks, DEEPEST, code, scan};
use crate::markdown::document::{Definition, Note};
use crate::markdown::kramdown::attributes;
use crate::markdown::kramdown::char_classes::is_space;
use crate::markdown::kramdown::document::{Footnote, LinkDefinition};
use crate::markdown::kramdown::spans::label;
use crate::markdown::kramdown::tree::AttributeList;
use crate::markdown::kramdown::tree::{Ended, NodeKind};
use crate::markdown::mapped_text::MappedText;
use crate::text::{Span, trimmed};

/// `ABBREV_DEFINITION_START`
static ABBREVIATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\A {0,3}\*\[([^\n]+?)\]:([^\n]*?)\n").expect("a regular expression"));

impl<'a> Blocks<'_, 'a, '_> {
    pub(super) fn footnote(&mut self) -> bool {
        let rest = self.rest();
        let margin = scan::margin(rest);
        let Some(label) = rest[margin..].strip_prefix("[^").filter(|_| self.depth < DEEPEST) else { return false };
        let name = &label[..attributes::name(label)];
        let Some(body) = label[name.len()..].strip_prefix("]:").filter(|_| !name.is_empty()) else { return false };
        let first = scan::line(body);
        let len = first + code::indented_lines(&body[first..]);
        let start = self.text().len() - body.len();
        let inner = self.unindented(start, start + len);
        let place = self.content.span(Span::new(start, start + len));
        let content = self.document.tree.add_apart(NodeKind::Root, place);
        self.read_within(content, &inner);
        let span = Span::new(self.at, start + len);
        let written = trimmed(self.document.file, self.content.span(span));
        self.document.notes.push(Note { span: written, name: name.to_owned() });
        self.add(NodeKind::EndOfBlock(Ended::Footnote), span);
        self.document.define_footnote(name, Footnote { content, marks: 0 });
        self.at = start + len;
        true
    }

    /// Lines without one step of their indentation.
    fn unindented(&self, mut at: usize, end: usize) -> MappedText<'a> {
        let mut inner = MappedText::default();
        while at < end {
            let line = &self.text()[at..];
            let len = scan::line(line);
            inner.push(self.content, Span::new(at + scan::indent(line), at + len));
            at += len;
        }
        inner
    }

    pub(super) fn link_definition(&mut self) -> bool {
        let rest = self.rest();
        let Some(link) = link(rest).filter(|link| !link.bare || !holds_title(link.destination)) else { return false };
        let label = label(link.label);
        let definition = LinkDefinition {
            destination: link.destination.to_string(),
            title: link.title.map(str::to_string),
            attributes: AttributeList::default(),
        };
        let end = self.at + link.len;
        let span = trimmed(self.document.file, self.content.span(Span::new(self.at, end)));
        let (written, destination) = (link.label.to_owned(), link.destination.to_owned());
        self.document.definitions.push(Definition { span, label: written, destination });
        self.add(NodeKind::EndOfBlock(Ended::Link(label.clone())), Span::new(self.at, end));
        self.document.links.insert(label, definition);
        self.at = end;
        true
    }

    pub(super) fn abbreviation(&mut self) -> bool {
        let rest = self.rest();
        if !rest[scan::margin(rest)..].starts_with("*[") {
            return false;
        }
        let Some(found) = ABBREVIATION.captures(&rest[..scan::line(rest)]) else { return false };
        let (short, long) = (found[1].to_string(), found[2].trim_matches(scan::is_stripped).to_string());
        let (index, end) = (self.document.abbreviations.len(), self.at + found[0].len());
        self.add(NodeKind::EndOfBlock(Ended::Abbreviation(index)), Span::new(self.at, end));
        self.document.abbreviations.push((short, long, AttributeList::default()));
        self.at = end;
        true
    }
}

/// A definition of a link as it is written.
struct Link<'t> {
    label: &'t str,
    destination: &'t str,
    /// The destination stands between no angle brackets.
    bare: bool,
    title: Option<&'t str>,
    len: usize,
}

/// What follows the destination of a link, up to the end of a line.
struct Tail<'t> {
    title: Option<&'t str>,
    len: usize,
}

/// `LINK_DEFINITION_START`
fn link(text: &str) -> Option<Link<'_>> {
    let first = &text[..scan::line(text)];
    let (label, after) = first[scan::margin(text)..].strip_prefix('[')?.split_once(']')?;
    let after = after.strip_prefix(':').filter(|_| !label.is_empty())?;
    let body = &text[first.len() - after.trim_start_matches([' ', '\t']).len()..];
    let line = &body[..scan::line(body)];
    let found = |destination, bare, end: usize| {
        let Tail { title, len } = tail(body, end)?;
        Some(Link { label, destination, bare, title, len: text.len() - body.len() + end + len })
    };
    let enclosed = |end: usize| found(&line[1..end], false, end + 1);
    let ends = line.match_indices('>').map(|(end, _)| end);
    line.starts_with('<').then(|| ends.into_iter().find_map(enclosed)).flatten().or_else(|| {
        let last = line.trim_end_matches(|space: char| space.is_ascii() && is_space(space as u8)).len();
        let mut ends = titles(line).chain([last]).filter(|&end| end > 0);
        ends.find_map(|end| found(&line[..end], true, end))
    })
}

/// Where white space stands before quotation marks.
fn titles(line: &str) -> impl Iterator<Item = usize> + '_ {
    line.match_indices(['"', '\'']).filter_map(|(quote, _)| {
        let before = line[..quote].trim_end_matches([' ', '\t']);
        (before.len() < quote).then_some(before.len())
    })
}

/// Whether what looks like a destination goes over into a title.
fn holds_title(destination: &str) -> bool {
    titles(destination).next().is_some()
}

/// A title on the line or on the next one, or nothing more on the line.
fn tail(text: &str, at: usize) -> Option<Tail<'_>> {
    let first = scan::line(&text[at..]);
    let (line, next) = text[at..].split_at(first);
    if line.trim_start_matches([' ', '\t']) != "\n" {
        let title = quoted(line).filter(|_| line.starts_with([' ', '\t']))?;
        return Some(Tail { title: Some(title), len: first });
    }
    let second = scan::line(next);
    let title = quoted(&next[..second]);
    Some(Tail { title, len: first + title.map_or(0, |_| second) })
}

/// What stands on a line in quotation marks and alone.
fn quoted(line: &str) -> Option<&str> {
    let inner = line.strip_suffix('\n')?.trim_matches([' ', '\t']);
    let mark = inner.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    inner[1..].strip_suffix(mark).filter(|title| !title.is_empty())
}
