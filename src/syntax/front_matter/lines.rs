//! Metadata without a language of its own: lines with a key, a colon and a text, up to the first that is none (Python-Markdown
//! 3.11, `extensions/meta.py`; MkDocs 1.6, `utils/meta.py`), and Nikola's, which begin with two dots (8.3,
//! `metadata_extractors.py`).

use super::{Data, Entry, Format, Found, FrontMatter, MAX_KEYS, Style, Tree, node};
use crate::text::{Span, after_bom, first_line, trimmed};

/// How the posts of a site begin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Heads {
    /// Between fences.
    #[default]
    Fenced,
    /// The same, read by libyaml: Jekyll.
    Libyaml,
    /// The same, with white space before them or not: Zola.
    Spaced,
    /// The same, where keys may follow the opening fence on its line, and the first line that begins with a fence is the
    /// closing one: Hugo.
    Begun,
    /// The same as `Fenced`, where the opening fence may name the language of the keys: Eleventy.
    Named,
    /// With lines of keys, be there fences around them or not: Pelican.
    Lines,
    /// Between fences, or with lines of keys: MkDocs.
    FencedOrLines,
    /// Between fences, or with lines of keys behind two dots, in a comment or not: Nikola.
    FencedOrDotted,
}

/// Finds and reads the front matter of a file of a site whose posts begin in such a way.
pub(crate) fn read_as(text: &str, heads: Heads) -> Found {
    match heads {
        Heads::Begun => return super::begun::read(text),
        Heads::Libyaml => return super::pitfall::as_libyaml_reads(text, super::fence::read(text)),
        _ => {}
    }
    let fenced = if heads == Heads::Lines { Found::None } else { super::fence::read(text) };
    match fenced {
        Found::None if heads == Heads::Named => super::fence::named(text),
        found if heads == Heads::Named => found,
        Found::Misplaced { opening } if heads == Heads::Spaced => super::fence::read_at(text, opening.start),
        found if heads == Heads::Spaced => found,
        Found::None if heads != Heads::Fenced => lines(text, heads),
        fenced => fenced,
    }
}

/// Finds the lines of keys that a text begins with.
fn lines(text: &str, heads: Heads) -> Found {
    let is_dotted = heads == Heads::FencedOrDotted;
    let from = after_bom(text);
    let mut reader = Reader { text, at: from, tree: Tree { complete: true, ..Tree::default() } };
    let fence = if is_dotted { "<!--" } else { "---" };
    let is_fenced = reader.line().is_some_and(|line| text[line].trim_end() == fence);
    if is_fenced {
        reader.step();
    }
    let start = reader.at;
    while reader.key(is_dotted) {}
    let content = Span::new(start, reader.at);
    if reader.tree.entries.is_empty() {
        return Found::None;
    }
    let closes = |line: &str| matches!(line.trim_end(), "---" | "..." | "-->") && (is_fenced || !is_dotted);
    let closing = reader.line().filter(|line| closes(&text[*line]));
    let closing = closing.map_or(Span::empty(content.end), |line| Span::new(line.start, line.start + 3));
    // A blank line ends the keys as well.
    if reader.line().is_some_and(|line| !closing.is_empty() || text[line].trim().is_empty()) {
        reader.step();
    }
    let body = reader.at;
    let span = Span::new(from, if closing.is_empty() { trimmed(text, content).end } else { closing.end });
    Found::Whole(FrontMatter { format: Format::Lines, span, content, closing, tree: reader.tree, body })
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    tree: Tree,
}

impl Reader<'_> {
    /// The next line, if there is one.
    fn line(&self) -> Option<Span> {
        (self.at < self.text.len()).then(|| first_line(self.text, Span::new(self.at, self.text.len())))
    }

    /// Goes on to the line after it.
    fn step(&mut self) {
        self.at = self.text[self.at..].find('\n').map_or(self.text.len(), |line| self.at + line + 1);
    }

    /// Takes a line with a key, or one that goes on with the text of the last.
    fn key(&mut self, is_dotted: bool) -> bool {
        let Some(line) = self.line().filter(|_| self.tree.entries.len() < MAX_KEYS) else { return false };
        let written = &self.text[line];
        let indent = written.len() - written.trim_start_matches(' ').len();
        let content = Span::new(line.start + indent, line.end);
        let begun = match is_dotted {
            true => self.text[content].starts_with(".. ").then(|| Span::new(content.start + 3, content.end)),
            false => (indent < 4).then_some(content),
        };
        match begun.and_then(|begun| Some((begun, key_of(&self.text[begun])?))) {
            Some((begun, length)) => {
                let key_span = Span::new(begun.start, begun.start + length);
                let value = trimmed(self.text, Span::new(key_span.end + 1, line.end));
                let value = if value.is_empty() { Span::empty(key_span.end + 1) } else { value };
                let key = self.text[key_span].to_lowercase();
                let text = self.text[value].to_owned();
                // What stands twice is a list, of which the first counts where only one can.
                if self.tree.get(&key).is_none() {
                    self.tree.entries.push(Entry {
                        key,
                        key_span,
                        value: node(value, Style::Line, Data::Scalar(text)),
                    });
                }
            }
            None => {
                let goes_on = !is_dotted && indent >= 4 && !self.text[content].trim().is_empty();
                let Some(last) = self.tree.entries.last_mut().filter(|_| goes_on) else { return false };
                last.value.span.end = trimmed(self.text, content).end;
                if let Data::Scalar(text) = &mut last.value.data {
                    *text = format!("{text} {}", self.text[content].trim());
                }
            }
        }
        self.step();
        true
    }
}

/// How long the key is that a line begins with.
fn key_of(line: &str) -> Option<usize> {
    let length = line.find(':')?;
    let is_key = |sign: u8| sign.is_ascii_alphanumeric() || matches!(sign, b'_' | b'-');
    (length > 0 && line[..length].bytes().all(is_key)).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::Heads::{self, FencedOrDotted, FencedOrLines, Lines, Spaced};
    use crate::syntax::front_matter::{self, Found};

    fn read(text: &str, heads: Heads) -> Option<(Vec<(String, String)>, &str)> {
        let Found::Whole(front) = front_matter::read_as(text, heads) else { return None };
        let entries = front.tree.entries.iter();
        let entries = entries.map(|entry| (entry.key.clone(), entry.value.text().unwrap_or_default().to_owned()));
        Some((entries.collect(), &text[front.body..]))
    }

    /// Asked of Pelican 4.12, MkDocs 1.6, Nikola 8.3 and Zola 0.22.
    #[test]
    fn lines_of_keys() {
        let one = |key: &str, value: &str| vec![(key.to_owned(), value.to_owned())];
        for (text, heads, found) in [
            ("Title: A: b\n\nText\n", Lines, Some((one("title", "A: b"), "Text\n"))),
            ("\u{feff}Title: A\r\n\r\nText\r\n", Lines, Some((one("title", "A"), "Text\r\n"))),
            ("---\ntitle: A: \"b\n---\nText\n", Lines, Some((one("title", "A: \"b"), "Text\n"))),
            ("Title: A\n    b\nText\n", Lines, Some((one("title", "A b"), "Text\n"))),
            ("Title: A\nTitle: B\n\nText: c\n", Lines, Some((one("title", "A"), "Text: c\n"))),
            ("Text\n\nTitle: A\n", Lines, None),
            ("\nTitle: A\n", Lines, None),
            ("A title: b\n", Lines, None),
            ("---\ntitle: 'A'\n---\nText\n", FencedOrLines, Some((one("title", "A"), "Text\n"))),
            ("title: 'A'\n\nText\n", FencedOrLines, Some((one("title", "'A'"), "Text\n"))),
            ("<!--\n.. title: A\n-->\n\nText\n", FencedOrDotted, Some((one("title", "A"), "\nText\n"))),
            (".. title: A\n\nText\n", FencedOrDotted, Some((one("title", "A"), "Text\n"))),
            ("title: A\n\nText\n", FencedOrDotted, None),
            ("\n+++\ntitle = \"A\"\n+++\nText\n", Spaced, Some((one("title", "A"), "Text\n"))),
            (" +++\ntitle = \"A\"\n+++\nText\n", Spaced, Some((one("title", "A"), "Text\n"))),
            ("title: A\n\nText\n", Spaced, None),
        ] {
            assert_eq!(read(text, heads), found, "{text:?}");
        }
    }
}
