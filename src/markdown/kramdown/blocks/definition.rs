//! Definitions of footnotes, links and abbreviations (kramdown 2.4.0, `footnote.rb`, `link.rb`, `abbreviation.rb` in
//! `parser/kramdown/`).

use std::sync::LazyLock;

use regex::Regex;

use super::{Blocks, DEEPEST, code, scan};
use crate::markdown::document::{Definition, Note};
use crate::markdown::kramdown::attributes;
use crate::markdown::kramdown::char_classes::is_stripped;
use crate::markdown::kramdown::document::LinkDefinition;
use crate::markdown::kramdown::spans::label;
use crate::markdown::kramdown::tree::{Ended, NodeKind};
use crate::markdown::mapped_text::MappedText;
use crate::text::{Span, trimmed};

/// `ABBREV_DEFINITION_START`
static ABBREVIATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\A {0,3}\*\[(.+?)\]:(.*?)\n").expect("a regular expression"));

/// `LINK_DEFINITION_START`
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    let title = r#"(?:[ \t]*?\n|[ \t]+?)[ \t]*?(?:"(.+?)"|'(.+?)')"#;
    let pattern = format!(r"\A {{0,3}}\[([^\n\]]+)\]:[ \t]*(?:<(.*?)>|(.*?[^ \t-\r].*?))(?:{title})?[ \t]*?\n");
    Regex::new(&pattern).expect("a regular expression")
});

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
        let content = self.document.add_apart(NodeKind::Root, place);
        self.read_within(content, &inner);
        let span = Span::new(self.at, start + len);
        let written = trimmed(self.document.file, self.content.span(span));
        self.document.notes.push(Note { span: written, name: name.to_owned() });
        self.add(NodeKind::EndOfBlock(Ended::Definition), span);
        // Another of its name is replaced where it stands.
        if self.document.footnotes.insert(name.to_owned(), content).is_none() {
            self.document.footnote_names.push(name.to_owned());
        }
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
        let Some(found) = LINK.captures(self.rest()) else { return false };
        let part = |group: usize| found.get(group).map(|part| part.as_str());
        let begins_title =
            |bare: &str| bare.match_indices(['"', '\'']).any(|(at, _)| bare[..at].ends_with([' ', '\t']));
        if part(3).is_some_and(begins_title) {
            return false;
        }
        let span = Span::new(self.at, self.at + found[0].len());
        let destination = part(2).or(part(3)).unwrap_or_default().to_owned();
        let written = trimmed(self.document.file, self.content.span(span));
        let definition = Definition { span: written, label: found[1].to_owned(), destination: destination.clone() };
        self.document.definitions.push(definition);
        let node = self.add(NodeKind::EndOfBlock(Ended::Definition), span);
        let title = part(4).or(part(5)).map(str::to_owned);
        self.document.links.insert(label(&found[1]), LinkDefinition { destination, title, node });
        self.at = span.end;
        true
    }

    pub(super) fn abbreviation(&mut self) -> bool {
        let rest = self.rest();
        if !rest[scan::margin(rest)..].starts_with("*[") {
            return false;
        }
        let Some(found) = ABBREVIATION.captures(&rest[..scan::line(rest)]) else { return false };
        let (short, long) = (found[1].to_string(), found[2].trim_matches(is_stripped).to_string());
        let end = self.at + found[0].len();
        let node = self.add(NodeKind::EndOfBlock(Ended::Definition), Span::new(self.at, end));
        self.document.abbreviations.push((short, long, node));
        self.at = end;
        true
    }
}
